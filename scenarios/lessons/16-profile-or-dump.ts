/** Lesson 16: a profile takes samples, a dump takes all. */
import { func, globals, int, intParam, slice, uint8 } from '../index.ts';
import { lesson, type Scene } from './lesson.ts';

const Bytes = slice(uint8);
const vars = globals({ all: slice(Bytes) });

const rate = 8 * 1024;

const load = func('main.load', { params: { n: int, size: int } }, (go, { n, size }) => {
  const { all } = go.globals(vars);
  for (let i = 0; i < n; i++) go.set(Bytes, all, i, go.makeSlice(uint8, size));
});

/** Samples of objects of one size. */
function samples({ world, known }: Scene): number {
  let n = 0;
  for (const { size, active } of world.mprof.iterateMemprof()) {
    if (size === known.size) n += active.allocs - active.frees;
  }
  return n;
}

export default lesson({
  question: 'A profile or a dump: which one tells what?',
  params: {
    n: intParam(4000, { min: 1, max: 1_000_000, help: 'slices' }),
    size: intParam(1024, { min: 1024, max: 32_768, help: 'bytes of each, the size of a class' }),
  },
  globals: vars,
  memProfileRate: rate,
  *main(go, { n, size }) {
    const v = go.globals(vars);
    v.all = go.makeSlice(Bytes, n);
    go.call(load, { n, size });
    go.mark('made', { n, size, rate, one: v.all.array });
    yield* go.runtime.GC();
    yield* go.runtime.GC();
    go.mark('profiled');
    go.writeHeapDump();
  },
  lesson: {
    title: 'Samples and objects',
    order: 16,
    units: { taken: 'samples', all: 'objects' },
    story: [
      {
        at: 'made',
        figures: ({ known }) => ({ chance: 1 - Math.exp(-known.size! / known.rate!) }),
        ask: {
          question:
            '{n} slices of {size} B were made. With runtime.MemProfileRate {rate}, how many does the profile know?',
          answer: 'About {chance:%} of them',
        },
        text:
          'A sample is taken every {rate} B allocated, on average and at random. So an object of S bytes is taken with a chance of ' +
          '1 - e^(-S/rate), here {chance:%}. The rate that Go has by itself is 512 KiB, and the chance lower still.',
        look: 'explain --step {step}',
      },
      {
        at: 'profiled',
        figures: (scene) => {
          const taken = samples(scene);
          return { taken, estimate: Math.round(taken / scene.known.chance!) };
        },
        ask: {
          question: 'The profile has {taken} samples of that size. What does pprof make of them?',
          answer: '{estimate}: {taken} / {chance:%}',
        },
        text:
          'pprof divides by the chance: {estimate} objects, where {n} were made. It says where they were made, by stacks, and is cheap ' +
          'enough for production; which one lives, and who holds it, it cannot say. A collection has to have run, else the ' +
          'profile does not show the latest. Samples are random: in real runs their number differs by up to a fifth.',
      },
      {
        at: { op: 'WriteHeapDump', nth: 1 },
        figures: ({ world, known }) => {
          let all = 0;
          for (let i = 0; i < known.n!; i++) {
            if (world.memory.readUintptr(known.one! + i * 3 * world.arch.ptrSize) !== 0) all++;
          }
          return { all };
        },
        text:
          'A dump has each of the {all}, with its bytes and pointers, so it tells who holds what; but not where it was made, and the world ' +
          'stops while it is written. It has no spans, and of types those alone that were put into interfaces.',
        look: 'objects --limit 5 --step {after}',
      },
    ],
    tolerance: { taken: 0.2, estimate: 0.2, chance: 1e-9 },
    try: {
      param: 'size=8192',
      see: 'Of slices of {size} B a sample is taken with a chance of {chance:%}: the profile knows {taken} of {n}, and pprof says {estimate}.',
      shows: (changed, was) =>
        changed.chance! > 0.6 &&
        changed.taken! > 4 * was.taken! &&
        Math.abs(changed.estimate! - changed.n!) < 0.1 * changed.n!,
    },
  },
});
