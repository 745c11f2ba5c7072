/**
 * Goroutines that allocate, call, defer, panic, and wait for each other on channels and locks, in an
 * order that chance decides: what the scheduler does is all that is decided.
 */
import {
  any,
  array,
  type Blocking,
  bool,
  boolParam,
  chan,
  func,
  type Go,
  globals,
  int,
  intParam,
  Mutex,
  nil,
  type Ptr,
  ptr,
  type StructType,
  scenario,
  slice,
  struct,
  uintptr,
  WaitGroup,
} from '../index.ts';

interface Message {
  id: number;
  next: Ptr<Message>;
  data: Ptr<number>;
}
const Message: StructType<Message> = struct('main.Message', () => ({
  id: int,
  next: ptr(Message),
  data: ptr(int),
}));

const Pointers = chan(ptr(Message));
const Values = chan(Message);
const Gate = chan(bool);

const vars = globals({
  /** Without a buffer, and with one of each size up to 3. */
  pointers: slice(Pointers),
  values: slice(Values),
  /** Nobody sends: its receivers wait until main closes it. */
  gate: Gate,
  mu: Mutex,
  group: WaitGroup,
  last: ptr(Message),
  /** Goroutines started so far, and how many there may be. */
  started: int,
  most: int,
  sleeps: bool,
});

const buffers = 4;

const note = func('main.note', { params: { m: ptr(Message) } }, (go, f) => {
  go.globals(vars).last = f.m;
});

const recoverer = func('main.recoverer', { params: { m: ptr(Message) } }, (go, f) => {
  if (go.recover() !== null) go.globals(vars).last = f.m;
});

/** Defers calls, in the frame or in the heap, and panics now and then. */
const guarded = func(
  'main.guarded',
  { params: { m: ptr(Message), panics: bool }, openDefers: 3 },
  (go, f) => {
    go.defer(note, { m: f.m });
    go.defer(recoverer, { m: f.m });
    go.call(deferring, { m: f.m, n: go.rand.intn(4), panics: f.panics });
  },
);

const deferring = func(
  'main.deferring',
  { params: { m: ptr(Message), n: int, panics: bool } },
  (go, f) => {
    for (let i = 0; i < f.n; i++) go.defer(note, { m: go.new(Message, { id: i, next: f.m }) });
    if (f.panics) go.panic(go.toInterface(any, ptr(Message), f.m));
  },
);

/** Holds an object while it waits with a lock. */
const locked = func(
  'main.locked',
  { params: { m: ptr(Message) }, locals: { kept: ptr(int) } },
  function* (go, f): Blocking {
    const mu = go.addressOf(vars, 'mu');
    yield* go.sync.lock(mu);
    f.kept = go.new(int, f.m);
    yield* pause(go);
    yield* go.sync.unlock(mu);
    go.globals(vars).last = go.new(Message, { data: f.kept });
  },
);

function* pause(go: Go): Blocking {
  if (go.globals(vars).sleeps && go.rand.intn(2) === 0) {
    yield* go.time.sleep(1000 * (1 + go.rand.intn(5000)));
  } else {
    yield* go.runtime.Gosched();
  }
}

/** Waits for one of two channels, or for none. */
function* choose(go: Go, a: Ptr<Message>): Blocking<Ptr<Message>> {
  const { pointers, values, gate } = go.globals(vars);
  const { index, value } = yield* go.select(
    [
      { recv: Pointers, c: go.get(Pointers, pointers, go.rand.intn(buffers)) },
      {
        send: Values,
        c: go.get(Values, values, go.rand.intn(buffers)),
        value: go.load(Message, a),
      },
      { recv: Gate, c: go.rand.intn(4) === 0 ? gate : nil },
    ],
    { hasDefault: go.rand.intn(2) === 0 },
  );
  return index === 0 ? (value as Ptr<Message>) : nil;
}

