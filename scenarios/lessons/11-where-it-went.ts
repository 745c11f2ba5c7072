/** Lesson 11: the way of memory through MemStats. */
import { func, globals, int, intParam, nil, slice, uint8 } from '../index.ts';
import { lesson, type Scene } from './lesson.ts';

const Bytes = slice(uint8);
const vars = globals({ blocks: slice(Bytes) });

const fill = func('main.fill', { params: { n: int } }, (go, { n }) => {
  const { blocks } = go.globals(vars);
  for (let i = 0; i < n; i++) go.set(Bytes, blocks, i, go.makeSlice(uint8, 2 ** 20));
});

/** The ledger's lines, each with what it is at this point behind its name. */
const ledger =
  (at: string) =>
  ({ memstats }: Scene): Record<string, number> => ({
    [`alloc${at}`]: memstats.HeapAlloc!,
    [`inuse${at}`]: memstats.HeapInuse!,
    [`idle${at}`]: memstats.HeapIdle!,
    [`released${at}`]: memstats.HeapReleased!,
    [`sys${at}`]: memstats.HeapSys!,
  });

export default lesson({
  question: 'Where did my memory go: Sys, Idle, Released?',
  params: { blocks: intParam(64, { min: 1, max: 500, help: 'blocks of 1 MiB' }) },
  globals: vars,
  *main(go, { blocks }) {
    const v = go.globals(vars);
    v.blocks = go.makeSlice(Bytes, blocks);
    go.call(fill, { n: blocks });
    go.mark('filled', { blocks });
    v.blocks = { array: nil, len: 0, cap: 0 };
    yield* go.runtime.GC();
    go.mark('dropped');
    yield* go.debug.freeOSMemory();
    go.mark('freed');
    go.writeHeapDump();
  },
  lesson: {
    title: 'Sys, Inuse, Idle, Released',
    order: 12,
    units: {
      idleFilled: 'B',
      releasedFilled: 'B',
      inuseDropped: 'B',
      allocFreed: 'B',
      inuseFreed: 'B',
      idleFreed: 'B',
    },
    story: [
      {
        at: 'filled',
        figures: ledger('Filled'),
        text:
          '{blocks} blocks of 1 MiB: HeapAlloc {allocFilled:MiB}, in spans, HeapInuse, of {inuseFilled:MiB}. HeapSys, the address ' +
          'space of the heap, is HeapInuse and HeapIdle together: {sysFilled:MiB}.',
        look: 'memstats --step {after}',
      },
      {
        at: 'dropped',
        figures: ledger('Dropped'),
        ask: {
          question:
            'All blocks are dropped and collected. How much address space has the heap now?',
          answer: '{sysDropped:MiB}: it does not fall',
        },
        text:
          'HeapAlloc is {allocDropped:MiB}, and the pages are idle: HeapIdle {idleDropped:MiB}. Of these {releasedDropped:MiB} have no ' +
          'memory behind them (HeapReleased); the others the process still has, so RSS does not fall. HeapSys, ' +
          '{sysDropped:MiB}, does not fall either.',
        look: 'memstats --step {after}',
      },
      {
        at: 'freed',
        figures: ledger('Freed'),
        ask: {
          question: 'debug.FreeOSMemory() gives all free pages back. HeapReleased?',
          answer: '{releasedFreed:MiB}',
        },
        text:
          'HeapReleased is {releasedFreed:MiB}, nearly all that is idle, and RSS falls. Without the call the scavenger does it in the ' +
          'background, slowly, down to 10 % above the next heap goal. HeapSys is {sysFreed:MiB}: address space is never given back. (Each thread more that real Go starts takes 32 KiB of it for a stack.)',
        look: 'pages --map --step {after}',
      },
    ],
    try: {
      param: 'blocks=16',
      see: '{blocks} blocks: HeapSys is {sysFreed:MiB} at the end, not {was.sysFreed:MiB}: it tells the largest heap that ever was.',
      shows: (changed, was) =>
        changed.sysFreed! >= changed.sysDropped! && changed.sysFreed! < was.sysFreed! / 2,
    },
  },
});
