import { describe, expect, test } from 'vitest';
import {
  array,
  type Blocking,
  chan,
  func,
  type Go,
  globals,
  int,
  map,
  type Ptr,
  ptr,
  scenario,
  slice,
  string,
  struct,
  uint8,
} from '../../../scenarios/index.ts';
import { twinProgram } from '../../../scenarios/twin/program.ts';
import { recordTwin } from '../../../scenarios/twin/record.ts';
import { libraryScenario } from '../run-library.ts';

const Item = struct('main.Item', { name: string, tags: slice(uint8), type: int });
const vars = globals({ item: ptr(Item), items: slice(ptr(Item)), counts: map(string, int) });

const Three = array(3, int);

type Main = (go: Go, frame: { kept: Ptr<readonly number[]> }) => unknown;

function sourceOf(main: Main): string {
  const program = scenario({
    question: 'What does the twin say?',
    globals: vars,
    locals: { kept: ptr(Three) },
    *main(go, _params, frame) {
      const done = main(go, frame);
      if (typeof done === 'object' && done !== null && 'next' in done) yield* done as Blocking;
    },
  });
  return twinProgram('mine', recordTwin(program))['main.go']!;
}

describe('a small twin', () => {
  test.each<[what: string, main: Main, lines: string[]]>([
    [
      'new, a field that Go has a keyword for, and a global',
      (go) => {
        const v = go.globals(vars);
        v.item = go.new(Item, { type: 7 });
      },
      [
        'type Item struct {',
        '\ttype_ int',
        '(*Item)(p(0, 0)).type_ = 7',
        'item = (*Item)(p(0, 0))',
      ],
    ],
    [
      'slices, an element, and append into a new array',
      (go) => {
        const v = go.globals(vars);
        v.items = go.makeSlice(ptr(Item), 1);
        go.set(ptr(Item), v.items, 0, go.new(Item));
        v.items = go.append(ptr(Item), v.items, go.get(ptr(Item), v.items, 0));
      },
      [
        'made(0, unsafe.Pointer(unsafe.SliceData(make([]*Item, 1, 1))))',
        '*(**Item)(p(0, 0)) = (*Item)(p(1, 0))',
        'append(slice[*Item](p(0, 0), 1, 1), make([]*Item, 1)...)',
      ],
    ],
    [
      'a string, a map with the seed of the scenario, and its keys',
      (go) => {
        const v = go.globals(vars);
        v.counts = go.makeMap(map(string, int));
        go.mapSet(map(string, int), v.counts, go.concat(go.str('a"'), go.str('b')), 3);
      },
      [
        'newString("a\\x22b")',
        'setSeed(p(0, 0), 0x',
        'elem = mapassign_faststr(&map0,',
        '*(*int)(elem) = 3',
      ],
    ],
    [
      'a dump and a collection, with what only the stack holds',
      function* (go, frame) {
        frame.kept = go.new(Three);
        go.writeHeapDump();
        yield* go.runtime.GC();
      },
      ['debug.WriteHeapDump(3)', 'roots[0] = p(0, 0)', 'collect()'],
    ],
  ])('says %s', (_what, main, lines) => {
    const source = sourceOf(main);
    for (const line of lines) expect(source).toContain(line);
  });

  test('is the same for the same scenario', () => {
    const main = (go: Go) => void go.new(Item);
    expect(sourceOf(main)).toBe(sourceOf(main));
  });
});

test('a large twin reads its operations from a table', async () => {
  const list = await libraryScenario('linked-list');
  const source = twinProgram('linked-list', recordTwin(list))['main.go']!;
  expect(source).toContain('var table = [...]int32{');
  expect(source).not.toContain('made(0,');
});

