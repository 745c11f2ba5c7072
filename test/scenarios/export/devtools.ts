/**
 * Chrome's own DevTools as an oracle of heap snapshots. Debian's chromium serves them itself on the loopback interface; a page
 * of them loads the file in its Memory panel. Its grid rounds to 0.1 kB, so exact figures are asked of the same
 * worker that the grid asks. No network.
 */
// biome-ignore lint/correctness/noUnresolvedImports: its types are of another module
import { type Browser, chromium, type Page } from 'playwright-core';
import { ChromiumProcess } from '../../oracle/chromium-process.ts';

/** A node of a snapshot, as DevTools tell it. */
export interface DevToolsNode {
  readonly id: number;
  readonly name: string;
  readonly selfSize: number;
  readonly retainedSize: number;
  /** Edges from the root; large and meaningless for what it does not reach. */
  readonly distance: number;
}

/** What a class has gained and lost since another snapshot. */
export interface DevToolsDifference {
  readonly name: string;
  readonly addedCount: number;
  readonly removedCount: number;
  readonly addedSize: number;
  readonly removedSize: number;
}

// Functions for the page are texts: what compiles this file may add helpers that a page does not have.
const pageHelpers = `
  const { HeapSnapshotProxy } = await import('/devtools/models/heap_snapshot/heap_snapshot.js');
  const { HeapProfilerPanel } = await import('/devtools/panels/profiler/profiler.js');
  globalThis.worker ??= new HeapSnapshotProxy.HeapSnapshotWorkerProxy(() => {});
  globalThis.snapshots ??= [];
`;

export class DevTools {
  readonly #process: ChromiumProcess;
  readonly #browser: Browser;
  readonly #page: Page;
  #loaded = 0;

  private constructor(process: ChromiumProcess, browser: Browser, page: Page) {
    this.#process = process;
    this.#browser = browser;
    this.#page = page;
  }

  /** Starts a browser with its DevTools' Memory panel open. */
  static async open(): Promise<DevTools> {
    const chromiumProcess = await ChromiumProcess.start();
    const { origin } = chromiumProcess;
    // What they inspect is the empty page there was first: where it is their own page, they are busy with themselves.
    const targets = await (await fetch(`http://${origin}/json/list`)).json();
    const { id } = (targets as { id: string; type: string }[]).find((t) => t.type === 'page')!;
    const browser = await chromium.connectOverCDP(`http://${origin}`);
    const page = await browser.contexts()[0]!.newPage();
    await page.setViewportSize({ width: 700, height: 700 });
    const app = `http://${origin}/devtools/devtools_app.html`;
    await page.goto(`${app}?ws=${origin}/devtools/page/${id}&panel=heap_profiler`);
    await page.getByRole('tab', { name: 'Memory' }).click();
    return new DevTools(chromiumProcess, browser, page);
  }

  /** Loads a snapshot as the Memory panel has it loaded, without drawing it; its number. */
  async load(text: string): Promise<number> {
    await this.#evaluate(`
      const text = ${JSON.stringify(text)};
      snapshots.push(await new Promise((loaded, failed) => {
        const loader = worker.createLoader(snapshots.length + 1, loaded);
        loader.write(text).then(() => loader.close()).catch(failed);
      }));
    `);
    return this.#loaded++;
  }

  #evaluate(code: string): Promise<unknown> {
    return this.#page.evaluate(`(async () => { ${pageHelpers} ${code} })()`);
  }

  /** Loads a file of this text, as Load profile does, and reads the first column of the grid: constructors, and how many of each. */
  async constructors(text: string): Promise<string[]> {
    await this.#evaluate(`
      const panel = HeapProfilerPanel.HeapProfilerPanel.instance();
      await panel.loadFromFile(new File([${JSON.stringify(text)}], 'shown.heapsnapshot'));
      const [profile] = panel.profileTypes.flatMap((type) => type.getProfiles());
      await profile.loadPromise;
      panel.showProfile(profile);
    `);
    const cells = this.#page.locator('td.object-column');
    await cells.first().waitFor();
    return (await cells.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim());
  }

  /** All nodes with a size of a snapshot. */
  async nodes(number: number): Promise<DevToolsNode[]> {
    const nodes = await this.#evaluate(`
      const snapshot = snapshots[${number}];
      const nodes = [];
      for (const key of Object.keys(await snapshot.aggregatesWithFilter({}))) {
        const provider = snapshot.createNodesProviderForClass(key, {});
        const { items } = await provider.serializeItemsRange(0, 1e7);
        for (const { id, name, selfSize, retainedSize, distance } of items) {
          nodes.push({ id, name, selfSize, retainedSize, distance });
        }
        provider.dispose();
      }
      return nodes;
    `);
    return nodes as DevToolsNode[];
  }

  /** What the Comparison view shows of a snapshot beside an earlier one. */
  async compare(number: number, base: number): Promise<DevToolsDifference[]> {
    const differences = await this.#evaluate(`
      const [now, base] = [snapshots[${number}], snapshots[${base}]];
      const classes = await base.aggregatesForDiff(await now.interfaceDefinitions());
      return Object.values(await now.calculateSnapshotDiff(base.uid, classes)).map(
        ({ name, addedCount, removedCount, addedSize, removedSize }) =>
          ({ name, addedCount, removedCount, addedSize, removedSize }),
      );
    `);
    return differences as DevToolsDifference[];
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#process.close();
  }
}
