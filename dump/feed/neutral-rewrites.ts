/** N2, N5, N6: the same heap elsewhere, with other contents, or for another machine. */
import { goarchFacts } from '../goarch-facts.ts';
import type { DumpRecord, Uint64 } from '../records.ts';
import { recordTable } from '../records.ts';
import type { Base } from './base.ts';
import { MadeContent } from './content.ts';
import type { Draft, Operation } from './operation.ts';
import { plainNumber } from './operation.ts';
import type { MemoryRecord, PointerFormat, Rewriting } from './rewrite.ts';
import {
  canRewrite,
  fits,
  formatOf,
  mapPointers,
  readWord,
  rewriteDump,
  writeWord,
} from './rewrite.ts';

const neutral = { group: 'neutral', importance: 'high' } as const;

function rewriteDraft(
  base: Base,
  rewriting: Rewriting,
  reason: string,
  detail: Record<string, number | string>,
): Draft {
  return {
    content: new MadeContent(() => rewriteDump(base, rewriting)),
    expect: 'accept',
    layer: 'semantic',
    reason,
    recipe: { detail },
  };
}

const MiB = 2 ** 20;
/** By how much the heap moves, and the program below it. */
const moves: readonly (readonly [heap: number, program: number])[] = [
  [64 * MiB, 0],
  [1024 * MiB, 0],
  [2 ** 40, 0],
  [0, MiB],
  [64 * MiB, MiB],
];

/** Ends of the segments of the program. */
function programEnd(base: Base): number {
  let end = 0;
  for (const kind of ['dataSegment', 'bss'] as const) {
    for (let n = 0; n < base.count(kind); n++) {
      const { address, size } = base.read(kind, n);
      end = Math.max(end, Number(address) + Number(size));
    }
  }
  return end;
}

function moved(base: Base, heap: number, program: number): Draft | undefined {
  const { heapStart, heapEnd } = base.params;
  if (typeof heapEnd === 'bigint' || typeof heapStart === 'bigint') return undefined;
  const limit = base.pointerSize === 4 ? 2 ** 32 : 2 ** 47;
  const end = programEnd(base);
  const below = end <= heapStart;
  if (heapEnd + heap > limit || (!below && heapEnd + heap > end - MiB)) return undefined;
  if (program > 0 && (!below || end + program > heapStart)) return undefined;
  const address = (value: Uint64): Uint64 => {
    if (typeof value === 'bigint') return value;
    if (value >= heapStart && value <= heapEnd) return value + heap;
    return value >= 4096 && value < heapStart ? value + program : value;
  };
  const format = formatOf(base);
  return rewriteDraft(
    base,
    { address, memory: (record) => mapPointers(record, format, address) },
    `the heap moved by ${heap} bytes, the program by ${program}`,
    { heap, program },
  );
}

const relocate: Operation = {
  ...neutral,
  id: 'N2',
  title: 'has all addresses moved',
  fields: 'every address, every pointer in memory',
  rule: 'accept: the same graph elsewhere',
  bugType: 'address-assumed',
  specRef: 'runtime/heapdump.go mdump',
  count: () => moves.length,
  make: (base, index) => {
    const [heap, program] = moves[index]!;
    return canRewrite(base) ? moved(base, heap, program) : undefined;
  },
};

/** What words become that are no pointers: the byte at an offset of the memory at an address. */
const fills: readonly (readonly [
  name: string,
  byte: (base: Base, address: number, at: number) => number,
])[] = [
  ['zeros', () => 0],
  ['ones', () => 0xff],
  ['noise', (_, address, at) => Math.imul((address + at) | 0, 0x9e3779b1) >>> 24],
  ['addresses', heapLike],
];

/** A byte of words that look like pointers into the heap. */
function heapLike(base: Base, address: number, at: number): number {
  const { width, bigEndian } = formatOf(base);
  const word = Number(base.params.heapStart) + ((address + at - (at % width)) % 65536);
  const place = bigEndian ? width - 1 - (at % width) : at % width;
  return Math.floor(word / 256 ** place) % 256;
}

function filled(base: Base, variant: number, record: MemoryRecord) {
  const { width } = formatOf(base);
  const byte = fills[variant]![1];
  const address = Number('address' in record ? record.address : record.sp);
  const contents = new Uint8Array(record.contents.length);
  for (let at = 0; at < contents.length; at++) contents[at] = byte(base, address, at);
  for (const offset of record.pointers) {
    if (typeof offset !== 'number' || offset >= contents.length) continue;
    contents.set(record.contents.subarray(offset, offset + width), offset);
  }
  return { contents, pointers: record.pointers };
}

const refill: Operation = {
  ...neutral,
  id: 'N5',
  title: 'has other contents in words that are no pointers',
  fields: 'all memory but pointers',
  rule: 'accept: only the field lists say where pointers are',
  bugType: 'conservative-scan',
  specRef: 'runtime/heapdump.go dumpfields',
  count: () => fills.length,
  make: (base, index) =>
    canRewrite(base)
      ? rewriteDraft(
          base,
          { memory: (record) => filled(base, index, record) },
          `all words but pointers are ${fills[index]![0]}`,
          { fill: fills[index]![0] },
        )
      : undefined,
};

