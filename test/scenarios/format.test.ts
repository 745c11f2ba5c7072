import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bytes,
  count,
  counted,
  cut,
  duration,
  hex,
  printable,
  roundedBytes,
  table,
  toHex,
  toJson,
  wrap,
} from '../../scenarios/format.ts';

describe('numbers are exact and grouped by thousands', () => {
  test.each([
    [0, '0'],
    [999, '999'],
    [1000, '1,000'],
    [1244, '1,244'],
    [1234567, '1,234,567'],
    [2n ** 64n - 1n, '18,446,744,073,709,551,615'],
  ] as const)('%s → %s', (n, text) => expect(count(n)).toBe(text));

  test('a number read back without its commas is itself', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (n) => {
        const text = count(n);
        expect(BigInt(text.replaceAll(',', ''))).toBe(n);
        expect(text).toMatch(/^\d{1,3}(,\d{3})*$/);
      }),
    );
  });
});

test.each([
  [1, '1 object'],
  [0, '0 objects'],
  [1244n, '1,244 objects'],
] as const)('%s of a noun is "%s"', (n, text) => expect(counted(n, 'object')).toBe(text));

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [1023, '1,023 bytes'],
  [2048, '2,048 bytes (2.0 KiB)'],
  [5 * 2 ** 30, '5,368,709,120 bytes (5.0 GiB)'],
])('%s bytes are told as "%s"', (n, text) => expect(bytes(n)).toBe(text));

test.each([
  [1023, '1023 B'],
  [1024, '1.0 KiB'],
  [1048575, '1.0 MiB'],
  [2n ** 63n, '8.0 EiB'],
] as const)('%s rounds to %s', (n, text) => expect(roundedBytes(n)).toBe(text));

test.each([
  [0, '0 ns'],
  [1500, '1.5 µs'],
  [2_500_000, '2.5 ms'],
  [3_210_000_000n, '3.21 s'],
] as const)('%s ns is %s', (n, text) => expect(duration(n)).toBe(text));

test('addresses are hexadecimal with 0x', () => {
  expect(hex(0xc000012000)).toBe('0xc000012000');
  expect(hex(2n ** 64n - 1n)).toBe('0xffffffffffffffff');
});

describe('text of a dump cannot reach the terminal as a command', () => {
  test.each([
    ['main.main', 'main.main'],
    ['\x1b[2J', '\\x1b[2J'],
    ['a\nb', 'a\\x0ab'],
    ['\u202etxt', '\\u202etxt'],
    ['\x9b2J\x7f', '\\x9b2J\\x7f'],
    ['\u200e\u061c\u2066', '\\u200e\\u061c\\u2066'],
    [new Uint8Array([0x61, 0xff, 0x00]), 'a\\xff\\x00'],
  ])('%j → %s', (text, shown) => expect(printable(text)).toBe(shown));
});

test('JSON has nothing that a terminal obeys or a reader of lines splits at, and is read back alike', () => {
  const text = Array.from({ length: 0x2100 }, (_, code) => String.fromCharCode(code)).join('');
  const json = toJson({ text });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the test is of these
  expect(json).not.toMatch(/[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/);
  expect(JSON.parse(json)).toEqual({ text });
});

test('a table sets its columns and keeps within the width', () => {
  const rows = [
    ['a', '1', 'short'],
    ['bbb', '1,000', 'x'.repeat(90)],
  ];
  const lines = table(rows, { right: [1] });
  expect(lines[0]).toBe('  a        1  short');
  expect(lines[1]).toMatch(/^ {2}bbb {2}1,000 {2}x+…$/);
  expect(lines[1]).toHaveLength(80);
});

test('wrapped text keeps every word, in lines of at most the width', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z]{1,12}$/)), fc.nat(20), (words, indent) => {
      const lines = wrap(words.join(' '), indent, 40);
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(40);
      expect(lines.flatMap((line) => line.trim().split(' '))).toEqual(words);
    }),
  );
});

test('text that is cut says so', () => {
  expect(cut('abcdef', 6)).toBe('abcdef');
  expect(cut('abcdefg', 6)).toBe('abcde…');
});

test('JSON has integers above 2^53 as strings and bytes as hexadecimal', () => {
  const value = {
    small: 5n,
    edge: Number.MAX_SAFE_INTEGER,
    large: 2n ** 63n,
    rounded: 2 ** 60,
    data: new Uint8Array([0, 255]),
    offsets: new Float64Array([8, 16]),
  };
  expect(toJson(value)).toBe(
    '{"small":5,"edge":9007199254740991,"large":"9223372036854775808",' +
      '"rounded":"1152921504606846976","data":"00ff","offsets":[8,16]}',
  );
  expect(toHex(new Uint8Array([1, 0xab]))).toBe('01ab');
});
