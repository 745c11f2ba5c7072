/**
 * How fast the explorer's page is in Chromium: when it is ready, and what a change of the step takes in each view. Times of the page's
 * main thread are processor time, so that a busy machine changes them little; the least of several runs is told.
 *
 *     npm run explorer:speed                 a list of a million nodes: a million events, four million steps
 *     npm run explorer:speed -- --nodes 50000 --runs 5 --views map,spans
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
// biome-ignore lint/correctness/noUnresolvedImports: playwright-core exports them by require
import { type CDPSession, chromium, type Page } from 'playwright-core';
import { findExecutable } from './oracle/find-executable.ts';
import { goheapsim } from './scenarios/command-line.ts';

const { values } = parseArgs({
  options: {
    nodes: { type: 'string', default: '1000000' },
    runs: { type: 'string', default: '3' },
    steps: { type: 'string', default: '40' },
    views: { type: 'string' },
    page: { type: 'string' },
  },
});

/** When the page was ready, in ms since its navigation began; kept by the page itself. */
const keepReady = `
new MutationObserver(() => {
  if (document.documentElement?.dataset.ready) globalThis.readyAt ??= performance.now();
}).observe(document, { attributes: true, subtree: true, childList: true });`;

interface Opening {
  readonly parsed: number;
  readonly read: number;
  readonly indexed: number;
  readonly ready: number;
}

async function opened(page: Page, path: string): Promise<Opening> {
  await page.goto(pathToFileURL(path).href);
  await page.waitForSelector('html[data-ready]', { state: 'attached', timeout: 300_000 });
  return page.evaluate(() => {
    const { performance, readyAt } = globalThis as unknown as {
      performance: { getEntriesByName(name: string): { startTime: number }[] };
      readyAt: number;
    };
    // A function with a name of its own would be wrapped by what the browser does not have.
    const [parsed, read, indexed] = ['parsed', 'read', 'indexed'].map(
      (name) => performance.getEntriesByName(name)[0]!.startTime,
    ) as [number, number, number];
    return { parsed, read, indexed, ready: readyAt };
  });
}

async function metricsOf(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return session;
}

/** What the page's main thread did, in ms. */
interface Busy {
  /** Scripts, styles and layout: what the page itself is the cause of. */
  readonly page: number;
  /** The same with painting, without a graphics card, and with the browser's own work for three frames. */
  readonly all: number;
}

async function busy(session: CDPSession): Promise<Busy> {
  const { metrics } = await session.send('Performance.getMetrics');
  const of = (wanted: string): number =>
    (metrics.find(({ name }) => name === wanted)?.value ?? 0) * 1000;
  const page = of('ScriptDuration') + of('RecalcStyleDuration') + of('LayoutDuration');
  return { page, all: of('TaskDuration') };
}

/** What going to each of some steps takes. */
async function stepTimes(
  page: Page,
  session: CDPSession,
  steps: readonly number[],
): Promise<Busy[]> {
  const times: Busy[] = [];
  for (const step of steps) {
    const before = await busy(session);
    await page.evaluate(async (to) => {
      const { document, Event, requestAnimationFrame } = globalThis as unknown as BrowserGlobals;
      const scrubber = document.querySelector('.scrubber input')!;
      scrubber.value = String(to);
      scrubber.dispatchEvent(new Event('input', { bubbles: true }));
      for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);
    }, step);
    const after = await busy(session);
    times.push({ page: after.page - before.page, all: after.all - before.all });
  }
  return times;
}

/** Of a browser, whose types tests are not compiled with. */
interface BrowserGlobals {
  readonly document: {
    querySelector(
      selector: string,
    ): { value: string; max: string; dispatchEvent(event: unknown): void } | null;
  };
  readonly Event: new (name: string, options: object) => unknown;
  readonly requestAnimationFrame: (callback: (value: unknown) => void) => void;
}

const folder = mkdtempSync(join(tmpdir(), 'goheapsim-speed-'));
const browser = await chromium.launch({
  executablePath: findExecutable('chromium')!,
  args: ['--no-sandbox'],
});
try {
  let path = values.page;
  if (path === undefined) {
    path = join(folder, 'page.html');
    const { code, stderr } = await goheapsim([
      'explore',
      'linked-list',
      '-p',
      `n=${values.nodes}`,
      '--max-heap',
      '4GiB',
      '-o',
      path,
    ]);
    if (code !== 0) throw new Error(stderr);
  }
  console.log(`page     ${(statSync(path).size / 2 ** 20).toFixed(1)} MiB`);
  const openings: Opening[] = [];
  let page!: Page;
  for (let run = 0; run < Number(values.runs); run++) {
    await page?.context().close();
    const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
    page = await context.newPage();
    await page.addInitScript(keepReady);
    openings.push(await opened(page, path));
  }
  const { parsed, read, indexed, ready } = openings.reduce((a, b) => (b.ready < a.ready ? b : a));
  console.log(
    `ready    ${Math.round(ready)} ms after it was asked for: parsed at ${Math.round(parsed)}, ` +
      `read at ${Math.round(read)}, indexed at ${Math.round(indexed)}`,
  );
  const session = await metricsOf(page);
  const last = await page.evaluate(() =>
    Number(
      (globalThis as unknown as BrowserGlobals).document.querySelector('.scrubber input')!.max,
    ),
  );
  const n = Number(values.steps);
  // From anywhere to anywhere, the same steps for each view.
  const steps = Array.from({ length: n }, (_, i) => Math.floor(((i * 0.618034) % 1) * last));
  console.log('of a change of the step, ms: scripts and layout, and with painting');
  console.log('view          median      most  | median      most');
  const tabs = await page.locator('.middle [role=tab]').all();
  for (const tab of tabs) {
    const view = (await tab.getAttribute('id'))!.replace('tab-views-', '');
    if (values.views !== undefined && !values.views.split(',').includes(view)) continue;
    await tab.click();
    await page.waitForTimeout(300);
    await stepTimes(page, session, steps);
    const runs: Busy[][] = [];
    for (let run = 0; run < 2; run++) runs.push(await stepTimes(page, session, steps));
    const figures = (['page', 'all'] as const).map((part) => {
      const times = steps.map((_, i) => Math.min(...runs.map((r) => r[i]![part])));
      times.sort((a, b) => a - b);
      const [median, most] = [times[Math.floor(n / 2)]!, times.at(-1)!];
      return `${median.toFixed(1).padStart(8)}${most.toFixed(1).padStart(10)}`;
    });
    console.log(`${view.padEnd(12)}${figures.join('  |')}`);
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
