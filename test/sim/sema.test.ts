import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goarches } from '../../sim/arch.ts';
import type { Sudog } from '../../sim/chan.ts';
import { mallocgc } from '../../sim/malloc.ts';
import { Gosched } from '../../sim/proc.ts';
import { Gdead, Gwaiting } from '../../sim/runtime2.ts';
import {
  notifyListAdd,
  notifyListNotifyAll,
  notifyListNotifyOne,
  notifyListWait,
  SemaRoot,
  semacquire1,
  semrelease1,
  semTabSize,
} from '../../sim/sema.ts';
import {
  waitReasonSemacquire,
  waitReasonStrings,
  waitReasonSyncMutexLock,
  waitReasonSyncRWMutexLock,
  waitReasonSyncRWMutexRLock,
} from '../../sim/waitreason.ts';
import { type GoroutineWorld, goroutineWorld } from './goroutine-world.ts';

/** Words of memory that may be semaphores, `step` bytes apart. */
function semas(world: GoroutineWorld, n: number, step = 8): number[] {
  const base = mallocgc(world.rt, 8 + n * step, null, true);
  const aligned = base + (-base & 7);
  return Array.from({ length: n }, (_, i) => aligned + i * step);
}

/** The nodes of a root's treap, in the order of their addresses. */
function nodes(s: Sudog | null): Sudog[] {
  return s === null ? [] : [...nodes(s.prev), s, ...nodes(s.next)];
}

const waiters = (s: Sudog): Sudog[] => (s.waitlink === null ? [s] : [s, ...waiters(s.waitlink)]);

/**
 * What holds for every treap: order by address, heap by ticket, links both ways, lists that end; and
 * the counts of waiters behind the first.
 */
function checkTreap(root: SemaRoot, counts: ReadonlyMap<number, number>): void {
  const all = nodes(root.treap);
  const addrs = all.map((s) => s.elem);
  expect(addrs).toEqual([...new Set(addrs)].toSorted((a, b) => a - b));
  expect(root.treap?.parent ?? null).toBe(null);
  for (const s of all) {
    expect(s.ticket % 2).toBe(1);
    for (const child of [s.prev, s.next]) {
      if (child === null) continue;
      expect(child.parent).toBe(s);
      expect(child.ticket).toBeGreaterThanOrEqual(s.ticket);
    }
    const list = waiters(s);
    expect(s.waittail).toBe(list.length === 1 ? null : list.at(-1));
    expect(s.waiters).toBe(counts.get(s.elem));
    for (const w of list) expect(w.elem).toBe(s.elem);
  }
  expect(root.nwait).toBe(all.reduce((n, s) => n + waiters(s).length, 0));
}

/** The same in simulated memory: each sudog's fields are those of the object. */
function checkMemory(world: GoroutineWorld, root: SemaRoot): void {
  const { rt } = world;
  const { off } = rt.sched.structs.get('sudog');
  const at = (s: Sudog, field: string) => rt.memory.readUintptr(s.addr + off[field]!);
  const addr = (s: Sudog | null) => s?.addr ?? 0;
  for (const s of nodes(root.treap).flatMap(waiters)) {
    expect(at(s, 'g')).toBe(s.g!.addr);
    expect(at(s, 'elem')).toBe(s.elem);
    expect(rt.memory.readUint32(s.addr + off.ticket!)).toBe(s.ticket);
    expect(rt.memory.readUint16(s.addr + off.waiters!)).toBe(s.waiters);
    for (const field of ['next', 'prev', 'parent', 'waitlink', 'waittail'] as const) {
      expect(at(s, field), field).toBe(addr(s[field]));
    }
  }
}

