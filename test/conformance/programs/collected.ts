/** goldens/programs/collected as a scenario. */
import {
  any,
  array,
  type Blocking,
  chan,
  func,
  type Go,
  type GoString,
  globals,
  type Interface,
  int,
  intParam,
  map,
  nil,
  type Ptr,
  ptr,
  type Slice,
  type StructType,
  scenario,
  slice,
  string,
  struct,
  uint8,
} from '../../../scenarios/index.ts';
import { entryDump, entryParams } from './entry-dump.ts';

interface Node {
  kids: readonly Ptr<Node>[];
  tag: GoString;
  data: Slice<number>;
}
const Node: StructType<Node> = struct('main.node', () => ({
  kids: array(2, ptr(Node)),
  tag: string,
  data: slice(uint8),
}));
const Nodes = slice(ptr(Node));
const ByName = map(string, ptr(Node));
const Cache = struct('main.cache', { byName: ByName, order: Nodes });
const Work = chan(ptr(Node));
const Dead = chan(int);

const vars = globals({ c: Cache, junk: array(64, any), work: Work, dead: Dead });

const nameOf = (i: number) => `n${String(i).padStart(3, '0')}`;

/** Inlined: the slice of bytes lies on the stack in Go, in read-only data here. */
function name(go: Go, i: number): GoString {
  const { str, len } = go.str(nameOf(i));
  return go.string({ array: str as Ptr<number>, len, cap: len });
}

const fill = func(
  'main.fill',
  { params: { from: int, to: int, preemptedAt: int }, locals: { tag: string, n: ptr(Node) } },
  function* (go, frame): Blocking {
    const { from, to, preemptedAt } = frame;
    const g = go.globals(vars);
    for (let i = from; i < to; i++) {
      if (i === preemptedAt) yield* go.runtime.Gosched();
      frame.tag = name(go, i);
      frame.n = go.new(Node, { tag: frame.tag });
      const n = go.at(Node, frame.n);
      n.data = go.makeSlice(uint8, (i * 7) % 900);
      const { byName, order } = g.c;
      if (i > from) n.kids = [go.get(ptr(Node), order, order.len - 1), nil];
      go.mapSet(ByName, byName, n.tag, frame.n);
      g.c = { byName, order: go.append(ptr(Node), order, frame.n) };
      const junk: Interface[] = [...g.junk];
      junk[i % junk.length] = go.toInterface(any, Nodes, go.makeSlice(ptr(Node), i % 150));
      g.junk = junk;
    }
  },
);

const deep = func(
  'main.deep',
  { params: { n: int }, locals: { pad: array(100, int) } },
  (go, frame): number => (frame.n === 0 ? 0 : go.call(deep, { n: frame.n - 1 })),
);

const worker = func(
  'main.worker',
  { params: { id: int }, locals: { n: ptr(Node) } },
  function* (go, frame): Blocking {
    const { work, dead } = go.globals(vars);
    for (;;) {
      const { value, ok } = yield* go.recvOk(Work, work);
      if (!ok) break;
      frame.n = value;
      go.at(Node, frame.n).tag = name(go, frame.id);
    }
    yield* go.discard(Dead, dead);
  },
);

export const collected = scenario({
  question: 'What does a collection leave, free and let be used again?',
  globals: vars,
  params: {
    ...entryParams,
    preemptedAt: intParam(-1, { min: -1, max: 500, help: 'node at which sysmon preempts main' }),
  },
  *main(go, params) {
    const { preemptedAt } = params;
    const g = go.globals(vars);
    g.work = go.makeChan(Work, 16);
    g.dead = go.makeChan(Dead);
    yield* entryDump(go, params);
    g.c = { byName: go.makeMap(ByName), order: g.c.order };
    for (let id = 0; id < 3; id++) go.go(worker, { id });
    yield* go.call(fill, { from: 0, to: 400, preemptedAt });
    go.call(deep, { n: 200 });
    for (let i = 0; i < 400; i += 2) {
      const { byName, order } = g.c;
      go.mapDelete(ByName, byName, go.str(nameOf(i)));
      const n = go.get(ptr(Node), order, i);
      const [, second] = go.at(Node, n).kids;
      go.at(Node, n).kids = [nil, second!];
      go.set(ptr(Node), order, i, nil);
    }
    yield* go.runtime.GC();
    go.writeHeapDump();
    yield* go.call(fill, { from: 400, to: 500, preemptedAt });
    for (let i = 400; i < 410; i++) {
      yield* go.send(Work, g.work, go.get(ptr(Node), g.c.order, i));
    }
    yield* go.runtime.Gosched();
    yield* go.runtime.GC();
    yield* go.runtime.GC();
    g.junk = [];
    go.writeHeapDump();
  },
});
