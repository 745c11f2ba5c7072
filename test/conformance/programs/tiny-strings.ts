/** goldens/programs/tiny-strings as a scenario. */
import {
  any,
  array,
  float64,
  func,
  type GoString,
  globals,
  type Interface,
  int,
  type Ptr,
  ptr,
  scenario,
  slice,
  string,
  uint8,
  uint16,
  uint32,
} from '../../../scenarios/index.ts';
import { entryDump, entryParams } from './entry-dump.ts';

const pair = array(2, uint32);
const six = array(3, uint16);
const twelve = array(12, uint8);

const vars = globals({
  words: slice(string),
  nums: array(100, any),
  pairs: array(60, ptr(pair)),
  ones: array(70, ptr(uint8)),
  sixes: array(50, ptr(six)),
  twelv: array(50, ptr(twelve)),
  joins: string,
});

/** The bytes that become the string are on the stack in Go, in read-only data here: not in the heap. */
const word = func('main.word', { params: { n: int } }, (go, frame): GoString => {
  const { str, len } = go.str('abcdefghijklmn'.slice(0, (frame.n % 14) + 1));
  return go.string({ array: str as Ptr<number>, len, cap: 15 });
});

export const tinyStrings = scenario({
  question: 'Do strings and numbers of less than 16 bytes share the blocks that they share in Go?',
  globals: vars,
  params: entryParams,
  *main(go, params) {
    const g = go.globals(vars);
    yield* entryDump(go, params);
    g.words = go.makeSlice(string, 0, 400);
    for (let i = 0; i < 400; i++) g.words = go.append(string, g.words, go.call(word, { n: i }));
    const nums: Interface[] = [];
    for (let i = 0; i < 100; i++) {
      if (i % 4 === 0) nums.push(go.toInterface(any, int, i + 1000));
      else if (i % 4 === 1) nums.push(go.toInterface(any, float64, i));
      else if (i % 4 === 2) nums.push(go.toInterface(any, uint16, i + 300));
      else nums.push(go.toInterface(any, string, go.call(word, { n: i })));
      g.nums = nums;
    }
    const pairs: Ptr<readonly number[]>[] = [];
    for (let i = 0; i < 60; i++) pairs.push(go.new(pair, [i, 7]));
    g.pairs = pairs;
    const ones: Ptr<number>[] = [];
    for (let i = 0; i < 70; i++) ones.push(go.new(uint8, i));
    g.ones = ones;
    const sixes: Ptr<readonly number[]>[] = [];
    const twelv: Ptr<readonly number[]>[] = [];
    for (let i = 0; i < 50; i++) {
      sixes.push(go.new(six, [1, 2, 3]));
      twelv.push(go.new(twelve, [9]));
    }
    g.sixes = sixes;
    g.twelv = twelv;
    for (let i = 0; i < 30; i++) g.joins = go.concat(g.joins, go.get(string, g.words, i));
    go.writeHeapDump();
  },
});
