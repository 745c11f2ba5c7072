/** Measurements in processes of their own, in turn, so that what else the machine does strikes all alike. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { buildGo, whyNoGo } from '../oracle/go-toolchain.ts';
import type { Sample } from './stopwatch.ts';
import type { TaskName } from './tasks/index.ts';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

function run(file: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): string {
  const options = { encoding: 'utf8', env: { ...process.env, ...env } } as const;
  return execFileSync(file, args, { ...options, maxBuffer: 1 << 24 });
}

const sampleOf = (text: string): Sample => JSON.parse(text) as Sample;

/** One way of doing a task. */
export type Measured = () => Sample;

let child: string | undefined;

/** child.ts and all that it imports as one file of JavaScript, which is how the command line runs its modules. */
function bundledChild(): string {
  if (child === undefined) {
    child = here('../../out/bench/child.js');
    buildSync({
      entryPoints: [here('child.ts')],
      outfile: child,
      bundle: true,
      format: 'esm',
      platform: 'node',
      packages: 'external',
    });
  }
  return child;
}

export function ours(task: TaskName, n: number, file = ''): Measured {
  return () => sampleOf(run(process.execPath, [bundledChild(), task, `${n}`, file]));
}

/** Real Go with GOMAXPROCS=1; undefined where there is none. */
export function realGo(task: string, n: number, file = ''): Measured | undefined {
  if (whyNoGo() !== undefined) return undefined;
  const program = buildGo({ folder: here('go') }, { module: 'bench' });
  return () => sampleOf(run(program, [task, `${n}`, file], { GOMAXPROCS: '1' }));
}

/** Writes the processor time of its process, in seconds, to a file as the last thing that it does. */
const tellCpu = `
  import { writeFileSync } from 'node:fs';
  import { isMainThread } from 'node:worker_threads';
  if (isMainThread) process.on('exit', () => {
    const { user, system } = process.cpuUsage();
    writeFileSync(process.env.BENCH_CPU, String((user + system) / 1e6));
  });`;

/** A whole command in Node, from its start to its end; `scratch` is a file for the bench's own use. */
export function command(args: readonly string[], scratch: string): Measured {
  const flags = ['--import', `data:text/javascript,${encodeURIComponent(tellCpu)}`];
  return () => {
    const start = performance.now();
    run(process.execPath, [...flags, ...args], { BENCH_CPU: scratch });
    const wall = (performance.now() - start) / 1e3;
    return { wall, cpu: Number(readFileSync(scratch, 'utf8')) };
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
