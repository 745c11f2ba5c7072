/** A Chromium that nobody listens to: DevTools, as playwright attaches them, decode what a page loads once more. */
import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export class ChromiumProcess {
  /** Where its DevTools are served, on loopback: `127.0.0.1:40123`. */
  readonly origin: string;
  readonly #process: ChildProcess;
  readonly #folder: string;

  private constructor(process: ChildProcess, folder: string, origin: string) {
    this.#process = process;
    this.#folder = folder;
    this.origin = origin;
  }

  /** Starts it with an empty page. */
  static async start(): Promise<ChromiumProcess> {
    const folder = await mkdtemp(join(tmpdir(), 'goheapsim-chromium-'));
    // It ends with this process, even where that is killed.
    const child = spawn('setpriv', [
      '--pdeathsig=KILL',
      'chromium',
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--no-first-run',
      '--remote-debugging-port=0',
      '--remote-allow-origins=*',
      '--window-size=1400,900',
      `--user-data-dir=${folder}`,
      'about:blank',
    ]);
    return new ChromiumProcess(child, folder, `127.0.0.1:${await portOf(child)}`);
  }

  async close(): Promise<void> {
    this.#process.kill();
    if (this.#process.exitCode === null) {
      await new Promise((resolve) => this.#process.once('close', resolve));
    }
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function portOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.once('error', reject);
    child.once('close', () => reject(new Error(`chromium ended: ${said}`)));
    child.stderr!.on('data', (data) => {
      said += data;
      const port = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)\//.exec(said);
      if (port !== null) resolve(port[1]!);
    });
  });
}
