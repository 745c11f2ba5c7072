/** Timelines: columns, and runs as steps. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Column } from '../../../scenarios/timeline/column.ts';
import { packTimeline, unpackTimeline } from '../../../scenarios/timeline/pack.ts';
import { type RecordedRun, recordTimeline } from '../../../scenarios/timeline/record.ts';
import type { Timeline } from '../../../scenarios/timeline/timeline.ts';
import { peekMemStats } from '../../../sim/mstats.ts';
import { libraryScenario } from '../run-library.ts';

describe('a column', () => {
  const value = fc.oneof(
    fc.nat({ max: 255 }),
    fc.nat({ max: 70_000 }),
    fc.integer({ min: -5, max: 2 ** 31 }),
    fc.integer({ min: 0xc000000000, max: 0xc000ffffff }),
    fc.constant(Number.POSITIVE_INFINITY),
    fc.double({ noNaN: true }),
  );

  test('gives back what was put in, whatever came before', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 300 }), (values) => {
        const column = new Column();
        for (const v of values) column.push(v);
        // -0 and 0 are the same figure.
        expect(Array.from(values, (_, i) => column.at(i) + 0)).toEqual(values.map((v) => v + 0));
      }),
    );
  });

  test.each([
    ['bytes', [0, 255], 'u8'],
    ['sizes', [0, 256], 'u16'],
    ['lengths', [0, 65536], 'u32'],
    ['addresses of one heap', [0xc000000000, 0xc0ffffffff], 'u32'],
    ['addresses and nil', [0xc000000000, 0], 'f64'],
    ['negative numbers', [-1], 'f64'],
  ] as const)('takes for %s as little as they need', (_, values, kind) => {
    const column = new Column();
    for (const v of values) column.push(v);
    expect(column.kind).toBe(kind);
    expect(Column.of(column.values(), column.bias).at(values.length - 1)).toBe(values.at(-1));
  });
});

const all = (timeline: Timeline) => ({
  steps: Array.from({ length: timeline.length }, (_, i) => [timeline.step(i), timeline.figures(i)]),
  events: Array.from({ length: timeline.events.table.length }, (_, i) => timeline.event(i)),
});

describe('a timeline', () => {
  const run = async (name: string, options = {}): Promise<RecordedRun> =>
    recordTimeline(await libraryScenario(name), options);

  test('is the same every time', async () => {
    const [a, b] = [await run('service'), await run('service')];
    expect(a.timeline.length).toBeGreaterThan(10_000);
    expect(a.timeline.bytes).toBe(b.timeline.bytes);
    for (const [[name, x], [, y]] of zip(a.timeline.namedColumns(), b.timeline.namedColumns())) {
      expect([name, x.kind, Buffer.compare(bytesOf(x), bytesOf(y))]).toEqual([name, y.kind, 0]);
    }
  });

  test('survives being packed to bytes and unpacked, wherever the bytes lie', async () => {
    const { timeline } = await run('channels');
    const packed = packTimeline(timeline);
    const moved = new Uint8Array(packed.length + 3);
    moved.set(packed, 3);
    for (const bytes of [packed, moved.subarray(3)]) {
      const back = unpackTimeline(bytes);
      expect(all(back)).toEqual(all(timeline));
      expect([...back.types]).toEqual([...timeline.types]);
      expect(packTimeline(back)).toEqual(packed);
    }
    expect(() => unpackTimeline(new Uint8Array([2, 0, 0, 0, 0x7b, 0x7d]))).toThrow(RangeError);
  });

  test('takes less than 40 bytes a step and event: a million of them 40 MB', async () => {
    const { timeline } = await run('linked-list', { params: { n: 20_000 } });
    const rows = timeline.length + timeline.events.table.length;
    expect(rows).toBeGreaterThan(100_000);
    expect(timeline.bytes / rows).toBeLessThan(40);
  });

  test('up to a step is the beginning of the whole one, and its world is that of the step', async () => {
    const whole = await run('finalizers');
    const last = whole.timeline.length - 1;
    for (const until of [0, 1, 2, 57, 500, last - 1, last]) {
      const { timeline, world } = await run('finalizers', { until });
      // An operation that is told in parts ends with the last of them.
      expect(timeline.length - until).toBeLessThanOrEqual(3);
      expect(timeline.length).toBeGreaterThan(until);
      expect(timeline.step(until)).toEqual(whole.timeline.step(until));
      const { heapAlloc, mallocs, heapInuse } = whole.timeline.figures(until);
      const now = peekMemStats(world);
      expect([now.HeapAlloc, now.Mallocs, now.HeapInuse]).toEqual([heapAlloc, mallocs, heapInuse]);
    }
  });

  test('has each allocation in the step that asked for it', async () => {
    const { timeline } = await run('linked-list', { params: { n: 5 } });
    const { steps } = all(timeline);
    const news = steps.flatMap(([step]) =>
      'operation' in step! && step.operation.name === 'new' ? [step] : [],
    );
    expect(news).toHaveLength(5);
    for (const step of news) {
      const mallocs = timeline.eventsOf(step).filter(({ name }) => name === 'malloc');
      expect(mallocs.map(({ addr, size }) => [addr, size])).toEqual([[step.operation.addr, 16]]);
    }
  });

  test('has a collection in the step that called for it, and what it marked if asked', async () => {
    const { timeline } = await run('finalizers', { marks: true });
    const quiet = (await run('finalizers')).timeline;
    const { steps } = all(timeline);
    const names = steps.flatMap(([step]) =>
      'operation' in step! && step.operation.name === 'GC'
        ? [timeline.eventsOf(step).map(({ name }) => name)]
        : [],
    );
    expect(names.length).toBeGreaterThan(0);
    for (const events of names) {
      expect(events).toContain('gcStart');
      expect(events).toContain('greyobject');
      expect(events.indexOf('gcDone')).toBeGreaterThan(events.indexOf('gcStart'));
    }
    expect(quiet.tables.map(({ name }) => name)).not.toContain('greyobject');
  });

  test('has a step wherever another goroutine goes on', async () => {
    const { timeline } = await run('channels');
    const { steps } = all(timeline);
    let goroutine = 0;
    for (const [step] of steps) {
      if (!('operation' in step!)) throw new Error('no step');
      if (step.index > 1 && step.goroutine !== goroutine) {
        expect(step.operation).toMatchObject({ name: 'switch', to: step.goroutine });
      }
      goroutine = step.goroutine;
    }
    expect(steps.some(([step]) => 'operation' in step! && step.operation.name === 'switch')).toBe(
      true,
    );
  });
});

function* zip<T>(a: Iterable<T>, b: Iterable<T>): Generator<[T, T]> {
  const [x, y] = [[...a], [...b]];
  expect(x.length).toBe(y.length);
  for (const [i, value] of x.entries()) yield [value, y[i]!];
}

function bytesOf(column: Column): Buffer {
  const values = column.values();
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength);
}
