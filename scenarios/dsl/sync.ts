/**
 * Package sync: mutexes, wait groups and condition variables, on the runtime's semaphores.
 *
 * @go sync/mutex.go, sync/waitgroup.go, sync/cond.go
 */

import type { World } from '../../sim/runtime.ts';
import { enter, leave } from '../../sim/runtimefuncs.ts';
import {
  notifyListAdd,
  notifyListNotifyAll,
  notifyListNotifyOne,
  notifyListWait,
  semacquire1,
  semrelease1,
} from '../../sim/sema.ts';
import { waitReasonSemacquire, waitReasonSyncMutexLock } from '../../sim/waitreason.ts';
import type { Blocking } from './func.ts';
import { hex } from './hex.ts';
import type { Machine } from './machine.ts';
import { int32, type Ptr, struct, uint32, uint64, uintptr, unsafePointer } from './types.ts';

/** sync.Mutex */
export const Mutex = struct('sync.Mutex', { state: int32, sema: uint32 });
type Mutex = NonNullable<(typeof Mutex)['value']>;

const noCopy = struct('sync.noCopy', {});
/** On every target it lies at a multiple of 8 bytes. */
const atomicUint64 = struct('sync/atomic.Uint64', {
  _: struct('sync/atomic.align64', {}),
  v: uint64,
});

/** sync.WaitGroup */
export const WaitGroup = struct('sync.WaitGroup', { noCopy, state: atomicUint64, sema: uint32 });
type WaitGroup = NonNullable<(typeof WaitGroup)['value']>;

const notifyList = struct('sync.notifyList', {
  wait: uint32,
  notify: uint32,
  lock: uintptr,
  head: unsafePointer,
  tail: unsafePointer,
});

/** sync.Cond without its Locker: the mutex is given to {@link Sync.wait}. */
export const Cond = struct('sync.Cond', { notify: notifyList, checker: uintptr });
type Cond = NonNullable<(typeof Cond)['value']>;

export interface Sync {
  readonly Mutex: typeof Mutex;
  readonly WaitGroup: typeof WaitGroup;
  readonly Cond: typeof Cond;
  /** `mu.Lock()` */
  lock(mu: Ptr<Mutex>): Blocking;
  /** `mu.Unlock()` */
  unlock(mu: Ptr<Mutex>): Blocking;
  /** `wg.Add(delta)`; `wg.Done()` is `add(wg, -1)`. */
  add(wg: Ptr<WaitGroup>, delta: number): Blocking;
  /** `wg.Wait()` */
  waitFor(wg: Ptr<WaitGroup>): Blocking;
  /** `c.Wait()` with the mutex locked. */
  wait(c: Ptr<Cond>, mu: Ptr<Mutex>): Blocking;
  /** `c.Signal()` */
  signal(c: Ptr<Cond>): void;
  /** `c.Broadcast()` */
  broadcast(c: Ptr<Cond>): void;
}

const mutexLocked = 1;
const mutexWoken = 2;
const mutexStarving = 4;
const mutexWaiter = 8;
/** Time that a goroutine waits for a mutex before it is handed over to it, ns. */
const starvationThresholdNs = 1e6;

export function syncPackage(m: Machine): Sync {
  return {
    Mutex,
    WaitGroup,
    Cond,
    lock: (mu) => m.waited('go.sync.lock(…)', lock(m, mu)),
    unlock: (mu) => m.waited('go.sync.unlock(…)', unlock(m, mu)),
    add: (wg, delta) => m.waited('go.sync.add(…)', add(m, wg, delta)),
    waitFor: (wg) => m.waited('go.sync.waitFor(…)', waitFor(m, wg)),
    wait: (c, mu) => m.waited('go.sync.wait(…)', condWait(m, c, mu)),
    signal(c) {
      m.at('sync.(*Cond).Signal');
      m.trace?.({ op: 'Cond.Signal', g: m.g.goid, cond: hex(c) });
      notifyListNotifyOne(m.world, c);
    },
    broadcast(c) {
      m.at('sync.(*Cond).Broadcast');
      m.trace?.({ op: 'Cond.Broadcast', g: m.g.goid, cond: hex(c) });
      notifyListNotifyAll(m.world, c);
    },
  };
}

function* lock(m: Machine, mu: number): Blocking {
  m.at('sync.(*Mutex).Lock');
  m.trace?.({ op: 'Lock', g: m.g.goid, mutex: hex(mu) });
  yield* acquire(m.world, mu);
}

/** @go sync/mutex.go (*Mutex).Lock */
function* acquire(world: World, mu: number): Blocking {
  const name = 'sync.(*Mutex).Lock';
  if (world.memory.readUint32(mu) === 0) {
    world.memory.writeUint32(mu, mutexLocked);
    return;
  }
  // Inlined, and so without a frame, where the compiler knows the atomic operations of the target.
  const own = world.sched.funcs.has(name) ? enter(world, name) : undefined;
  yield* lockSlow(world, mu);
  if (own !== undefined) leave(world, own);
}

