/** reuse.go as a scenario. */
import {
  array,
  func,
  globals,
  int,
  nil,
  type Ptr,
  ptr,
  type Slice,
  type StructType,
  scenario,
  slice,
  struct,
  uint8,
  uintptr,
} from '../../../scenarios/index.ts';

interface Small {
  next: Ptr<Small>;
  other: Ptr<Small>;
}
const Small: StructType<Small> = struct('main.small', () => ({
  next: ptr(Small),
  other: ptr(Small),
}));

interface Middle {
  next: Ptr<Middle>;
  data: readonly number[];
}
const Middle: StructType<Middle> = struct('main.middle', () => ({
  next: ptr(Middle),
  data: array(11, uintptr),
}));

interface Big {
  next: Ptr<Big>;
  data: readonly Ptr<Big>[];
}
const Big: StructType<Big> = struct('main.big', () => ({
  next: ptr(Big),
  data: array(150, ptr(Big)),
}));

const vars = globals({
  smalls: array(600, ptr(Small)),
  middles: array(300, ptr(Middle)),
  bigs: array(60, ptr(Big)),
  bytes: array(400, slice(uint8)),
});

const none: Slice<number> = { array: nil, len: 0, cap: 0 };

const fill = func('main.fill', { params: { step: int } }, (go, frame) => {
  const { step } = frame;
  const of = <T>(elem: Parameters<typeof go.store<T>>[0], at: number, i: number, value: T) =>
    go.store(elem, (at + i * go.sizeof(elem)) as Ptr<T>, value);
  for (let i = 0; i < 600; i += step) {
    of(ptr(Small), go.addressOf(vars, 'smalls'), i, go.new(Small, {}));
  }
  for (let i = 0; i < 300; i += step) {
    of(ptr(Middle), go.addressOf(vars, 'middles'), i, go.new(Middle, {}));
  }
  for (let i = 0; i < 60; i += step) {
    of(ptr(Big), go.addressOf(vars, 'bigs'), i, go.new(Big, {}));
  }
  for (let i = 0; i < 400; i += step) {
    of(slice(uint8), go.addressOf(vars, 'bytes'), i, go.makeSlice(uint8, 24 + (i % 5) * 16));
  }
});

const drop = func('main.drop', { params: { n: int } }, (go, frame) => {
  const g = go.globals(vars);
  const { n } = frame;
  g.smalls = g.smalls.map((p, i) => (i % n === 0 ? p : nil));
  g.middles = g.middles.map((p, i) => (i % n === 0 ? p : nil));
  g.bigs = g.bigs.map((p, i) => (i % n === 0 ? p : nil));
  g.bytes = g.bytes.map((s, i) => (i % n === 0 ? s : none));
});

export const reuse = scenario({
  question: 'Which slots do allocations after a collection take?',
  globals: vars,
  *main(go) {
    go.call(fill, { step: 1 });
    go.call(drop, { n: 3 });
    yield* go.runtime.GC();
    go.writeHeapDump();
    go.call(fill, { step: 2 });
    go.writeHeapDump();
    go.call(drop, { n: 7 });
    yield* go.runtime.GC();
    go.call(fill, { step: 4 });
    go.writeHeapDump();
    go.call(drop, { n: 50 });
    yield* go.runtime.GC();
    yield* go.runtime.GC();
    go.call(fill, { step: 5 });
    go.writeHeapDump();
  },
});
