/**
 * Channels. A channel is the address of its hchan; all of its state is in simulated memory, laid out
 * as Go's, and what waits on it are sudogs.
 *
 * @go runtime/chan.go
 */

import { plainError } from './error.ts';
import { throw_ } from './errors.ts';
import { mallocgc, newobject } from './malloc.ts';
import { typedmemclr, typedmemmove } from './mbarrier.ts';
import { gopark, goready } from './proc.ts';
import type { G, Runtime } from './runtime2.ts';
import { Gdead } from './runtime2.ts';
import { enter, holdInFrame, inFrame, leave, setArgs } from './runtimefuncs.ts';
import type { Type } from './type.ts';
import {
  waitReasonChanReceive,
  waitReasonChanReceiveNilChan,
  waitReasonChanSend,
  waitReasonChanSendNilChan,
} from './waitreason.ts';

/** Sudogs that a P keeps. @go runtime/runtime2.go p.sudogbuf */
const sudogcacheCap = 128;

/** A goroutine that waits on something: an element of a waitq, of a semaphore's treap. @go runtime/runtime2.go sudog */
export class Sudog {
  /** Address of the sudog in the heap. */
  readonly addr: number;
  g: G | null = null;
  next: Sudog | null = null;
  prev: Sudog | null = null;
  /** Where the element is or goes to (it may point into g's stack); the address of a semaphore. */
  elem = 0;
  acquiretime = 0;
  releasetime = 0;
  ticket = 0;
  isSelect = false;
  /** Woken by a value handed over, not by a close. */
  success = false;
  waiters = 0;
  parent: Sudog | null = null;
  /** g.waiting's list, or the semaphore's. */
  waitlink: Sudog | null = null;
  waittail: Sudog | null = null;
  /** Address of the hchan, 0 for a semaphore. */
  c = 0;

  constructor(addr: number) {
    this.addr = addr;
  }

  /** Stores the fields in memory. */
  write(rt: Runtime): void {
    const { memory, gc } = rt;
    const { addr } = this;
    const { off } = rt.sched.structs.get('sudog');
    gc.writePointer(rt, addr + off.g!, this.g?.addr ?? 0);
    gc.writePointer(rt, addr + off.next!, this.next?.addr ?? 0);
    gc.writePointer(rt, addr + off.prev!, this.prev?.addr ?? 0);
    gc.writePointer(rt, addr + off.elem!, this.elem);
    memory.writeUint32(addr + off.ticket!, this.ticket);
    memory.writeUint8(addr + off.isSelect!, this.isSelect ? 1 : 0);
    memory.writeUint8(addr + off.success!, this.success ? 1 : 0);
    memory.writeUint16(addr + off.waiters!, this.waiters);
    gc.writePointer(rt, addr + off.parent!, this.parent?.addr ?? 0);
    gc.writePointer(rt, addr + off.waitlink!, this.waitlink?.addr ?? 0);
    gc.writePointer(rt, addr + off.waittail!, this.waittail?.addr ?? 0);
    gc.writePointer(rt, addr + off.c!, this.c);
  }
}

/** A sudog from the P's cache, the central one, or the heap. @go runtime/proc.go acquireSudog */
export function acquireSudog(rt: Runtime): Sudog {
  return inFrame(rt, 'runtime.acquireSudog', () => cachedSudog(rt));
}

function cachedSudog(rt: Runtime): Sudog {
  const pp = rt.m.p!;
  const { sched } = rt;
  if (pp.sudogcache.length === 0) {
    while (pp.sudogcache.length < sudogcacheCap / 2 && sched.sudogcache !== null) {
      const s = sched.sudogcache;
      sched.sudogcache = s.next;
      s.next = null;
      s.write(rt);
      pp.sudogcache.push(s);
    }
    sched.writePools(rt);
    if (pp.sudogcache.length === 0) {
      rt.gc.locks++;
      const s = new Sudog(newobject(rt, sched.structs.get('sudog').type));
      rt.gc.locks--;
      sched.sudogs.set(s.addr, s);
      pp.sudogcache.push(s);
    }
  }
  const s = pp.sudogcache.pop()!;
  sched.writeSudogcache(rt, pp);
  if (s.elem !== 0) throw_('acquireSudog: found s.elem != nil in cache');
  return s;
}

