/**
 * Goroutines parked in every way a program can park them, on channels that are empty, full and
 * between. Main sleeps until all others stand still; one more is only just started when it dumps.
 */
import {
  Cond,
  chan,
  func,
  globals,
  int,
  intParam,
  Mutex,
  nil,
  type Ptr,
  ptr,
  type StructType,
  scenario,
  string,
  struct,
  WaitGroup,
} from '../index.ts';

interface Message {
  id: number;
  text: { str: number; len: number };
  next: Ptr<Message>;
}
const Message: StructType<Message> = struct('main.Message', () => ({
  id: int,
  text: string,
  next: ptr(Message),
}));

const Pointers = chan(ptr(Message));
const Messages = chan(Message);
const Ints = chan(int);

const vars = globals({
  /** No buffer: a sender waits for a receiver. */
  unbuffered: Pointers,
  /** Full: senders wait. */
  full: Messages,
  /** Half full: nobody has to wait. */
  half: Messages,
  /** Nothing in it: receivers wait. */
  empty: Ints,
  mu: ptr(Mutex),
  cond: ptr(Cond),
  condMu: ptr(Mutex),
  group: ptr(WaitGroup),
});

const send = func('main.send', { params: { m: ptr(Message) } }, function* (go, frame) {
  yield* go.send(Pointers, go.globals(vars).unbuffered, frame.m);
});

const sendFull = func('main.sendFull', { params: { m: ptr(Message) } }, function* (go, frame) {
  yield* go.send(Messages, go.globals(vars).full, go.load(Message, frame.m));
});

const sendNil = func('main.sendNil', { params: { m: ptr(Message) } }, function* (go, frame) {
  yield* go.send(Pointers, nil, frame.m);
});

const receive = func('main.receive', {}, function* (go) {
  yield* go.recv(Ints, go.globals(vars).empty);
});

const receiveNil = func('main.receiveNil', {}, function* (go) {
  yield* go.recv(Ints, nil);
});

const selectMany = func(
  'main.selectMany',
  { params: { m: ptr(Message) }, temps: 8 },
  function* (go, frame) {
    const { empty, full } = go.globals(vars);
    yield* go.select([
      { recv: Ints, c: empty },
      { send: Messages, c: full, value: go.load(Message, frame.m) },
      { recv: Pointers, c: nil },
    ]);
  },
);

const selectNone = func('main.selectNone', {}, function* (go) {
  yield* go.select([]);
});

const lock = func('main.lock', {}, function* (go) {
  yield* go.sync.lock(go.globals(vars).mu);
});

const waitCond = func('main.waitCond', {}, function* (go) {
  const { cond, condMu } = go.globals(vars);
  yield* go.sync.lock(condMu);
  yield* go.sync.wait(cond, condMu);
});

const waitGroup = func('main.waitGroup', {}, function* (go) {
  yield* go.sync.waitFor(go.globals(vars).group);
});

const sleep = func('main.sleep', {}, function* (go) {
  yield* go.time.sleep(3600e9);
});

const justStarted = func('main.justStarted', { params: { m: ptr(Message) } }, () => {});

const withMessage = [send, sendFull, sendNil, selectMany];
const alone = [receive, receiveNil, selectNone, lock, waitCond, waitGroup, sleep];

export default scenario({
  question: 'What does a goroutine look like in a dump, for each thing it can wait for?',
  params: {
    n: intParam(1, { min: 1, max: 10_000, help: 'goroutines that wait in each of eleven ways' }),
    buffer: intParam(6, { min: 1, max: 100_000, help: 'elements that the buffered channels hold' }),
  },
  globals: vars,
  locals: { m: ptr(Message) },
  *main(go, { n, buffer }, frame) {
    const g = go.globals(vars);
    g.unbuffered = go.makeChan(Pointers);
    g.full = go.makeChan(Messages, buffer);
    g.half = go.makeChan(Messages, buffer);
    g.empty = go.makeChan(Ints, buffer);
    g.mu = go.new(Mutex);
    g.cond = go.new(Cond);
    g.condMu = go.new(Mutex);
    g.group = go.new(WaitGroup);
    for (let id = 0; id < buffer; id++) {
      frame.m = go.new(Message, { id, text: go.str('queued'), next: frame.m });
      yield* go.send(Messages, g.full, go.load(Message, frame.m));
      if (id < buffer / 2) yield* go.send(Messages, g.half, go.load(Message, frame.m));
    }
    yield* go.sync.lock(g.mu);
    yield* go.sync.add(g.group, 1);
    for (let i = 0; i < n; i++) {
      for (const f of withMessage) go.go(f, { m: frame.m });
      for (const f of alone) go.go(f);
    }
    yield* go.time.sleep(200e6);
    go.go(justStarted, { m: frame.m });
    go.writeHeapDump();
  },
});