/** Does n things of which many wait, some of them deeper in the stack. */
const work = func(
  'main.work',
  {
    params: { n: int, depth: int },
    locals: { a: ptr(Message), b: ptr(Message), s: slice(int), pad: array(8, uintptr) },
    temps: 8,
  },
  function* (go, f): Blocking {
    const g = go.globals(vars);
    f.a = go.new(Message, { id: f.depth });
    for (let i = 0; i < f.n; i++) {
      const pointers = go.get(Pointers, g.pointers, go.rand.intn(buffers));
      const values = go.get(Values, g.values, go.rand.intn(buffers));
      switch (go.rand.intn(14)) {
        case 0:
          f.a = go.new(Message, { id: i, next: go.rand.intn(4) === 0 ? nil : f.a });
          break;
        case 1:
          f.b = f.a;
          f.s = go.makeSlice(int, go.rand.intn(50));
          break;
        case 2:
          yield* go.send(Pointers, pointers, f.a);
          break;
        case 3:
          f.b = yield* go.recv(Pointers, pointers);
          break;
        case 4:
          yield* go.send(Values, values, go.load(Message, f.a));
          break;
        case 5: {
          const { value, ok } = yield* go.recvOk(Values, values);
          if (ok) f.a = go.new(Message, value);
          break;
        }
        case 6:
        case 7:
          f.b = yield* choose(go, f.a);
          break;
        case 8:
          yield* pause(go);
          break;
        case 9:
          yield* go.call(locked, { m: f.a });
          break;
        case 10:
          if (f.depth < 12) yield* go.call(work, { n: f.n, depth: f.depth + 1 });
          break;
        case 11:
          go.call(guarded, { m: f.a, panics: go.rand.intn(2) === 0 });
          break;
        case 12:
          if (g.started < g.most) start(go, f.n);
          break;
        default: {
          const chance = go.rand.float64();
          if (chance < 0.12) yield* go.discard(Gate, g.gate);
          else if (chance < 0.24) yield* go.sync.waitFor(go.addressOf(vars, 'group'));
          else if (chance < 0.3) yield* go.runtime.Goexit();
        }
      }
    }
  },
);

function start(go: Go, n: number): void {
  go.globals(vars).started++;
  go.go(work, { n, depth: 0 });
}

export default scenario({
  question:
    'What runs next, and what keeps an object alive, where goroutines wait for each other by chance?',
  params: {
    goroutines: intParam(60, { min: 1, max: 100_000, help: 'goroutines in all, at most' }),
    n: intParam(12, { max: 10_000, help: 'things that each does in a call' }),
    sleeps: boolParam(false, { help: 'sleeping is one of them' }),
    collections: intParam(0, { max: 10_000, help: 'calls of runtime.GC, evenly spread' }),
    dumps: boolParam(false, { help: 'a dump after each collection too' }),
  },
  globals: vars,
  *main(go, { goroutines, n, sleeps, collections, dumps }) {
    const g = go.globals(vars);
    g.most = goroutines;
    g.sleeps = sleeps;
    g.pointers = go.makeSlice(Pointers, buffers);
    g.values = go.makeSlice(Values, buffers);
    for (let i = 0; i < buffers; i++) {
      go.set(Pointers, g.pointers, i, go.makeChan(Pointers, i));
      go.set(Values, g.values, i, go.makeChan(Values, i));
    }
    g.gate = go.makeChan(Gate);
    yield* go.sync.add(go.addressOf(vars, 'group'), 1);
    const rounds = Math.ceil(goroutines / 3);
    const every = Math.ceil(rounds / (collections + 1));
    for (let i = 1; i <= rounds; i++) {
      if (g.started < goroutines) start(go, n);
      if (go.rand.intn(2) === 0) yield* pause(go);
      if (i % every !== 0 || i === rounds) continue;
      yield* go.runtime.GC();
      if (dumps) go.writeHeapDump(`collection-${i / every}`);
    }
    yield* go.runtime.Gosched();
    go.writeHeapDump('waiting');
    go.close(g.gate);
    yield* go.sync.add(go.addressOf(vars, 'group'), -1);
    for (let i = 0; i < 5; i++) yield* go.runtime.Gosched();
    if (collections > 0) yield* go.runtime.GC();
    go.writeHeapDump('released');
  },
});