describe('the table of semaphores', () => {
  it('any acquires and releases keep its treaps in order, and wake first in, first out', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.array(
          fc.record({
            sema: fc.integer({ min: 0, max: 11 }),
            act: fc.constantFrom('acquire', 'acquire', 'lifo', 'release', 'handoff'),
          }),
          { minLength: 1, maxLength: 60 },
        ),
        (seed, acts) => {
          const world = goroutineWorld({ seed });
          const { rt } = world;
          // All hash to one root: semaphores 8 * 251 bytes apart.
          const addrs = semas(world, 12, 8 * semTabSize);
          const root = rt.sched.semtable[Math.floor(addrs[0]! / 8) % semTabSize]!;
          const queues = addrs.map((): number[] => []);
          const free = addrs.map(() => 0);
          // Go's count never goes back from one to none while somebody waits.
          const counts = new Map<number, number>();
          const woken: number[] = [];
          const expected: number[] = [];
          world.go('driver', function* () {
            for (const [i, { sema, act }] of acts.entries()) {
              const addr = addrs[sema]!;
              if (act === 'acquire' || act === 'lifo') {
                world.go(`g${i}`, function* () {
                  yield* semacquire1(rt, addr, act === 'lifo', waitReasonSyncMutexLock);
                  woken.push(i);
                });
                if (free[sema]! > 0) {
                  free[sema]!--;
                  expected.push(i);
                } else {
                  const queue = queues[sema]!;
                  counts.set(addr, queue.length === 0 ? 0 : counts.get(addr)! + 1);
                  if (act === 'lifo') queue.unshift(i);
                  else queue.push(i);
                }
              } else {
                yield* semrelease1(rt, addr, act === 'handoff');
                const first = queues[sema]!.shift();
                if (first === undefined) free[sema]!++;
                else {
                  expected.push(first);
                  counts.set(addr, Math.max(counts.get(addr)! - 1, 1));
                }
              }
              while (rt.m.p!.runq.length > 0 || rt.m.p!.runnext !== null) yield* Gosched(rt);
              expect(woken).toEqual(expected);
              checkTreap(root, counts);
              checkMemory(world, root);
            }
          });
          try {
            world.run();
          } catch (error) {
            expect((error as Error).message).toBe('all goroutines are asleep - deadlock!');
          }
          expect(rt.allgs.filter((g) => g.status === Gwaiting).length).toBe(queues.flat().length);
          expect(addrs.map((a) => rt.memory.readUint32(a))).toEqual(free);
        },
      ),
      { numRuns: 60, seed: 20240206 },
    );
  });

  it('a semaphore above zero is taken without waiting', () => {
    const world = goroutineWorld();
    const { rt } = world;
    const [sema] = semas(world, 1);
    rt.memory.writeUint32(sema!, 2);
    world.go('f', function* () {
      yield* semacquire1(rt, sema!);
      yield* semacquire1(rt, sema!);
    });
    world.run();
    expect(rt.memory.readUint32(sema!)).toBe(0);
    expect(rt.sched.sudogs.size).toBe(0);
  });

  it('a release that nobody waits for stays for the next to come', () => {
    const world = goroutineWorld();
    const { rt } = world;
    const [sema] = semas(world, 1);
    world.go('f', function* () {
      yield* semrelease1(rt, sema!);
      yield* semrelease1(rt, sema!, true);
      expect(rt.memory.readUint32(sema!)).toBe(2);
      yield* semacquire1(rt, sema!);
      expect(rt.memory.readUint32(sema!)).toBe(1);
    });
    world.run();
  });

  it.each(goarches)('%s: in memory, a root of runtime.semtable leads to its treap', (goarch) => {
    const world = goroutineWorld({ goarch });
    const { rt } = world;
    const [sema] = semas(world, 1);
    const { off } = rt.sched.structs.get('semaRoot');
    const at = mallocgc(rt, 64, null, true);
    const root = new SemaRoot(at);
    rt.sched.semtable = Array.from({ length: semTabSize }, () => root);
    const wait = (name: string) => world.go(name, () => semacquire1(rt, sema!));
    wait('a');
    wait('b');
    expect(() => world.run()).toThrow('deadlock');
    expect(rt.memory.readUintptr(at + off.treap!)).toBe(root.treap!.addr);
    expect(rt.memory.readUint32(at + off.nwait!)).toBe(2);
  });

  it('a wait says what for', () => {
    const world = goroutineWorld();
    const { rt } = world;
    const addrs = semas(world, 4);
    const kinds = [
      ['sync.runtime_Semacquire', waitReasonSemacquire, 'semacquire'],
      ['sync.runtime_SemacquireMutex', waitReasonSyncMutexLock, 'sync.Mutex.Lock'],
      ['sync.runtime_SemacquireRWMutexR', waitReasonSyncRWMutexRLock, 'sync.RWMutex.RLock'],
      ['sync.runtime_SemacquireRWMutex', waitReasonSyncRWMutexLock, 'sync.RWMutex.Lock'],
    ] as const;
    const gs = kinds.map(([wrapper, reason], i) =>
      world.go(`g${i}`, () => semacquire1(rt, addrs[i]!, false, reason, wrapper)),
    );
    expect(() => world.run()).toThrow('deadlock');
    for (const [i, [wrapper, , text]] of kinds.entries()) {
      expect(waitReasonStrings[gs[i]!.waitreason]).toBe(text);
      expect(gs[i]!.frame!.caller!.caller!.fn.name).toBe(wrapper);
    }
  });
});

