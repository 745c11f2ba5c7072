/** goldens/programs/finalizers as a scenario. */
import {
  any,
  array,
  type Blocking,
  chan,
  func,
  globals,
  int,
  int32,
  interfaceType,
  type Ptr,
  ptr,
  type StructType,
  scenario,
  string,
  struct,
  uint8,
} from '../../../scenarios/index.ts';
import { entryDump, entryParams } from './entry-dump.ts';

interface File {
  fd: number;
  name: { str: number; len: number };
  next: Ptr<File>;
}
const File: StructType<File> = struct(
  'main.file',
  () => ({ fd: int, name: string, next: ptr(File) }),
  { ptrMethods: ['close'] },
);
const Closer = interfaceType('main.closer', ['close']);
const Ints = chan(int);

const vars = globals({ live: array(30, ptr(File)), blocked: Ints, entered: Ints });

const close = func('main.(*file).close', { params: { f: ptr(File) } }, (go, frame) => {
  go.at(File, frame.f).fd = -1;
});
/** None of the objects that have it dies. */
const closeCloser = func('main.main.func1', { params: { c: Closer } }, () => undefined);
const nothing = func('main.main.func3', { params: { x: any } }, () => undefined);
const clear = func('main.main.func2', { params: { b: ptr(array(100, uint8)) } }, () => undefined);

const closeAndWait = func('main.drop.func1', { params: { f: ptr(File) } }, function* (go, frame) {
  go.at(File, frame.f).fd = -1;
  yield* go.discard(Ints, go.globals(vars).blocked);
});

const drop = func('main.drop', { params: { n: int }, locals: { f: ptr(File) } }, (go, frame) => {
  for (let fd = 0; fd < frame.n; fd++) {
    const [next] = go.globals(vars).live;
    frame.f = go.new(File, { fd, name: go.str('dropped'), next: next! });
    go.runtime.setFinalizer(File, frame.f, closeAndWait);
  }
});

const enterAndWait = func(
  'main.first.func1',
  { params: { f: ptr(File) }, results: [int] },
  function* (go, frame): Blocking {
    const { entered, blocked } = go.globals(vars);
    yield* go.send(Ints, entered, go.at(File, frame.f).fd);
    yield* go.discard(Ints, blocked);
  },
);

const first = func('main.first', { locals: { f: ptr(File) } }, (go, frame) => {
  frame.f = go.new(File, { fd: 99 });
  go.runtime.setFinalizer(File, frame.f, enterAndWait);
});

export const finalizers = scenario({
  question: 'Are finalizers registered, queued and called as by real Go?',
  globals: vars,
  params: entryParams,
  locals: { b: ptr(array(100, uint8)), t: ptr(int32) },
  *main(go, params, frame) {
    const g = go.globals(vars);
    g.blocked = go.makeChan(Ints);
    g.entered = go.makeChan(Ints);
    yield* entryDump(go, params);
    const live: Ptr<File>[] = [];
    for (let fd = 0; fd < 30; fd++) {
      live.push(go.new(File, { fd, name: go.str('live') }));
      g.live = live;
      if (fd % 3 === 0) go.runtime.setFinalizer(File, live[fd]!, close);
      if (fd % 3 === 1) go.runtime.setFinalizer(File, live[fd]!, closeCloser);
    }
    frame.b = go.new(array(100, uint8));
    go.runtime.setFinalizer(array(100, uint8), frame.b, clear);
    frame.t = go.new(int32);
    go.runtime.setFinalizer(int32, frame.t, nothing);
    go.call(first);
    yield* go.runtime.GC();
    yield* go.discard(Ints, g.entered);
    go.call(drop, { n: 150 });
    yield* go.runtime.GC();
    go.writeHeapDump();
  },
});
