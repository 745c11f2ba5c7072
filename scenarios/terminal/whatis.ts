/** `whatis`: what lies at an address of a live world. */
import { kindSpecialFinalizer, type MSpan, mSpanInUse, mSpanManual } from '../../sim/mspan.ts';
import type { World } from '../../sim/runtime.ts';
import type { G } from '../../sim/runtime2.ts';
import { count, counted, hex } from '../format.ts';
import type { RecordedRun } from '../timeline/record.ts';
import { headerBytes, holderOf, isUsed, spanKind, sweepWords } from '../timeline/spans.ts';
import { operationOf } from './operation.ts';
import { type Answer, slotAnswer } from './slot-text.ts';

/** What an address is; undefined for one that the program knows nothing of. */
export function whatis(run: RecordedRun, address: number): Answer | undefined {
  const { world, log } = run;
  // The program of a log has its own data segments, of which the model knows nothing.
  const inData = log === undefined ? global(world, address) : undefined;
  if (inData !== undefined) return inData;
  const { mheap } = world;
  if (address === mheap.zerobase) return [['object', 'zerobase: where all objects of 0 B are']];
  const s = mheap.spanOf(address);
  if (s === null || address < s.startAddr || address >= s.startAddr + s.bytes()) {
    return mheap.hasArena(address)
      ? [['page', 'of an arena of the heap, never in a span']]
      : undefined;
  }
  if (s.state === mSpanManual) return manual(run, s, address);
  if (s.state !== mSpanInUse) {
    return [['page', `free; the span ${hex(s.startAddr)} was the last to have it`]];
  }
  return inSpan(run, s, address);
}

/** The finalizers of the object around an address, that wait for its end or for their call. */
export function finalizersAt({ world }: RecordedRun, address: number): [string, string][] {
  const s = world.mheap.spanOfHeap(address);
  if (s === null) return [];
  const slot = s.objIndex(address);
  const isOfSlot = (at: number): boolean =>
    at >= s.startAddr && at < s.startAddr + s.bytes() && s.objIndex(at) === slot;
  const rows: [string, string][] = [];
  const add = ({ fn }: { fn: number }, at: number, when: string): void => {
    const inBlock = s.elemsize === 16 && s.noscan() ? `, of the object at ${hex(at)}` : '';
    rows.push(['finalizer', `${world.symtab.findfunc(fn)?.name ?? hex(fn)}${inBlock}, ${when}`]);
  };
  for (let special = s.specials; special !== null; special = special.next) {
    const at = s.startAddr + special.offset;
    if (special.kind === kindSpecialFinalizer && isOfSlot(at)) {
      add(special.fn, at, 'called when nothing holds it');
    }
  }
  for (let block = world.mfinal.allfin; block !== null; block = block.alllink) {
    for (const { fn, arg } of block.fin) if (isOfSlot(arg)) add(fn, arg, 'queued to be called');
  }
  return rows;
}

function global({ firstmoduledata: md }: World, address: number): Answer | undefined {
  const name = md.globalAt(address);
  if (name !== undefined) {
    const offset = address - md.addressOf(name);
    return [['global', `${name}${offset === 0 ? '' : ` + ${offset}`}`]];
  }
  if (address >= md.data && address < md.edata)
    return [['data', `data segment + ${address - md.data}`]];
  if (address >= md.bss && address < md.ebss) return [['bss', `bss + ${address - md.bss}`]];
  return undefined;
}

function manual({ world, log }: RecordedRun, s: MSpan, address: number): Answer {
  const span = `${hex(s.startAddr)}, ${counted(s.npages, 'page')}, not of the heap`;
  const gp = world.allgs.find(({ stack }) => address >= stack.lo && address < stack.hi);
  if (gp !== undefined)
    return [
      ['stack', stackText(gp, address)],
      ['frame', frameText(gp, address)],
      ['span', span],
    ];
  const logged = log?.stacks.find(({ stack }) => address >= stack.lo && address < stack.hi);
  if (logged !== undefined) {
    const { goid, stack } = logged;
    return [
      ['stack', `goroutine ${goid}, ${stackSize(stack)}`],
      ['span', span],
    ];
  }
  if (s.elemsize === 0)
    return [
      ['memory', "the runtime's own: pointer bits or mark buffers"],
      ['span', span],
    ];
  const of = threadStack(world, address);
  return [
    ['stack', of ?? 'free, or of a thread'],
    ['span', span],
  ];
}

function threadStack(world: World, address: number): string | undefined {
  for (let mp = world.allm; mp !== null; mp = mp.alllink) {
    for (const [name, gp] of [
      ['g0', mp.g0],
      ['gsignal', mp.gsignal],
    ] as const) {
      if (gp !== null && address >= gp.stack.lo && address < gp.stack.hi) {
        return `${name} of thread ${mp.id}: ${hex(gp.stack.lo)} to ${hex(gp.stack.hi)}`;
      }
    }
  }
  return undefined;
}

function stackText({ goid, stack, sched }: G, address: number): string {
  const where = address < sched.sp ? ', below sp: not in use' : '';
  return `goroutine ${goid}, ${stackSize(stack)}${where}`;
}

function stackSize({ lo, hi }: G['stack']): string {
  return `${count(hi - lo)} B, ${hex(lo)} to ${hex(hi)}`;
}

function frameText(gp: G, address: number): string {
  for (let frame = gp.frame; frame !== null; frame = frame.caller) {
    if (address < frame.argp && address >= frame.sp) {
      return `${frame.fn.name}, sp + ${address - frame.sp}`;
    }
  }
  return 'none';
}

function inSpan(run: RecordedRun, s: MSpan, address: number): Answer {
  const { world, allocations, timeline } = run;
  const index = s.objIndex(address);
  const isSlot = index < s.nelems;
  const made = isSlot ? allocations.at(s.startAddr, index) : undefined;
  return slotAnswer({
    address,
    base: s.startAddr,
    kind: spanKind(s),
    elemsize: s.elemsize,
    nelems: s.nelems,
    allocCount: s.allocCount,
    sweep: sweepWords(world, s),
    holder: holderOf(world, s),
    index,
    heapBitsAddr: s.heapBitsAddr,
    isUsed: isSlot && isUsed(s, index),
    hasHeader: headerBytes(world, s) > 0,
    isGarbage: isSlot && s.sweepgen === world.mheap.sweepgen - 2 && !s.isMarked(index),
    made: made && {
      ...made,
      operation: operationOf(timeline, made.step),
      type: timeline.typeName(made),
    },
  });
}
