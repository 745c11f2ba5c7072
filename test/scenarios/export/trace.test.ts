/** Traces follow the rules by which Perfetto reads the Trace Event Format. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { traceEvents, traceFile } from '../../../scenarios/export/trace.ts';
import { chan, func, int, type Scenario, scenario } from '../../../scenarios/index.ts';
import { recordTimeline } from '../../../scenarios/timeline/record.ts';
import type { Timeline } from '../../../scenarios/timeline/timeline.ts';
import { libraryScenario } from '../run-library.ts';
import { textOf } from './export-files.ts';

type TraceEvent = ReturnType<typeof traceEvents> extends Generator<infer E> ? E : never;

/** Times as Perfetto keeps them. */
const ns = (us: number): number => Math.round(us * 1000);

/** What the format and Perfetto ask of any trace. */
function check(events: readonly TraceEvent[]): void {
  const open = new Map<string, number[]>();
  const flows = new Map<number, string>();
  const wrong: unknown[] = [];
  const must = (holds: boolean, what: string, event: TraceEvent): void => {
    if (!holds) wrong.push([what, event]);
  };
  let now = 0;
  for (const event of events) {
    const { ph, name, pid, tid, ts, dur, id, s, bp, args } = event;
    must(typeof name === 'string', 'a name', event);
    must(Number.isInteger(pid) && pid > 0 && Number.isInteger(tid) && tid >= 0, 'a track', event);
    if (ph === 'M') {
      must(args !== undefined, 'arguments', event);
      continue;
    }
    must(ns(ts!) >= now, 'events by time', event);
    now = ns(ts!);
    const track = `${pid} ${tid}`;
    // Ends of the slices around this time, the outermost first.
    const ends = (open.get(track) ?? []).filter((end) => end > now);
    open.set(track, ends);
    switch (ph) {
      case 'X':
        must(ns(dur!) > 0, 'a duration', event);
        must(ends.length === 0 || now + ns(dur!) <= ends.at(-1)!, 'slices that nest', event);
        ends.push(now + ns(dur!));
        break;
      case 'C':
        must(Object.values(args!).every(Number.isFinite), 'numbers', event);
        break;
      case 's':
      case 'f':
        must(ends.length > 0, 'a flow in a slice', event);
        must(
          flows.get(id!) === (ph === 's' ? undefined : `s ${name}`),
          'one start, one end',
          event,
        );
        must(ph === 's' || bp === 'e', 'a binding', event);
        flows.set(id!, `${ph} ${name}`);
        break;
      case 'i':
        must(s === 't', 'a scope', event);
        break;
      default:
        ph satisfies never;
    }
  }
  expect(wrong).toEqual([]);
  expect([...flows.values()].filter((text) => text.startsWith('s '))).toEqual([]);
}

const timelineOf = (one: Scenario, until?: number): Timeline =>
  recordTimeline(one, { until }).timeline;

const isOf = (name: string) => (event: TraceEvent) => event.cat === name;

