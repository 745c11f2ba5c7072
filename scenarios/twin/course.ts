/**
 * Which function of the twin does what. A goroutine has a function of its own, and so have deferred calls
 * and calls of functions that defer; what other calls do is done where they are called.
 */
import type { TwinOperation } from './operations.ts';

/** A function of the twin. */
export interface TwinFunction {
  /** As Go knows it: main, goroutine18, call2, deferred3. */
  name: string;
}

/** An operation and the number of the function that does it. */
export interface Step {
  readonly operation: TwinOperation;
  readonly fn: number;
  /** The place in the script, by number, where the memory profile tells places. */
  readonly site: number | undefined;
  /** Where the scenario's frame ends, if others may run before the operation is done. */
  readonly sp: number | undefined;
}

/** A call that runs. */
interface Block {
  /** The call that called; undefined for a goroutine's first function and for deferred calls. */
  readonly caller: Block | undefined;
  /** The function of the twin that does it; undefined while the caller's does. */
  fn: number | undefined;
  /** Of a deferred call: the call that deferred it. */
  readonly owner: Block | undefined;
  recovers: boolean;
}

/** An operation whose place in the order is fixed, and which may become known later. */
export interface Entry {
  operation: TwinOperation;
  readonly block: Block;
  readonly site?: number | undefined;
  sp?: number | undefined;
}

/** A goroutine: its calls, innermost last, and the calls that it has deferred. */
interface Thread {
  readonly calls: Block[];
  last: Entry | undefined;
  readonly deferred: { readonly owner: Block; readonly fn: number }[];
}

export class Course {
  readonly functions: TwinFunction[] = [];
  /** The place in the script of the operations that follow. */
  site: number | undefined;
  readonly #entries: Entry[] = [];
  readonly #threads = new Map<number, Thread>();
  /** Calls by the entry that makes them. */
  readonly #callees = new Map<Entry, Block>();

  constructor() {
    this.start(1, this.addFunction('main'));
  }

  /** A new function, whose operations come when it runs. */
  addFunction(name: string): number {
    return this.functions.push({ name }) - 1;
  }

  /** Function `fn` is what the goroutine does. */
  start(goid: number, fn: number): void {
    const block: Block = { caller: undefined, fn, owner: undefined, recovers: false };
    this.#threads.set(goid, { calls: [block], last: undefined, deferred: [] });
  }

  /** True if the goroutine runs a function of the twin. */
  has(goid: number): boolean {
    return this.#threads.has(goid);
  }

  #thread(goid: number): Thread {
    return this.#threads.get(goid)!;
  }

  /** The next operation of a goroutine, done where the stack ends at `sp` if that is given. */
  push(goid: number, operation: TwinOperation, sp?: number): Entry {
    const thread = this.#thread(goid);
    const entry = { operation, block: thread.calls.at(-1)!, site: this.site, sp };
    thread.last = entry;
    this.#entries.push(entry);
    return entry;
  }

  /** The last operation that a goroutine began. */
  last(goid: number): Entry {
    return this.#thread(goid).last!;
  }

  /** True if nothing has been done since. */
  isLast(entry: Entry): boolean {
    return this.#entries.at(-1) === entry;
  }

  /** An operation that the same goroutine does just before another one. */
  pushBefore(next: Entry, operation: TwinOperation): void {
    this.#entries.splice(this.#entries.lastIndexOf(next), 0, { operation, block: next.block });
  }

  /** The goroutine calls a function. */
  enter(goid: number): void {
    const { calls } = this.#thread(goid);
    const block = { caller: calls.at(-1)!, fn: undefined, owner: undefined, recovers: false };
    this.#callees.set(this.push(goid, { op: 'call', fn: -1 }), block);
    calls.push(block);
  }

  /** The innermost call returns. */
  leave(goid: number): void {
    const thread = this.#thread(goid);
    const { calls } = thread;
    if (calls.length === 1) return;
    const block = calls.pop()!;
    // A recovered panic leaves all calls behind that the deferring one has made.
    if (block.recovers) calls.length = calls.lastIndexOf(block.owner!) + 1;
  }

  /** The innermost call defers a call of `fn`. */
  defer(goid: number, fn: number): void {
    const { calls, deferred } = this.#thread(goid);
    const owner = calls.at(-1)!;
    owner.fn ??= this.addFunction(`call${this.functions.length}`);
    deferred.push({ owner, fn });
  }

  /** The call that was deferred last begins. */
  enterDeferred(goid: number): void {
    const { calls, deferred } = this.#thread(goid);
    const { owner, fn } = deferred.pop()!;
    calls.push({ caller: undefined, fn, owner, recovers: false });
  }

  /** The innermost call, a deferred one, has recovered from a panic. */
  recover(goid: number): void {
    this.push(goid, { op: 'recover' });
    this.#thread(goid).calls.at(-1)!.recovers = true;
  }

  /** All operations in order. */
  steps(): Step[] {
    return this.#entries.flatMap((entry): Step[] => {
      const { operation, block, site, sp } = entry;
      const fn = functionOf(block);
      if (operation.op !== 'call') return [{ operation, fn, site, sp }];
      const callee = this.#callees.get(entry)!;
      if (callee.fn === undefined) return [];
      return [{ operation: { op: 'call', fn: callee.fn }, fn, site: undefined, sp: undefined }];
    });
  }
}

function functionOf(block: Block): number {
  let at = block;
  while (at.fn === undefined) at = at.caller!;
  return at.fn;
}
