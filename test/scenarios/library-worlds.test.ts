/** What the scenarios with several dumps promise: large-buffers, leak and service. */
import { describe, expect, test } from 'vitest';
import { diffDumps, graphOfDump } from '../../dump/index.ts';
import { DumpMemory } from './dump-memory.ts';
import { dumpNamed, libraryScenario, recordsOf, runOf } from './run-library.ts';

async function run(name: string, params: Record<string, unknown> = {}) {
  const { dumps, world } = runOf(await libraryScenario(name), { params });
  const memories = new Map(dumps.map((dump) => [dump.name, new DumpMemory(dump.bytes)]));
  return {
    bytes: (dump: string) => dumpNamed(dumps, dump),
    memory: (dump: string) => memories.get(dump)!,
    global: (variable: string) => world.firstmoduledata.addressOf(`main.${variable}`),
  };
}

/** The headers that a slice of slices holds. */
function headers(memory: DumpMemory, at: number) {
  const { array, len } = memory.header(at);
  return Array.from({ length: len }, (_, i) => memory.header(array + i * 24));
}

describe('large-buffers', async () => {
  const { bytes, memory, global } = await run('large-buffers');
  const [allocated, freed, reused] = ['allocated', 'freed', 'reused'].map(memory);
  const pages = (size: number) => Math.ceil(size / 8192) * 8192;

  test('32,760 bytes share a class; one byte more takes pages of its own', () => {
    const buffers = headers(allocated!, global('buffers'));
    const sizes = [32_760, ...[0, 1, 2, 3, 4, 5, 6].map((i) => 32_761 + i * 9000)];
    expect(buffers.map(({ len }) => len)).toEqual(sizes);
    expect(buffers.map(({ array }) => allocated!.find(array)!.size)).toEqual([
      32_768,
      ...sizes.slice(1).map(pages),
    ]);
    expect(buffers.every(({ array }) => allocated!.find(array)!.pointers.length === 0)).toBe(true);
  });

  test('arrays of pointers have a header up to 32,760 bytes, and none above', () => {
    const found = headers(allocated!, global('pointers')).map(({ array, len }) => {
      const { address, size, pointers } = allocated!.find(array)!;
      return [len, array - address, size, pointers.length];
    });
    expect(found).toEqual([
      [4094, 8, 32_768, 4095],
      [4095, 8, 32_768, 4095],
      [4096, 0, 32_768, 4096],
      ...[3, 4, 5].map((i) => {
        const size = pages((4095 + i * 1125) * 8);
        return [4095 + i * 1125, 0, size, size / 8];
      }),
    ]);
  });

  test('a struct with a GC program reports its pointers to the end of its pages', () => {
    const table = allocated!.find(allocated!.word(global('table')))!;
    const bytesOf = 3 * 8 + 4200 * 32 + 100 * 8 + 8;
    expect(table.size).toBe(pages(bytesOf));
    const once = [
      ...Array.from({ length: 4200 }, (_, i) => [24 + 32 * i, 24 + 32 * i + 16]).flat(),
      ...Array.from({ length: 100 }, (_, i) => 24 + 4200 * 32 + 8 * i),
    ];
    const again = once.map((offset) => bytesOf + offset).filter((offset) => offset < table.size);
    expect(again.length).toBeGreaterThan(0);
    expect(table.pointers).toEqual([...once, ...again]);
  });

  test('what is released is freed, and later buffers lie where it was', () => {
    const { objects } = diffDumps(bytes('allocated'), bytes('freed'));
    const gone = objects.died.items.filter(({ size }) => size >= 32_768);
    const released = [
      ...headers(allocated!, global('buffers')).filter((_, i) => i % 4 !== 0),
      ...headers(allocated!, global('pointers')).filter((_, i) => i % 2 === 1),
    ].map(({ array }) => allocated!.find(array)!.address);
    const table = allocated!.word(global('table'));
    expect(gone.map(({ address }) => address)).toEqual([...released, table].sort((a, b) => a - b));
    expect(released.some((address) => freed!.find(address) !== undefined)).toBe(false);
    const spans = headers(reused!, global('buffers'))
      .filter(({ len }) => len === 4 * 32_760)
      .map(({ array, len }) =>
        gone.filter(({ address, size }) => address < array + len && array < address + size),
      );
    expect(spans.map((under) => under.length > 0)).toEqual([true, true]);
    expect(Math.max(...spans.map((under) => under.length))).toBeGreaterThan(1);
  });
});

