/** Executables and their type descriptors, made by hand: what cannot be read is refused by name. */
import { describe, expect, test } from 'vitest';
import { ElfFile } from '../../../scenarios/elf-file.ts';
import { findTypesBase, typeAt, typeNameAt } from '../../../scenarios/replay/elf-types.ts';
import { archOf, type GoArch } from '../../../sim/arch.ts';
import { heapStartOf } from '../../../sim/malloc.ts';

interface Target {
  readonly machine: number;
  readonly ptrSize: 4 | 8;
  readonly little: boolean;
}
const amd64: Target = { machine: 62, ptrSize: 8, little: true };
const base = 0x500000;
/** Bytes in memory behind those of the file. */
const bss = 0x1234;

/** An executable whose one segment, at {@link base}, is `body`. */
function elfOf(body: Uint8Array, { machine, ptrSize, little }: Target, type = 2): Uint8Array {
  const wide = ptrSize === 8;
  const header = wide ? 64 + 56 : 52 + 32;
  const bytes = new Uint8Array(header + body.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x7f454c46);
  bytes[4] = wide ? 2 : 1;
  bytes[5] = little ? 1 : 2;
  view.setUint16(16, type, little);
  view.setUint16(18, machine, little);
  const word = (at: number, value: number) =>
    wide ? view.setBigUint64(at, BigInt(value), little) : view.setUint32(at, value, little);
  word(wide ? 32 : 28, wide ? 64 : 52);
  view.setUint16(wide ? 54 : 42, wide ? 56 : 32, little);
  view.setUint16(wide ? 56 : 44, 1, little);
  const at = wide ? 64 : 52;
  view.setUint32(at, 1, little);
  for (const [field, value] of (wide ? [8, 16, 32, 40] : [4, 8, 16, 20]).map(
    (offset, i) => [offset, [header, base, body.length, body.length + bss][i]!] as const,
  )) {
    word(at + field, value);
  }
  bytes.set(body, header);
  return bytes;
}

/** The descriptor of a struct of four words with pointers in words 0 and 2, at offset 64, called *main.T. */
function descriptor({ ptrSize, little }: Target, kind = 25): Uint8Array {
  const body = new Uint8Array(256);
  const view = new DataView(body.buffer);
  const word = (at: number, value: number) =>
    ptrSize === 8
      ? view.setBigUint64(at, BigInt(value), little)
      : view.setUint32(at, value, little);
  word(64, 4 * ptrSize);
  word(64 + ptrSize, 3 * ptrSize);
  const flags = 64 + 2 * ptrSize + 4;
  body.set([2, ptrSize, ptrSize, kind], flags);
  word(flags + 4 + ptrSize, base + 16);
  view.setUint32(flags + 4 + 2 * ptrSize, 32, little);
  body[16] = 0b101;
  body.set([1, 7, ...new TextEncoder().encode('*main.T')], 32);
  return body;
}

describe('a type descriptor', () => {
  test.each<[GoArch, Target]>([
    ['amd64', amd64],
    ['386', { machine: 3, ptrSize: 4, little: true }],
    ['mips', { machine: 8, ptrSize: 4, little: false }],
    ['mips64', { machine: 8, ptrSize: 8, little: false }],
    ['s390x', { machine: 22, ptrSize: 8, little: false }],
  ])('of %s is read with size, mask and name', (goarch, target) => {
    const elf = new ElfFile(elfOf(descriptor(target), target), 'prog');
    expect(elf.goarch).toBe(goarch);
    const typ = typeAt(elf, base + 64)!;
    expect(typ).toMatchObject({ size: 4 * target.ptrSize, ptrBytes: 3 * target.ptrSize, kind: 25 });
    expect([...typ.gcdata]).toEqual([0b101]);
    expect(typeNameAt(elf, base, typ)).toBe('main.T');
    expect(findTypesBase(elf, [[base + 64, 'main.T']])).toBe(base);
    expect(findTypesBase(elf, [[base + 64, 'main.U']])).toBeUndefined();
  });

  test('with a GC program has that, its length in front', () => {
    const body = descriptor(amd64, 25 | 64);
    body.set([3, 0, 0, 0, 0x03, 0x05, 0], 16);
    const typ = typeAt(new ElfFile(elfOf(body, amd64), 'prog'), base + 64)!;
    expect(typ.gcProg).toBe(true);
    expect([...typ.gcdata]).toEqual([3, 0, 0, 0, 3, 5, 0]);
  });

  test.each([
    ['kind 0', descriptor(amd64, 0), base + 64],
    ['no bytes there', descriptor(amd64), base + 10_000],
    ['the end of the file', descriptor(amd64), base + 250],
  ])('is not at an address with %s', (_what, body, addr) => {
    expect(typeAt(new ElfFile(elfOf(body, amd64), 'prog'), addr)).toBeUndefined();
  });
});

test.each<[GoArch, Target, heapStart: number]>([
  ['386', { machine: 3, ptrSize: 4, little: true }, 0x800000],
  ['arm', { machine: 40, ptrSize: 4, little: true }, 0x800000],
  ['amd64', amd64, 0xc000000000],
])(
  'the heap of a program of %s begins behind its end where addresses are few',
  (goarch, target, heapStart) => {
    const elf = new ElfFile(elfOf(new Uint8Array(0x2bedcc), target), 'prog');
    expect(elf.end).toBe(base + 0x2bedcc + bss);
    expect(heapStartOf(archOf(goarch), elf.end)).toBe(heapStart);
    const longer = new ElfFile(elfOf(new Uint8Array(0x2bedcd), target), 'prog');
    expect(heapStartOf(archOf(goarch), longer.end)).toBe(
      target.ptrSize === 8 ? heapStart : heapStart + 0x400000,
    );
  },
);

describe('refused with the reason', () => {
  test.each([
    ['an empty file', new Uint8Array(0), 'prog: not an ELF executable'],
    ['a script', new TextEncoder().encode('#!/bin/sh\n'.padEnd(80)), 'prog: not an ELF executable'],
    ['another machine', elfOf(new Uint8Array(8), { ...amd64, machine: 2 }), 'no GOARCH'],
    ['a position independent one', elfOf(new Uint8Array(8), amd64, 3), '-buildmode=exe'],
    ['one that is cut', elfOf(new Uint8Array(8), amd64).slice(0, 70), 'a broken ELF executable'],
  ])('%s', (_what, bytes, words) => {
    expect(() => new ElfFile(bytes, 'prog')).toThrow(words);
  });
});
