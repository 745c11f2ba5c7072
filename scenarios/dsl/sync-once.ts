/**
 * sync.Once.
 *
 * @go sync/once.go
 */
import { beginOpenDefers, openDefer, runFrame } from '../../sim/panic.ts';
import { call, enter, leave, liveWords } from '../../sim/runtimefuncs.ts';
import type { AnyFunc, Blocking } from './func.ts';
import { hex } from './hex.ts';
import type { Machine } from './machine.ts';
import { acquire, Mutex, release } from './sync-mutex.ts';
import { struct, uint32 } from './types.ts';

/** sync.Once */
export const Once = struct('sync.Once', { done: uint32, m: Mutex });
export type Once = NonNullable<(typeof Once)['value']>;

/** @go sync/once.go (*Once).Do */
export function* doOnce(m: Machine, once: number, f: AnyFunc): Blocking {
  const { world } = m;
  m.at('sync.(*Once).Do', f);
  m.trace?.({ op: 'Once.Do', g: m.g.goid, once: hex(once), func: f.name });
  if (world.memory.readUint32(once) !== 0) return;
  const name = 'sync.(*Once).Do';
  // Inlined, and so without a frame, where the compiler knows the atomic operations of the target.
  const own = world.sched.funcs.has(name) ? enter(world, name, name, [once]) : undefined;
  yield* doSlow(m, once, f);
  if (own !== undefined) leave(world, own);
}

/** @go sync/once.go (*Once).doSlow */
function* doSlow(m: Machine, once: number, f: AnyFunc): Blocking {
  const { world } = m;
  const { memory } = world;
  const own = enter(world, 'sync.(*Once).doSlow', undefined, [once]);
  // Its two open-coded defers: slots above the closures, the byte of bits anywhere below.
  const [slots = 0] = liveWords(world, own.fn, 'main');
  const [lower, upper] = own.fn.stackObjects!;
  const deferBitsOffset = 1 - lower!.off;
  const slotsOffset = slots * world.arch.ptrSize;
  beginOpenDefers(world, own, { deferBitsOffset, slotsOffset, bodies: [] });
  function* body(): Blocking {
    yield* acquire(world, once + 4);
    openDefer(world, own, 0, { addr: own.varp + upper!.off, fn: 0 }, () => release(m, once + 4));
    if (memory.readUint32(once) !== 0) return;
    const setDone = done(m, once);
    openDefer(world, own, 1, { addr: own.varp + lower!.off, fn: 0 }, () => setDone);
    const linked = m.program.linked(f);
    const run = m.run(linked, call(world, linked.func));
    if (linked.blocks) yield* run as Blocking;
  }
  yield* runFrame(world, own, body());
  leave(world, own);
}

// biome-ignore lint/correctness/useYield: what is deferred is a generator
function* done(m: Machine, once: number): Blocking {
  m.world.memory.writeUint32(once, 1);
}
