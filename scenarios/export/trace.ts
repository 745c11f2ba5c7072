/**
 * A run as Chrome's Trace Event Format, for ui.perfetto.dev: a track for each goroutine, for each P, for the collector,
 * and counters.
 *
 * Times are step numbers, for the model has no clock that runs while nothing sleeps: a step is a millisecond, step
 * 41 begins at 41 ms, and the runtime's events in it are spread over it in their order. Slices of a
 * track nest strictly, as the format asks for; the events come sorted by time.
 */
import { hex } from '../format.ts';
import { operationText } from '../terminal/operation.ts';
import type { Figures, Row, Step, Timeline } from '../timeline/timeline.ts';
import { Chunk } from './chunk.ts';
import { plainText } from './plain-text.ts';
import { type Call, callsOf, phasesOf, type Turn, turnsOf } from './trace-calls.ts';

/** Trace microseconds in a step. */
const stepTime = 1000;

const pids = { goroutines: 1, processors: 2, collector: 3, counters: 4 } as const;

const processNames: Readonly<Record<keyof typeof pids, string>> = {
  goroutines: 'Goroutines',
  processors: 'Processors',
  collector: 'Collector',
  counters: 'Memory',
};

/** Viewers take two tracks of one tid for one thread, so these are higher than goroutines' numbers. */
const processorTid = 900_000_000;
const collectorTid = 990_000_000;

/** Events of the runtime that are shown as instants; the others are too many, or are slices. */
const instants: ReadonlySet<string> = new Set([
  'copystack',
  'gcAssistAlloc',
  'goexit',
  'gopark',
  'growslice',
  'hashGrow',
  'heapGrow',
  'mcacheRefill',
  'newproc',
  'scavenge',
  'spanAlloc',
  'spanFree',
  'sysAlloc',
]);

/** Events that are the collector's. */
const collectorInstants: ReadonlySet<string> = new Set(['gcStart', 'gcDone', 'sweep']);

const counters: readonly [name: string, of: (f: Figures) => Readonly<Record<string, number>>][] = [
  ['HeapAlloc', (f) => ({ bytes: f.heapAlloc })],
  ['HeapInuse', (f) => ({ bytes: f.heapInuse })],
  ['HeapIdle', (f) => ({ bytes: f.heapIdle })],
  ['HeapReleased', (f) => ({ bytes: f.heapReleased })],
  ['StackInuse', (f) => ({ bytes: f.stackInuse })],
  ['HeapObjects', (f) => ({ objects: f.mallocs - f.frees })],
  ['NumGC', (f) => ({ cycles: f.numGC })],
  // Without a goal there is nothing to draw.
  ['NextGC', (f): Record<string, number> => (f.nextGC < 2 ** 53 ? { bytes: f.nextGC } : {})],
];

/** One event of the format. */
interface TraceEvent {
  readonly ph: 'M' | 'X' | 'i' | 'C' | 's' | 'f';
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts?: number;
  readonly dur?: number;
  readonly cat?: string;
  readonly id?: number;
  /** Of an instant: that it belongs to its track. */
  readonly s?: 't';
  /** Of a flow's end: that it is bound to the slice around it. */
  readonly bp?: 'e';
  readonly args?: Readonly<Record<string, unknown>>;
}

/** The file's text, in UTF-8; each piece is overwritten by the next. */
export function* traceFile(timeline: Timeline, title: string): Generator<Uint8Array> {
  const out = new Chunk();
  const about = { source: plainText(title), time: 'a step is 1 ms: step N begins at N ms' };
  out.text(`{"displayTimeUnit":"ms","otherData":${JSON.stringify(about)},"traceEvents":[`);
  let first = true;
  for (const event of traceEvents(timeline)) {
    out.text(`${first ? '' : ','}\n${JSON.stringify(event)}`);
    first = false;
    if (out.length >= 1 << 18) yield out.take();
  }
  out.text('\n]}\n');
  yield out.take();
}

