/** Opens pages in Chromium, and hears all that they ask for and complain about. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe, { type AxeResults, type ElementContext, type RunOptions } from 'axe-core';
// biome-ignore lint/correctness/noUnresolvedImports: playwright-core exports them by require
import { type Browser, chromium, type Page } from 'playwright-core';
import { findExecutable } from '../../oracle/find-executable.ts';
import { goheapsim } from '../command-line.ts';

/** A page that is open. */
export interface OpenPage {
  readonly page: Page;
  /** What it asked for beside its own file. */
  readonly requests: readonly string[];
  /** Errors and warnings on its console, and what it threw. */
  readonly complaints: readonly string[];
}

/** A browser with a folder for its pages. */
export class Explorers {
  readonly folder = mkdtempSync(join(tmpdir(), 'goheapsim-explorer-'));
  #browser: Browser | undefined;

  /** Writes a page by the command line; its path. */
  async write(...args: string[]): Promise<string> {
    const path = join(
      this.folder,
      `${args
        .join('-')
        .replace(/[^\w-]/g, '_')
        .slice(-80)}.html`,
    );
    const { code, stderr } = await goheapsim(['explore', ...args, '-o', path]);
    if (code !== 0) throw new Error(stderr);
    return path;
  }

  /** Opens it; `hash` begins with #. */
  async open(
    path: string,
    hash = '',
    options: Parameters<Browser['newContext']>[0] = {},
  ): Promise<OpenPage> {
    this.#browser ??= await chromium.launch({
      executablePath: findExecutable('chromium')!,
      args: ['--no-sandbox'],
    });
    const context = await this.#browser.newContext({
      viewport: { width: 1400, height: 900 },
      ...options,
    });
    const page = await context.newPage();
    const requests: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => {
      if (!/^(file|blob|data):/.test(request.url())) requests.push(request.url());
    });
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') {
        complaints.push(message.text());
      }
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(pathToFileURL(path).href + hash);
    await page.waitForSelector('html[data-ready]', { state: 'attached' });
    return { page, requests, complaints };
  }

  async close(): Promise<void> {
    await this.#browser?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** How grave a finding of axe is. */
const gravities = ['minor', 'moderate', 'serious', 'critical'] as const;

interface AxeOptions {
  /** A selector of what is looked at; else all of the page. */
  readonly within?: string;
  /** The one rule that is checked; else all are. */
  readonly rule?: string;
  /** The least grave finding that counts; else `serious`. */
  readonly from?: (typeof gravities)[number];
}

/** What axe finds wrong for those who do not see the page as others do: the rule, and where. */
export async function axeFindings(
  page: Page,
  { within, rule, from = 'serious' }: AxeOptions = {},
): Promise<string[]> {
  const context: ElementContext = within === undefined ? 'html' : { include: within };
  const options: RunOptions =
    rule === undefined ? {} : { runOnly: { type: 'rule', values: [rule] } };
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run(${JSON.stringify(context)}, ${JSON.stringify(options)})`,
  );
  return violations
    .filter(({ impact }) => gravities.indexOf(impact ?? 'critical') >= gravities.indexOf(from))
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** The rows of a table as texts; of a long one, which has those in sight alone, as it is scrolled. */
export function tableRows(page: Page, id: string): Promise<string[][]> {
  return page.evaluate(`(async () => {
    const table = document.querySelector('#${id}');
    if (table === null) return [];
    const box = table.closest('.table-box') ?? document.body;
    const texts = (row) => [...row.children].map((cell) => cell.textContent?.trim() ?? '');
    const rows = () => [...table.querySelectorAll('tbody tr')];
    const gaps = () => rows().some((row) => row.children.length === 1 && row.firstChild.colSpan > 1);
    if (!gaps()) return rows().map(texts);
    const found = new Map();
    const { scrollTop } = box;
    for (let top = 0; top < box.scrollHeight; top += box.clientHeight) {
      box.scrollTop = top;
      for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame);
      for (const row of rows()) if (row.ariaRowIndex) found.set(Number(row.ariaRowIndex), texts(row));
    }
    box.scrollTop = scrollTop;
    return [...found].sort(([a], [b]) => a - b).map(([, row]) => row);
  })()`);
}

/** The rows of a long table that are in the document. */
export function rowsInSight(page: Page, id: string): Promise<string[][]> {
  return page
    .locator(`#${id} tbody tr[aria-rowindex]`)
    .evaluateAll((rows) =>
      rows.map((row) => [...row.children].map((cell) => cell.textContent?.trim() ?? '')),
    );
}
