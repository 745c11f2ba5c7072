import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MSpan } from '../../sim/mspan.ts';
import { SpanSet } from '../../sim/mspanset.ts';
import { bareRuntime } from './bare-runtime.ts';

fc.configureGlobal({ seed: 1_022_012 });

test('a set gives its spans in the order they came, across blocks', () => {
  const rt = bareRuntime();
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -700, max: 700 }), { maxLength: 20 }), (steps) => {
      const set = new SpanSet();
      const model: MSpan[] = [];
      for (const step of steps) {
        for (let i = 0; i < step; i++) {
          const s = new MSpan(i);
          set.push(rt, s);
          model.push(s);
        }
        for (let i = step; i < 0; i++) expect(set.pop(rt)).toBe(model.shift() ?? null);
        expect(set.size).toBe(model.length);
      }
      while (model.length > 0) expect(set.pop(rt)).toBe(model.shift());
      set.reset(rt);
      expect(set.pop(rt)).toBeNull();
    }),
  );
});

test('resetting a set that holds spans throws', () => {
  const rt = bareRuntime();
  const set = new SpanSet();
  set.push(rt, new MSpan(1));
  expect(() => set.reset(rt)).toThrow('attempt to clear non-empty span set');
});

test('a spine and blocks of 512 spans are accounted to GCSys, and blocks are reused', () => {
  const rt = bareRuntime();
  const set = new SpanSet();
  const before = rt.memstats.gcMiscSys;
  for (let i = 0; i < 1024; i++) set.push(rt, new MSpan(i));
  expect(rt.memstats.gcMiscSys - before).toBe(256 * 8 + 2 * 4120);
  for (let i = 0; i < 1024; i++) set.pop(rt);
  for (let i = 0; i < 1024; i++) set.push(rt, new MSpan(i));
  expect(rt.memstats.gcMiscSys - before).toBe(256 * 8 + 2 * 4120);
});
