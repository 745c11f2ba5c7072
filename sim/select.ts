/**
 * The select statement.
 *
 * @go runtime/select.go
 */
import {
  acquireSudog,
  bufferPut,
  bufferTake,
  chancap,
  chanElem,
  chanlen,
  dequeue,
  dequeueSudoG,
  enqueue,
  isClosed,
  recv,
  releaseSudog,
  type Sudog,
  send,
} from './chan.ts';
import { plainError } from './error.ts';
import { throw_ } from './errors.ts';
import { typedmemclr } from './mbarrier.ts';
import { gopark } from './proc.ts';
import type { Runtime } from './runtime2.ts';
import { enter, holdInFrame, leave } from './runtimefuncs.ts';
import type { Frame } from './stack.ts';
import { waitReasonSelect, waitReasonSelectNoCases } from './waitreason.ts';

/** A case: channel (0: nil) and the address to send from or receive into. @go runtime/select.go scase */
export interface Scase {
  readonly c: number;
  /** Address of the element; 0 drops a received value. Places on the stack may move while it waits. */
  readonly elem: () => number;
}

/** Which case was taken, -1 for the default, and whether a receive got a value. */
export interface SelectResult {
  readonly index: number;
  readonly recvOK: boolean;
}

/** `select {}`: blocks forever. @go runtime/select.go block */
export function* block(rt: Runtime): Generator<void, never, void> {
  enter(rt, 'runtime.block');
  yield* gopark(rt, waitReasonSelectNoCases);
  throw throw_('unreachable');
}

/** Indices of the cases with a channel, in random order: what select looks at first. */
function makePollorder(rt: Runtime, scases: readonly Scase[]): number[] {
  const pollorder: number[] = [];
  let norder = 0;
  for (let i = 0; i < scases.length; i++) {
    if (scases[i]!.c === 0) continue;
    const j = cheaprandn(rt, norder + 1);
    pollorder[norder] = pollorder[j] ?? 0;
    pollorder[j] = i;
    norder++;
  }
  return pollorder;
}

/** A random number below `n`. @go runtime/rand.go cheaprandn */
function cheaprandn(rt: Runtime, n: number): number {
  return Math.floor((rt.cheaprand() * n) / 2 ** 32);
}

/** The same by channel address, which is the order of locking. Heap sort is not stable, so it is Go's. */
function makeLockorder(scases: readonly Scase[], pollorder: readonly number[]): number[] {
  const key = (i: number): number => scases[i]!.c;
  const lockorder: number[] = [];
  for (let i = 0; i < pollorder.length; i++) {
    let j = i;
    const c = key(pollorder[i]!);
    while (j > 0 && key(lockorder[(j - 1) >> 1]!) < c) {
      const k = (j - 1) >> 1;
      lockorder[j] = lockorder[k]!;
      j = k;
    }
    lockorder[j] = pollorder[i]!;
  }
  for (let i = lockorder.length - 1; i >= 0; i--) {
    const o = lockorder[i]!;
    const c = key(o);
    lockorder[i] = lockorder[0]!;
    let j = 0;
    for (;;) {
      let k = j * 2 + 1;
      if (k >= i) break;
      if (k + 1 < i && key(lockorder[k]!) < key(lockorder[k + 1]!)) k++;
      if (c >= key(lockorder[k]!)) break;
      lockorder[j] = lockorder[k]!;
      j = k;
    }
    lockorder[j] = o;
  }
  return lockorder;
}

/** Takes a case that is ready now; null if none is. */
function tryCases(
  rt: Runtime,
  scases: readonly Scase[],
  pollorder: readonly number[],
  nsends: number,
): SelectResult | null {
  for (const index of pollorder) {
    const { c, elem } = scases[index]!;
    if (index >= nsends) {
      const sg = dequeue(rt, c, 'sendq');
      if (sg !== null) {
        recv(rt, c, sg, elem());
        return { index, recvOK: true };
      }
      if (chanlen(rt, c) > 0) {
        bufferTake(rt, c, elem());
        return { index, recvOK: true };
      }
      if (isClosed(rt, c)) {
        if (elem() !== 0) typedmemclr(rt, chanElem(rt, c), elem());
        return { index, recvOK: false };
      }
    } else {
      if (isClosed(rt, c)) throw plainError('send on closed channel');
      const sg = dequeue(rt, c, 'recvq');
      if (sg !== null) {
        send(rt, c, sg, elem());
        return { index, recvOK: false };
      }
      if (chanlen(rt, c) < chancap(rt, c)) {
        bufferPut(rt, c, elem());
        return { index, recvOK: false };
      }
    }
  }
  return null;
}

