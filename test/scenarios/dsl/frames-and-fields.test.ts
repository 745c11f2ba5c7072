/** Variables of frames, addresses and sizes of fields, bytes of strings: as Go's specification has them. */
import { describe, expect, test } from 'vitest';
import {
  array,
  bool,
  func,
  int,
  type Ptr,
  ptr,
  slice,
  string,
  struct,
  uint8,
  uint16,
} from '../../../scenarios/index.ts';
import { goarches } from '../../../sim/arch.ts';
import { runMain } from './run.ts';

const Pair = struct('main.Pair', { flag: bool, count: int, last: uint16 });

describe('locals', () => {
  const locals = { n: int, s: string, b: slice(uint8), p: ptr(int), pair: Pair };

  test('are zero at each call, whatever lay on the stack', () => {
    const seen: unknown[] = [];
    const dirty = func('main.dirty', { locals: { words: array(64, int) } }, (_go, f) => {
      f.words = Array(64).fill(0x5a5a5a5a);
    });
    const clean = func('main.clean', { locals }, (go, f) => {
      seen.push([f.n, f.s.len, f.b.len, f.b.cap, f.p, { ...f.pair }]);
      f.n = 3;
      f.s = go.str('left behind');
      f.b = go.makeSlice(uint8, 9);
      f.pair = { flag: true, count: 4, last: 5 };
    });
    runMain((go) => {
      for (let i = 0; i < 3; i++) {
        go.call(dirty);
        go.call(clean);
      }
    });
    expect(seen).toEqual(Array(3).fill([0, 0, 0, 0, 0, { flag: false, count: 0, last: 0 }]));
  });
});

describe.each(goarches)('on %s', (goarch) => {
  test('the address of a field is where the field is read and written', () => {
    const seen: number[] = [];
    runMain(
      (go) => {
        const p = go.new(Pair, { flag: true, count: 7, last: 9 });
        const last: Ptr<number> = go.field(Pair, p, 'last');
        seen.push(last - p, go.load(uint16, last), go.sizeof(Pair), go.sizeof(int));
        go.store(uint16, last, 10);
        seen.push(go.at(Pair, p).last, go.at(Pair, p).count);
      },
      { goarch },
    );
    const w = ['386', 'arm', 'mips', 'mipsle'].includes(goarch) ? 4 : 8;
    expect(seen).toEqual([2 * w, 9, 3 * w, w, 10, 7]);
  });
});

test('the address of a field of nil panics', () => {
  expect(() => runMain((go) => void go.field(Pair, 0 as Ptr<never>, 'last'))).toThrow(
    'invalid memory address or nil pointer dereference',
  );
});

test('append of a string adds its bytes, in place where there is room', () => {
  const seen: unknown[] = [];
  runMain((go) => {
    const b = go.appendString(go.makeSlice(uint8, 0, 4), go.str('abc'));
    const more = go.appendString(b, go.str('d'));
    const moved = go.appendString(more, go.str('efghij'));
    const none = go.appendString(moved, go.str(''));
    seen.push(go.text(go.string(none)), more.array === b.array, moved.array === b.array);
    seen.push(none.array === moved.array, moved.len, moved.cap, go.text(go.string(b)));
  });
  expect(seen).toEqual(['abcdefghij', true, false, true, 10, 16, 'abc']);
});
