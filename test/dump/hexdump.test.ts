import { describe, expect, it } from 'vitest';
import { formatHexLine, hexdump } from '../../dump/hexdump.ts';
import { encodeDump, everyKind, hexOfBytes } from './encoder.ts';

const dump = encodeDump(everyKind());

describe('hexdump', () => {
  it('shows every byte once, in order', () => {
    let at = 0;
    const shown: string[] = [];
    for (const line of hexdump(dump)) {
      expect(line.offset).toBe(at);
      expect(line.bytes.length).toBeLessThanOrEqual(16);
      at += line.bytes.length;
      shown.push(hexOfBytes(line.bytes));
    }
    expect(shown.join('')).toBe(hexOfBytes(dump));
  });

  it('says field and value', () => {
    const text = [...hexdump(dump)].map(formatHexLine);
    for (const want of [
      /^00000000 {2}67 6f 31 .* header {2}"go1.7 heap dump\\n"$/,
      /^00000010 {2}06 +params#0.tag {2}6 dump params$/,
      /params#0.heapStart {2}0xc000000000$/,
      /params#0.bigEndian {2}false$/,
      /params#0.architecture {2}"amd64"$/,
      /object#0.size {2}16$/,
      /object#0.contents {2}"\.{16}"$/,
      /object#0.fields\[1\].kind {2}1 pointer$/,
      /object#0.fields\[1\].offset {2}8$/,
      /object#0.fields\[2\].kind {2}0 end$/,
    ]) {
      expect(text.filter((line) => want.test(line))).toHaveLength(1);
    }
  });

  it('shows the records that a part of the dump touches', () => {
    const lines = [...hexdump(dump)];
    const inGoroutine = lines.find((line) => line.path === 'goroutine#0.status')!;
    const part = [...hexdump(dump, { from: inGoroutine.offset, to: inGoroutine.offset + 1 })];
    expect(part).toEqual(lines.filter((line) => line.path.startsWith('goroutine#0.')));
  });

  it('shows what can be read of a cut dump, then throws', () => {
    const lines: unknown[] = [];
    expect(() => {
      for (const line of hexdump(dump.subarray(0, 60))) lines.push(line);
    }).toThrowError(/end of the input/);
    expect(lines.length).toBeGreaterThan(5);
  });
});
