/** `diff`: what changed from one dump, or step, to another; what two runs did differently. */
import { type DumpDiff, diffDumps } from '../../dump/diff.ts';
import { defineCommand } from '../command.ts';
import { count, printable, toJson, wrap } from '../format.ts';
import { dumpFailure, openDumpFile } from '../input.ts';
import { type Io, Progress } from '../io.ts';
import { disagreement, type Live, type LiveArgs, liveOptions, stepData, stepOf } from '../live.ts';
import { liveGraph } from '../live-graph.ts';
import { type Named, type NamedDump, openNamed } from '../open-named.ts';
import { diffLines, typed } from '../terminal/dump-diff.ts';
import { classText, inferring } from '../terminal/dump-spans.ts';
import { diffLogStates, logDiffLines, logState } from '../terminal/log-diff.ts';
import { matchedByNumber, matchedByPlace } from '../terminal/log-match.ts';
import { drawOptions, Sheet } from '../terminal/sheet.ts';
import { SpanInference } from '../terminal/span-inference.ts';
import { type SpanChanges, type SpanRef, spanChanges, spanRefs } from '../terminal/step-diff.ts';
import { type ExitCode, exitCode, UsageError } from '../usage-error.ts';

const defaultLimit = 10;
const jsonLimit = 1000;

export const diffCommand = defineCommand({
  examples: [
    ['goheapsim diff before.dump after.dump', 'what a program did between two dumps'],
    ['goheapsim diff ours.dump real.dump --json', 'two runs compared, as data'],
    ['goheapsim diff a.dump b.dump --limit 100', 'longer lists'],
    ['goheapsim diff linked-list --from 4 --to 8', 'what a scenario did between two steps'],
    ['goheapsim diff log --from 500 --to 900 --binary prog', 'what a logged program did'],
    ['goheapsim diff old.log new.log --binary old --binary new', 'two programs, each at its end'],
    ['goheapsim diff tree tree --gogc 100 --gogc 20', 'one scenario, run in two ways'],
  ],
  notes: [
    'Compared are objects (address, size, bytes, pointers), the pointers in data and bss, goroutines ' +
      'and their stacks, the other records, and the statistics; not the bytes of stack frames. An ' +
      'object is moved if the same one died at one address and was born at another.',
    'Of a log, which has no contents, objects are told apart by their allocations. Of two logs the same ' +
      'are objects of one type and size at one address; of the others the first of a type and size in one ' +
      'log is the first in the other, moved, and so on.',
    'Of two scenarios or logs --from is a step of the first and --to one of the second, each by default ' +
      'the last. Options are of both; --binary, --goarch and --gogc may be given twice, once for each.',
    'Exit code 0: no difference. Exit code 1: there are some.',
  ],
  build: (parser) =>
    parser
      .positional('a', {
        type: 'string',
        demandOption: true,
        describe: 'The earlier dump; or a scenario, or a log of allocfreetrace',
      })
      .positional('b', { type: 'string', describe: 'The later one, of the same kind' })
      .option('from', {
        type: 'string',
        requiresArg: true,
        describe: 'The earlier step of a scenario or a log [default: of two the last]',
      })
      .option('to', {
        type: 'string',
        requiresArg: true,
        describe: 'The later one [default: the last]',
      })
      .options({
        ...liveOptions,
        binary: { ...liveOptions.binary, array: true },
        goarch: { ...liveOptions.goarch, array: true },
        gogc: { ...liveOptions.gogc, array: true },
      })
      .option('limit', {
        type: 'string',
        requiresArg: true,
        describe: `Items of each list [default: ${defaultLimit}; with --json ${jsonLimit}]`,
      })
      .options(drawOptions),
  run: (args, io) => (args.b === undefined ? diffSteps(args, io) : diffTwo(args, args.b, io)),
});

/** Options that each of two scenarios or logs may have its own of. */
const ofEach = ['binary', 'goarch', 'gogc'] as const;

interface DiffArgs
  extends Omit<LiveArgs, (typeof ofEach)[number]>,
    Partial<Record<(typeof ofEach)[number], readonly string[] | undefined>> {
  readonly a: string;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly limit?: string | undefined;
  readonly json?: boolean | undefined;
  readonly ascii?: boolean | undefined;
}

