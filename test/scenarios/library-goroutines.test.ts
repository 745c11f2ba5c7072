/**
 * What the scenarios about goroutines promise: their statuses, wait reasons, frames, deferred calls,
 * panics, finalizers and kinds of record. Judges: the golden dumps for the frames of the runtime.
 */
import { describe, expect, test } from 'vitest';
import {
  type DumpRecord,
  type RecordKind,
  type RecordOfKind,
  readDump,
  recordTable,
} from '../../dump/index.ts';
import {
  array,
  int,
  interfaceType,
  LimitError,
  type RunOptions,
  scenario,
  struct,
} from '../../scenarios/index.ts';
import { type Arch, archOf, goarches } from '../../sim/arch.ts';
import { golden } from '../goldens/goldens.ts';
import { dumpNamed, dumpsOf, libraryScenario, recordsOf } from './run-library.ts';

interface Goroutine {
  readonly record: RecordOfKind<'goroutine'>;
  readonly frames: readonly RecordOfKind<'stackFrame'>[];
  readonly defers: readonly RecordOfKind<'defer'>[];
  readonly panics: readonly RecordOfKind<'panic'>[];
}

/** The goroutines with the records that belong to each. */
function goroutinesOf(dump: Uint8Array): Goroutine[] {
  const all: { record: RecordOfKind<'goroutine'>; own: DumpRecord[] }[] = [];
  for (const record of readDump(dump)) {
    if (record.kind === 'goroutine') all.push({ record, own: [] });
    else all.at(-1)?.own.push(record);
  }
  const pick = <K extends RecordKind>(own: readonly DumpRecord[], kind: K) =>
    own.filter((r): r is RecordOfKind<K> => r.kind === kind);
  return all.map(({ record, own }) => ({
    record,
    frames: pick(own, 'stackFrame'),
    defers: pick(own, 'defer'),
    panics: pick(own, 'panic'),
  }));
}

const main = (dump: Uint8Array): Goroutine =>
  goroutinesOf(dump).find(({ record }) => record.waitReason === 'dumping heap')!;

/** The functions of a goroutine from the youngest; repetitions as one. */
function functionsOf({ frames }: Goroutine): string[] {
  return frames.map(({ name }) => String(name)).filter((name, i, all) => name !== all[i - 1]);
}

/** The youngest frame of the program's own. */
const ownFunction = ({ frames }: Goroutine): string =>
  String(frames.find(({ name }) => String(name).startsWith('main.'))?.name);

/** The runtime's frames above the program's: names, sizes, pointers. */
function parkedIn({ frames }: Goroutine): string {
  const own = frames.findIndex(({ name }) => String(name).startsWith('main.'));
  return frames
    .slice(0, own)
    .map(({ name, size, pointers }) => `${name} ${size} [${pointers}]`)
    .join(', ');
}

/** Words of a record's contents. */
function words(arch: Arch, contents: Uint8Array): number[] {
  const view = new DataView(contents.buffer, contents.byteOffset, contents.byteLength);
  return Array.from({ length: Math.floor(contents.length / arch.ptrSize) }, (_, i) =>
    arch.ptrSize === 4
      ? view.getUint32(i * 4, !arch.bigEndian)
      : Number(view.getBigUint64(i * 8, !arch.bigEndian)),
  );
}

function objectAt(dump: Uint8Array, addr: number): RecordOfKind<'object'> | undefined {
  return recordsOf(dump, 'object').find(
    ({ address, size }) => Number(address) <= addr && addr < Number(address) + Number(size),
  );
}

const someOptions: readonly [name: string, options: Omit<RunOptions, 'openDump'>][] = [
  ['amd64', {}],
  ['386 without malloc headers, GOGC=off', { goarch: '386', allocHeaders: false, gogc: 'off' }],
  ['s390x, GOMAXPROCS=4, GOGC=50', { goarch: 's390x', gomaxprocs: 4, gogc: 50 }],
  ['loong64, from an empty heap', { goarch: 'loong64', boot: 'bare' }],
];

