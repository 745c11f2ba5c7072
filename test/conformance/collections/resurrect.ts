/** resurrect.go as a scenario. */
import {
  array,
  func,
  globals,
  int,
  nil,
  type Ptr,
  ptr,
  type StructType,
  scenario,
  struct,
} from '../../../scenarios/index.ts';

interface File {
  next: Ptr<File>;
  fd: number;
}
const File: StructType<File> = struct('main.file', () => ({ next: ptr(File), fd: int }));
const Wide = struct('main.wide', () => ({ first: ptr(File), data: array(90, ptr(File)) }));

const vars = globals({ kept: ptr(File), closed: int, wides: array(8, ptr(Wide)) });

const shut = func('main.shut', { params: { f: ptr(File) } }, (go, frame) => {
  go.globals(vars).closed += go.at(File, frame.f).fd;
});

const revive = func('main.revive', { params: { f: ptr(File) } }, (go, frame) => {
  const g = go.globals(vars);
  go.at(File, frame.f).next = g.kept;
  g.kept = frame.f;
  go.runtime.setFinalizer(File, frame.f, shut);
});

const widen = func('main.widen', { params: { w: ptr(Wide) } }, (go, frame) => {
  go.globals(vars).closed += go.at(File, go.at(Wide, frame.w).first).fd;
});

const make1 = func(
  'main.make1',
  { params: { n: int }, locals: { f: ptr(File), w: ptr(Wide) } },
  (go, frame) => {
    const g = go.globals(vars);
    for (let fd = 0; fd < frame.n; fd++) {
      frame.f = go.new(File, { fd });
      if (fd % 3 === 0) go.runtime.setFinalizer(File, frame.f, shut);
      if (fd % 3 === 1) go.runtime.setFinalizer(File, frame.f, revive);
    }
    for (let i = 0; i < 8; i++) {
      frame.w = go.new(Wide);
      go.at(Wide, frame.w).first = go.new(File, { fd: 1000 + i });
      g.wides = g.wides.with(i, frame.w);
      go.runtime.setFinalizer(Wide, frame.w, widen);
    }
  },
);

export const resurrect = scenario({
  question: 'In which order do finalizers run, and when do their objects go?',
  globals: vars,
  *main(go) {
    const g = go.globals(vars);
    go.call(make1, { n: 200 });
    yield* go.runtime.GC();
    go.writeHeapDump();
    yield* go.runtime.Gosched();
    g.wides = g.wides.map((w, i) => (i < 5 ? nil : w));
    yield* go.runtime.GC();
    go.writeHeapDump();
    yield* go.runtime.Gosched();
    g.kept = nil;
    yield* go.runtime.GC();
    yield* go.runtime.Gosched();
    go.writeHeapDump();
    yield* go.runtime.GC();
    go.call(make1, { n: 40 });
    go.writeHeapDump();
  },
});
