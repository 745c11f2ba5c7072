/** Measurements in processes of their own, in turn, so that what else the machine does strikes all alike. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { buildGo, whyNoGo } from '../oracle/go-toolchain.ts';
import type { Sample } from './stopwatch.ts';
import type { TaskName } from './tasks/index.ts';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const nodeFlags = ['--conditions=goheapsim-source', '--import', 'tsx'];

function run(file: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): string {
  const options = { encoding: 'utf8', env: { ...process.env, ...env } } as const;
  return execFileSync(file, args, { ...options, maxBuffer: 1 << 24 });
}

const sampleOf = (text: string): Sample => JSON.parse(text) as Sample;

/** One way of doing a task. */
export type Measured = () => Sample;

export function ours(task: TaskName, n: number, file = ''): Measured {
  return () =>
    sampleOf(run(process.execPath, [...nodeFlags, here('child.ts'), task, `${n}`, file]));
}

/** Real Go with GOMAXPROCS=1; undefined where there is none. */
export function realGo(task: string, n: number, file = ''): Measured | undefined {
  if (whyNoGo() !== undefined) return undefined;
  const program = buildGo({ folder: here('go') }, { module: 'bench' });
  return () => sampleOf(run(program, [task, `${n}`, file], { GOMAXPROCS: '1' }));
}

/** A whole command, from its start to its end. */
export function command(args: readonly string[]): Measured {
  return () => {
    const before = process.resourceUsage();
    const start = performance.now();
    run(process.execPath, args);
    const wall = (performance.now() - start) / 1e3;
    // Of the time of children the system tells nothing here, so the wall clock stands for it.
    return { wall, cpu: wall, peak: before.maxRSS * 1024 };
  };
}

/** Greatest resident memory of a Node process that does nothing. */
export function bareNode(): number {
  const script = 'process.stdout.write(String(process.resourceUsage().maxRSS * 1024))';
  return Number(run(process.execPath, ['-e', script]));
}

/** Other readers, named in HEAPDUMP_BENCH_READERS as `name=command {}`, that print a sample for a dump. */
export function otherReaders(file: string): Measured[] {
  const pairs = (process.env.HEAPDUMP_BENCH_READERS ?? '').split(';').filter((text) => text.trim());
  return pairs.map((pair) => {
    const line = pair.slice(pair.indexOf('=') + 1).replaceAll('{}', file);
    return () => sampleOf(run('/bin/sh', ['-c', line]));
  });
}

/** All measurements of `rounds` rounds, each of which does every one once. */
export function alternate(rounds: number, all: readonly Measured[]): Sample[][] {
  const samples: Sample[][] = all.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, measured] of all.entries()) samples[i]!.push(measured());
  }
  return samples;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
