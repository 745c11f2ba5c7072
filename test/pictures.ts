/** Takes the README's pictures from real pages: npm run pictures. */
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
// biome-ignore lint/correctness/noUnresolvedImports: playwright-core exports them by require
import { chromium, type Page } from 'playwright-core';
import { findExecutable } from './oracle/find-executable.ts';
import { goheapsim } from './scenarios/command-line.ts';

interface Picture {
  readonly name: string;
  /** What `goheapsim explore` is given. */
  readonly what: readonly string[];
  readonly hash: string;
  readonly scheme: 'light' | 'dark';
  readonly act?: (page: Page) => Promise<void>;
}

const pictures: readonly Picture[] = [
  { name: 'map', what: ['linked-list'], hash: '#step=1984', scheme: 'light' },
  {
    name: 'lesson',
    what: ['lesson', '9'],
    hash: '',
    scheme: 'dark',
    async act(page) {
      await page.locator('.points button').nth(1).click();
      await page.locator('#tab-views-gc').click();
    },
  },
  {
    name: 'script',
    what: ['lesson', '12'],
    hash: '#view=memstats',
    scheme: 'light',
    async act(page) {
      await page.keyboard.press('e');
      await page.getByRole('button', { name: 'Last step' }).click();
      await page.locator('.points button').nth(1).click();
    },
  },
];

/** Bytes that a picture may have. */
const most = 200_000;

const folder = fileURLToPath(new URL('../scenarios/explorer/pictures/', import.meta.url));
mkdirSync(folder, { recursive: true });
const scratch = mkdtempSync(join(tmpdir(), 'goheapsim-pictures-'));
const browser = await chromium.launch({
  executablePath: findExecutable('chromium')!,
  args: ['--no-sandbox'],
});
try {
  for (const { name, what, hash, scheme, act } of pictures) {
    const file = join(scratch, `${name}.html`);
    const { code, stderr } = await goheapsim(['explore', ...what, '-o', file]);
    if (code !== 0) throw new Error(stderr);
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      colorScheme: scheme,
    });
    const page = await context.newPage();
    await page.goto(pathToFileURL(file).href + hash);
    await page.waitForSelector('html[data-ready]', { state: 'attached' });
    await act?.(page);
    await page.mouse.move(0, 0);
    await page.waitForTimeout(500);
    const picture = join(folder, `${name}.png`);
    await page.screenshot({ path: picture });
    const { size } = statSync(picture);
    console.log(`${name}.png: ${size} bytes`);
    if (size > most) throw new Error(`${name}.png is larger than ${most} bytes`);
    await context.close();
  }
} finally {
  await browser.close();
  rmSync(scratch, { recursive: true, force: true });
}
