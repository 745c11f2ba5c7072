import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runGCProg } from '../../sim/gcprog.ts';
import { GcProgWriter } from '../../sim/gcprogwriter.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const bytes = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

/** The bits that a program unrolls to, as '0' and '1'. */
function unroll(program: Uint8Array, at = 0): string {
  const dst = new Uint8Array(20_000);
  const n = runGCProg(program, at, dst);
  const bits = Array.from({ length: dst.length * 8 }, (_, i) => (dst[i >> 3]! >> (i & 7)) & 1);
  expect(bits.slice(n).includes(1)).toBe(false);
  return bits.slice(0, n).join('');
}

describe('a GC program unrolls', () => {
  test.each<[string, string]>([
    ['00', ''],
    ['01 01 00', '1'],
    ['03 05 00', '101'],
    ['08 81 00', '10000001'],
    ['09 01 01 00', '100000001'],
    ['02 01 82 03 00', '10101010'],
    ['03 04 81 04 00', '0011111'],
    ['03 04 80 03 02 00', '001001001'],
    ['01 01 81 80 01 00', '1'.repeat(129)],
    ['02 02 82 01 84 01 01 00 00', '010101010'],
    ['01 01 01 00 82 00 00', '10'],
  ])('%s', (program, bits) => {
    expect(unroll(bytes(program))).toBe(bits);
  });

  test('from where it is told to begin', () => {
    expect(unroll(bytes('01 00 03 07 00'), 2)).toBe('111');
  });
});

describe('the writer', () => {
  test.each<[string, (w: GcProgWriter) => void, string]>([
    ['nothing', () => undefined, '00'],
    ['a pointer', (w) => w.ptr(0), '01 01 00'],
    ['scalars before a pointer', (w) => w.ptr(9), '0a 00 02 00'],
    ['31 scalars, literally', (w) => w.zeroUntil(31), '1f 00 00 00 00 00'],
    ['32 scalars, repeated', (w) => w.zeroUntil(32), '01 00 81 1f 00'],
    [
      'a repeat of 127 words',
      (w) => {
        w.zeroUntil(126);
        w.ptr(126);
        w.repeat(127, 300);
      },
      '01 00 81 7d 01 01 ff ac 02 00',
    ],
    [
      'a repeat of 128 words, whose length is a number of its own',
      (w) => {
        w.ptr(127);
        w.repeat(128, 2);
      },
      '01 00 81 7e 01 01 80 80 01 02 00',
    ],
    [
      'no repeat of nothing',
      (w) => {
        w.ptr(0);
        w.repeat(0, 5);
        w.repeat(1, 0);
      },
      '01 01 00',
    ],
    [
      'no more than 127 literal bits at once',
      (w) => {
        for (let i = 0; i < 128; i++) w.ptr(i);
      },
      `7f ${'ff'.repeat(15)}7f 01 01 00`,
    ],
  ])('writes %s', (_, write, program) => {
    const little = new GcProgWriter();
    write(little);
    const big = new GcProgWriter();
    write(big);
    const length = bytes(program).length;
    expect(hex(little.end(false))).toBe(hex(Uint8Array.of(length, 0, 0, 0)) + hex(bytes(program)));
    expect(hex(big.end(true))).toBe(hex(Uint8Array.of(0, 0, 0, length)) + hex(bytes(program)));
  });

  test.each<[number, number, boolean]>([
    [40, 1, false],
    [16, 2, false],
    [11, 3, true],
    [1, 32, false],
    [1, 33, true],
  ])('%i words %i times: is a repeat shorter? %s', (n, c, shorter) => {
    expect(GcProgWriter.shouldRepeat(n, c)).toBe(shorter);
  });

  const step = fc.oneof(
    fc.nat(300).map((skip) => ({ skip, pointer: true })),
    fc.nat(300).map((skip) => ({ skip, pointer: false })),
    fc.record({ share: fc.double({ min: 0, max: 1, noNaN: true }), times: fc.nat(200) }),
  );

  test('describes the words that it was told, whatever the order', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const w = new GcProgWriter();
        let bits = '';
        for (const s of steps) {
          if ('skip' in s) {
            bits += '0'.repeat(s.skip) + (s.pointer ? '1' : '');
            if (s.pointer) w.ptr(bits.length - 1);
            else w.zeroUntil(bits.length);
          } else {
            const n = Math.floor(bits.length * s.share);
            if (n * s.times > 20_000) continue;
            w.repeat(n, s.times);
            bits += bits.slice(bits.length - n).repeat(s.times);
          }
        }
        expect(w.index).toBe(bits.length);
        const program = w.end(false);
        expect(program.length - 4).toBe(new DataView(program.buffer).getUint32(0, true));
        expect(unroll(program, 4)).toBe(bits);
      }),
    );
  });
});
