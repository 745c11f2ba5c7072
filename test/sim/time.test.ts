import fc from 'fast-check';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { goarches } from '../../sim/arch.ts';
import { chanrecv, makechan } from '../../sim/chan.ts';
import { newobject } from '../../sim/malloc.ts';
import { runtimeGC } from '../../sim/mgchost.ts';
import { readmemstats_m } from '../../sim/mstats.ts';
import { Gosched, runUntil } from '../../sim/proc.ts';
import { Gdead, Grunnable, type Runtime } from '../../sim/runtime2.ts';
import { addtimer, deltimer, modtimer, Timer } from '../../sim/time.ts';
import { timeSleep } from '../../sim/timesleep.ts';
import { waitReasonStrings } from '../../sim/waitreason.ts';
import { describeWithOracle } from '../oracle/describe-with-oracle.ts';
import { buildGo, goVersion } from '../oracle/go-toolchain.ts';
import { runProgram } from '../oracle/run-program.ts';
import { undisturbed } from '../oracle/undisturbed.ts';
import { goroutineWorld } from './goroutine-world.ts';

/** The slice of timers in a P's memory. */
function timersInMemory(rt: Runtime): number[] {
  const p = rt.allp[0]!;
  const { off } = rt.sched.structs.get('p');
  const array = rt.memory.readUintptr(p.addr + off['timers.array']!);
  const len = rt.memory.readUintptr(p.addr + off['timers.len']!);
  return Array.from({ length: len }, (_, i) => rt.memory.readUintptr(array + i * rt.arch.ptrSize));
}

/** `when` of each timer in memory; a node of the heap has four children. */
function checkHeap(rt: Runtime): void {
  const { off } = rt.sched.structs.get('timer');
  const timers = timersInMemory(rt);
  const whens = timers.map((t) => Number(rt.memory.readUint64(t + off.when!)));
  for (let i = 1; i < whens.length; i++) {
    expect(whens[(i - 1) >> 2]).toBeLessThanOrEqual(whens[i]!);
  }
  expect(timers).toEqual(rt.allp[0]!.timers?.timers.map((t) => t.addr) ?? []);
}

it('goroutines wake in the order of their times, and the clock goes with them', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 40 }), (delays) => {
      const world = goroutineWorld();
      const { rt } = world;
      const woken: number[] = [];
      for (const [i, ms] of delays.entries()) {
        world.go(`g${i}`, function* () {
          const start = rt.nanotime;
          yield* timeSleep(rt, ms * 1e6);
          expect(rt.nanotime - start).toBe(ms * 1e6);
          checkHeap(rt);
          woken.push(ms);
        });
      }
      world.run();
      expect(woken).toEqual(delays.toSorted((a, b) => a - b));
      expect(rt.nanotime).toBe(Math.max(...delays) * 1e6);
      expect(timersInMemory(rt)).toEqual([]);
    }),
    { numRuns: 60, seed: 20240206 },
  );
});

const program = (delays: readonly number[]) => `package main

import "time"

var (
	done = make(chan bool)
	sink int
)

// Without a call in its loop, nothing preempts it.
//
//go:noinline
func spin(n int) {
	x := 1
	for i := 0; i < n; i++ {
		x = x*3 + i
	}
	sink = x
}

func main() {
	n := 1 << 20
	for start := time.Now(); ; start = time.Now() {
		spin(n)
		if time.Since(start) > 60*time.Millisecond {
			break
		}
		n *= 2
	}
	begin := time.Now()
	delays := []time.Duration{${delays.join(', ')}}
	for i, d := range delays {
		go func() {
			time.Sleep(d * 5 * time.Millisecond)
			println(i)
			done <- true
		}()
	}
	// Busy while all of them fall due, so that one look at the timers finds them.
	time.Sleep(time.Millisecond)
	early := time.Since(begin) < 5*time.Millisecond
	spin(6 * n)
	if !early || time.Since(begin) < 60*time.Millisecond {
		println("disturbed")
		return
	}
	for range delays {
		<-done
	}
}
`;

