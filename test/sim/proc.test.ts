import fc from 'fast-check';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { goarches } from '../../sim/arch.ts';
import { chanrecv, makechan } from '../../sim/chan.ts';
import { runtimeGC } from '../../sim/mgchost.ts';
import { Gosched, goyield, ready, runUntil } from '../../sim/proc.ts';
import { isSystemGoroutine, newproc, newproc1 } from '../../sim/proc-new.ts';
import { runqput } from '../../sim/proc-runq.ts';
import { Gdead, Grunnable, Gwaiting } from '../../sim/runtime2.ts';
import { call } from '../../sim/runtimefuncs.ts';
import { fixedStack, popFrame } from '../../sim/stack.ts';
import { describeWithOracle } from '../oracle/describe-with-oracle.ts';
import { buildGo, goVersion } from '../oracle/go-toolchain.ts';
import { runProgram } from '../oracle/run-program.ts';
import { type GoroutineWorld, goroutineWorld } from './goroutine-world.ts';
import { goSource, logOfGo, type Op, places, runOnModel } from './sched-programs.ts';

const gosched: Op = { op: 'gosched' };
const go = (...body: Op[]): Op => ({ op: 'go', body });
const many = (n: number, ...body: Op[]): Op => ({ op: 'many', n, body });
const acquire = (s: number, lifo = false): Op => ({ op: 'acquire', s, lifo });
const release = (s: number, handoff = false): Op => ({ op: 'release', s, handoff });
const onList = (op: 'wait' | 'notifyOne' | 'notifyAll', l = 0): Op => ({ op, l });
const send = (c: number): Op => ({ op: 'send', c });
const recv = (c: number): Op => ({ op: 'recv', c });

const named: Record<string, readonly Op[]> = {
  'every 61st time slice looks at the global queue first': [
    many(200),
    ...Array<Op>(4).fill(gosched),
  ],
  'the newest goroutine runs next, the others in the order of their start': [
    go(gosched),
    go(),
    go(),
    gosched,
  ],
  'a full run queue gives half of itself to the global one': [many(600, gosched), gosched],
  'a woken goroutine runs next, within the time slice of the one before it': [
    many(100, recv(0)),
    gosched,
    many(100, send(0)),
    gosched,
    gosched,
  ],
  'a semaphore wakes first come, first served': [
    many(4, acquire(0)),
    gosched,
    ...Array<Op>(4).fill(release(0)),
    gosched,
  ],
  'a waiter of lifo kind goes before the others': [
    many(3, acquire(0)),
    gosched,
    many(3, acquire(0, true)),
    gosched,
    ...Array<Op>(6).fill(release(0)),
    gosched,
  ],
  'a handoff lets the waiter run at once': [
    many(3, acquire(0), gosched),
    gosched,
    release(0, true),
    release(0, true),
    release(0),
    gosched,
  ],
  'notifyAll wakes in order, so that the last one runs first': [
    many(5, onList('wait')),
    gosched,
    onList('notifyAll'),
    gosched,
  ],
  'notifyOne wakes the one that came first': [
    many(4, onList('wait')),
    gosched,
    onList('notifyOne'),
    gosched,
    onList('notifyOne'),
    onList('notifyOne'),
    gosched,
  ],
  'channels of all sizes': places.chans.flatMap((_, c) => [
    many(5, send(c), gosched, recv(c)),
    recv(c),
    send(c),
    gosched,
  ]),
};

const index = (n: number) => fc.integer({ min: 0, max: n - 1 });

/** Any program: goroutines that start goroutines, three deep at most, and wait for each other. */
const anyProgram = fc.letrec<{ body: Op[]; op: Op }>((tie) => ({
  body: fc.array(tie('op'), { minLength: 1, maxLength: 7, depthIdentifier: 'go' }),
  op: fc.oneof(
    { depthIdentifier: 'go', maxDepth: 3, depthSize: 'medium' },
    fc.constant<Op>(gosched),
    fc.record({ op: fc.constant('acquire'), s: index(places.semas), lifo: fc.boolean() }),
    fc.record({ op: fc.constant('release'), s: index(places.semas), handoff: fc.boolean() }),
    fc.record({
      op: fc.constantFrom('wait', 'notifyOne', 'notifyAll'),
      l: index(places.lists),
    }),
    fc.record({ op: fc.constantFrom('send', 'recv'), c: index(places.chans.length) }),
    fc.record({ op: fc.constant('go'), body: tie('body') }),
    fc.record({ op: fc.constant('many'), n: fc.integer({ min: 2, max: 6 }), body: tie('body') }),
  ) as fc.Arbitrary<Op>,
})).body;

