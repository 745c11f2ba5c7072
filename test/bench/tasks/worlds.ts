/** Worlds that the tasks work in. */
import { runProgram } from '../../../sim/boot.ts';
import { mallocgc } from '../../../sim/malloc.ts';
import { World } from '../../../sim/runtime.ts';
import type { Type } from '../../../sim/type.ts';

/** What a task finds at main.main. */
export interface Main {
  readonly world: World;
  /** struct { next *Node; val int } */
  readonly node: Type;
  /** Sets the global variable that keeps a list alive. */
  keep(p: number): void;
}

/** Runs `body`, which is a generator if it waits, as main.main of a program with GOGC=off and GOMAXPROCS=1. */
export function inMain(body: (main: Main) => Generator<void, void, void> | undefined): void {
  const world = new World({ gogc: -1, heapLimit: 2 ** 40 });
  const { types, firstmoduledata: md, symtab } = world;
  const node = types.named('main', 'Node', () =>
    types.structOf([
      { name: 'next', type: types.unsafePointer },
      { name: 'val', type: types.int },
    ]),
  );
  md.addGlobal('main.head', types.unsafePointer, 'bss');
  const keep = (p: number) => world.memory.writeUintptr(md.addressOf('main.head'), p);
  runProgram(world, {
    main: symtab.addFunc({ name: 'main.main', file: 'main.go', line: 1 }),
    *body() {
      yield* body({ world, node, keep }) ?? [];
    },
    env: { args: ['main'], envs: ['GOMAXPROCS=1', 'GOGC=off'] },
    systemGoroutines: true,
  });
}

/**
 * A list of `n` nodes, the newest first: its address. A thousand of them with each call of {@link longer}, and what that
 * is called with made a number again: else V8 boxes the variable of the loop for each node.
 */
export function list({ world, node }: Main, n: number): number {
  let head = 0;
  for (let i = 0; i < n; i += 1000) head = longer(world, node, head, i, Math.min(n, i + 1000));
  return head;
}

function longer(world: World, node: Type, list: number, from: number, to: number): number {
  let head = +list;
  for (let i = from; i < to; i++) head = cons(world, node, head, i);
  return head;
}

/** &Node{next, val} */
export function cons(world: World, node: Type, next: number, val: number): number {
  const { memory } = world;
  const p = mallocgc(world, 16, node, true);
  memory.writeUintptr(p, next);
  memory.writeUintptr(p + 8, val);
  return p;
}

/** Bytes of the spans that hold heap objects. */
export function spanBytes(world: World): number {
  return world.mheap.pagesInUse * 8192;
}
