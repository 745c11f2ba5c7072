import { describe, expect, test } from 'vitest';
import {
  array,
  type Blocking,
  chan,
  type Func,
  func,
  type Go,
  globals,
  int,
  Mutex,
  nil,
  ptr,
  string,
  struct,
  unsafePointer,
  WaitGroup,
} from '../../../scenarios/index.ts';
import { proc, run, runMain } from './run.ts';

const Node = struct('main.Node', { n: int });

describe('calls', () => {
  test('give what the body returns and remove the frame', () => {
    const double = func('main.double', { params: { n: int } }, (_go, f) => f.n * 2);
    runMain((go) => {
      const sp = go.runtime.readMemStats().StackInuse;
      expect(go.call(double, { n: 21 })).toBe(42);
      expect(go.runtime.readMemStats().StackInuse).toBe(sp);
    });
  });

  test('recurse, growing the stack by copying, with variables and pointers to them intact', () => {
    const sum = func(
      'main.sum',
      { params: { n: int }, locals: { p: ptr(Node) } },
      (go, f): number => {
        if (f.n === 0) return 0;
        f.p = go.new(Node, { n: f.n });
        const rest = go.call(sum, { n: f.n - 1 });
        return rest + go.at(Node, f.p).n;
      },
    );
    const { world } = runMain((go) => {
      expect(go.call(sum, { n: 500 })).toBe((500 * 501) / 2);
    });
    const main = world.allgs.find((gp) => gp.goid === 1)!;
    expect(main.stack.hi - main.stack.lo).toBeGreaterThanOrEqual(32768);
  });

  test('without an argument are refused by name', () => {
    const f = func('main.f', { params: { n: int } }, () => undefined);
    expect(() => runMain((go) => go.call(f, {} as never))).toThrow(
      'main.f is called without its argument n',
    );
  });

  test('deeper than JavaScript can follow end with what to do', () => {
    const endless: Func = proc('endless', (go) => go.call(endless));
    expect(() => runMain((go) => go.call(endless))).toThrow(
      'the script recurses deeper than the stack of the JavaScript that runs it',
    );
  });
});

