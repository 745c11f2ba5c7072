/**
 * Semaphores, on which sync.Mutex, RWMutex and WaitGroup wait, and sync.Cond's list of waiters.
 *
 * Waiters on different addresses that hash to the same root form a treap by address, waiters on one
 * address a list hanging from its first.
 *
 * @go runtime/sema.go
 */
import { acquireSudog, releaseSudog, type Sudog } from './chan.ts';
import { throw_ } from './errors.ts';
import { goparkunlock, goready, goyield } from './proc.ts';
import type { Runtime } from './runtime2.ts';
import { enter, holdInFrame, leave } from './runtimefuncs.ts';
import { waitReasonSemacquire, waitReasonSyncCondWait } from './waitreason.ts';

export const semTabSize = 251;

/** One root of the semaphore table. @go runtime/sema.go semaRoot */
export class SemaRoot {
  /** Address of the semaRoot in runtime.semtable, 0 in a world without that variable. */
  readonly addr: number;
  treap: Sudog | null = null;
  nwait = 0;

  constructor(addr: number) {
    this.addr = addr;
  }

  write(rt: Runtime): void {
    if (this.addr === 0) return;
    const { off } = rt.sched.structs.get('semaRoot');
    rt.gc.writePointer(rt, this.addr + off.treap!, this.treap?.addr ?? 0);
    rt.memory.writeUint32(this.addr + off.nwait!, this.nwait);
  }
}

function rootFor(rt: Runtime, addr: number): SemaRoot {
  return rt.sched.semtable[Math.floor(addr / 8) % semTabSize]!;
}

/** Takes one from the semaphore if it is above zero. @go runtime/sema.go cansemacquire */
function cansemacquire(rt: Runtime, addr: number): boolean {
  const v = rt.memory.readUint32(addr);
  if (v === 0) return false;
  rt.memory.writeUint32(addr, v - 1);
  return true;
}

/**
 * Waits until the uint32 at `addr` is above zero and takes one. `wrapper` is the linknamed function
 * that sync calls, which shows in the stack: sync.runtime_SemacquireMutex and so on.
 *
 * @go runtime/sema.go semacquire1
 */
export function* semacquire1(
  rt: Runtime,
  addr: number,
  lifo = false,
  reason: number = waitReasonSemacquire,
  wrapper = 'sync.runtime_Semacquire',
): Generator<void, void, void> {
  if (cansemacquire(rt, addr)) return;
  const outer = enter(rt, wrapper, wrapper, [addr]);
  const own = enter(rt, 'runtime.semacquire1', undefined, [addr]);
  const s = acquireSudog(rt);
  s.releasetime = 0;
  s.acquiretime = 0;
  s.ticket = 0;
  const root = rootFor(rt, addr);
  for (;;) {
    root.nwait++;
    if (cansemacquire(rt, addr)) {
      root.nwait--;
      break;
    }
    queue(rt, root, addr, s, lifo);
    root.write(rt);
    const x86 = rt.arch.goarch === 'amd64' || rt.arch.goarch === '386';
    holdInFrame(rt, own, 'runtime.gopark', x86 ? [addr, s.addr] : [s.addr, addr]);
    yield* goparkunlock(rt, reason);
    if (s.ticket !== 0 || cansemacquire(rt, addr)) break;
  }
  releaseSudog(rt, s);
  leave(rt, own);
  leave(rt, outer);
}

/** Adds one to the semaphore and wakes a waiter; `handoff` lets it run at once. @go runtime/sema.go semrelease1 */
export function* semrelease1(
  rt: Runtime,
  addr: number,
  handoff = false,
): Generator<void, void, void> {
  const root = rootFor(rt, addr);
  rt.memory.writeUint32(addr, rt.memory.readUint32(addr) + 1);
  if (root.nwait === 0) return;
  const s = dequeueSema(rt, root, addr);
  if (s === null) return;
  root.nwait--;
  root.write(rt);
  if (s.ticket !== 0) throw_('corrupted semaphore ticket');
  if (handoff && cansemacquire(rt, addr)) {
    s.ticket = 1;
    s.write(rt);
  }
  goready(rt, s.g!);
  if (s.ticket === 1) yield* goyield(rt);
}

