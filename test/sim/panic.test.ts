import fc from 'fast-check';
import { beforeAll, expect, it, test } from 'vitest';
import { readDump } from '../../dump/index.ts';
import { once } from '../../scenarios/twin/once.ts';
import { archOf, goarches } from '../../sim/arch.ts';
import { chansend, closechan, makechan } from '../../sim/chan.ts';
import { boundsError, divideError, memoryError } from '../../sim/error.ts';
import { panicdottypeE } from '../../sim/iface.ts';
import { mapassign } from '../../sim/map.ts';
import { readmemstats_m } from '../../sim/mstats.ts';
import { deferreturn, gorecover, openDefer, raise, runFrame } from '../../sim/panic.ts';
import type { Runtime } from '../../sim/runtime2.ts';
import { call, runtimeFuncSpecs } from '../../sim/runtimefuncs.ts';
import { elemAddr, makeslice, reslice } from '../../sim/slice.ts';
import { popFrame } from '../../sim/stack.ts';
import { goldens } from '../goldens/goldens.ts';
import { describeWithOracle } from '../oracle/describe-with-oracle.ts';
import { buildGo, goVersion } from '../oracle/go-toolchain.ts';
import { runProgram } from '../oracle/run-program.ts';
import { goroutineWorld } from './goroutine-world.ts';
import {
  type DeferKind,
  type Fn,
  fn,
  goSource,
  logOfGo,
  runOnModel,
  type Stmt,
} from './panic-programs.ts';

const kinds = ['open', 'stack', 'heap'] as const;
const defer = (f: Fn): Stmt => ({ do: 'defer', fn: f });
const callOf = (f: Fn): Stmt => ({ do: 'call', fn: f });
const panic = (value: string): Stmt => ({ do: 'panic', value });
const [recover, repanic, goexit, nil, divide, deferNil, grow] = (
  ['recover', 'repanic', 'goexit', 'nil', 'divide', 'deferNil', 'grow'] as const
).map((name): Stmt => ({ do: name })) as [Stmt, Stmt, Stmt, Stmt, Stmt, Stmt, Stmt];

/** Programs of each way to defer, by what they show. */
const named: Record<string, (kind: DeferKind) => Fn> = {
  'defers run last first': (k) => fn(k, ...['a', 'b', 'c'].map(() => defer(fn(k)))),
  'recover returns to the caller of the function that deferred': (k) =>
    fn(
      k,
      callOf(fn(k, defer(fn(k)), defer(fn(k, recover)), defer(fn(k)), panic('a'))),
      callOf(fn(k)),
    ),
  'recover one call too deep gets nil': (k) =>
    fn(k, defer(fn(k, callOf(fn(k, recover)))), panic('a')),
  'recover without a panic gets nil': (k) => fn(k, recover, defer(fn(k, recover))),
  'a panic in a deferred call supersedes the first': (k) =>
    fn(k, callOf(fn(k, defer(fn(k, recover)), defer(fn(k, panic('b'))), panic('a')))),
  'a nested panic recovered inside leaves the first': (k) =>
    fn(k, defer(fn(k, callOf(fn(k, defer(fn(k, recover)), panic('b'))), recover)), panic('a')),
  'a panic not recovered prints its chain': (k) =>
    fn(k, defer(fn(k, panic('c'))), defer(fn(k, panic('b'))), panic('a')),
  'a panic raised again is marked recovered': (k) => fn(k, defer(fn(k, repanic)), panic('a')),
  'Goexit runs all defers and cannot be recovered': (k) =>
    fn(k, defer(fn(k, recover)), callOf(fn(k, defer(fn(k, recover)), goexit))),
  'Goexit goes on after a panic recovered in one of its defers': (k) =>
    fn(k, defer(fn(k)), callOf(fn(k, defer(fn(k, recover)), defer(fn(k, panic('a'))), goexit))),
  'Goexit in a deferred call drops the panic': (k) =>
    fn(k, defer(fn(k, recover)), defer(fn(k, goexit)), panic('a')),
  'a panic during Goexit that nobody recovers': (k) => fn(k, defer(fn(k, panic('a'))), goexit),
  'deferring nil panics when it is its turn': (k) =>
    fn(k, defer(fn(k, recover)), deferNil, defer(fn(k))),
  'a nil pointer that nobody recovers': (k) => fn(k, defer(fn(k)), nil),
  'a division by zero': (k) => fn(k, defer(fn(k, recover)), callOf(fn(k, defer(fn(k)), divide))),
  'the stack moves under defers and panics': (k) =>
    fn(
      k,
      defer(fn(k, recover)),
      defer(fn(k, grow)),
      callOf(fn(k, defer(fn(k)), defer(fn(k, grow)), panic('a'))),
    ),
  'the stack moves while a recovered function goes on with its defers': (k) =>
    fn(k, callOf(fn(k, defer(fn(k)), defer(fn(k, grow)), defer(fn(k, recover)), panic('a')))),
};

