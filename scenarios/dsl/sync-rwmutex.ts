/**
 * sync.RWMutex.
 *
 * @go sync/rwmutex.go
 */
import { enter, holdInFrame, leave } from '../../sim/runtimefuncs.ts';
import { semacquire1, semrelease1 } from '../../sim/sema.ts';
import { waitReasonSyncRWMutexLock, waitReasonSyncRWMutexRLock } from '../../sim/waitreason.ts';
import type { Blocking } from './func.ts';
import { hex } from './hex.ts';
import type { Machine } from './machine.ts';
import { acquire, Mutex, release } from './sync-mutex.ts';
import { int32, type Ptr, struct, uint32 } from './types.ts';

/** sync.RWMutex */
export const RWMutex = struct('sync.RWMutex', {
  w: Mutex,
  writerSem: uint32,
  readerSem: uint32,
  readerCount: int32,
  readerWait: int32,
});
export type RWMutex = NonNullable<(typeof RWMutex)['value']>;

export interface RWMutexMethods {
  /** `rw.RLock()` */
  rLock(rw: Ptr<RWMutex>): Blocking;
  /** `rw.RUnlock()` */
  rUnlock(rw: Ptr<RWMutex>): Blocking;
  /** `rw.Lock()` */
  wLock(rw: Ptr<RWMutex>): Blocking;
  /** `rw.Unlock()` */
  wUnlock(rw: Ptr<RWMutex>): Blocking;
}

const writerSem = 8;
const readerSem = 12;
const readerCount = 16;
const readerWait = 20;
const rwmutexMaxReaders = 2 ** 30;

export function rwMutexMethods(m: Machine): RWMutexMethods {
  const waited = (name: string, rw: Ptr<RWMutex>, run: Blocking): Blocking =>
    m.waited(`go.sync.${name}(…)`, begun(m, name, rw, run));
  return {
    rLock: (rw) => waited('rLock', rw, rLock(m, rw)),
    rUnlock: (rw) => waited('rUnlock', rw, rUnlock(m, rw)),
    wLock: (rw) => waited('wLock', rw, lock(m, rw)),
    wUnlock: (rw) => waited('wUnlock', rw, unlock(m, rw)),
  };
}

function* begun(m: Machine, name: string, rw: number, run: Blocking): Blocking {
  m.at(`sync.(*RWMutex).${name}`);
  m.trace?.({ op: `RWMutex.${name}`, g: m.g.goid, mutex: hex(rw) });
  yield* run;
}

/** Adds to a field and gives what it is then. */
function addTo(m: Machine, addr: number, delta: number): number {
  const { memory } = m.world;
  const v = (memory.readUint32(addr) + delta) | 0;
  memory.writeUint32(addr, v >>> 0);
  return v;
}

/** @go sync/rwmutex.go (*RWMutex).RLock */
function* rLock(m: Machine, rw: number): Blocking {
  const { world } = m;
  if (addTo(m, rw + readerCount, 1) >= 0) return;
  const name = 'sync.(*RWMutex).RLock';
  // Inlined, and so without a frame, where the compiler knows the atomic operations of the target.
  const own = world.sched.funcs.has(name) ? enter(world, name, name, [rw]) : undefined;
  const wrapper = 'sync.runtime_SemacquireRWMutexR';
  yield* semacquire1(world, rw + readerSem, false, waitReasonSyncRWMutexRLock, wrapper);
  if (own !== undefined) leave(world, own);
}

/** @go sync/rwmutex.go (*RWMutex).RUnlock, rUnlockSlow */
function* rUnlock(m: Machine, rw: number): Blocking {
  const r = addTo(m, rw + readerCount, -1);
  if (r >= 0) return;
  if (r + 1 === 0 || r + 1 === -rwmutexMaxReaders) {
    m.go.panic('sync: RUnlock of unlocked RWMutex');
  }
  if (addTo(m, rw + readerWait, -1) === 0) yield* semrelease1(m.world, rw + writerSem);
}

/** @go sync/rwmutex.go (*RWMutex).Lock */
function* lock(m: Machine, rw: number): Blocking {
  const { world } = m;
  const own = enter(world, 'sync.(*RWMutex).Lock', undefined, [rw]);
  for (const callee of ['sync.(*Mutex).lockSlow', 'sync.runtime_SemacquireRWMutex']) {
    holdInFrame(world, own, callee, [rw]);
  }
  yield* acquire(world, rw);
  const r = addTo(m, rw + readerCount, -rwmutexMaxReaders) + rwmutexMaxReaders;
  if (r !== 0 && addTo(m, rw + readerWait, r) !== 0) {
    const wrapper = 'sync.runtime_SemacquireRWMutex';
    yield* semacquire1(world, rw + writerSem, false, waitReasonSyncRWMutexLock, wrapper);
  }
  leave(world, own);
}

/** @go sync/rwmutex.go (*RWMutex).Unlock */
function* unlock(m: Machine, rw: number): Blocking {
  const r = addTo(m, rw + readerCount, rwmutexMaxReaders);
  if (r >= rwmutexMaxReaders) m.go.panic('sync: Unlock of unlocked RWMutex');
  for (let i = 0; i < r; i++) yield* semrelease1(m.world, rw + readerSem);
  yield* release(m, rw);
}
