/** What is in objects, who holds them, the bytes of dumps, and dumps of one's own, in a browser. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
// biome-ignore lint/correctness/noUnresolvedImports: playwright-core exports them by require
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { count, hex } from '../../../scenarios/format.ts';
import { golden } from '../../goldens/goldens.ts';
import { describeWithOracle } from '../../oracle/describe-with-oracle.ts';
import { goheapsim } from '../command-line.ts';
import { axeFindings, Explorers, type OpenPage, rowsInSight, tableRows } from './browser.ts';

interface Why {
  readonly reachable: boolean;
  readonly root?: { readonly text: string };
  readonly chain?: readonly { readonly address: number; readonly type?: string }[];
  readonly retained: number;
  readonly dominator?: { readonly address: number };
}

interface Held {
  readonly address: number;
  readonly size: number;
  readonly retained: number;
  readonly type?: string;
}

/** The page's DataTransfer. */
interface Transfer {
  readonly items: { add(file: File): void };
}

async function json<T>(...argv: string[]): Promise<T> {
  const { stdout, stderr } = await goheapsim([...argv, '--json']);
  if (stderr !== '') throw new Error(stderr);
  return JSON.parse(stdout) as T;
}

const texts = (page: Page, selector: string): Promise<string[]> =>
  page.locator(selector).allTextContents();

/** Waits until the object page is that of an address. */
async function lookAt(page: Page, address: number): Promise<void> {
  await page.fill('#object-address', hex(address));
  await page.keyboard.press('Enter');
  await page.waitForSelector(`.object-page:not(.old) #object-address[value="${hex(address)}"]`);
}

const serious = (page: Page): Promise<string[]> => axeFindings(page, { within: '#panel-views' });

interface Stats {
  readonly [name: string]: number | string | readonly number[];
  readonly NumGC: number;
  readonly PauseNs: readonly number[];
}

/** The tables of the tab MemStats are what the command prints of the dump. */
async function expectStatsOf(page: Page, file: string): Promise<void> {
  const { memstats } = await json<{ memstats: Stats }>('memstats', file);
  await page.click('#tab-views-memstats');
  const lines = await tableRows(page, 'memstats');
  const counts = await tableRows(page, 'memstats-counts');
  const named = [...lines, ...counts].filter(([name]) => name! in memstats && name !== 'PauseNs');
  const distinct = new Set(named.map(([name]) => name));
  for (const name of Object.keys(memstats)) {
    // Alloc is HeapAlloc, Lookups always 0.
    if (['Alloc', 'Lookups', 'PauseNs', 'PauseTotalNs'].includes(name)) continue;
    expect([name, distinct.has(name)]).toEqual([name, true]);
  }
  for (const [name, figure] of named) {
    expect([name, figure]).toEqual([name, count(BigInt(memstats[name!] as number | string))]);
  }
  const { stdout } = await goheapsim(['memstats', file]);
  for (const [name, figure] of [...lines, ...counts]) {
    expect(stdout).toMatch(new RegExp(`^ +${name} +${figure} `, 'm'));
  }
  expect(await page.locator('.memstats .verdict').textContent()).toContain('The ledger closes');
}

