/** Options of commands that simulate for a target. */
import { type GoArch, goarches } from '../sim/arch.ts';
import { count } from './format.ts';
import { didYouMean } from './suggest.ts';
import { UsageError } from './usage-error.ts';

/** Options of commands that run a scenario: what decides the run beside the scenario itself. */
export const scenarioOptions = {
  param: {
    alias: 'p',
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'A parameter of the scenario: name=value; may be repeated',
  },
  seed: {
    type: 'string',
    requiresArg: true,
    default: '1',
    describe: 'Seed of all that is random in the run',
  },
  goarch: {
    type: 'string',
    requiresArg: true,
    default: 'amd64',
    describe: `Target: ${goarches.join(' ')}`,
  },
  goexperiment: {
    type: 'string',
    requiresArg: true,
    describe: 'noallocheaders: the older layout of pointer bits',
  },
} as const;

/** Options that decide the world a scenario runs in. */
export const worldOptions = {
  gomaxprocs: {
    type: 'string',
    requiresArg: true,
    default: '1',
    describe: 'Processors (Ps)',
  },
  gogc: {
    type: 'string',
    requiresArg: true,
    default: '100',
    describe: 'Heap growth in % that starts a collection, or off',
  },
  gomemlimit: {
    type: 'string',
    requiresArg: true,
    default: 'off',
    describe: 'Memory that the program should stay within, such as 64MiB, or off',
  },
  boot: {
    type: 'string',
    requiresArg: true,
    default: 'go',
    describe: 'go: start as a real program does; bare: with an empty heap',
  },
} as const;

const maxGomaxprocs = 1024;

/** What {@link worldOptions} give. */
interface WorldArgs {
  readonly gomaxprocs: string;
  readonly gogc: string;
  readonly gomemlimit: string;
  readonly boot: string;
}

/** The world that {@link worldOptions} name. @throws {UsageError} */
export function worldOf(
  command: string,
  args: WorldArgs,
): {
  gomaxprocs: number;
  gogc: number | 'off';
  memoryLimit: number | 'off';
  boot: 'go' | 'bare';
} {
  const { gogc, gomemlimit, boot } = args;
  if (boot !== 'go' && boot !== 'bare') {
    throw new UsageError(`${command}: --boot: want go or bare, got "${boot}"`);
  }
  return {
    gomaxprocs: wholeNumber(`${command}: --gomaxprocs`, args.gomaxprocs, 1, maxGomaxprocs),
    gogc:
      gogc === 'off' ? gogc : wholeNumber(`${command}: --gogc`, gogc, 0, 2 ** 31 - 1, ', or off'),
    memoryLimit:
      gomemlimit === 'off' ? gomemlimit : byteSize(`${command}: --gomemlimit`, gomemlimit),
    boot,
  };
}

/** Options that limit a run. */
export const limitOptions = {
  'max-heap': {
    type: 'string',
    requiresArg: true,
    default: '1GiB',
    describe: 'Simulated memory after which the run is stopped',
  },
  'max-steps': {
    type: 'string',
    requiresArg: true,
    default: '1000000000',
    describe: 'Operations after which the run is stopped',
  },
  'max-idle': {
    type: 'string',
    requiresArg: true,
    default: '60',
    describe: 'Seconds without an operation after which it is stopped; 0: never',
  },
} as const;

/** The limits that {@link limitOptions} name. @throws {UsageError} */
export function limitsOf(
  command: string,
  args: { readonly maxHeap: string; readonly maxSteps: string; readonly maxIdle: string },
): { maxHeapBytes: number; maxSteps: number; maxIdleSeconds: number } {
  return {
    maxHeapBytes: byteSize(`${command}: --max-heap`, args.maxHeap),
    maxSteps: wholeNumber(`${command}: --max-steps`, args.maxSteps, 1, Number.MAX_SAFE_INTEGER),
    maxIdleSeconds: wholeNumber(`${command}: --max-idle`, args.maxIdle, 0, 1e6),
  };
}

/** The target that --goarch names. @throws {UsageError} */
export function goarchOf(command: string, text: string): GoArch {
  const goarch = goarches.find((known) => known === text);
  if (goarch !== undefined) return goarch;
  const advice = didYouMean(text, goarches) || ` Known: ${goarches.join(', ')}`;
  throw new UsageError(`${command}: --goarch: unknown GOARCH "${text}".${advice}`);
}

/** Whether --goexperiment leaves the layout of pointer bits as it is by default. @throws {UsageError} */
export function allocHeadersOf(command: string, text: string | undefined): boolean {
  if (text === undefined || text === '' || text === 'allocheaders') return true;
  if (text === 'noallocheaders') return false;
  const known = ['noallocheaders', 'allocheaders'];
  throw new UsageError(
    `${command}: --goexperiment: unknown experiment "${text}".` +
      (didYouMean(text, known) || ` Known: ${known.join(', ')}`),
  );
}

/** A whole number that an option's text says; `or` is what else may stand there. @throws {UsageError} */
export function wholeNumber(
  option: string,
  text: string,
  min: number,
  max: number,
  or = '',
): number {
  const digits = text.replace(/(?<=\d)_(?=\d)/g, '');
  const value = /^\d+$/.test(digits) ? Number(digits) : Number.NaN;
  if (value >= min && value <= max) return value;
  const range = `${count(min)} to ${max === Number.MAX_SAFE_INTEGER ? '2^53-1' : count(max)}`;
  throw new UsageError(`${option}: want a whole number from ${range}${or}, got "${text}"`);
}

const sizeUnits: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
};

/** A size that an option names: 512MiB. @throws {UsageError} */
export function byteSize(option: string, text: string, such = '512MiB or 2GiB'): number {
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text);
  const unit = match === null ? undefined : sizeUnits[match[2]!.toLowerCase()];
  const value = unit === undefined ? 0 : Math.floor(Number(match![1]) * unit);
  if (value >= 1 && value <= 2 ** 48) return value;
  throw new UsageError(`${option}: want a size such as ${such}, got "${text}"`);
}

/** What options of a command that looks into runs give. */
export interface RunArgs extends WorldArgs {
  readonly param?: readonly string[] | undefined;
  readonly seed: string;
  readonly goarch: string;
  readonly goexperiment?: string | undefined;
  readonly maxHeap: string;
  readonly maxSteps: string;
}

/** All that decides a run beside the scenario and its parameters. @throws {UsageError} */
export function runOptionsOf(command: string, args: RunArgs) {
  const { maxHeapBytes, maxSteps } = limitsOf(command, { ...args, maxIdle: '0' });
  return {
    seed: args.seed,
    goarch: goarchOf(command, args.goarch),
    allocHeaders: allocHeadersOf(command, args.goexperiment),
    ...worldOf(command, args),
    maxHeapBytes,
    maxSteps,
  };
}
