/** S6 to S8: records without those that they belong to, in another order, missing or twice. */
import type { RecordKind } from '../records.ts';
import { recordTable } from '../records.ts';
import type { VerifyRuleId } from '../verify-rules.ts';
import type { Base, RecordRun } from './base.ts';
import type { Piece } from './content.ts';
import type { Choice } from './contradiction.ts';
import {
  choices,
  contradiction,
  copyDraft,
  dropDraft,
  eachRecord,
  nowhere,
  semantic,
} from './contradiction.ts';
import type { Draft, Operation } from './operation.ts';

/** A part of a goroutine before any goroutine. */
const orphanOf = (kind: RecordKind): Choice =>
  eachRecord(kind, (base, n) => ({
    ...copyDraft(
      base,
      base.nth(kind, n),
      base.nth('goroutine', 0),
      'orphan',
      'stands before every goroutine as well',
    ),
    bugType: 'orphan',
  }));

/** References that lead nowhere. */
const references: readonly (readonly [kind: RecordKind, name: string, rule: VerifyRuleId])[] = [
  ['allocSample', 'bucket', 'sample-bucket'],
  ['allocSample', 'address', 'sample-object'],
  ['finalizer', 'address', 'finalizer-object'],
  ['queuedFinalizer', 'address', 'finalizer-object'],
  ['itab', 'type', 'itab-type'],
  ['goroutine', 'm', 'goroutine-thread'],
  ['goroutine', 'address', 'goroutine-object'],
];

const dangling = references.map(([kind, name, rule]) =>
  eachRecord(kind, (base, n) => contradiction(base, kind, n, name, nowhere, rule)),
);

const orphans: Operation = {
  ...semantic,
  id: 'S6',
  title: 'has records without those that they belong to',
  fields: 'frames, defers, panics; references of samples, finalizers, itabs, goroutines',
  rule: 'may: a reader can do without',
  bugType: 'dangling-reference',
  importance: 'high',
  specRef: 'runtime/heapdump.go dumpgoroutine',
  ...choices([orphanOf('stackFrame'), orphanOf('defer'), orphanOf('panic'), ...dangling]),
};

const firstSwapped = 1;

function runName(base: Base, { from, to }: RecordRun): string {
  const kinds = new Set<RecordKind>();
  for (let record = from; record < to && record < from + 64; record++) {
    kinds.add(recordTable[base.map.tagOf(record)]!.kind);
  }
  return [...kinds].join(', ');
}

function swapDraft(base: Base, one: RecordRun, two: RecordRun): Draft {
  const from = base.map.offsetOf(one.from);
  const middle = base.map.offsetOf(one.to);
  const to = base.map.offsetOf(two.to);
  const insert: Piece[] = [
    { from: middle, to },
    { from, to: middle },
  ];
  const names = [runName(base, one), runName(base, two)] as const;
  const free = names.includes('otherRoot');
  return {
    edits: [{ at: from, remove: to - from, insert }],
    expect: free ? 'accept' : 'may',
    layer: 'semantic',
    ...(free ? {} : { rule: 'order' }),
    reason: `${names[1]} before ${names[0]}`,
    at: { defectOffset: from },
    recipe: { detail: { first: names[1], second: names[0] } },
  };
}

const permuted: Operation = {
  ...semantic,
  id: 'S7',
  title: 'has groups of records in another order',
  fields: 'neighbouring groups, but params and EOF',
  rule: 'may: the format does not say an order, Go always writes the same',
  bugType: 'order-assumed',
  specRef: 'runtime/heapdump.go mdump',
  count: (base) => Math.max(0, base.runs.length - 3),
  make: (base, index) => {
    const { runs } = base;
    return swapDraft(base, runs[index + firstSwapped]!, runs[index + firstSwapped + 1]!);
  },
};

const singles: readonly RecordKind[] = ['dataSegment', 'bss', 'memStats'];

const once: Operation = {
  ...semantic,
  id: 'S8',
  title: 'has data, bss or statistics missing or twice',
  fields: 'data segment, bss segment, mem stats',
  rule: 'may: Go writes one of each; the format does not say it',
  bugType: 'usual-shape-assumed',
  importance: 'high',
  specRef: 'runtime/heapdump.go dumproots',
  ...choices(
    singles.flatMap((kind) => [
      eachRecord(kind, (base, n) => dropDraft(base, base.nth(kind, n), 'once')),
      eachRecord(kind, (base, n) => {
        const record = base.nth(kind, n);
        return copyDraft(base, record, record + 1, 'once', 'stands there twice');
      }),
    ]),
  ),
};

export const semanticRecords: readonly Operation[] = [orphans, permuted, once];