/** All events: metadata first, the others by time, and of two slices that begin together the one around the other. */
export function* traceEvents(timeline: Timeline): Generator<TraceEvent> {
  const calls = callsOf(timeline);
  const turns = turnsOf(timeline);
  yield* metadata(calls, turns);
  const flows = new Flows(turns);
  const memory = new Counters();
  const runtime = new RuntimeEvents(timeline, flows);
  let call = 0;
  let turn = 0;
  for (let index = 0; index < timeline.length; index++) {
    const ts = index * stepTime;
    if (turns[turn]?.first === index) yield turnSlice(turns[turn++]!);
    for (; calls[call]?.first === index; call++) yield callSlice(calls[call]!);
    const step = timeline.step(index);
    yield stepSlice(step);
    yield* flows.ending(step);
    yield* runtime.of(step);
    yield* memory.changes(timeline.figures(index), ts + stepTime);
  }
}

function turnSlice({ goroutine, first, length }: Turn): TraceEvent {
  const name = goroutine === 0 ? 'before main.main' : `goroutine ${goroutine}`;
  const time = { ts: first * stepTime, dur: length * stepTime };
  return { ph: 'X', name, cat: 'turn', pid: pids.processors, tid: processorTid, ...time };
}

function callSlice({ func, goroutine, first, length }: Call): TraceEvent {
  const time = { ts: first * stepTime, dur: length * stepTime };
  return {
    ph: 'X',
    name: plainText(func),
    cat: 'call',
    pid: pids.goroutines,
    tid: goroutine,
    ...time,
  };
}

function stepSlice({ index, goroutine, func, line, operation }: Step): TraceEvent {
  return {
    ph: 'X',
    name: plainText(operationText(operation)),
    cat: 'step',
    pid: pids.goroutines,
    tid: goroutine,
    ts: index * stepTime,
    dur: stepTime,
    args: { step: index, func: plainText(func), line },
  };
}

/** When event number `e` of the timeline happens. */
function timeOf(step: Step, e: number): number {
  const { index, firstEvent, endEvent } = step;
  const part = (e - firstEvent + 1) / (endEvent - firstEvent + 1);
  // Nanoseconds, which is what viewers resolve.
  return index * stepTime + Math.floor(part * stepTime * 1000) / 1000;
}

/** The runtime's events within the steps: instants, the collector's slices, and where a goroutine is started or woken. */
class RuntimeEvents {
  readonly #timeline: Timeline;
  readonly #flows: Flows;
  /** Slices of the collector by their first events. */
  readonly #slices = new Map<number, TraceEvent>();

  constructor(timeline: Timeline, flows: Flows) {
    this.#timeline = timeline;
    this.#flows = flows;
    const phases = phasesOf(timeline);
    const times = timesOf(timeline, new Set(phases.flatMap((p) => [p.firstEvent, p.endEvent])));
    for (const { name, firstEvent, endEvent } of phases) {
      const ts = times.get(firstEvent)!;
      const dur = round(times.get(endEvent)! - ts);
      const track = { pid: pids.collector, tid: collectorTid } as const;
      this.#slices.set(firstEvent, { ph: 'X', name, cat: 'gc', ...track, ts, dur });
    }
  }

  *of(step: Step): Generator<TraceEvent> {
    for (let e = step.firstEvent; e < step.endEvent; e++) {
      const slice = this.#slices.get(e);
      if (slice !== undefined) yield slice;
      const name = this.#timeline.eventName(e);
      const goroutine = { pid: pids.goroutines, tid: step.goroutine } as const;
      const collector = { pid: pids.collector, tid: collectorTid } as const;
      const track = instants.has(name) ? goroutine : collectorInstants.has(name) && collector;
      const isWake = name === 'newproc' || name === 'ready';
      if (!track && !isWake) continue;
      const event = this.#timeline.event(e);
      const ts = timeOf(step, e);
      if (track) yield { ph: 'i', name, cat: 'runtime', ...track, ts, s: 't', args: argsOf(event) };
      if (isWake) yield* this.#flows.begin(event.goid as number, { ts, ...goroutine, step });
    }
  }
}

