/** S3 to S5, S11: params that are wrong, missing, or not where they must be. */
import { goarchFacts, hasModernHeap, smallestArena } from '../goarch-facts.ts';
import type { Uint64 } from '../records.ts';
import type { Base } from './base.ts';
import type { Choice } from './contradiction.ts';
import {
  choices,
  contradiction,
  copyDraft,
  dropDraft,
  namedField,
  semantic,
  wrongValue,
} from './contradiction.ts';
import type { Draft, Operation } from './operation.ts';
import { atField } from './operation.ts';

const pointerSizes: readonly Uint64[] = [
  0,
  1,
  2,
  3,
  5,
  7,
  12,
  16,
  128,
  255,
  2 ** 31,
  2 ** 32 + 8,
  2n ** 63n,
  2n ** 64n - 1n,
];

const badPointerSize: Operation = {
  ...semantic,
  id: 'S3',
  title: 'has pointers of no possible size',
  fields: 'params.pointerSize',
  rule: 'reject: pointers have 4 or 8 bytes',
  bugType: 'pointer-size',
  importance: 'high',
  specRef: 'runtime/heapdump.go dumpparams',
  count: () => pointerSizes.length,
  make: (base, index) => {
    const size = pointerSizes[index]!;
    const draft = contradiction(base, 'params', 0, 'pointerSize', size, 'pointer-size');
    return draft && { ...draft, expect: 'reject' };
  },
};

/** An architecture that differs in one of the two. */
function otherArchitecture(base: Base, what: 'order' | 'width'): string {
  const { bigEndian } = base.params;
  const order = what === 'order' ? !bigEndian : bigEndian;
  const width = what === 'width' ? 12 - base.pointerSize : base.pointerSize;
  const found = Object.entries(goarchFacts).find(
    ([, facts]) => facts.bigEndian === order && facts.pointerSize === width,
  );
  return found![0];
}

function architectureDraft(base: Base, what: 'order' | 'width'): Draft {
  const name = otherArchitecture(base, what);
  const field = namedField(base.map, base.nth('params', 0), 'architecture');
  const bytes = Uint8Array.of(name.length, ...new TextEncoder().encode(name));
  return {
    edits: [{ at: field.offset, remove: field.length + Number(field.value), insert: [bytes] }],
    expect: 'may',
    layer: 'semantic',
    rule: 'architecture',
    reason: `params say ${name}, but another ${what === 'order' ? 'byte order' : 'pointer size'}`,
    at: { ...atField(field), fieldPath: `${field.recordName}.architecture` },
    recipe: {
      fieldPath: `${field.recordName}.architecture`,
      oldValue: String(base.params.architecture),
      newValue: name,
    },
  };
}

const flips: readonly ((base: Base) => Draft | undefined)[] = [
  (base) => {
    const field = namedField(base.map, base.nth('params', 0), 'bigEndian');
    return wrongValue(field, field.value === 0 ? 1 : 0, 'architecture');
  },
  (base) => contradiction(base, 'params', 0, 'pointerSize', 12 - base.pointerSize, 'architecture'),
  (base) => architectureDraft(base, 'order'),
  (base) => architectureDraft(base, 'width'),
];

const flipped: Operation = {
  ...semantic,
  id: 'S4',
  title: 'says another byte order, pointer size or architecture than it has',
  fields: 'params',
  rule: 'may: the params contradict the architecture that they name',
  bugType: 'params-ignored',
  specRef: 'runtime/heapdump.go dumpparams',
  count: () => flips.length,
  make: (base, index) => {
    const draft = flips[index]!(base);
    if (draft === undefined || goarchFacts[String(base.params.architecture)] !== undefined) {
      return draft;
    }
    const { rule: _, ...rest } = draft;
    return { ...rest, flags: ['inconsistent'] };
  },
};

const lastRecord = (base: Base) => base.map.records - 1;

/** The params record moved to before another record. */
function movedDraft(base: Base, before: number): Draft {
  const params = base.nth('params', 0);
  const { edits, ...draft } = dropDraft(base, params, 'params-first');
  const { from, to } = {
    from: base.map.offsetOf(params),
    to: base.map.offsetOf(params + 1),
  };
  const target = base.map.offsetOf(before);
  return {
    ...draft,
    edits: [...edits!, { at: target, remove: 0, insert: [{ from, to }] }],
    flags: ['order'],
    reason: `params come only before byte ${target}`,
    recipe: { detail: { moved: 'params#0', at: target } },
  };
}

const places: readonly ((base: Base) => Draft | undefined)[] = [
  (base) => ({
    ...dropDraft(base, base.nth('params', 0), 'params-first'),
    expect: 'reject',
    bugType: 'params-missing',
  }),
  (base) => copyDraft(base, base.nth('params', 0), base.nth('params', 0) + 1, 'once', 'twice'),
  (base) => ({
    ...copyDraft(base, base.nth('params', 0), lastRecord(base), 'once', 'once more at the end'),
    flags: ['order'],
  }),
  (base) => (base.runs.length > 2 ? movedDraft(base, base.runs[1]!.to) : undefined),
  (base) =>
    base.count('object') > 0 && base.nth('params', 0) < base.nth('object', 0)
      ? movedDraft(base, base.nth('object', base.count('object') - 1) + 1)
      : undefined,
  (base) => (base.runs.length > 2 ? movedDraft(base, lastRecord(base)) : undefined),
];

const placement: Operation = {
  ...semantic,
  id: 'S5',
  title: 'has params missing, twice, or too late',
  fields: 'the params record',
  rule: 'reject without params: pointers cannot be read; else may',
  bugType: 'params-late',
  importance: 'high',
  specRef: 'runtime/heapdump.go mdump',
  count: () => places.length,
  make: (base, index) => places[index]!(base),
};

const two64 = 2n ** 64n;
/** Ranges of the heap that cannot be; the last ones only for allocators whose arenas are known. */
const ranges: readonly (readonly [
  name: 'heapStart' | 'heapEnd',
  value: (base: Base) => Uint64,
  modern: boolean,
])[] = [
  ['heapEnd', (base) => base.params.heapStart, false],
  ['heapEnd', () => 0, false],
  ['heapStart', () => two64 - 1n, false],
  ['heapStart', (base) => base.params.heapEnd, false],
  ['heapEnd', () => two64 - 1n, true],
  ['heapStart', () => 1, true],
];

const ranged: Choice = {
  count: () => ranges.length,
  make: (base, index) => {
    const [name, value, modern] = ranges[index]!;
    if (modern && !hasModernHeap(base.params.goVersion)) return undefined;
    return contradiction(base, 'params', 0, name, value(base), 'heap-range');
  },
};

/** A heap that begins after its first object. */
const excluding: Choice = {
  count: (base) => (base.count('object') > 0 ? 1 : 0),
  make: (base) => {
    const { heapStart, heapEnd } = base.params;
    const start = Number(heapStart) + smallestArena;
    if (base.read('object', 0).address >= start || start >= heapEnd) return undefined;
    return contradiction(base, 'params', 0, 'heapStart', start, 'object-in-heap');
  },
};

const badRange: Operation = {
  ...semantic,
  id: 'S11',
  title: 'has a heap range that cannot be',
  fields: 'params.heapStart, params.heapEnd',
  rule: 'may: the objects say where they are',
  bugType: 'heap-range',
  specRef: 'runtime/heapdump.go dumpparams',
  ...choices([ranged, excluding]),
};

export const semanticParams: readonly Operation[] = [badPointerSize, flipped, placement, badRange];