describe('defer, panic and recover', () => {
  const say = (log: string[]) =>
    func('main.say', { params: { n: int } }, (_go, f) => void log.push(`say ${f.n}`));

  test.each([
    ['in the heap', {}],
    ['open-coded', { openDefers: 8 }],
    ['in the frame', { stackDefers: 8 }],
  ])('deferred calls run last to first, %s', (_where, shape) => {
    const log: string[] = [];
    const one = say(log);
    const f = func('main.f', shape, (go) => {
      for (let n = 0; n < 8; n++) go.defer(one, { n });
      log.push('body');
    });
    runMain((go) => go.call(f));
    expect(log).toEqual(['body', ...[7, 6, 5, 4, 3, 2, 1, 0].map((n) => `say ${n}`)]);
  });

  test('more open-coded defers than declared are refused', () => {
    const done = proc('done', () => undefined);
    const f = func('main.f', { openDefers: 1 }, (go) => {
      go.defer(done);
      go.defer(done);
    });
    expect(() => runMain((go) => go.call(f))).toThrow('main.f declares 1 open-coded defers');
  });

  test('an open-coded defer leaves no record, one in a loop does', () => {
    const done = proc('done', () => undefined);
    const dump = (openDefers: number) => {
      const f = func('main.f', { openDefers }, (go) => {
        go.defer(done);
        go.writeHeapDump();
      });
      const { dumps } = runMain((go) => go.call(f));
      return dumps[0]!.filter((r) => r.kind === 'defer').length;
    };
    expect([dump(0), dump(1)]).toEqual([1, 0]);
  });

  test.each([
    ['open-coded', { openDefers: 2 }, 0],
    ['with a record in the frame', { stackDefers: 2 }, 2],
  ])(
    'deferred calls %s take nothing of the heap, and move with the stack',
    (_how, shape, records) => {
      const got: number[] = [];
      const use = func('main.use', { params: { p: ptr(int), n: int } }, (go, f) => {
        got.push(go.load(int, f.p) + f.n);
      });
      const deep = func(
        'main.deep',
        { params: { n: int }, locals: { pad: array(100, int) } },
        (go, f) => {
          if (f.n > 0) go.call(deep, { n: f.n - 1 });
        },
      );
      let mallocs = 0n;
      const f = func(
        'main.f',
        { ...shape, locals: { p: ptr(int) } },
        function* (go, frame): Blocking {
          for (const n of [10, 20]) {
            frame.p = go.new(int, n);
            const before = go.runtime.readMemStats().Mallocs;
            go.defer(use, { p: frame.p, n });
            mallocs += BigInt(go.runtime.readMemStats().Mallocs) - BigInt(before);
            frame.p = nil;
          }
          go.call(deep, { n: 20 });
          for (let i = 0; i < 20; i++) go.new(array(20, int));
          yield* go.runtime.GC();
          go.writeHeapDump();
        },
      );
      const { dumps } = runMain(function* (go) {
        yield* go.call(f);
      });
      expect(got).toEqual([40, 20]);
      expect(mallocs).toBe(0n);
      expect(dumps[0]!.filter((r) => r.kind === 'defer').length).toBe(records);
    },
  );

  test('more words of arguments than there is room for are refused', () => {
    const many = func('main.many', { params: { a: string, b: string } }, () => undefined);
    const f = func('main.f', { openDefers: 1 }, (go) => {
      go.defer(many, { a: go.str('a'), b: go.str('b') });
    });
    expect(() => runMain((go) => go.call(f))).toThrow('closureWords: 5');
  });

  test('panic(nil) is recovered as a *runtime.PanicNilError', () => {
    let tab = 0;
    const rescue = proc('rescue', (go) => {
      tab = go.recover()?.tab ?? 0;
    });
    const outer = proc('outer', (go) => {
      go.defer(rescue);
      go.panic({ tab: nil, data: nil });
    });
    let after = false;
    const { world } = runMain((go) => {
      go.call(outer);
      after = true;
    });
    expect(world.types.at(tab)?.string).toBe('*runtime.PanicNilError');
    expect(after).toBe(true);
  });

  test.each([
    ['a nil pointer', ['gopanic', 'sigpanic'], (go: Go) => go.load(int, nil)],
    ['an index', ['gopanic', 'goPanicIndex'], (go: Go) => go.get(int, go.makeSlice(int, 3), 3)],
  ] as const)('%s shows the function of the runtime that panics', (_what, above, fails) => {
    const rescue = proc('rescue', (go) => {
      go.writeHeapDump();
      go.recover();
    });
    const outer = proc('outer', (go) => {
      go.defer(rescue);
      fails(go);
    });
    const { dumps } = runMain((go) => go.call(outer));
    const names = dumps[0]!.flatMap((r) => (r.kind === 'stackFrame' ? [String(r.name)] : []));
    const at = names.indexOf('main.rescue');
    expect(names.slice(at + 1, at + 4)).toEqual([
      ...above.map((name) => `runtime.${name}`),
      'main.outer',
    ]);
  });

  test('a recovered panic returns from the function that deferred', () => {
    const log: string[] = [];
    const rescue = proc('rescue', (go) => {
      const v = go.recover();
      log.push(v === null ? 'nothing' : 'recovered');
    });
    const inner = proc('inner', (go) => {
      log.push('inner');
      go.panic('boom');
    });
    const outer = proc('outer', (go) => {
      go.defer(rescue);
      go.call(inner);
      log.push('never');
    });
    runMain((go) => {
      go.call(outer);
      log.push('after');
    });
    expect(log).toEqual(['inner', 'recovered', 'after']);
  });

  test('recover works through a call with arguments, and not deeper', () => {
    const log: (boolean | string)[] = [];
    const helper = proc('helper', (go) => void log.push(go.recover() === null));
    const rescue = func('main.rescue', { params: { n: int } }, (go) => {
      go.call(helper);
      log.push(go.recover() !== null);
    });
    const outer = proc('outer', (go) => {
      go.defer(rescue, { n: 1 });
      go.panic('boom');
    });
    runMain((go) => go.call(outer));
    expect(log).toEqual([true, true]);
  });

  test('a panic that nobody recovers ends the program with its text', () => {
    expect(() => runMain((go) => go.panic('out of cheese'))).toThrow(/panic: .*out of cheese/);
  });

  test('a panic in progress is in the dump', () => {
    const f = proc('dumping', (go) => {
      go.writeHeapDump();
      go.recover();
    });
    const g = proc('g', (go) => {
      go.defer(f);
      go.panic('boom');
    });
    const { dumps } = runMain((go) => go.call(g));
    expect(dumps[0]!.filter((r) => r.kind === 'panic').length).toBe(1);
  });
});

