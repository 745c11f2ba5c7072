/** The machine's executables, as the command `twin --check` finds them too. */
export * from '../../scenarios/twin/find-executable.ts';