/** Gives a sudog back; half of a full cache goes to the central one. @go runtime/proc.go releaseSudog */
export function releaseSudog(rt: Runtime, s: Sudog): void {
  if (s.elem !== 0) throw_('runtime: sudog with non-nil elem');
  if (s.isSelect) throw_('runtime: sudog with non-false isSelect');
  if (s.next !== null) throw_('runtime: sudog with non-nil next');
  if (s.prev !== null) throw_('runtime: sudog with non-nil prev');
  if (s.waitlink !== null) throw_('runtime: sudog with non-nil waitlink');
  if (s.c !== 0) throw_('runtime: sudog with non-nil c');
  if (rt.m.curg!.param !== 0) throw_('runtime: releaseSudog with non-nil gp.param');
  const pp = rt.m.p!;
  const { sched } = rt;
  if (pp.sudogcache.length === sudogcacheCap) {
    let first: Sudog | null = null;
    let last: Sudog | null = null;
    while (pp.sudogcache.length > sudogcacheCap / 2) {
      const p = pp.sudogcache.pop()!;
      if (first === null) first = p;
      else {
        last!.next = p;
        last!.write(rt);
      }
      last = p;
    }
    last!.next = sched.sudogcache;
    last!.write(rt);
    sched.sudogcache = first;
    sched.writePools(rt);
  }
  s.write(rt);
  pp.sudogcache.push(s);
  sched.writeSudogcache(rt, pp);
}

/** Bytes of an hchan before its buffer. */
function hchanSize(rt: Runtime): number {
  const { size } = rt.sched.structs.get('hchan');
  return size + (-size & 7);
}

function off(rt: Runtime): Readonly<Record<string, number>> {
  return rt.sched.structs.get('hchan').off;
}

/** `make(chan elem, size)`: the address of the hchan. @go runtime/chan.go makechan */
export function makechan(rt: Runtime, elem: Type, size: number): number {
  if (elem.size >= 1 << 16) throw_('makechan: invalid channel element type');
  const mem = elem.size * size;
  const header = hchanSize(rt);
  const maxAlloc = 2 ** rt.arch.heapAddrBits;
  if (size < 0 || mem > maxAlloc - header) throw plainError('makechan: size out of range');
  const o = off(rt);
  const { memory } = rt;
  let c: number;
  let buf: number;
  if (mem === 0) {
    c = mallocgc(rt, header, null, true);
    buf = c + o.buf!;
  } else if (elem.ptrBytes === 0) {
    c = mallocgc(rt, header + mem, null, true);
    buf = c + header;
  } else {
    c = newobject(rt, rt.sched.structs.get('hchan').type);
    buf = mallocgc(rt, mem, elem, true);
  }
  rt.gc.writePointer(rt, c + o.buf!, buf);
  memory.writeUint16(c + o.elemsize!, elem.size);
  memory.writeUintptr(c + o.elemtype!, elem.addr);
  memory.writeUintptr(c + o.dataqsiz!, size);
  rt.sched.chanElems.set(elem.addr, elem);
  return c;
}

/** Element type of a channel. */
export function chanElem(rt: Runtime, c: number): Type {
  return rt.sched.chanElems.get(rt.memory.readUintptr(c + off(rt).elemtype!))!;
}

/** len(c). @go runtime/chan.go chanlen */
export function chanlen(rt: Runtime, c: number): number {
  return c === 0 ? 0 : rt.memory.readUintptr(c + off(rt).qcount!);
}

/** cap(c). @go runtime/chan.go chancap */
export function chancap(rt: Runtime, c: number): number {
  return c === 0 ? 0 : rt.memory.readUintptr(c + off(rt).dataqsiz!);
}

/** True once the channel was closed. */
export function isClosed(rt: Runtime, c: number): boolean {
  return rt.memory.readUint32(c + off(rt).closed!) !== 0;
}

/** Address of buffer slot `i`. @go runtime/chan.go chanbuf */
function chanbuf(rt: Runtime, c: number, i: number): number {
  const o = off(rt);
  return rt.memory.readUintptr(c + o.buf!) + i * rt.memory.readUint16(c + o.elemsize!);
}

/** Which of a channel's two queues. */
export type Waitq = 'recvq' | 'sendq';

function first(rt: Runtime, c: number, q: Waitq): Sudog | null {
  const addr = rt.memory.readUintptr(c + off(rt)[`${q}.first`]!);
  return addr === 0 ? null : rt.sched.sudogs.get(addr)!;
}

function last(rt: Runtime, c: number, q: Waitq): Sudog | null {
  const addr = rt.memory.readUintptr(c + off(rt)[`${q}.last`]!);
  return addr === 0 ? null : rt.sched.sudogs.get(addr)!;
}

