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
import { ChromiumProcess } from './oracle/chromium-process.ts';
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

interface Opening {
  readonly parsed: number;
  readonly read: number;
  /** As good as shown. */
  readonly indexed: number;
}

/** What an open page has noted, in ms since its navigation began; undefined before it is ready. */
function openingOf(page: Page): Promise<Opening | undefined> {
  return page.evaluate(() => {
    const { performance } = globalThis as unknown as BrowserGlobals;
    // A function with a name of its own would be wrapped by what the browser does not have.
    const [parsed, read, indexed] = ['parsed', 'read', 'indexed'].map(
      (name) => performance.getEntriesByName(name)[0]?.startTime,
    );
    return indexed === undefined ? undefined : { parsed: parsed!, read: read!, indexed };
  });
}

/** Opens the page as a user does: DevTools are attached, and ask it, when it had `ms` to become ready. */
async function opened(chromiumProcess: ChromiumProcess, path: string, ms: number) {
  const { origin } = chromiumProcess;
  const url = pathToFileURL(path).href;
  await fetch(`http://${origin}/json/new?${url}`, { method: 'PUT' });
  for (let waited = ms; ; waited *= 2) {
    await new Promise((resolve) => setTimeout(resolve, waited));
    const attached = await chromium.connectOverCDP(`http://${origin}`);
    const page = attached
      .contexts()[0]!
      .pages()
      .find((open) => open.url().startsWith(url))!;
    const opening = await openingOf(page);
    if (opening !== undefined) await page.close();
    await attached.close();
    if (opening !== undefined) return opening;
  }
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

/** Frames a second while the cursor is drawn over the run, a step further with each frame: a hundred and fifty of them. */
function frameRate(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { document, Event, performance, requestAnimationFrame } =
      globalThis as unknown as BrowserGlobals;
    const scrubber = document.querySelector('.scrubber input')!;
    const last = Number(scrubber.max);
    const frames = 150;
    const start = performance.now();
    for (let i = 1; i <= frames; i++) {
      scrubber.value = String(Math.floor((i / frames) * last));
      scrubber.dispatchEvent(new Event('input', { bubbles: true }));
      await new Promise(requestAnimationFrame);
    }
    return (frames / (performance.now() - start)) * 1000;
  });
}

/** Of a browser, whose types tests are not compiled with. */
interface BrowserGlobals {
  readonly document: {
    querySelector(
      selector: string,
    ): { value: string; max: string; dispatchEvent(event: unknown): void } | null;
  };
  readonly performance: {
    getEntriesByName(name: string): { startTime: number }[];
    now(): number;
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
  const chromiumProcess = await ChromiumProcess.start();
  try {
    for (let run = 0; run < Number(values.runs); run++) {
      const longest = Math.max(2000, ...openings.map(({ indexed }) => indexed));
      openings.push(await opened(chromiumProcess, path, longest * 2));
    }
  } finally {
    await chromiumProcess.close();
  }
  const { parsed, read, indexed } = openings.reduce((a, b) => (b.indexed < a.indexed ? b : a));
  const all = openings.map((o) => Math.round(o.indexed)).sort((a, b) => a - b);
  console.log(
    `ready    ${all[0]} ms after it was asked for (of ${all.join(', ')}): ` +
      `parsed at ${Math.round(parsed)}, read at ${Math.round(read)}, indexed at ${Math.round(indexed)}`,
  );
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  const page = await context.newPage();
  await page.goto(pathToFileURL(path).href);
  await page.waitForSelector('html[data-ready]', { state: 'attached', timeout: 300_000 });
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
  console.log('view          median      most  | median      most  | frames a second, scrubbing');
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
    const rates = [await frameRate(page), await frameRate(page)];
    const rate = Math.max(...rates)
      .toFixed(0)
      .padStart(6);
    console.log(`${view.padEnd(12)}${figures.join('  |')}  |${rate}`);
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
