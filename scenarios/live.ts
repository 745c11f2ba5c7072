/** Commands that look into a heap while it changes: a scenario or a log, run again up to one of its steps. */
import { basename } from 'node:path';
import { parseAddress } from './address.ts';
import { count, counted, cut } from './format.ts';
import { type LogArgs, logOptions } from './replay/log-options.ts';
import {
  limitOptions,
  type RunArgs,
  scenarioOptions,
  wholeNumber,
  worldOptions,
} from './target-options.ts';
import { operationText } from './terminal/operation.ts';
import type { RecordedRun } from './timeline/record.ts';
import { UsageError } from './usage-error.ts';

const { 'max-idle': _maxIdle, ...limits } = limitOptions;

/** What a scenario has where nothing is said; a log tells of itself, or is as `replay` takes it. */
const scenarioDefaults = {
  goarch: scenarioOptions.goarch.default,
  gogc: worldOptions.gogc.default,
} as const;

/** Options of commands that run a scenario or replay a log to look into it. */
export const liveOptions = {
  ...scenarioOptions,
  goarch: {
    type: 'string',
    requiresArg: true,
    describe: `${scenarioOptions.goarch.describe} [default: amd64; of a log its own]`,
  },
  ...worldOptions,
  gogc: {
    type: 'string',
    requiresArg: true,
    describe: `${worldOptions.gogc.describe} [default: 100; of a log off]`,
  },
  ...limits,
  ...logOptions,
} as const;

/** What {@link liveOptions} give. */
export interface LiveArgs extends Omit<RunArgs, 'goarch' | 'gogc'>, LogArgs {}

/** Those of them that decide the run of a scenario. */
const runArgNames = [
  'param',
  'seed',
  'goarch',
  'goexperiment',
  'gomaxprocs',
  'gogc',
  'gomemlimit',
  'boot',
  'maxHeap',
  'maxSteps',
] as const satisfies readonly (keyof RunArgs)[];

/** What decides the run of a scenario, and nothing else that was given. */
export function scenarioArgs(args: LiveArgs): RunArgs {
  const { goarch = scenarioDefaults.goarch, gogc = scenarioDefaults.gogc } = args;
  return pick({ ...args, goarch, gogc }, runArgNames);
}

function pick<T extends object, K extends keyof T>(from: T, names: readonly K[]): Pick<T, K> {
  return Object.fromEntries(names.map((name) => [name, from[name]])) as Pick<T, K>;
}

/** The option that names the step to look at. */
export const stepOption = {
  step: {
    type: 'string',
    requiresArg: true,
    describe: 'Look after this step; 0 is the start of the program [default: the last]',
  },
} as const;

/** The option that cuts lists. */
export const limitOption = {
  limit: { type: 'string', requiresArg: true, describe: 'Lines of each list' },
} as const;

/** The argument of commands that look into whatever has a heap. */
export const whatOption = {
  type: 'string',
  demandOption: true,
  describe: 'A scenario, a heap dump, or a log of allocfreetrace; - for standard input',
} as const;

/** The argument of commands that look into what has steps. */
export const runOption = {
  type: 'string',
  demandOption: true,
  describe: 'A scenario, or a log of GODEBUG=allocfreetrace=1',
} as const;

/** The number that --limit gives. @throws {UsageError} */
export function limitOf(command: string, text: string | undefined, byDefault: number): number {
  return text === undefined ? byDefault : wholeNumber(`${command}: --limit`, text, 0, 1e9);
}

/** The step that --step, or another option, names; undefined for the last. @throws {UsageError} */
export function stepOf(
  command: string,
  text: string | undefined,
  option = '--step',
): number | undefined {
  if (text === undefined) return undefined;
  return wholeNumber(`${command}: ${option}`, text, 0, Number.MAX_SAFE_INTEGER);
}

/** An address that the user named. @throws {UsageError} */
export function addressOf(command: string, text: string): number {
  const address = Number(parseAddress(command, text));
  if (address <= Number.MAX_SAFE_INTEGER) return address;
  throw new UsageError(`${command}: ${text}: no address of a program is above 2^53`);
}

/**
 * The same; bare digits, as JSON has addresses, are decimal where they name nothing in hexadecimal.
 *
 * @throws {UsageError}
 */
export function addressWhere(
  command: string,
  text: string,
  isThere: (address: number) => boolean,
): number {
  const address = addressOf(command, text);
  if (!/^\d{1,15}$/.test(text) || isThere(address)) return address;
  return isThere(Number(text)) ? Number(text) : address;
}

/** What can be run up to any of its steps, always the same way, and looked into there. */
export interface Live {
  readonly kind: 'scenario' | 'log';
  /** As the user named it. */
  readonly shown: string;
  /**
   * Runs up to a step; to the end without one.
   *
   * @throws {UsageError} for a step that the run does not have
   */
  run(until?: number, options?: { readonly marks?: boolean }): RecordedRun;
  /** Where these steps of a run stand: `my.ts:12` in the script, `log:345` in the log. */
  places(run: RecordedRun, steps: ReadonlySet<number>): ReadonlyMap<number, string>;
}

/** @throws {UsageError} where a run up to `until` ended before it */
export function checkStep(shown: string, { timeline }: RecordedRun, until: number | undefined) {
  const last = timeline.length - 1;
  if (until !== undefined && until > last) {
    throw new UsageError(`${shown}: no step ${count(until)}: its last is ${count(last)}`);
  }
}

/** `linux/amd64`, as titles say it. */
export function targetOf({ world }: RecordedRun): string {
  return `linux/${world.arch.goarch}`;
}

/** `linked-list (linux/amd64) after step 4,007: return from main.build` */
export function liveTitle({ shown }: Live, run: RecordedRun): string {
  const { timeline } = run;
  const step = timeline.step(timeline.length - 1);
  const named = `${shown.includes('/') && shown.length > 30 ? basename(shown) : shown} (${targetOf(run)})`;
  const title = `${named} after step ${count(step.index)}: ${operationText(step.operation)}`;
  return cut(title, 80);
}

/** The title, and what must be said of a log that is not as the model has it. */
export function liveHead(live: Live, run: RecordedRun): string[] {
  return [liveTitle(live, run), ...disagreement(run)];
}

export function disagreement({ log }: RecordedRun): string[] {
  if (log === undefined) return [];
  const { requests, agreeing, hasProgram, notes } = log;
  if (agreeing === requests) return [...notes];
  const advice = hasProgram ? 'goheapsim replay tells more' : 'name the program by --binary';
  const elsewhere = `${count(requests - agreeing)} of ${counted(requests, 'address', 'addresses')} are elsewhere in the log`;
  return [...notes, `${elsewhere}: ${advice}`];
}

/** The head of data that is of one step. */
export function stepData({ timeline, log }: RecordedRun): Readonly<Record<string, unknown>> {
  const step = timeline.length - 1;
  return { step, ...(log && { log: { requests: log.requests, agreeing: log.agreeing } }) };
}