describe('channels', async () => {
  const program = await libraryScenario('channels');
  const reasons: Readonly<Record<string, string>> = {
    'main.send': 'chan send',
    'main.sendFull': 'chan send',
    'main.sendNil': 'chan send (nil chan)',
    'main.selectMany': 'select',
    'main.receive': 'chan receive',
    'main.receiveNil': 'chan receive (nil chan)',
    'main.selectNone': 'select (no cases)',
    'main.lock': 'sync.Mutex.Lock',
    'main.waitCond': 'sync.Cond.Wait',
    'main.waitGroup': 'semacquire',
    'main.sleep': 'sleep',
  };

  test.each(someOptions)('parks in each way as often as asked: %s', (_, options) => {
    const [dump] = dumpsOf(program, { ...options, params: { n: 3 } });
    const users = goroutinesOf(dump!.bytes).filter(({ record }) => !record.isSystem);
    const waiting = users.filter(({ record }) => record.status === 4);
    const expected = Object.entries(reasons).flatMap(([name, reason]) =>
      Array.from({ length: 3 }, () => `${name}: ${reason}`),
    );
    const parked = waiting
      .filter(({ record }) => record.waitReason !== 'dumping heap')
      .map((g) => `${ownFunction(g)}: ${g.record.waitReason}`);
    expect(parked.sort()).toEqual(expected.sort());
    expect(waiting.length).toBe(parked.length + 1);
    const rest = users.filter(({ record }) => record.status !== 4);
    expect(rest.map(({ record }) => [record.status, record.waitReason])).toEqual([[1, '']]);
    expect(rest.map(functionsOf)).toEqual([['main.main.gowrap5', 'runtime.goexit']]);
  });

  test.each(goarches)('parks in the frames of real Go on %s', (goarch) => {
    const real = new Set(
      goroutinesOf(golden(`parked.${goarch}.4`).dump).map(
        (g) => `${g.record.waitReason}: ${parkedIn(g)}`,
      ),
    );
    const [dump] = dumpsOf(program, { goarch });
    const parked = goroutinesOf(dump!.bytes).filter((g) => ownFunction(g) in reasons);
    expect(parked.length).toBe(Object.keys(reasons).length);
    const strange = parked
      .map((g) => `${g.record.waitReason}: ${parkedIn(g)}`)
      .filter((frames) => !real.has(frames));
    // The goldens of mips64 have no timers, on which its emulator crashes, and with them go these two.
    const unknown = goarch.startsWith('mips64') ? ['chan receive', 'sleep'] : [];
    expect(strange.map((frames) => frames.split(':')[0])).toEqual(unknown);
  });

  test('has channels without buffer, full, half full and empty', () => {
    const [dump] = dumpsOf(program, { params: { buffer: 12 } });
    const arch = archOf('amd64');
    const bss = recordsOf(dump!.bytes, 'bss')[0]!;
    const globals = words(arch, bss.contents);
    const chans = new Set<string>();
    for (const { address, contents } of recordsOf(dump!.bytes, 'object')) {
      if (!globals.includes(Number(address)) || contents.length < 96) continue;
      const [qcount, dataqsiz, buf] = words(arch, contents);
      if ((buf ?? 0) > 0xc000000000 && dataqsiz! <= 12) chans.add(`${qcount} of ${dataqsiz}`);
    }
    expect([...chans].sort()).toEqual(['0 of 0', '0 of 12', '12 of 12', '6 of 12']);
  });
});

