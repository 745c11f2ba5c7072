/** Which of a scenario's allocations lies where in the simulated heap, from its making to its freeing. */

import { mallocHeaderSize } from '../../sim/mbitmap.ts';
import { mSpanInUse } from '../../sim/mspan.ts';
import type { World } from '../../sim/runtime.ts';

/** Bytes of a slot. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/** An allocation by number. */
interface Allocation {
  readonly id: number;
  readonly addr: number;
}

export class HeapObjects {
  readonly #world: World;
  /** The latest in each slot: those of a tiny block share it. */
  readonly #bySlot = new Map<number, Allocation[]>();
  readonly #byAddr = new Map<number, Allocation>();
  /** What the runtime allocates for the scenario's maps. */
  readonly #inner = new Set<number>();
  /** Bytes of what was allocated, by its address. */
  readonly #sizes = new Map<number, number>();
  #next = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** Numbers given so far. */
  get count(): number {
    return this.#next;
  }

  /** True if `p` points into a span of objects. */
  inHeap(p: number): boolean {
    return this.#world.mheap.spanOf(p)?.state === mSpanInUse;
  }

  /** Numbers the object at `addr`; undefined where it is no new one: what is not in the heap, or known. */
  add(addr: number): number | undefined {
    if (!this.inHeap(addr) || this.#byAddr.has(addr)) return undefined;
    const made = { id: this.#next++, addr };
    this.#byAddr.set(addr, made);
    const slot = this.#slotOf(addr);
    const others = this.#bySlot.get(slot);
    if (others === undefined) this.#bySlot.set(slot, [made]);
    else others.push(made);
    return made.id;
  }

  /** What the runtime allocates to do an operation of the scenario is the scenario's as well. */
  addInner(addr: number): void {
    if (this.inHeap(addr)) this.#inner.add(addr);
  }

  /** The runtime has allocated `size` bytes. */
  allocated(addr: number, size: number): void {
    this.#sizes.set(addr, size);
  }

  /** All slots that hold objects of the scenario, and which bytes these take of each. */
  slots(): Map<number, ByteRange[]> {
    const slots = new Map<number, ByteRange[]>();
    const add = (slot: number, addr: number): void => {
      const range = { from: addr - slot, to: addr - slot + (this.#sizes.get(addr) ?? 0) };
      const others = slots.get(slot);
      if (others === undefined) slots.set(slot, [range]);
      else others.push(range);
    };
    for (const [slot, all] of this.#bySlot) for (const { addr } of all) add(slot, addr);
    for (const addr of this.#inner) add(this.#slotOf(addr), addr);
    return slots;
  }

  /** The allocation that `p` points into. */
  find(p: number): { id: number; offset: number } | undefined {
    const exact = this.#byAddr.get(p);
    if (exact !== undefined) return { id: exact.id, offset: 0 };
    if (!this.inHeap(p)) return undefined;
    const made = this.#bySlot.get(this.#slotOf(p));
    if (made === undefined) return undefined;
    const { id, addr } = made.findLast((one) => one.addr <= p) ?? made[0]!;
    return { id, offset: p - addr };
  }

  #slotOf(p: number): number {
    const s = this.#world.mheap.spanOf(p)!;
    return s.startAddr + s.objIndex(p) * s.elemsize;
  }

  /** Forgets what the sweep of the span at `base` has freed: its numbers. */
  swept(base: number): number[] {
    const s = this.#world.mheap.spanOf(base)!;
    const freed: number[] = [];
    for (let i = 0; i < s.nelems; i++) {
      const slot = s.startAddr + i * s.elemsize;
      if (!s.isFree(i)) continue;
      for (const addr of [slot, slot + mallocHeaderSize]) this.#inner.delete(addr);
      const made = this.#bySlot.get(slot);
      if (made === undefined) continue;
      this.#bySlot.delete(slot);
      for (const { id, addr } of made) {
        this.#byAddr.delete(addr);
        freed.push(id);
      }
    }
    return freed;
  }
}
