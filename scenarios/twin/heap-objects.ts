/** Which of a scenario's allocations lies where in the simulated heap, from its making to its freeing. */

import { mSpanInUse } from '../../sim/mspan.ts';
import type { World } from '../../sim/runtime.ts';

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
  /** Slots that the runtime allocates for the scenario's maps. */
  readonly #inner = new Set<number>();
  /** Bytes of each slot up to the end of what was allocated in it. */
  readonly #used = new Map<number, number>();
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
    if (this.inHeap(addr)) this.#inner.add(this.#slotOf(addr));
  }

  /** The runtime has allocated `size` bytes; `tiny`: in a block that holds others already. */
  allocated(addr: number, size: number, tiny: boolean): void {
    const slot = this.#slotOf(addr);
    const before = tiny ? (this.#used.get(slot) ?? 0) : 0;
    this.#used.set(slot, Math.max(before, addr + size - slot));
  }

  /** All slots that hold objects of the scenario, and how many bytes these take of each. */
  slots(): Map<number, number> {
    const all = [...this.#bySlot.keys(), ...this.#inner];
    return new Map(all.map((slot) => [slot, this.#used.get(slot) ?? 0]));
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
      this.#inner.delete(slot);
      this.#used.delete(slot);
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
