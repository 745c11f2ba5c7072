/**
 * sync.Mutex on the runtime's semaphores.
 *
 * @go sync/mutex.go
 */
import type { World } from '../../sim/runtime.ts';
import { enter, leave } from '../../sim/runtimefuncs.ts';
import { semacquire1, semrelease1 } from '../../sim/sema.ts';
import { waitReasonSyncMutexLock } from '../../sim/waitreason.ts';
import type { Blocking } from './func.ts';
import type { Machine } from './machine.ts';
import { int32, struct, uint32 } from './types.ts';

/** sync.Mutex */
export const Mutex = struct('sync.Mutex', { state: int32, sema: uint32 });
export type Mutex = NonNullable<(typeof Mutex)['value']>;

const mutexLocked = 1;
const mutexWoken = 2;
const mutexStarving = 4;
const mutexWaiter = 8;
/** Time that a goroutine waits for a mutex before it is handed over to it, ns. */
const starvationThresholdNs = 1e6;

/** @go sync/mutex.go (*Mutex).Lock */
export function* acquire(world: World, mu: number): Blocking {
  const name = 'sync.(*Mutex).Lock';
  if (world.memory.readUint32(mu) === 0) {
    world.memory.writeUint32(mu, mutexLocked);
    return;
  }
  // Inlined, and so without a frame, where the compiler knows the atomic operations of the target.
  const own = world.sched.funcs.has(name) ? enter(world, name, name, [mu]) : undefined;
  yield* lockSlow(world, mu);
  if (own !== undefined) leave(world, own);
}

/** @go sync/mutex.go (*Mutex).lockSlow */
function* lockSlow(world: World, mu: number): Blocking {
  const { memory } = world;
  const own = enter(world, 'sync.(*Mutex).lockSlow', undefined, [mu]);
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

/** @go sync/mutex.go (*Mutex).Unlock, unlockSlow */
export function* release(m: Machine, mu: number): Blocking {
  const { world } = m;
  const { memory } = world;
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
