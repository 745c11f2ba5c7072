/** Loading, and writing again. Real dumps are in real-dumps.test.ts. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DumpError } from '../../dump/dump-error.ts';
import { writeheapdumpM } from '../../dump/heapdump.ts';
import { loadDump, loadDumpAsync } from '../../dump/load.ts';
import { assignTypeBuckets } from '../../dump/type-buckets.ts';
import { splitTypeName } from '../../dump/type-name.ts';
import type { PlainRecord } from './encoder.ts';
import { encodeDump, everyKind } from './encoder.ts';
import { keepingSink } from './stopped-world.ts';

function redump(dump: Uint8Array) {
  const sink = keepingSink();
  writeheapdumpM(loadDump(dump), sink);
  return { bytes: sink.bytes(), sizes: sink.sizes };
}

describe('loadDump', () => {
  const all = everyKind();

  it('loads a dump with every kind of record', () => {
    const dump = encodeDump(all);
    expect(new Uint8Array(redump(dump).bytes)).toEqual(dump);
  });

  it('loads it in time, in small pieces, with contents larger than those kept whole', async () => {
    const contents = Uint8Array.from({ length: 3 << 20 }, (_, i) => (i * 7) % 251);
    const large = {
      kind: 'object',
      address: 0xc000800000,
      contents,
      pointers: [8, 3145720],
    } as const;
    const bss = {
      ...all.find(({ kind }) => kind === 'bss')!,
      contents: contents.subarray(0, 100000),
    };
    const records = all.flatMap((record) => {
      if (record.kind === 'bss') return [bss];
      return record.kind === 'goroutine' ? [large, record] : [record];
    });
    const dump = encodeDump(records);
    const pieces = async function* () {
      for (let at = 0; at < dump.length; at += 9973) yield dump.subarray(at, at + 9973);
    };
    const sink = keepingSink();
    writeheapdumpM(await loadDumpAsync(pieces()), sink);
    expect(sink.bytes().equals(dump)).toBe(true);
  });

  it('finds memory by address, in whatever order the objects came', () => {
    const contents = (value: number) => new Uint8Array(16).fill(value);
    const objects = [0x300, 0x100, 0x110, 0x200].map(
      (offset, i): PlainRecord => ({
        kind: 'object',
        address: 0xc000000000 + offset,
        contents: contents(i + 1),
      }),
    );
    const others = all.filter(
      ({ kind }) => !['object', 'finalizer', 'queuedFinalizer', 'allocSample'].includes(kind),
    );
    const at = others.findIndex(({ kind }) => kind === 'goroutine');
    const world = loadDump(encodeDump([...others.slice(0, at), ...objects, ...others.slice(at)]));
    const target = new Uint8Array(4);
    for (const [offset, value] of [
      [0x208, 4],
      [0x100, 2],
      [0x11c, 3],
      [0x300, 1],
    ] as const) {
      world.memory.read(0xc000000000 + offset, 4, target, 0);
      expect(target[3]).toBe(value);
    }
    expect(() => world.memory.read(0xc000000120, 4, target, 0)).toThrowError(
      /no memory at 0xc000000120/,
    );
  });

  const without = (kind: string) => all.filter((record) => record.kind !== kind);
  const changed = (kind: string, change: { [name: string]: unknown }) =>
    all.map((record) =>
      record.kind === kind ? ({ ...record, ...change } as PlainRecord) : record,
    );
  const moved = (kind: string, before: string) => {
    const record = all.find((r) => r.kind === kind)!;
    const rest = without(kind);
    const at = rest.findIndex((r) => r.kind === before);
    return [...rest.slice(0, at), record, ...rest.slice(at)];
  };

  it.each<readonly [what: string, records: PlainRecord[], message: RegExp]>([
    [
      'params missing',
      without('params'),
      /type#0: cannot be loaded: the parameters have to come first/,
    ],
    ['data missing', without('dataSegment'), /dataSegment: cannot be loaded: the dump has none/],
    [
      'two bss',
      [...all.slice(0, -6), all.find((r) => r.kind === 'bss')!, { kind: 'eof' }],
      /bss#1: /,
    ],
    ['threads before objects', moved('osThread', 'object'), /object#0: .*earlier/],
    ['another root', [all[0]!, { kind: 'otherRoot' }], /otherRoot#0: .*no caller/],
    ['a type without itab', without('itab'), /type#0: .*no itab of it follows/],
    ['an itab without type', without('type'), /itab#0: .*its type was not written/],
    ['a broken chain of defers', changed('defer', { link: 5 }), /goroutine#0: .*chain of defers/],
    ['a foreign defer', changed('defer', { goroutine: 5 }), /defer#0: .*not the next/],
    ['a panic with its defer', changed('panic', { defer: 5 }), /panic#0: /],
    ['a running goroutine', changed('goroutine', { status: 2 }), /goroutine#0: .*status 2/],
    ['a wrong depth', changed('stackFrame', { depth: 0 }), /stackFrame#1: .*depth/],
    ['a frame without goroutine', without('goroutine'), /stackFrame#0: .*no goroutine/],
    ['an object at 0', changed('object', { address: 0 }), /object#0: .*at address 0/],
    ['offsets that fall', changed('object', { pointers: [8, 0] }), /object#0: .*pointer offset 0/],
    [
      'an offset past the end',
      changed('object', { pointers: [8, 2 ** 40] }),
      /object#0: .*1099511627776/,
    ],
    ['a huge offset of a frame', changed('stackFrame', { pointers: [2 ** 40] }), /stackFrame#0: /],
    ['a huge offset of bss', changed('bss', { pointers: [2 ** 40] }), /bss#0: /],
    ['a finalizer of nothing', changed('finalizer', { address: 5 }), /finalizer#0.address: .*0x5/],
    ['a pointer size of 3', changed('params', { pointerSize: 3 }), /params#0: .*3 bytes/],
  ])('refuses %s', (_, records, message) => {
    const load = () => loadDump(encodeDump(records));
    expect(load).toThrowError(DumpError);
    expect(load).toThrowError(message);
  });

  it('refuses what cannot be written again: older formats, numbers that are too long', () => {
    expect(() => loadDump(encodeDump(all, 'go1.6 heap dump\n'))).toThrowError(/go1\.7 heap dump/);
    const dump = Array.from(encodeDump(all));
    dump.splice(-1, 1, 0x80, 0);
    expect(() => loadDump(Uint8Array.from(dump))).toThrowError(/written in 2 bytes/);
  });
});

describe('assignTypeBuckets', () => {
  /** The dumper's cache, written down anew: which uses write the type. */
  const misses = (uses: readonly { hash: number }[]) => {
    const cache = new Map<number, { hash: number }[]>();
    return uses.map((type) => {
      const bucket = cache.get(type.hash) ?? [];
      const known = bucket.includes(type);
      cache.set(type.hash, [type, ...bucket.filter((other) => other !== type)].slice(0, 4));
      return !known;
    });
  };

  it('lets each type be written once, whatever cache the uses came from', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(1500), { minLength: 1, maxLength: 3000 }),
        fc.integer({ min: 1, max: 256 }),
        (sequence, buckets) => {
          const real = misses(sequenceTypes(sequence, buckets));
          const uses: { hash: number }[] = [];
          const latest = new Map<number, { hash: number }>();
          sequence.forEach((name, i) => {
            if (real[i]) latest.set(name, { hash: 0 });
            uses.push(latest.get(name)!);
          });
          expect(assignTypeBuckets(uses)).toBe(-1);
          expect(misses(uses)).toEqual(real);
        },
      ),
    );
  });

  function sequenceTypes(sequence: readonly number[], buckets: number) {
    const types = new Map<number, { hash: number }>();
    return sequence.map((name) => {
      const type = types.get(name) ?? { hash: (name * 7919) % buckets };
      types.set(name, type);
      return type;
    });
  }

  it('says where there is no way', () => {
    const types = Array.from({ length: 1025 }, () => ({ hash: 0 }));
    expect(assignTypeBuckets([...types, ...types])).toBe(1024);
  });
});

describe('splitTypeName', () => {
  it.each([
    ['main.Node', 'main', 'Node'],
    ['errors.', 'errors', ''],
    ['internal/poll.', 'internal/poll', ''],
    ['example.com/x.y/z.T', 'example.com/x.y/z', 'T'],
    ['sync/atomic.Pointer[os.dirInfo]', 'sync/atomic', 'Pointer[os.dirInfo]'],
    ['*struct { sync.Mutex }', '', ''],
    ['struct { sync.Mutex }', '', ''],
    ['func(os.File)', '', ''],
    ['[]os.File', '', ''],
    ['error', '', ''],
  ])('%s is %j and %j', (written, pkgPath, name) => {
    expect(splitTypeName(written)).toEqual({ string: written, pkgPath, name });
  });
});