/**
 * Takes one of the cases; the `nsends` sends come first. Waits until one can go on if `block`.
 *
 * @go runtime/select.go selectgo
 */
export function* selectgo(
  rt: Runtime,
  scases: readonly Scase[],
  nsends: number,
  block: boolean,
): Generator<void, SelectResult, void> {
  const own = enter(rt, 'runtime.selectgo');
  const pollorder = makePollorder(rt, scases);
  const lockorder = makeLockorder(scases, pollorder);
  const ready = tryCases(rt, scases, pollorder, nsends);
  if (ready !== null || !block) {
    leave(rt, own);
    return ready ?? { index: -1, recvOK: false };
  }
  const gp = rt.m.curg!;
  if (gp.waiting !== null) throw_('gp.waiting != nil');
  let prev: Sudog | null = null;
  for (const index of lockorder) {
    const { c, elem } = scases[index]!;
    const sg = acquireSudog(rt);
    sg.g = gp;
    sg.isSelect = true;
    sg.elem = elem();
    sg.releasetime = 0;
    sg.success = false;
    sg.c = c;
    if (prev === null) rt.sched.setWaiting(rt, gp, sg);
    else {
      prev.waitlink = sg;
      prev.write(rt);
    }
    prev = sg;
    enqueue(rt, c, index < nsends ? 'sendq' : 'recvq', sg);
  }
  rt.sched.setParam(rt, gp, 0);
  holdInFrame(rt, own, 'runtime.gopark', spilled(rt, own));
  gp.parkingOnChan = true;
  yield* gopark(rt, waitReasonSelect, () => {
    gp.activeStackChans = true;
    gp.parkingOnChan = false;
  });
  gp.activeStackChans = false;
  gp.selectDone = 0;
  const winner = gp.param;
  rt.sched.setParam(rt, gp, 0);
  const taken = releaseWaiters(rt, scases, lockorder, nsends, winner);
  leave(rt, own);
  if (taken.index < nsends && !taken.success) throw plainError('send on closed channel');
  return { index: taken.index, recvOK: taken.index >= nsends && taken.success };
}

/** What selectgo keeps in its frame: the cases, which lie in its caller's, and places in the g. */
function spilled(rt: Runtime, { g, argp }: Frame): number[] {
  const { goarch } = rt.arch;
  const selectDone = g.addr + rt.sched.structs.get('g').off.selectDone!;
  const late = goarch === 'ppc64' || goarch === 'ppc64le' || goarch === 'riscv64';
  return late ? [argp, selectDone, g.addr] : [argp, g.addr, selectDone];
}

/** Withdraws the sudogs of the cases that lost. */
function releaseWaiters(
  rt: Runtime,
  scases: readonly Scase[],
  lockorder: readonly number[],
  nsends: number,
  winner: number,
): { index: number; success: boolean } {
  const gp = rt.m.curg!;
  let sglist = gp.waiting;
  for (let sg = sglist; sg !== null; sg = sg.waitlink) {
    sg.isSelect = false;
    sg.elem = 0;
    sg.c = 0;
  }
  rt.sched.setWaiting(rt, gp, null);
  let index = -1;
  let success = false;
  for (const i of lockorder) {
    const sg = sglist!;
    if (sg.addr === winner) {
      index = i;
      success = sg.success;
    } else {
      dequeueSudoG(rt, scases[i]!.c, i < nsends ? 'sendq' : 'recvq', sg);
    }
    sglist = sg.waitlink;
    sg.waitlink = null;
    releaseSudog(rt, sg);
  }
  if (index < 0) throw_('selectgo: bad wakeup');
  return { index, success };
}
