/** goldens/programs/itabs as a scenario. */
import {
  any,
  array,
  named as defined,
  error,
  float64,
  funcType,
  type Go,
  globals,
  type Interface,
  int,
  int8,
  interfaceType,
  nil,
  type Ptr,
  ptr,
  type StructType,
  scenario,
  slice,
  string,
  struct,
} from '../../../scenarios/index.ts';
import { entryDump, entryParams } from './entry-dump.ts';

const shape = interfaceType('main.shape', ['area']);
const named = interfaceType('main.named', ['name']);
const both = interfaceType('main.both', ['area', 'name']);

const sq = struct('main.sq', { a: int }, { methods: ['area', 'name'] });
interface Tri {
  p: Ptr<Tri>;
}
const tri: StructType<Tri> = struct('main.tri', () => ({ p: ptr(tri) }), {
  ptrMethods: ['area', 'name'],
});
const dot = defined('main.dot', int8, { methods: ['area', 'name'] });
const fn = defined('main.fn', funcType([], [int]), { methods: ['area'] });
const list = defined('main.list', slice(int), { methods: ['name'] });

const vars = globals({ sink: array(30, any), out: slice(both), sq2: sq, tri0: tri });

/** The variable `all`, whose values the compiler lays out in the data segment. */
function allOf(go: Go): Interface[] {
  const { str, len } = go.str('text');
  const none = { array: nil, len: 1, cap: 1 };
  return [
    go.constant(any, sq, { a: 1 }),
    go.constant(any, ptr(sq), go.addressOf(vars, 'sq2')),
    go.constant(any, ptr(tri), go.addressOf(vars, 'tri0')),
    go.constant(any, dot, 3),
    go.constant(any, fn, nil),
    go.constant(any, list, none),
    go.constant(any, int, 7),
    go.constant(any, string, { str, len }),
    go.constant(any, float64, 1.5),
    go.constant(any, slice(int), none),
  ];
}

export const itabs = scenario({
  question: 'Are itabs made at run time where real Go makes them?',
  globals: vars,
  params: entryParams,
  *main(go, params) {
    const g = go.globals(vars);
    const all = allOf(go);
    yield* entryDump(go, params);
    const sink: Interface[] = [];
    for (const a of all) {
      const s = go.assertTo(any, a, shape);
      if (s !== undefined) sink.push(a);
      const n = go.assertTo(any, a, named);
      if (n !== undefined) sink.push(a);
      const b = go.assertTo(any, a, both);
      if (b !== undefined) g.out = go.append(both, g.out, b);
      const e = go.assertTo(any, a, error);
      if (e !== undefined) sink.push(a);
      g.sink = sink;
    }
    go.writeHeapDump();
  },
});