describe('goroutines', () => {
  const Ints = chan(int);

  test('hand values over in order through a channel', () => {
    const got: number[] = [];
    const vars = globals({ c: Ints, done: Ints });
    const worker = func('main.worker', { params: { n: int } }, function* (go, f) {
      for (let i = 0; i < f.n; i++) yield* go.send(Ints, go.globals(vars).c, i);
      go.close(go.globals(vars).c);
    });
    runMain(
      function* (go: Go) {
        const g = go.globals(vars);
        g.c = go.makeChan(Ints);
        go.go(worker, { n: 5 });
        for (;;) {
          const { value, ok } = yield* go.recvOk(Ints, g.c);
          if (!ok) break;
          got.push(value);
        }
      },
      { globals: vars },
    );
    expect(got).toEqual([0, 1, 2, 3, 4]);
  });

  test('select takes what is ready, and the default otherwise', () => {
    const taken: [number, unknown, boolean][] = [];
    runMain(function* (go: Go) {
      const a = go.makeChan(Ints, 1);
      const b = go.makeChan(Ints, 1);
      const cases = [
        { recv: Ints, c: a },
        { send: Ints, c: b, value: 7 },
      ] as const;
      const first = yield* go.select(cases);
      taken.push([first.index, first.value, first.ok]);
      const second = yield* go.select(cases, { hasDefault: true });
      taken.push([second.index, second.value, second.ok]);
      yield* go.send(Ints, a, 3);
      const third = yield* go.select(cases);
      taken.push([third.index, third.value, third.ok]);
    });
    expect(taken).toEqual([
      [1, undefined, false],
      [-1, undefined, false],
      [0, 3, true],
    ]);
  });

  test('a value on its way is kept alive by the sender’s frame', () => {
    const Nodes = chan(ptr(Node));
    const vars = globals({ c: Nodes });
    const sender = proc('sender', function* (go: Go) {
      yield* go.send(Nodes, go.globals(vars).c, go.new(Node, { n: 77 }));
    });
    let n = 0;
    runMain(
      function* (go: Go) {
        const g = go.globals(vars);
        g.c = go.makeChan(Nodes);
        go.go(sender);
        yield* go.runtime.Gosched();
        yield* go.runtime.GC();
        for (let i = 0; i < 2000; i++) go.new(Node, { n: i });
        n = go.at(Node, yield* go.recv(Nodes, g.c)).n;
      },
      { globals: vars },
    );
    expect(n).toBe(77);
  });

  test('mutexes and wait groups order them', () => {
    const log: string[] = [];
    const state = globals({ mutex: ptr(Mutex), wg: ptr(WaitGroup) });
    const worker = func('main.worker', { params: { n: int } }, function* (go, f) {
      const { mutex, wg } = go.globals(state);
      yield* go.sync.lock(mutex);
      log.push(`in ${f.n}`);
      yield* go.runtime.Gosched();
      log.push(`out ${f.n}`);
      yield* go.sync.unlock(mutex);
      yield* go.sync.add(wg, -1);
    });
    runMain(
      function* (go: Go) {
        const g = go.globals(state);
        g.mutex = go.new(Mutex);
        g.wg = go.new(WaitGroup);
        yield* go.sync.add(g.wg, 3);
        for (let n = 0; n < 3; n++) go.go(worker, { n });
        yield* go.sync.waitFor(g.wg);
        log.push('done');
      },
      { globals: state },
    );
    expect(log.at(-1)).toBe('done');
    for (let i = 0; i < 6; i += 2) expect(log[i + 1]).toBe(log[i]!.replace('in', 'out'));
  });

  test('a deadlock is told in Go’s words', () => {
    expect(() =>
      runMain(function* (go: Go) {
        yield* go.recv(Ints, nil);
      }),
    ).toThrow('all goroutines are asleep - deadlock!');
  });

  test('a plain function that would block is told what to do', () => {
    const f = proc('f', function* (go: Go) {
      yield* go.runtime.Gosched();
    });
    const rescue = proc('g', (go) => {
      go.defer(f);
    });
    expect(() => runMain((go) => go.call(rescue))).toThrow(/make the callers generators/);
  });
});

