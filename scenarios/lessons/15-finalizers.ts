/** Lesson 15: when a finalizer runs, and when it never does. */
import {
  boolParam,
  func,
  globals,
  int,
  type Ptr,
  ptr,
  type StructType,
  struct,
  uint8,
} from '../index.ts';
import { inUse } from './at-address.ts';
import { lesson } from './lesson.ts';

interface File {
  fd: number;
  peer: Ptr<File>;
}
const File: StructType<File> = struct('main.File', () => ({ fd: int, peer: ptr(File) }));
const BytePtr = ptr(uint8);
const vars = globals({ closed: int, ringClosed: int, tinyClosed: int, neighbour: BytePtr });

const close = func('main.close', { params: { f: ptr(File) } }, (go) => {
  go.globals(vars).closed++;
});
const closeRing = func('main.closeRing', { params: { f: ptr(File) } }, (go) => {
  go.globals(vars).ringClosed++;
});
const closeTiny = func('main.closeTiny', { params: { b: BytePtr } }, (go) => {
  go.globals(vars).tinyClosed++;
});

const open = func('main.open', { locals: { f: ptr(File) } }, (go, f) => {
  f.f = go.new(File, { fd: 3 });
  go.runtime.setFinalizer(File, f.f, close);
  return f.f;
});

/** Two files, the first with a finalizer: it points to the second, which points back in a ring. */
const openPair = func(
  'main.openPair',
  { params: { ring: int }, locals: { a: ptr(File), b: ptr(File) } },
  (go, f) => {
    f.b = go.new(File, { fd: 5 });
    f.a = go.new(File, { fd: 4, peer: f.b });
    if (f.ring) go.at(File, f.b).peer = f.a;
    go.runtime.setFinalizer(File, f.a, closeRing);
    return f.a;
  },
);

/** A byte with a finalizer, and another one in the same block, which stays. */
const tiny = func('main.tiny', { locals: { b: BytePtr } }, (go, f) => {
  do f.b = go.new(uint8);
  while (f.b % 16 !== 0);
  go.runtime.setFinalizer(uint8, f.b, closeTiny);
  const byte = f.b;
  go.globals(vars).neighbour = go.new(uint8);
  return byte;
});

export default lesson({
  question: 'Why did my finalizer not run?',
  params: { ring: boolParam(true, { help: 'the second file points back to the first' }) },
  globals: vars,
  *main(go, { ring }) {
    const v = go.globals(vars);
    const file = go.call(open);
    const pair = go.call(openPair, { ring: Number(ring) });
    const byte = go.call(tiny);
    go.mark('registered', { file, pair, byte, neighbour: v.neighbour - byte });
    yield* go.runtime.GC();
    while (v.closed === 0) yield* go.time.sleep(1e6);
    go.mark('ran', { closed: v.closed });
    yield* go.runtime.GC();
    yield* go.time.sleep(1e6);
    go.mark('freed', { ringClosed: v.ringClosed, tinyClosed: v.tinyClosed });
    go.writeHeapDump();
  },
  lesson: {
    title: 'Finalizers',
    order: 15,
    story: [
      {
        at: 'registered',
        text:
          'Three objects with a finalizer, and nothing points to them any more: a file at {file:hex}; a file that points to ' +
          'another, at {pair:hex}; and a byte at {byte:hex}, beside which, {neighbour} B further on, lies one that stays. The finalizer ' +
          'is a special, kept with the span, off the heap.',
        look: 'whatis {file:hex} --step {after}',
      },
      {
        at: 'ran',
        figures: ({ world, known }) => ({ fileAlive: inUse(world, known.file!) }),
        ask: {
          question:
            "A collection ran, and the file's finalizer after it. Is the file's memory free?",
          answer: '{fileAlive:No|Yes}',
        },
        text:
          'The sweeper found the file without a mark, but with a finalizer: it marked it again, as the finalizer gets it as its ' +
          'argument, and queued the call. {closed} call has been made, and the slot is {fileAlive:still in use|free}.',
        look: 'gc',
      },
      {
        at: 'freed',
        figures: ({ world, known }) => ({
          fileAliveLater: inUse(world, known.file!),
          pairAlive: inUse(world, known.pair!),
          byteAlive: inUse(world, known.byte!),
        }),
        ask: {
          question:
            "After the second collection: how often was the pair's finalizer called, how often the byte's?",
          answer: '{ringClosed} and {tinyClosed} times',
        },
        text:
          "The second collection freed the file: its slot is {fileAliveLater:in use|free}. The pair's finalizer was called {ringClosed} " +
          "times: what an object with a finalizer points to is kept, so in a ring it keeps itself. The byte's was called {tinyClosed} times: " +
          "its block of 16 B lives with its neighbour. The pair is {pairAlive:in use|free}, the byte's block {byteAlive:in use|free}. " +
          'A program does not choose what shares a block: finalizers of tiny objects that ran only now and then were ' +
          'reported as golang/go#46827, and the documentation of SetFinalizer warns of it since.',
        look: 'whatis {pair:hex} --step {after}',
      },
    ],
    try: {
      param: 'ring=false',
      see: "Without the pointer back, the pair's finalizer is called {ringClosed} time, and its memory is {pairAlive:in use|free} after the second collection.",
      shows: (changed, was) =>
        was.ringClosed === 0 &&
        was.pairAlive === 1 &&
        changed.ringClosed === 1 &&
        changed.pairAlive === 0,
    },
  },
});