/** A sync.notifyList and what its words say. */
function notifyList({ rt }: GoroutineWorld) {
  const { ptrSize } = rt.arch;
  const l = mallocgc(rt, 8 + 3 * ptrSize, null, true);
  const words = () => ({
    wait: rt.memory.readUint32(l),
    notify: rt.memory.readUint32(l + 4),
    head: rt.memory.readUintptr(l + 8 + ptrSize),
    tail: rt.memory.readUintptr(l + 8 + 2 * ptrSize),
  });
  return { l, words };
}

describe('sync.Cond’s list of waiters', () => {
  it.each(goarches)('%s: its words lead from the first waiter to the last', (goarch) => {
    const world = goroutineWorld({ goarch });
    const { rt } = world;
    const { l, words } = notifyList(world);
    const gs = ['a', 'b', 'c'].map((name) =>
      world.go(name, () => notifyListWait(rt, l, notifyListAdd(rt, l))),
    );
    const { off } = rt.sched.structs.get('sudog');
    const chain = () => {
      const out: number[] = [];
      for (let s = words().head; s !== 0; s = rt.memory.readUintptr(s + off.next!)) {
        out.push(rt.memory.readUintptr(s + off.g!));
      }
      return out;
    };
    const seen: number[][] = [];
    world.go('notifier', function* () {
      for (let i = 0; i < 4; i++) {
        seen.push(chain());
        const { head, tail } = words();
        expect(tail === 0).toBe(head === 0);
        notifyListNotifyOne(rt, l);
        yield* Gosched(rt);
      }
    });
    world.run();
    const addrs = gs.map((g) => g.addr);
    expect(seen).toEqual([addrs, addrs.slice(1), addrs.slice(2), []]);
    expect(words()).toEqual({ wait: 3, notify: 3, head: 0, tail: 0 });
  });

  it('a ticket that was notified before its wait began does not wait', () => {
    const world = goroutineWorld();
    const { rt } = world;
    const { l } = notifyList(world);
    const log: string[] = [];
    world.go('late', function* () {
      const t = notifyListAdd(rt, l);
      notifyListNotifyAll(rt, l);
      yield* notifyListWait(rt, l, t);
      log.push('went on');
    });
    world.run();
    expect(log).toEqual(['went on']);
  });

  it('tickets wrap around at 2^32', () => {
    const world = goroutineWorld();
    const { rt } = world;
    const { l, words } = notifyList(world);
    rt.memory.writeUint32(l, 0xffffffff);
    rt.memory.writeUint32(l + 4, 0xffffffff);
    const woken: number[] = [];
    for (let i = 0; i < 3; i++) {
      world.go(`g${i}`, function* () {
        yield* notifyListWait(rt, l, notifyListAdd(rt, l));
        woken.push(i);
      });
    }
    world.go('notifier', function* () {
      for (let i = 0; i < 3; i++) {
        notifyListNotifyOne(rt, l);
        yield* Gosched(rt);
      }
    });
    world.run();
    expect(woken).toEqual([0, 1, 2]);
    expect(words()).toMatchObject({ wait: 2, notify: 2 });
    expect(rt.allgs.every((g) => g.status === Gdead)).toBe(true);
  });
});
