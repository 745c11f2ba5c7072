/** Small dumps with one of everything, for every kind of machine. */
import type { PlainRecord, PlainValue } from '../encoder.ts';
import { encodeDump, everyKind } from '../encoder.ts';

const heap64 = 0xc000000000;
const heap32 = 0x10000000;

/** Memory in which the pointers at some offsets have these values. */
function memory(
  size: number,
  width: number,
  bigEndian: boolean,
  pointers: Readonly<Record<number, number>>,
): Uint8Array {
  const bytes = new Uint8Array(size).fill(7);
  for (const [at, value] of Object.entries(pointers)) {
    for (let i = 0; i < width; i++) {
      const place = bigEndian ? width - 1 - i : i;
      bytes[Number(at) + place] = Math.floor(value / 256 ** i) % 256;
    }
  }
  return bytes;
}

export interface Machine {
  readonly architecture: string;
  readonly width: 4 | 8;
  readonly bigEndian: boolean;
}

export const machines: readonly Machine[] = [
  { architecture: 'amd64', width: 8, bigEndian: false },
  { architecture: 's390x', width: 8, bigEndian: true },
  { architecture: '386', width: 4, bigEndian: false },
  { architecture: 'mips', width: 4, bigEndian: true },
];

/** A dump with every kind of record that Go writes, whose pointers lead to objects; it keeps all rules of verify. */
export function smallRecords({ architecture, width, bigEndian }: Machine): PlainRecord[] {
  const heap = width === 8 ? heap64 : heap32;
  const move = (value: PlainValue): PlainValue =>
    typeof value === 'number' && value >= heap64 && value < heap64 * 2
      ? value - heap64 + heap
      : value;
  const to = (offset: number) => heap + offset;
  const mem = (size: number, pointers: Readonly<Record<number, number>>) =>
    memory(size, width, bigEndian, pointers);
  const contents: Record<string, Uint8Array[]> = {
    object: [
      mem(16, { 0: to(16), 8: to(0x2010) }),
      mem(16, {}),
      mem(448, { 8: to(0), 16: to(16) }),
    ],
    stackFrame: [mem(32, { 8: to(0), 24: 0 }), mem(8, {})],
    dataSegment: [mem(16, { 8: to(0x2000) })],
    bss: [mem(24, { 0: to(8), 16: to(0x100000) })],
  };
  return everyKind().map((record): PlainRecord => {
    const moved = Object.fromEntries(
      Object.entries(record).map(([name, value]) => [name, move(value)]),
    ) as unknown as PlainRecord;
    const own = contents[record.kind]?.shift();
    if (own !== undefined) return { ...moved, contents: own };
    if (record.kind !== 'params') return moved;
    return { ...moved, architecture, pointerSize: width, bigEndian };
  });
}

export function smallDump(machine: Machine): Uint8Array {
  return encodeDump(smallRecords(machine));
}
