/** What a world that has booted has in common with a real program at main.main, recorded in test/goldens/boot. */
import { readFileSync } from 'node:fs';
import { readDump } from '../../dump/index.ts';
import { runScenario, scenario } from '../../scenarios/index.ts';
import type { GoArch } from '../../sim/arch.ts';
import type { RuntimeEvent } from '../../sim/observer.ts';
import type { World } from '../../sim/runtime.ts';
import { golden } from '../goldens/goldens.ts';

type Row = readonly (string | number)[];

interface BootLog {
  readonly events: readonly Record<string, string | number | boolean>[];
  readonly state: Readonly<Record<string, readonly Row[]>>;
}

/** The same things of the model and of real Go, in order. */
export interface Compared {
  readonly model: readonly unknown[];
  readonly real: readonly unknown[];
}

const dumping = scenario({
  question: 'What is there at main.main?',
  main: (go) => go.writeHeapDump(),
});

interface Booted {
  readonly world: World;
  readonly events: RuntimeEvent[];
  readonly dump: Uint8Array;
}

function booted(goarch: GoArch): Booted {
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

function spans({ world }: Booted, { state }: BootLog): Compared {
  const model = world.mheap.allspans
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
  return { model, real: state.allspans!.map((row) => row.slice(1)).filter((row) => row[1] !== 0) };
}

/** The first one runs; the others wait for something. */
function goroutines({ world }: Booted, { state }: BootLog): Compared {
  const model = world.allgs.map((gp, i) => [
    hex(gp.addr),
    gp.goid,
    hex(gp.stack.lo),
    hex(gp.stack.hi),
    gp.parentGoid,
    world.symtab.findfunc(gp.startpc)!.name,
    ...(i > 0 ? [gp.status, gp.waitreason] : []),
  ]);
  const real = state.allgs!.map(([addr, goid, status, lo, hi, , reason, parent, start], i) => [
    ...[addr, goid, lo, hi, parent, start],
    ...(i > 0 ? [status, reason] : []),
  ]);
  return { model, real };
}

function threads({ world }: Booted, { state }: BootLog): Compared {
  const model: unknown[] = [];
  for (let mp = world.allm; mp !== null && mp.id > 0; mp = mp.alllink) {
    model.push([hex(mp.addr), mp.id, hex(mp.g0!.addr), hex(mp.gsignal!.addr)]);
  }
  return { model, real: state.allm!.filter((row) => row[1] !== 0).map((row) => row.slice(0, 4)) };
}

function freeStacks({ world }: Booted, { state }: BootLog): Compared {
  const model: Row[] = [];
  world.stackpool.pools.forEach((list, order) => {
    for (let s = list.first; s !== null; s = s.next) {
      const free: string[] = [];
      for (let x = s.manualFreeList; x !== 0; x = world.memory.readUintptr(x)) free.push(hex(x));
      model.push([order, hex(s.base()), s.allocCount, ...free]);
    }
  });
  return { model, real: state.stackpool! };
}

function memoryByPurpose({ world }: Booted, { state }: BootLog): Compared {
  const real = named(state.sysStats![0]!);
  const { memstats, gcController, arch } = world;
  const md = world.firstmoduledata;
  const row = state.firstmoduledata![0]!;
  const at = (name: string) =>
    Number(row[row.indexOf(name) + 2]) - Number(row[row.indexOf(name) + 1]);
  const masks =
    maskBytes({ data: md.edata - md.data, bss: md.ebss - md.bss }, arch.ptrSize) -
    maskBytes({ data: at('data'), bss: at('bss') }, arch.ptrSize);
  const model = {
    stacks_sys: memstats.stacksSys,
    mspan_sys: memstats.mspanSys,
    mcache_sys: memstats.mcacheSys,
    buckhash_sys: memstats.buckHashSys - masks,
    gcMiscSys: memstats.gcMiscSys,
    other_sys: memstats.otherSys + masks,
    heapInUse: gcController.heapInUse,
    heapReleased: gcController.heapReleased,
    heapFree: gcController.heapFree,
    totalAlloc: gcController.totalAlloc,
    heapLive: gcController.heapLive,
    mappedReady: gcController.mappedReady,
  };
  const inOrder = (values: Iterable<[string, unknown]>) =>
    [...values].map(([name, value]) => `${name} ${value}`).sort();
  return { model: inOrder(Object.entries(model)), real: inOrder(real) };
}

/** What is compared of a boot. */
export const bootAspects = [
  'objects, spans and stacks in the order of their allocation',
  'spans',
  'goroutines on their stacks',
  'frames of the system goroutines that wait',
  'threads',
  'free stacks in the pools',
  'bytes of memory by what they are for',
] as const;

/** Boots a world of the GOARCH and lays it beside the recorded program. */
export function compareBoot(goarch: GoArch): Record<(typeof bootAspects)[number], Compared> {
  const model = booted(goarch);
  const log = recorded(goarch);
  const recordedDump = golden(`linked-list.${goarch}.3`).dump;
  return {
    'objects, spans and stacks in the order of their allocation': {
      model: ourStory(model.events),
      real: realStory(log),
    },
    spans: spans(model, log),
    'goroutines on their stacks': goroutines(model, log),
    'frames of the system goroutines that wait': {
      model: framesOf(model.dump, goarch),
      real: framesOf(recordedDump, goarch),
    },
    threads: threads(model, log),
    'free stacks in the pools': freeStacks(model, log),
    'bytes of memory by what they are for': memoryByPurpose(model, log),
  };
}
