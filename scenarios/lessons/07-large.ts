/** Lesson 7: objects above 32 KiB have spans of their own. */
import { func, globals, int, intParam, nil, slice, uint8 } from '../index.ts';
import { spanAt } from './at-address.ts';
import { lesson } from './lesson.ts';

const Bytes = slice(uint8);
const vars = globals({
  small: Bytes,
  large: Bytes,
  larger: Bytes,
  a: Bytes,
  b: Bytes,
  c: Bytes,
  next: Bytes,
});
const pageSize = 8192;

/** Three neighbours of `pages` pages. */
const three = func('main.three', { params: { pages: int } }, (go, { pages }) => {
  const v = go.globals(vars);
  v.a = go.makeSlice(uint8, pages * pageSize);
  v.b = go.makeSlice(uint8, pages * pageSize);
  v.c = go.makeSlice(uint8, pages * pageSize);
});

export default lesson({
  question: 'What happens above 32 KiB?',
  params: {
    pages: intParam(18, {
      min: 16,
      max: 1000,
      help: 'pages of the object that comes after the hole',
    }),
  },
  globals: vars,
  *main(go, { pages }) {
    const v = go.globals(vars);
    v.small = go.makeSlice(uint8, 32_760);
    v.large = go.makeSlice(uint8, 32_769);
    v.larger = go.makeSlice(uint8, 40_961);
    go.mark('made', {
      smallSize: v.small.len,
      largeSize: v.large.len,
      largerSize: v.larger.len,
      small: v.small.array,
      large: v.large.array,
      larger: v.larger.array,
    });
    go.call(three, { pages: 20 });
    go.mark('neighbours', {
      holePages: v.b.len / pageSize,
      hole: v.b.array,
      between: (v.c.array - v.a.array) / pageSize,
    });
    v.b = { array: nil, len: 0, cap: 0 };
    yield* go.runtime.GC();
    go.mark('hole');
    v.next = go.makeSlice(uint8, pages * pageSize);
    go.mark('next', { pages, next: v.next.array });
    go.writeHeapDump();
  },
  lesson: {
    title: 'Large objects and the page heap',
    order: 7,
    story: [
      {
        at: 'made',
        figures: ({ world, known }) => {
          const [s, l, m] = ['small', 'large', 'larger'].map((name) => spanAt(world, known[name]!));
          return {
            smallClass: s!.sizeclass(),
            smallSlot: s!.elemsize,
            largeClass: l!.sizeclass(),
            largeSlot: l!.elemsize,
            largerSlot: m!.elemsize,
          };
        },
        ask: {
          question: 'The largest size class is {smallSlot} B. What do {largeSize} B take?',
          answer: '{largeSlot} B',
        },
        text:
          '{smallSize} B are the most that have a size class ({smallClass}: {smallSlot} B). Above that an object ' +
          'is large: class {largeClass}, a span of its own, of whole pages. {largeSize} B take {largeSlot} B, ' +
          '{largerSize} B take {largerSlot} B.',
        look: 'explain --step {step}',
      },
      {
        at: 'neighbours',
        text:
          'Three slices of {holePages} pages each lie side by side: from the first to the third are {between} pages. ' +
          "Above 15 pages a P's page cache is not asked; the page allocator takes the lowest place that fits.",
        look: 'pages --map --step {after}',
      },
      {
        at: 'hole',
        text:
          'The middle one is dropped and collected. Its pages are free: a hole of {holePages} pages at {hole:hex}. A ' +
          'radix tree knows of each part of the heap the longest run of free pages at its start, at its end and anywhere.',
        look: 'pages --map --step {after}',
      },
      {
        at: 'next',
        figures: ({ known }) => ({ inHole: Number(known.next === known.hole) }),
        ask: {
          question: 'An object of {pages} pages: does it go into the hole?',
          answer: '{inHole:Yes|No}',
        },
        text:
          'The object of {pages} pages lies at {next:hex}, {inHole:in the hole: the first run of pages that is long ' +
          'enough|not in the hole}.',
        look: 'explain --step {step}',
      },
    ],
    try: {
      param: 'pages=21',
      see: '{pages} pages do not fit the hole of {holePages}, and pages are not moved together: the object lies at {next:hex}, the hole at {hole:hex} stays.',
      shows: (changed, was) => was.inHole === 1 && changed.inHole === 0,
    },
  },
});
