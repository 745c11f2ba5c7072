/** Objects below 16 bytes without pointers share 16-byte blocks; one that lives keeps its whole block. */
import {
  func,
  globals,
  int,
  intParam,
  nil,
  ptr,
  scenario,
  slice,
  string,
  uint8,
  uint16,
  uint64,
} from '../index.ts';

const BytePtr = ptr(uint8);
const ShortPtr = ptr(uint16);
const LongPtr = ptr(uint64);

const vars = globals({
  words: slice(string),
  flags: slice(BytePtr),
  shorts: slice(ShortPtr),
  longs: slice(LongPtr),
});

/** A string of 1 to 15 random letters, as it comes from a parser: made anew each time. */
const word = func(
  'main.word',
  { params: { buf: slice(uint8) }, locals: { letters: slice(uint8) } },
  (go, f) => {
    f.letters = go.slice(uint8, f.buf, 0, 1 + go.rand.intn(15));
    const { letters } = f;
    for (let i = 0; i < letters.len; i++) go.set(uint8, letters, i, 97 + go.rand.intn(26));
    return go.string(letters);
  },
);

const fill = func('main.fill', { params: { n: int }, locals: { buf: slice(uint8) } }, (go, f) => {
  const { n } = f;
  const v = go.globals(vars);
  f.buf = go.makeSlice(uint8, 15);
  v.words = go.makeSlice(string, n);
  for (let i = 0; i < n; i++) go.set(string, v.words, i, go.call(word, { buf: f.buf }));
});

/** The tiny allocator aligns by size: to 8, 4 or 2 bytes, or not at all. */
const numbers = func('main.numbers', { params: { n: int } }, (go, { n }) => {
  const v = go.globals(vars);
  v.flags = go.makeSlice(BytePtr, n);
  v.shorts = go.makeSlice(ShortPtr, n);
  v.longs = go.makeSlice(LongPtr, n);
  for (let i = 0; i < n; i++) {
    go.set(BytePtr, v.flags, i, go.new(uint8, i % 256));
    go.set(ShortPtr, v.shorts, i, go.new(uint16, i % 65536));
    go.set(LongPtr, v.longs, i, go.new(uint64, i));
  }
});

/** Forgets all but one in `keep` of the words and flags. */
const forget = func('main.forget', { params: { keep: int } }, (go, { keep }) => {
  const { words, flags } = go.globals(vars);
  for (let i = 0; i < words.len; i++) {
    if (i % keep !== 0) go.set(string, words, i, go.str(''));
  }
  for (let i = 0; i < flags.len; i++) {
    if (i % keep !== 0) go.set(BytePtr, flags, i, nil);
  }
});

export default scenario({
  question:
    'How do strings and numbers of a few bytes share blocks, and when is a block free again?',
  params: {
    words: intParam(4000, { max: 10_000_000, help: 'strings of 1 to 15 bytes' }),
    numbers: intParam(1000, { max: 10_000_000, help: 'numbers of each of 1, 2 and 8 bytes' }),
    keep: intParam(16, { min: 1, max: 1_000_000, help: 'one in so many words and bytes is kept' }),
  },
  globals: vars,
  *main(go, { words, numbers: n, keep }) {
    go.call(fill, { n: words });
    go.call(numbers, { n });
    go.writeHeapDump('full');
    go.call(forget, { keep });
    yield* go.runtime.GC();
    go.writeHeapDump('kept');
  },
});
