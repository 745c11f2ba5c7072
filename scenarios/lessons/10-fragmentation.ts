/** Lesson 10: a span stays in use as long as one of its objects does. */
import { array, func, globals, int, intParam, nil, ptr, slice, uint64 } from '../index.ts';
import { lesson } from './lesson.ts';

const Cell = array(8, uint64);
const CellPtr = ptr(Cell);
const vars = globals({ kept: slice(CellPtr) });

/** Of `n` objects one in `keep` is kept, the others are garbage. */
const serve = func('main.serve', { params: { n: int, keep: int } }, (go, { n, keep }) => {
  const { kept } = go.globals(vars);
  for (let i = 0; i < n; i++) {
    const p = go.new(Cell);
    if (i % keep === 0) go.set(CellPtr, kept, i / keep, p);
  }
});

export default lesson({
  question: 'Why is a hundredth of the memory alive, and all of it in use?',
  params: {
    objects: intParam(2 ** 15, { min: 1024, max: 2 ** 24, help: 'objects of 64 bytes' }),
    keep: intParam(126, { min: 1, max: 2 ** 24, help: 'one in so many of them is kept' }),
  },
  globals: vars,
  *main(go, { objects, keep }) {
    const v = go.globals(vars);
    go.debug.setGCPercent(-1);
    v.kept = go.makeSlice(CellPtr, Math.ceil(objects / keep));
    go.call(serve, { n: objects, keep });
    go.mark('made', { objects, keep, size: go.sizeof(Cell) });
    yield* go.runtime.GC();
    go.mark('collected', { kept: v.kept.len, one: go.get(CellPtr, v.kept, 0) });
    v.kept = { array: nil, len: 0, cap: 0 };
    yield* go.runtime.GC();
    go.mark('dropped');
    go.writeHeapDump();
  },
  lesson: {
    title: 'Spans that one object keeps',
    order: 11,
    story: [
      {
        at: 'made',
        figures: ({ memstats }) => ({
          allocMade: memstats.HeapAlloc!,
          inuseMade: memstats.HeapInuse!,
        }),
        text:
          '{objects} objects of {size} B were made, and one in {keep} of them is kept. Before a collection HeapAlloc is ' +
          '{allocMade:MiB}, HeapInuse {inuseMade:MiB}.',
      },
      {
        at: 'collected',
        figures: ({ memstats }) => ({ alloc: memstats.HeapAlloc!, inuse: memstats.HeapInuse! }),
        ask: {
          question: 'A collection leaves {kept} objects. What are HeapAlloc and HeapInuse?',
          answer: '{alloc:MiB} and {inuse:MiB}',
        },
        text:
          'HeapAlloc, the slots in use, is {alloc:MiB}; HeapInuse, the spans in use, is {inuse:MiB}. A page of 8 KiB has room for ' +
          '128 of these objects, so nearly each span has a survivor, and Go never moves an object to empty one. The free slots ' +
          'are not lost: objects of the same class will fill them, others will not.',
        look: 'classes --used --step {after}',
      },
      {
        at: 'dropped',
        figures: ({ memstats }) => ({
          allocLast: memstats.HeapAlloc!,
          inuseLast: memstats.HeapInuse!,
        }),
        ask: {
          question: 'Now the {kept} are dropped too. HeapInuse?',
          answer: '{inuseLast:MiB}',
        },
        text: 'Empty spans go back to the page heap at once: HeapAlloc {allocLast:MiB}, HeapInuse {inuseLast:MiB}.',
        look: 'memstats --step {after}',
      },
    ],
    try: {
      param: 'keep=1260',
      see: 'One in {keep} is kept, so nine of ten spans are empty: HeapInuse after the collection is {inuse:MiB}, not {was.inuse:MiB}.',
      shows: (changed, was) => changed.inuse! < was.inuse! / 5,
    },
  },
});