/** Replaces `old` by `s` as child of `parent`, or as root. */
function replaceChild(
  rt: Runtime,
  root: SemaRoot,
  parent: Sudog | null,
  old: Sudog,
  s: Sudog | null,
): void {
  if (parent === null) {
    root.treap = s;
    return;
  }
  if (parent.prev === old) parent.prev = s;
  else if (parent.next === old) parent.next = s;
  else throw_('semaRoot rotateLeft');
  parent.write(rt);
}

/** Makes `s` wait on `addr`, last or first of its list. @go runtime/sema.go (*semaRoot).queue */
function queue(rt: Runtime, root: SemaRoot, addr: number, s: Sudog, lifo: boolean): void {
  s.g = rt.m.curg;
  s.elem = addr;
  s.next = null;
  s.prev = null;
  s.waiters = 0;
  let parent: Sudog | null = null;
  for (let t = root.treap; t !== null; ) {
    if (t.elem === addr) {
      if (lifo) putBefore(rt, root, t, s);
      else putBehind(rt, t, s);
      return;
    }
    parent = t;
    t = addr < t.elem ? t.prev : t.next;
  }
  s.ticket = (rt.cheaprand() | 1) >>> 0;
  s.parent = parent;
  if (parent === null) root.treap = s;
  else {
    if (addr < parent.elem) parent.prev = s;
    else parent.next = s;
    parent.write(rt);
  }
  s.write(rt);
  while (s.parent !== null && s.parent.ticket > s.ticket) {
    if (s.parent.prev === s) rotateRight(rt, root, s.parent);
    else rotateLeft(rt, root, s.parent);
  }
}

/** `s` takes the place of `t` in the treap, with `t` first in its list. */
function putBefore(rt: Runtime, root: SemaRoot, t: Sudog, s: Sudog): void {
  s.ticket = t.ticket;
  s.acquiretime = t.acquiretime;
  replaceChild(rt, root, t.parent, t, s);
  s.parent = t.parent;
  s.prev = t.prev;
  s.next = t.next;
  for (const child of [s.prev, s.next]) {
    if (child === null) continue;
    child.parent = s;
    child.write(rt);
  }
  s.waitlink = t;
  s.waittail = t.waittail ?? t;
  s.waiters = (t.waiters + 1) & 0xffff || t.waiters;
  t.parent = null;
  t.prev = null;
  t.next = null;
  t.waittail = null;
  t.write(rt);
  s.write(rt);
}

function putBehind(rt: Runtime, t: Sudog, s: Sudog): void {
  if (t.waittail === null) t.waitlink = s;
  else {
    t.waittail.waitlink = s;
    t.waittail.write(rt);
  }
  t.waittail = s;
  s.waitlink = null;
  t.waiters = (t.waiters + 1) & 0xffff || t.waiters;
  t.write(rt);
  s.write(rt);
}

/** Takes the first waiter on `addr` out. @go runtime/sema.go (*semaRoot).dequeue */
function dequeueSema(rt: Runtime, root: SemaRoot, addr: number): Sudog | null {
  let s = root.treap;
  while (s !== null && s.elem !== addr) s = addr < s.elem ? s.prev : s.next;
  if (s === null) return null;
  const t = s.waitlink;
  if (t !== null) {
    replaceChild(rt, root, s.parent, s, t);
    t.ticket = s.ticket;
    t.parent = s.parent;
    t.prev = s.prev;
    t.next = s.next;
    for (const child of [t.prev, t.next]) {
      if (child === null) continue;
      child.parent = t;
      child.write(rt);
    }
    t.waittail = t.waitlink !== null ? s.waittail : null;
    t.waiters = s.waiters > 1 ? s.waiters - 1 : s.waiters;
    t.acquiretime = 0;
    s.waitlink = null;
    s.waittail = null;
    t.write(rt);
  } else {
    while (s.next !== null || s.prev !== null) {
      if (s.next === null || (s.prev !== null && s.prev.ticket < s.next.ticket)) {
        rotateRight(rt, root, s);
      } else {
        rotateLeft(rt, root, s);
      }
    }
    replaceChild(rt, root, s.parent, s, null);
  }
  s.parent = null;
  s.elem = 0;
  s.next = null;
  s.prev = null;
  s.ticket = 0;
  s.write(rt);
  root.write(rt);
  return s;
}