const random = fc.sample(anyProgram, { numRuns: 100, seed: 20240206 });

describeWithOracle(goVersion, 'goroutines run in real Go’s order', () => {
  const programs = [...Object.values(named), ...random];
  let program = '';
  let schedtick = -1;
  const runGo = (number: number) => {
    const options = { args: [`${number}`], descriptors: 0, takingTurns: true };
    return logOfGo(runProgram(program, options).stderr.toString());
  };

  const mostOf = (logs: readonly (readonly string[])[]): readonly string[] => {
    const votes = logs.map((log) => logs.filter((other) => other.join() === log.join()).length);
    return logs[votes.indexOf(Math.max(...votes))]!;
  };

  /** A run that sysmon disturbs, as it does on a busy machine, goes otherwise: then one of more runs, or what most of them do. */
  const real = (number: number, expected: readonly string[]): readonly string[] => {
    const logs: (readonly string[])[] = [];
    while (logs.length < 20) {
      const log = runGo(number);
      if (log.join() === expected.join()) return log;
      logs.push(log);
    }
    return mostOf(logs);
  };

  beforeAll(() => {
    program = buildGo({ files: goSource(programs) });
    // How many time slices a program has had when main begins shows in its first 61st one.
    const log = mostOf(Array.from({ length: 9 }, () => runGo(0))).join();
    const ticks = Array.from({ length: 61 }, (_, tick) => tick);
    const fitting = ticks.filter((tick) => runOnModel(programs[0]!, tick).join() === log);
    expect(fitting.length).toBe(1);
    schedtick = fitting[0]!;
  });

  test.each(Object.entries(named).map(([title, ops], number) => ({ title, ops, number })))(
    '$title',
    ({ ops, number }) => {
      const log = runOnModel(ops, schedtick);
      expect(log).toEqual(real(number, log));
    },
  );

  test('100 programs at random', () => {
    random.forEach((ops, i) => {
      const number = programs.length - random.length + i;
      const log = runOnModel(ops, schedtick);
      expect(log, `program ${number}: ${JSON.stringify(ops)}`).toEqual(real(number, log));
    });
  });
});

/** Starts `n` goroutines that end at once, and lets them. */
function startAndEnd(world: GoroutineWorld, n: number): void {
  const fv = world.rt.symtab.funcval(world.func(`short${world.rt.allgs.length}`));
  for (let i = 0; i < n; i++) newproc1Next(world, fv);
  runUntil(world.rt, () => world.rt.allgs.every((g) => g.status === Gdead));
}

function newproc1Next({ rt }: GoroutineWorld, fv: Parameters<typeof newproc1>[1]) {
  const g = newproc1(rt, fv, nothing, null, 0);
  runqput(rt, rt.m.p!, g, false);
  return g;
}

function* nothing(): Generator<void, void, void> {
  yield* [];
}

describe('goroutine ids', () => {
  it('are taken 16 at a time by each P', () => {
    const world = goroutineWorld({ gomaxprocs: 2 });
    const { rt } = world;
    const fv = rt.symtab.funcval(world.func('f'));
    const [p0, p1] = rt.allp;
    const idsOn = (p: typeof p0, n: number) => {
      rt.m.p = p!;
      return Array.from({ length: n }, () => newproc1(rt, fv, nothing, null, 0).goid);
    };
    const counted = (from: number, n: number) => Array.from({ length: n }, (_, i) => from + i);
    expect(idsOn(p0, 3)).toEqual(counted(1, 3));
    expect(idsOn(p1, 17)).toEqual([...counted(17, 16), 33]);
    expect(idsOn(p0, 14)).toEqual([...counted(4, 13), 49]);
    expect(rt.sched.goidgen).toBe(64);
  });

  it('are never used twice, unlike the g', () => {
    const world = goroutineWorld();
    const fv = world.rt.symtab.funcval(world.func('f'));
    const ids = Array.from({ length: 40 }, () => {
      const g = newproc1Next(world, fv);
      const { goid } = g;
      runUntil(world.rt, () => g.status === Gdead);
      return goid;
    });
    expect(ids).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
    expect(world.rt.allgs.length).toBe(1);
  });
});

