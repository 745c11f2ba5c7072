/** Readers that do one thing wrong each, and a few dumps for them. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FeedCase } from '../../../../scenarios/feed/manifest.ts';
import { goheapsim, scratchFolder } from '../../command-line.ts';

export const scratch = scratchFolder();

/** A dump whose first word says what the readers do with it: they know no format. */
interface FakeCase extends Partial<FeedCase> {
  readonly text: string;
}

const cases: Readonly<Record<string, FakeCase>> = {
  good: {
    text: 'good dump\n',
    facts: { bytes: 10, objects: [{ address: 4096, size: 16 }], top: '18446744073709551615' },
  },
  bad: {
    text: 'bad dump\n',
    expect: 'reject',
    bugType: 'truncation',
    recipe: [{ op: 'W1' }],
    defectOffset: 3,
  },
  doubtful: { text: 'doubtful\n', expect: 'may', flags: ['non-minimal-varint'] },
  'big-endian': { text: 'big-endian\n', features: ['big-endian'] },
};

function caseLine(id: string, { text, ...about }: FakeCase): FeedCase {
  return {
    id,
    file: `${id}.dump`,
    sha256: createHash('sha256').update(text).digest('hex'),
    bytes: text.length,
    base: 'suite',
    recipe: [],
    expect: 'accept',
    layer: 'wire',
    flags: [],
    features: [],
    importance: 'high',
    reason: `it is <b>${id}</b>`,
    specRef: 'nowhere',
    limits: { ms: 10_000, rssMiB: 512 },
    ...about,
  };
}

/** A folder with a manifest and these dumps; `count` makes many of the first, each a byte longer. */
export function casesFolder(names: readonly string[], count = 1): string {
  const folder = scratch.path(`cases-${names.join('-')}-${count}`);
  mkdirSync(folder, { recursive: true });
  const lines: FeedCase[] = [];
  for (let copy = 0; copy < count; copy++) {
    for (const name of names) {
      const id = count === 1 ? name : `${name}-${copy}`;
      const text = cases[name]!.text + '.'.repeat(copy);
      lines.push(caseLine(id, { ...cases[name]!, text }));
      writeFileSync(join(folder, `${id}.dump`), text);
    }
  }
  writeFileSync(
    join(folder, 'manifest.jsonl'),
    lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
  );
  return folder;
}

/** A program of `source`; returns its path. */
export function program(name: string, source: string, interpreter = '/bin/sh'): string {
  const path = scratch.path(name);
  writeFileSync(path, `#!${interpreter}\n${source}`, { mode: 0o755 });
  return path;
}

/** A shell script that reads a dump's first word into $word and ends as a right reader does, if `body` does not end it. */
export function reader(name: string, body: string): string {
  return `${program(
    name,
    `read -r word rest < "$1"
${body}
case $word in bad*) echo "bad dump" >&2; exit 1 ;; *) exit 0 ;; esac
`,
  )} {}`;
}

interface JsonFinding {
  readonly target: string;
  readonly class: string;
  readonly message: string;
  readonly frames: readonly string[];
  readonly signature: string;
  readonly count: number;
  readonly first: { readonly id: string };
  readonly smallest: { readonly id: string; readonly bytes: number };
  readonly isNew: boolean;
  readonly folder?: string;
}

interface JsonReport {
  readonly runs: number;
  readonly targets: readonly {
    readonly target: string;
    readonly classes: Record<string, number>;
    readonly facts: unknown;
  }[];
  readonly findings: readonly JsonFinding[];
  readonly stale: readonly { readonly signature: string }[];
  readonly units: readonly unknown[];
}

let folders = 0;

/** Runs `feed run` on some of the dumps. */
export async function feedRun(
  names: readonly string[],
  target: string | readonly string[],
  options: readonly string[] = [],
): Promise<{ code: number | null; out: string; report: JsonReport; stderr: string }> {
  const out = scratch.path(`out-${++folders}`);
  const targets = [target].flat().flatMap((text) => ['--target', text]);
  const argv = ['feed', 'run', ...targets, '--cases', casesFolder(names), '-o', out, '--json'];
  const outcome = await goheapsim([...argv, '--shrink-runs', '0', ...options]);
  if (outcome.stdout === '') throw new Error(outcome.stderr);
  const report = JSON.parse(outcome.stdout) as JsonReport;
  return { code: outcome.code, out, report, stderr: outcome.stderr };
}

/** Whether a process lives. */
export function isAlive(pid: number): boolean {
  if (!existsSync(`/proc/${pid}/stat`)) return false;
  return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
}

/** Process ids that readers have left in a file, a line each. */
export function pidsIn(file: string): number[] {
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').map(Number) : [];
}

/** Waits until something holds. */
export async function until(holds: () => boolean, ms = 10_000): Promise<void> {
  for (const start = Date.now(); !holds(); ) {
    if (Date.now() - start > ms) throw new Error('it does not come');
    await new Promise((done) => setTimeout(done, 20));
  }
}

/** Names in a folder, sorted. */
export function namesIn(folder: string): string[] {
  return readdirSync(folder).sort();
}
