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
  /** A function value that calls `fn`, one of the twin's functions; its arguments are stored in it. */
  | (Made & { readonly op: 'closure'; readonly type: Type; readonly fn: number })
  /** `closure` is the allocation that is called; undefined for `fn` itself. */
  | { readonly op: 'go'; readonly fn: number; readonly closure: number | undefined }
  /** `heap`: its record is there, and not in the frame. */
  | {
      readonly op: 'defer';
      readonly fn: number;
      readonly closure: number | undefined;
      readonly heap: boolean;
    }
  /** A call of a function of the twin's: one that defers. */
  | { readonly op: 'call'; readonly fn: number }
  /** `value` is what the panic's interface points to. */
  | { readonly op: 'panic'; readonly value: Ref }
  | { readonly op: 'recover' }
  /** `type` is the element's here and in the next two. */
  | {
      readonly op: 'send';
      readonly type: Type;
      readonly chan: Ref;
      readonly value: Value;
    }
  /** `discard`: what is received is stored nowhere. */
  | { readonly op: 'recv'; readonly type: Type; readonly chan: Ref; readonly discard: boolean }
  /** A select that parks, or one that took its default and so does nothing. */
  | { readonly op: 'select'; readonly cases: readonly TwinCase[]; readonly parks: boolean }
  | { readonly op: 'close'; readonly chan: Ref }
  /** A loop over a map begins: the map notes that its buckets are being looked at. */
  | { readonly op: 'range'; readonly map: Ref }
  /** A method of package sync, of what lies at `at`. */
  | { readonly op: 'sync'; readonly call: SyncCall; readonly at: Ref; readonly delta: number }
  /** Cond.Wait, as its mutex is not in the model's Cond. */
  | { readonly op: 'condWait'; readonly at: Ref; readonly mutex: Ref }
  | { readonly op: 'sleep'; readonly ns: number }
  | { readonly op: 'Gosched' }
  | { readonly op: 'Goexit' }
  /** The stack of the goroutine grows to so many bytes. */
  | { readonly op: 'growstack'; readonly size: number }
  /** `keep`: what only frames of the scenario point to. */
  | { readonly op: 'GC' | 'FreeOSMemory'; readonly keep: readonly number[] }
  /** `type` is of the pointer; `finalizer` the function's place in the list, undefined to clear it. */
  | {
      readonly op: 'SetFinalizer';
      readonly type: Type;
      readonly at: Ref;
      readonly finalizer: number | undefined;
    }
  | { readonly op: 'ReadMemStats' | 'NumGoroutine' }
  | { readonly op: 'SetGCPercent'; readonly percent: number }
  | { readonly op: 'SetMemoryLimit'; readonly limit: number }
  | { readonly op: 'MemProfileRate'; readonly rate: number }
  | { readonly op: 'WriteHeapDump'; readonly descriptor: number };

/** What goroutines do with each other and with their stacks. */
const concurrent = [
  'closure',
  'go',
  'defer',
  'call',
  'panic',
  'recover',
  'send',
  'recv',
  'select',
  'close',
  'range',
  'sync',
  'condWait',
  'sleep',
  'Gosched',
  'Goexit',
] as const;
const isOfConcurrent: ReadonlySet<string> = new Set(concurrent);

export type ConcurrentOperation = Extract<
  TwinOperation,
  { readonly op: (typeof concurrent)[number] }
>;

export function isConcurrent(operation: TwinOperation): operation is ConcurrentOperation {
  return isOfConcurrent.has(operation.op);
}

/** What packages runtime and runtime/debug do. */
const ofRuntime = [
  'GC',
  'FreeOSMemory',
  'ReadMemStats',
  'NumGoroutine',
  'SetGCPercent',
  'SetMemoryLimit',
  'MemProfileRate',
] as const;
const isOfRuntime: ReadonlySet<string> = new Set(ofRuntime);

export type RuntimeOperation = Extract<TwinOperation, { readonly op: (typeof ofRuntime)[number] }>;

export function isRuntimeCall(operation: TwinOperation): operation is RuntimeOperation {
  return isOfRuntime.has(operation.op);
}

/** A case of select: it sends `value`, or receives. */
export interface TwinCase {
  readonly type: Type;
  readonly chan: Ref;
  readonly value: Value | undefined;
}

type SyncCall =
  | 'Mutex.Lock'
  | 'Mutex.Unlock'
  | 'WaitGroup.Add'
  | 'WaitGroup.Wait'
  | 'Cond.Signal'
  | 'Cond.Broadcast';

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