describe('goroutines', () => {
  const Ints = chan(int);
  const work = func('main.work', { params: { item: ptr(Item), c: Ints } }, function* (go, f) {
    yield* go.recv(Ints, f.c);
    yield* go.send(Ints, f.c, 7);
  });
  const note = func('main.note', { params: { item: ptr(Item) } }, (go) => {
    go.recover();
  });
  const fail = func('main.fail', { params: { item: ptr(Item) }, openDefers: 1 }, (go, f) => {
    go.defer(note, { item: f.item });
    go.panic('no');
  });
  const loop = func('main.loop', {}, (go) => {
    for (let i = 0; i < 2; i++) go.defer(fail, { item: go.new(Item) });
  });
  const inner = func('main.inner', {}, (go) => void go.new(Item));

  test.each<[what: string, main: Main, lines: string[]]>([
    [
      'a goroutine is a function, started through the closure that the scenario allocates',
      function* (go) {
        const c = go.makeChan(Ints, 1);
        go.go(work, { item: go.new(Item), c });
        yield* go.send(Ints, c, 3);
        yield* go.runtime.Gosched();
      },
      [
        '*(*uintptr)(p(2, 0)) = code(goroutine6)',
        'go closure(2)()',
        'pointer[chan int](p(0, 0)) <- 3',
        'runtime.Gosched()',
        'func goroutine6() {',
        'receive[int](p(0, 0))',
        'pointer[chan int](p(0, 0)) <- 7',
      ],
    ],
    [
      'a call that defers is a function, and so is what it defers; recover stands in that itself',
      (go) => go.call(fail, { item: go.new(Item) }),
      ['func call', 'defer deferred', 'panic("panic")', 'func deferred', '\trecover()\n'],
    ],
    [
      'deferred calls with records in the heap stand in loops',
      (go) => go.call(loop),
      ['for range 1 {\n\t\tdefer closure(1)()\n\t}'],
    ],
    [
      'locks lie where the scenario has them',
      function* (go) {
        const mu = go.new(go.sync.Mutex);
        yield* go.sync.lock(mu);
        yield* go.sync.unlock(mu);
        yield* go.sync.add(go.new(go.sync.WaitGroup), 1);
        yield* go.runtime.Gosched();
        yield* go.time.sleep(5);
      },
      [
        '(*sync.Mutex)(p(0, 0)).Lock()',
        '(*sync.Mutex)(p(0, 0)).Unlock()',
        '(*sync.WaitGroup)(p(1, 0)).Add(1)',
        'time.Sleep(5)',
        'go build -trimpath -o prog',
      ],
    ],
    [
      'where sleeps follow each other the clock stands still',
      function* (go) {
        yield* go.runtime.Gosched();
        for (let i = 0; i < 2; i++) yield* go.time.sleep(5);
      },
      ['go build -trimpath -tags faketime -o prog'],
    ],
    [
      'and where another goroutine can run, as the finalizers’ can when main begins',
      function* (go) {
        yield* go.time.sleep(5);
      },
      ['go build -trimpath -tags faketime -o prog'],
    ],
    [
      'a select that finds a channel ready is what it chose',
      function* (go) {
        const c = go.makeChan(Ints, 1);
        yield* go.select([
          { recv: Ints, c },
          { send: Ints, c, value: 9 },
        ]);
      },
      ['pointer[chan int](p(0, 0)) <- 9'],
    ],
  ])('%s', (_what, main, lines) => {
    const source = sourceOf(main);
    for (const line of lines) expect(source).toContain(line);
  });

  test('a select that waits is one, and calls that do not defer have no function', () => {
    const source = sourceOf(function* (go) {
      const c = go.makeChan(Ints);
      go.call(inner);
      go.go(work, { item: go.new(Item), c });
      yield* go.select([
        { recv: Ints, c },
        { send: Ints, c, value: 9 },
      ]);
    });
    expect(source).toMatch(/select \{\n\tcase pointer\[chan int\]\(p\(0, 0\)\) <- 9:/);
    expect(source).toContain('case v := <-pointer[chan int](p(0, 0)):');
    expect(source).not.toContain('func call');
  });
});

describe('a twin is refused, the operation being named,', () => {
  test.each<[op: string, main: Main]>([['MemProfile', (go) => void go.runtime.memProfile(true)]])(
    'for %s',
    (op, main) => {
      expect(() => sourceOf(main)).toThrow(`no twin of ${op}`);
    },
  );
});