/** An architecture with this order and width. */
function architectureOf(format: PointerFormat): string {
  const found = Object.entries(goarchFacts).find(
    ([, facts]) => facts.bigEndian === format.bigEndian && facts.pointerSize === format.width,
  );
  return found![0];
}

/** Where a 64-bit address lies in 32 bits: the heap as a whole, the rest below or above it. */
function narrowAddress(base: Base): ((address: Uint64) => Uint64) | undefined {
  const start = Number(base.params.heapStart);
  const end = Number(base.params.heapEnd);
  const low = 2 ** 28;
  const high = 0xe0000000;
  if (end - start > high - low) return undefined;
  return (address) => {
    const value = Number(address);
    if (value >= start && value <= end) return value - start + low;
    return value < low ? value : high + Number(BigInt(address) % BigInt(low));
  };
}

/** The memory with pointers of another width or order in the same places. */
function reencoded(
  record: MemoryRecord,
  from: PointerFormat,
  to: PointerFormat,
  address: (address: Uint64) => Uint64,
) {
  const contents = record.contents.slice();
  for (const offset of record.pointers) {
    if (!fits(offset, record, from.width)) continue;
    const value = readWord(record.contents, offset, from);
    contents.fill(0, offset, offset + from.width);
    writeWord(contents, offset, to, address(value));
  }
  return { contents, pointers: record.pointers };
}

/** The memory with every word of four bytes stretched to eight. */
function stretched(record: MemoryRecord, from: PointerFormat, to: PointerFormat) {
  const { contents: words } = record;
  const contents = new Uint8Array(words.length * 2);
  for (let at = 0; at + 4 <= words.length; at += 4) {
    contents.set(words.subarray(at, at + 4), at * 2);
  }
  for (const offset of record.pointers) {
    if (!fits(offset, record, 4)) continue;
    const value = readWord(words, offset, from);
    writeWord(contents, offset * 2, to, double(value));
  }
  return { contents, pointers: record.pointers.map((offset) => Number(offset) * 2) };
}

/** Statistics that are no bytes. */
const notBytes = ['lookups', 'mallocs', 'frees', 'heapObjects', 'nextGC', 'lastGC', 'numGC'];

/** Fields that count bytes of memory, twice as large. */
function doubledSizes(record: DumpRecord): Record<string, unknown> {
  if (record.kind === 'type' || record.kind === 'memProf') {
    return { size: double(record.size) };
  }
  if (record.kind !== 'memStats') return {};
  const changed: Record<string, unknown> = {};
  for (const { name, type } of recordTable[record.tag].fields) {
    if (type === 'uvarint' && !notBytes.includes(name) && name !== 'pauseTotalNs') {
      changed[name] = double(record[name as 'alloc']);
    }
  }
  return changed;
}

function double(value: Uint64): Uint64 {
  const twice = (BigInt(value) * 2n) % 2n ** 64n;
  return twice <= 2n ** 53n ? Number(twice) : twice;
}

const conversions: readonly (readonly [order: boolean, width: boolean])[] = [
  [true, false],
  [false, true],
  [true, true],
];

/** Sizes and places of objects are those of another width's size classes. */
const widthRules = ['object-size', 'object-alignment', 'stats-objects'] as const;

function converted(base: Base, order: boolean, width: boolean): Draft | undefined {
  const from = formatOf(base);
  const to = {
    width: width ? 12 - from.width : from.width,
    bigEndian: order ? !from.bigEndian : from.bigEndian,
  };
  const params = {
    bigEndian: to.bigEndian,
    pointerSize: to.width,
    architecture: architectureOf(to),
  };
  const same = (address: Uint64) => address;
  const address = !width ? same : to.width === 4 ? narrowAddress(base) : double;
  if (address === undefined) return undefined;
  const widen = width && to.width === 8;
  return {
    ...rewriteDraft(
      base,
      {
        address,
        memory: (record) =>
          widen ? stretched(record, from, to) : reencoded(record, from, to, address),
        fields: (record) => {
          if (record.kind === 'params') return params;
          return widen ? doubledSizes(record) : {};
        },
      },
      `the same heap with ${to.width}-byte pointers, ${to.bigEndian ? 'big' : 'little'} endian`,
      { pointerSize: plainNumber(to.width), architecture: params.architecture },
    ),
    features: [
      ...(to.width === 4 ? ['32-bit'] : []),
      ...(to.bigEndian ? ['big-endian'] : []),
      ...base.features.filter((feature) => feature !== '32-bit' && feature !== 'big-endian'),
      ...(width ? widthRules : []),
    ],
  };
}

const convert: Operation = {
  ...neutral,
  relaxes: widthRules,
  id: 'N6',
  title: 'is for another byte order or pointer size',
  fields: 'params, every pointer in memory',
  rule: 'accept: the same graph on another machine',
  bugType: 'machine-assumed',
  specRef: 'runtime/heapdump.go dumpparams',
  count: () => conversions.length,
  make: (base, index) => {
    const [order, width] = conversions[index]!;
    return canRewrite(base) ? converted(base, order, width) : undefined;
  },
};

export const neutralRewrites: readonly Operation[] = [relocate, refill, convert];
