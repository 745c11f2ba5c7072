// biome-ignore lint/correctness/noUnresolvedImports: these are types of @types/yargs
import type { ArgumentsCamelCase, Argv } from 'yargs';
import type { Io } from './io.ts';
import type { ExitCode } from './usage-error.ts';

export type { Argv };

/** One command of the command line: how its arguments read, and what it does. */
export interface Command<A = unknown> {
  /** Lines of examples for --help, each a command and what it is for. */
  readonly examples: readonly (readonly [command: string, purpose: string])[];
  /** What --help says below the examples, one paragraph an element. */
  readonly notes?: readonly string[];
  /** Declares positionals and options. */
  build(parser: Argv): Argv<A>;
  /** Does it; throws the errors of usage-error.ts. */
  run(args: ArgumentsCamelCase<A>, io: Io): ExitCode | Promise<ExitCode>;
}

/** The identity, for its type: infers what `build` declares, hands it to `run`. */
export function defineCommand<A>(command: Command<A>): Command<A> {
  return command;
}

/** A command as the command line lists it; its module is loaded when it is needed. */
export interface CommandEntry {
  /** `name <positional>`, as --help shows it. */
  readonly usage: string;
  readonly summary: string;
  load(): Promise<Command>;
}

/** A command without the type of its arguments, which only its own `build` and `run` share. */
export function erase<A>(command: Command<A>): Command {
  return command as unknown as Command;
}
