/** `diff` of two dumps, or of two steps of a scenario, in words. */
import type { DumpDiff, FieldChange, GoroutineChange, RecordChange } from '../../dump/diff.ts';
import { count, counted, cut, hex, printable, table, wrap } from '../format.ts';
import { statusName } from '../summary.ts';
import { statTable } from './log-diff.ts';
import { type SpanChanges, type StepState, spanChangeLines } from './step-diff.ts';

type DiffValue = FieldChange['before'];

/** A list that may have been cut. */
interface Tally<T> {
  readonly count: number;
  readonly items: readonly T[];
}

/** Two dumps, or two steps of a scenario. */
interface Compared {
  readonly a: string;
  readonly b: string;
  readonly diff: DumpDiff;
  readonly spans: SpanChanges;
}

/** All that differs, as lines. */
export function diffLines(
  { a, b, diff, spans }: Compared,
  limit: number,
  heading: (title: string) => string,
): string[] {
  if (diff.equal) return wrap(`${printable(a)} and ${printable(b)}: no difference`);
  const sections: [string, string[]][] = [
    ['Parameters', diff.params.map((change) => changeLine(change))],
    ['Objects', objectLines(diff, limit)],
    spanChangeLines(spans, limit),
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
export function typed(diff: DumpDiff, before: StepState, after: StepState): DumpDiff {
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
