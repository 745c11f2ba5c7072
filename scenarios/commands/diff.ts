/** `diff`: what changed from one dump to another. */
import {
  type DumpDiff,
  diffDumps,
  type FieldChange,
  type GoroutineChange,
  type RecordChange,
} from '../../dump/diff.ts';
import { defineCommand } from '../command.ts';
import { count, counted, cut, hex, printable, table, toJson, wrap } from '../format.ts';
import { dumpFailure, openDumpFile } from '../input.ts';
import { type Io, Progress } from '../io.ts';
import { type Live, type LiveArgs, liveOptions, stepOf } from '../live.ts';
import { liveGraph } from '../live-graph.ts';
import { openNamed } from '../open-named.ts';
import { statusName } from '../summary.ts';
import { diffLogStates, logDiffLines, logState, statTable } from '../terminal/log-diff.ts';
import { drawOptions, Sheet } from '../terminal/sheet.ts';
import {
  type SpanChanges,
  type StepState,
  spanChangeLines,
  spanChanges,
  spanRefs,
} from '../terminal/step-diff.ts';
import { type ExitCode, exitCode, UsageError } from '../usage-error.ts';

type DiffValue = FieldChange['before'];

/** A list that may have been cut. */
interface Tally<T> {
  readonly count: number;
  readonly items: readonly T[];
}

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
    const diff = readBoth(a, b, limit, ticking);
    progress.done();
    return printDiff({ a, b }, diff, {
      limit,
      json: args.json === true,
      sheet: new Sheet(io, args),
    });
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
  return printDiff({ a: before.name, b: after.name }, typed(diff, before, after), shown, {
    spans: spanChanges(before.spans, after.spans),
  });
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
  steps?: { readonly spans: SpanChanges },
): ExitCode {
  if (json) sheet.json(toJson({ a, b, ...diff, ...steps }, 2));
  else sheet.lines(diffLines(a, b, diff, limit, (title) => sheet.bold(title), steps?.spans));
  sheet.flush();
  return diff.equal ? exitCode.done : exitCode.bad;
}

function limitOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UsageError(`diff: --limit: want a whole number, got "${text}"`);
}

/** Reads both dumps, one after the other; each one's errors name it. */
function readBoth(
  a: string,
  b: string,
  limit: number,
  ticking: (chunks: Iterable<Uint8Array>, name: string) => Iterable<Uint8Array>,
): DumpDiff {
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
  try {
    return diffDumps(chunks(a), chunks(b), { limit });
  } catch (error) {
    throw dumpFailure(reading === '-' ? 'standard input' : reading, error, UsageError);
  }
}

function diffLines(
  a: string,
  b: string,
  diff: DumpDiff,
  limit: number,
  heading: (title: string) => string,
  spans?: SpanChanges,
): string[] {
  if (diff.equal) return wrap(`${printable(a)} and ${printable(b)}: no difference`);
  const sections: [string, string[]][] = [
    ['Parameters', diff.params.map((change) => changeLine(change))],
    ['Objects', objectLines(diff, limit)],
    ...(spans === undefined ? [] : [spanChangeLines(spans, limit)]),
    ['Roots', rootLines(diff, limit)],
    ['Goroutines', limited(diff.goroutines, limit, goroutineLines)],
    ['Other records', limited(diff.records, limit, recordLines)],
    ['MemStats', statTable(diff.memStats)],
  ];
  const lines = [cut(`${printable(a)} -> ${printable(b)}`, 80)];
  for (const [title, body] of sections) {
    if (body.length > 0) lines.push('', heading(title), ...body);
  }
  return lines;
}

function limited<T>(items: readonly T[], limit: number, show: (item: T) => string[]): string[] {
  const lines = items.slice(0, limit).flatMap(show);
  if (items.length > limit) lines.push(`  and ${count(items.length - limit)} more (--limit)`);
  return lines;
}

function objectLines({ objects }: DumpDiff, limit: number): string[] {
  const { before, after, born, died, moved, changed, unchanged } = objects;
  const rows = [
    ['', 'objects', 'bytes'],
    ['before', count(before.count), count(before.bytes)],
    ['after', count(after.count), count(after.bytes)],
    ['unchanged', count(unchanged), ''],
  ];
  for (const [name, tally] of Object.entries({ born, died, moved, changed })) {
    if (tally.count > 0) rows.push([name, count(tally.count), count(tally.bytes)]);
  }
  const lines = table(rows, { right: [1, 2] });
  if (unchanged === before.count && unchanged === after.count) return lines;
  const list = <T>(name: string, tally: Tally<T>, show: (item: T) => string) => {
    if (tally.count === 0 || limit === 0) return;
    lines.push('', `  ${name}`);
    for (const item of tally.items) lines.push(`    ${show(item)}`);
    const more = tally.count - tally.items.length;
    if (more > 0) lines.push(`    and ${count(more)} more (--limit)`);
  };
  list('born', born, objectText);
  list('died', died, objectText);
  list(
    'moved',
    moved,
    ({ from, to, size }) => `${hex(from)} -> ${hex(to)}  ${counted(size, 'byte')}`,
  );
  list('changed', changed, (item) => {
    const what = [
      ...(item.size === item.sizeBefore ? [] : [`size ${count(item.sizeBefore)} before`]),
      ...(item.contents ? ['contents differ'] : []),
      ...(item.pointers ? ['pointers'] : []),
    ];
    return `${hex(item.address)}  ${counted(item.size, 'byte')}  ${what.join(', ')}`;
  });
  return [...lines, ...sizeLines(objects.sizes, limit)];
}

