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

describe('a twin is refused, the operation being named,', () => {
  const Ints = chan(int);
  const other = func('main.other', { params: { n: int } }, () => {});
  test.each<[op: string, main: Main]>([
    ['go', (go) => go.go(func('main.quiet', {}, () => {}))],
    ['closure', (go) => go.go(other, { n: 1 })],
    ['close', (go) => go.close(go.makeChan(Ints, 1))],
    ['ReadMemStats', (go) => go.runtime.readMemStats()],
    ['SetGCPercent', (go) => go.debug.setGCPercent(50)],
    [
      'send',
      function* (go) {
        yield* go.send(Ints, go.makeChan(Ints, 1), 1);
      },
    ],
    [
      'WaitGroup.Add',
      function* (go) {
        yield* go.sync.add(go.new(go.sync.WaitGroup), 1);
      },
    ],
  ])('for %s', (op, main) => {
    expect(() => sourceOf(main)).toThrow(`no twin of ${op}: `);
  });
});