/** What is named, with the options that are given once, or for this side. @throws {UsageError} */
function openSide(given: string, side: 0 | 1, args: DiffArgs, io: Io): Promise<Named> {
  const own = ofEach.map((name) => [name, args[name]?.[side] ?? args[name]?.[0]]);
  return openNamed('diff', given, { ...args, ...Object.fromEntries(own) }, io);
}

/** @throws {UsageError} for an option that is given more often than there are scenarios or logs */
function checkOptions(args: DiffArgs, sides: 1 | 2): void {
  for (const name of ofEach) {
    if ((args[name]?.length ?? 0) <= sides) continue;
    throw new UsageError(
      `diff: --${name} is given ${args[name]!.length} times, for ${sides === 1 ? 'one run' : 'two runs'}`,
    );
  }
}

/** Two steps of one run. */
async function diffSteps(args: DiffArgs, io: Io): Promise<ExitCode> {
  checkOptions(args, 1);
  const named = await openSide(args.a, 0, args, io);
  if (named.kind === 'dump')
    throw new UsageError('diff: a second dump is missing: goheapsim diff <a> <b>');
  if (args.from === undefined) {
    throw new UsageError(
      `diff: of a ${named.kind} two steps are compared, --from N --to M; or name a second ${named.kind}`,
    );
  }
  const shown = shownOf(args, io);
  const [before, after] = [stepAt(named, args, '--from'), stepAt(named, args, '--to')];
  return named.kind === 'log'
    ? diffLogs(before, after, matchedByNumber, shown)
    : diffRuns(before, after, shown);
}

/** Two dumps, two scenarios, or two logs. */
async function diffTwo(args: DiffArgs, b: string, io: Io): Promise<ExitCode> {
  if (args.a === '-' && b === '-') {
    throw new UsageError('diff: only one of the two can be standard input');
  }
  checkOptions(args, 2);
  const shown = shownOf(args, io);
  const first = await openSide(args.a, 0, args, io);
  const second = await openSide(b, 1, args, io);
  if (first.kind === 'dump' && second.kind === 'dump') {
    if (args.from !== undefined || args.to !== undefined) {
      throw new UsageError(
        'diff: --from and --to are steps of a scenario or log; these are two dumps',
      );
    }
    return diffTwoDumps([args.a, first], [b, second], shown, io);
  }
  if (first.kind === 'dump' || second.kind === 'dump' || first.kind !== second.kind) {
    throw new UsageError(
      `diff: ${first.shown} is a ${kindText[first.kind]}, and ${second.shown} a ${kindText[second.kind]}: two of ` +
        'one kind are compared. goheapsim run makes a dump of a scenario, goheapsim replay -o one of a log',
    );
  }
  const [before, after] = [stepAt(first, args, '--from'), stepAt(second, args, '--to')];
  return first.kind === 'log'
    ? diffLogs(before, after, matchedByPlace, shown)
    : diffRuns(before, after, shown);
}

const kindText = { dump: 'heap dump', scenario: 'scenario', log: 'log' } as const;

function shownOf(args: DiffArgs, io: Io): Shown {
  const limit = limitOf(args.limit) ?? (args.json ? jsonLimit : defaultLimit);
  return { limit, json: args.json === true, sheet: new Sheet(io, args) };
}

/** The step of a run that one of the options names; the last without it. */
function stepAt(live: Live, { from, to }: DiffArgs, option: '--from' | '--to'): StepOfRun {
  return { live, step: stepOf('diff', option === '--from' ? from : to, option) };
}

/** How a difference is shown. */
interface Shown {
  readonly limit: number;
  readonly json: boolean;
  readonly sheet: Sheet;
}

interface StepOfRun {
  readonly live: Live;
  /** The last without one. */
  readonly step: number | undefined;
}

/** Of scenarios: the dumps that the program would write there. */
function diffRuns(from: StepOfRun, to: StepOfRun, shown: Shown): ExitCode {
  const dumpAt = ({ live, step }: StepOfRun) => {
    const run = live.run(step);
    const spans = spanRefs(run.world);
    const { named, dump } = liveGraph(run);
    return { name: stepName(live, run.timeline.length - 1), dump, spans, nameOf: named.nameOf };
  };
  const before = dumpAt(from);
  const after = dumpAt(to);
  const diff = diffDumps(before.dump, after.dump, shown);
  const spans = spanChanges(before.spans, after.spans);
  return printDiff({ a: before.name, b: after.name }, typed(diff, before, after), shown, spans);
}