describe('deep-stack', async () => {
  const program = await libraryScenario('deep-stack');
  const bottom = ['runtime.systemstack_switch', 'runtime/debug.WriteHeapDump'];
  const descent = ['main.descend', 'main.main', 'runtime.main', 'runtime.goexit'];
  const inFail = ['main.fail', 'main.recovers', 'main.deferInLoop', 'main.openCoded', ...descent];

  test.each(someOptions)('has the whole recursion on the stack: %s', (_, options) => {
    const dumps = dumpsOf(program, { ...options, params: { depth: 77, defers: 9 } });
    const g = main(dumpNamed(dumps, 'deep'));
    const tail = descent.slice(0, options.boot === 'bare' ? undefined : 4);
    expect(functionsOf(g)).toEqual([...bottom, 'main.deferInLoop', 'main.openCoded', ...tail]);
    expect(g.frames.filter(({ name }) => name === 'main.descend').length).toBe(78);
    expect(g.panics).toEqual([]);
    // Only the loop's calls have records; each names the next older one.
    expect(g.defers.length).toBe(9);
    expect([g.record.defer, ...g.defers.map(({ link }) => link)]).toEqual([
      ...g.defers.map(({ address }) => address),
      0,
    ]);
    const { sp } = g.frames.find(({ name }) => name === 'main.deferInLoop')!;
    expect(new Set(g.defers.map(({ argp }) => argp))).toEqual(new Set([sp]));
  });

  test('points from frames to objects and into them', () => {
    const [dump] = dumpsOf(program, { params: { depth: 8, goroutines: 1 } });
    const arch = archOf('amd64');
    const waiting = goroutinesOf(dump!.bytes).find((g) => ownFunction(g) === 'main.wait')!;
    const frames = waiting.frames.filter(({ name }) => name === 'main.wait');
    expect(frames.length).toBe(9);
    for (const { contents, pointers } of frames) {
      const slots = words(arch, contents);
      const offsets = pointers.map((offset) => {
        const target = slots[Number(offset) / arch.ptrSize]!;
        const object = objectAt(dump!.bytes, target);
        return object === undefined ? undefined : target - Number(object.address);
      });
      expect(offsets).toContain(2 * arch.ptrSize);
      expect(offsets.filter((offset) => offset === 0).length).toBeGreaterThan(1);
      expect(offsets).not.toContain(undefined);
    }
  });

  test('has stacks that grew as deep as each goroutine went', () => {
    const depths = [200, 100, 50, 25];
    const [dump] = dumpsOf(program, { params: { depth: 200, goroutines: depths.length } });
    const all = goroutinesOf(dump!.bytes).filter((g) => ownFunction(g) === 'main.wait');
    const bytes = (g: Goroutine) => g.frames.reduce((sum, { size }) => sum + Number(size), 0);
    expect(all.map((g) => g.frames.filter(({ name }) => name === 'main.wait').length)).toEqual(
      depths.map((depth) => depth + 1),
    );
    for (const g of all) {
      const [youngest, oldest] = [g.frames[0]!, g.frames.at(-1)!];
      expect(Number(oldest.sp) + Number(oldest.size) - Number(youngest.sp)).toBe(bytes(g));
    }
    const ends = all.map((g) => Number(g.frames.at(-1)!.sp));
    expect(new Set(ends).size).toBe(depths.length);
    const stackInuse = recordsOf(dump!.bytes, 'memStats')[0]!.stackInuse;
    expect(Number(stackInuse)).toBeGreaterThan(all.reduce((sum, g) => sum + bytes(g), 0));
  });

  test.each(someOptions)('shows a panic that interrupted another: %s', (_, options) => {
    const dump = dumpNamed(dumpsOf(program, options), 'panicking');
    const g = main(dump);
    expect(functionsOf(g)).toEqual([
      ...bottom,
      'main.dumpAndRecover',
      'main.panicAgain.deferwrap1',
      'runtime.gopanic',
      'main.panicAgain',
      'main.fail.deferwrap1',
      'runtime.gopanic',
      ...inFail,
    ]);
    expect(g.defers.length).toBe(5);
    const [second, first] = g.panics;
    expect(g.panics.length).toBe(2);
    expect(g.record.panic).toBe(second!.address);
    expect([second!.link, first!.link]).toEqual([first!.address, 0]);
    // The first was given an object, the second a string constant.
    expect(second!.argType).not.toBe(first!.argType);
    expect(objectAt(dump, Number(first!.argData))).toBeDefined();
    expect(objectAt(dump, Number(second!.argData))).toBeUndefined();
  });

  test.each(someOptions)('shows a recovered panic that still unwinds: %s', (_, options) => {
    const dumps = dumpsOf(program, options);
    const g = main(dumpNamed(dumps, 'recovered'));
    expect(functionsOf(g)).toEqual([
      ...bottom,
      'main.recoverAndDump',
      'runtime.gopanic',
      ...inFail,
    ]);
    expect(g.panics.map(({ link }) => link)).toEqual([0]);
    expect(g.panics.map(({ argData }) => argData)).toEqual(
      main(dumpNamed(dumps, 'panicking'))
        .panics.slice(1)
        .map(({ argData }) => argData),
    );
    expect(g.defers.length).toBe(5);
  });
});

