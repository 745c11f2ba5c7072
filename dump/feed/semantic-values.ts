/** S9, S10, S12, S13: objects in the wrong place, chains and depths that lie, statistics and profiles that do not add up. */
import type { RecordOfKind, Uint64 } from '../records.ts';
import type { VerifyRuleId } from '../verify-rules.ts';
import type { Base } from './base.ts';
import type { Choice } from './contradiction.ts';
import {
  choices,
  contradiction,
  copyDraft,
  eachRecord,
  namedField,
  nowhere,
  semantic,
  wrongValue,
} from './contradiction.ts';
import type { Operation } from './operation.ts';

const two64 = 2n ** 64n;

/** A neighbour in the dump that has bytes. */
function neighbour(base: Base, n: number): RecordOfKind<'object'> | undefined {
  for (const other of [n - 1, n + 1]) {
    if (other < 0 || other >= base.count('object')) continue;
    const object = base.read('object', other);
    if (object.size > 0 && typeof object.address === 'number') return object;
  }
  return undefined;
}

function add(address: Uint64, by: bigint): Uint64 {
  const sum = (BigInt(address) + by) % two64;
  return sum <= 2n ** 53n ? Number(sum) : sum;
}

/** Addresses at which an object cannot be. */
const wrongPlaces: readonly (readonly [
  rule: VerifyRuleId,
  address: (base: Base, n: number) => Uint64 | undefined,
])[] = [
  ['object-overlap', (base, n) => neighbour(base, n)?.address],
  [
    'object-overlap',
    (base, n) => {
      const other = neighbour(base, n);
      return other && other.size > 8 ? add(other.address, 8n) : undefined;
    },
  ],
  ['object-in-heap', () => two64 - 8n],
  ['object-in-heap', () => 0],
  ['object-in-heap', (base) => base.params.heapEnd],
  ['object-in-heap', () => 2n ** 63n],
];

const misplaced: Operation = {
  ...semantic,
  id: 'S9',
  title: 'has objects that overlap, wrap around, or lie outside of the heap',
  fields: 'the address of every object',
  rule: 'may: the record can be read; what it means is open',
  bugType: 'address-wrap',
  specRef: 'runtime/heapdump.go dumpobjs',
  count: (base) => base.count('object') * wrongPlaces.length,
  make: (base, index) => {
    const n = Math.floor(index / wrongPlaces.length);
    const [rule, place] = wrongPlaces[index % wrongPlaces.length]!;
    const overlap = rule === 'object-overlap';
    const address = place(base, n);
    const { size } = base.read('object', n);
    if (address === undefined || (overlap && size === 0)) return undefined;
    const draft = contradiction(base, 'object', n, 'address', address, rule);
    return draft && { ...draft, bugType: overlap ? 'overlap' : 'address-wrap' };
  },
};

const linkChoice = (kind: 'defer' | 'panic'): Choice => {
  const rule = kind === 'defer' ? 'defer-chain' : 'panic-chain';
  const values: readonly (readonly [string, (base: Base, n: number) => Uint64])[] = [
    ['link', (base, n) => base.read(kind, n).address],
    ['link', () => nowhere],
    ['link', () => 0],
    ['goroutine', () => nowhere],
  ];
  return {
    count: (base) => base.count(kind) * values.length,
    make: (base, index) => {
      const n = Math.floor(index / values.length);
      const [name, value] = values[index % values.length]!;
      return contradiction(base, kind, n, name, value(base, n), rule);
    },
  };
};

/** Links a later record of a chain to the chain's first, so that the cycle is longer than one. */
const cycleChoice = (kind: 'defer' | 'panic'): Choice =>
  eachRecord(kind, (base, n) => {
    let first = base.read(kind, n);
    for (let before = n - 1; before >= 0; before--) {
      const { link, address } = base.read(kind, before);
      if (link !== first.address) break;
      first = { ...first, address };
    }
    if (first.address === base.read(kind, n).address) return undefined;
    return contradiction(base, kind, n, 'link', first.address, `${kind}-chain`);
  });

const headChoice = (name: 'defer' | 'panic'): Choice =>
  eachRecord('goroutine', (base, n) => {
    const has = base.read('goroutine', n)[name] !== 0;
    const value = has ? 0 : nowhere;
    return contradiction(base, 'goroutine', n, name, value, `${name}-chain`);
  });

type Frame = RecordOfKind<'stackFrame'>;
const frameLies: readonly (readonly [VerifyRuleId, string, (frame: Frame) => Uint64])[] = [
  ['frame-depth', 'depth', (frame) => add(frame.depth, 1n)],
  ['frame-depth', 'depth', () => 2 ** 32],
  ['frame-depth', 'depth', () => two64 - 1n],
  ['frame-child', 'childSP', (frame) => frame.sp],
  ['frame-child', 'childSP', () => nowhere],
];

