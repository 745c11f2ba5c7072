/** goldens/programs/odd-sizes as a scenario. */
import {
  array,
  globals,
  int,
  type Ptr,
  ptr,
  scenario,
  slice,
  struct,
  uint8,
  uintptr,
  unsafePointer,
} from '../../../scenarios/index.ts';
import { entryDump, entryParams } from './entry-dump.ts';

const empty = struct('main.empty', {});
const ptrs2 = struct('main.ptrs2', { a: ptr(int), b: ptr(int) });
const tail = struct('main.tail', { n: array(40, uintptr), p: ptr(int) });

const vars = globals({
  keep: array(800, unsafePointer),
  nkeep: int,
  zeroes: array(4, ptr(empty)),
  sinkB: slice(uint8),
  sinkP: slice(ptr(int)),
});

const sizes = [
  1, 2, 3, 4, 7, 8, 9, 12, 15, 16, 17, 24, 25, 32, 33, 48, 64, 80, 96, 112, 120, 121, 127, 128, 129,
  144, 160, 176, 192, 208, 224, 240, 256, 288, 320, 352, 384, 416, 448, 480, 504, 505, 511, 512,
  513, 520, 576, 640, 704, 768, 896, 1024, 1025, 1152, 1280, 1408, 1536, 1792, 2040, 2048, 2049,
  2304, 2688, 3072, 3200, 3456, 4096, 4864, 5376, 6144, 6528, 6784, 6912, 8192, 9472, 9728, 10240,
  10880, 12288, 13568, 14336, 16384, 18432, 19072, 20480, 21760, 24576, 27264, 28672, 32752, 32753,
  32760, 32761, 32768, 32769, 40960, 40961,
];

export const oddSizes = scenario({
  question: 'Does an object of every size lie where real Go puts it?',
  globals: vars,
  locals: { x: ptr(int) },
  params: entryParams,
  *main(go, params, frame) {
    const g = go.globals(vars);
    const kept: Ptr<unknown>[] = [];
    const hold = (p: Ptr<unknown>): void => {
      kept.push(p);
      g.keep = kept;
      g.nkeep++;
    };
    yield* entryDump(go, params);
    frame.x = go.new(int);
    for (const n of sizes) {
      g.sinkB = go.makeSlice(uint8, n);
      go.set(uint8, g.sinkB, 0, 1);
      hold(g.sinkB.array);
      g.sinkP = go.makeSlice(ptr(int), Math.trunc((n + 7) / 8));
      go.set(ptr(int), g.sinkP, 0, frame.x);
      hold(g.sinkP.array);
    }
    g.zeroes = [0, 1, 2, 3].map(() => go.new(empty));
    for (let i = 0; i < 20; i++) {
      hold(go.new(ptrs2, { a: frame.x, b: frame.x }));
      hold(go.new(tail, { p: frame.x }));
    }
    go.writeHeapDump();
  },
});