/** @go sync/mutex.go (*Mutex).lockSlow */
function* lockSlow(world: World, mu: number): Blocking {
  const { memory } = world;
  const own = enter(world, 'sync.(*Mutex).lockSlow');
  let waitStart = 0;
  let starving = false;
  let awoke = false;
  for (;;) {
    const old = memory.readUint32(mu);
    let next = old;
    if ((old & mutexStarving) === 0) next |= mutexLocked;
    if ((old & (mutexLocked | mutexStarving)) !== 0) next += mutexWaiter;
    if (starving && (old & mutexLocked) !== 0) next |= mutexStarving;
    if (awoke) next &= ~mutexWoken;
    memory.writeUint32(mu, next);
    if ((old & (mutexLocked | mutexStarving)) === 0) break;
    const lifo = waitStart !== 0;
    if (!lifo) waitStart = world.nanotime + 1;
    yield* semacquire1(
      world,
      mu + 4,
      lifo,
      waitReasonSyncMutexLock,
      'sync.runtime_SemacquireMutex',
    );
    starving ||= world.nanotime + 1 - waitStart > starvationThresholdNs;
    const now = memory.readUint32(mu);
    if ((now & mutexStarving) !== 0) {
      let handed = now + mutexLocked - mutexWaiter;
      if (!starving || now >>> 3 === 1) handed -= mutexStarving;
      memory.writeUint32(mu, handed);
      break;
    }
    awoke = true;
  }
  leave(world, own);
}

function* unlock(m: Machine, mu: number): Blocking {
  m.trace?.({ op: 'Unlock', g: m.g.goid, mutex: hex(mu) });
  yield* release(m, mu);
}

/** @go sync/mutex.go (*Mutex).Unlock, unlockSlow */
function* release(m: Machine, mu: number): Blocking {
  const { world } = m;
  const { memory } = world;
  m.at('sync.(*Mutex).Unlock');
  const was = memory.readUint32(mu);
  if ((was & mutexLocked) === 0) m.go.panic('sync: unlock of unlocked mutex');
  const state = was - mutexLocked;
  memory.writeUint32(mu, state);
  if (state === 0) return;
  if ((state & mutexStarving) !== 0) {
    yield* semrelease1(world, mu + 4, true);
    return;
  }
  if (state >>> 3 === 0 || (state & (mutexLocked | mutexWoken | mutexStarving)) !== 0) return;
  memory.writeUint32(mu, (state - mutexWaiter) | mutexWoken);
  yield* semrelease1(world, mu + 4);
}

/** Offsets of the halves of WaitGroup.state, counter above waiters, and of its semaphore. */
function waitGroupWords(
  m: Machine,
  wg: number,
): { counter: number; waiters: number; sema: number } {
  const [counter, waiters] = m.world.arch.bigEndian ? [0, 4] : [4, 0];
  return { counter: wg + counter, waiters: wg + waiters, sema: wg + 8 };
}

/** @go sync/waitgroup.go (*WaitGroup).Add */
function* add(m: Machine, wg: number, delta: number): Blocking {
  const { world } = m;
  const { memory } = world;
  m.at('sync.(*WaitGroup).Add');
  m.trace?.({ op: 'WaitGroup.Add', g: m.g.goid, group: hex(wg), delta });
  const { counter, waiters, sema } = waitGroupWords(m, wg);
  const v = (memory.readUint32(counter) | 0) + delta;
  if (v < 0) m.go.panic('sync: negative WaitGroup counter');
  memory.writeUint32(counter, v);
  if (v > 0) return;
  const w = memory.readUint32(waiters);
  memory.writeUint32(waiters, 0);
  for (let i = 0; i < w; i++) yield* semrelease1(world, sema);
}

/** @go sync/waitgroup.go (*WaitGroup).Wait */
function* waitFor(m: Machine, wg: number): Blocking {
  const { world } = m;
  const { memory } = world;
  m.at('sync.(*WaitGroup).Wait');
  m.trace?.({ op: 'WaitGroup.Wait', g: m.g.goid, group: hex(wg) });
  const { counter, waiters, sema } = waitGroupWords(m, wg);
  if (memory.readUint32(counter) === 0) return;
  memory.writeUint32(waiters, memory.readUint32(waiters) + 1);
  const own = enter(world, 'sync.(*WaitGroup).Wait');
  yield* semacquire1(world, sema, false, waitReasonSemacquire, 'sync.runtime_Semacquire');
  leave(world, own);
}

/** @go sync/cond.go (*Cond).Wait */
function* condWait(m: Machine, c: number, mu: number): Blocking {
  const { world } = m;
  m.at('sync.(*Cond).Wait');
  m.trace?.({ op: 'Cond.Wait', g: m.g.goid, cond: hex(c), mutex: hex(mu) });
  const t = notifyListAdd(world, c);
  yield* release(m, mu);
  m.at('sync.(*Cond).Wait');
  const own = enter(world, 'sync.(*Cond).Wait');
  yield* notifyListWait(world, c, t);
  yield* acquire(world, mu);
  leave(world, own);
}
