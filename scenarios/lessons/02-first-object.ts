/** Lesson 2: an object comes from the mcache, behind which stand mcentral, the page heap and the system. */
import { array, globals, intParam, type Ptr, ptr, slice, uint8, uint64 } from '../index.ts';
import { spanAt } from './at-address.ts';
import { lesson } from './lesson.ts';

const vars = globals({ first: ptr(uint64), second: ptr(uint64), large: slice(uint8) });

export default lesson({
  question: 'Where does the first object of a size come from?',
  params: {
    words: intParam(150, { min: 3, max: 4000, help: 'words of the object, of 8 bytes' }),
  },
  globals: vars,
  main(go, { words }) {
    const T = array(words, uint64);
    const v = go.globals(vars);
    go.debug.setGCPercent(-1);
    go.mark('start');
    v.first = go.new(T) as unknown as Ptr<number>;
    go.mark('first', { first: v.first, size: go.sizeof(T) });
    v.second = go.new(T) as unknown as Ptr<number>;
    go.mark('second', { second: v.second, apart: v.second - v.first });
    v.large = go.makeSlice(uint8, 4 * 2 ** 20);
    go.mark('large', { asked: v.large.len });
    go.writeHeapDump();
  },
  lesson: {
    title: 'mcache, mcentral, mheap, the system',
    order: 2,
    units: { usedBefore: 'slots' },
    story: [
      {
        at: 'start',
        figures: ({ world, memstats }) => ({
          arena: world.arch.heapArenaBytes,
          sysBefore: memstats.HeapSys!,
        }),
        text:
          'Go reserves address space by arenas of {arena:MiB}, and takes memory in it as it needs it: when main ' +
          'begins, HeapSys is {sysBefore:MiB}.',
        look: 'memstats --step 0',
      },
      {
        at: 'first',
        figures: ({ world, known }) => {
          const s = spanAt(world, known.first!);
          return {
            slot: s.elemsize,
            pages: s.npages,
            slots: s.nelems,
            usedBefore: s.allocCount - 1,
          };
        },
        ask: {
          question: 'An object of {size} B is made. How many were in its span before?',
          answer: '{usedBefore}',
        },
        text:
          'The mcache of the P keeps one span for each span class; in the one for slots of {slot} B are {slots} ' +
          'slots, and {usedBefore} had been taken. Where it has no span with room, refill asks the mcentral of ' +
          'the class, which tries spans with room, then at most 100 that need sweeping (spanBudget). Where none has ' +
          "room, grow takes {pages:#page} from the page heap: for fewer than 16 from the P's cache of 64 pages.",
        look: 'explain --step {step}',
      },
      {
        at: 'second',
        ask: { question: 'Where is the next object of that size?', answer: '{apart} B further on' },
        text:
          'The span is in the mcache now. The next object is its next slot, {apart} B further on: one count of ' +
          'trailing zeros in a word of bits, and no lock.',
        look: 'explain --step {step}',
      },
      {
        at: 'large',
        figures: ({ memstats }) => ({ sysAfter: memstats.HeapSys! }),
        text:
          'A slice of {asked:MiB} finds no free pages: the heap grows, and HeapSys goes from {sysBefore:MiB} to ' +
          '{sysAfter:MiB}. The arena was reserved before, so its addresses go on where they ended. What is free the page heap looks up by ' +
          'chunks of 512 pages, which are 4 MiB: a bitmap of each, and above them sums of the longest free runs.',
        look: 'explain --step {step}',
      },
    ],
    try: {
      param: 'words=12',
      see: 'Objects of {size} B have slots of {slot} B, and of the {slots} in the span {usedBefore} had been taken before main made its first: its span came while the program booted, and no refill is needed.',
      shows: (changed, was) => changed.usedBefore! > 0 && was.usedBefore === 0,
    },
  },
});
