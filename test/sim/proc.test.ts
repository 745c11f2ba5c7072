import fc from 'fast-check';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { goarches } from '../../sim/arch.ts';
import { chanrecv, makechan } from '../../sim/chan.ts';
import { runtimeGC } from '../../sim/mgchost.ts';
import {
  Gosched,
  goyield,
  isSystemGoroutine,
  newproc,
  newproc1,
  ready,
  runqput,
  runUntil,
} from '../../sim/proc.ts';
import { Gdead, Grunnable, Gwaiting } from '../../sim/runtime2.ts';
import { fixedStack } from '../../sim/stack.ts';
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

const random = fc.sample(anyProgram, { numRuns: 150, seed: 20240206 });

describeWithOracle(goVersion, 'goroutines run in real Go’s order', () => {
  const programs = [...Object.values(named), ...random];
  let program = '';
  let schedtick = -1;
  const runGo = (number: number) =>
    logOfGo(runProgram(program, { args: [`${number}`], descriptors: 0 }).stderr.toString());

  /** A run that the machine's load makes sysmon disturb goes otherwise: then what most of five do. */
  const real = (number: number, expected: readonly string[]): string[] => {
    const first = runGo(number);
    if (first.join() === expected.join()) return first;
    const logs = [first, ...Array.from({ length: 4 }, () => runGo(number))];
    const votes = logs.map((log) => logs.filter((other) => other.join() === log.join()).length);
    return logs[votes.indexOf(Math.max(...votes))]!;
  };

  beforeAll(() => {
    program = buildGo({ files: goSource(programs) });
    // How many time slices a program has had when main begins shows in its first 61st one.
    const log = runGo(0).join();
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

  test('150 programs at random', () => {
    random.forEach((ops, i) => {
      const number = programs.length - random.length + i;
      const log = runOnModel(ops, schedtick);
      expect(log, `program ${number}: ${JSON.stringify(ops)}`).toEqual(real(number, log));
    });
  });
});