function setFirst(rt: Runtime, c: number, q: Waitq, s: Sudog | null): void {
  rt.gc.writePointer(rt, c + off(rt)[`${q}.first`]!, s?.addr ?? 0);
}

function setLast(rt: Runtime, c: number, q: Waitq, s: Sudog | null): void {
  rt.gc.writePointer(rt, c + off(rt)[`${q}.last`]!, s?.addr ?? 0);
}

/** @go runtime/chan.go (*waitq).enqueue */
export function enqueue(rt: Runtime, c: number, q: Waitq, sgp: Sudog): void {
  sgp.next = null;
  const x = last(rt, c, q);
  sgp.prev = x;
  if (x === null) setFirst(rt, c, q, sgp);
  else {
    x.next = sgp;
    x.write(rt);
  }
  setLast(rt, c, q, sgp);
  sgp.write(rt);
}

/** Takes the first waiter that no other case of its select has won. @go runtime/chan.go (*waitq).dequeue */
export function dequeue(rt: Runtime, c: number, q: Waitq): Sudog | null {
  for (;;) {
    const sgp = first(rt, c, q);
    if (sgp === null) return null;
    const y = sgp.next;
    if (y === null) {
      setFirst(rt, c, q, null);
      setLast(rt, c, q, null);
    } else {
      y.prev = null;
      y.write(rt);
      setFirst(rt, c, q, y);
      sgp.next = null;
      sgp.write(rt);
    }
    if (sgp.isSelect) {
      if (sgp.g!.selectDone !== 0) continue;
      sgp.g!.selectDone = 1;
    }
    return sgp;
  }
}

/** Takes one waiter out of the middle, if it is still in. @go runtime/select.go (*waitq).dequeueSudoG */
export function dequeueSudoG(rt: Runtime, c: number, q: Waitq, sgp: Sudog): void {
  const x = sgp.prev;
  const y = sgp.next;
  if (x !== null) {
    x.next = y;
    x.write(rt);
    if (y !== null) {
      y.prev = x;
      y.write(rt);
      sgp.next = null;
    } else {
      setLast(rt, c, q, x);
    }
    sgp.prev = null;
    sgp.write(rt);
    return;
  }
  if (y !== null) {
    y.prev = null;
    y.write(rt);
    setFirst(rt, c, q, y);
    sgp.next = null;
    sgp.write(rt);
    return;
  }
  if (first(rt, c, q) === sgp) {
    setFirst(rt, c, q, null);
    setLast(rt, c, q, null);
  }
}

/** Moves sendx or recvx on by one slot; gives the slot it left. */
function advance(rt: Runtime, c: number, field: 'sendx' | 'recvx'): number {
  const o = off(rt);
  const x = rt.memory.readUintptr(c + o[field]!);
  const next = x + 1;
  rt.memory.writeUintptr(c + o[field]!, next === chancap(rt, c) ? 0 : next);
  return x;
}

function addQcount(rt: Runtime, c: number, n: number): void {
  const slot = c + off(rt).qcount!;
  rt.memory.writeUintptr(slot, rt.memory.readUintptr(slot) + n);
}

/** Puts the element at `ep` into the buffer. */
export function bufferPut(rt: Runtime, c: number, ep: number): void {
  const i = advance(rt, c, 'sendx');
  typedmemmove(rt, chanElem(rt, c), chanbuf(rt, c, i), ep);
  addQcount(rt, c, 1);
}

/** Takes an element out of the buffer into `ep`, or drops it if that is 0. */
export function bufferTake(rt: Runtime, c: number, ep: number): void {
  const elem = chanElem(rt, c);
  const qp = chanbuf(rt, c, advance(rt, c, 'recvx'));
  if (ep !== 0) typedmemmove(rt, elem, ep, qp);
  typedmemclr(rt, elem, qp);
  addQcount(rt, c, -1);
}

/** A sudog of the running goroutine that waits on `c`. Getting one may move the stack, and with it the element. */
function waiterOn(rt: Runtime, c: number, elem: () => number): Sudog {
  const s = acquireSudog(rt);
  s.releasetime = 0;
  s.elem = elem();
  s.waitlink = null;
  s.g = rt.m.curg;
  s.isSelect = false;
  s.success = false;
  s.c = c;
  return s;
}

/** Where a place is whenever it is asked: one on the goroutine's stack moves with that. */
function following(gp: G, p: number): () => number {
  const { lo, hi } = gp.stack;
  const distance = hi - p;
  return p >= lo && p < hi ? () => gp.stack.hi - distance : () => p;
}

