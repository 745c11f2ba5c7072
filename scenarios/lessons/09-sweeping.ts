/** Lesson 9: what the collector leaves to the sweeper. */

import { mSpanInUse } from '../../sim/mspan.ts';
import { array, func, globals, int, intParam, nil, ptr, slice, uint64 } from '../index.ts';
import { inUse, spanAt } from './at-address.ts';
import { lesson } from './lesson.ts';

const Cell = array(10, uint64);
const CellPtr = ptr(Cell);
const vars = globals({ cells: slice(CellPtr) });
/** Cells in a span. */
const perSpan = 102;

const fill = func('main.fill', { params: { n: int } }, (go, { n }) => {
  const { cells } = go.globals(vars);
  for (let i = 0; i < n; i++) go.set(CellPtr, cells, i, go.new(Cell));
});

export default lesson({
  question: 'Why did memory not fall when marking ended?',
  params: {
    keep: intParam(1, { max: perSpan, help: 'objects of the first span that stay in use' }),
  },
  globals: vars,
  *main(go, { keep }) {
    const v = go.globals(vars);
    yield* go.runtime.GC();
    v.cells = go.makeSlice(CellPtr, 2 * perSpan);
    const { cells } = v;
    go.call(fill, { n: 2 * perSpan });
    const [first, second] = [go.get(CellPtr, cells, 0), go.get(CellPtr, cells, perSpan)];
    go.mark('filled', { objects: 2 * perSpan, first, second });
    for (let i = keep; i < 2 * perSpan; i++) go.set(CellPtr, cells, i, nil);
    yield* go.runtime.GC();
    go.mark('swept', { keep });
    go.writeHeapDump();
  },
  lesson: {
    title: 'Sweeping',
    order: 9,
    units: {
      firstCount: 'objects',
      secondCount: 'objects',
      keep: 'objects',
      allocBefore: 'B',
      inuseBefore: 'B',
      sysBefore: 'B',
    },
    story: [
      {
        at: 'filled',
        figures: ({ world, known, memstats }) => ({
          sweepgen: world.mheap.sweepgen,
          firstCount: spanAt(world, known.first!).allocCount,
          secondCount: spanAt(world, known.second!).allocCount,
          allocBefore: memstats.HeapAlloc!,
          inuseBefore: memstats.HeapInuse!,
          sysBefore: memstats.HeapSys!,
        }),
        text:
          '{objects} objects fill two spans: {firstCount} in the first, {secondCount} in the second. mheap.sweepgen is ' +
          '{sweepgen}.',
        look: 'spans --class 7 --step {after}',
      },
      {
        at: 'swept',
        figures: ({ world, known, memstats }) => {
          const [first, second] = [spanAt(world, known.first!), spanAt(world, known.second!)];
          return {
            sweepgenAfter: world.mheap.sweepgen,
            keptSlots: inUse(world, known.first!) ? first.allocCount : 0,
            secondInUse: Number(second.state === mSpanInUse),
            allocFell: known.allocBefore! - memstats.HeapAlloc!,
            inuseFell: known.inuseBefore! - memstats.HeapInuse!,
            sysFell: known.sysBefore! - memstats.HeapSys!,
          };
        },
        ask: {
          question:
            "All but {keep} of the first span's objects were dropped, and a collection ran. By how much has HeapInuse fallen?",
          answer: '{inuseFell} B',
        },
        text:
          'Marking frees nothing. At its end sweepgen goes up by two, now {sweepgenAfter}, and so every span with an older one ' +
          'needs sweeping: its gcmarkBits become its allocBits, and what is not set is free. The first span keeps {keptSlots:#object} ' +
          'and all of its page. The second is {secondInUse:still in use|empty, and its page goes back to the page heap}. ' +
          'HeapAlloc fell by {allocFell} B, HeapInuse by {inuseFell} B, HeapSys by {sysFell} B: address space is kept.',
        look: 'explain --step {step}',
      },
      {
        at: { op: 'WriteHeapDump', nth: 1 },
        text:
          'runtime.GC() returns after all is swept. A collection that begins by itself does not: a goroutine sweeps in the ' +
          'background, and who wants a span sweeps one first. So HeapAlloc falls bit by bit, and some of it not before ' +
          'someone needs the room. A dump shows none of that: WriteHeapDump sweeps first.',
      },
    ],
    try: {
      param: 'keep=0',
      see: 'Both spans are empty now: HeapInuse falls by {inuseFell} B, not {was.inuseFell} B.',
      shows: (changed, was) => changed.inuseFell! > was.inuseFell! && changed.keptSlots === 0,
    },
  },
});
