/**
 * Records the goldens anew: builds each program with real Go, runs it under strace, and keeps its dumps.
 *
 *     npx tsx test/goldens/record.ts [--goarch ARCH] [--runs N] [PROGRAM...]
 *
 * Only what is named is recorded; the rest of the manifest stays. Of several runs one is kept whose heap most
 * runs agree on.
 */
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { objectsOf } from '../../scenarios/twin/facts.ts';
import type { GoArch } from '../../sim/arch.ts';
import { buildGo, emulationFlags, goVersion } from '../oracle/go-toolchain.ts';
import { type RunResult, runProgram } from '../oracle/run-program.ts';
import type { Recording } from './goldens.ts';
import {
  dumpsFolder,
  manifestFile,
  packDumps,
  readManifest,
  recordingId,
  sha256,
} from './goldens.ts';
import { heapSignature } from './heap-signature.ts';
import { type GoldenProgram, goldenPrograms } from './programs.ts';

/** A run's heap in short. */
function heapOf(run: RunResult): string {
  const dumps = [...run.descriptors.values()].filter((dump) => dump.length > 0);
  return dumps.map(heapSignature).join();
}

/** The heap that most runs have, and how many have it. */
function majority(runs: readonly RunResult[]): { heap: string; agreeing: number } {
  const votes = new Map<string, number>();
  for (const run of runs) votes.set(heapOf(run), (votes.get(heapOf(run)) ?? 0) + 1);
  const [[heap, agreeing]] = [...votes].sort((a, b) => b[1] - a[1]) as [[string, number]];
  return { heap, agreeing };
}

/** Objects of an undisturbed boot, where boot/record-boot.ts has recorded one. */
function bootObjects(goarch: GoArch): Set<string> {
  const file = new URL(`boot/${goarch}.json`, import.meta.url);
  if (!statSync(file, { throwIfNoEntry: false })) return new Set();
  return new Set((JSON.parse(readFileSync(file, 'utf8')) as { objects: string[] }).objects);
}

/**
 * The runs that begin most like an undisturbed boot, and of these those with the smallest first dump: what
 * disturbs, such as a thread started in between, only ever adds to the heap.
 */
function undisturbed(runs: readonly RunResult[], boot: ReadonlySet<string>): RunResult[] {
  const scored = runs.map((run) => {
    const entry = run.descriptors.get(3)!;
    const like = objectsOf(entry).filter((object) => boot.has(object)).length;
    return { run, score: like * 2 ** 32 - entry.length };
  });
  const best = Math.max(...scored.map(({ score }) => score));
  return scored.filter(({ score }) => score === best).map(({ run }) => run);
}

/**
 * Programs race with the runtime's own threads, and strace slows them, which gives the rarer outcomes more
 * weight. So runs without it vote, and runs under it are made until one has that heap.
 */
function choose(run: (writes: boolean) => RunResult, count: number, boot: ReadonlySet<string>) {
  const plain = Array.from({ length: count }, () => run(false));
  const { heap, agreeing } = majority(undisturbed(plain, boot));
  const traced: RunResult[] = [];
  for (let tries = 0; tries < 40; tries++) {
    const one = run(true);
    if (heapOf(one) === heap) return { kept: one, agreeing };
    traced.push(one);
  }
  const likely = undisturbed(traced, boot);
  const { heap: second } = majority(likely);
  return { kept: likely.find((one) => heapOf(one) === second)!, agreeing: 0 };
}

function record(program: GoldenProgram, goarch: GoArch, count: number): Recording {
  const { name, goexperiment } = program;
  const options = { goarch, goexperiment, module: `goldens/${name}` };
  const executable = buildGo({ files: program.files() }, options);
  const { kept, agreeing } = choose(
    (writes) => {
      const run = runProgram(executable, { goarch, writes });
      if (run.status !== 0)
        throw new Error(`${name} ${goarch}: ${run.status} ${run.stderr.subarray(0, 1000)}`);
      return run;
    },
    count,
    bootObjects(goarch),
  );
  const dumps = program.descriptors.map((descriptor) => kept.descriptors.get(descriptor)!);
  const writes = program.descriptors.map((descriptor) => kept.writes.get(descriptor) ?? []);
  for (const [index, dump] of dumps.entries()) {
    const written = writes[index]!.reduce((sum, size) => sum + size, 0);
    if (dump.length === 0 || written !== dump.length) {
      throw new Error(`${name} ${goarch}: dump of ${dump.length} bytes, ${written} seen written`);
    }
  }
  const recording = {
    program: name,
    goarch,
    goexperiment,
    goVersion,
    flags: ['-trimpath', ...emulationFlags(goarch)],
    ncpu: availableParallelism(),
    runs: count,
    agreeing,
    dumps: program.descriptors.map((descriptor, index) => ({
      descriptor,
      bytes: dumps[index]!.length,
      sha256: sha256(dumps[index]!),
    })),
  };
  mkdirSync(dumpsFolder, { recursive: true });
  writeFileSync(new URL(`${recordingId(recording)}.br`, dumpsFolder), packDumps(dumps, writes));
  return recording;
}

/** The manifest with the new recordings, in the order of the programs. */
function merge(old: Recording[], fresh: Recording[]): Recording[] {
  const all = new Map([...old, ...fresh].map((recording) => [recordingId(recording), recording]));
  return goldenPrograms.flatMap((program) =>
    program.goarches.flatMap((goarch) => {
      const { name, goexperiment } = program;
      return all.get(recordingId({ program: name, goexperiment, goarch })) ?? [];
    }),
  );
}

function manifest(): Recording[] {
  return statSync(manifestFile, { throwIfNoEntry: false }) ? readManifest() : [];
}

function main(): void {
  const { values, positionals } = parseArgs({
    options: { goarch: { type: 'string' }, runs: { type: 'string', default: '10' } },
    allowPositionals: true,
  });
  for (const program of goldenPrograms) {
    if (positionals.length > 0 && !positionals.includes(program.name)) continue;
    for (const goarch of program.goarches) {
      if (values.goarch !== undefined && values.goarch !== goarch) continue;
      const recording = record(program, goarch, Number(values.runs));
      const lines = merge(manifest(), [recording]).map((entry) => JSON.stringify(entry));
      writeFileSync(manifestFile, `[\n${lines.join(',\n')}\n]\n`);
      const { runs, agreeing, dumps } = recording;
      const sizes = dumps.map((dump) => dump.bytes).join(' ');
      process.stdout.write(`${recordingId(recording)}: ${sizes} bytes, ${agreeing}/${runs} runs\n`);
    }
  }
}

main();
