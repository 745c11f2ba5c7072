import type { Bucket } from './mprof.ts';
import type { Funcval } from './symtab.ts';
import type { Type } from './type.ts';

export const kindSpecialFinalizer = 1;
export const kindSpecialProfile = 2;
/** Used by the runtime's own tests only. */
export const kindSpecialReachable = 3;
/** Counts how often an object is pinned beyond the first time. */
export const kindSpecialPinCounter = 4;

/** What every special record begins with. @go runtime/mheap.go special */
interface SpecialHeader {
  /** Address of the record, off the heap. */
  readonly addr: number;
  /** Offset of the object's first byte (or of the tiny block's part) in its span. */
  offset: number;
  next: Special | null;
}

/** @go runtime/mheap.go specialfinalizer */
export interface SpecialFinalizer extends SpecialHeader {
  readonly kind: typeof kindSpecialFinalizer;
  readonly fn: Funcval;
  /** Bytes of the finalizer's results. */
  readonly nret: number;
  /** Type of the finalizer's parameter. */
  readonly fint: Type | null;
  /** Type of the pointer that was given to SetFinalizer. */
  readonly ot: Type;
}

/** @go runtime/mheap.go specialprofile */
interface SpecialProfile extends SpecialHeader {
  readonly kind: typeof kindSpecialProfile;
  readonly b: Bucket;
}

/** @go runtime/mheap.go specialPinCounter */
interface SpecialPinCounter extends SpecialHeader {
  readonly kind: typeof kindSpecialPinCounter;
  counter: number;
}

/** @go runtime/mheap.go specialReachable */
interface SpecialReachable extends SpecialHeader {
  readonly kind: typeof kindSpecialReachable;
  done: boolean;
  reachable: boolean;
}

/** A record that a span keeps about one of its objects. */
export type Special = SpecialFinalizer | SpecialProfile | SpecialPinCounter | SpecialReachable;
