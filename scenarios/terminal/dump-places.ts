/** `whatis` of a dump: where an address lies among its records, what made the object there, which finalizers wait. */
import { type RecordOfKind, visitDump } from '../../dump/index.ts';
import { dispatchRecord, type RecordHandlers } from '../../dump/records.ts';
import { bytes, hex, printable } from '../format.ts';

/** A finalizer of an object, as its record has it. */
export interface FinalizerInfo {
  /** The object that it is of. */
  readonly address: number;
  readonly isQueued: boolean;
  readonly funcval: number;
  readonly entryPC: number;
  /** The function, where it is known: a dump names those alone that a stack has a frame of. */
  readonly name: string | undefined;
}

/** Where an address lies among the records of a dump. */
export interface DumpPlace {
  readonly what: 'object' | 'data' | 'bss' | 'stack';
  readonly from: number;
  readonly size: number;
  /** Function and goroutine of a stack frame. */
  readonly owner?: string;
  /** Of an object. */
  readonly finalizers?: readonly FinalizerInfo[];
  /** The calls that made an object, youngest first, where the memory profile sampled it: `main.leaf main.go:21`. */
  readonly madeBy?: readonly string[];
}

/** Calls that are told of those that made an object. */
const mostCalls = 8;

type FinalizerRecord = RecordOfKind<'finalizer' | 'queuedFinalizer'>;

/** What a record tells of a finalizer, and `nameAt` of its function. */
export function finalizerOf(
  { kind, address, funcval, entryPC }: FinalizerRecord,
  nameAt: (pc: number) => string | undefined,
): FinalizerInfo {
  const pc = Number(entryPC);
  return {
    address: Number(address),
    isQueued: kind === 'queuedFinalizer',
    funcval: Number(funcval),
    entryPC: pc,
    name: nameAt(pc),
  };
}

/** `main.closeFile (…), called when nothing holds it`; `slot`: the slot that the finalizer is told with. */
export function finalizerText(
  finalizer: FinalizerInfo,
  slot: { readonly address: number; readonly size: number },
): string {
  const { address, isQueued, funcval, entryPC, name } = finalizer;
  const code = `code at ${hex(entryPC)}, closure ${hex(funcval)}`;
  // Only of a block of tiny objects it is not plain which one is meant.
  const isTiny = slot.size === 16 && address !== slot.address;
  const of = isTiny ? `, of the object at ${hex(address)}` : '';
  const what = name === undefined ? code : `${name} (${code})`;
  return `${what}${of}; ${isQueued ? 'queued to be called' : 'called when nothing holds it'}`;
}

/** The records of a dump that hold an address. */
export function placesInDump(dump: Uint8Array, address: number): DumpPlace[] {
  const places: DumpPlace[] = [];
  const finalizers: FinalizerRecord[] = [];
  const samples: { readonly address: number; readonly bucket: number }[] = [];
  const buckets = new Map<number, RecordOfKind<'memProf'>>();
  const funcs = new Map<number, string>();
  let goroutine = '';
  const add = (place: DumpPlace): void => {
    if (address >= place.from && address < place.from + place.size) places.push(place);
  };
  const handlers: RecordHandlers = {
    goroutine: ({ id }) => {
      goroutine = `${id}`;
    },
    stackFrame: (frame) => {
      const name = printable(frame.name);
      funcs.set(Number(frame.entryPC), name);
      const owner = `${name}, goroutine ${goroutine}`;
      add({ what: 'stack', from: Number(frame.sp), size: Number(frame.size), owner });
    },
    dataSegment: (segment) => {
      add({ what: 'data', from: Number(segment.address), size: Number(segment.size) });
    },
    bss: (segment) => {
      add({ what: 'bss', from: Number(segment.address), size: Number(segment.size) });
    },
    finalizer: (record) => void finalizers.push(record),
    queuedFinalizer: (record) => void finalizers.push(record),
    memProf: (record) => void buckets.set(Number(record.id), record),
    allocSample: (record) => {
      samples.push({ address: Number(record.address), bucket: Number(record.bucket) });
    },
  };
  visitDump(dump, {
    object: (view) => add({ what: 'object', from: Number(view.address), size: view.size }),
    record: (record) => dispatchRecord(handlers, record),
    defect() {},
  });
  return places.map((place) => {
    if (place.what !== 'object') return place;
    const isIn = (at: number): boolean => at >= place.from && at < place.from + place.size;
    const own = finalizers.filter((record) => isIn(Number(record.address)));
    const sample = samples.find((one) => isIn(one.address));
    const bucket = sample && buckets.get(sample.bucket);
    return {
      ...place,
      ...(own.length > 0 && {
        finalizers: own.map((record) => finalizerOf(record, (pc) => funcs.get(pc))),
      }),
      ...(bucket && { madeBy: bucket.frames.map(callText) }),
    };
  });
}

function callText({ func, file, line }: RecordOfKind<'memProf'>['frames'][number]): string {
  const name = printable(file).split('/').at(-1);
  return `${printable(func)} ${name}:${line}`;
}

function madeText(calls: readonly string[]): string {
  const rest = calls.length > mostCalls ? ' < …' : '';
  return `by ${calls.slice(0, mostCalls).join(' < ')}${rest}, as the memory profile sampled it`;
}

/** Records of a dump that hold the address; which span or free slot it is no dump tells. */
export function placeRows(places: readonly DumpPlace[], address: number): [string, string][] {
  return places.flatMap(
    ({ what, from, size, owner, finalizers = [], madeBy }): [string, string][] => [
      [
        what,
        `${hex(from)}, ${bytes(size)}${address === from ? '' : `; the address is + ${address - from}`}` +
          (owner === undefined ? '' : `; ${owner}`),
      ],
      ...(madeBy === undefined ? [] : [['made', madeText(madeBy)] as [string, string]]),
      ...finalizers.map((one): [string, string] => [
        'finalizer',
        finalizerText(one, { address: from, size }),
      ]),
    ],
  );
}
