/** What only frames hold when a collection begins, as far as it survives: the twin has it in `roots` meanwhile. */
import type { World } from '../../sim/runtime.ts';
import { Gdead } from '../../sim/runtime2.ts';
import type { Entry } from './course.ts';
import type { HeapObjects } from './heap-objects.ts';
import type { TwinOperation } from './operations.ts';
import type { RuntimeCalls } from './runtime-calls.ts';

export class HeldObjects {
  readonly #world: World;
  readonly #objects: HeapObjects;
  readonly #calls: RuntimeCalls;
  /** The collection that runs or ran last: its place in the list, and what stacks and registers held. */
  #collection: { readonly entry: Entry; readonly held: Set<number> } | undefined;

  constructor(world: World, objects: HeapObjects, calls: RuntimeCalls) {
    this.#world = world;
    this.#objects = objects;
    this.#calls = calls;
  }

  /** The collection that the entry asks for begins. */
  begin(entry: Entry): void {
    this.end();
    this.#calls.queued();
    const { allgs, gc, memory, arch } = this.#world;
    const held = new Set<number>();
    const hold = (p: number): void => {
      const found = this.#objects.find(p);
      if (found !== undefined) held.add(found.id);
    };
    for (const p of gc.registers) hold(p);
    for (const { sched, stack, status } of allgs) {
      if (status === Gdead) continue;
      for (let at = sched.sp; at < stack.hi; at += arch.ptrSize) hold(memory.readUintptr(at));
    }
    this.#collection = { entry, held };
  }

  /** Allocations that the sweeper has freed. */
  swept(ids: readonly number[]): void {
    for (const id of ids) this.#collection?.held.delete(id);
  }

  /** The last collection is over: what was held and lives on is what the twin must keep. */
  end(): void {
    if (this.#collection === undefined) return;
    const { entry, held } = this.#collection;
    this.#collection = undefined;
    // They live on because their finalizers were queued: nothing else held them.
    for (const p of this.#calls.queued()) held.delete(this.#objects.find(p)?.id ?? -1);
    entry.operation = {
      ...entry.operation,
      keep: [...held].sort((a, b) => a - b),
    } as TwinOperation;
  }
}
