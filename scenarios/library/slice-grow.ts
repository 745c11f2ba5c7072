/** Slices grown by append, each array kept or left behind, and short slices that keep long arrays alive. */
import {
  array,
  bool,
  boolParam,
  func,
  globals,
  int,
  int64,
  intParam,
  ptr,
  type Slice,
  scenario,
  slice,
  string,
  struct,
  uint8,
} from '../index.ts';

const Point = struct('main.Point', { at: array(3, int64), next: ptr(int) });

const Bytes = slice(uint8);
const Longs = slice(int64);
const IntPtr = ptr(int);
const IntPtrs = slice(IntPtr);

const vars = globals({
  bytes: Bytes,
  longs: Longs,
  pointers: IntPtrs,
  words: slice(string),
  points: slice(Point),
  /** Arrays that append has left behind, where they are kept. */
  oldBytes: slice(Bytes),
  oldPointers: slice(IntPtrs),
  /** `s[:n:n]`: full slices, which share an array until something is appended to them. */
  full: slice(Longs),
  /** The first four bytes of each message. */
  headers: slice(Bytes),
});

const appendAll = func(
  'main.appendAll',
  { params: { n: int, keepOld: bool }, locals: { x: IntPtr } },
  (go, f) => {
    const { n, keepOld } = f;
    const v = go.globals(vars);
    const isFull = (s: Slice<unknown>) => keepOld && s.len === s.cap;
    f.x = go.new(int, 7);
    const word = go.str('word');
    for (let i = 0; i < n; i++) {
      if (isFull(v.bytes)) v.oldBytes = go.append(Bytes, v.oldBytes, v.bytes);
      if (isFull(v.pointers)) {
        v.oldPointers = go.append(IntPtrs, v.oldPointers, v.pointers);
      }
      v.bytes = go.append(uint8, v.bytes, i % 256);
      v.longs = go.append(int64, v.longs, i);
      v.pointers = go.append(IntPtr, v.pointers, f.x);
      if (i % 4 === 0) v.words = go.append(string, v.words, word);
      if (i % 8 === 0) v.points = go.append(Point, v.points, { at: [i, i, i], next: f.x });
    }
  },
);

/** One append moves a full slice to an array of its own, though there is room behind it in the old one. */
const fullSlices = func('main.fullSlices', {}, (go) => {
  const v = go.globals(vars);
  for (let len = 0; len <= 8 && len < v.longs.len; len++) {
    const s = go.slice(int64, v.longs, 0, len, len);
    v.full = go.append(Longs, v.full, s, go.append(int64, s, -1));
  }
});

/** Reads messages and remembers only how each begins. */
const readHeaders = func(
  'main.readHeaders',
  { params: { messages: int, size: int }, locals: { message: Bytes } },
  (go, f) => {
    const { messages, size } = f;
    const v = go.globals(vars);
    for (let i = 0; i < messages; i++) {
      f.message = go.makeSlice(uint8, size);
      go.set(uint8, f.message, 0, i % 256);
      v.headers = go.append(Bytes, v.headers, go.slice(uint8, f.message, 0, 4));
    }
  },
);

/** The cure: a copy of the four bytes. */
const copyHeaders = func('main.copyHeaders', { locals: { own: Bytes } }, (go, f) => {
  const { headers } = go.globals(vars);
  for (let i = 0; i < headers.len; i++) {
    const header = go.get(Bytes, headers, i);
    f.own = go.makeSlice(uint8, header.len);
    go.copy(uint8, f.own, header);
    go.set(Bytes, headers, i, f.own);
  }
});

export default scenario({
  question: 'Which arrays does append make, which does it leave behind, and what keeps them alive?',
  params: {
    n: intParam(2000, { min: 1, max: 10_000_000, help: 'elements to append' }),
    keepOld: boolParam(true, { help: 'keep the arrays that append has left behind' }),
    messages: intParam(20, { max: 10_000, help: 'messages of which the first 4 bytes are kept' }),
    size: intParam(10_000, { min: 4, max: 10_000_000, help: 'bytes of a message' }),
  },
  globals: vars,
  *main(go, { n, keepOld, messages, size }) {
    go.call(appendAll, { n, keepOld });
    go.call(fullSlices);
    go.call(readHeaders, { messages, size });
    yield* go.runtime.GC();
    go.writeHeapDump('grown');
    go.call(copyHeaders);
    yield* go.runtime.GC();
    go.writeHeapDump('copied');
  },
});
