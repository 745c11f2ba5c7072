/** Pages that run their script again, and lessons, in a browser. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
// biome-ignore lint/correctness/noUnresolvedImports: playwright-core exports them by require
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { count, hex } from '../../../scenarios/format.ts';
import { describeWithOracle } from '../../oracle/describe-with-oracle.ts';
import { goheapsim } from '../command-line.ts';
import { axeFindings, Explorers, tableRows } from './browser.ts';

/** A section of a page, as it is embedded. */
function sectionOf(path: string, name: string): Buffer {
  const parts = readFileSync(path, 'utf8').matchAll(
    new RegExp(`data-section="${name}" data-part="\\d+">([^<]*)<`, 'g'),
  );
  return gunzipSync(Buffer.concat([...parts].map(([, text]) => Buffer.from(text!, 'base64'))));
}

function infoOf(path: string): { live: { args: object }; script: object; name: string } {
  const [, json] = /id="info">(.*?)<\/script>/s.exec(readFileSync(path, 'utf8'))!;
  return JSON.parse(json!);
}

interface WorkerLike {
  onerror: (event: { readonly message: string }) => void;
  onmessage: (event: {
    readonly data: { kind: string; message?: string; timeline?: Uint8Array };
  }) => void;
  postMessage(request: unknown): void;
  terminate(): void;
}

/** Runs the script of a page by its engine, in the page's browser, with other arguments: the log's bytes. */
async function runInPage(page: Page, path: string, change: object): Promise<Buffer> {
  const { name, script, live } = infoOf(path);
  const request = { name, script, args: { ...live.args, ...change }, range: {} };
  const engine = sectionOf(path, 'engine').toString();
  // Only browsers' own types have Worker, which tests are not compiled with.
  const text = await page.evaluate(
    ([source, asked]) =>
      new Promise<string>((resolve, reject) => {
        const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
        const { Worker } = globalThis as unknown as { Worker: new (url: string) => WorkerLike };
        const worker = new Worker(url);
        worker.onerror = ({ message }) => reject(new Error(message));
        worker.onmessage = ({ data }) => {
          if (data.kind === 'failed') reject(new Error(data.message));
          if (data.kind !== 'done') return;
          worker.terminate();
          let binary = '';
          for (const byte of data.timeline!) binary += String.fromCharCode(byte);
          resolve(btoa(binary));
        };
        worker.postMessage(asked);
      }),
    [engine, request] as const,
  );
  return Buffer.from(text, 'base64');
}

