/** Lesson 1: a size is rounded up to that of its class. */
import { numSizeClasses } from '../../sim/sizeclasses.ts';
import { func, globals, int, intParam, nil, slice, uint8 } from '../index.ts';
import { spanAt } from './at-address.ts';
import { lesson } from './lesson.ts';

const Bytes = slice(uint8);
const vars = globals({ made: Bytes, appended: Bytes, few: Bytes });

/** `append([]byte(nil), s...)` for an s of n bytes: its capacity. */
const append = func('main.appendTo', { params: { n: int } }, (go, { n }) => {
  const s = go.str('x'.repeat(n));
  const v = go.globals(vars);
  v.appended = go.appendString({ array: nil, len: 0, cap: 0 }, s);
  return v.appended.cap;
});

/** The sizes of a range: how many capacities they get, and which one loses most of it. */
const walk = func('main.walk', { params: { from: int, to: int } }, (go, { from, to }) => {
  const caps = new Set<number>();
  let [worst, waste] = [0, 0];
  for (let n = from; n <= to; n++) {
    const cap = go.call(append, { n });
    caps.add(cap);
    if ((cap - n) / cap > waste) [worst, waste] = [n, (cap - n) / cap];
  }
  return { caps: caps.size, worst, waste };
});

export default lesson({
  question: 'Why does a slice of 33 bytes take 48?',
  params: { size: intParam(33, { min: 17, max: 32_000, help: 'bytes asked for' }) },
  globals: vars,
  main(go, { size }) {
    const v = go.globals(vars);
    v.made = go.makeSlice(uint8, size);
    go.mark('made', { size, made: v.made.array });
    const cap = go.call(append, { n: size });
    go.mark('appended', { cap });
    const smallCap = go.call(append, { n: 5 });
    go.mark('few', { few: 5, smallCap });
    const [from, to] = [17, 128];
    const { caps, worst, waste } = go.call(walk, { from, to });
    go.mark('walked', { from, to, caps, worst, waste });
    go.writeHeapDump();
  },
  lesson: {
    title: 'Size classes',
    order: 1,
    units: { cap: 'B', smallCap: 'B' },
    story: [
      {
        at: 'made',
        figures: ({ world, known }) => {
          const { elemsize, nelems, npages } = spanAt(world, known.made!);
          return {
            slot: elemsize,
            unused: elemsize - known.size!,
            slots: nelems,
            pages: npages,
            classes: numSizeClasses - 1,
          };
        },
        ask: {
          question: 'make([]byte, {size}): how many bytes does the heap give?',
          answer: '{slot} B',
        },
        text:
          'The allocator has no slots of {size} B. It cuts each span of pages into equal slots, of one of {classes} ' +
          'sizes, and takes the smallest size that fits: {slot} B, of which {unused} B stay unused. This span ' +
          'has {slots} such slots in {pages:#page} of 8 KiB; the slice begins at {made:hex}.',
        look: 'explain --step {step}',
      },
      {
        at: 'appended',
        ask: {
          question: 'And append to a nil slice of as many bytes: what is its cap()?',
          answer: '{cap}',
        },
        text:
          'growslice asks which slot it will get, and gives the program all of it as capacity: {cap}. So an odd ' +
          'cap() is a size class showing through.',
        look: 'explain --step {step}',
      },
      {
        at: 'few',
        text: 'append of {few} bytes gives cap {smallCap}: the smallest class.',
        look: 'size {few}',
      },
      {
        at: 'walked',
        text:
          'All sizes from {from} to {to} B end in {caps} different slots. The loss is greatest just above a class: ' +
          '{worst} B lose {waste:%} of their slot.',
        look: 'size {worst}',
      },
    ],
    try: {
      param: 'size=32',
      see: '{size} B get a slot of {slot} B and leave {unused} B unused; {was.size} B, one more, get {was.slot} B.',
      shows: (changed, was) => changed.slot === 32 && changed.unused === 0 && was.slot === 48,
    },
  },
});
