import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { archOf, type GoArch } from '../../sim/arch.ts';
import { RuntimeThrow } from '../../sim/errors.ts';
import { Memory } from '../../sim/memory.ts';

fc.configureGlobal({ seed: 1_022_012 });

const base = 0xc000000000;
const megabyte = 1 << 20;

function memory(goarch: GoArch, bytes = 4 * megabyte): Memory {
  const m = new Memory(archOf(goarch));
  m.map(base, bytes);
  return m;
}

function bytesAt(m: Memory, addr: number, n: number): number[] {
  const out = new Uint8Array(n);
  m.read(addr, n, out, 0);
  return [...out];
}

describe('words are in the byte order and width of the target', () => {
  test.each<[GoArch, number[]]>([
    ['amd64', [0x66, 0x55, 0x44, 0x33, 0x22, 0x11, 0, 0]],
    ['s390x', [0, 0, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66]],
  ])('%s', (goarch, want) => {
    const m = memory(goarch);
    m.writeUintptr(base, 0x112233445566);
    expect(bytesAt(m, base, 8)).toEqual(want);
    expect(m.readUintptr(base)).toBe(0x112233445566);
    expect(m.readUint64(base)).toBe(0x112233445566n);
  });

  test.each<[GoArch, number[]]>([
    ['386', [0x44, 0x33, 0x22, 0x11, 0]],
    ['mips', [0x11, 0x22, 0x33, 0x44, 0]],
  ])('%s', (goarch, want) => {
    const m = memory(goarch);
    m.writeUintptr(base, 0x11223344);
    expect(bytesAt(m, base, 5)).toEqual(want);
  });

  test('negative numbers are two-complement', () => {
    const m = memory('arm64');
    m.writeUintptr(base, -2);
    expect(m.readUint64(base)).toBe(2n ** 64n - 2n);
  });

  test('floats', () => {
    const m = memory('ppc64');
    m.writeFloat64(base, -1.5);
    m.writeFloat32(base + 8, 0.25);
    expect(m.readUint64(base)).toBe(0xbff8000000000000n);
    expect([m.readFloat64(base), m.readFloat32(base + 8)]).toEqual([-1.5, 0.25]);
  });
});

describe('mapping', () => {
  test('what was never mapped faults, on reading and on writing', () => {
    const m = memory('amd64', 8192);
    expect(() => m.readUint8(0x10)).toThrow(RuntimeThrow);
    expect(() => m.writeUintptr(base - 2 * megabyte, 1)).toThrow(/unexpected fault address 0xbf/);
  });

  test('a mapping costs nothing until it is written', () => {
    const m = memory('amd64', 64 * megabyte);
    expect(m.readUintptr(base + 123456)).toBe(0);
    m.clear(base, 64 * megabyte);
    expect(m.backedBytes).toBe(0);
    m.writeUint8(base + 5 * megabyte, 1);
    expect(m.backedBytes).toBe(megabyte);
  });

  test('neighbouring ranges join', () => {
    const m = new Memory(archOf('amd64'));
    m.map(base + 8192, 8192);
    m.map(base, 8192);
    expect(m.isRangeMapped(base, 16384)).toBe(true);
    expect([m.isMapped(base - 1), m.isMapped(base + 16384)]).toEqual([false, false]);
  });

  test('discarded memory reads as zero', () => {
    const m = memory('amd64');
    m.writeUintptr(base + megabyte, 7);
    m.writeUintptr(base + megabyte - 8, 8);
    m.discard(base + megabyte, megabyte);
    expect([m.readUintptr(base + megabyte), m.readUintptr(base + megabyte - 8)]).toEqual([0, 8]);
    expect(m.backedBytes).toBe(megabyte);
  });

  test('memory that was discarded backs other addresses, as zeros', () => {
    const m = memory('amd64', 64 * megabyte);
    for (let i = 0; i < 40; i++) {
      const at = base + i * megabyte;
      m.write(at, new Uint8Array(megabyte).fill(i + 1));
      expect(m.backedBytes).toBe(megabyte);
      m.discard(at, megabyte);
      m.writeUint8(at + megabyte + 7, 1);
      expect([m.readUint8(at), m.readUintptr(at + megabyte + 8)]).toEqual([0, 0]);
      m.discard(at + megabyte, megabyte);
    }
    expect(m.backedBytes).toBe(0);
  });
});

test('behaves as one array of bytes across the edges of its blocks', () => {
  const low = base + megabyte - 64;
  const at = fc.integer({ min: 0, max: 119 });
  const operation = fc.oneof(
    fc.record({ op: fc.constant('write'), at, n: fc.constantFrom(1, 2, 4, 8), v: fc.nat() }),
    fc.record({ op: fc.constant('copy'), at, n: fc.nat(64), v: at }),
    fc.record({ op: fc.constant('clear'), at, n: fc.nat(64), v: fc.constant(0) }),
  );
  fc.assert(
    fc.property(fc.constantFrom<GoArch>('amd64', 's390x'), fc.array(operation), (goarch, ops) => {
      const m = memory(goarch);
      const model = new Uint8Array(256);
      for (const { op, at, n, v } of ops) {
        if (op === 'copy') {
          m.copy(low + at, low + v, n);
          model.copyWithin(at, v, v + n);
        } else if (op === 'clear') {
          m.clear(low + at, n);
          model.fill(0, at, at + n);
        } else {
          const view = new DataView(model.buffer);
          const little = m.littleEndian;
          if (n === 1) m.writeUint8(low + at, v % 256);
          else if (n === 2) m.writeUint16(low + at, v % 65536);
          else if (n === 4) m.writeUint32(low + at, v);
          else m.writeUintptr(low + at, v);
          if (n === 1) view.setUint8(at, v);
          else if (n === 2) view.setUint16(at, v, little);
          else if (n === 4) view.setUint32(at, v, little);
          else view.setBigUint64(at, BigInt(v), little);
        }
      }
      expect(bytesAt(m, low, 192)).toEqual([...model.subarray(0, 192)]);
      const joined: number[] = [];
      m.pieces(low, 192, (piece) => joined.push(...piece));
      expect(joined).toEqual([...model.subarray(0, 192)]);
    }),
  );
});
