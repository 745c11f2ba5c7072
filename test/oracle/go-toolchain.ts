/** The pinned toolchain, which the command `twin --check` shares with the tests. */
export * from '../../scenarios/twin/go-toolchain.ts';
