/**
 * Timers, as far as time.Sleep and the scavenger need them: each P's heap of timers, which is a slice
 * in the heap.
 *
 * @go runtime/time.go
 */
import type { P, Runtime } from './runtime2.ts';
import { inFrame } from './runtimefuncs.ts';
import { growslice, type Slice } from './slice.ts';

/** At its place in a P's heap. */
const timerWaiting = 0;
/** Stopped, and in the heap until that is next looked at. */
const timerDeleted = 1;
/** At the place of its former time; due at nextWhen. Go tells earlier and later ones apart. */
const timerModified = 2;
type TimerStatus = 0 | 1 | 2;

/** A timer: what happens, and when. @go runtime/time.go timer */
export class Timer {
  /** Address of the timer in the heap. */
  readonly addr: number;
  readonly fire: () => void;
  when = 0;
  /** Its place among timers due at the same time: 0 for all where the clock stands still. */
  turn = 0;
  /** What `when` and `turn` become once the heap is looked at. */
  nextWhen = 0;
  nextTurn = 0;
  /** While it is in a heap. */
  status: TimerStatus = timerWaiting;
  /** The P's heap that it is in; null where it was never set, has fired, or was stopped and taken out. */
  heap: TimerHeap | null = null;

  constructor(addr: number, fire: () => void) {
    this.addr = addr;
    this.fire = fire;
  }
}

/** One P's timers: a heap with four children a node, the soonest first. */
export class TimerHeap {
  slice: Slice = { array: 0, len: 0, cap: 0 };
  readonly timers: Timer[] = [];
  /** Stopped timers among them. */
  deletedTimers = 0;
  /** When the soonest is due of those that were set to be so earlier; 0 without one. */
  modifiedEarliest = 0;
  #turns = 0;

  /**
   * The next timer's turn. Virtual time may not move between two settings, but a clock that runs does,
   * so the timer that was set later is due later.
   */
  turn({ faketime }: Runtime): number {
    return faketime === true ? 0 : ++this.#turns;
  }

