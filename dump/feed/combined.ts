/** C1 and C2: two dumps in one, and several mutations at once. */
import seedrandom from 'seedrandom';
import type { Base } from './base.ts';
import type { Edit } from './content.ts';
import type { Draft, Operation } from './operation.ts';
import { splitIndex } from './operation.ts';

const combined = { group: 'combined', importance: 'low' } as const;

const splice: Operation = {
  ...combined,
  id: 'C1',
  title: 'begins as one dump and goes on as another',
  fields: 'between any two records of each',
  rule: 'may: every record is whole, what they say together is anything',
  bugType: 'spliced',
  specRef: 'runtime/heapdump.go mdump',
  count: (base) => base.map.records * base.partner.map.records,
  make: (base, index) => {
    const { partner } = base;
    const [until, from] = splitIndex(index, partner.map.records);
    if (partner === base && until === from) return undefined;
    const at = base.map.offsetOf(until);
    const rest = partner.bytes.subarray(partner.map.offsetOf(from));
    return {
      edits: [{ at, remove: base.bytes.length - at, insert: [rest] }],
      expect: 'may',
      layer: 'semantic',
      flags: ['inconsistent'],
      features: [...new Set([...base.features, ...partner.features])],
      reason: `${until} records, then those of ${partner === base ? 'the same' : 'another'} dump from ${from} on`,
      at: { defectOffset: at },
      recipe: { detail: { until, from } },
    };
  },
};

/** Adds edits that do not touch those that are there; false if they would. */
function merge(edits: Edit[], more: readonly Edit[]): boolean {
  const touches = (a: Edit, b: Edit) => a.at <= b.at + b.remove && b.at <= a.at + a.remove;
  if (more.some((edit) => edits.some((other) => touches(edit, other)))) return false;
  edits.push(...more);
  edits.sort((a, b) => a.at - b.at);
  return true;
}

const attempts = 16;

function stackDraft(base: Base, parts: readonly Operation[], index: number): Draft | undefined {
  const random = seedrandom.alea(`stack/${index}`);
  const below = (n: number) => Math.floor(random.double() * n);
  const ready = parts.filter((part) => part.count(base) > 0);
  const wanted = 2 + below(3);
  const edits: Edit[] = [];
  const drafts: { id: string; draft: Draft }[] = [];
  for (let i = 0; i < attempts && drafts.length < wanted; i++) {
    const part = ready[below(ready.length)]!;
    const draft = part.make(base, below(part.count(base)));
    if (draft?.edits === undefined || !merge(edits, draft.edits)) continue;
    drafts.push({ id: part.id, draft });
  }
  if (drafts.length < 2) return undefined;
  const refused = drafts.some(({ draft }) => draft.expect === 'reject' && draft.layer !== 'wire');
  const flags = drafts.flatMap(({ draft }) => [
    ...(draft.flags ?? []),
    ...(draft.rule === undefined ? [] : [draft.rule]),
  ]);
  return {
    edits,
    expect: 'framing',
    ...(refused ? { framed: 'reject' } : {}),
    layer: 'wire',
    flags,
    reason: drafts.map(({ draft }) => draft.reason).join('; '),
    at: { defectOffset: edits[0]!.at },
    recipe: { detail: { stacked: drafts.map(({ id }) => id).join(' '), index } },
  };
}

/** Stacks of some of these operations. */
export const combinations = (parts: readonly Operation[]): readonly Operation[] => [
  splice,
  {
    ...combined,
    id: 'C2',
    title: 'has two to four mutations at once',
    fields: 'those of the others',
    rule: 'as our reader frames it; reject if one of them is a reject, else may',
    bugType: 'stacked',
    specRef: 'runtime/heapdump.go mdump',
    count: () => 2 ** 40,
    make: (base, index) => stackDraft(base, parts, index),
  },
];
