/** Lesson 3: allocCache, a window of 64 bits that slides over a span. */
import { array, globals, intParam, nil, ptr, slice, uint64 } from '../index.ts';
import { freeInCache, spanAt } from './at-address.ts';
import { lesson, type Scene } from './lesson.ts';

const Cell = array(10, uint64);
const CellPtr = ptr(Cell);
const vars = globals({ cells: slice(CellPtr), next: CellPtr });

/** 80 B without pointers: size class 7, noscan. */
const spanclass = (7 << 1) | 1;

/** How often the quick way, nextFreeFast, knew no slot. */
function slowWays({ timeline }: Scene): number {
  let slow = 0;
  for (let i = 0; i < timeline.events.table.length; i++) {
    if (timeline.eventName(i) === 'nextFree' && timeline.event(i).spanclass === spanclass) slow++;
  }
  return slow;
}

export default lesson({
  question: 'How is a free slot found so fast?',
  params: {
    hole: intParam(10, { max: 80, help: 'number of the slot that becomes free, from 0' }),
  },
  globals: vars,
  *main(go, { hole }) {
    const v = go.globals(vars);
    const n = 102;
    v.cells = go.makeSlice(CellPtr, n);
    const { cells } = v;
    const fill = (from: number, to: number): void => {
      for (let i = from; i < to; i++) go.set(CellPtr, cells, i, go.new(Cell));
    };
    fill(0, 1);
    const cell = go.get(CellPtr, cells, 0);
    go.mark('one', { cell });
    fill(1, 64);
    go.mark('sixtyFour');
    fill(64, n);
    go.mark('full');
    go.set(CellPtr, cells, hole, nil);
    yield* go.runtime.GC();
    go.mark('collected', { hole });
    v.next = go.new(Cell);
    go.mark('reused', { slot: (v.next - cell) / go.sizeof(Cell), next: v.next });
    go.writeHeapDump();
  },
  lesson: {
    title: 'allocCache and freeindex',
    order: 3,
    story: [
      {
        at: 'one',
        figures: ({ world, known }) => {
          const s = spanAt(world, known.cell!);
          return {
            slots: s.nelems,
            slotSize: s.elemsize,
            freeindex1: s.freeindex,
            cache1: freeInCache(s),
          };
        },
        text:
          'A span with {slots} slots of {slotSize} B, the first one taken. The mspan keeps freeindex, now ' +
          '{freeindex1}, and allocCache, a word of 64 bits for the slots from there on, 1 for a free one: ' +
          '{cache1} of them are set. To find a free slot is to count its trailing zeros.',
        look: 'spans --class 7 --step {after}',
      },
      {
        at: 'sixtyFour',
        figures: (scene) => ({
          freeindex64: spanAt(scene.world, scene.known.cell!).freeindex,
          slow64: slowWays(scene),
        }),
        ask: {
          question:
            'A span has {slots} slots, the window 64 bits. What happens at the end of the window?',
          answer: 'nextFreeFast gives up, and nextFree loads the next 64 bits',
        },
        text:
          'Each allocation has shifted the window by one, until freeindex is {freeindex64}. At a multiple of 64 ' +
          'nextFreeFast returns 0, and the slow way, nextFree, refills allocCache from allocBits. So far {slow64} ' +
          'allocations went the slow way: this one, and the first, which got the span.',
        look: 'explain --step {step}',
      },
      {
        at: 'full',
        figures: (scene) => ({ slow: slowWays(scene) }),
        text: 'All {slots} slots are taken, and only {slow} of these allocations went the slow way.',
        look: 'spans --class 7 --step {after}',
      },
      {
        at: 'collected',
        ask: {
          question: 'Slot {hole} was dropped and a collection ran. Where will the next object lie?',
          answer: 'In slot {hole}',
        },
        text:
          'The sweeper makes the mark bits of the collection the new allocBits, sets freeindex back to 0, and ' +
          'puts the span where an mcache will find it: partial, swept.',
        look: 'explain --step {step}',
      },
      {
        at: 'reused',
        figures: ({ world, known }) => ({ freeindexAfter: spanAt(world, known.next!).freeindex }),
        text:
          'The new object is in slot {slot}: its bit is the first 1 in allocCache. freeindex is now ' +
          '{freeindexAfter}: all before it is in use.',
        look: 'explain --step {step}',
      },
    ],
    try: {
      param: 'hole=70',
      see: 'The next object lies in slot {slot}, and freeindex is {freeindexAfter}: the first window had nothing, so nextFree went on to the second.',
      shows: (changed) => changed.slot === 70 && changed.freeindexAfter === 71,
    },
  },
});
