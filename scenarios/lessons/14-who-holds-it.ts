/** Lesson 14: what keeps an object alive. */
import {
  array,
  type Blocking,
  bool,
  boolParam,
  chan,
  func,
  globals,
  nil,
  ptr,
  slice,
  struct,
  uint8,
  uint64,
} from '../index.ts';
import { inUse } from './at-address.ts';
import { lesson } from './lesson.ts';

const Bytes = slice(uint8);
const Never = chan(bool);
const Page = struct('main.Page', { body: array(1000, uint64), views: uint64 });
const vars = globals({ name: Bytes, views: ptr(uint64), never: Never });

/** Reads 1 MiB and wants three bytes of it. */
const readName = func(
  'main.readName',
  { params: { clone: bool }, locals: { file: Bytes } },
  (go, f) => {
    f.file = go.makeSlice(uint8, 2 ** 20);
    const v = go.globals(vars);
    const three = go.slice(uint8, f.file, 0, 3);
    if (f.clone) {
      v.name = go.makeSlice(uint8, 3);
      go.copy(uint8, v.name, three);
    } else v.name = three;
    return f.file.array;
  },
);

/** Gives out a pointer to one word of a page. */
const countViews = func('main.countViews', { locals: { page: ptr(Page) } }, (go, f) => {
  f.page = go.new(Page);
  go.globals(vars).views = go.field(Page, f.page, 'views');
  return f.page;
});

/** Waits forever for an answer that nobody sends. */
const ask = func('main.ask', { locals: { buffer: Bytes } }, function* (go, f): Blocking {
  f.buffer = go.makeSlice(uint8, 64 * 1024);
  go.mark('waiting', { buffer: f.buffer.array });
  yield* go.recv(Never, go.globals(vars).never);
  go.set(uint8, f.buffer, 0, 1);
});

export default lesson({
  question: 'Who keeps it alive?',
  params: { clone: boolParam(false, { help: 'copy the three bytes, and keep the copy' }) },
  globals: vars,
  locals: { dropped: ptr(Page) },
  *main(go, { clone }, frame) {
    const v = go.globals(vars);
    v.never = go.makeChan(Never);
    go.go(ask);
    yield* go.runtime.Gosched();
    const file = go.call(readName, { clone });
    const page = go.call(countViews);
    frame.dropped = go.new(Page);
    const dropped = frame.dropped;
    frame.dropped = nil;
    go.mark('made', { file, page, dropped, pageSize: go.sizeof(Page) });
    yield* go.runtime.GC();
    go.mark('collected', { length: v.name.len, name: v.name.array, views: v.views });
    go.writeHeapDump();
  },
  lesson: {
    title: 'Slices, fields and goroutines that hold',
    order: 14,
    story: [
      {
        at: 'waiting',
        text: 'A goroutine has made a buffer at {buffer:hex} and waits for an answer that nobody will send.',
        look: 'whatis {buffer:hex} --step {after}',
      },
      {
        at: 'made',
        text:
          'A function has read 1 MiB to {file:hex} and kept its first three bytes. Another has given out a pointer to one field of a ' +
          'struct of {pageSize} B at {page:hex}. A third object, at {dropped:hex}, was dropped: it is ' +
          'counted in HeapAlloc until its span is swept.',
        look: 'objects --limit 5 --step {after}',
      },
      {
        at: 'collected',
        figures: ({ world, known, memstats }) => ({
          fileAlive: inUse(world, known.file!),
          pageAlive: inUse(world, known.page!),
          bufferAlive: inUse(world, known.buffer!),
          droppedAlive: inUse(world, known.dropped!),
          pageOffset: known.views! - known.page!,
          alloc: memstats.HeapAlloc!,
        }),
        ask: {
          question:
            'The program uses {length} bytes of the file. How much of it does a collection leave?',
          answer: '{fileAlive:All: 1 MiB|Nothing}',
        },
        text:
          "The {length} bytes at {name:hex} are {fileAlive:the file's own array, which is alive as a whole|a copy, and the file is gone}. " +
          'A pointer to anywhere in an object keeps all of it: main.views points {pageOffset} B into the page, which is ' +
          '{pageAlive:alive|dead}. The buffer is {bufferAlive:alive|dead}: a goroutine that waits forever is a root like any other. ' +
          'The dropped one is {droppedAlive:alive|dead}. HeapAlloc is {alloc:MiB}.',
        look: 'why {name:hex} --step {after}',
      },
      {
        at: { op: 'WriteHeapDump', nth: 1 },
        text:
          'A profile says where an object was made. Who holds it a heap dump says: one chain of pointers from a root, and by dominators ' +
          'how much would go with each holder.',
        look: 'dom --step {after}',
      },
    ],
    try: {
      param: 'clone=true',
      see: 'With the three bytes copied (bytes.Clone), the file is {fileAlive:alive|dead} after the collection, and HeapAlloc is {alloc:MiB}, not {was.alloc:MiB}.',
      shows: (changed, was) =>
        was.fileAlive === 1 &&
        changed.fileAlive === 0 &&
        was.alloc! - changed.alloc! > 2 ** 20 - 100,
    },
  },
});