const frameChoice: Choice = {
  count: (base) => base.count('stackFrame') * frameLies.length,
  make: (base, index) => {
    const n = Math.floor(index / frameLies.length);
    const [rule, name, value] = frameLies[index % frameLies.length]!;
    const frame = base.read('stackFrame', n);
    return contradiction(base, 'stackFrame', n, name, value(frame), rule);
  },
};

const lyingLinks: Operation = {
  ...semantic,
  id: 'S10',
  title: 'has chains that are cyclic and depths that lie',
  fields: 'links of defers and panics; depth and child of frames',
  rule: 'may: a reader need not follow them; it must not follow them forever',
  bugType: 'cyclic-link',
  importance: 'high',
  specRef: 'runtime/heapdump.go dumpgoroutine',
  ...choices([
    linkChoice('defer'),
    linkChoice('panic'),
    headChoice('defer'),
    headChoice('panic'),
    frameChoice,
    // Behind the others, whose numbers stay what they are.
    cycleChoice('defer'),
    cycleChoice('panic'),
  ]),
};

type Stats = RecordOfKind<'memStats'>;
const statLies: readonly (readonly [keyof Stats & string, (stats: Stats) => Uint64])[] = [
  ['alloc', () => two64 - 1n],
  ['heapObjects', () => 0],
  ['heapAlloc', () => 0],
  ['heapInuse', () => 0],
  ['heapIdle', (stats) => add(stats.heapIdle, 1n)],
  ['heapReleased', (stats) => add(stats.heapIdle, 1n)],
  ['frees', (stats) => add(stats.mallocs, 1n)],
  ['mallocs', (stats) => add(stats.mallocs, 1n)],
  ['sys', () => 0],
  ['totalAlloc', () => 0],
  ['stackInuse', (stats) => add(stats.stackSys, 1n)],
  ['mSpanInuse', (stats) => add(stats.mSpanSys, 1n)],
];

const statChoice: Choice = {
  count: (base) => base.count('memStats') * statLies.length,
  make: (base, index) => {
    const n = Math.floor(index / statLies.length);
    const [name, value] = statLies[index % statLies.length]!;
    const stats = base.read('memStats', n);
    return contradiction(base, 'memStats', n, name, value(stats), 'stats-sum');
  },
};

const pauseChoice: Choice = {
  count: (base) => base.count('memStats') * 2,
  make: (base, index) => {
    const n = Math.floor(index / 2);
    const { numGC } = base.read('memStats', n);
    if (index % 2 === 0) {
      const other = numGC === 0 ? 1 : 0;
      return contradiction(base, 'memStats', n, 'numGC', other, 'stats-pauses');
    }
    const field = namedField(base.map, base.nth('memStats', n), 'pauseNs', 255);
    return wrongValue(field, two64 - 1n, 'stats-pauses');
  },
};

const lyingStats: Operation = {
  ...semantic,
  id: 'S12',
  title: 'has statistics that contradict each other or the objects',
  fields: 'mem stats',
  rule: 'may: a reader need not add up',
  bugType: 'stats-trusted',
  importance: 'low',
  specRef: 'runtime/mstats.go readmemstats_m',
  ...choices([statChoice, pauseChoice]),
};

const profileLies: readonly ((base: Base, n: number) => ReturnType<Operation['make']>)[] = [
  (base, n) => {
    const record = base.nth('memProf', n);
    return copyDraft(base, record, record + 1, 'profile-unique', 'stands there twice');
  },
  (base, n) => {
    const more = add(base.read('memProf', n).allocs, 1n);
    return contradiction(base, 'memProf', n, 'frees', more, 'profile-frees');
  },
  (base, n) => contradiction(base, 'memProf', n, 'frees', two64 - 1n, 'profile-frees'),
];

const lyingProfile: Operation = {
  ...semantic,
  id: 'S13',
  title: 'has profile records twice, or more freed than allocated',
  fields: 'profile records',
  rule: 'may: a reader need not count',
  bugType: 'profile-trusted',
  importance: 'low',
  specRef: 'runtime/mprof.go iterate_memprof',
  count: (base) => base.count('memProf') * profileLies.length,
  make: (base, index) =>
    profileLies[index % profileLies.length]!(base, Math.floor(index / profileLies.length)),
};

export const semanticValues: readonly Operation[] = [
  misplaced,
  lyingLinks,
  lyingStats,
  lyingProfile,
];