describe('dead goroutines', () => {
  it('are used again last in, first out, with their stacks', () => {
    const world = goroutineWorld();
    const { rt } = world;
    const dead = ['a', 'b', 'c'].map((name) => world.go(name, nothing));
    world.run();
    const stacks = dead.map((g) => g.stack.lo);
    const again = ['d', 'e', 'f'].map((name) => world.go(name, nothing));
    expect(again).toEqual(dead.toReversed());
    expect(again.map((g) => g.stack.lo)).toEqual(stacks.toReversed());
    expect(rt.allgs.length).toBe(3);
  });

  it('beyond 63 on a P go to the central list, down to 31', () => {
    const world = goroutineWorld();
    const { rt } = world;
    const p = rt.allp[0]!;
    const all = Array.from({ length: 64 }, (_, i) => world.go(`g${i}`, nothing));
    world.run();
    expect([p.gFree.length, rt.sched.gFreeStack.length]).toEqual([31, 33]);
    const again = Array.from({ length: 32 }, (_, i) => world.go(`h${i}`, nothing));
    // The P's own first, youngest first; then a refill of 32, of which the last one fetched is first.
    expect(again.slice(0, 31)).toEqual(all.slice(0, 31).toReversed());
    expect(again[31]).toBe(all[62]);
    expect([p.gFree.length, rt.sched.gFreeStack.length]).toEqual([31, 1]);
  });

  it('lose a stack of another size than new ones get', () => {
    const world = goroutineWorld();
    const { rt } = world;
    const big = world.func('big', [{ name: 'pad', type: rt.types.arrayOf(1024, rt.types.uint64) }]);
    const g = world.go('grows', function* () {
      popFrame(rt, call(rt, big));
      yield* Gosched(rt);
    });
    world.run();
    expect(g.stack).toEqual({ lo: 0, hi: 0 });
    const again = world.go('again', nothing);
    expect(again).toBe(g);
    expect(again.stack.hi - again.stack.lo).toBe(fixedStack);
  });

  it('on the central list lose their stacks in a collection', () => {
    const world = goroutineWorld();
    const { rt } = world;
    startAndEnd(world, 64);
    world.go('gc', () => runtimeGC(rt));
    world.run();
    expect(rt.sched.gFreeStack.length).toBe(0);
    const stackless = rt.sched.gFreeNoStack;
    expect(stackless.length).toBe(33);
    expect(stackless.every((g) => g.stack.lo === 0)).toBe(true);
  });
});

it.each(goarches)('%s: allgs doubles as append does, and all of it is in memory', (goarch) => {
  const world = goroutineWorld({ goarch });
  const { rt } = world;
  const { ptrSize } = rt.arch;
  const fv = rt.symtab.funcval(world.func('f'));
  const caps: number[] = [];
  for (let i = 0; i < 100; i++) {
    newproc1(rt, fv, nothing, null, 0);
    const { array, len, cap } = rt.sched.allgsSlice;
    if (cap !== caps.at(-1)) caps.push(cap);
    expect(len).toBe(i + 1);
    const header = [0, 1, 2].map((k) =>
      rt.memory.readUintptr(rt.sched.globals.allgs + k * ptrSize),
    );
    expect(header).toEqual([array, len, cap]);
  }
  expect(caps).toEqual(ptrSize === 8 ? [1, 2, 4, 8, 16, 32, 64, 143] : [2, 4, 8, 16, 32, 70, 142]);
  const { array } = rt.sched.allgsSlice;
  const inMemory = rt.allgs.map((_, i) => rt.memory.readUintptr(array + i * ptrSize));
  expect(inMemory).toEqual(rt.allgs.map((g) => g.addr));
});

