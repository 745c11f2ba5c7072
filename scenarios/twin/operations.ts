/** What a twin does: a scenario's operations, with allocations by number where the trace has addresses. */
import type { Type } from '../../sim/type.ts';
import { UsageError } from '../usage-error.ts';

/** The scenario does what a twin cannot say in Go; `message` names the operation. */
export class TwinRefusal extends UsageError {}

/** What a pointer points to. */
export type Ref =
  | { readonly to: 'nil' }
  /** Bytes behind the address of an allocation; less than 0 for an earlier object of its tiny block. */
  | { readonly to: 'object'; readonly id: number; readonly offset: number }
  | { readonly to: 'global'; readonly index: number; readonly offset: number }
  /** A constant of the program. */
  | { readonly to: 'text'; readonly text: Uint8Array }
  /** Something else that is not in the heap. */
  | { readonly to: 'outside' };

/** Where a value is stored; `elem` is the entry of the map that was assigned last. */
export type Place =
  | { readonly to: 'object'; readonly id: number; readonly offset: number }
  | { readonly to: 'global'; readonly index: number; readonly offset: number }
  | { readonly to: 'elem'; readonly offset: number };

/** A value as it lies in memory, its pointers apart. */
export interface Value {
  readonly type: Type;
  /** In the target's byte order; where there are pointers, what they were in the model. */
  readonly bytes: Uint8Array;
  /** By offset, nil pointers left out. */
  readonly refs: ReadonlyMap<number, Ref>;
}

/** An allocation's number; the twin keeps its address under it. */
type Made = { readonly id: number };

export type TwinOperation =
  | (Made & { readonly op: 'new'; readonly type: Type })
  /** `type` is the element's here and in the next. */
  | (Made & {
      readonly op: 'makeslice';
      readonly type: Type;
      readonly len: number;
      readonly cap: number;
    })
  | (Made & {
      readonly op: 'growslice';
      readonly type: Type;
      readonly from: Ref;
      readonly oldLen: number;
      readonly oldCap: number;
      readonly len: number;
    })
  | (Made & { readonly op: 'string'; readonly text: Uint8Array })
  | (Made & { readonly op: 'bytes'; readonly text: Uint8Array })
  | (Made & {
      readonly op: 'makemap';
      readonly type: Type;
      readonly hint: number;
      readonly seed: number;
    })
  | (Made & { readonly op: 'makechan'; readonly type: Type; readonly size: number })
  | (Made & { readonly op: 'convT'; readonly value: Value })
  | {
      readonly op: 'slicecopy';
      readonly type: Type;
      readonly to: Ref;
      readonly from: Ref;
      readonly len: number;
    }
  | { readonly op: 'mapassign'; readonly type: Type; readonly map: Ref; readonly key: Value }
  | {
      readonly op: 'mapdelete';
      readonly type: Type;
      readonly map: Ref;
      readonly key: Value;
      readonly seed: number;
    }
  | { readonly op: 'store'; readonly place: Place; readonly value: Value }
  /** The stack of main grows to so many bytes. */
  | { readonly op: 'growstack'; readonly size: number }
  /** `keep`: what only frames of the scenario point to. */
  | { readonly op: 'GC'; readonly keep: readonly number[] }
  | { readonly op: 'WriteHeapDump'; readonly descriptor: number };

/** A variable of the scenario, and of the twin. */
export interface TwinGlobal {
  readonly name: string;
  readonly type: Type;
  readonly addr: number;
}

/** Visits the parts of a type that are neither structs nor arrays. */
export function visitLeaves(
  type: Type,
  offset: number,
  visit: (leaf: Type, offset: number) => void,
): void {
  if (type.fields !== undefined) {
    for (const field of type.fields) visitLeaves(field.type, offset + field.offset, visit);
  } else if (isArray(type)) {
    for (let i = 0; i < type.len!; i++)
      visitLeaves(type.elem!, offset + i * type.elem!.size, visit);
  } else {
    visit(type, offset);
  }
}

/** Only arrays have both. */
export function isArray(type: Type): boolean {
  return type.len !== undefined && type.elem !== undefined;
}