/** An object that only one of the two has; of a scenario with its type. */
interface TypedObject {
  readonly address: number | bigint;
  readonly size: number;
  readonly type?: string | undefined;
}

function objectText({ address, size, type }: TypedObject): string {
  const of = type === undefined ? '' : `  ${type}`;
  return cut(`${hex(address)}  ${counted(size, 'byte')}${of}`, 76);
}

/** With the types of the objects that were born and died, as the runs know them. */
function typed(diff: DumpDiff, before: StepState, after: StepState): DumpDiff {
  const { born, died } = diff.objects;
  const withTypes = (tally: typeof born, { nameOf }: StepState): typeof born => {
    const items = tally.items.map((item) => ({ ...item, type: nameOf(Number(item.address)) }));
    return { ...tally, items };
  };
  const objects = { born: withTypes(born, after), died: withTypes(died, before) };
  return { ...diff, objects: { ...diff.objects, ...objects } };
}

function sizeLines(sizes: DumpDiff['objects']['sizes'], limit: number): string[] {
  if (sizes.length === 0 || limit === 0) return [];
  const most = [...sizes]
    .sort((x, y) => Math.abs(y.after - y.before) - Math.abs(x.after - x.before))
    .slice(0, limit)
    .sort((x, y) => x.size - y.size);
  const rows = [
    ['size', 'before', 'after', ''],
    ...most.map((row) => [
      count(row.size),
      count(row.before),
      count(row.after),
      signed(BigInt(row.after - row.before)),
    ]),
  ];
  const more = sizes.length - most.length;
  const rest = more > 0 ? [`    and ${counted(more, 'size')} more (--limit)`] : [];
  return ['', '  objects of a size', ...table(rows, { right: [0, 1, 2, 3], indent: 4 }), ...rest];
}

function rootLines({ roots }: DumpDiff, limit: number): string[] {
  if (roots.count === 0) return [];
  const value = (address: DiffValue) => (address === undefined ? 'none' : hex(address as number));
  const rows = roots.items
    .slice(0, limit)
    .map((root) => [
      root.segment,
      hex(root.address),
      `${value(root.before)} -> ${value(root.after)}`,
    ]);
  const more = roots.count - rows.length;
  return [
    `  ${counted(roots.count, 'pointer')} changed`,
    ...table(rows, { indent: 4 }),
    ...(more > 0 ? [`    and ${count(more)} more (--limit)`] : []),
  ];
}

function goroutineLines(change: GoroutineChange): string[] {
  const { id, fields, stackBefore, stackAfter } = change;
  const lines = [`  ${count(id)} ${change.change}`];
  if (change.change === 'changed') {
    lines.push(...fields.map((field) => `  ${changeLine(field)}`));
    if (change.stackChanged) {
      lines.push(`    stack ${stackText(stackBefore)}`, `       -> ${stackText(stackAfter)}`);
    }
  } else lines.push(`    ${stackText(stackBefore ?? stackAfter)}`);
  return lines.map((line) => cut(line, 80));
}

function stackText(names: readonly string[] | undefined): string {
  return (names ?? []).map((name) => printable(name)).join(' < ');
}

function recordLines(change: RecordChange): string[] {
  const head = `  ${change.kind} ${hex(change.key)} ${change.change}`;
  if (change.change === 'changed') {
    return [cut(head, 80), ...change.fields.map((field) => cut(`  ${changeLine(field)}`, 80))];
  }
  const name = change.fields.find((field) => field.name === 'name');
  const text = name === undefined ? '' : ` ${valueText('name', name.before ?? name.after)}`;
  return [cut(head + text, 80)];
}

function changeLine({ name, before, after }: FieldChange): string {
  return cut(`  ${name} ${valueText(name, before)} -> ${valueText(name, after)}`, 78);
}

const addressFields =
  /^(address|sp|creationPC|ctxt|m|defer|panic|type|bucket|heap(Start|End))$|PC$|pc$|Type$|funcval/;

function valueText(name: string, value: DiffValue): string {
  if (value === undefined) return 'none';
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'string' || value instanceof Uint8Array) return `"${printable(value)}"`;
  if (name === 'status') return statusName(value);
  return addressFields.test(name) ? hex(value) : count(value);
}

function signed(delta: bigint): string {
  return delta < 0n ? `-${count(-delta)}` : `+${count(delta)}`;
}
