/** The explorer's page in a browser. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
// biome-ignore lint/correctness/noUnresolvedImports: playwright-core exports them by require
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { count, hex } from '../../../scenarios/format.ts';
import { describeWithOracle } from '../../oracle/describe-with-oracle.ts';
import { goheapsim } from '../command-line.ts';
import { axeFindings, Explorers, tableRows } from './browser.ts';

async function json<T>(...argv: string[]): Promise<T> {
  const { code, stdout, stderr } = await goheapsim([...argv, '--json']);
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as T;
}

/** The step that the page shows. */
const stepShown = (page: Page): Promise<string> => page.inputValue('#step');

/** Of a browser, whose types tests are not compiled with. */
interface Canvas {
  readonly width: number;
  readonly height: number;
  getContext(kind: '2d'): {
    getImageData(x: number, y: number, width: number, height: number): { data: Uint8ClampedArray };
  };
}

describeWithOracle('chromium', 'the explorer', () => {
  const explorers = new Explorers();
  let list = '';
  let buffers = '';

  beforeAll(async () => {
    list = await explorers.write('linked-list');
    buffers = await explorers.write('large-buffers');
  }, 60_000);
  afterAll(() => explorers.close());

  test('asks for nothing and complains of nothing, in every view', async () => {
    const { page, requests, complaints } = await explorers.open(buffers, '#step=60');
    for (const tab of await page.locator('[role=tab]').all()) {
      await tab.click();
      for (const twin of await page.locator('button.twin').all()) await twin.click();
    }
    await page.keyboard.press('End');
    expect(requests).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 60_000);

  test('what an action came to is shown for some seconds, and spoken', async () => {
    const { page } = await explorers.open(list, '#step=4000');
    await page.clock.install();
    const shown = page.locator('.notice');
    const spoken = page.locator('p[role=status]');
    expect(await shown.count()).toBe(0);
    for (const text of ['next GC', 'no such words']) {
      await page.fill('#search', text);
      await page.press('#search', 'Enter');
      const said = text === 'next GC' ? 'No collection after this step.' : `No step has “${text}”.`;
      await page.locator('.notice', { hasText: said }).waitFor();
      expect(await spoken.textContent()).toBe(said);
      // It lies over the views, not behind them.
      const box = (await shown.boundingBox())!;
      const hit = await page.evaluate(
        `document.elementFromPoint(${box.x + 9}, ${box.y + 9}).className`,
      );
      expect(hit).toBe('notice');
    }
    await page.click('text=Copy link');
    await page
      .locator('.notice', { hasText: /^(Link copied|The link is in the address bar)\.$/ })
      .waitFor();
    await page.clock.fastForward(4000);
    await shown.waitFor({ state: 'detached' });
    await page.context().close();
  }, 60_000);

  test('names and texts of the data never become markup', async () => {
    const script = join(explorers.folder, '<img src=x onerror=alert(1)>&.ts');
    const library = new URL('../../../scenarios/', import.meta.url);
    const text = readFileSync(new URL('library/tree.ts', library), 'utf8');
    const own = text.replaceAll("'../index.ts'", `'${new URL('index.ts', library).href}'`);
    const hostile = '// </script><script>globalThis.hacked = 1</script><!-- <script>';
    writeFileSync(script, `${own}\n${hostile}\n`);
    const path = await explorers.write(script);
    const { page, complaints } = await explorers.open(path);
    expect(await page.title()).toBe(`${script}: goheapsim`);
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
    expect(await page.locator('h1').textContent()).toBe(script);
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 60_000);

  test.each([
    ['linked-list', 40],
    ['linked-list', 4000],
    ['large-buffers', 0],
    ['large-buffers', 90],
  ] as const)(
    '%s at step %i: the tables are those of the command line',
    async (name, step) => {
      const { page } = await explorers.open(
        name === 'linked-list' ? list : buffers,
        `#step=${step}`,
      );
      await page.click('button.twin');
      const { runs } = await json<{ runs: { from: number; pages: number; state: string }[] }>(
        'pages',
        name,
        '--step',
        `${step}`,
      );
      const runRows = await tableRows(page, 'page-runs');
      expect(runRows.map((row) => row.slice(0, 3))).toEqual(
        runs.map(({ from, pages, state }) => [hex(from), count(pages), state]),
      );

      type Span = {
        address: number;
        npages: number;
        kind: string;
        allocCount: number;
        nelems: number;
        holder: string;
      };
      const { spans } = await json<{ spans: Span[] }>('spans', name, '--step', `${step}`);
      await page.click('#tab-views-spans');
      const spanRows = await tableRows(page, 'spans');
      expect(spanRows.map(([address, pages]) => [address, pages])).toEqual(
        spans.map(({ address, npages }) => [hex(address), count(npages)]),
      );
      const heap = spanRows.filter((row) => row[8] !== '');
      expect(heap.map((row) => [row[0], row[5], row[6], row[8]])).toEqual(
        spans
          .filter(({ kind }) => kind === 'heap')
          .map(({ address, allocCount, nelems, holder }) => [
            hex(address),
            count(allocCount),
            count(nelems),
            holder,
          ]),
      );
      await page.context().close();
    },
    60_000,
  );

  test('the slots of a span are those of vis', async () => {
    const address = '0xc000014000';
    const { page } = await explorers.open(list, `#step=400&addr=${address}`);
    await page.locator('.zooms button').nth(2).click();
    await page.locator('.middle button.twin').click();
    type Slot = {
      index: number;
      address: number;
      used: boolean;
      allocation?: { requested: number; step: number };
    };
    const { slots } = await json<{ slots: Slot[] }>(
      'vis',
      'linked-list',
      address,
      '--step',
      '400',
      '--slots',
      '600',
    );
    const rows = await tableRows(page, 'slots');
    const shown = rows.filter((row) => row.length === 7);
    expect(shown.length).toBeGreaterThan(30);
    expect(shown.map((row) => row.slice(0, 5))).toEqual(
      slots
        .slice(0, shown.length)
        .map(({ index, address: at, used, allocation }) => [
          `${index}`,
          hex(at),
          used ? 'used' : 'free',
          used && allocation ? count(allocation.requested) : '',
          allocation ? count(allocation.step) : '',
        ]),
    );
    await page.context().close();
  }, 60_000);

  test('the explanation is that of the command line', async () => {
    const { page } = await explorers.open(list, '#step=40');
    const { stdout } = await goheapsim(['explain', 'linked-list', '--step', '40']);
    const told = await page.locator('.decision .text').allTextContents();
    const plain = stdout.replace(/\s+/g, ' ');
    expect(told.length).toBeGreaterThan(4);
    for (const text of told) expect(plain).toContain(text.replace(/\s+/g, ' '));
    await page.context().close();
  }, 60_000);

  test('keys alone lead through a run', async () => {
    const { page, complaints } = await explorers.open(list, '#step=40');
    await page.keyboard.press('ArrowRight');
    expect(await stepShown(page)).toBe('41');
    await page.keyboard.press('p');
    expect(await stepShown(page)).toBe('40');
    await page.keyboard.press('PageDown');
    expect(await stepShown(page)).toBe('140');
    await page.keyboard.press('r');
    const refill = await stepShown(page);
    expect(await page.locator('.decisions').textContent()).toContain('refill');
    await page.keyboard.press('g');
    await page.keyboard.type('77');
    await page.keyboard.press('Enter');
    expect(await stepShown(page)).toBe('77');
    expect(refill).not.toBe('77');
    await page.locator('#step').blur();
    await page.keyboard.press('2');
    expect(await page.locator('#tab-views-object').getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('1');
    await page.keyboard.press('?');
    await page.locator('dialog.keys').waitFor({ state: 'visible' });
    const listed = await page.locator('dialog.keys').innerText();
    for (const what of ['one of the first ten views', 'next view', 'previous view']) {
      expect(listed).toContain(what);
    }
    await page.keyboard.press('Escape');
    await page.locator('dialog.keys').waitFor({ state: 'hidden' });
    await page.locator('.canvas-box canvas').first().focus();
    await page.keyboard.press('ArrowRight');
    const place = await page.locator('.place').textContent();
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('.place').textContent()).not.toBe(place);
    await page.keyboard.press('+');
    expect(await page.locator('.zooms [aria-pressed=true]').textContent()).toBe('Slots');
    await page.locator('.middle button.twin').focus();
    await page.keyboard.press('Home');
    expect(await stepShown(page)).toBe('0');
    await page.keyboard.press('End');
    expect(await stepShown(page)).toBe('4007');
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 60_000);

  test.each([
    [1400, 900],
    [800, 600],
  ])(
    'on %i x %i the page has its room, and nothing of the map is cut',
    async (width, height) => {
      const lesson = await explorers.write('lesson', '9');
      for (const [path, hash] of [
        [lesson, ''],
        [list, '#step=1984'],
      ] as const) {
        const { page } = await explorers.open(path, hash, { viewport: { width, height } });
        const room = await page
          .locator('html')
          .evaluate((root) => [root.scrollWidth, root.scrollHeight]);
        expect(room).toEqual([width, height]);
        const cut = await page.locator('.middle .place, .middle .legend li').evaluateAll((all) =>
          all
            .filter((one) => {
              if (one.offsetParent === null) return false;
              const box = one.getBoundingClientRect();
              const frame = one.closest('.panel')!.getBoundingClientRect();
              const around = one.parentElement!.getBoundingClientRect();
              return (
                one.scrollWidth > one.clientWidth + 1 ||
                box.bottom > Math.min(frame.bottom, around.bottom) + 1 ||
                box.right > frame.right
              );
            })
            .map((one) => one.textContent),
        );
        expect(cut).toEqual([]);
        const names = await page.locator('.middle .legend li').allTextContents();
        expect(names).toContain('changed by this step');
        await page.context().close();
      }
    },
    60_000,
  );

  test.each([1400, 800])(
    'each tab has a key, or is next or previous, on a page %i px wide',
    async (width) => {
      const { page } = await explorers.open(list, '', { viewport: { width, height: 800 } });
      const tabs = page.locator('.middle [role=tab]');
      const names = await tabs.allTextContents();
      expect(names.length).toBe(width < 1100 ? 15 : 14);
      const shown = (): Promise<string | null> =>
        page.locator('.middle [role=tab][aria-selected=true]').textContent();
      for (const [i, key] of [...'1234567890'].entries()) {
        expect(await tabs.nth(i).getAttribute('aria-keyshortcuts')).toBe(key);
        await page.keyboard.press(key);
        expect([key, await shown()]).toEqual([key, names[i]]);
      }
      // Past the last one, and back.
      for (const [key, name] of [
        ...names.slice(10).map((name, i) => [i % 2 === 0 ? 'v' : ']', name] as const),
        ['v', names[0]],
        ['V', names.at(-1)],
        ['[', names.at(-2)],
      ]) {
        await page.keyboard.press(key!);
        expect([key, await shown()]).toEqual([key, name]);
      }
      await page.context().close();
    },
    60_000,
  );

  test('every view is reached by keys alone, and what is in it too', async () => {
    const { page, complaints } = await explorers.open(list, '#step=40');
    const focused = async (selector: string): Promise<boolean> =>
      (await page.locator(selector).and(page.locator(':focus')).count()) > 0;
    const tabs = page.locator('.middle [role=tab]');
    await tabs.first().focus();
    for (let i = 0; i < (await tabs.count()); i++) {
      if (i > 0) await page.keyboard.press('ArrowRight');
      const name = await tabs.nth(i).textContent();
      expect(await tabs.nth(i).getAttribute('aria-selected'), name!).toBe('true');
      expect(await focused('[role=tab][aria-selected=true]'), name!).toBe(true);
      await page
        .locator('.middle .panel', { hasText: 'Looking into' })
        .waitFor({ state: 'hidden' });
      await page.keyboard.press('Tab');
      expect(await focused('.middle .panel, .middle .panel *'), `into ${name}`).toBe(true);
      await page.keyboard.press('Shift+Tab');
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 60_000);

  test.each([
    { width: 800, height: 600 },
    { width: 1400, height: 900 },
  ])(
    'at $width × $height nothing of the frame is cut off or lies on another',
    async (viewport) => {
      const { page } = await explorers.open(list, '#step=40', { viewport });
      const boxes = await page
        .locator('.top button, .top input, .middle [role=tab], .transport button, .transport input')
        .evaluateAll((elements) =>
          elements.map((element) => {
            const { left, right, top, bottom } = element.getBoundingClientRect();
            return { name: element.textContent || element.id, left, right, top, bottom };
          }),
        );
      expect(boxes.length).toBeGreaterThan(20);
      for (const a of boxes) {
        expect(a.left, a.name).toBeGreaterThanOrEqual(0);
        expect(a.right, a.name).toBeLessThanOrEqual(viewport.width);
        expect(a.bottom, a.name).toBeLessThanOrEqual(viewport.height);
        const covering = boxes.filter(
          (b) =>
            b !== a && b.left < a.right && a.left < b.right && b.top < a.bottom && a.top < b.bottom,
        );
        expect(covering, a.name).toEqual([]);
      }
      await page.context().close();
    },
    60_000,
  );

  test('with the colours of the system every view is shown, and the map still tells pages apart', async () => {
    const { page, complaints } = await explorers.open(list, '#step=400', {
      forcedColors: 'active',
    });
    for (const tab of await page.locator('.middle [role=tab]').all()) {
      await tab.click();
      expect(await page.locator('.middle .panel').textContent()).not.toBe('');
    }
    await page.locator('#tab-views-map').click();
    const colours = await page.locator('.middle canvas[role=application]').evaluate((canvas) => {
      const { width, height, getContext } = canvas as unknown as Canvas;
      const { data } = getContext.call(canvas, '2d').getImageData(0, 0, width, height);
      return new Set(new Uint32Array(data.buffer)).size;
    });
    expect(colours).toBeGreaterThan(2);
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 60_000);

  test('a link opens the same step, selection and view', async () => {
    const { page } = await explorers.open(list, '#step=41&addr=0xc000014010&view=spans');
    expect(await stepShown(page)).toBe('41');
    expect(await page.locator('#tab-views-spans').getAttribute('aria-selected')).toBe('true');
    expect(await page.locator('#spans tr.selected td').first().textContent()).toBe('0xc000014000');
    await page.keyboard.press('ArrowRight');
    await page.waitForURL(/#step=42&addr=0xc000014010&view=spans$/);
    await page.context().close();
  }, 60_000);

  test('the step is spoken', async () => {
    const { page } = await explorers.open(list, '#step=40');
    const spoken = await page.locator('[aria-live]').textContent();
    expect(spoken).toContain('Step 40: new(main.Node)');
    expect(spoken).toContain('slot: ctz(allocCache)');
    await page.context().close();
  }, 60_000);

  test.each(['light', 'dark'] as const)(
    'axe finds nothing serious, %s',
    async (colorScheme) => {
      const { page } = await explorers.open(list, '#step=40', { colorScheme });
      for (const [i, tab] of (await page.locator('.middle [role=tab]').all()).entries()) {
        await tab.click();
        const findings = await axeFindings(page, {
          // Around the panel all is as it was.
          ...(i > 0 && { within: '.middle .panel' }),
          // The schemes differ in colours alone.
          ...(colorScheme === 'dark' && { rule: 'color-contrast' }),
        });
        expect(findings, `in ${await tab.textContent()}`).toEqual([]);
      }
      await page.context().close();
    },
    300_000,
  );

  test('the collector is shown event by event by keys alone, and axe finds nothing serious there', async () => {
    const { page, complaints } = await explorers.open(
      await explorers.write('finalizers'),
      '#step=1&view=gc',
    );
    await page.locator('.top').getByRole('button', { name: 'GC' }).click();
    const slider = page.locator('.middle input[type=range]').first();
    await slider.focus();
    await page.keyboard.press('Home');
    const first = await page.locator('.collector').textContent();
    for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowRight');
    expect(await slider.inputValue()).toBe('5');
    expect(await page.locator('.collector').textContent()).not.toBe(first);
    expect(await axeFindings(page, { within: '.middle .panel', from: 'moderate' })).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 60_000);
});