  /** Before this time there is nothing to do; 0: nothing at all. @go runtime/time.go nobarrierWakeTime */
  wakeTime(): number {
    const next = this.timers[0]?.when ?? 0;
    const { modifiedEarliest } = this;
    return next === 0 || (modifiedEarliest !== 0 && modifiedEarliest < next)
      ? modifiedEarliest
      : next;
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

/** Sets a new timer. @go runtime/time.go addtimer */
export function addtimer(rt: Runtime, pp: P, t: Timer, when: number): void {
  t.when = when;
  t.turn = heapOf(pp).turn(rt);
  t.status = timerWaiting;
  doaddtimer(rt, pp, t);
}

/** @go runtime/time.go doaddtimer */
function doaddtimer(rt: Runtime, pp: P, t: Timer): void {
  inFrame(rt, 'runtime.doaddtimer', () => {
    const heap = heapOf(pp);
    const { len } = heap.slice;
    heap.slice = grown(rt, heap.slice);
    t.heap = heap;
    heap.timers.push(t);
    siftupTimer(heap.timers, len);
    writeTimers(rt, pp, heap, heap.timers.length);
  });
}

/** A slice of pointers to timers with room for one more. */
function grown(rt: Runtime, { array, len, cap }: Slice): Slice {
  if (len < cap) return { array, len: len + 1, cap };
  const et = rt.types.ptrTo(rt.sched.structs.get('timer').type);
  return inFrame(rt, 'runtime.growslice', () => growslice(rt, array, len + 1, cap, 1, et));
}

/**
 * Makes the timer fire at `when`, whether it is set or not. One that is in a heap stays at its place there until the
 * heap is looked at. @go runtime/time.go modtimer
 */
export function modtimer(rt: Runtime, pp: P, t: Timer, when: number): void {
  inFrame(rt, 'runtime.modtimer', () => {
    const { heap } = t;
    if (heap === null) {
      addtimer(rt, pp, t, when);
      return;
    }
    if (t.status === timerDeleted) heap.deletedTimers--;
    t.nextWhen = when;
    t.nextTurn = heap.turn(rt);
    t.status = timerModified;
    const { modifiedEarliest } = heap;
    if (when < t.when && (modifiedEarliest === 0 || when < modifiedEarliest)) {
      heap.modifiedEarliest = when;
    }
  });
}

/** Stops a timer, if it has not fired. @go runtime/time.go deltimer */
export function deltimer(t: Timer): void {
  if (t.heap === null || t.status === timerDeleted) return;
  t.status = timerDeleted;
  t.heap.deletedTimers++;
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

/** The least index that changed. @go runtime/time.go siftupTimer */
function siftupTimer(t: Timer[], index: number): number {
  let i = index;
  const tmp = t[i]!;
  while (i > 0) {
    const p = Math.floor((i - 1) / 4);
    if (!sooner(tmp, t[p]!)) break;
    t[i] = t[p]!;
    i = p;
  }
  t[i] = tmp;
  return i;
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

/** Takes the timer at `i` out: the least index that changed. @go runtime/time.go dodeltimer */
function dodeltimer(rt: Runtime, pp: P, heap: TimerHeap, i: number): number {
  const { timers } = heap;
  timers[i]!.heap = null;
  const last = timers.length - 1;
  const moved = timers.pop()!;
  let smallestChanged = i;
  if (i !== last) {
    timers[i] = moved;
    smallestChanged = siftupTimer(timers, i);
    siftdownTimer(timers, i);
  }
  shortened(rt, pp, heap, last + 1);
  return smallestChanged;
}

/** Stores that timers were taken out, of which there were `n`. */
function shortened(rt: Runtime, pp: P, heap: TimerHeap, n: number): void {
  const { length } = heap.timers;
  heap.slice = { ...heap.slice, len: length };
  if (length === 0) heap.modifiedEarliest = 0;
  writeTimers(rt, pp, heap, n);
}

/** The time that a timer was set to takes effect. */
function adjust(t: Timer): void {
  t.when = t.nextWhen;
  t.turn = t.nextTurn;
  t.status = timerWaiting;
}

/**
 * Puts timers that were modified at their places once one that is earlier than it was is due. They are kept meanwhile in a
 * slice in the heap. @go runtime/time.go adjusttimers
 */
function adjusttimers(rt: Runtime, pp: P, heap: TimerHeap): void {
  const first = heap.modifiedEarliest;
  if (first === 0 || first > rt.nanotime) return;
  heap.modifiedEarliest = 0;
  const moved: Timer[] = [];
  let slice: Slice = { array: 0, len: 0, cap: 0 };
  for (let i = 0; i < heap.timers.length; i++) {
    const t = heap.timers[i]!;
    if (t.status === timerWaiting) continue;
    const changed = dodeltimer(rt, pp, heap, i);
    if (t.status === timerDeleted) {
      heap.deletedTimers--;
    } else {
      adjust(t);
      slice = grown(rt, slice);
      rt.gc.writePointer(rt, slice.array + moved.length * rt.arch.ptrSize, t.addr);
      moved.push(t);
    }
    i = changed - 1;
  }
  for (const t of moved) doaddtimer(rt, pp, t);
}

/** Fires the soonest timer if its time has come; whether another may have to. @go runtime/time.go runtimer */
function runtimer(rt: Runtime, pp: P, heap: TimerHeap): boolean {
  for (;;) {
    const t = heap.timers[0];
    if (t === undefined) return false;
    switch (t.status) {
      case timerWaiting:
        if (t.when > rt.nanotime) return false;
        dodeltimer(rt, pp, heap, 0);
        t.fire();
        return true;
      case timerDeleted:
        dodeltimer(rt, pp, heap, 0);
        heap.deletedTimers--;
        break;
      default:
        adjust(t);
        dodeltimer(rt, pp, heap, 0);
        doaddtimer(rt, pp, t);
    }
  }
}

/** Takes the stopped timers out, and puts the others at their places. @go runtime/time.go clearDeletedTimers */
function clearDeletedTimers(rt: Runtime, pp: P, heap: TimerHeap): void {
  heap.modifiedEarliest = 0;
  heap.deletedTimers = 0;
  const timers = heap.timers.splice(0);
  let changedHeap = false;
  for (const t of timers) {
    if (t.status === timerDeleted) {
      t.heap = null;
      changedHeap = true;
      continue;
    }
    if (t.status !== timerWaiting) {
      adjust(t);
      changedHeap = true;
    }
    heap.timers.push(t);
    if (changedHeap) siftupTimer(heap.timers, heap.timers.length - 1);
  }
  shortened(rt, pp, heap, timers.length);
}

/** Fires the timers of the running P whose time has come. @go runtime/proc.go checkTimers */
export function checkTimers(rt: Runtime, pp: P): void {
  const heap = pp.timers;
  const next = heap?.wakeTime() ?? 0;
  if (heap === undefined || next === 0) return;
  const manyDeleted = () => heap.deletedTimers > heap.timers.length >> 2;
  if (rt.nanotime < next && !manyDeleted()) return;
  adjusttimers(rt, pp, heap);
  while (runtimer(rt, pp, heap));
  if (manyDeleted()) clearDeletedTimers(rt, pp, heap);
}

/** When the first P has something to do for its timers, 0 without any. @go runtime/time.go timeSleepUntil */
export function nextTimer(rt: Runtime): number {
  let next = 0;
  for (const pp of rt.allp) {
    const when = pp.timers?.wakeTime() ?? 0;
    if (when !== 0 && (next === 0 || when < next)) next = when;
  }
  return next;
}