describeWithOracle(goVersion, 'timers that fall due together', () => {
  const delays = [5, 3, 8, 1, 9, 2, 7, 4, 6, 10];
  let real: number[] = [];
  beforeAll(() => {
    const built = buildGo({ files: { 'main.go': program(delays) } });
    const env = { GOMAXPROCS: '1', GODEBUG: 'asyncpreemptoff=1' };
    // The program knows whether the machine's load upset its times, and is then run again.
    const run = () =>
      runProgram(built, { env, descriptors: 0, takingTurns: true }).stderr.toString().trim();
    let said = run();
    for (let attempt = 0; attempt < 50 && said === 'disturbed'; attempt++) said = run();
    real = said.split('\n').map(Number);
  });

  test('run as real Go’s do: the last that was made ready is next, the others in order', () => {
    const world = goroutineWorld();
    const { rt } = world;
    const woken: number[] = [];
    for (const [i, d] of delays.entries()) {
      world.go(`g${i}`, function* () {
        yield* timeSleep(rt, d);
        woken.push(i);
      });
    }
    world.go('busy', function* () {
      yield* Gosched(rt);
      rt.nanotime += 100;
    });
    world.run();
    expect(woken).toEqual(real);
  });
});

/** What is done to timers: set to a time from now, ms; stopped; or the program sleeps, ms. */
type TimerOp =
  | { readonly op: 'reset'; readonly t: number; readonly ms: number }
  | { readonly op: 'stop'; readonly t: number }
  | { readonly op: 'sleep'; readonly ms: number };

const timersOfProgram = 5;

// Sleeps end at multiples of 10 ms, timers are due between them: a real clock may be late.
const anyTimerOp: fc.Arbitrary<TimerOp> = fc.oneof(
  fc.record({
    op: fc.constant('reset' as const),
    t: fc.nat(timersOfProgram - 1),
    ms: fc.nat(6).map((n) => n * 10 + 5),
  }),
  fc.record({ op: fc.constant('stop' as const), t: fc.nat(timersOfProgram - 1) }),
  fc.record({ op: fc.constant('sleep' as const), ms: fc.constantFrom(10, 20, 30) }),
);

function goTimers(ops: readonly TimerOp[]): string {
  const lines = ops.map((each) => {
    if (each.op === 'reset') return `timers[${each.t}].Reset(${each.ms} * time.Millisecond)`;
    return each.op === 'stop' ? `timers[${each.t}].Stop()` : `sleep(${each.ms})`;
  });
  return `package main

import (
	"runtime"
	"time"
)

var (
	ms     runtime.MemStats
	timers [${timersOfProgram}]*time.Timer
)

func sleep(n time.Duration) {
	before := ms.Mallocs
	time.Sleep(n * time.Millisecond)
	runtime.ReadMemStats(&ms)
	println(ms.Mallocs - before)
}

func main() {
	for i := range timers {
		timers[i] = time.NewTimer(time.Hour)
	}
	time.Sleep(time.Millisecond)
	runtime.ReadMemStats(&ms)
	${lines.join('\n\t')}
}
`;
}

function mallocsOfTimers(ops: readonly TimerOp[]): number[] {
  const world = goroutineWorld();
  const { rt } = world;
  const mallocs = () => Number(readmemstats_m(rt).Mallocs);
  const told: number[] = [];
  let done = false;
  world.go('main', function* () {
    const { type } = rt.sched.structs.get('timer');
    const timers = Array.from({ length: timersOfProgram }, () => {
      const timer = new Timer(newobject(rt, type), () => {});
      addtimer(rt, rt.m.p!, timer, rt.nanotime + 3600e9);
      return timer;
    });
    yield* timeSleep(rt, 1e6);
    for (const each of ops) {
      if (each.op === 'stop') deltimer(timers[each.t]!);
      else if (each.op === 'reset') {
        modtimer(rt, rt.m.p!, timers[each.t]!, rt.nanotime + each.ms * 1e6);
      } else {
        const before = mallocs();
        yield* timeSleep(rt, each.ms * 1e6);
        told.push(mallocs() - before);
        checkHeap(rt);
      }
    }
    done = true;
  });
  runUntil(rt, () => done);
  return told;
}