const table = Object.entries(named).flatMap(([title, make]) =>
  kinds.map((kind) => ({ title: `${title} (${kind})`, program: make(kind) })),
);

/** Any program: functions of a few statements, nested four deep at most. */
const anyProgram = fc.letrec<{ fn: Fn; stmt: Stmt }>((tie) => ({
  fn: fc.record({
    kind: fc.constantFrom(...kinds),
    body: fc.array(tie('stmt'), { maxLength: 5, depthIdentifier: 'fn' }),
  }),
  stmt: fc.oneof(
    { depthIdentifier: 'fn', maxDepth: 4, depthSize: 'large' },
    fc.constantFrom<Stmt>(
      recover,
      recover,
      panic('x'),
      panic('y'),
      goexit,
      repanic,
      grow,
      divide,
      deferNil,
      nil,
    ),
    { weight: 3, arbitrary: tie('fn').map(defer) },
    tie('fn').map(callOf),
  ),
})).fn;

const random = fc.sample(anyProgram, { numRuns: 100, seed: 20240206 });

describeWithOracle(goVersion, 'defer, panic, recover and Goexit happen in real Go’s order', () => {
  const programs = [...table.map((t) => t.program), ...random];
  let program = '';
  beforeAll(() => {
    program = buildGo({ files: { 'main.go': goSource(programs) } });
  });
  const real = (number: number) =>
    logOfGo(runProgram(program, { args: [`${number}`], descriptors: 0 }).stderr.toString());

  test.each(table.map((t, number) => ({ ...t, number })))('$title', ({ program: p, number }) => {
    expect(runOnModel(p).log).toEqual(real(number));
  });

  test('100 programs at random', () => {
    random.forEach((p, i) => {
      const number = table.length + i;
      expect(runOnModel(p).log, `program ${number}: ${JSON.stringify(p)}`).toEqual(real(number));
    });
  });
});

/** Logs of the named programs, which real Go agrees with on amd64. */
const logs = once(() => table.map(({ program }) => runOnModel(program).log));

test.each(goarches)('%s: the same order, and no record is left behind', (goarch) => {
  for (const [i, { title, program }] of table.entries()) {
    const { log, world } = runOnModel(program, { goarch });
    expect(log, title).toEqual(logs()[i]);
    if (log.at(-1) !== 'done') continue;
    const { rt } = world;
    const { off } = rt.sched.structs.get('g');
    for (const gp of rt.allgs) {
      expect(gp.defer, title).toBe(null);
      expect(gp.panic, title).toBe(null);
      for (const field of ['_defer', '_panic', 'param']) {
        expect(rt.memory.readUintptr(gp.addr + off[field]!), `${title}: ${field}`).toBe(0);
      }
    }
  }
});

test('defer records are pooled: 32 on the P, half of a full pool goes to the others', () => {
  const records = (n: number) => fn('heap', ...Array.from({ length: n }, () => defer(fn('heap'))));
  const { rt } = runOnModel(fn('heap', callOf(records(8)), callOf(records(8)))).world;
  expect(rt.allp[0]!.deferpool.length).toBe(8);
  expect(rt.sched.deferpool).toBe(null);
});