describe('a trace', () => {
  test.each(['channels', 'finalizers', 'deep-stack'])(
    'of %s follows the rules of the format',
    async (name) => {
      const timeline = timelineOf(await libraryScenario(name));
      const events = [...traceEvents(timeline)];
      check(events);
      const steps = events.filter(isOf('step'));
      expect(steps.map(({ ts }) => ts)).toEqual(steps.map((_, i) => i * 1000));
      expect(steps).toHaveLength(timeline.length);
      const turns = events.filter(isOf('turn'));
      expect(turns.reduce((sum, { dur }) => sum + dur!, 0)).toBe(timeline.length * 1000);
    },
  );

  test('of random calls, panics and goroutines follows them, to any step', () => {
    const action = fc.constantFrom('call', 'panic', 'go', 'defer', 'yield', 'new');
    fc.assert(
      fc.property(
        fc.array(action, { maxLength: 12 }),
        fc.array(action, { maxLength: 6 }),
        fc.nat(80),
        (outer, inner, until) => {
          const script = randomScript(outer, inner);
          const whole = timelineOf(script);
          check([...traceEvents(whole)]);
          check([...traceEvents(timelineOf(script, Math.min(until, whole.length - 1)))]);
        },
      ),
      { numRuns: 15 },
    );
  }, 60_000);

  test('has calls, collections, counters and arrows', async () => {
    const timeline = timelineOf(await libraryScenario('service'));
    const events = [...traceEvents(timeline)];
    check(events);
    const calls = events.filter(isOf('call'));
    const accept = calls.filter(({ name }) => name === 'main.(*Server).accept');
    expect(accept.length).toBe(
      events.filter(({ cat, name }) => cat === 'step' && name === 'main.(*Server).accept(…)')
        .length,
    );
    const last = timeline.figures(timeline.length - 1);
    const cycles = events.filter(({ cat, name }) => cat === 'gc' && name.startsWith('collection'));
    expect(cycles).toHaveLength(last.numGC);
    for (const name of ['mark', 'mark termination']) {
      expect(events.filter((e) => e.cat === 'gc' && e.name === name)).toHaveLength(last.numGC);
    }
    const allocs = events.filter(({ ph, name }) => ph === 'C' && name === 'HeapAlloc');
    expect(allocs.at(-1)!.args).toEqual({ bytes: last.heapAlloc });
    const started = events.filter(({ ph, name }) => ph === 'i' && name === 'newproc');
    const arrows = events.filter(({ ph }) => ph === 's');
    expect(arrows.length).toBeGreaterThan(started.length / 2);
    const threads = events
      .filter(({ name }) => name === 'thread_name')
      .map(({ args }) => args!.name);
    expect(threads).toContain('G 1 main.main');
    expect(threads).toContain('P 0');
    expect(threads).toContain('GC');
  });

  test('is a JSON object, whatever names hold', () => {
    const name = 'main."<script>alert(1)</script>\n\0\u202e]}\ud800';
    const odd = func(name, {}, (go) => void go.new(int, 1));
    const script = scenario({ question: 'odd', main: (go) => void go.call(odd) });
    const text = textOf(traceFile(timelineOf(script), name));
    const { traceEvents: events } = JSON.parse(text) as { traceEvents: TraceEvent[] };
    check(events);
    const call = events.filter(isOf('call')).at(-1)!;
    expect(call.name).toBe('main."<script>alert(1)</script>\\x0a\\x00\\u202e]}\ufffd');
  });
});

const Done = chan(int);

/** What main does, and what each function does that it calls, defers or starts. */
function randomScript(outer: readonly string[], inner: readonly string[]): Scenario {
  const leaf = func('main.leaf', {}, (go) => void go.new(int, 1));
  const recovered = func('main.recovered', {}, (go) => void go.recover());
  const nested = func('main.nested', {}, function* (go) {
    go.defer(recovered);
    for (const act of inner) {
      if (act === 'call') go.call(leaf);
      else if (act === 'defer') go.defer(leaf);
      else if (act === 'panic') go.panic('no');
      else if (act === 'new') go.new(int, 2);
      else if (act === 'yield') yield* go.runtime.Gosched();
    }
  });
  const started = func('main.started', { params: { done: Done } }, function* (go, f) {
    yield* go.call(nested);
    yield* go.send(Done, f.done, 1);
  });
  return scenario({
    question: 'random',
    locals: { done: Done },
    *main(go, _params, frame) {
      frame.done = go.makeChan(Done, outer.length + 1);
      for (const act of outer) {
        if (act === 'call' || act === 'panic') yield* go.call(nested);
        else if (act === 'go') go.go(started, { done: frame.done });
        else if (act === 'yield') yield* go.runtime.Gosched();
        else if (act === 'new') go.new(int, 3);
        else go.defer(leaf);
      }
    },
  });
}
