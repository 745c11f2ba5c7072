/**
 * Calls that need room on the running goroutine's stack but leave no frames on it: the slow paths of the
 * allocator, of sweeping and of a collection's start. Each checks the stack as its prologue in Go does,
 * so that it grows where too little is left.
 *
 * @go runtime/stack.go newstack
 */
import type { G, Runtime } from './runtime2.ts';
import { needStack, type Room, roomOf } from './stack.ts';

function onGoroutine({ m: { curg, g0frames } }: Runtime): boolean {
  return curg !== null && curg.stack.lo !== 0 && g0frames.length === 0;
}

/** The depth where what runs is not on a goroutine's stack, or is nothing that leads here. */
const elsewhere = -1;

export class UnlaidCalls {
  /** Who runs newobject, which gets a frame only in a program with a profile, as that costs too much for each object. */
  newobjectOf: G | null = null;
  /** Bytes below the youngest frame's sp that the running calls take, or {@link elsewhere}. */
  #depth = elsewhere;
  /** The depths that calls return to. */
  readonly #returns: number[] = [];
  readonly #rooms = new Map<string, Room>();

  /** The calls that follow are the youngest frame's. */
  begin(rt: Runtime): void {
    this.#returns.push(this.#depth);
    this.#depth = onGoroutine(rt) ? 0 : elsewhere;
  }

  /** The function of the youngest frame calls mallocgc, itself or through newobject. */
  beginMallocgc(rt: Runtime): void {
    this.begin(rt);
    if (this.#depth === elsewhere) return;
    if (rt.m.curg === this.newobjectOf) this.#call(rt, 'runtime.newobject');
    this.#call(rt, 'runtime.mallocgc');
  }

  /** The last of the running calls calls `name`. */
  enter(rt: Runtime, name: string): void {
    this.#returns.push(this.#depth);
    if (this.#depth !== elsewhere) this.#call(rt, name);
  }

  /** The last of the running calls goes on on the system's stack. */
  systemstack(): void {
    this.#returns.push(this.#depth);
    this.#depth = elsewhere;
  }

  /** The last call returns. */
  leave(): void {
    this.#depth = this.#returns.pop()!;
  }

  /** The last of the running calls calls the first of these functions, each of which calls the next. */
  path(rt: Runtime, names: readonly string[]): void {
    for (const name of names) this.enter(rt, name);
    for (const _ of names) this.leave();
  }

  #call(rt: Runtime, name: string): void {
    const { takes, checks } = this.#roomOf(rt, name);
    needStack(rt, this.#depth + checks);
    this.#depth += takes;
  }

  #roomOf(rt: Runtime, name: string): Room {
    let room = this.#rooms.get(name);
    if (room === undefined) {
      room = roomOf(rt, name);
      this.#rooms.set(name, room);
    }
    return room;
  }
}