/** Objects that one recovery makes, in a function with `pending` open-coded defers besides. */
function recoveryAllocates(pending: number): number {
  const { rt, ...world } = goroutineWorld();
  const { types } = rt;
  const locals = [
    { name: 'slots', type: types.arrayOf(8, types.unsafePointer) },
    { name: 'bits', type: types.uint8 },
  ];
  const outer = world.func('outer', locals);
  const closure = world.func('outer.func1');
  let made = 0;
  world.go('main', function* () {
    const f = call(rt, outer, rt.m.curg!.sched.pc);
    rt.m.curg!.sched.pc = outer.callSite(12);
    const off = (name: string) => -outer.layout!.slots.get(name)!.off;
    f.openDefers = { deferBitsOffset: off('bits'), slotsOffset: off('slots'), bodies: [] };
    rt.memory.writeUint8(f.varp - off('bits'), 0);
    for (let i = 0; i <= pending; i++) {
      openDefer(rt, f, i, rt.symtab.funcval(closure), function* () {
        const d = call(rt, closure);
        gorecover(rt, d);
        yield* deferreturn(rt, d);
        popFrame(rt, d);
      });
    }
    const before = Number(readmemstats_m(rt).Mallocs);
    yield* runFrame(rt, f, raise(rt, memoryError()));
    made = Number(readmemstats_m(rt).Mallocs) - before;
    popFrame(rt, f);
  });
  world.run();
  return made;
}

/** What the errors of the runtime say, in the order of the program below. */
const runtimeErrors: ((rt: Runtime) => Generator<void, unknown, void> | unknown)[] = [
  (rt) => raise(rt, boundsError('Index', 5, 3)),
  (rt) => raise(rt, boundsError('Index', -1, 3)),
  (rt) => elemAddr(makes(rt), 5, rt.types.int),
  (rt) => elemAddr(makes(rt), -1, rt.types.int),
  (rt) => reslice(makes(rt), 0, 9, rt.types.int),
  (rt) => reslice(makes(rt), 0, -1, rt.types.int),
  (rt) => reslice(makes(rt), 2, 1, rt.types.int),
  (rt) => reslice(makes(rt), -1, 1, rt.types.int),
  (rt) => reslice(makes(rt), 0, 1, rt.types.int, 9),
  (rt) => reslice(makes(rt), 0, 1, rt.types.int, -1),
  (rt) => reslice(makes(rt), 0, 3, rt.types.int, 2),
  (rt) => reslice(makes(rt), 0, -1, rt.types.int, 2),
  (rt) => reslice(makes(rt), 2, 1, rt.types.int, 3),
  (rt) => reslice(makes(rt), -1, 1, rt.types.int, 3),
  (rt) => makeslice(rt, rt.types.int, -1, -1),
  (rt) => makeslice(rt, rt.types.int, 1, -1),
  (rt) => makechan(rt, rt.types.int, -1),
  (rt) => mapassign(rt, rt.types.mapOf(rt.types.int, rt.types.int), 0, 0),
  (rt) => closechan(rt, 0),
  function* (rt) {
    const c = makechan(rt, rt.types.int, 0);
    closechan(rt, c);
    closechan(rt, c);
    yield;
  },
  function* (rt) {
    const c = makechan(rt, rt.types.int, 0);
    closechan(rt, c);
    yield* chansend(rt, c, 0);
  },
  (rt) => raise(rt, divideError()),
  (rt) => raise(rt, memoryError()),
  (rt) => panicdottypeE(rt.types.string, rt.types.int, rt.types.interfaceOf([])),
];

const makes = (rt: Runtime) => ({ array: makeslice(rt, rt.types.int, 3, 3), len: 3, cap: 3 });

