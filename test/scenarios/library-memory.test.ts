/** What the scenarios about memory promise: which objects there are, where they lie, and what keeps them. */
import { describe, expect, test } from 'vitest';
import { diffDumps } from '../../dump/index.ts';
import type { GoArch } from '../../sim/arch.ts';
import { golden } from '../goldens/goldens.ts';
import { DumpMemory } from './dump-memory.ts';
import { dumpNamed, libraryScenario, type NamedDump, recordsOf, runOf } from './run-library.ts';

interface Run {
  readonly dumps: readonly NamedDump[];
  readonly bytes: (name: string) => Uint8Array;
  readonly memory: (name: string) => DumpMemory;
  /** Address of a package variable. */
  readonly global: (name: string) => number;
}

async function run(name: string, params: Record<string, unknown> = {}, goarch?: GoArch) {
  const scenario = await libraryScenario(name);
  const { dumps, world } = runOf(scenario, { params, ...(goarch && { goarch }) });
  const bytes = (dump: string) => dumpNamed(dumps, dump);
  return {
    dumps,
    bytes,
    memory: (dump) => new DumpMemory(bytes(dump)),
    global: (variable) => world.firstmoduledata.addressOf(`main.${variable}`),
  } satisfies Run;
}

/** The elements of a slice whose header is at `at`, as addresses. */
function elements(memory: DumpMemory, at: number, size: number): number[] {
  const { array, len } = memory.header(at);
  return Array.from({ length: len }, (_, i) => array + i * size);
}

const block = (address: number) => Math.floor(address / 16);

describe('tree', async () => {
  const { dumps, memory, global } = await run('tree', { keys: 3000, range: 10_000 });
  const tree = memory('');

  test('holds each key once, in order from left to right', () => {
    const keys: number[] = [];
    const visit = (n: number): void => {
      if (n === 0) return;
      visit(tree.word(n));
      keys.push(tree.word(n + 16));
      visit(tree.word(n + 8));
    };
    visit(tree.word(global('root')));
    expect(keys).toEqual([...new Set(keys)].sort((a, b) => a - b));
    expect(keys.length).toBeGreaterThan(2000);
    expect(tree.find(tree.word(global('root')))).toMatchObject({ size: 24, pointers: [0, 8] });
  });

  test('is dumped from the smallest key, with the way to it on the stack', () => {
    const way: number[] = [];
    for (let n = tree.word(global('root')); n !== 0; n = tree.word(n)) way.push(n);
    const calls = recordsOf(dumps[0]!.bytes, 'stackFrame').filter(
      ({ name }) => name === 'main.walk',
    );
    expect(calls).toHaveLength(way.length);
    expect(way.length).toBeGreaterThan(3);
    const frames = recordsOf(dumps[0]!.bytes, 'stackFrame').filter(({ name }) =>
      /^main\.(walk|main)$/.test(String(name)),
    );
    const held = frames.flatMap(({ contents, pointers }) =>
      pointers.map((at) =>
        Number(new DataView(contents.slice().buffer).getBigUint64(Number(at), true)),
      ),
    );
    expect(held.filter((p) => way.includes(p)).reverse()).toEqual(way);
  });
});

describe('map-grow', async () => {
  const { memory, global } = await run('map-grow');
  const grown = memory('grown');
  /** @go runtime/map.go hmap */
  const hmap = (m: DumpMemory, name: string) => {
    const h = m.word(global(name));
    return {
      count: m.word(h),
      B: m.uint(h + 9, 1),
      noverflow: m.uint(h + 10, 2),
      buckets: m.word(h + 16),
      oldbuckets: m.word(h + 24),
      nevacuate: m.word(h + 32),
    };
  };

  test('leaves one map between two arrays of buckets: one entry past 6.5 for each', () => {
    const { count, B, buckets, oldbuckets, nevacuate } = hmap(grown, 'moving');
    expect([count, B]).toEqual([256 * 6.5 + 1, 9]);
    expect(nevacuate).toBeGreaterThan(0);
    expect(nevacuate).toBeLessThan(256);
    const bucket = 8 + 8 * 8 + 8 * 8 + 8;
    expect(grown.find(buckets)!.size).toBeGreaterThanOrEqual(512 * bucket);
    expect(grown.find(oldbuckets)!.size).toBeGreaterThanOrEqual(256 * bucket);
  });

  test('has overflow buckets, and 2,000 entries in 512 buckets', () => {
    for (const name of ['ints', 'names', 'items', 'hinted']) {
      const { count, B, oldbuckets, noverflow } = hmap(grown, name);
      expect({ name, count, B, oldbuckets }).toEqual({ name, count: 2000, B: 9, oldbuckets: 0 });
      expect(noverflow).toBeGreaterThan(0);
    }
  });

  test('deleting shrinks no map', () => {
    const deleted = memory('deleted');
    for (const name of ['names', 'hinted']) {
      const { B, buckets } = hmap(grown, name);
      expect(hmap(deleted, name)).toMatchObject({ count: 2000 - 667, B, buckets });
    }
  });

  test('keeps keys and elems of more than 128 bytes in objects of their own', () => {
    const { count, B, buckets } = hmap(grown, 'bigs');
    expect([count, B]).toEqual([50, 3]);
    const bucket = grown.find(buckets)!;
    const sizes = grown.pointersOf(bucket).map((p) => grown.find(p)?.size ?? 0);
    expect(sizes.filter((size) => size === 160).length).toBeGreaterThan(30);
    expect(sizes.filter((size) => size === 208).length).toBe(
      sizes.filter((size) => size === 160).length,
    );
  });
});

