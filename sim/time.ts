/**
 * Timers, as far as time.Sleep and the scavenger need them: each P's heap of timers, which is a slice
 * in the heap.
 *
 * @go runtime/time.go
 */
import type { P, Runtime } from './runtime2.ts';
import { inFrame } from './runtimefuncs.ts';
import { growslice, type Slice } from './slice.ts';

/** A timer: what happens, and when. @go runtime/time.go timer */
export interface Timer {
  /** Address of the timer in the heap. */
  readonly addr: number;
  when: number;
  /** Its place among timers due at the same time: 0 for all where the clock stands still. */
  turn: number;
  /** Stopped, but in a P's heap until that is next looked at. */
  deleted: boolean;
  fire(): void;
}

/** One P's timers: a heap with four children a node, the soonest first. */
export class TimerHeap {
  slice: Slice = { array: 0, len: 0, cap: 0 };
  readonly timers: Timer[] = [];
  #turns = 0;

  /**
   * The next timer's turn. Virtual time may not move between two settings, but a clock that runs does,
   * so the timer that was set later is due later.
   */
  turn({ faketime }: Runtime): number {
    return faketime === true ? 0 : ++this.#turns;
  }
}

/** True if `a` is due before `b`. */
function sooner(a: Timer, b: Timer): boolean {
  return a.when < b.when || (a.when === b.when && a.turn < b.turn);
}

function heapOf(pp: P): TimerHeap {
  pp.timers ??= new TimerHeap();
  return pp.timers;
}

/** @go runtime/time.go doaddtimer */
export function doaddtimer(rt: Runtime, pp: P, t: Timer): void {
  inFrame(rt, 'runtime.doaddtimer', () => {
    addToHeap(rt, pp, t);
  });
}

function addToHeap(rt: Runtime, pp: P, t: Timer): void {
  const heap = heapOf(pp);
  t.turn = heap.turn(rt);
  const { array, len, cap } = heap.slice;
  const et = rt.types.ptrTo(rt.sched.structs.get('timer').type);
  heap.slice =
    len < cap
      ? { array, len: len + 1, cap }
      : inFrame(rt, 'runtime.growslice', () => growslice(rt, array, len + 1, cap, 1, et));
  heap.timers.push(t);
  siftupTimer(heap.timers, len);
  writeTimers(rt, pp, heap, heap.timers.length);
}

/** Makes the timer fire at `when`, whether it is set or not. @go runtime/time.go modtimer */
export function modtimer(rt: Runtime, pp: P, t: Timer, when: number): void {
  inFrame(rt, 'runtime.modtimer', () => {
    setTimer(rt, pp, t, when);
  });
}

function setTimer(rt: Runtime, pp: P, t: Timer, when: number): void {
  const heap = heapOf(pp);
  t.when = when;
  t.deleted = false;
  if (!heap.timers.includes(t)) {
    doaddtimer(rt, pp, t);
    return;
  }
  t.turn = heap.turn(rt);
  heap.timers.sort((a, b) => a.when - b.when || a.turn - b.turn);
  writeTimers(rt, pp, heap, heap.timers.length);
}

/** Stores the slice of timers; its first `n` elements. */
function writeTimers(rt: Runtime, pp: P, heap: TimerHeap, n: number): void {
  const { array, len, cap } = heap.slice;
  const { ptrSize } = rt.arch;
  for (let i = 0; i < n; i++) {
    const addr = heap.timers[i]?.addr ?? 0;
    const slot = array + i * ptrSize;
    if (rt.memory.readUintptr(slot) !== addr) rt.gc.writePointer(rt, slot, addr);
  }
  if (pp.addr === 0) return;
  const { off } = rt.sched.structs.get('p');
  rt.gc.writePointer(rt, pp.addr + off['timers.array']!, array);
  rt.memory.writeUintptr(pp.addr + off['timers.len']!, len);
  rt.memory.writeUintptr(pp.addr + off['timers.cap']!, cap);
}

/** @go runtime/time.go siftupTimer */
function siftupTimer(t: Timer[], index: number): void {
  let i = index;
  const tmp = t[i]!;
  while (i > 0) {
    const p = Math.floor((i - 1) / 4);
    if (!sooner(tmp, t[p]!)) break;
    t[i] = t[p]!;
    i = p;
  }
  t[i] = tmp;
}

/** @go runtime/time.go siftdownTimer */
function siftdownTimer(t: Timer[], index: number): void {
  const n = t.length;
  let i = index;
  const tmp = t[i]!;
  for (;;) {
    let c = i * 4 + 1;
    let c3 = c + 2;
    if (c >= n) break;
    if (c + 1 < n && sooner(t[c + 1]!, t[c]!)) c++;
    if (c3 < n) {
      if (c3 + 1 < n && sooner(t[c3 + 1]!, t[c3]!)) c3++;
      if (sooner(t[c3]!, t[c]!)) c = c3;
    }
    if (!sooner(t[c]!, tmp)) break;
    t[i] = t[c]!;
    i = c;
  }
  t[i] = tmp;
}

/** Takes the soonest timer out. @go runtime/time.go dodeltimer0 */
function dodeltimer0(rt: Runtime, pp: P, heap: TimerHeap): void {
  const { timers } = heap;
  const last = timers.length - 1;
  const moved = timers.pop()!;
  if (last > 0) {
    timers[0] = moved;
    siftdownTimer(timers, 0);
  }
  heap.slice = { ...heap.slice, len: last };
  writeTimers(rt, pp, heap, last + 1);
}

/** Fires the timers whose time has come. @go runtime/proc.go checkTimers */
export function checkTimers(rt: Runtime, pp: P): void {
  const heap = pp.timers;
  if (heap === undefined) return;
  for (;;) {
    const t = heap.timers[0];
    if (t === undefined || (!t.deleted && t.when > rt.nanotime)) return;
    dodeltimer0(rt, pp, heap);
    if (!t.deleted) t.fire();
  }
}

/** Time of the soonest timer of all Ps, 0 without any. @go runtime/time.go timeSleepUntil */
export function nextTimer(rt: Runtime): number {
  let next = 0;
  for (const pp of rt.allp) {
    const when = pp.timers?.timers[0]?.when ?? 0;
    if (when !== 0 && (next === 0 || when < next)) next = when;
  }
  return next;
}
