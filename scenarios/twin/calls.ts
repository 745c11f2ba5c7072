/** Calls that a scenario makes, now, later and in other goroutines, as the twin makes them. */
import type { Operation } from '../dsl/machine.ts';
import type { Course } from './course.ts';
import type { HeapOperations } from './heap-operations.ts';
import { address, type References } from './references.ts';

export class Calls {
  readonly #course: Course;
  readonly #refs: References;
  readonly #heap: HeapOperations;
  /** Numbers of the functions that closures call, by the closure's. */
  readonly #callees = new Map<number, number>();
  /** The closure that was made last, for the go or defer statement that follows. */
  #closure: number | undefined;

  constructor(course: Course, refs: References, heap: HeapOperations) {
    this.#course = course;
    this.#refs = refs;
    this.#heap = heap;
  }

  /** False for other operations. */
  hear(operation: Operation): boolean {
    const { op } = operation;
    const course = this.#course;
    const g = operation.g as number;
    switch (op) {
      case 'call':
        course.enter(g);
        return true;
      case 'return':
        course.leave(g);
        return true;
      case 'closure':
        this.#heap.made(address(operation.addr), (id) => {
          const fn = course.addFunction('');
          this.#callees.set(id, fn);
          this.#closure = id;
          return { op, id, type: operation.type!, fn };
        });
        return true;
      case 'go': {
        const { closure, fn } = this.#callee(operation);
        const goid = operation.new as number;
        course.functions[fn]!.name = `goroutine${goid}`;
        course.push(g, { op, fn, closure });
        course.start(goid, fn);
        return true;
      }
      case 'defer': {
        const { closure, fn } = this.#callee(operation);
        course.functions[fn]!.name = `deferred${fn}`;
        course.push(g, { op, fn, closure, heap: operation.openCoded !== true });
        course.defer(g, fn);
        return true;
      }
      case 'deferred':
        course.enterDeferred(g);
        return true;
      case 'panic':
        course.push(g, { op, value: this.#refs.ref(address(operation.addr)) });
        return true;
      case 'gorecover':
        course.recover(g);
        return true;
      default:
        return false;
    }
  }

  /** The function that a go or defer statement calls. */
  #callee(operation: Operation): { closure: number | undefined; fn: number } {
    if (operation.closure !== true) {
      return { closure: undefined, fn: this.#course.addFunction('') };
    }
    const closure = this.#closure!;
    return { closure, fn: this.#callees.get(closure)! };
  }
}