it.each(goarches)('%s: a new goroutine’s stack is as newproc leaves it', (goarch) => {
  const world = goroutineWorld({ goarch });
  const { rt } = world;
  const { arch, memory } = rt;
  const g = world.go('f', nothing);
  const goexit = rt.sched.funcs.get('runtime.goexit').func.entry + arch.pcQuantum;
  expect(g.stack.hi - g.stack.lo).toBe(fixedStack);
  expect(g.stktopsp % arch.stackAlign).toBe(0);
  expect(g.stack.hi - g.stktopsp).toBeGreaterThanOrEqual(4 * arch.ptrSize + arch.minFrameSize);
  expect(g.sched.pc).toBe(g.startpc);
  if (arch.usesLR) expect([g.sched.sp, g.sched.lr]).toEqual([g.stktopsp, goexit]);
  else {
    expect(g.sched.sp).toBe(g.stktopsp - arch.ptrSize);
    expect(memory.readUintptr(g.sched.sp)).toBe(goexit);
  }
});

it('a goroutine of the runtime is a system goroutine, but for main’s', () => {
  const { rt } = goroutineWorld();
  const start = (name: string) => newproc1(rt, rt.sched.funcs.funcval(name), nothing, null, 0);
  expect(isSystemGoroutine(rt, start('runtime.bgsweep'))).toBe(true);
  expect(rt.sched.ngsys).toBe(1);
  expect(isSystemGoroutine(rt, start('runtime.main'))).toBe(false);
  expect(rt.sched.ngsys).toBe(1);
});

it('a child knows its parent and the pc of its go statement', () => {
  const world = goroutineWorld();
  const { rt } = world;
  const fv = rt.symtab.funcval(world.func('child'));
  world.go('parent', function* () {
    const child = newproc(rt, fv, nothing, 0x1234);
    expect([child.parentGoid, child.gopc]).toEqual([rt.m.curg!.goid, 0x1234]);
    expect(rt.m.p!.runnext).toBe(child);
    yield* Gosched(rt);
  });
  world.run();
});

it('goyield goes to the end of the P’s queue, Gosched behind all', () => {
  const world = goroutineWorld();
  const { rt } = world;
  rt.allp[0]!.schedtick = 1;
  const log: string[] = [];
  const say = (name: string, yields: () => Generator<void, void, void>) =>
    world.go(name, function* () {
      yield* yields();
      log.push(name);
    });
  say('gosched', () => Gosched(rt));
  say('goyield', () => goyield(rt));
  say('plain', nothing);
  world.run();
  expect(log).toEqual(['plain', 'goyield', 'gosched']);
});

describe('failures', () => {
  it('a deadlock, and one of which main knows nothing any more', () => {
    const world = goroutineWorld();
    const { rt } = world;
    const c = makechan(rt, rt.types.int, 0);
    const g = world.go('waits', function* () {
      yield* chanrecv(rt, c, 0);
    });
    expect(() => runUntil(rt, () => false)).toThrow('all goroutines are asleep - deadlock!');
    expect(g.status).toBe(Gwaiting);
    const other = goroutineWorld();
    other.go('ends', nothing);
    expect(() => runUntil(other.rt, () => false)).toThrow(
      'no goroutines (main called runtime.Goexit) - deadlock!',
    );
  });

  it('only a waiting goroutine can be made ready', () => {
    const world = goroutineWorld();
    const g = world.go('f', nothing);
    expect(g.status).toBe(Grunnable);
    expect(() => ready(world.rt, g, true)).toThrow('bad g->status in ready');
  });
});

it.each(goarches)('%s: what a goroutine waits on lives as long as it waits', (goarch) => {
  const world = goroutineWorld({ goarch });
  const { rt } = world;
  const c = makechan(rt, rt.types.int, 0);
  const g = world.go('waits', function* () {
    yield* chanrecv(rt, c, 0);
  });
  const inUse = (p: number) => {
    const span = rt.mheap.spanOfHeap(p)!;
    return !span.isFree(span.objIndex(p));
  };
  let kept: boolean[] = [];
  world.go('gc', function* () {
    yield* runtimeGC(rt);
    yield* runtimeGC(rt);
    kept = [inUse(c), inUse(g.waiting!.addr), inUse(g.addr)];
  });
  expect(() => world.run()).toThrow('deadlock');
  expect(kept).toEqual([true, true, true]);
});