/** The times of some events; that past the last one is the timeline's end. */
function timesOf(timeline: Timeline, wanted: ReadonlySet<number>): Map<number, number> {
  const times = new Map<number, number>();
  if (wanted.size === 0) return times;
  for (let index = 0; index < timeline.length; index++) {
    const step = timeline.step(index);
    for (let e = step.firstEvent; e < step.endEvent; e++) {
      if (wanted.has(e)) times.set(e, timeOf(step, e));
    }
  }
  times.set(timeline.events.table.length, timeline.length * stepTime);
  return times;
}

function round(us: number): number {
  return Math.round(us * 1000) / 1000;
}

/** An event's values: addresses in hexadecimal, bits of spans left out. */
function argsOf({ name: _, ...values }: Row): Record<string, unknown> {
  const args: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(values)) {
    if (typeof value === 'string') {
      if (!/^[01]{8,}$/.test(value)) args[key] = plainText(value);
    } else {
      args[key] = typeof value === 'number' && value >= 2 ** 32 ? hex(value) : value;
    }
  }
  return args;
}

/** Arrows from where a goroutine is started or woken to where it runs. */
class Flows {
  /** The last step of each goroutine: an arrow that leads past it would have no end. */
  readonly #last = new Map<number, number>();
  readonly #open = new Map<number, { readonly id: number; readonly name: string }[]>();
  #count = 0;

  constructor(turns: readonly Turn[]) {
    for (const { goroutine, first, length } of turns) this.#last.set(goroutine, first + length - 1);
  }

  *begin(
    goid: number,
    { step, ...at }: { ts: number; pid: number; tid: number; step: Step },
  ): Generator<TraceEvent> {
    if ((this.#last.get(goid) ?? -1) <= step.index) return;
    const id = ++this.#count;
    const open = this.#open.get(goid) ?? [];
    const name = `goroutine ${goid} can run`;
    this.#open.set(goid, [...open, { id, name }]);
    yield { ph: 's', name, cat: 'wake', id, ...at };
  }

  *ending({ goroutine, index }: Step): Generator<TraceEvent> {
    const open = this.#open.get(goroutine);
    if (open === undefined) return;
    this.#open.delete(goroutine);
    const at = { pid: pids.goroutines, tid: goroutine, ts: index * stepTime } as const;
    for (const { id, name } of open) yield { ph: 'f', name, cat: 'wake', id, bp: 'e', ...at };
  }
}

/** Counters, told where they change. */
class Counters {
  readonly #last = new Map<string, string>();

  *changes(figures: Figures, ts: number): Generator<TraceEvent> {
    for (const [name, of] of counters) {
      const args = of(figures);
      const text = JSON.stringify(args);
      if (text === '{}' || this.#last.get(name) === text) continue;
      this.#last.set(name, text);
      yield { ph: 'C', name, pid: pids.counters, tid: 0, ts, args };
    }
  }
}

function* metadata(calls: readonly Call[], turns: readonly Turn[]): Generator<TraceEvent> {
  const entries = Object.entries(pids) as [keyof typeof pids, number][];
  for (const [sort, [key, pid]] of entries.entries()) {
    yield { ph: 'M', name: 'process_name', pid, tid: 0, args: { name: processNames[key] } };
    yield { ph: 'M', name: 'process_sort_index', pid, tid: 0, args: { sort_index: sort } };
  }
  const thread = (pid: number, tid: number, name: string): TraceEvent => {
    return { ph: 'M', name: 'thread_name', pid, tid, args: { name } };
  };
  const started = new Map<number, string>();
  for (const { goroutine, func } of calls) {
    if (!started.has(goroutine)) started.set(goroutine, func);
  }
  for (const goroutine of new Set(turns.map((turn) => turn.goroutine))) {
    const func = plainText(started.get(goroutine) ?? '');
    const name = goroutine === 0 ? 'before main.main' : `G ${goroutine} ${func}`.trimEnd();
    yield thread(pids.goroutines, goroutine, name);
  }
  yield thread(pids.processors, processorTid, 'P 0');
  yield thread(pids.collector, collectorTid, 'GC');
}
