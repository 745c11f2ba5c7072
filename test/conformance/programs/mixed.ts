/** Types of other packages, defined and wide ones; keys of floats, strings and pointers; names that Go reserves. */
import {
  any,
  array,
  bool,
  chan,
  float64,
  func,
  globals,
  int,
  int8,
  map,
  named,
  ptr,
  scenario,
  slice,
  string,
  struct,
  uint16,
} from '../../../scenarios/index.ts';

const Point = struct('geo/shape.Point', { x: float64, y: float64, name: string });
const Celsius = named('main.Celsius', float64);
const Wide = struct('main.Wide', { a: array(70, ptr(Point)), func: int8, len: uint16 });
const ByPoint = map(struct('main.Key', { a: float64, b: string }), slice(int));
const vars = globals({
  all: slice(any),
  wide: ptr(Wide),
  m: ByPoint,
  addr: int,
  c: chan(ptr(int)),
  temps: slice(Celsius),
  pm: map(ptr(int), bool),
});
const fill = func('main.fill', { params: { n: int }, locals: { p: ptr(int) } }, (go, f) => {
  const v = go.globals(vars);
  for (let i = 0; i < f.n; i++) {
    v.all = go.append(any, v.all, go.toInterface(any, int, i * 100));
    v.all = go.append(any, v.all, go.toInterface(any, Point, { x: i, y: 1.5, name: go.str('p') }));
    v.all = go.append(
      any,
      v.all,
      go.toInterface(any, string, go.concat(go.str('x'), go.strconv.itoa(i * 1000))),
    );
    v.temps = go.append(Celsius, v.temps, i / 4);
    go.mapSet(ByPoint, v.m, { a: i / 2, b: go.strconv.itoa(i + 200) }, go.makeSlice(int, i));
    f.p = go.new(int, i);
    go.mapSet(map(ptr(int), bool), v.pm, f.p, true);
  }
});
export const mixed = scenario({
  question:
    'Do values of many types in interfaces, maps, slices and channels lie where real Go puts them?',
  globals: vars,
  params: {},
  *main(go) {
    const v = go.globals(vars);
    v.wide = go.new(Wide, { func: -3, len: 7 });
    v.m = go.makeMap(ByPoint, 20);
    v.pm = go.makeMap(map(ptr(int), bool));
    v.c = go.makeChan(chan(ptr(int)), 10);
    go.call(fill, { n: 30 });
    go.writeHeapDump('a');
    v.all = go.slice(any, v.all, 0, 10);
    yield* go.runtime.GC();
    go.writeHeapDump('b');
    v.all = { array: 0 as never, len: 0, cap: 0 };
    yield* go.runtime.GC();
    go.writeHeapDump('c');
  },
});
