import { expect, it } from 'vitest';
import { goarches } from '../../sim/arch.ts';
import { chanrecv, closechan, makechan } from '../../sim/chan.ts';
import { runtimeGC } from '../../sim/mgchost.ts';
import { deferproc, gopanic, gorecover, runFrame } from '../../sim/panic.ts';
import { Gosched } from '../../sim/proc.ts';
import { Gwaiting } from '../../sim/runtime2.ts';
import { call, runtimeFuncSpecs } from '../../sim/runtimefuncs.ts';
import { semacquire1 } from '../../sim/sema.ts';
import { type Frame, fixedStack, popFrame, stackGuard } from '../../sim/stack.ts';
import { timeSleep } from '../../sim/timesleep.ts';
import { framesOf } from '../../sim/traceback.ts';
import { waitReasonSyncMutexLock } from '../../sim/waitreason.ts';
import { goroutineWorld } from './goroutine-world.ts';

interface Seen {
  readonly name: string;
  readonly size: number;
}

function stackOf(
  world: ReturnType<typeof goroutineWorld>,
  g: Parameters<typeof framesOf>[1],
): Seen[] {
  return Array.from(framesOf(world.rt, g), (f) => ({ name: f.fn.name, size: f.fp - f.sp }));
}

/**
 * Frame sizes in bytes of a goroutine parked in `<-c`, from dumps of go1.22.12: runtime.gopark,
 * runtime.chanrecv, runtime.chanrecv1, and runtime.goexit at the bottom.
 */
const parked: Record<string, readonly [number, number, number, number]> = {
  amd64: [32, 120, 40, 8],
  '386': [20, 60, 20, 4],
};

it.each(goarches)('%s: a parked goroutine unwinds from gopark to goexit', (goarch) => {
  const world = goroutineWorld({ goarch });
  const { rt } = world;
  const c = makechan(rt, rt.types.int64, 0);
  const g = world.go('f', function* () {
    yield* chanrecv(rt, c, 0);
  });
  expect(() => world.run()).toThrow('deadlock');
  const frames = stackOf(world, g);
  expect(frames.map((f) => f.name)).toEqual([
    'runtime.gopark',
    'runtime.chanrecv',
    'runtime.chanrecv1',
    'main.f',
    'runtime.goexit',
  ]);
  expect(frames.at(-1)!.size).toBe({ amd64: 8, '386': 4 }[goarch as string] ?? 0);
  const want = parked[goarch];
  if (want !== undefined) {
    expect([0, 1, 2, 4].map((i) => frames[i]!.size)).toEqual(want);
  }
});

it.each(goarches)(
  '%s: waits on a semaphore and in time.Sleep show sync’s and time’s frames',
  (goarch) => {
    const world = goroutineWorld({ goarch });
    const { rt } = world;
    const sema = rt.firstmoduledata.addressOf('runtime.sched');
    const g = world.go('lock', function* () {
      yield* semacquire1(rt, sema, true, waitReasonSyncMutexLock, 'sync.runtime_SemacquireMutex');
    });
    let woke = 0;
    const s = world.go('sleeper', function* () {
      yield* timeSleep(rt, 5e9);
      woke = rt.nanotime;
    });
    let names: string[] = [];
    world.go('observer', function* () {
      yield* Gosched(rt);
      names = stackOf(world, s).map((f) => f.name);
    });
    expect(() => world.run()).toThrow('deadlock');
    expect(stackOf(world, g).map((f) => f.name)).toEqual([
      'runtime.gopark',
      'runtime.semacquire1',
      'sync.runtime_SemacquireMutex',
      'main.lock',
      'runtime.goexit',
    ]);
    expect(names).toEqual(['runtime.gopark', 'time.Sleep', 'main.sleeper', 'runtime.goexit']);
    expect(woke).toBeGreaterThanOrEqual(5e9);
  },
);

it.each(goarches)('%s: growth by copying keeps pointers into the stack right', (goarch) => {
  const world = goroutineWorld({ goarch });
  const { rt } = world;
  const { memory, types } = rt;
  const deep = world.func('deep', [
    { name: 'p', type: types.unsafePointer },
    { name: 'v', type: types.int64, addrTaken: true },
  ]);
  const offs = { p: deep.layout!.slots.get('p')!.off, v: deep.layout!.slots.get('v')!.off };
  const pc = deep.callSite(11);
  const stacks: number[] = [];
  let checked = 0;
  const g = world.go('main', function* () {
    const frames: Frame[] = [];
    for (let i = 0; i < 500; i++) {
      const f = call(rt, deep, i === 0 ? rt.m.curg!.sched.pc : pc);
      rt.m.curg!.sched.pc = pc;
      memory.writeUint64(f.varp + offs.v, BigInt(i));
      memory.writeUintptr(f.varp + offs.p, f.varp + offs.v);
      frames.push(f);
      const size = rt.m.curg!.stack.hi - rt.m.curg!.stack.lo;
      if (size !== stacks.at(-1)) stacks.push(size);
    }
    yield* runtimeGC(rt);
    for (const [i, f] of frames.entries()) {
      const p = memory.readUintptr(f.varp + offs.p);
      expect(p).toBe(f.varp + offs.v);
      expect(memory.readUint64(p)).toBe(BigInt(i));
      checked++;
    }
    expect(stackOf(world, rt.m.curg!).length).toBe(502);
    for (const f of frames.reverse()) popFrame(rt, f);
  });
  world.run();
  expect(checked).toBe(500);
  expect(stacks[0]).toBe(fixedStack);
  for (let i = 1; i < stacks.length; i++) expect(stacks[i]).toBe(2 * stacks[i - 1]!);
  expect(stacks.length).toBeGreaterThan(4);
  expect(g.stackguard0 === 0 || g.stackguard0 - g.stack.lo === stackGuard).toBe(true);
});