describe('finalizers', async () => {
  const program = await libraryScenario('finalizers');

  test.each(someOptions)(
    'are registered, queued, run, and their objects freed: %s',
    (_, options) => {
      // 64 one-byte objects fill four blocks, or lie in five: the last block lives.
      const params = { live: 7, dropped: 30, tiny: 64 };
      const dumps = dumpsOf(program, { ...options, params });
      const boot = options.boot === 'bare' ? 0 : 3;
      const counts = dumps.map(({ name, bytes }) => {
        const registered = recordsOf(bytes, 'finalizer').length - boot;
        return { name, registered, queued: recordsOf(bytes, 'queuedFinalizer').length };
      });
      expect(counts.map(({ name }) => name)).toEqual(['registered', 'queued', 'ran', 'freed']);
      const [registered, queued, ran, freed] = counts;
      expect(registered).toMatchObject({ registered: 7 + 31 + 64, queued: 0 });
      const kept = queued!.registered - 7;
      expect(kept).toBeGreaterThan(0);
      expect(kept).toBeLessThan(64);
      expect(queued!.queued).toBe(31 + 64 - kept);
      expect([ran, freed]).toMatchObject([
        { registered: 7 + kept, queued: 0 },
        { registered: 7 + kept, queued: 0 },
      ]);
    },
  );

  test('hold their objects until the collection after they ran, a revived one longer', () => {
    const dumps = dumpsOf(program, { params: { dropped: 30 } });
    const arch = archOf('amd64');
    const files = (name: string, fds: (fd: number) => boolean) =>
      recordsOf(dumpNamed(dumps, name), 'object').filter(({ contents, pointers }) => {
        const [fd, , length] = words(arch, contents);
        return String(pointers) === '8,24' && fds(fd!) && length === 'dropped.txt'.length;
      }).length;
    const dropped = (fd: number) => fd >= 100 && fd < 130;
    expect([files('registered', dropped), files('queued', dropped)]).toEqual([30, 30]);
    expect(files('ran', dropped)).toBe(0);
    const closed = (fd: number) => fd === 2 ** 64;
    expect([files('queued', closed), files('ran', closed), files('freed', closed)]).toEqual([
      0, 30, 0,
    ]);
    const revived = (fd: number) => fd === 99;
    expect(['registered', 'queued', 'ran', 'freed'].map((d) => files(d, revived))).toEqual([
      1, 1, 1, 1,
    ]);
  });

  test('that wait hold up those behind them', () => {
    const dumps = dumpsOf(program);
    const finalizer = (name: string) =>
      goroutinesOf(dumpNamed(dumps, name)).find((g) => functionsOf(g).includes('runtime.runfinq'))!;
    const waiting = finalizer('queued');
    expect([waiting.record.waitReason, waiting.record.isSystem]).toEqual(['chan receive', false]);
    expect(ownFunction(waiting)).toBe('main.revive');
    const idle = finalizer('ran');
    expect([idle.record.waitReason, idle.record.isSystem]).toEqual(['finalizer wait', true]);
  });
});

describe('every-record', async () => {
  const program = await libraryScenario('every-record');

  test.each(someOptions)('has every kind but the root that no release writes: %s', (_, options) => {
    const dumps = dumpsOf(program, options);
    expect(dumps.length).toBe(1);
    const kinds = new Set([...readDump(dumps[0]!.bytes)].map(({ kind }) => kind));
    const expected = recordTable.map(({ kind }) => kind).filter((kind) => kind !== 'otherRoot');
    expect([...kinds].sort()).toEqual(expected.sort());
    expect(expected.length).toBe(17);
  });

  test('samples every object of the program, with the stack that made it', () => {
    const [{ bytes } = { bytes: new Uint8Array() }] = dumpsOf(program, { params: { dropped: 6 } });
    const buckets = recordsOf(bytes, 'memProf').filter(({ frames }) =>
      frames.some(({ func }) => func === 'main.drop'),
    );
    const ids = new Set(buckets.map(({ id }) => id));
    const samples = recordsOf(bytes, 'allocSample').filter(({ bucket }) => ids.has(bucket));
    expect(samples.length).toBe(6);
    for (const { address } of samples) expect(objectAt(bytes, Number(address))).toBeDefined();
  });
});

test('type-cache writes types again once there are more than the cache holds', async () => {
  const program = await libraryScenario('type-cache');
  const again = (n: number) => {
    const [dump] = dumpsOf(program, { params: { n } });
    const types = recordsOf(dump!.bytes, 'type');
    return types.length - new Set(types.map(({ address }) => address)).size;
  };
  expect(again(10)).toBe(0);
  expect(again(800)).toBeGreaterThan(0);
  expect(again(1500)).toBeGreaterThan(again(800));
});

test('a script with more types than a program has room for is told so', () => {
  const one = interfaceType('main.one', ['do']);
  const program = scenario({
    question: 'Is there room?',
    itabs: () =>
      Array.from({ length: 3000 }, (_, i) => [
        one,
        struct(`main.T${i}`, { a: array(i + 1, int) }, { methods: ['do'] }),
      ]),
    main() {},
  });
  expect(() => dumpsOf(program)).toThrow(LimitError);
  // Which does not fit, the type or the struct beneath it, is chance.
  expect(() => dumpsOf(program)).toThrow(/types or constants .* (main\.T|struct { a \[)\d+/);
});