/** Wakes a waiter of channel or select. */
function wake(rt: Runtime, sg: Sudog, success: boolean): void {
  const gp = sg.g!;
  rt.sched.setParam(rt, gp, sg.addr);
  sg.success = success;
  sg.write(rt);
  goready(rt, gp);
}

/** Hands the element at `ep` to the waiting receiver. @go runtime/chan.go send */
export function send(rt: Runtime, c: number, sg: Sudog, ep: number): void {
  if (sg.elem !== 0) {
    rt.memory.copy(sg.elem, ep, chanElem(rt, c).size);
    shadeCopied(rt, c, ep);
    sg.elem = 0;
  }
  wake(rt, sg, true);
}

/** The barrier of a store into another stack: shades the new pointers while marking. @go runtime/chan.go sendDirect */
function shadeCopied(rt: Runtime, c: number, src: number): void {
  if (!rt.gc.writeBarrierEnabled) return;
  const elem = chanElem(rt, c);
  const { ptrSize } = rt.arch;
  for (let i = 0; i < elem.ptrBytes; i += ptrSize) {
    const p = rt.memory.readUintptr(src + i);
    if (p !== 0) rt.gc.shade(rt, p);
  }
}

/** Takes the element of the waiting sender `sg`: its own, or through the full buffer. @go runtime/chan.go recv */
export function recv(rt: Runtime, c: number, sg: Sudog, ep: number): void {
  const elem = chanElem(rt, c);
  const o = off(rt);
  if (chancap(rt, c) === 0) {
    if (ep !== 0) {
      rt.memory.copy(ep, sg.elem, elem.size);
      shadeCopied(rt, c, ep);
    }
  } else {
    const qp = chanbuf(rt, c, advance(rt, c, 'recvx'));
    if (ep !== 0) typedmemmove(rt, elem, ep, qp);
    typedmemmove(rt, elem, qp, sg.elem);
    rt.memory.writeUintptr(c + o.sendx!, rt.memory.readUintptr(c + o.recvx!));
  }
  sg.elem = 0;
  wake(rt, sg, true);
}

/** What chansend and chanrecv keep in their frames, in the order of each compiler's choice. */
function spilled({ arch }: Runtime, mysg: Sudog, gp: G): number[] {
  return arch.goarch === 's390x' ? [gp.addr, mysg.addr] : [mysg.addr, gp.addr];
}

/** Parks on a channel with the sudog(s) of g.waiting in place. */
function* parkOnChan(rt: Runtime, gp: G, reason: number): Generator<void, void, void> {
  gp.parkingOnChan = true;
  yield* gopark(rt, reason, () => {
    gp.activeStackChans = true;
    gp.parkingOnChan = false;
  });
}

/** Blocks forever on a nil channel. */
function* blockForever(rt: Runtime, reason: number): Generator<void, never, void> {
  yield* gopark(rt, reason, undefined, 'runtime.gopark#nil');
  throw throw_('unreachable');
}

/**
 * `c <- v` with v at `ep`. False if it would have to block and `block` is false; panics on a closed
 * channel.
 *
 * @go runtime/chan.go chansend
 */
export function* chansend(
  rt: Runtime,
  c: number,
  ep: number,
  block = true,
): Generator<void, boolean, void> {
  if (c === 0) {
    if (!block) return false;
    enter(rt, 'runtime.chansend1');
    enter(rt, 'runtime.chansend');
    return yield* blockForever(rt, waitReasonChanSendNilChan);
  }
  if (isClosed(rt, c)) throw plainError('send on closed channel');
  const sg = dequeue(rt, c, 'recvq');
  if (sg !== null) {
    send(rt, c, sg, ep);
    return true;
  }
  if (chanlen(rt, c) < chancap(rt, c)) {
    bufferPut(rt, c, ep);
    return true;
  }
  if (!block) return false;
  const gp = rt.m.curg!;
  const where = following(gp, ep);
  const outer = enter(rt, 'runtime.chansend1');
  const inner = enter(rt, 'runtime.chansend');
  setArgs(rt, inner, [c, where()]);
  const mysg = waiterOn(rt, c, where);
  rt.sched.setWaiting(rt, gp, mysg);
  rt.sched.setParam(rt, gp, 0);
  enqueue(rt, c, 'sendq', mysg);
  holdInFrame(rt, inner, 'runtime.gopark', spilled(rt, mysg, gp));
  yield* parkOnChan(rt, gp, waitReasonChanSend);
  const closed = !finishWait(rt, gp, mysg);
  leave(rt, inner);
  leave(rt, outer);
  if (closed) {
    if (!isClosed(rt, c)) throw_('chansend: spurious wakeup');
    throw plainError('send on closed channel');
  }
  return true;
}

