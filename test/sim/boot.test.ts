/**
 * A world boots as a real program does. Oracle: go1.22.12's own log of everything up to the first heap
 * dump, recorded on all 13 GOARCHes (test/goldens/boot).
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readDump } from '../../dump/index.ts';
import { runScenario, scenario } from '../../scenarios/index.ts';
import { type GoArch, goarches } from '../../sim/arch.ts';
import type { RuntimeEvent } from '../../sim/observer.ts';
import type { World } from '../../sim/runtime.ts';
import { golden } from '../goldens/goldens.ts';

type Row = readonly (string | number)[];

interface BootLog {
  readonly events: readonly Record<string, string | number | boolean>[];
  readonly state: Readonly<Record<string, readonly Row[]>>;
}

const dumping = scenario({
  question: 'What is there at main.main?',
  main: (go) => go.writeHeapDump(),
});

function booted(goarch: GoArch): { world: World; events: RuntimeEvent[]; dump: Uint8Array } {
  const events: RuntimeEvent[] = [];
  const observer = { onEvent: (e: RuntimeEvent) => void events.push(e) };
  const chunks: Uint8Array[] = [];
  const openDump = () => ({ write: (bytes: Uint8Array) => void chunks.push(bytes.slice()) });
  const world = runScenario(dumping, { goarch, observer, openDump });
  return { world, events, dump: Buffer.concat(chunks) };
}

/** Stack pointer, function and size of each frame of a goroutine that waits, in a dump. */
function framesOf(dump: Uint8Array, goarch: GoArch): string[] {
  const frames: string[] = [];
  let id = 0;
  for (const record of readDump(dump)) {
    if (record.kind === 'goroutine') id = Number(record.id);
    if (record.kind !== 'stackFrame' || id === 1) continue;
    const { sp, name, contents } = record;
    frames.push(`${goarch} goroutine ${id}: ${name} at ${hex(sp)}, ${contents.length} bytes`);
  }
  return frames;
}

const recorded = (goarch: GoArch): BootLog =>
  JSON.parse(readFileSync(new URL(`../goldens/boot/${goarch}.json`, import.meta.url), 'utf8'));

const hex = (n: unknown): string => `0x${Number(n).toString(16)}`;
const spanKinds = ['heap', 'stack', 'ptrScalarBits', 'workBuf'];

/** What both logs tell of an allocation, a stack, a span or a goroutine. */
function told(event: Record<string, string | number | boolean>, name: unknown): string | undefined {
  switch (name) {
    case 'malloc':
    case 'mallocgc':
      return `malloc ${event.size} at ${event.addr}`;
    case 'stackalloc':
    case 'stackfree':
      return `${name} ${event.size} at ${event.addr}`;
    case 'spanAlloc':
    case 'allocSpan':
      return `span of ${event.npages} pages for ${event.kind} ${event.spanclass} at ${event.base}`;
    case 'newproc':
      return `newproc ${event.goid} at ${event.addr}`;
    default:
      return undefined;
  }
}

const realStory = (log: BootLog) =>
  log.events.map((e) => told(e, e.op)).filter((line) => line !== undefined);

const ourStory = (events: readonly RuntimeEvent[]) =>
  events
    .map((e) => {
      const kind = spanKinds[Number(e.type)] ?? '';
      const addr = hex(e.name === 'newproc' ? e.g : e.addr);
      return told({ ...e, addr, base: hex(e.base), kind }, e.name);
    })
    .filter((line) => line !== undefined);

/** Bytes of the expanded pointer masks of data and bss, which depend on the program's variables. */
function maskBytes(bounds: { data: number; bss: number }, ptrSize: number): number {
  const mask = (bytes: number) => Math.ceil(Math.ceil(bytes / ptrSize) / 8) + 1;
  return mask(bounds.data) + mask(bounds.bss);
}

function named(row: Row): Map<string, number> {
  const values = new Map<string, number>();
  for (let i = 0; i < row.length; i += 2) values.set(String(row[i]), Number(row[i + 1]));
  return values;
}