describe('leak', async () => {
  const { bytes, memory, global } = await run('leak');
  const rounds = ['round-1', 'round-2', 'round-3'];
  /** Bytes of the class of a Session: id, user, data, before. */
  const sessionSlot = 64;

  test.each([1, 2])('round %i and the next differ by the sessions of a round', (i) => {
    const { objects } = diffDumps(bytes(rounds[i - 1]!), bytes(rounds[i]!), { limit: 10_000 });
    const sessions = new Set(
      sessionsIn(memory(rounds[i]!), global('cache')).map(({ address }) => address),
    );
    expect(sessions.size).toBe(400 * (i + 1));
    const born = objects.born.items.filter(({ address }) => sessions.has(address));
    expect(born.filter(({ size }) => size === sessionSlot)).toHaveLength(400);
    expect(objects.born.bytes - objects.died.bytes).toBeGreaterThan(400 * sessionSlot);
  });

  test('the map holds the open sessions only, the list holds all', () => {
    rounds.forEach((round, i) => {
      const m = memory(round);
      const cache = m.word(global('cache'));
      expect(m.word(m.word(cache))).toBe(10 * (i + 1));
      expect(m.header(cache + 8).len).toBe(400 * (i + 1));
    });
  });

  test("the list's array is what keeps them: it dominates every closed session", () => {
    const graph = graphOfDump(bytes('round-3'));
    const m = memory('round-3');
    const list = m.find(m.header(m.word(global('cache')) + 8).array)!;
    const ordinal = new Map(m.objects.map(({ address }, index) => [address, index]));
    const kept = sessionsIn(m, global('cache'))
      .map(({ address }) => graph.dominator(ordinal.get(address)!))
      .filter((dominator) => dominator === ordinal.get(list.address));
    expect(kept).toHaveLength(1200 - 30);
    expect(graph.retainedSize(ordinal.get(list.address)!)).toBeGreaterThan(1170 * sessionSlot);
  });

  test('its profile says where: open allocates and nothing is freed, serve frees what it allocates', () => {
    const buckets = recordsOf(bytes('round-3'), 'memProf');
    const of = (name: string) =>
      buckets.filter(({ frames }) => frames.some((frame) => String(frame.func) === name));
    const sum = (name: string, key: 'allocs' | 'frees') =>
      of(name).reduce((total, bucket) => total + Number(bucket[key]), 0);
    expect(sum('main.serve', 'allocs')).toBeGreaterThan(100);
    expect(sum('main.serve', 'frees')).toBeGreaterThan(0.9 * sum('main.serve', 'allocs'));
    expect(sum('main.(*Cache).open', 'allocs')).toBeGreaterThan(50);
    expect(sum('main.(*Cache).open', 'frees')).toBeLessThan(
      0.1 * sum('main.(*Cache).open', 'allocs'),
    );
    const samples = recordsOf(bytes('round-3'), 'allocSample');
    const ids = new Set(buckets.map(({ id }) => id));
    const m = memory('round-3');
    expect(samples.length).toBeGreaterThan(50);
    for (const { address, bucket } of samples) {
      expect(ids).toContain(bucket);
      const slot = m.find(Number(address))!;
      expect(Number(address) - slot.address).toBe(
        slot.size > 512 && slot.pointers.length > 0 ? 8 : 0,
      );
    }
  });

  function sessionsIn(m: DumpMemory, cache: number) {
    const { array, len } = m.header(m.word(cache) + 8);
    return Array.from({ length: len }, (_, i) => m.find(m.word(array + 8 * i))!);
  }
});

describe('service', async () => {
  const { bytes, memory, global } = await run('service');
  const stacks = (dump: string) => {
    const frames = recordsOf(bytes(dump), 'stackFrame').map(({ name }) => String(name));
    const count = (name: string) => frames.filter((frame) => frame === name).length;
    return { count };
  };
  const reasons = (dump: string) =>
    new Set(recordsOf(bytes(dump), 'goroutine').map(({ waitReason }) => String(waitReason)));

  test('busy: requests wait for the lock, for workers, for answers and for bodies', () => {
    const { count } = stacks('busy');
    expect(count('main.(*Server).handle')).toBeGreaterThan(10);
    expect(count('main.(*Server).work')).toBe(4);
    expect(count('main.(*Server).expire')).toBe(1);
    expect(count('main.(*Pages).Serve')).toBeGreaterThan(0);
    expect([...reasons('busy')]).toEqual(
      expect.arrayContaining([
        'sleep',
        'chan receive',
        'chan send',
        'sync.Mutex.Lock',
        'dumping heap',
      ]),
    );
    const mu = memory('busy').word(global('server'));
    expect(memory('busy').uint(mu, 4) % 2).toBe(1);
  });

  test('idle: main alone is left of the goroutines of the program', () => {
    const { count } = stacks('idle');
    for (const name of ['handle', 'work', 'expire'])
      expect(count(`main.(*Server).${name}`)).toBe(0);
    const users = recordsOf(bytes('idle'), 'goroutine').filter(
      ({ isSystem, waitReason }) => !isSystem && String(waitReason) === 'dumping heap',
    );
    expect(users).toHaveLength(1);
    const server = memory('idle').word(global('server'));
    expect(memory('idle').uint(server, 4)).toBe(0);
  });

  test('every panic of a handler was recovered and kept', () => {
    const m = memory('idle');
    // mu 8, sessions 8, handlers 24, jobs 8, pending 16
    const { len, array } = m.header(m.word(global('server')) + 64);
    expect(len).toBe(400 / 5);
    const requests = Array.from({ length: len }, (_, i) => m.word(m.word(array + 16 * i + 8)));
    expect(requests.every((id) => id % 5 === 4)).toBe(true);
    expect(new Set(requests).size).toBe(len);
  });

  test('handlers are three types behind one interface: an itab for each', () => {
    const types = new Map(
      recordsOf(bytes('idle'), 'type').map(({ address, name }) => [address, String(name)]),
    );
    const m = memory('idle');
    const handlers = m.header(m.word(global('server')) + 16);
    const itabs = Array.from({ length: handlers.len }, (_, i) => m.word(handlers.array + 16 * i));
    expect(new Set(itabs).size).toBe(3);
    const listed = recordsOf(bytes('idle'), 'itab').filter(({ address }) =>
      itabs.includes(Number(address)),
    );
    expect(listed.map(({ type }) => types.get(type))).toEqual(['main.', 'main.', 'main.']);
  });
});