/** What a woken goroutine does with its sudog; true if a value was handed over. */
function finishWait(rt: Runtime, gp: G, mysg: Sudog): boolean {
  if (mysg !== gp.waiting) throw_('G waiting list is corrupted');
  rt.sched.setWaiting(rt, gp, null);
  gp.activeStackChans = false;
  const { success } = mysg;
  rt.sched.setParam(rt, gp, 0);
  mysg.c = 0;
  releaseSudog(rt, mysg);
  return success;
}

/** What a receive gave: whether the case was taken, and whether by a value. */
export interface RecvResult {
  readonly selected: boolean;
  readonly received: boolean;
}

const notSelected: RecvResult = { selected: false, received: false };
const selectedClosed: RecvResult = { selected: true, received: false };
const selectedReceived: RecvResult = { selected: true, received: true };

/**
 * `<-c` into `ep` (0: dropped). `commaOk` names the form `v, ok := <-c`, which shows in the stack.
 *
 * @go runtime/chan.go chanrecv
 */
export function* chanrecv(
  rt: Runtime,
  c: number,
  ep: number,
  block = true,
  commaOk = false,
): Generator<void, RecvResult, void> {
  const outerName = commaOk ? 'runtime.chanrecv2' : 'runtime.chanrecv1';
  if (c === 0) {
    if (!block) return notSelected;
    enter(rt, outerName);
    enter(rt, 'runtime.chanrecv');
    return yield* blockForever(rt, waitReasonChanReceiveNilChan);
  }
  if (isClosed(rt, c)) {
    if (chanlen(rt, c) === 0) {
      if (ep !== 0) typedmemclr(rt, chanElem(rt, c), ep);
      return selectedClosed;
    }
  } else {
    const sg = dequeue(rt, c, 'sendq');
    if (sg !== null) {
      recv(rt, c, sg, ep);
      return selectedReceived;
    }
  }
  if (chanlen(rt, c) > 0) {
    bufferTake(rt, c, ep);
    return selectedReceived;
  }
  if (!block) return notSelected;
  const gp = rt.m.curg!;
  const where = following(gp, ep);
  const outer = enter(rt, outerName);
  const inner = enter(rt, 'runtime.chanrecv');
  const mysg = waiterOn(rt, c, where);
  rt.sched.setWaiting(rt, gp, mysg);
  rt.sched.setParam(rt, gp, 0);
  enqueue(rt, c, 'recvq', mysg);
  holdInFrame(rt, inner, 'runtime.gopark', spilled(rt, mysg, gp));
  yield* parkOnChan(rt, gp, waitReasonChanReceive);
  const success = finishWait(rt, gp, mysg);
  leave(rt, inner);
  leave(rt, outer);
  return success ? selectedReceived : selectedClosed;
}

/** `close(c)`: wakes all that wait, receivers first, each list from its end. @go runtime/chan.go closechan */
export function closechan(rt: Runtime, c: number): void {
  if (c === 0) throw plainError('close of nil channel');
  if (isClosed(rt, c)) throw plainError('close of closed channel');
  rt.memory.writeUint32(c + off(rt).closed!, 1);
  const glist: G[] = [];
  for (let sg = dequeue(rt, c, 'recvq'); sg !== null; sg = dequeue(rt, c, 'recvq')) {
    if (sg.elem !== 0) {
      typedmemclr(rt, chanElem(rt, c), sg.elem);
      sg.elem = 0;
    }
    prepareClosed(rt, sg, glist);
  }
  for (let sg = dequeue(rt, c, 'sendq'); sg !== null; sg = dequeue(rt, c, 'sendq')) {
    sg.elem = 0;
    prepareClosed(rt, sg, glist);
  }
  for (let gp = glist.pop(); gp !== undefined; gp = glist.pop()) {
    if (gp.status === Gdead) throw_('goready: bad g status');
    goready(rt, gp);
  }
}

function prepareClosed(rt: Runtime, sg: Sudog, glist: G[]): void {
  const gp = sg.g!;
  rt.sched.setParam(rt, gp, sg.addr);
  sg.success = false;
  sg.write(rt);
  glist.push(gp);
}