describeWithOracle('chromium', 'a page that runs its script', () => {
  const explorers = new Explorers();
  let list = '';
  beforeAll(async () => {
    list = await explorers.write('linked-list', '-p', 'n=300');
  }, 300_000);
  afterAll(() => explorers.close());

  test('shows the name of each setting whole, in wide windows and narrow ones', async () => {
    const { page } = await explorers.open(list);
    await page.keyboard.press('e');
    const names = page.locator('#run-settings .name');
    for (const width of [1400, 1280, 800]) {
      await page.setViewportSize({ width, height: 700 });
      const cut = await names.evaluateAll((all) =>
        all.flatMap((e) => (e.scrollWidth > e.clientWidth ? [e.textContent] : [])),
      );
      expect([width, cut]).toEqual([width, []]);
    }
    expect(await names.allTextContents()).toContain('GOMEMLIMIT');
    await page.context().close();
  });

  test('makes the very log that the command line made, and that of any other arguments', async () => {
    const { page, requests } = await explorers.open(list);
    expect((await runInPage(page, list, {})).equals(sectionOf(list, 'timeline'))).toBe(true);
    const other = ['-p', 'n=40', '--goarch', 's390x', '--gogc', 'off', '--gomemlimit', '32MiB'];
    const changed = await explorers.write('linked-list', ...other);
    const args = { param: ['n=40'], goarch: 's390x', gogc: 'off', gomemlimit: '32MiB' };
    expect((await runInPage(page, list, args)).equals(sectionOf(changed, 'timeline'))).toBe(true);
    // Goroutines, select and sync are in this one.
    const service = await explorers.write('service', '-p', 'requests=20', '--seed', '7');
    const again = await runInPage(page, service, {});
    expect(again.equals(sectionOf(service, 'timeline'))).toBe(true);
    expect(requests).toEqual([]);
    await page.context().close();
  }, 300_000);

  test('shows the run of a changed parameter, as the command line has it, and stays where it was', async () => {
    const { page, complaints, requests } = await explorers.open(list, '#step=60&view=spans');
    await page.keyboard.press('e');
    await page.fill('input.number[aria-label^="n: "]', '40');
    await page.keyboard.press('Enter');
    await page.waitForSelector('html[data-ready="2"]', { state: 'attached' });
    expect(await page.inputValue('#step')).toBe('60');
    expect(await page.locator('.run-words').textContent()).toBe(
      'goheapsim explain linked-list -p n=40',
    );
    await page.locator('.transport').getByRole('button', { name: 'Last step' }).click();
    const { stdout } = await goheapsim(['spans', 'linked-list', '-p', 'n=40', '--json']);
    const { spans } = JSON.parse(stdout) as { spans: { address: number; npages: number }[] };
    expect((await tableRows(page, 'spans')).map(([at, pages]) => [at, pages])).toEqual(
      spans.map(({ address, npages }) => [hex(address), count(npages)]),
    );
    // What is in objects is that of the changed run too.
    await page.click('#tab-views-retained');
    await page.click('#panel-views button.twin');
    const dom = await goheapsim(['dom', 'linked-list', '-p', 'n=40', '--json']);
    const held = JSON.parse(dom.stdout) as { address: number; retained: number }[];
    await expect
      .poll(async () => (await tableRows(page, 'retained')).map((row) => [row[0], row[2]]))
      .toEqual(held.map((o) => [hex(o.address), count(o.retained)]));
    // What has no place in the heap of such a limit is told, and the run before stays.
    await page.fill('input.number[aria-label^="n: "]', 'x');
    await page.keyboard.press('Enter');
    const failure = page.locator('.run-words .failure');
    expect(await failure.textContent()).toContain('parameter n: want a whole number');
    expect(await page.locator('h1 + .about').textContent()).toContain('167 steps');
    expect(complaints).toEqual([]);
    expect(requests).toEqual([]);
    await page.context().close();
  }, 300_000);

  test('runs a changed script; tells the lines of errors; stops what goes on forever', async () => {
    const { page, complaints } = await explorers.open(list, '#view=script');
    const editor = page.locator('.cm-content');
    const original = infoOf(list).script as { text: string };
    const write = async (from: string, to: string): Promise<void> => {
      const text = original.text.replace(from, to);
      expect(text).not.toBe(original.text);
      await editor.fill(text);
      await page.keyboard.press('Control+Enter');
    };
    const lineOf = (text: string) =>
      original.text.slice(0, original.text.indexOf(text)).split('\n').length;
    const failure = page.locator('.script .failure');

    await write('val: i });', 'val: i as number });\n      go.new(Node);');
    await page.waitForSelector('html[data-ready="2"]', { state: 'attached' });
    expect(await page.locator('h1 + .about').textContent()).toContain('1,507 steps');

    const loop = lineOf('for (let i = 0');
    await write('for (let i = 0', 'for (let i = = 0');
    await expect.poll(() => failure.textContent()).toBe(`linked-list.ts:${loop}:18: Unexpected =`);
    expect(await page.locator('.error-line').textContent()).toContain('let i = = 0');

    await write('for (let i = 0', 'let n = 1; for (let i = 0');
    await expect
      .poll(() => failure.textContent())
      .toMatch(new RegExp(`^linked-list.ts:${loop}: .*'n' has already been declared`));

    await write('frame.head = nil;', 'throw new Error(`here`);');
    const thrown = lineOf('frame.head = nil;');
    await expect.poll(() => failure.textContent()).toBe(`linked-list.ts:${thrown}: here`);

    await write("from '../index.ts'", "from './nowhere.ts'");
    await expect
      .poll(() => failure.textContent())
      .toContain('this page has no module "./nowhere.ts"');

    await write('frame.head = nil;', 'for (;;);');
    await page.getByRole('button', { name: 'Stop' }).click();
    expect(await page.locator('html').getAttribute('data-ready')).toBe('2');
    await page.getByRole('button', { name: 'As it was' }).click();
    await page.waitForSelector('html[data-ready="3"]', { state: 'attached' });
    expect(await page.locator('h1 + .about').textContent()).toContain('1,207 steps');
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 300_000);

  test('a script of the user runs with its own modules; one that needs Node is shown alone', async () => {
    const folder = explorers.folder;
    writeFileSync(join(folder, 'sizes.ts'), 'export const sizes: number[] = [48, 96];\n');
    const text = [
      `import { scenario, uint8 } from '${new URL('../../../scenarios/index.ts', import.meta.url).href}';`,
      "import { sizes } from './sizes.ts';",
      'export default scenario({',
      "  question: 'q',",
      '  main(go) { for (const n of sizes) go.makeSlice(uint8, n); },',
      '});',
    ];
    writeFileSync(join(folder, 'my.ts'), text.join('\n'));
    const own = await explorers.write(join(folder, 'my.ts'));
    const { page } = await explorers.open(own);
    expect((await runInPage(page, own, {})).equals(sectionOf(own, 'timeline'))).toBe(true);
    await page.context().close();
    text.splice(1, 0, "import { cpus } from 'node:os'; cpus();");
    writeFileSync(join(folder, 'node.ts'), text.join('\n'));
    const bound = await explorers.open(
      await explorers.write(join(folder, 'node.ts')),
      '#view=script',
    );
    expect(await bound.page.locator('.script .about').textContent()).toContain('node:os');
    await bound.page.locator('.cm-content').waitFor();
    expect(await bound.page.getByRole('button', { name: 'Change' }).count()).toBe(0);
    expect(bound.complaints).toEqual([]);
    await bound.page.context().close();
  }, 300_000);

  test('a lesson asks before it tells, leads the cursor, and shows what its change makes', async () => {
    const path = await explorers.write('lesson', '1');
    const { page, complaints, requests } = await explorers.open(path);
    const { stdout } = await goheapsim(['lesson', '1', '--json']);
    const story = JSON.parse(stdout);
    const [first, second] = story.points;
    const lesson = page.locator('.lesson');
    expect(await page.inputValue('#step')).toBe(String(first.step));
    expect(await lesson.textContent()).toContain(first.ask.question);
    expect(await lesson.textContent()).not.toContain(first.text);
    await page.fill('input[name=guess]', '40');
    await page.keyboard.press('Enter');
    expect(await page.locator('.answer').textContent()).toBe('You said 40. Not so. 48 B');
    expect(await lesson.textContent()).toContain(first.text);
    await page.getByRole('button', { name: 'Next', exact: true }).click();
    expect(await page.inputValue('#step')).toBe(String(second.step));
    // The story follows the cursor, by hand and by a link.
    const current = page.locator('.points [aria-current=step]');
    const third = story.points[2];
    for (const [step, point] of [
      [third.step + 1, '3'],
      [second.step - 1, '1'],
    ]) {
      await page.fill('#step', String(step));
      await page.press('#step', 'Enter');
      await page.locator('.points [aria-current=step]', { hasText: point }).waitFor();
    }
    const linked = await explorers.open(path, `#step=${third.step}`);
    expect(await linked.page.locator('.points [aria-current=step]').textContent()).toBe('3');
    expect(await linked.page.locator('.look code').textContent()).toMatch(
      /^\$ goheapsim size \d+$/,
    );
    await linked.page.getByRole('button', { name: 'Look', exact: true }).last().click();
    const shown = linked.page.locator('.middle [role=tab][aria-selected=true]');
    expect(await shown.textContent()).toBe('Waste');
    await linked.page.context().close();
    await page.getByRole('button', { name: 'Try', exact: true }).click();
    await page.keyboard.press('Home');
    expect(await current.textContent()).toBe('Try');
    await page.getByRole('button', { name: 'Run with size=32' }).click();
    await page.waitForSelector('html[data-ready="2"]', { state: 'attached' });
    // With the settings open, as the change left them.
    expect(await axeFindings(page)).toEqual([]);
    await page.locator('.points button').first().click();
    expect(await page.locator('.asked').textContent()).toContain('make([]byte, 32)');
    await page.fill('input[name=guess]', '32 B');
    await page.keyboard.press('Enter');
    expect(await page.locator('.answer').getAttribute('data-verdict')).toBe('right');
    expect(complaints).toEqual([]);
    expect(requests).toEqual([]);
    await page.context().close();
  }, 300_000);
});
