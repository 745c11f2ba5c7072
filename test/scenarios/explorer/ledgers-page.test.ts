/** The ledgers, the plot and the pictures of memory, in a browser: their tables are the command line's. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { count } from '../../../scenarios/format.ts';
import type { Cycle } from '../../../scenarios/terminal/gc.ts';
import type { Ledger } from '../../../scenarios/timeline/ledger.ts';
import { describeWithOracle } from '../../oracle/describe-with-oracle.ts';
import { goheapsim } from '../command-line.ts';
import { axeFindings, Explorers, tableRows } from './browser.ts';

const scenario = ['service', '-p', 'requests=20'];

async function json<T>(command: string, step: number): Promise<T> {
  const { code, stdout, stderr } = await goheapsim([
    command,
    ...scenario,
    '--step',
    `${step}`,
    '--json',
  ]);
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as T;
}

const lastOf = async (): Promise<number> => {
  const { stdout } = await goheapsim(['memstats', ...scenario, '--json']);
  return (JSON.parse(stdout) as { step: number }).step;
};

describeWithOracle('chromium', 'ledgers and pictures of memory', () => {
  const explorers = new Explorers();
  let path = '';
  let last = 0;

  beforeAll(async () => {
    path = await explorers.write(...scenario);
    last = await lastOf();
  }, 120_000);
  afterAll(() => explorers.close());

  test.each([0.6, 1])(
    'at %f of the run the tables are those of memstats and gc',
    async (share) => {
      const step = Math.floor(share * last);
      const ledger = await json<Ledger>('memstats', step);
      const cycles = await json<Cycle[]>('gc', step);
      const { page } = await explorers.open(path, `#step=${step}&view=waste`);

      const waste = await tableRows(page, 'waste');
      const classes = [...ledger.classes].sort(
        (a, b) => b.bytes - b.requested - (a.bytes - a.requested) || a.spanclass - b.spanclass,
      );
      expect(waste.map((row) => [row[2], row[3], ...row.slice(6)])).toEqual(
        classes.map((c) =>
          [
            c.spans,
            c.used,
            c.bytes - c.requested,
            c.freeSlots,
            c.rounding,
            c.headers,
            c.heapBits,
            c.tails,
            c.requested,
            c.bytes,
          ].map(count),
        ),
      );

      await page.click('#tab-views-memstats');
      await page.waitForSelector('#memstats tr:nth-child(20)');
      const stats = new Map(Object.entries(ledger.memstats).map(([name, n]) => [name, n]));
      const named = (await tableRows(page, 'memstats')).filter(([name]) => stats.has(name!));
      expect(named).toHaveLength(15);
      for (const [name, bytes] of named)
        expect([name, bytes]).toEqual([name, count(stats.get(name!) as number)]);
      for (const [name, value] of await tableRows(page, 'memstats-counts')) {
        const n = name === 'tiny' ? ledger.tinyAllocs : (stats.get(name!) as number);
        expect([name, value]).toEqual([name, count(n)]);
      }
      expect(await page.locator('.memstats .verdict').textContent()).toContain('The ledger closes');

      await page.click('#tab-views-gc');
      const told = (await tableRows(page, 'gc-cycles')).reverse();
      expect(told.map((row) => row.slice(0, 10))).toEqual(
        cycles.map((c) => [
          count(c.cycle),
          count(c.start),
          c.done < 0 ? 'marking' : count(c.done),
          ...[
            c.heapLive,
            c.marked,
            c.markedObjects,
            c.assists,
            c.sweptSpans,
            c.freedSlots,
            c.freedSpans,
          ].map(count),
        ]),
      );

      await page.click('#tab-views-treemap');
      await page.click('button.twin');
      const types = await tableRows(page, 'types');
      const sum = (k: number): number =>
        types.reduce((n, row) => n + Number(row[k]!.replaceAll(',', '')), 0);
      expect(sum(2)).toBe(ledger.classes.reduce((n, { used }) => n + used, 0));
      expect(sum(3)).toBe(ledger.memstats.HeapAlloc);
      await page.context().close();
    },
    120_000,
  );

  test.each(['light', 'dark'] as const)(
    'nothing is asked for, complained of or out of reach, %s',
    async (colorScheme) => {
      const { page, requests, complaints } = await explorers.open(path, '#step=700', {
        colorScheme,
      });
      for (const view of ['waste', 'memstats', 'gc', 'compare', 'time', 'treemap']) {
        await page.click(`#tab-views-${view}`);
        for (const shown of colorScheme === 'light' ? ['picture', 'table'] : ['picture']) {
          const findings = await axeFindings(page, { within: '#panel-views' });
          expect(findings, `${view}, ${shown}`).toEqual([]);
          const twin = page.locator('#panel-views button.twin');
          if ((await twin.count()) > 0) await twin.first().click();
        }
      }
      expect(requests).toEqual([]);
      expect(complaints).toEqual([]);
      await page.context().close();
    },
    120_000,
  );

  test('the plot moves the step, and arrows move through the types', async () => {
    const { page } = await explorers.open(path, '#step=0&view=memstats');
    const box = (await page.locator('.plot-box .u-over').boundingBox())!;
    await page.mouse.click(box.x + box.width - 1, box.y + box.height / 2);
    expect(Number(await page.inputValue('#step'))).toBeGreaterThan(0.95 * last);
    await page.click('#tab-views-treemap');
    const line = page.locator('.treemap-line');
    const before = await line.textContent();
    await page.locator('#panel-views canvas').focus();
    await page.keyboard.press('ArrowRight');
    expect(await line.textContent()).not.toBe(before);
    await page.context().close();
  }, 120_000);
});