const errorsProgram = `package main

import "runtime"

var (
	i5, im1, i9, i2, i1, i3 = 5, -1, 9, 2, 1, 3
	sink            any
	m               map[int]int
)

func message(f func()) {
	defer func() { println(recover().(error).Error()) }()
	f()
}

func closed() chan int { c := make(chan int); close(c); return c }

//go:noinline
func pending0() { defer func() { recover() }(); sink = *(*int)(nil) }

//go:noinline
func pending1() { defer func() {}(); defer func() { recover() }(); sink = *(*int)(nil) }

func mallocs(f func()) {
	var a, b runtime.MemStats
	runtime.ReadMemStats(&a)
	f()
	runtime.ReadMemStats(&b)
	println(b.Mallocs - a.Mallocs)
}

func main() {
	s := make([]int, 3)
	var a any = "text"
	message(func() { sink = s[i5] })
	message(func() { sink = s[im1] })
	message(func() { sink = s[i5] })
	message(func() { sink = s[im1] })
	message(func() { sink = s[:i9] })
	message(func() { sink = s[:im1] })
	message(func() { sink = s[i2:i1] })
	message(func() { sink = s[im1:i1] })
	message(func() { sink = s[:i1:i9] })
	message(func() { sink = s[:i1:im1] })
	message(func() { sink = s[:i3:i2] })
	message(func() { sink = s[:im1:i2] })
	message(func() { sink = s[i2:i1:i3] })
	message(func() { sink = s[im1:i1:i3] })
	message(func() { sink = make([]int, im1) })
	message(func() { sink = make([]int, i1, im1) })
	message(func() { sink = make(chan int, im1) })
	message(func() { m[1] = 1 })
	message(func() { close((chan int)(nil)) })
	message(func() { close(closed()) })
	message(func() { closed() <- 1 })
	message(func() { sink = i1 / (i1 - 1) })
	message(func() { sink = *(*int)(nil) })
	message(func() { sink = a.(int) })
	mallocs(pending0)
	mallocs(pending1)
}
`;

describeWithOracle(goVersion, 'runtime errors and recoveries', () => {
  let real: string[] = [];
  beforeAll(() => {
    const program = buildGo({ files: { 'main.go': errorsProgram } });
    real = runProgram(program, { descriptors: 0 }).stderr.toString().trimEnd().split('\n');
  });

  test('runtime errors say what real Go’s say', () => {
    const said = runtimeErrors.map((act) => {
      const world = goroutineWorld();
      const { rt } = world;
      world.go('main', function* () {
        yield* runFrame(
          rt,
          rt.m.curg!.frame!,
          (function* () {
            const result = act(rt);
            if (result instanceof Object && 'next' in result) {
              yield* result as Generator<void, void, void>;
            }
          })(),
        );
      });
      try {
        world.run();
      } catch (error) {
        return (error as Error).message.trimEnd().replace('panic: ', '');
      }
      return 'no panic';
    });
    expect(said).toEqual(real.slice(0, -2));
  });

  test('a recovery allocates if open-coded defers are still to run', () => {
    expect([recoveryAllocates(0), recoveryAllocates(1)]).toEqual(real.slice(-2).map(Number));
  });
});

it.each(goarches)(
  '%s: a panic’s record lies where real Go’s lies, in gopanic’s frame',
  (goarch) => {
    const arch = archOf(goarch);
    const gopanic = runtimeFuncSpecs(goarch).find((s) => s.name === 'runtime.gopanic')!;
    const { off } = gopanic.objects.find((o) => o.size === arch.sizes.panic)!;
    const returnAddress = arch.usesLR ? 0 : arch.ptrSize;
    const real: number[] = [];
    const places: number[] = [];
    for (const { dump } of goldens((e) => e.goarch === goarch && e.program === 'deep-stacks')) {
      for (const r of readDump(dump)) {
        if (r.kind === 'panic') real.push(Number(r.address));
        if (r.kind !== 'stackFrame' || r.name !== 'runtime.gopanic') continue;
        const fp = Number(r.sp) + r.contents.length;
        const varp = fp - returnAddress - (arch.framePointerEnabled ? arch.ptrSize : 0);
        places.push(varp + off);
      }
    }
    expect(real.length).toBe(2);
    expect(real).toEqual(places);
  },
);
