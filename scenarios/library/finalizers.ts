/**
 * Finalizers from registration to the end of their objects. Four dumps: all registered; after a
 * collection, which queued those of dead objects, while the first to run waits and holds up the rest;
 * after all have run; and after the next collection, which alone frees the objects.
 */
import {
  bool,
  chan,
  func,
  globals,
  int,
  intParam,
  nil,
  type Ptr,
  ptr,
  type StructType,
  scenario,
  string,
  struct,
  uint8,
} from '../index.ts';

interface File {
  fd: number;
  name: { str: number; len: number };
  next: Ptr<File>;
}
const File: StructType<File> = struct('main.File', () => ({
  fd: int,
  name: string,
  next: ptr(File),
}));

const Gate = chan(bool);
const vars = globals({
  /** Files that stay in use. */
  open: ptr(File),
  /** A file that its finalizer brought back. */
  revived: ptr(File),
  /** The last tiny object made: it shares its block of 16 bytes with others. */
  tiny: ptr(uint8),
  gate: Gate,
  closed: int,
});

const close = func('main.close', { params: { f: ptr(File) } }, function* (go, frame) {
  yield* go.recv(Gate, go.globals(vars).gate);
  go.at(File, frame.f).fd = -1;
  go.globals(vars).closed++;
});

const revive = func('main.revive', { params: { f: ptr(File) } }, function* (go, frame) {
  yield* go.recv(Gate, go.globals(vars).gate);
  go.globals(vars).revived = frame.f;
});

const dropTiny = func('main.dropTiny', { params: { b: ptr(uint8) } }, function* (go) {
  yield* go.recv(Gate, go.globals(vars).gate);
});

const openFiles = func(
  'main.openFiles',
  { params: { n: int }, locals: { f: ptr(File) } },
  (go, frame) => {
    const g = go.globals(vars);
    for (let fd = 3; fd < frame.n + 3; fd++) {
      frame.f = go.new(File, { fd, name: go.str('live.txt'), next: g.open });
      go.runtime.setFinalizer(File, frame.f, close);
      g.open = frame.f;
    }
  },
);

/** Files that nothing leads to once it returns. */
const dropFiles = func(
  'main.dropFiles',
  { params: { n: int }, locals: { f: ptr(File) } },
  (go, frame) => {
    for (let fd = 100; fd < frame.n + 100; fd++) {
      frame.f = go.new(File, { fd, name: go.str('dropped.txt') });
      go.runtime.setFinalizer(File, frame.f, close);
    }
    frame.f = go.new(File, { fd: 99, name: go.str('revived.txt') });
    go.runtime.setFinalizer(File, frame.f, revive);
  },
);

const makeTiny = func(
  'main.makeTiny',
  { params: { n: int }, locals: { b: ptr(uint8) } },
  (go, frame) => {
    for (let i = 0; i < frame.n; i++) {
      frame.b = go.new(uint8, i % 256);
      go.runtime.setFinalizer(uint8, frame.b, dropTiny);
    }
    go.globals(vars).tiny = frame.b;
  },
);

export default scenario({
  question: 'When does a finalizer run, and when is its object freed?',
  params: {
    live: intParam(10, { max: 1_000_000, help: 'files with a finalizer that stay in use' }),
    dropped: intParam(150, { max: 1_000_000, help: 'files with a finalizer that become garbage' }),
    tiny: intParam(40, { max: 1_000_000, help: 'one-byte objects with a finalizer; one stays' }),
  },
  globals: vars,
  *main(go, { live, dropped, tiny }) {
    const g = go.globals(vars);
    g.gate = go.makeChan(Gate);
    go.call(openFiles, { n: live });
    go.call(dropFiles, { n: dropped });
    go.call(makeTiny, { n: tiny });
    go.writeHeapDump('registered');

    yield* go.runtime.GC();
    go.writeHeapDump('queued');

    go.close(g.gate);
    while (g.closed < dropped || g.revived === nil) yield* go.time.sleep(1e6);
    go.writeHeapDump('ran');

    yield* go.runtime.GC();
    go.writeHeapDump('freed');
  },
});
