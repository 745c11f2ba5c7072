/** `diff`: what changed from one dump to another. */
import { type DumpDiff, diffDumps } from '../../dump/diff.ts';
import { defineCommand } from '../command.ts';
import { count, toJson } from '../format.ts';
import { dumpFailure, openDumpFile } from '../input.ts';
import { type Io, Progress } from '../io.ts';
import { type Live, type LiveArgs, liveOptions, stepOf } from '../live.ts';
import { liveGraph } from '../live-graph.ts';
import { openNamed } from '../open-named.ts';
import { diffLines, typed } from '../terminal/dump-diff.ts';
import { classText, inferring } from '../terminal/dump-spans.ts';
import { diffLogStates, logDiffLines, logState } from '../terminal/log-diff.ts';
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
  ],
  notes: [
    'Compared are objects (address, size, bytes, pointers), the pointers in data and bss, goroutines ' +
      'and their stacks, the other records, and the statistics; not the bytes of stack frames. An ' +
      'object is moved if the same one died at one address and was born at another.',
    'Of a log, which has no contents, objects are told apart by their allocations.',
    'Exit code 0: no difference. Exit code 1: there are some.',
  ],
  build: (parser) =>
    parser
      .positional('a', {
        type: 'string',
        demandOption: true,
        describe: 'The earlier dump; or a scenario, or a log of allocfreetrace',
      })
      .positional('b', { type: 'string', describe: 'The later dump' })
      .option('from', {
        type: 'string',
        requiresArg: true,
        describe: 'The earlier step of a scenario or a log',
      })
      .option('to', {
        type: 'string',
        requiresArg: true,
        describe: 'The later one [default: the last]',
      })
      .options(liveOptions)
      .option('limit', {
        type: 'string',
        requiresArg: true,
        describe: `Items of each list [default: ${defaultLimit}; with --json ${jsonLimit}]`,
      })
      .options(drawOptions),
  async run(args, io) {
    if (args.b === undefined) return diffSteps(args, io);
    const { a, b } = args;
    if (args.from !== undefined || args.to !== undefined) {
      throw new UsageError(
        'diff: --from and --to are steps of one scenario or log; these are two dumps',
      );
    }
    if (a === '-' && b === '-') {
      throw new UsageError('diff: only one of the two dumps can be standard input');
    }
    const limit = limitOf(args.limit) ?? (args.json ? jsonLimit : defaultLimit);
    const progress = new Progress(io);
    const ticking = function* (chunks: Iterable<Uint8Array>, name: string) {
      for (const chunk of chunks) {
        progress.tick(() => `reading ${name}`);
        yield chunk;
      }
    };
    const { diff, spans } = readBoth(a, b, limit, ticking);
    progress.done();
    const shown = { limit, json: args.json === true, sheet: new Sheet(io, args) };
    return printDiff({ a, b }, diff, shown, { ...spans, inferred: true });
  },
});

interface StepArgs extends LiveArgs {
  readonly a: string;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly limit?: string | undefined;
  readonly json?: boolean | undefined;
  readonly ascii?: boolean | undefined;
}

/** Two steps of one run. */
async function diffSteps(args: StepArgs, io: Io): Promise<ExitCode> {
  const named = await openNamed('diff', args.a, args, io);
  if (named.kind === 'dump')
    throw new UsageError('diff: a second dump is missing: goheapsim diff <a> <b>');
  if (args.from === undefined) {
    throw new UsageError(`diff: of a ${named.kind} two steps are compared: --from N --to M`);
  }
  const limit = limitOf(args.limit) ?? (args.json ? jsonLimit : defaultLimit);
  const steps = {
    live: named,
    from: stepOf('diff', args.from, '--from'),
    to: stepOf('diff', args.to, '--to'),
  };
  const shown = { limit, json: args.json === true, sheet: new Sheet(io, args) };
  return named.kind === 'log' ? diffLogSteps(steps, shown) : diffRunSteps(steps, shown);
}

/** How a difference is shown. */
interface Shown {
  readonly limit: number;
  readonly json: boolean;
  readonly sheet: Sheet;
}

interface TwoSteps {
  readonly live: Live;
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/** Of a scenario: the dumps that the program would write there. */
function diffRunSteps({ live, from, to }: TwoSteps, shown: Shown) {
  const dumpAt = (step: number | undefined) => {
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

/** Of a log: what was allocated and freed, as its model has it. */
function diffLogSteps({ live, from, to }: TwoSteps, { limit, json, sheet }: Shown) {
  const before = logState(live.run(from));
  const after = logState(live.run(to));
  const names = [stepName(live, before.step), stepName(live, after.step)] as const;
  const diff = diffLogStates(before, after, limit);
  if (json) sheet.json(toJson({ a: names[0], b: names[1], ...diff }, 2));
  else sheet.lines(logDiffLines(names, diff, limit, (title) => sheet.bold(title)));
  sheet.flush();
  return diff.equal ? exitCode.done : exitCode.bad;
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

/** Reads both dumps, one after the other, their spans as objects suggest them; each one's errors name it. */
function readBoth(
  a: string,
  b: string,
  limit: number,
  ticking: (chunks: Iterable<Uint8Array>, name: string) => Iterable<Uint8Array>,
): { diff: DumpDiff; spans: SpanChanges } {
  let reading = a;
  const chunks = function* (path: string): Generator<Uint8Array> {
    reading = path;
    const file = openDumpFile(path);
    try {
      yield* ticking(file.chunks(), file.name);
    } finally {
      file.close();
    }
  };
  const [before, after] = [new SpanInference(), new SpanInference()];
  try {
    const beside = [inferring(before), inferring(after)] as const;
    const diff = diffDumps(chunks(a), chunks(b), { limit, beside });
    return { diff, spans: spanChanges(inferredRefs(before), inferredRefs(after)) };
  } catch (error) {
    throw dumpFailure(reading === '-' ? 'standard input' : reading, error, UsageError);
  }
}

function inferredRefs(inference: SpanInference): SpanRef[] {
  return inference
    .spans()
    .map((span) => ({ base: span.address, pages: span.pages, kind: classText(span) }));
}
