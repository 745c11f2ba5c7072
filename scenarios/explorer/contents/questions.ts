/** What a page asks of the bytes of a heap, and what it is told. All of it can be sent to a worker and back. */
import type { GraphRoot } from '../../../dump/index.ts';
import type { DumpPlace, FinalizerInfo } from '../../terminal/dump-places.ts';
import type { whyJson } from '../../terminal/graph.ts';

/** An object of the heap. */
export interface ObjectRef {
  readonly address: number;
  readonly size: number;
  /** Undefined where it is not known. */
  readonly type: string | undefined;
}

/** A pointer that an object holds. */
export interface PointerOut {
  readonly offset: number;
  readonly value: number;
  /** The object that it hits. */
  readonly target: ObjectRef | undefined;
}

/** An object that holds pointers to the one at hand. */
export interface Referrer extends ObjectRef {
  /** Where in it; the first few. */
  readonly offsets: readonly number[];
  readonly pointers: number;
}

export interface RetainedRef extends ObjectRef {
  /** Bytes that would die with it, its own included. */
  readonly retained: number;
}

/** The first rows of a list, and how long it is. */
export interface Some<T> {
  readonly rows: readonly T[];
  readonly count: number;
}

/** All that a heap's bytes tell of one object. */
export interface ObjectAnswer {
  /** What `goheapsim why --json` says; of a long chain both ends alone. */
  readonly why: ReturnType<typeof whyJson>;
  /** Objects from the root to it. */
  readonly chainLength: number;
  /** For each object of the chain where in it the pointer to the next one is; -1 where that is left out. */
  readonly via: readonly number[];
  /** For each object of the chain `+8000` where the pointer to it hits its middle; empty where it does not. */
  readonly inside: readonly string[];
  /** The first bytes of it, a malloc header included. */
  readonly bytes: Uint8Array;
  readonly pointers: Some<PointerOut>;
  readonly referrers: Some<Referrer>;
  /** Roots that point to it, in words. */
  readonly roots: Some<string>;
  /** What would die with it and is reached through no other of these, largest first. */
  readonly dominated: Some<RetainedRef>;
  readonly finalizers: readonly FinalizerInfo[];
}

/** What lies at an address. */
export interface AddressAnswer {
  readonly object: ObjectAnswer | undefined;
  /** The records that hold it: as `goheapsim whatis` says of a dump. */
  readonly places: readonly DumpPlace[];
  /** As `goheapsim whatis` says it, where the world knows more than its dump. */
  readonly is: readonly (readonly [label: string, text: string])[] | undefined;
}

/** A pointer to an object from outside of the heap. */
export interface RootRef {
  /** As `goheapsim roots` has it. */
  readonly text: string;
  readonly kind: GraphRoot['kind'];
  readonly target: RetainedRef;
}

/** Objects by what would die with them. */
export interface HoldersAnswer {
  /** The object whose part of the heap it is; undefined for all of it. */
  readonly from: RetainedRef | undefined;
  /** Bytes and number of objects that roots reach. */
  readonly reachableBytes: number;
  readonly reachable: number;
  readonly tree: readonly HolderNode[];
  /** Reachable objects, most retained first. */
  readonly objects: Some<RetainedRef>;
}

/** An object and what it alone holds; `others` stands for those that are too small to show one by one. */
export interface HolderNode extends RetainedRef {
  /** Objects that this stands for: 1, or more for others. */
  readonly count: number;
  readonly children: readonly HolderNode[];
}

/** A dump that the script wrote. */
export interface WrittenDump {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Questions and their answers by name. */
export interface Questions {
  address: { question: { readonly address: number }; answer: AddressAnswer };
  holders: { question: { readonly from: number | undefined }; answer: HoldersAnswer };
  roots: { question: object; answer: Some<RootRef> };
  dumps: { question: object; answer: readonly WrittenDump[] };
}

export type Topic = keyof Questions;
