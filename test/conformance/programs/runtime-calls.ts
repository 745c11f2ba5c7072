/** What packages runtime and runtime/debug do to a program, and what they tell it. */
import {
  any,
  array,
  func,
  globals,
  int,
  map,
  ptr,
  scenario,
  slice,
  string,
  struct,
  uint8,
} from '../../../scenarios/index.ts';

const Item = struct('main.Item', { name: string, next: ptr(uint8) });
const Large = array(50_000, uint8);
const Names = map(int, string);
const vars = globals({
  items: slice(ptr(Item)),
  large: ptr(Large),
  names: Names,
  last: any,
  seen: int,
});

const finalize = func('main.finalize', { params: { item: ptr(Item) } }, (go, f) => {
  const g = go.globals(vars);
  g.seen++;
  g.last = go.toInterface(any, string, go.at(Item, f.item).name);
});

const fill = func('main.fill', { params: { n: int }, locals: { item: ptr(Item) } }, (go, f) => {
  const g = go.globals(vars);
  for (let i = 0; i < f.n; i++) {
    f.item = go.new(Item, { name: go.concat(go.str('item '), go.strconv.itoa(i)) });
    go.runtime.setFinalizer(Item, f.item, finalize);
    if (i % 4 === 0) go.runtime.setFinalizer(Item, f.item, null);
    if (i % 3 === 0) g.items = go.append(ptr(Item), g.items, f.item);
    go.mapSet(Names, g.names, i, go.at(Item, f.item).name);
  }
});

/** Statistics are read with and without a memory profile, before and after collections. */
export const runtimeCalls = scenario({
  question: 'Does a program see what it is told in the model?',
  globals: vars,
  *main(go) {
    const g = go.globals(vars);
    go.runtime.readMemStats();
    go.debug.setGCPercent(-1);
    g.names = go.makeMap(Names);
    g.large = go.new(Large);
    go.call(fill, { n: 30 });
    go.runtime.readMemStats();
    go.runtime.setMemProfileRate(1);
    go.call(fill, { n: 40 });
    go.runtime.numGoroutine();
    go.writeHeapDump('filled');
    g.large = go.zero(ptr(Large));
    yield* go.runtime.GC();
    go.runtime.readMemStats();
    go.writeHeapDump('collected');
    yield* go.debug.freeOSMemory();
    go.runtime.setMemProfileRate(0);
    go.call(fill, { n: 10 });
    go.debug.setMemoryLimit(-1);
    go.debug.setMemoryLimit(1e9);
    go.debug.setGCPercent(400);
    go.debug.setGCPercent(-1);
    go.runtime.readMemStats();
    go.writeHeapDump('returned');
  },
});
