/** How much of a log is in memory while it is replayed. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LogRecord } from '../../../scenarios/replay/log-parser.ts';
import { RecordWindow } from '../../../scenarios/replay/record-window.ts';

const stack = { line: 1, goid: 1, gp: 1, goexitFp: 0, sp: 0, parent: 0, functions: 0 };
const free = (addr: number): LogRecord => ({ kind: 'free', ...stack, addr, size: 8 });
const gc = (line: number): LogRecord => ({ kind: 'gc', line, goroutines: [] });

/** Pushes records and takes what is ready: the records in order, and the most that were held at once. */
function run(records: readonly LogRecord[]): { taken: LogRecord[]; most: number } {
  const window = new RecordWindow();
  const taken: LogRecord[] = [];
  let most = 0;
  const drain = () => {
    most = Math.max(most, window.end - window.next);
    for (; window.ready; window.take()) taken.push(window.at(window.next));
  };
  for (const record of records) {
    window.push(record);
    drain();
  }
  window.close();
  drain();
  return { taken, most };
}

describe('the window of records', () => {
  test('gives all records in order, however many there are', () => {
    const records = Array.from({ length: 100_000 }, (_, i) => free(i));
    const { taken, most } = run(records);
    expect(taken).toEqual(records);
    expect(most).toBeLessThan(17_000);
  });

  test('holds a collection back until the next one or the end is read', () => {
    const cycle = Array.from({ length: 30_000 }, (_, i) => free(i));
    const records = [gc(1), ...cycle, gc(2), ...cycle, gc(3), ...cycle];
    const { taken, most } = run(records);
    expect(taken).toEqual(records);
    expect(most).toBeGreaterThan(30_000);
    expect(most).toBeLessThan(48_000);
  });

  test('reads nothing twice and leaves nothing out wherever collections are', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 500 }), (kinds) => {
        const records = kinds.map((isGc, i) => (isGc ? gc(i) : free(i)));
        expect(run(records).taken).toEqual(records);
      }),
    );
  });
});
