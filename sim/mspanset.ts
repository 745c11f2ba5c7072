import { throw_ } from './errors.ts';
import type { MSpan } from './mspan.ts';
import type { Runtime } from './runtime2.ts';

/** Spans of a block. @go runtime/mspanset.go spanSetBlockEntries */
const spanSetBlockEntries = 512;
const spanSetInitSpineCap = 256;

/** A fixed array of spans; `popped` counts those taken out since it was last in the pool. */
export interface SpanSetBlock {
  readonly spans: (MSpan | null)[];
  popped: number;
}

/** Blocks that no set uses, last freed first taken. @go runtime/mspanset.go spanSetBlockAlloc */
export class SpanSetBlockPool {
  private readonly stack: SpanSetBlock[] = [];

  alloc(rt: Runtime): SpanSetBlock {
    const block = this.stack.pop();
    if (block !== undefined) return block;
    rt.persistent.alloc(rt.arch.sizes.spanSetBlock, rt.arch.cacheLinePadSize, 'gcMiscSys');
    return { spans: new Array<MSpan | null>(spanSetBlockEntries).fill(null), popped: 0 };
  }

  free(block: SpanSetBlock): void {
    block.popped = 0;
    this.stack.push(block);
  }
}

/**
 * A set of spans that gives them back in the order they came, held in blocks on a spine.
 *
 * @go runtime/mspanset.go spanSet
 */
export class SpanSet {
  /** Spans popped and pushed since the last reset. */
  private head = 0;
  private tail = 0;
  private readonly spine: (SpanSetBlock | null)[] = [];
  private spineLen = 0;
  private spineCap = 0;

  /** Number of spans in the set. */
  get size(): number {
    return this.tail - this.head;
  }

  /** The span that {@link pop} gives next, or null. */
  get first(): MSpan | null {
    if (this.head >= this.tail) return null;
    const block = this.spine[Math.floor(this.head / spanSetBlockEntries)]!;
    return block.spans[this.head % spanSetBlockEntries]!;
  }

  /** @go runtime/mspanset.go (*spanSet).push */
  push(rt: Runtime, s: MSpan): void {
    const cursor = this.tail++;
    const top = Math.floor(cursor / spanSetBlockEntries);
    rt.unlaid.path(rt, pushPath);
    if (top >= this.spineLen) {
      rt.unlaid.path(rt, newBlockPath);
      if (this.spineLen === this.spineCap) {
        const newCap = this.spineCap === 0 ? spanSetInitSpineCap : this.spineCap * 2;
        rt.persistent.alloc(newCap * rt.arch.ptrSize, rt.arch.cacheLinePadSize, 'gcMiscSys');
        this.spineCap = newCap;
      }
      this.spine[top] = rt.mheap.spanSetBlockPool.alloc(rt);
      this.spineLen++;
    }
    this.spine[top]!.spans[cursor % spanSetBlockEntries] = s;
  }

  /** The span that is in the set for longest, or null. @go runtime/mspanset.go (*spanSet).pop */
  pop(rt: Runtime): MSpan | null {
    if (this.head >= this.tail) return null;
    const cursor = this.head++;
    const top = Math.floor(cursor / spanSetBlockEntries);
    const bottom = cursor % spanSetBlockEntries;
    const block = this.spine[top]!;
    const s = block.spans[bottom]!;
    block.spans[bottom] = null;
    block.popped++;
    if (block.popped === spanSetBlockEntries) {
      this.spine[top] = null;
      rt.mheap.spanSetBlockPool.free(block);
    }
    return s;
  }

  /**
   * Takes `s` out wherever it is; false if it is not in the set. Go has no need of it: it is for worlds that
   * are put right after what a real program did.
   */
  remove(rt: Runtime, s: MSpan): boolean {
    const at = (i: number) => this.spine[Math.floor(i / spanSetBlockEntries)]!.spans;
    let cursor = this.head;
    while (cursor < this.tail && at(cursor)[cursor % spanSetBlockEntries] !== s) cursor++;
    if (cursor === this.tail) return false;
    for (; cursor > this.head; cursor--) {
      at(cursor)[cursor % spanSetBlockEntries] = at(cursor - 1)[
        (cursor - 1) % spanSetBlockEntries
      ]!;
    }
    at(cursor)[cursor % spanSetBlockEntries] = s;
    return this.pop(rt) === s;
  }

  /** Lets an empty set begin anew. @go runtime/mspanset.go (*spanSet).reset */
  reset(rt: Runtime): void {
    if (this.head < this.tail) throw_('attempt to clear non-empty span set');
    const top = Math.floor(this.head / spanSetBlockEntries);
    if (top < this.spineLen) {
      const block = this.spine[top] ?? null;
      if (block !== null) {
        if (block.popped === 0) throw_('span set block with unpopped elements found in reset');
        if (block.popped === spanSetBlockEntries) {
          throw_('fully empty unfreed span set block found in reset');
        }
        this.spine[top] = null;
        rt.mheap.spanSetBlockPool.free(block);
      }
    }
    this.head = 0;
    this.tail = 0;
    this.spineLen = 0;
  }
}

/** What a push needs of the stack, and one that needs a block more. */
const pushPath = ['runtime.(*spanSet).push', 'runtime.(*atomicHeadTailIndex).incTail'] as const;
const newBlockPath = [
  'runtime.(*spanSet).push',
  'runtime.(*spanSetBlockAlloc).alloc',
  'runtime.persistentalloc',
] as const;