it('a stack of which less than a quarter is used, with 800 bytes to spare, shrinks by half at each collection', () => {
  const world = goroutineWorld();
  const { rt } = world;
  const { types } = rt;
  const deep = world.func('deep', [{ name: 'p', type: types.arrayOf(64, types.unsafePointer) }]);
  const pc = deep.callSite(11);
  const sizes: number[] = [];
  world.go('main', function* () {
    const frames: Frame[] = [];
    for (let i = 0; i < 100; i++) {
      frames.push(call(rt, deep, i === 0 ? rt.m.curg!.sched.pc : pc));
      rt.m.curg!.sched.pc = pc;
    }
    for (const f of frames.reverse()) popFrame(rt, f);
    for (let i = 0; i < 8; i++) {
      sizes.push(rt.m.curg!.stack.hi - rt.m.curg!.stack.lo);
      yield* runtimeGC(rt);
    }
  });
  world.run();
  expect(sizes).toEqual([65536, 32768, 16384, 8192, 4096, 4096, 4096, 4096]);
});

it('recover in a deferred call returns from the function that deferred', () => {
  const world = goroutineWorld();
  const { rt } = world;
  const inner = world.func('inner');
  const closure = world.func('inner.func1');
  const log: string[] = [];
  world.go('main', function* () {
    const f = call(rt, inner, rt.m.curg!.sched.pc);
    rt.m.curg!.sched.pc = inner.callSite(12);
    yield* runFrame(
      rt,
      f,
      (function* () {
        const fv = rt.symtab.funcval(closure);
        for (const i of [1, 2]) {
          deferproc(
            rt,
            fv,
            function* () {
              const d = call(rt, closure);
              const names = stackOf(world, rt.m.curg!).map((x) => x.name);
              log.push(`${i}: ${names[1]}`);
              if (i === 1) log.push(`recovered ${String(gorecover(rt, d)?.value)}`);
              popFrame(rt, d);
            },
            inner.callSite(12),
          );
        }
        yield* gopanic(rt, 0, 0, 'boom');
      })(),
    );
    popFrame(rt, f);
    log.push('after');
  });
  world.run();
  expect(log).toEqual(['2: runtime.gopanic', '1: runtime.gopanic', 'recovered boom', 'after']);
  expect(rt.allp[0]!.deferpool.length).toBe(2);
});

it('a panic that nobody recovers ends the program with Go’s text', () => {
  const world = goroutineWorld();
  const { rt } = world;
  world.go('main', function* () {
    yield* gopanic(rt, 0, 0, 'boom');
  });
  expect(() => world.run()).toThrow('panic: boom');
});

it('the last goroutine’s g and stack are used again by the next one', () => {
  const world = goroutineWorld();
  const { rt } = world;
  const c = makechan(rt, rt.types.int64, 0);
  world.go('a', function* () {});
  world.run();
  const [first] = rt.allgs;
  const b = world.go('b', function* () {
    yield* chanrecv(rt, c, 0);
  });
  world.go('d', function* () {
    closechan(rt, c);
    yield* Gosched(rt);
  });
  expect(b).toBe(first);
  expect(b.goid).toBe(2);
  world.run();
  expect(rt.allgs.length).toBe(2);
  expect(b.status).not.toBe(Gwaiting);
});

it.each(goarches)('%s: the table of runtime functions has what the model parks in', (goarch) => {
  const specs = new Map(runtimeFuncSpecs(goarch).map((s) => [s.name, s]));
  const site = (name: string, callee: string) =>
    specs.get(name)?.sites.find((s) => s.callee === callee);
  for (const [name, callee] of [
    ['runtime.gopark', 'stop'],
    ['runtime.chanrecv', 'runtime.gopark'],
    ['runtime.chansend', 'runtime.gopark'],
    ['runtime.selectgo', 'runtime.gopark'],
    ['runtime.block', 'runtime.gopark'],
    ['runtime.semacquire1', 'runtime.gopark'],
    ['sync.runtime_notifyListWait', 'runtime.gopark'],
    ['time.Sleep', 'runtime.gopark'],
    ['runtime.forcegchelper', 'runtime.gopark'],
    ['runtime.bgsweep', 'runtime.gopark'],
    ['runtime.bgscavenge', 'runtime.(*scavengerState).park'],
    ['runtime.(*scavengerState).park', 'runtime.gopark'],
    ['runtime.runfinq', 'runtime.gopark'],
    ['runtime.gcBgMarkWorker', 'runtime.gopark'],
    ['runtime.gopanic', 'main'],
    ['runtime.deferreturn', 'main'],
    ['runtime.Goexit', 'main'],
    ['runtime.sigpanic', 'runtime.gopanic'],
    ['runtime.goexit', 'main'],
    ['runtime.main', 'main'],
    ['runtime/debug.WriteHeapDump', 'runtime.systemstack_switch'],
  ] as const) {
    expect(site(name, callee), `${name} > ${callee}`).toBeDefined();
  }
  expect(specs.get('runtime.goexit')!.frame).toBe(0);
  if (goarch === 'amd64') {
    // The record of a dump counts the return address too: 5,848 bytes.
    expect(specs.get('runtime/debug.WriteHeapDump')!.frame).toBe(5840);
  }
});
