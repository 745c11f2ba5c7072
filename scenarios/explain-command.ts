import type { RunArgs } from './target-options.ts';

const usualArgs = {
  seed: '1',
  goarch: 'amd64',
  goexperiment: '',
  gomaxprocs: '1',
  gogc: '100',
  gomemlimit: 'off',
  boot: 'go',
} as const satisfies Partial<RunArgs>;

/** `goheapsim explain tree -p n=50 --gogc 50`: a command that looks at the same run of the model. */
export function explainCommand(name: string, args: Partial<RunArgs>): string {
  const given: string[] = (args.param ?? []).map((text) => `-p ${shellWord(text)}`);
  for (const [option, usual] of Object.entries(usualArgs)) {
    const text = args[option as keyof typeof usualArgs];
    if (text !== undefined && text !== usual) given.push(`--${option} ${shellWord(text)}`);
  }
  return ['goheapsim explain', shellWord(name), ...given].join(' ');
}

/** A text as one word of a shell's command line, in quotes where it needs them. */
const shellWord = (text: string): string =>
  /^[\w./=:@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
