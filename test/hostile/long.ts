/**
 * `npm run hostile:long`: mutants by the million on all of ours that reads dumps, in as many processes as there are processors.
 * Each mutant is read and verified, and by turns read in one of the other ways; with --all in every way.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import yargs from 'yargs';
import { count, duration, roundedBytes, table } from '../../scenarios/format.ts';
import { HostileMutants } from './mutants.ts';
import { HostileUses } from './uses.ts';

/** Ways that every mutant is read in: the numbers of `read` and `verify`. */
const always = [0, 2];
const tellEvery = 2000;

interface Figures {
  results: number;
  refusals: number;
  ms: number;
  most: number;
  mostGrown: number;
}

interface Told {
  readonly mutants: number;
  readonly figures: Record<string, Figures>;
  readonly maxRss: number;
  readonly failure?: string;
}

const options = yargs(process.argv.slice(2))
  .option('count', { type: 'number', default: 1_000_000, describe: 'Mutants' })
  .option('from', { type: 'number', default: 0, describe: 'The first one' })
  .option('seed', { type: 'string', default: '1' })
  .option('jobs', { type: 'number', default: availableParallelism(), describe: 'Processes' })
  .option('all', { type: 'boolean', default: false, describe: 'Every mutant in every way' })
  .option('job', { type: 'number', hidden: true })
  .parseSync();

/** Every `jobs`-th mutant from number `job` on. */
function work(job: number): void {
  const { count: end, from, seed, jobs, all } = options;
  const uses = new HostileUses();
  const mutants = new HostileMutants(seed);
  const figures: Record<string, Figures> = {};
  for (const name of uses.names)
    figures[name] = { results: 0, refusals: 0, ms: 0, most: 0, mostGrown: 0 };
  const others = uses.names.map((_, i) => i).filter((i) => !always.includes(i));
  let done = 0;
  const tell = (failure?: string): void => {
    const maxRss = process.resourceUsage().maxRSS * 1024;
    process.send!({ mutants: done, figures, maxRss, ...(failure && { failure }) } satisfies Told);
  };
  for (let index = from + job; index < end; index += jobs) {
    const { id, bytes, base } = mutants.at(index);
    const turn = others[Math.floor(index / jobs) % others.length]!;
    try {
      for (const end of uses.on(bytes, base, all ? undefined : [...always, turn])) {
        const sum = figures[end.use]!;
        sum[end.refusal === undefined ? 'results' : 'refusals']++;
        sum.ms += end.ms;
        sum.most = Math.max(sum.most, end.ms);
        sum.mostGrown = Math.max(sum.mostGrown, end.grown);
      }
    } catch (error) {
      tell(`number ${index}, ${id}: ${error instanceof Error ? error.message : error}`);
      break;
    }
    if (++done % tellEvery === 0) tell();
  }
  uses.close();
  tell();
}

function sumOf(told: readonly Told[], name: string): Figures {
  const parts = told.map(({ figures }) => figures[name]!);
  const add = (key: keyof Figures): number => parts.reduce((n, part) => n + part[key], 0);
  const max = (key: keyof Figures): number => Math.max(...parts.map((part) => part[key]));
  return {
    results: add('results'),
    refusals: add('refusals'),
    ms: add('ms'),
    most: max('most'),
    mostGrown: max('mostGrown'),
  };
}

async function lead(): Promise<void> {
  const file = fileURLToPath(import.meta.url);
  const argv = process.argv.slice(2);
  const last = new Map<number, Told>();
  const failures: string[] = [];
  const start = performance.now();
  const ending = async (child: ChildProcess, job: number): Promise<void> => {
    child.on('message', (told: Told) => {
      last.set(job, told);
      if (told.failure !== undefined) {
        failures.push(told.failure);
        process.stderr.write(`FAILED: ${told.failure}; process ${job} ends\n`);
      }
      const mutants = [...last.values()].reduce((n, one) => n + one.mutants, 0);
      process.stderr.write(
        `${count(mutants)} mutants, ${duration((performance.now() - start) * 1e6)}\n`,
      );
    });
    const code = await new Promise((done) =>
      child.once('exit', (code, signal) => done(signal ?? code)),
    );
    if (code !== 0)
      failures.push(`process ${job} ended by ${code} after ${last.get(job)?.mutants ?? 0}`);
  };
  await Promise.all(
    Array.from({ length: options.jobs }, (_, job) =>
      ending(fork(file, [...argv, '--job', String(job)]), job),
    ),
  );
  const told = [...last.values()];
  const names = Object.keys(told[0]?.figures ?? {});
  const rows = names.map((name) => {
    const { results, refusals, ms, most, mostGrown } = sumOf(told, name);
    const mean = duration((ms / Math.max(1, results + refusals)) * 1e6);
    return [
      name,
      count(results),
      count(refusals),
      mean,
      duration(most * 1e6),
      roundedBytes(mostGrown),
    ];
  });
  const mutants = told.reduce((n, one) => n + one.mutants, 0);
  const head = ['', 'results', 'refusals', 'mean', 'longest', 'buffers'];
  console.log(`${count(mutants)} mutants from ${count(options.from)} on, seed ${options.seed}`);
  for (const line of table([head, ...rows], { right: [1, 2, 3, 4, 5] })) console.log(line);
  console.log(
    `memory of a process at most: ${roundedBytes(Math.max(...told.map(({ maxRss }) => maxRss)))}`,
  );
  for (const failure of failures) console.log(`FAILED: ${failure}`);
  process.exitCode = failures.length > 0 ? 1 : 0;
}

if (options.job === undefined) await lead();
else work(options.job);
