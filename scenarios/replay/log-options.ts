/** What the command line tells of a log beside the log itself. */
import { type GoArch, goarches } from '../../sim/arch.ts';
import { didYouMean } from '../suggest.ts';
import { allocHeadersOf, wholeNumber } from '../target-options.ts';
import { UsageError } from '../usage-error.ts';

/** Options of commands that take logs, and nothing else has. */
export const logOptions = {
  binary: {
    type: 'string',
    requiresArg: true,
    describe: 'The program that a log is of, for its types',
  },
  env: {
    type: 'string',
    array: true,
    requiresArg: true,
    describe: "NAME=VALUE of a logged program's environment; repeat it in order",
  },
  args: {
    type: 'number',
    requiresArg: true,
    describe: "Number of a logged program's arguments, its name included [default: from the log]",
  },
} as const;

/** What {@link logOptions} give, and what logs share with scenarios. */
export interface LogArgs {
  readonly binary?: string | undefined;
  readonly env?: readonly string[] | undefined;
  readonly args?: number | undefined;
  readonly goarch?: string | undefined;
  readonly goexperiment?: string | undefined;
  /** As when the log was made. */
  readonly gogc?: string | undefined;
}

/** What a replay must know of a log. */
export interface LogHints {
  readonly binary: string | undefined;
  readonly goarch: GoArch | undefined;
  readonly allocHeaders: boolean;
  readonly envs: readonly string[] | undefined;
  readonly args: number | undefined;
  readonly gogc: string | undefined;
}

/** @throws {UsageError} */
export function logHints(command: string, given: LogArgs): LogHints {
  const { binary, env: envs, args, gogc } = given;
  checkCount(command, 'args', args);
  for (const text of envs ?? []) {
    if (text.indexOf('=') < 1) {
      throw new UsageError(`${command}: --env wants NAME=VALUE, got "${text}"`);
    }
  }
  if (gogc !== undefined && gogc !== 'off') {
    wholeNumber(`${command}: --gogc`, gogc, 0, 2 ** 31 - 1, ', or off');
  }
  return {
    binary,
    goarch: goarchOf(command, given.goarch),
    allocHeaders: allocHeadersOf(command, given.goexperiment),
    envs,
    args,
    gogc,
  };
}

/** @throws {UsageError} */
export function checkCount(command: string, option: string, n: number | undefined): void {
  if (n !== undefined && !(Number.isInteger(n) && n >= 1)) {
    throw new UsageError(`${command}: --${option} wants a whole number from 1 on`);
  }
}

function goarchOf(command: string, text: string | undefined): GoArch | undefined {
  const found = goarches.find((goarch) => goarch === text);
  if (text !== undefined && found === undefined) {
    throw new UsageError(`${command}: no GOARCH "${text}".${didYouMean(text, goarches)}`);
  }
  return found;
}