describe.each(goarches)('boot of %s', (goarch) => {
  const { world, events, dump } = booted(goarch);
  const log = recorded(goarch);
  const { ptrSize } = world.arch;

  test('allocates the same objects, spans and stacks at the same addresses in the same order', () => {
    const story = ourStory(events);
    expect(story.length).toBeGreaterThan(80);
    expect(story).toEqual(realStory(log));
  });

  test('leaves the same spans', () => {
    const ours = world.mheap.allspans
      .filter((s) => s.npages > 0)
      .map((s) => [
        hex(s.base()),
        s.npages,
        s.state,
        s.spanclass,
        s.nelems,
        s.allocCount,
        s.elemsize,
        s.freeindex,
        s.needzero,
        s.sweepgen,
      ]);
    const theirs = log.state.allspans!.map((row) => row.slice(1)).filter((row) => row[1] !== 0);
    expect(ours).toEqual(theirs);
  });

  test('leaves the same goroutines on the same stacks', () => {
    const ours = world.allgs.map((gp) => [
      hex(gp.addr),
      gp.goid,
      hex(gp.stack.lo),
      hex(gp.stack.hi),
      gp.parentGoid,
      world.symtab.findfunc(gp.startpc)!.name,
    ]);
    const theirs = log.state.allgs!.map(([addr, goid, , lo, hi, , , parent, start]) => [
      addr,
      goid,
      lo,
      hi,
      parent,
      start,
    ]);
    expect(ours).toEqual(theirs);
    const reasons = world.allgs.map((gp) => [gp.status, gp.waitreason]).slice(1);
    expect(reasons).toEqual(log.state.allgs!.slice(1).map((row) => [row[2], row[6]]));
  });

  test('parks the system goroutines in the same frames', () => {
    const frames = framesOf(golden(`linked-list.${goarch}.3`).dump, goarch);
    expect(frames.filter((f) => f.includes('runtime.bgsweep')).length).toBe(1);
    expect(framesOf(dump, goarch)).toEqual(frames);
  });

  test('leaves the same threads', () => {
    const ours: unknown[] = [];
    for (let mp = world.allm; mp !== null && mp.id > 0; mp = mp.alllink) {
      ours.push([hex(mp.addr), mp.id, hex(mp.g0!.addr), hex(mp.gsignal!.addr)]);
    }
    const theirs = log.state.allm!.filter((row) => row[1] !== 0).map((row) => row.slice(0, 4));
    expect(ours).toEqual(theirs);
  });

  test('leaves the same free stacks in the pools', () => {
    const ours: Row[] = [];
    world.stackpool.pools.forEach((list, order) => {
      for (let s = list.first; s !== null; s = s.next) {
        const free: string[] = [];
        for (let x = s.manualFreeList; x !== 0; x = world.memory.readUintptr(x)) free.push(hex(x));
        ours.push([order, hex(s.base()), s.allocCount, ...free]);
      }
    });
    expect(ours).toEqual(log.state.stackpool);
  });

  test('counts the same bytes of memory by what they are for', () => {
    const real = named(log.state.sysStats![0]!);
    const md = world.firstmoduledata;
    const row = log.state.firstmoduledata![0]!;
    const at = (name: string) =>
      Number(row[row.indexOf(name) + 2]) - Number(row[row.indexOf(name) + 1]);
    const masks =
      maskBytes({ data: md.edata - md.data, bss: md.ebss - md.bss }, ptrSize) -
      maskBytes({ data: at('data'), bss: at('bss') }, ptrSize);
    const { memstats, gcController } = world;
    expect({
      stacks_sys: memstats.stacksSys,
      mspan_sys: memstats.mspanSys,
      mcache_sys: memstats.mcacheSys,
      buckhash_sys: memstats.buckHashSys,
      gcMiscSys: memstats.gcMiscSys,
      other_sys: memstats.otherSys,
      heapInUse: gcController.heapInUse,
      heapReleased: gcController.heapReleased,
      heapFree: gcController.heapFree,
      totalAlloc: gcController.totalAlloc,
      heapLive: gcController.heapLive,
      mappedReady: gcController.mappedReady,
    }).toEqual({
      ...Object.fromEntries(real),
      buckhash_sys: real.get('buckhash_sys')! + masks,
      other_sys: real.get('other_sys')! - masks,
    });
  });
});
