/** `whatis` of a dump: where an address lies among its records, and which finalizers wait there. */
import {
  type DumpRecord,
  type ObjectView,
  type RecordOfKind,
  visitDump,
} from '../../dump/index.ts';
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
}

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
  const funcs = new Map<number, string>();
  let goroutine = '';
  const add = (place: DumpPlace): void => {
    if (address >= place.from && address < place.from + place.size) places.push(place);
  };
  visitDump(dump, {
    object: (view: ObjectView) =>
      add({ what: 'object', from: Number(view.address), size: view.size }),
    record: (record: Exclude<DumpRecord, { kind: 'object' }>) => {
      if (record.kind === 'goroutine') goroutine = `${record.id}`;
      else if (record.kind === 'stackFrame') {
        const name = printable(record.name);
        funcs.set(Number(record.entryPC), name);
        const owner = `${name}, goroutine ${goroutine}`;
        add({ what: 'stack', from: Number(record.sp), size: record.contents.length, owner });
      } else if (record.kind === 'dataSegment' || record.kind === 'bss') {
        const what = record.kind === 'bss' ? 'bss' : 'data';
        add({ what, from: Number(record.address), size: record.contents.length });
      } else if (record.kind === 'finalizer' || record.kind === 'queuedFinalizer') {
        finalizers.push(record);
      }
    },
    defect() {},
  });
  return places.map((place) => {
    if (place.what !== 'object') return place;
    const isIn = (at: number): boolean => at >= place.from && at < place.from + place.size;
    const own = finalizers.filter((record) => isIn(Number(record.address)));
    return own.length === 0
      ? place
      : { ...place, finalizers: own.map((record) => finalizerOf(record, (pc) => funcs.get(pc))) };
  });
}

/** Records of a dump that hold the address; which span or free slot it is no dump tells. */
export function placeRows(places: readonly DumpPlace[], address: number): [string, string][] {
  return places.flatMap(({ what, from, size, owner, finalizers = [] }): [string, string][] => [
    [
      what,
      `${hex(from)}, ${bytes(size)}${address === from ? '' : `; the address is + ${address - from}`}` +
        (owner === undefined ? '' : `; ${owner}`),
    ],
    ...finalizers.map((one): [string, string] => [
      'finalizer',
      finalizerText(one, { address: from, size }),
    ]),
  ]);
}
