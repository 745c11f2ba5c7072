/** Lesson 4: objects under 16 bytes without pointers share blocks. */
import { globals, int32, int64, intParam, nil, ptr, slice, uint8 } from '../index.ts';
import { lesson } from './lesson.ts';

const BytePtr = ptr(uint8);
const vars = globals({
  long: ptr(int64),
  byte: BytePtr,
  short: ptr(int32),
  last: ptr(int64),
  bytes: slice(BytePtr),
});

export default lesson({
  question: 'Why does one byte hold 16?',
  params: {
    bytes: intParam(8000, { min: 32, max: 10_000_000, help: 'values of one byte' }),
    keep: intParam(16, { min: 1, max: 10_000_000, help: 'one in so many of them is kept' }),
  },
  globals: vars,
  *main(go, { bytes, keep }) {
    const v = go.globals(vars);
    v.bytes = go.makeSlice(BytePtr, bytes);
    do v.long = go.new(int64);
    while (v.long % 16 !== 0);
    v.byte = go.new(uint8);
    v.short = go.new(int32);
    v.last = go.new(int64);
    go.mark('mixed', {
      block: v.long,
      byteAt: v.byte - v.long,
      shortAt: v.short - v.long,
      sameBlock: Number(v.last - v.long < 16 && v.last > v.long),
    });
    // The block that the bytes begin with is a new one.
    while ((v.byte + 1) % 16 !== 0) v.byte = go.new(uint8);
    yield* go.runtime.GC();
    go.mark('before', { objectsBefore: Number(go.runtime.readMemStats().HeapObjects) });
    const all = v.bytes;
    for (let i = 0; i < bytes; i++) go.set(BytePtr, all, i, go.new(uint8));
    go.mark('made', { bytes, objectsMade: Number(go.runtime.readMemStats().HeapObjects) });
    for (let i = 0; i < bytes; i++) if (i % keep !== 0) go.set(BytePtr, all, i, nil);
    yield* go.runtime.GC();
    go.mark('dropped', { keep, kept: Math.ceil(bytes / keep), first: go.get(BytePtr, all, 0) });
    go.writeHeapDump();
  },
  lesson: {
    title: 'The tiny allocator',
    order: 4,
    units: { byteAt: 'B', shortAt: 'B', objectsMade: 'objects', blocks: 'blocks' },
    story: [
      {
        at: 'mixed',
        ask: {
          question:
            'new(int64), then a byte, then an int32. Where in the block of 16 B are the two?',
          answer: 'At +{byteAt} and +{shortAt}',
        },
        text:
          'Objects under 16 B without pointers are put into one block of 16 B, one behind the other, aligned by ' +
          'size: int64 at +0, the byte at +{byteAt}, the int32 at +{shortAt}. The int64 after them is ' +
          '{sameBlock:in the same block|in a new block}, as there is no room.',
        look: 'whatis {block:hex} --step {after}',
      },
      {
        at: 'before',
        text: 'Before the experiment there are {objectsBefore} objects in the heap.',
      },
      {
        at: 'made',
        figures: ({ known }) => ({ blocks: known.objectsMade! - known.objectsBefore! }),
        ask: {
          question: '{bytes} values of one byte are made. How many objects is that?',
          answer: '{blocks}',
        },
        text:
          'HeapObjects has risen from {objectsBefore} to {objectsMade}, by {blocks}: the heap knows only the blocks, ' +
          'and each holds 16 bytes.',
      },
      {
        at: 'dropped',
        figures: ({ memstats, known }) => ({ freed: known.objectsMade! - memstats.HeapObjects! }),
        ask: {
          question:
            'One value in {keep} is kept, the others are dropped. How many blocks become free?',
          answer: '{freed}',
        },
        text:
          '{kept} values are kept, and {freed} blocks were freed: a block lives while any of its values does. For ' +
          'the same reason a finalizer of a tiny object may never run.',
        look: 'why {first:hex} --step {after}',
      },
    ],
    try: {
      param: 'keep=32',
      see: 'Every other block has no value that is kept: {freed} blocks are freed, of {blocks}.',
      shows: ({ freed, blocks }, was) => was.freed === 0 && freed === blocks! / 2,
    },
  },
});