describe('finalizers', () => {
  test('run once the object is garbage, with the object', () => {
    const seen: number[] = [];
    const fin = func('main.fin', { params: { p: ptr(Node) } }, (go, f) => {
      seen.push(go.at(Node, f.p).n);
    });
    runMain(function* (go: Go) {
      for (let n = 0; n < 3; n++) go.runtime.setFinalizer(Node, go.new(Node, { n }), fin);
      yield* go.runtime.GC();
      yield* go.time.sleep(1e6);
      yield* go.runtime.GC();
      yield* go.time.sleep(1e6);
    });
    expect(seen.sort()).toEqual([0, 1, 2]);
  });
});

describe('limits', () => {
  test('on operations', () => {
    expect(() =>
      runMain(
        (go) => {
          for (;;) go.new(Node);
        },
        { maxSteps: 1000 },
      ),
    ).toThrow('the script did more than 1,000 operations (--max-steps)');
  });

  test('on the simulated heap', () => {
    const List = struct('main.List', { next: unsafePointer, pad: array(1000, int) });
    const keep = globals({ head: unsafePointer });
    expect(() =>
      runMain(
        (go) => {
          for (;;) {
            const p = go.new(List, { next: go.globals(keep).head });
            go.globals(keep).head = p;
          }
        },
        { globals: keep, maxHeapBytes: 64 << 20 },
      ),
    ).toThrow('the simulated heap needs more than its limit of 64 MiB (--max-heap)');
  });
});

describe('the trace', () => {
  test('tells each operation with its goroutine, and stores', () => {
    const vars = globals({ head: ptr(Node) });
    const { trace } = runMain(
      (go) => {
        go.globals(vars).head = go.new(Node, { n: 5 });
        go.writeHeapDump('one');
      },
      { globals: vars },
    );
    expect(trace.map(({ op }) => op)).toEqual(['new', 'store', 'store', 'WriteHeapDump', 'done']);
    expect(trace[0]).toMatchObject({ op: 'new', g: 1, type: { string: 'main.Node' } });
    expect(trace[2]!.value).toBe(trace[0]!.addr);
  });

  test('costs nothing of the result: a run with it gives the same dump', () => {
    const program = { boot: 'bare' } as const;
    const main = (go: Go) => {
      go.new(Node, { n: 1 });
      go.writeHeapDump();
    };
    expect(runMain(main, program).dumps).toEqual(runMain(main, program).dumps);
  });
});

test('a scenario is a value: two runs of one do not meet', async () => {
  const { default: program } = await import('../../../scenarios/library/linked-list.ts');
  const objects = () =>
    run(program, { params: { n: 100 } }).dumps[0]!.filter((r) => r.kind === 'object');
  expect(objects()).toEqual(objects());
});
