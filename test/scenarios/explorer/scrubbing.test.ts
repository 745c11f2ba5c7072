/** What a change of the step costs the page, told by what is drawn: each canvas in sight once, in the same frame. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithOracle } from '../../oracle/describe-with-oracle.ts';
import { Explorers } from './browser.ts';

/** Counts how often each canvas is begun anew, and in which frame after the change. */
const countDrawings = `
globalThis.drawings = [];
globalThis.frames = 0;
globalThis.known = new Set();
const { clearRect } = CanvasRenderingContext2D.prototype;
CanvasRenderingContext2D.prototype.clearRect = function (...rect) {
  drawings.push({ frame: frames, isNew: !known.has(this.canvas), label: this.canvas.getAttribute('aria-label') ?? this.canvas.parentElement?.className });
  return clearRect.apply(this, rect);
};
globalThis.goTo = async (share) => {
  drawings.length = 0;
  known = new Set(document.querySelectorAll('canvas'));
  frames = 0;
  const scrubber = document.querySelector('.scrubber input');
  scrubber.value = String(Math.floor(share * Number(scrubber.max)));
  scrubber.dispatchEvent(new Event('input', { bubbles: true }));
  for (; frames < 4; frames++) await new Promise(requestAnimationFrame);
  return {
    drawings: [...drawings],
    heights: [...document.querySelectorAll('.middle canvas[aria-label]')].map((c) => c.offsetHeight),
    x: document.querySelector('.scrubber .cursor').getBoundingClientRect().x - document.querySelector('.scrubber').getBoundingClientRect().x,
    width: document.querySelector('.scrubber').clientWidth,
  };
};`;

interface Change {
  readonly drawings: readonly {
    readonly frame: number;
    /** Whether it is a canvas that was not there before: it is drawn when it has its size. */
    readonly isNew: boolean;
    readonly label: string;
  }[];
  readonly heights: readonly number[];
  readonly x: number;
  readonly width: number;
}

describeWithOracle('chromium', 'scrubbing', () => {
  const explorers = new Explorers();
  let path = '';

  beforeAll(async () => {
    path = await explorers.write('leak');
  }, 60_000);
  afterAll(() => explorers.close());

  test('each canvas in sight is drawn once, in the frame of the step, and stays in its place', async () => {
    const { page, complaints } = await explorers.open(path);
    await page.evaluate(countDrawings);
    for (const view of ['map', 'gc', 'compare', 'memstats']) {
      await page.click(`#tab-views-${view}`);
      // The first change may still be of the view itself.
      await page.evaluate('goTo(0.5)');
      const heights = new Set<string>();
      for (const share of [0.02, 0.31, 0.62, 0.97, 0.4, 0.75]) {
        const change = (await page.evaluate(`goTo(${share})`)) as Change;
        const seen = change.drawings.map(({ label }) => label);
        expect(new Set(seen).size, `${view} at ${share}: ${seen.join()}`).toBe(seen.length);
        expect(seen, 'of the run nothing is drawn again').not.toContain('scrubber');
        expect(change.drawings.filter(({ frame, isNew }) => frame > (isNew ? 1 : 0))).toEqual([]);
        if (view === 'map' || view === 'gc') expect(seen.length).toBeGreaterThan(0);
        heights.add(change.heights.join());
        expect(Math.abs(change.x - share * (change.width - 2))).toBeLessThan(2);
      }
      expect([...heights], `heights in ${view}`).toHaveLength(1);
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 60_000);
});
