import { describe, expect, test } from 'vitest';
import {
  any,
  array,
  func,
  type Go,
  globals,
  int,
  ptr,
  scenario,
  struct,
  uint8,
} from '../../../scenarios/index.ts';
import { compareDumps, type RealDump } from '../../../scenarios/twin/compare.ts';
import { twinProgram } from '../../../scenarios/twin/program.ts';
import { type Recording, recordTwin } from '../../../scenarios/twin/record.ts';

const Item = struct('main.Item', { n: int, next: ptr(uint8) });
const vars = globals({ kept: ptr(Item), block: ptr(array(9, int)) });
const close = func('main.close', { params: { item: ptr(Item) } }, (go, f) => {
  go.at(Item, f.item).n = 9;
});
const drop = func('main.drop', {}, (go) => go.runtime.setFinalizer(Item, go.new(Item), close));
const clobber = func('main.clobber', {}, (go) => {
  for (let i = 0; i < 20; i++) go.new(int);
});

type Main = (go: Go) => unknown;
const recorded = (main: Main): Recording =>
  recordTwin(scenario({ question: 'What is said?', globals: vars, main }));
const sourceOf = (main: Main): string => twinProgram('test', recorded(main))['main.go']!;

describe('a call of package runtime or runtime/debug', () => {
  test.each<[what: string, main: Main, lines: string[]]>([
    [
      'finalizers are functions of the parameter’s type, and their calls are done one by one',
      function* (go) {
        go.call(drop);
        go.call(clobber);
        yield* go.runtime.GC();
        go.writeHeapDump();
      },
      [
        'runtime.SetFinalizer((*Item)(p(0, 0)), finalizes0)',
        'func finalizes0(object *Item) {',
        '\tcase 0:\n\t\tfinalizer0()\n',
        'func finalizer0() {\n\t(*Item)(p(0, 0)).n = 9\n}',
      ],
    ],
    [
      'a finalizer is taken away',
      (go) => {
        const p = go.new(Item);
        go.runtime.setFinalizer(Item, p, null);
      },
      ['runtime.SetFinalizer((*Item)(p(0, 0)), nil)'],
    ],
    [
      'what the program is told is kept, and written when main ends',
      (go) => {
        go.runtime.readMemStats();
        go.runtime.numGoroutine();
        go.debug.setGCPercent(-1);
        go.debug.setMemoryLimit(1e6);
      },
      [
        'say(uint64(memStats.HeapAlloc))',
        'say(uint64(runtime.NumGoroutine()))',
        'say(uint64(debug.SetGCPercent(-1)))',
        'say(uint64(debug.SetMemoryLimit(1000000)))',
        'var said [25]uint64',
        '\ttell()\n}',
      ],
    ],
    [
      'a place that the memory profile tells is a function',
      (go) => {
        go.runtime.setMemProfileRate(1);
        for (let i = 0; i < 2; i++) go.new(Item);
        go.runtime.setMemProfileRate(0);
        go.new(Item);
      },
      [
        'runtime.MemProfileRate = 1',
        '\tsite0(func() {\n\tmade(1, unsafe.Pointer(new(Item)))\n\t})',
        '\truntime.MemProfileRate = 0\n\tmade(2, unsafe.Pointer(new(Item)))',
      ],
    ],
    [
      'memory is given back',
      function* (go) {
        yield* go.debug.freeOSMemory();
      },
      ['freeOSMemory()'],
    ],
  ])('%s', (_what, main, lines) => {
    const source = sourceOf(main);
    for (const line of lines) expect(source).toContain(line);
  });

  test.each<[what: string, main: Main]>([
    ['a memory profile that samples at random', (go) => go.runtime.setMemProfileRate(512)],
    [
      'a collection that begins by itself: when is decided by chance',
      (go) => {
        go.debug.setGCPercent(50);
        for (let i = 0; i < 100; i++) go.new(array(100_000, uint8));
      },
    ],
    [
      'MemProfile',
      (go) => {
        go.runtime.memProfile(true);
      },
    ],
  ])('is refused: no twin of %s', (what, main) => {
    expect(() => sourceOf(main)).toThrow(`no twin of ${what}`);
  });
});

describe('the comparison', () => {
  const run = (n: number): Recording =>
    recorded((go) => {
      const g = go.globals(vars);
      go.runtime.setMemProfileRate(1);
      g.kept = go.new(Item, { n });
      for (let i = 0; i < n; i++) go.new(Item);
      g.block = go.new(array(9, int));
      go.runtime.numGoroutine();
      go.toInterface(any, int, 1000);
      go.writeHeapDump();
    });
  const real = ({ dumps: [dump] }: Recording): RealDump => ({
    bytes: dump!.bytes,
    said: dump!.said.map(({ value }) => value),
  });
  const one = run(5);

  test('finds a program that is told something else', () => {
    const said = { ...real(one), said: ['7'] };
    const { agreement, differences } = compareDumps(one.dumps[0]!, said, one);
    expect(agreement.values).toEqual({ compared: 1, agreeing: 0 });
    expect(differences).toContain(
      'values: real Go: 0: NumGoroutine: 7; in the model: 0: NumGoroutine: 1',
    );
  });

  test('finds a byte that differs in an object of the scenario', () => {
    const other = recorded((go) => {
      go.runtime.setMemProfileRate(1);
      go.globals(vars).kept = go.new(Item, { n: 6 });
      go.writeHeapDump();
    });
    const { agreement, differences } = compareDumps(one.dumps[0]!, real(other), one);
    expect(agreement.contents.compared - agreement.contents.agreeing).toBe(8);
    const [told] = differences.filter((line) => line.startsWith('contents: '));
    expect(told).toMatch(/^contents: 0x[0-9a-f]+: real Go: at 0 0x6, in the model 0x5$/);
  });

  test('finds objects that the profile misses', () => {
    // The model's own stacks have no site functions: all its samples are the runtime's.
    const { agreement } = compareDumps(one.dumps[0]!, real(one), one);
    expect(agreement.samples.compared).toBe(8);
    expect(agreement.samples.agreeing).toBe(0);
    expect(agreement.profile.agreeing).toBeLessThan(agreement.profile.compared);
  });
});
