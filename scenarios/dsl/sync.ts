/**
 * Package sync: mutexes, wait groups, condition variables and what is done once, on the runtime's semaphores.
 *
 * @go sync/waitgroup.go, sync/cond.go
 */

import { enter, holdInFrame, leave } from '../../sim/runtimefuncs.ts';
import {
  notifyListAdd,
  notifyListNotifyAll,
  notifyListNotifyOne,
  notifyListWait,
  semacquire1,
  semrelease1,
} from '../../sim/sema.ts';
import { waitReasonSemacquire } from '../../sim/waitreason.ts';
import type { AnyFunc, Blocking } from './func.ts';
import { hex } from './hex.ts';
import type { Machine } from './machine.ts';
import { acquire, Mutex, release } from './sync-mutex.ts';
import { doOnce, Once } from './sync-once.ts';
import { RWMutex, type RWMutexMethods, rwMutexMethods } from './sync-rwmutex.ts';
import { type Ptr, struct, uint32, uint64, uintptr, unsafePointer } from './types.ts';

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

export interface Sync extends RWMutexMethods {
  readonly Mutex: typeof Mutex;
  readonly RWMutex: typeof RWMutex;
  readonly Once: typeof Once;
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
  /** `once.Do(f)` of a function without parameters. */
  do(once: Ptr<Once>, f: AnyFunc): Blocking;
}

export function syncPackage(m: Machine): Sync {
  return {
    Mutex,
    RWMutex,
    Once,
    WaitGroup,
    Cond,
    ...rwMutexMethods(m),
    do: (once, f) => m.waited('go.sync.do(…)', doOnce(m, once, f)),
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

function* unlock(m: Machine, mu: number): Blocking {
  m.at('sync.(*Mutex).Unlock');
  m.trace?.({ op: 'Unlock', g: m.g.goid, mutex: hex(mu) });
  yield* release(m, mu);
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
  const own = enter(world, 'sync.(*WaitGroup).Wait', undefined, [wg]);
  holdInFrame(world, own, 'sync.runtime_Semacquire', [wg]);
  yield* semacquire1(world, sema, false, waitReasonSemacquire, 'sync.runtime_Semacquire');
  leave(world, own);
}

/** @go sync/cond.go (*Cond).Wait */
function* condWait(m: Machine, c: number, mu: number): Blocking {
  const { world } = m;
  m.at('sync.(*Cond).Wait');
  m.trace?.({ op: 'Cond.Wait', g: m.g.goid, cond: hex(c), mutex: hex(mu) });
  const t = notifyListAdd(world, c);
  m.at('sync.(*Mutex).Unlock');
  yield* release(m, mu);
  m.at('sync.(*Cond).Wait');
  const own = enter(world, 'sync.(*Cond).Wait', undefined, [c]);
  holdInFrame(world, own, 'sync.runtime_notifyListWait', [c]);
  yield* notifyListWait(world, c, t);
  yield* acquire(world, mu);
  leave(world, own);
}