describeWithOracle('chromium', 'objects and dumps in the explorer', () => {
  const explorers = new Explorers();
  const scenario = ['service', '-p', 'requests=10'];
  const id = 'odd-sizes.386.4';
  const file = join(explorers.folder, 'real.dump');
  let open: OpenPage;

  beforeAll(async () => {
    writeFileSync(file, golden(id).dump);
    open = await explorers.open(await explorers.write(...scenario), '#step=500&view=object');
  }, 120_000);
  afterAll(() => explorers.close());

  test('an object is told as whatis and why tell it, at any step', async () => {
    const { page } = open;
    for (const step of ['500', '700']) {
      await page.fill('#step', step);
      await page.press('#step', 'Enter');
      const held = await json<Held[]>('dom', ...scenario, '--step', step);
      for (const { address } of step === '500' ? [held[0]!, held.at(-1)!] : [held[30]!]) {
        await lookAt(page, address);
        const at = [hex(address), '--step', step];
        const { is } = await json<{ is: Record<string, string> }>('whatis', ...scenario, ...at);
        const rows = await tableRows(page, 'whatis');
        expect(rows.map(([label, text]) => [label, text])).toEqual(Object.entries(is));
        const why = await json<Why>('why', ...scenario, ...at);
        expect((await texts(page, '#root-chain .root .node'))[0]).toBe(why.root!.text);
        const chain = why.chain!.map((one) => hex(one.address));
        const drawn = await texts(page, '#root-chain li:not(.root) .node .link');
        expect(drawn).toEqual(
          chain.length > 8 ? [...chain.slice(0, 4), ...chain.slice(-4)] : chain,
        );
        const holding = (await texts(page, '#holding dd')).join(' ');
        expect(holding).toContain(`${count(why.retained)} B would die with it`);
        expect(holding).toContain(
          why.dominator
            ? hex(why.dominator.address)
            : `none: ${chain.length === 1 ? 'held by a root directly' : 'no one object'}`,
        );
      }
    }
    expect(await serious(page)).toEqual([]);
  }, 120_000);

  test('an address in the middle of an object scrolls to its row', async () => {
    const { page } = open;
    const held = await json<Held[]>('dom', ...scenario, '--step', '700');
    const { address } = held.find(({ size }) => size >= 1024 && size <= 16_384)!;
    await lookAt(page, address + 800);
    const row = page.locator('#object-fields tr.selected');
    expect(await row.locator('td').first().textContent()).toBe('+800');
    const box = (await page.locator('.table-box:has(#object-fields)').boundingBox())!;
    const at = (await row.boundingBox())!;
    expect(at.y).toBeGreaterThan(box.y);
    expect(at.y + at.height).toBeLessThan(box.y + box.height + 1);
  }, 60_000);

  test('what is retained is what dom tells', async () => {
    const { page } = open;
    await page.click('#tab-views-retained');
    await page.click('#panel-views button.twin');
    const held = await json<Held[]>('dom', ...scenario, '--step', '700');
    const rows = await tableRows(page, 'retained');
    expect(
      rows.map(([address, bytes, retains, , type]) => [address, bytes, retains, type]),
    ).toEqual(held.map((o) => [hex(o.address), count(o.size), count(o.retained), o.type ?? '']));
    expect(await serious(page)).toEqual([]);
    await page.click('#panel-views button.twin');
    await page.locator('#panel-views canvas').focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('.treemap-line').textContent()).toMatch(/0x[0-9a-f]+.*%/);
  }, 60_000);

  test('the roots are those of the command, each with what it holds', async () => {
    const { page } = open;
    await page.fill('#step', '700');
    await page.press('#step', 'Enter');
    await page.click('#tab-views-roots');
    await page.waitForSelector('#roots');
    const roots = await json<{ text: string; target: number }[]>(
      'roots',
      ...scenario,
      '--step',
      '700',
    );
    const held = await json<Held[]>('dom', ...scenario, '--step', '700');
    const retains = new Map(held.map((one) => [one.address, one.retained]));
    const rows = await rowsInSight(page, 'roots');
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.map(([target, retained, text]) => [target, text, retained])).toEqual(
      roots
        .slice(0, rows.length)
        .map(({ text, target }) => [hex(target), text, count(retains.get(target)!)]),
    );
    expect(await serious(page)).toEqual([]);
  }, 60_000);

  test('the dump that the script writes is shown byte by byte, with its write() calls', async () => {
    const { page } = open;
    const written = join(explorers.folder, 'service.dump');
    const log = join(explorers.folder, 'log');
    await goheapsim(['run', ...scenario, '-o', written, '--write-log', log]);
    await page.click('#tab-views-bytes');
    await page.waitForSelector('#records');
    expect(await page.locator('.bytes-view > .muted').textContent()).toContain(
      `${count(readFileSync(written).length)} bytes`,
    );
    await page.click('.dump-strip button.twin');
    const calls = await tableRows(page, 'writes');
    const sizes = calls.map((row) => Number(row[2]!.replaceAll(',', '')));
    expect(sizes).toEqual(readFileSync(log, 'utf8').trim().split('\n').map(Number));
    await page.selectOption('#record-kind', 'itab');
    expect(await page.locator('#cache-tally').textContent()).toMatch(/\d+ types written/);
    await page.locator('#records tbody tr button').first().click();
    const fields = await tableRows(page, 'record-fields');
    expect(fields[0]![2]).toMatch(/^tag +8 /);
    expect(await serious(page)).toEqual([]);
  }, 60_000);

  test('a dump of real Go that is dropped on the page is read and shown, offline', async () => {
    const { page, requests, complaints } = open;
    await page.setInputFiles('#open-dump', file);
    await page.waitForSelector('#dump-facts');
    expect(await page.locator('.dump-facts').textContent()).toContain('Spans are inferred');
    const held = await json<Held[]>('dom', file);
    await page.click('#tab-views-retained');
    await page.click('#panel-views button.twin');
    const rows = await rowsInSight(page, 'retained');
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.map(([address, bytes, retains]) => [address, bytes, retains])).toEqual(
      held.slice(0, rows.length).map((o) => [hex(o.address), count(o.size), count(o.retained)]),
    );
    await page.click('#tab-views-object');
    await lookAt(page, held[0]!.address);
    const why = await json<Why>('why', file, hex(held[0]!.address));
    expect((await texts(page, '#root-chain .root .node'))[0]).toBe(why.root!.text);
    await page.click('#tab-views-bytes');
    await page.click('.dump-strip button.twin');
    const calls = await rowsInSight(page, 'writes');
    expect(calls.length).toBeGreaterThan(10);
    expect(calls.map((row) => Number(row[2]!.replaceAll(',', '')))).toEqual(
      golden(id).writes.slice(0, calls.length),
    );
    await expectStatsOf(page, file);
    await page.click('text=Back to service');
    await page.waitForSelector('#step');
    expect(requests).toEqual([]);
    expect(complaints).toEqual([]);
  }, 120_000);

  test('the page of a dump has its statistics and pauses as memstats tells them, and finalizers by name where a stack has a frame of them', async () => {
    const collected = join(explorers.folder, 'finalizers.dump');
    writeFileSync(collected, golden('finalizers.amd64.4').dump);
    const { page, complaints } = await explorers.open(await explorers.write(collected));
    await expectStatsOf(page, collected);
    const { memstats } = await json<{ memstats: Stats }>('memstats', collected);
    expect(memstats.NumGC).toBeGreaterThan(0);
    const rows = new Map((await tableRows(page, 'memstats-counts')).map((row) => [row[0], row[1]]));
    expect(rows.get('PauseNs')).toBe(count(memstats.PauseNs[(memstats.NumGC + 255) % 256]!));
    await page.click('#tab-views-object');
    for (const [address, text] of [
      [0xc0000423e0, 'main.first.func1 (code at 0x4681e0, closure 0x484468); queued to be called'],
      [0xc000042040, 'code at 0x468140, closure 0x484470; called when nothing holds it'],
    ] as const) {
      await lookAt(page, address);
      expect((await texts(page, '#holding dd')).at(-1)).toBe(text);
      const told = (await tableRows(page, 'whatis')).find(([label]) => label === 'finalizer');
      expect(told).toEqual(['finalizer', text]);
      const { is } = await json<{ is: object }>('whatis', collected, hex(address));
      expect(is).toMatchObject({ finalizer: text });
    }
    expect(await serious(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 60_000);

  test('a file that is no dump, or a broken one, is refused with its byte, and the page lives on', async () => {
    const { page, complaints } = open;
    const { dump } = golden(id);
    const bad = join(explorers.folder, '<b>bad.dump');
    for (const [bytes, message] of [
      [dump.subarray(0, 300_000), /from byte 300,000 on.*want \d+ bytes, got \d+/],
      [new TextEncoder().encode('not a dump at all'), /from byte 0 on.*want "go1.7 heap dump/],
      [new Uint8Array(0), /empty input/],
    ] as const) {
      writeFileSync(bad, bytes);
      const data = await page.evaluateHandle(
        ({ name, text }) => {
          const page = globalThis as unknown as { DataTransfer: new () => Transfer };
          const transfer = new page.DataTransfer();
          const bin = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
          transfer.items.add(new File([bin], name));
          return transfer;
        },
        { name: '<b>bad.dump', text: Buffer.from(bytes).toString('base64') },
      );
      await page.dispatchEvent('body', 'drop', { dataTransfer: data });
      await expect.poll(() => page.locator('.refused').textContent()).toMatch(message);
      expect(await page.locator('.refused strong').textContent()).toBe(
        '<b>bad.dump cannot be shown',
      );
      await page.click('.refused button');
    }
    await page.keyboard.press('Home');
    expect(await page.inputValue('#step')).toBe('0');
    expect(complaints).toEqual([]);
  }, 60_000);
});
