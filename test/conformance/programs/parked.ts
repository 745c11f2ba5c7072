/** goldens/programs/parked as a scenario. */
import {
  array,
  type Blocking,
  Cond,
  chan,
  type Fields,
  type Func,
  func,
  type Go,
  type GoString,
  globals,
  int,
  Mutex,
  nil,
  Once,
  type Ptr,
  ptr,
  RWMutex,
  type StructType,
  scenario,
  string,
  struct,
  Time,
  uint8,
  WaitGroup,
} from '../../../scenarios/index.ts';
import { entryDump, entryParams } from './entry-dump.ts';

interface Msg {
  text: GoString;
  next: Ptr<Msg>;
}
const Msg: StructType<Msg> = struct('main.msg', () => ({ text: string, next: ptr(Msg) }));
const Pointers = chan(ptr(Msg));
const Msgs = chan(Msg);
const Ints = chan(int);
const Times = chan(Time);

const vars = globals({
  unbuf: Pointers,
  full: Msgs,
  empty: Ints,
  ready: Ints,
  mu: Mutex,
  rw: RWMutex,
  condMutex: Mutex,
  cond: Cond,
  wg: WaitGroup,
  once: Once,
  pipe: array(2, int),
  blocks: array(64, uint8),
});

const hour = 3600e9;
const ofMsg = { params: { m: ptr(Msg) } };

const sendUnbuf = func('main.main.func1', ofMsg, function* (go, { m }): Blocking {
  yield* go.send(Pointers, go.globals(vars).unbuf, m);
});
const sendSecond = func('main.main.func2', { locals: { m: ptr(Msg) } }, function* (go, frame) {
  frame.m = go.new(Msg, { text: go.str('second') });
  yield* go.send(Pointers, go.globals(vars).unbuf, frame.m);
});
const sendFull = func('main.main.func3', ofMsg, function* (go, { m }): Blocking {
  yield* go.send(Msgs, go.globals(vars).full, go.load(Msg, m));
});
const recvEmpty = func('main.main.func4', {}, function* (go): Blocking {
  yield* go.recvOk(Ints, go.globals(vars).empty);
});
const recvNil = func('main.main.func5', {}, function* (go): Blocking {
  yield* go.recv(Ints, nil);
});
const sendNil = func('main.main.func6', ofMsg, function* (go, { m }): Blocking {
  yield* go.send(Pointers, nil, m);
});
const selectNone = func('main.selectNone', {}, function* (go): Blocking {
  yield* go.select([]);
});
const lockHeld = func('main.lockHeld', {}, function* (go): Blocking {
  yield* go.sync.lock(go.addressOf(vars, 'mu'));
});
const rlockHeld = func('main.rlockHeld', {}, function* (go): Blocking {
  yield* go.sync.rLock(go.addressOf(vars, 'rw'));
});
const lockRead = func('main.lockRead', {}, function* (go): Blocking {
  yield* go.sync.wLock(go.addressOf(vars, 'rw'));
});
const condWait = func('main.condWait', {}, function* (go): Blocking {
  const condMutex = go.addressOf(vars, 'condMutex');
  yield* go.sync.lock(condMutex);
  yield* go.sync.wait(go.addressOf(vars, 'cond'), condMutex);
});
const groupWait = func('main.groupWait', {}, function* (go): Blocking {
  yield* go.sync.waitFor(go.addressOf(vars, 'wg'));
});
const sleep = func('main.sleep', {}, function* (go): Blocking {
  yield* go.time.sleep(hour);
});
const exits = func('main.exits', {}, () => undefined);
const selectMany = func('main.main.func7', { ...ofMsg, temps: 8 }, function* (go, { m }): Blocking {
  const { empty, full, ready } = go.globals(vars);
  yield* go.select([
    { recv: Ints, c: empty },
    { send: Msgs, c: full, value: go.load(Msg, m) },
    { send: Pointers, c: nil, value: m },
    { recv: Ints, c: ready },
  ]);
});
const onceDo = func('main.main.func8', {}, function* (go): Blocking {
  yield* go.sync.do(go.addressOf(vars, 'once'), selectNone);
});
const timer = func('main.main.func9', { temps: 8 }, function* (go): Blocking {
  yield* go.recv(Times, go.time.after(hour));
});
const rangeOver = func(
  'main.main.func10',
  { locals: { c: Pointers } },
  function* (go, frame): Blocking {
    frame.c = go.makeChan(Pointers);
    while ((yield* go.recvOk(Pointers, frame.c)).ok);
  },
);
const locked = func('main.locked', {}, function* (go): Blocking {
  go.runtime.LockOSThread();
  yield* go.select([]);
});
const sysread = func('main.main.func11', {}, function* (go): Blocking {
  const [fd] = go.globals(vars).pipe;
  const array = go.addressOf(vars, 'blocks') as Ptr<unknown> as Ptr<number>;
  yield* go.syscall.read(fd!, { array, len: 64, cap: 64 });
});
const later = func('main.later', { params: { p: ptr(Msg) } }, (go, { p }) => {
  go.at(Msg, p).text = go.str('ran');
});

type None = Record<never, never>;

function* start<L extends Fields>(go: Go, f: Func<None, L, unknown>): Blocking {
  go.go(f);
  yield* go.runtime.Gosched();
}

function* startWith(go: Go, f: Func<typeof ofMsg.params, None, unknown>, m: Ptr<Msg>): Blocking {
  go.go(f, { m });
  yield* go.runtime.Gosched();
}

export const parked = scenario({
  question: 'How does a goroutine look in every state that a program can park it in?',
  globals: vars,
  params: entryParams,
  locals: { m: ptr(Msg) },
  *main(go, params, frame) {
    const g = go.globals(vars);
    g.unbuf = go.makeChan(Pointers);
    g.full = go.makeChan(Msgs, 4);
    g.empty = go.makeChan(Ints, 8);
    g.ready = go.makeChan(Ints);
    yield* entryDump(go, params);
    g.pipe = go.syscall.pipe();
    frame.m = go.new(Msg, { text: go.str('hello') });
    const { m } = frame;
    for (let i = 0; i < 4; i++) {
      yield* go.send(Msgs, g.full, { text: go.str('queued'), next: m });
    }
    yield* go.sync.lock(go.addressOf(vars, 'mu'));
    yield* go.sync.wLock(go.addressOf(vars, 'rw'));
    yield* go.sync.add(go.addressOf(vars, 'wg'), 1);
    // A first timer starts the network poller, which crashes under qemu's mips64.
    const timers = !go.runtime.GOARCH.startsWith('mips64');
    yield* startWith(go, sendUnbuf, m);
    yield* start(go, sendSecond);
    yield* startWith(go, sendFull, m);
    yield* start(go, recvEmpty);
    yield* start(go, recvNil);
    yield* startWith(go, sendNil, m);
    yield* start(go, selectNone);
    yield* start(go, lockHeld);
    yield* start(go, lockHeld);
    yield* start(go, rlockHeld);
    yield* start(go, lockRead);
    yield* start(go, condWait);
    yield* start(go, condWait);
    yield* start(go, groupWait);
    if (timers) yield* start(go, sleep);
    yield* startWith(go, selectMany, m);
    yield* start(go, onceDo);
    if (timers) yield* start(go, timer);
    yield* start(go, rangeOver);
    yield* start(go, exits);
    yield* start(go, exits);
    yield* start(go, locked);
    yield* start(go, sysread);
    for (let i = 0; i < 3; i++) go.go(later, { p: m });
    go.writeHeapDump();
  },
});