describeWithOracle(goVersion, 'timers that are set again and stopped', () => {
  test('take what real Go’s take of the heap', () => {
    const ops = fc.sample(anyTimerOp, { numRuns: 250, seed: 20240206 });
    const built = buildGo({ files: { 'main.go': goTimers(ops) } });
    const ours = mallocsOfTimers(ops);
    expect(new Set(ours).size).toBeGreaterThan(2);
    undisturbed((options) => {
      const { stderr } = runProgram(built, { ...options, descriptors: 0 });
      expect(ours).toEqual(stderr.toString().trim().split('\n').map(Number));
    });
  });
});

describe('time.Sleep', () => {
  test.each([0, -5])('of %i ns does not wait', (ns) => {
    const world = goroutineWorld();
    const { rt } = world;
    const log: string[] = [];
    world.go('a', function* () {
      yield* timeSleep(rt, ns);
      log.push('a');
    });
    world.go('b', function* () {
      log.push('b');
      yield* Gosched(rt);
    });
    world.run();
    expect(log).toEqual(['a', 'b']);
    expect(rt.nanotime).toBe(0);
  });

  it('lets whoever can run go on in the meantime, and then jumps to the time', () => {
    const world = goroutineWorld();
    const { rt } = world;
    const log: string[] = [];
    const sleeper = world.go('sleeps', function* () {
      yield* timeSleep(rt, 1e9);
      log.push(`woke at ${rt.nanotime}`);
    });
    world.go('works', function* () {
      for (let i = 0; i < 3; i++) {
        yield* Gosched(rt);
        log.push(`${waitReasonStrings[sleeper.waitreason]} at ${rt.nanotime}`);
      }
    });
    world.run();
    expect(log).toEqual([...Array<string>(3).fill('sleep at 0'), 'woke at 1000000000']);
  });

  it.each(goarches)('%s: a goroutine has one timer for all its sleeps, until it ends', (goarch) => {
    const world = goroutineWorld({ goarch });
    const { rt } = world;
    const { off } = rt.sched.structs.get('g');
    const timers: number[] = [];
    const g = world.go('sleeps', function* () {
      for (let i = 0; i < 3; i++) {
        yield* timeSleep(rt, 10);
        timers.push(rt.memory.readUintptr(g.addr + off.timer!));
      }
    });
    world.run();
    expect(new Set(timers).size).toBe(1);
    expect(timers[0]).not.toBe(0);
    expect(rt.memory.readUintptr(g.addr + off.timer!)).toBe(0);
    expect(g.timer).toBe(0);
  });

  it.each(goarches)('%s: a sleeping goroutine’s timer lives through a collection', (goarch) => {
    const world = goroutineWorld({ goarch });
    const { rt } = world;
    const sleepers = Array.from({ length: 20 }, (_, i) =>
      world.go(`s${i}`, () => timeSleep(rt, 1e9 + i)),
    );
    let kept = 0;
    world.go('gc', function* () {
      yield* runtimeGC(rt);
      checkHeap(rt);
      for (const t of timersInMemory(rt)) {
        const span = rt.mheap.spanOfHeap(t)!;
        if (!span.isFree(span.objIndex(t))) kept++;
      }
    });
    world.run();
    expect(kept).toBe(20);
    expect(sleepers.every((g) => g.status === Gdead)).toBe(true);
  });
});

it('a sleeper keeps the program alive; without one a blocked program is deadlocked', () => {
  const world = goroutineWorld();
  const { rt } = world;
  const c = makechan(rt, rt.types.int, 0);
  world.go('blocked', function* () {
    yield* chanrecv(rt, c, 0);
  });
  const sleeper = world.go('sleeps', () => timeSleep(rt, 5));
  runUntil(rt, () => sleeper.status === Gdead);
  expect(rt.nanotime).toBe(5);
  expect(() => world.run()).toThrow('all goroutines are asleep - deadlock!');
});

it('timers that fall due while another runs are looked at before the next one', () => {
  const world = goroutineWorld();
  const { rt } = world;
  const log: string[] = [];
  world.go('sleeps', function* () {
    yield* timeSleep(rt, 5);
    log.push('woken');
  });
  world.go('works', function* () {
    rt.nanotime += 10;
    yield* Gosched(rt);
    log.push('works');
  });
  world.go('waits', function* () {
    log.push('waits');
    yield* Gosched(rt);
  });
  world.run();
  expect(log).toEqual(['woken', 'waits', 'works']);
  expect(rt.allgs.some((g) => g.status === Grunnable)).toBe(false);
});
