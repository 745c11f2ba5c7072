/** The arguments and environment that a logged program began with: they lie in its heap before the log begins. */
import type { Environment } from '../../sim/boot.ts';
import { counted } from '../format.ts';
import { UsageError } from '../usage-error.ts';
import { type AllocRecord, calledBy } from './log-parser.ts';

export interface EnvironmentHints {
  /** NAME=VALUE each, in order; from the log's number of them where undefined. */
  readonly envs: readonly string[] | undefined;
  /** Arguments with the program's name; from the log where undefined. */
  readonly args: number | undefined;
  readonly gogc: string | undefined;
}

/** The number of strings that a function of the boot copied, or undefined if the program has no such function. */
function copied(records: Iterable<AllocRecord>, by: number, ptrSize: number): number | undefined {
  for (const { functions, request, typeName } of records) {
    if ((functions & by) !== 0 && typeName === 'string' && request !== undefined) {
      return Math.floor(request.size / (2 * ptrSize));
    }
  }
  return undefined;
}

/**
 * The environment of a program whose log begins with `records`. Packages os and syscall copy arguments
 * and environment, which tells how many there are, but not what they say.
 *
 * @throws {UsageError} where the hints and the log do not go together, or more hints are needed
 */
export function environmentOf(
  records: readonly AllocRecord[],
  ptrSize: number,
  { envs, args, gogc }: EnvironmentHints,
): Environment {
  const nargs = args ?? copied(records, calledBy.args, ptrSize) ?? 1;
  const shown = copied(records, calledBy.envs, ptrSize);
  if (envs !== undefined) {
    if (shown !== undefined && shown !== envs.length) {
      throw new UsageError(
        `the log is of a program with ${counted(shown, 'environment variable')}, and --env names ${envs.length}`,
      );
    }
    return { args: new Array<string>(nargs).fill(''), envs };
  }
  const usual = ['GOMAXPROCS=1', `GOGC=${gogc ?? 'off'}`, 'GODEBUG=allocfreetrace=1'];
  const chosen = {
    1: [usual[2]!],
    2: gogc === undefined ? [usual[0]!, usual[2]!] : [usual[1]!, usual[2]!],
    3: usual,
  }[shown ?? 3];
  if (chosen === undefined) {
    throw new UsageError(
      `the log is of a program with ${counted(shown ?? 0, 'environment variable')}: make it with env -i, ` +
        'or name them in order, --env NAME=VALUE each',
    );
  }
  return { args: new Array<string>(nargs).fill(''), envs: chosen };
}
