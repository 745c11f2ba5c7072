/** Hears a run and writes its timeline: which operation began, what it was, what the runtime did in it. */
import type { Observer, RuntimeEvent } from '../../sim/observer.ts';
import type { World } from '../../sim/runtime.ts';
import type { Func } from '../../sim/symtab.ts';
import type { Operation } from '../dsl/machine.ts';
import { Allocations } from './allocations.ts';
import { EventFigures } from './event-figures.ts';
import { StopRun } from './stop-run.ts';
import type { Timeline } from './timeline.ts';
import { TimelineWriter } from './writer.ts';

export interface RecorderOptions {
  /** Stop when this step is over. */
  readonly until?: number | undefined;
  /** Keep an event for each object that a collection marks. */
  readonly marks?: boolean | undefined;
  /** Asked as a step begins, while the script's functions are on the JavaScript stack. */
  readonly onBegin?: ((step: number) => void) | undefined;
  /** Told of each allocation, while its goroutine's frames are as they were; no world before main.main. */
  readonly onMalloc?: ((event: RuntimeEvent, world: World | undefined) => void) | undefined;
  /** Told of each step that is over. */
  readonly onStep?: ((over: StepOver) => void) | undefined;
}

/** A step that is over, with the world as it left it. */
export interface StepOver {
  readonly step: number;
  readonly operation: Operation;
  readonly world: World;
  /** The log so far. */
  readonly timeline: Timeline;
}

/** What a collection does with one object, or one root. */
export function isMarking(name: string): boolean {
  return (
    name === 'greyobject' || name === 'scanobject' || name === 'markroot' || name === 'wbBufFlush'
  );
}

interface Place {
  readonly func: string;
  readonly line: number;
}

const beforeMain: Place = { func: '', line: 0 };

/** The step that runs. */
interface OpenStep {
  readonly goroutine: number;
  readonly place: Place;
  readonly firstEvent: number;
  /** What it is called until the script tells more. */
  readonly op: string;
  operation: Operation | undefined;
}

export class Recorder implements Observer {
  readonly allocations = new Allocations();
  readonly #writer = new TimelineWriter();
  readonly #until: number;
  readonly #marks: boolean;
  readonly #onBegin: RecorderOptions['onBegin'];
  readonly #onMalloc: RecorderOptions['onMalloc'];
  readonly #onStep: RecorderOptions['onStep'];
  #world: World | undefined;
  #open: OpenStep = {
    goroutine: 0,
    place: beforeMain,
    firstEvent: 0,
    op: 'boot',
    operation: { op: 'boot' },
  };
  /** Stores that are part of an operation which has yet to say what it is. */
  readonly #parts: Operation[] = [];
  readonly #places = new Map<Func, Map<number, Place>>();
  readonly #figures = new EventFigures();

  constructor({ until, marks, onBegin, onMalloc, onStep }: RecorderOptions = {}) {
    this.#until = until ?? Number.POSITIVE_INFINITY;
    this.#marks = marks ?? false;
    this.#onBegin = onBegin;
    this.#onMalloc = onMalloc;
    this.#onStep = onStep;
  }

  get timeline(): Timeline {
    return this.#writer.timeline;
  }

  /** The world that runs; there is one once main.main was entered. */
  get world(): World | undefined {
    return this.#world;
  }

  /** An operation of the script begins; see RunOptions.begin. */
  readonly begin = (op: string, world: World): void => {
    this.#world = world;
    if (op === 'store' && this.#open.operation === undefined) return;
    this.#close(world);
    if (op === 'exit') throw new StopRun();
    this.#openStep(world, op, op === 'main' ? { op } : undefined);
  };

  /** An operation tells what it is; see RunOptions.trace. */
  readonly trace = (operation: Operation, world: World): void => {
    const open = this.#open;
    if (operation.op === 'done') return;
    if (open.operation !== undefined) {
      this.#close(world);
      this.#openStep(world, operation.op, operation);
    } else if (operation.op === 'store' && open.op !== 'store') {
      this.#parts.push(operation);
    } else {
      open.operation = operation;
    }
  };

  onEvent(event: RuntimeEvent): void {
    const { name } = event;
    if (!this.#marks && isMarking(name)) return;
    if (name === 'execute' && !event.system) this.#execute(event.goid as number);
    if (name === 'malloc') this.#onMalloc?.(event, this.#world);
    this.#figures.onEvent(event);
    this.allocations.onEvent(event, this.timeline.length);
    this.#writer.event(name, event);
  }

  /** Another goroutine of the program runs on: a step of its own. */
  #execute(goid: number): void {
    const world = this.#world;
    if (world === undefined || goid === this.#open.goroutine) return;
    this.#close(world);
    this.#openStep(world, 'switch', { op: 'switch', from: this.#open.goroutine, to: goid });
  }

  #openStep(world: World, op: string, operation: Operation | undefined): void {
    this.#onBegin?.(this.timeline.length);
    this.#open = {
      goroutine: world.m.curg?.goid ?? 0,
      place: this.#placeOf(world),
      firstEvent: this.timeline.events.table.length,
      op,
      operation,
    };
  }

  #placeOf(world: World): Place {
    const gp = world.m.curg;
    const fn = gp?.frame?.fn;
    if (gp == null || fn === undefined) return beforeMain;
    let lines = this.#places.get(fn);
    if (lines === undefined) {
      lines = new Map();
      this.#places.set(fn, lines);
    }
    const { pc } = gp.sched;
    let place = lines.get(pc);
    if (place === undefined) {
      place = { func: fn.name, line: fn.funcline(Math.max(fn.entry, pc - 1)).line };
      lines.set(pc, place);
    }
    return place;
  }

  /** @throws {StopRun} when the step that is over is the last one asked for */
  #close(world: World): void {
    const { goroutine, place, firstEvent, op, operation } = this.#open;
    const { gcController: c } = world;
    const figures = { ...this.#figures.now(), heapLive: c.heapLive, nextGC: c.heapGoal() };
    const write = (what: Operation, first: number): void => {
      const { op: name, g: _g, type, ...rest } = what;
      const details: Record<string, unknown> = { ...(type && { type: type.string }), ...rest };
      const { value } = details;
      if (typeof value === 'string' && /^-?\d{1,15}$/.test(value)) details.value = Number(value);
      this.#writer.step(name, details, { goroutine, ...place }, first, figures);
    };
    const step = this.timeline.length;
    write(operation ?? { op }, firstEvent);
    for (const part of this.#parts) write(part, this.timeline.events.table.length);
    this.#parts.length = 0;
    this.#onStep?.({ step, operation: operation ?? { op }, world, timeline: this.timeline });
    if (this.timeline.length > this.#until) throw new StopRun();
  }
}