describe('slice-grow', async () => {
  test.each(['amd64', '386', 'arm64', 's390x'] as const)(
    'leaves behind the arrays that real Go does on %s',
    async (goarch) => {
      const { memory, global } = await run('slice-grow', { n: 3000 }, goarch);
      const grown = memory('grown');
      const w = grown.pointerSize;
      const capsOf = (m: DumpMemory, at: number[]) => at.map((s) => m.header(s).cap);
      const ours = capsOf(grown, elements(grown, global('oldPointers'), 3 * w));
      const { dump } = golden(`slices.${goarch}.4`);
      const real = new DumpMemory(dump);
      const [bss] = recordsOf(dump, 'bss');
      const start = Number(bss!.address);
      const headers = Array.from({ length: Number(bss!.size) / w - 24 }, (_, i) => start + i * w);
      const history = headers.find((at) => {
        const first = Array.from({ length: 8 }, (_, i) => real.header(at + i * 3 * w));
        return first.every(({ array, len, cap }, i) =>
          i === 0 ? array + cap === 0 : len === cap && cap > first[i - 1]!.cap,
        );
      })!;
      const theirs = capsOf(
        real,
        ours.map((_, i) => history + i * 3 * w),
      );
      expect(ours).toEqual(theirs);
      expect(ours.at(-1)).toBeGreaterThan(2000);
    },
  );

  test('a full slice moves on append; what it was cut from stays', async () => {
    const { memory, global } = await run('slice-grow');
    const grown = memory('grown');
    const longs = grown.header(global('longs')).array;
    const full = elements(grown, global('full'), 24).map((at) => grown.header(at));
    const [cut, moved] = [0, 1].map((odd) => full.filter((_, i) => i % 2 === odd));
    expect(cut!.map(({ array, len, cap }) => [array, len, cap])).toEqual(
      Array.from({ length: 9 }, (_, n) => [longs, n, n]),
    );
    expect(moved!.map(({ len, cap }) => [len, cap])).toEqual(
      [1, 2, 4, 6, 8, 10, 12, 14, 16].map((cap, n) => [n + 1, cap]),
    );
    expect(moved!.every(({ array }) => grown.find(array) !== grown.find(longs))).toBe(true);
  });

  test('four bytes keep a message of 10,000 alive, until they are copied', async () => {
    const { bytes, memory, global } = await run('slice-grow');
    const messages = (name: string) =>
      elements(memory(name), global('headers'), 24).map(
        (at) => memory(name).find(memory(name).header(at).array)!.size,
      );
    expect(messages('grown')).toEqual(Array(20).fill(10_240));
    expect(messages('copied')).toEqual(Array(20).fill(16));
    const { died } = diffDumps(bytes('grown'), bytes('copied')).objects;
    expect(died.items.filter(({ size }) => size === 10_240)).toHaveLength(20);
  });
});

describe('tiny-strings', async () => {
  const { memory, bytes, global } = await run('tiny-strings');
  const [full, kept] = [memory('full'), memory('kept')];
  const words = elements(full, global('words'), 16).map((at) => full.header(at));
  const inHeap = words.filter(({ len }) => len > 1);
  const pointers = (m: DumpMemory, name: string) =>
    elements(m, global(name), 8).map((at) => m.word(at));

  test('strings lie in 16-byte blocks, several to most; one letter needs no memory', () => {
    for (const { array, len } of inHeap) {
      expect(block(array)).toBe(block(array + len - 1));
      expect(full.find(array)).toMatchObject({ size: 16, pointers: [] });
    }
    const single = words.filter(({ len }) => len === 1);
    expect(single.length).toBeGreaterThan(100);
    expect(single.every(({ array }) => full.find(array) === undefined)).toBe(true);
    const blocks = new Set(inHeap.map(({ array }) => block(array)));
    expect(blocks.size).toBeLessThan(0.75 * inHeap.length);
    const bytesUsed = inHeap.reduce((sum, { len }) => sum + len, 0);
    expect(blocks.size * 16).toBeGreaterThan(bytesUsed);
  });

  test('no two lie over each other', () => {
    const sorted = [...inHeap].sort((a, b) => a.array - b.array);
    const over = sorted.filter(
      ({ array }, i) => i > 0 && sorted[i - 1]!.array + sorted[i - 1]!.len > array,
    );
    expect(over).toEqual([]);
  });

  test('numbers are aligned by their size: a byte, two and eight fill a block', () => {
    const [flags, shorts, longs] = ['flags', 'shorts', 'longs'].map((name) => pointers(full, name));
    expect(shorts!.every((p) => p % 2 === 0)).toBe(true);
    expect(longs!.every((p) => p % 8 === 0)).toBe(true);
    const together = flags!.filter(
      (p, i) => block(p) === block(shorts![i]!) && block(p) === block(longs![i]!),
    );
    expect(together.length).toBeGreaterThan(0.9 * flags!.length);
  });

  test('forgetting 15 of 16 flags frees no block; forgetting words frees those that are empty', () => {
    const shorts = pointers(full, 'shorts');
    expect(shorts.every((p) => kept.find(p)?.size === 16)).toBe(true);
    const { died } = diffDumps(bytes('full'), bytes('kept'), { limit: 10_000 }).objects;
    const dead = new Set(
      died.items.filter(({ size }) => size === 16).map(({ address }) => block(address)),
    );
    expect(dead.size).toBeGreaterThan(1000);
    words.forEach(({ array, len }, i) => {
      if (len > 1 && i % 16 === 0) expect(dead.has(block(array))).toBe(false);
    });
  });
});