/** @go runtime/sema.go (*semaRoot).rotateLeft */
function rotateLeft(rt: Runtime, root: SemaRoot, x: Sudog): void {
  const p = x.parent;
  const y = x.next!;
  const b = y.prev;
  replaceChild(rt, root, p, x, y);
  y.prev = x;
  x.parent = y;
  x.next = b;
  if (b !== null) b.parent = x;
  y.parent = p;
  b?.write(rt);
  x.write(rt);
  y.write(rt);
}

/** @go runtime/sema.go (*semaRoot).rotateRight */
function rotateRight(rt: Runtime, root: SemaRoot, y: Sudog): void {
  const p = y.parent;
  const x = y.prev!;
  const b = x.next;
  replaceChild(rt, root, p, y, x);
  x.next = y;
  y.parent = x;
  y.prev = b;
  if (b !== null) b.parent = y;
  x.parent = p;
  b?.write(rt);
  x.write(rt);
  y.write(rt);
}

/** Offsets in a sync.notifyList: wait, notify, lock, head, tail. */
function listOffsets(rt: Runtime): { notify: number; head: number; tail: number } {
  const { ptrSize } = rt.arch;
  return { notify: 4, head: 8 + ptrSize, tail: 8 + 2 * ptrSize };
}

/** The ticket of a new waiter of the list at `l`. @go runtime/sema.go notifyListAdd */
export function notifyListAdd(rt: Runtime, l: number): number {
  const t = rt.memory.readUint32(l);
  rt.memory.writeUint32(l, (t + 1) >>> 0);
  return t;
}

/** Whether ticket `a` is before `b`, with wrap-around. @go runtime/sema.go less */
function less(a: number, b: number): boolean {
  return ((a - b) | 0) < 0;
}

/** Waits for a notification of ticket `t`. @go runtime/sema.go notifyListWait */
export function* notifyListWait(rt: Runtime, l: number, t: number): Generator<void, void, void> {
  const { memory } = rt;
  const o = listOffsets(rt);
  if (less(t, memory.readUint32(l + o.notify))) return;
  const own = enter(rt, 'sync.runtime_notifyListWait');
  const s = acquireSudog(rt);
  s.g = rt.m.curg;
  s.ticket = t;
  s.releasetime = 0;
  const tail = memory.readUintptr(l + o.tail);
  if (tail === 0) rt.gc.writePointer(rt, l + o.head, s.addr);
  else {
    const last = rt.sched.sudogs.get(tail)!;
    last.next = s;
    last.write(rt);
  }
  rt.gc.writePointer(rt, l + o.tail, s.addr);
  s.write(rt);
  holdInFrame(rt, own, 'runtime.gopark', [s.addr]);
  yield* goparkunlock(rt, waitReasonSyncCondWait);
  releaseSudog(rt, s);
  leave(rt, own);
}

/** Wakes all waiters. @go runtime/sema.go notifyListNotifyAll */
export function notifyListNotifyAll(rt: Runtime, l: number): void {
  const { memory } = rt;
  const o = listOffsets(rt);
  if (memory.readUint32(l) === memory.readUint32(l + o.notify)) return;
  let s = rt.sched.sudogs.get(memory.readUintptr(l + o.head)) ?? null;
  rt.gc.writePointer(rt, l + o.head, 0);
  rt.gc.writePointer(rt, l + o.tail, 0);
  memory.writeUint32(l + o.notify, memory.readUint32(l));
  while (s !== null) {
    const { next }: Sudog = s;
    s.next = null;
    s.write(rt);
    goready(rt, s.g!);
    s = next;
  }
}

/** Wakes the waiter that came first. @go runtime/sema.go notifyListNotifyOne */
export function notifyListNotifyOne(rt: Runtime, l: number): void {
  const { memory } = rt;
  const o = listOffsets(rt);
  const t = memory.readUint32(l + o.notify);
  if (memory.readUint32(l) === t) return;
  memory.writeUint32(l + o.notify, (t + 1) >>> 0);
  let p: Sudog | null = null;
  let s = rt.sched.sudogs.get(memory.readUintptr(l + o.head)) ?? null;
  for (; s !== null; p = s, s = s.next) {
    if (s.ticket !== t) continue;
    const n: Sudog | null = s.next;
    if (p !== null) {
      p.next = n;
      p.write(rt);
    } else {
      rt.gc.writePointer(rt, l + o.head, n?.addr ?? 0);
    }
    if (n === null) rt.gc.writePointer(rt, l + o.tail, p?.addr ?? 0);
    s.next = null;
    s.write(rt);
    goready(rt, s.g!);
    return;
  }
}
