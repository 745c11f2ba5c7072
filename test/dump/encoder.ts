/**
 * A dump encoder of a few lines that shares nothing with the port: it takes records as plain objects with the table's
 * names and writes them as the format's description says.
 */

import type { FieldSpec, RecordKind, ScalarSpec } from '../../dump/records.ts';
import { recordTable } from '../../dump/records.ts';

export type PlainValue =
  | number
  | bigint
  | boolean
  | string
  | Uint8Array
  | readonly (number | bigint | { readonly [name: string]: PlainValue })[];

/** A record to encode; fields that are left out are 0, false, '' or empty. */
export interface PlainRecord {
  readonly kind: RecordKind;
  readonly [name: string]: PlainValue;
}

export function uvarint(value: number | bigint): number[] {
  const bytes: number[] = [];
  let rest = BigInt(value);
  do {
    const low = Number(rest % 128n);
    rest /= 128n;
    bytes.push(rest > 0n ? low + 128 : low);
  } while (rest > 0n);
  return bytes;
}

function counted(value: PlainValue): number[] {
  const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : (value as Uint8Array);
  return [...uvarint(bytes.length), ...bytes];
}

const scalars: { readonly [T in ScalarSpec['type']]: (value: PlainValue) => number[] } = {
  uvarint: (value) => uvarint(value as number),
  address: (value) => uvarint(value as number),
  bool: (value) => [value ? 1 : 0],
  string: counted,
  memory: counted,
  fieldList: (value) => [...(value as number[]).flatMap((offset) => [1, ...uvarint(offset)]), 0],
};

const defaults: { readonly [T in FieldSpec['type']]: PlainValue } = {
  uvarint: 0,
  address: 0,
  bool: false,
  string: '',
  memory: new Uint8Array(0),
  fieldList: [],
  repeat: [],
};

function encodeField(field: FieldSpec, given: PlainValue | undefined): number[] {
  if (field.type !== 'repeat') return scalars[field.type](given ?? defaults[field.type]);
  const list = [...((given ?? []) as readonly PlainValue[])];
  if (field.count !== 'declared') while (list.length < field.count) list.push(0);
  const elements = list.flatMap((element) =>
    field.of.flatMap((of) =>
      encodeField(of, of.name === '' ? element : (element as unknown as PlainRecord)[of.name]),
    ),
  );
  return field.count === 'declared' ? [...uvarint(list.length), ...elements] : elements;
}

export function encodeRecord(record: PlainRecord): number[] {
  const spec = recordTable.find(({ kind }) => kind === record.kind)!;
  return [spec.tag, ...spec.fields.flatMap((field) => encodeField(field, record[field.name]))];
}

/** A dump of these records; `eof` is not added. */
export function encodeDump(
  records: readonly PlainRecord[],
  header = 'go1.7 heap dump\n',
): Uint8Array {
  return Uint8Array.from([...new TextEncoder().encode(header), ...records.flatMap(encodeRecord)]);
}

export function bytesOfHex(hex: string): Uint8Array {
  const digits = hex.replace(/[^0-9a-f]/g, '');
  return Uint8Array.from({ length: digits.length / 2 }, (_, i) =>
    Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16),
  );
}

export function hexOfBytes(bytes: ArrayLike<number>): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A dump with one of every record that Go writes, in Go's order, that keeps all rules of verify. */
export function everyKind(): PlainRecord[] {
  const heap = 0xc000000000;
  const g = heap + 0x2000;
  return [
    {
      kind: 'params',
      pointerSize: 8,
      heapStart: heap,
      heapEnd: heap + 0x4000000,
      architecture: 'amd64',
      goVersion: 'go1.22.12',
      ncpu: 2,
    },
    { kind: 'type', address: 0x470000, size: 16, name: 'main.T', isPointer: true },
    { kind: 'itab', address: 0x480000, type: 0x470000 },
    { kind: 'object', address: heap, contents: new Uint8Array(16).fill(7), pointers: [0, 8] },
    { kind: 'object', address: heap + 16, contents: new Uint8Array(16) },
    { kind: 'object', address: g, contents: new Uint8Array(448), pointers: [8, 16] },
    {
      kind: 'goroutine',
      address: g + 8,
      sp: heap + 0x6000,
      id: 1,
      status: 4,
      waitReason: 'chan receive',
      m: 0x500000,
      defer: heap + 0x6008,
      panic: heap + 0x6018,
    },
    {
      kind: 'stackFrame',
      sp: heap + 0x6000,
      contents: new Uint8Array(32),
      entryPC: 0x401000,
      pc: 0x401010,
      continuationPC: 0x401010,
      name: 'main.main',
      pointers: [8, 24],
    },
    {
      kind: 'stackFrame',
      sp: heap + 0x6020,
      depth: 1,
      childSP: heap + 0x6000,
      contents: new Uint8Array(8),
      entryPC: 0x402000,
      pc: 0x402001,
      name: 'runtime.goexit',
    },
    {
      kind: 'defer',
      address: heap + 0x6008,
      goroutine: g + 8,
      argp: heap + 0x6000,
      pc: 0x401008,
      funcval: 0x490000,
      entryPC: 0x403000,
    },
    {
      kind: 'panic',
      address: heap + 0x6018,
      goroutine: g + 8,
      argType: 0x470000,
      argData: heap,
    },
    { kind: 'osThread', address: 0x500000, id: 0, osID: 4242 },
    { kind: 'dataSegment', address: 0x510000, contents: new Uint8Array(16), pointers: [8] },
    { kind: 'bss', address: 0x520000, contents: new Uint8Array(24), pointers: [0, 16] },
    {
      kind: 'finalizer',
      address: heap,
      funcval: 0x490008,
      entryPC: 0x403000,
      argType: 0x470008,
      objectType: 0x470008,
    },
    {
      kind: 'queuedFinalizer',
      address: heap + 16,
      funcval: 0x490008,
      entryPC: 0x403000,
      argType: 0x470008,
      objectType: 0x470008,
    },
    {
      kind: 'memStats',
      alloc: 100000,
      totalAlloc: 120000,
      sys: 300300,
      mallocs: 150,
      frees: 50,
      heapAlloc: 100000,
      heapSys: 300000,
      heapIdle: 100000,
      heapInuse: 200000,
      heapReleased: 90000,
      heapObjects: 100,
      stackInuse: 100,
      stackSys: 100,
      mSpanSys: 50,
      mSpanInuse: 40,
      mCacheSys: 50,
      mCacheInuse: 20,
      buckHashSys: 25,
      gcSys: 25,
      otherSys: 50,
      nextGC: 4194304,
      lastGC: 1700000000000000000n,
      pauseTotalNs: 30,
      pauseNs: [10, 20],
      numGC: 2,
    },
    {
      kind: 'memProf',
      id: 0x600000,
      size: 16,
      frames: [
        { func: 'main.main', file: 'main.go', line: 7 },
        { func: '(0x0)', file: '?', line: 0 },
      ],
      allocs: 2,
      frees: 1,
    },
    { kind: 'allocSample', address: heap, bucket: 0x600000 },
    { kind: 'eof' },
  ];
}
