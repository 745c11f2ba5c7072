/** How a built Go program is run, which the command `twin --check` shares with the tests. */
export * from '../../scenarios/twin/run-program.ts';