/** Of logs: what was allocated and freed, as their model has it. `match`: what the same object is. */
function diffLogs(
  from: StepOfRun,
  to: StepOfRun,
  match: typeof matchedByPlace,
  { limit, json, sheet }: Shown,
): ExitCode {
  const stateAt = ({ live, step }: StepOfRun) => {
    const run = live.run(step);
    const state = logState(run);
    const { shown } = live;
    const name = stepName(live, state.step);
    return { shown, name, state, told: stepData(run), notes: disagreement(run) };
  };
  const before = stateAt(from);
  const after = stateAt(to);
  const diff = diffLogStates(before.state, after.state, limit, match);
  const names = [before.name, after.name] as const;
  if (json) {
    sheet.json(toJson({ a: names[0], b: names[1], logs: [before.told, after.told], ...diff }, 2));
  } else {
    const [first, ...rest] = logDiffLines(names, diff, limit, (title) => sheet.bold(title));
    const isOne = from.live === to.live;
    const notes = (isOne ? [after] : [before, after]).flatMap((side) =>
      side.notes.flatMap((note) => wrap(isOne ? note : `${printable(side.shown)}: ${note}`, 2)),
    );
    sheet.lines([first!, ...notes, ...rest]);
  }
  sheet.flush();
  return diff.equal ? exitCode.done : exitCode.bad;
}

/** Two dumps, one after the other; nothing of them is kept but what differs. */
function diffTwoDumps(first: GivenDump, second: GivenDump, shown: Shown, io: Io): ExitCode {
  const progress = new Progress(io);
  const ticking = function* (chunks: Iterable<Uint8Array>, name: string) {
    for (const chunk of chunks) {
      progress.tick(() => `reading ${name}`);
      yield chunk;
    }
  };
  const { diff, spans } = readBoth(first, second, shown.limit, ticking);
  progress.done();
  return printDiff({ a: first[0], b: second[0] }, diff, shown, { ...spans, inferred: true });
}

function stepName({ shown }: Live, step: number): string {
  return `${shown} step ${count(step)}`;
}

function printDiff(
  { a, b }: { a: string; b: string },
  diff: DumpDiff,
  { limit, json, sheet }: Shown,
  spans: SpanChanges,
): ExitCode {
  if (json) sheet.json(toJson({ a, b, ...diff, spans }, 2));
  else sheet.lines(diffLines({ a, b, diff, spans }, limit, (title) => sheet.bold(title)));
  sheet.flush();
  return diff.equal ? exitCode.done : exitCode.bad;
}

function limitOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UsageError(`diff: --limit: want a whole number, got "${text}"`);
}

/** A dump, as the user named it. */
type GivenDump = readonly [given: string, dump: NamedDump];

/** Reads both dumps, one after the other, their spans as objects suggest them; each one's errors name it. */
function readBoth(
  first: GivenDump,
  second: GivenDump,
  limit: number,
  ticking: (chunks: Iterable<Uint8Array>, name: string) => Iterable<Uint8Array>,
): { diff: DumpDiff; spans: SpanChanges } {
  let reading = first[1].shown;
  const chunks = function* ([, { input, shown }]: GivenDump): Generator<Uint8Array> {
    reading = shown;
    const file = openDumpFile(input);
    try {
      yield* ticking(file.chunks(), file.name);
    } finally {
      file.close();
    }
  };
  const [before, after] = [new SpanInference(), new SpanInference()];
  try {
    const beside = [inferring(before), inferring(after)] as const;
    const diff = diffDumps(chunks(first), chunks(second), { limit, beside });
    return { diff, spans: spanChanges(inferredRefs(before), inferredRefs(after)) };
  } catch (error) {
    throw dumpFailure(reading, error, UsageError);
  }
}

function inferredRefs(inference: SpanInference): SpanRef[] {
  return inference
    .spans()
    .map((span) => ({ base: span.address, pages: span.pages, kind: classText(span) }));
}
