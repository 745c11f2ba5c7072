/** `twin`: the Go program that does what a scenario does, and whether real Go agrees. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GoArch } from '../../sim/arch.ts';
import { defineCommand } from '../command.ts';
import { explainCommand } from '../explain-command.ts';
import { count, counted, table, toJson } from '../format.ts';
import { inWorker } from '../in-worker.ts';
import { type Io, Printer, suggestion } from '../io.ts';
import { makeFolders, Staging } from '../output.ts';
import { findScenario } from '../scenario-files.ts';
import {
  allocHeadersOf,
  goarchOf,
  limitOptions,
  limitsOf,
  type RunArgs,
  scenarioOptions,
} from '../target-options.ts';
import type { CheckResult } from '../twin/check.ts';
import { type Agreement, type Aspect, agrees, aspects } from '../twin/compare.ts';
import { exitCode, systemFailure } from '../usage-error.ts';
import { errorOf, ProgressCounters, type TwinReply, type TwinRequest } from '../worker-messages.ts';

export const twinCommand = defineCommand({
  examples: [
    ['goheapsim twin linked-list -p n=5 -o twin', 'writes twin/main.go and twin/go.mod'],
    ['goheapsim twin tree -o twin --check', 'builds and runs it, and compares the dumps'],
    ['goheapsim twin ./my.ts -o twin --check --goarch s390x', 'another target, under qemu'],
  ],
  notes: [
    'The twin does what the scenario does with GOGC=off: run it as env -i GOMAXPROCS=1 GOGC=off ' +
      './prog 3>a.dump 4>b.dump. It writes its dumps to descriptors 3, 4, … in the order of the ' +
      "scenario's. A program of up to 2,000 operations has a statement for each; a larger one " +
      'reads them from a table.',
    '--check needs the go command, which fetches go1.22.12 if need be, and qemu-user-static for ' +
      'targets that this machine does not run. It compares objects, pointers into the heap and ' +
      'contents, finalizers, goroutines, threads, types, itabs, MemStats, the memory profile, and ' +
      'what the program is told.',
    'Exit code 1: they differ; 2: the scenario does what a twin cannot do, and the message says ' +
      'what; 3: there is no Go to check with.',
  ],
  build: (parser) =>
    parser
      .positional('scenario', {
        type: 'string',
        demandOption: true,
        describe: 'A name from goheapsim list, or a .ts file of your own',
      })
      .option('out', {
        alias: 'o',
        type: 'string',
        requiresArg: true,
        demandOption: true,
        describe: 'Folder for the program',
      })
      .option('check', {
        type: 'boolean',
        describe: 'Build the program, run it and compare its dumps',
      })
      .options(scenarioOptions)
      .options(limitOptions)
      .option('json', { type: 'boolean', describe: 'Print JSON' }),
  async run(args, io) {
    const file = findScenario(args.scenario);
    const shown = file.isLibrary ? file.name : args.scenario;
    const target = {
      goarch: goarchOf('twin', args.goarch),
      allocHeaders: allocHeadersOf('twin', args.goexperiment),
    };
    const request: TwinRequest = {
      task: 'twin',
      shown,
      name: file.name,
      scenarioUrl: file.url,
      params: args.param ?? [],
      seed: args.seed,
      check: args.check === true,
      progress: new SharedArrayBuffer(ProgressCounters.byteLength),
      ...target,
      ...limitsOf('twin', args),
    };
    const reply = await inWorker<TwinReply>(request, io);
    writeFiles(args.out, reply.files, io);
    if (reply.failure !== undefined) throw errorOf(reply.failure);
    const told = { shown, folder: args.out, reply, args, ...target };
    if (args.json) printJson(told, io);
    else printText(told, io);
    return reply.result?.dumps.every(agrees) === false ? exitCode.bad : exitCode.done;
  },
});

interface Told {
  readonly shown: string;
  readonly folder: string;
  readonly reply: TwinReply;
  readonly goarch: GoArch;
  readonly allocHeaders: boolean;
  /** What the run was asked for. */
  readonly args: Partial<RunArgs>;
}

/** Writes the program's files, all of them or none. @throws {EnvironmentError} */
function writeFiles(folder: string, files: Readonly<Record<string, string>>, io: Io): void {
  const staging = new Staging();
  /** The first folder that is new, should there be one. */
  let made: string | undefined;
  const discard = (): void => {
    staging.discard();
    if (made !== undefined) rmSync(made, { recursive: true, force: true });
  };
  const release = io.onSignal(discard);
  try {
    made = makeFolder(folder);
    for (const [name, text] of Object.entries(files))
      writeStaged(staging, join(folder, name), text);
    staging.commit();
    made = undefined;
  } finally {
    discard();
    release();
  }
}

function makeFolder(folder: string): string | undefined {
  try {
    return makeFolders(folder);
  } catch (error) {
    throw systemFailure('write', folder, error);
  }
}

function writeStaged(staging: Staging, name: string, text: string): void {
  const { path } = staging.target(name);
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw systemFailure('write', name, error);
  }
}

/** The sum over all dumps. */
function total({ dumps }: CheckResult, aspect: Aspect): Agreement {
  const of = (part: keyof Agreement) => dumps.reduce((n, d) => n + d.agreement[aspect][part], 0);
  return { compared: of('compared'), agreeing: of('agreeing') };
}

function printJson({ shown, folder, reply, goarch }: Told, io: Io): void {
  const { operations, allocations, dumps, result } = reply;
  const totals = result && Object.fromEntries(aspects.map((a) => [a, total(result, a)]));
  const out = new Printer(io.stdout, io.env);
  out.line(
    toJson(
      {
        scenario: shown,
        goarch,
        folder,
        files: Object.keys(reply.files),
        operations,
        allocations,
        ...(result && { agree: result.dumps.every(agrees), runs: result.runs, ...totals }),
        dumps: dumps.map((name, i) => ({
          name,
          descriptor: 3 + i,
          ...(result && {
            ...result.dumps[i]!.agreement,
            differences: result.dumps[i]!.differences,
          }),
        })),
      },
      2,
    ),
  );
  out.flush();
}

function printText(told: Told, io: Io): void {
  const { shown, folder, reply, goarch, allocHeaders } = told;
  const { operations, allocations, dumps, result } = reply;
  const files = Object.keys(reply.files);
  const out = new Printer(io.stdout, io.env);
  const size = `${counted(operations, 'operation')}, ${counted(allocations, 'allocation')}`;
  out.line(`${out.bold(folder)}: the twin of ${shown} on ${goarch}: ${files.join(', ')}; ${size}`);
  if (result === undefined) {
    const experiment = allocHeaders ? '' : ' GOEXPERIMENT=noallocheaders';
    const redirects = dumps.map((name, i) => `${3 + i}>${name || `dump${i + 1}`}.dump`);
    out.line();
    out.line(out.bold('What to try next'));
    const flags = ['-trimpath', ...reply.flags].join(' ');
    const build = `cd ${folder} && GOTOOLCHAIN=go1.22.12 GOARCH=${goarch}${experiment} go build ${flags} -o prog`;
    out.line(`  ${build}`);
    out.line(`  env -i GOMAXPROCS=1 GOGC=off ./prog ${redirects.join(' ')}`);
    out.line(`  ${suggestion(`goheapsim twin ${shown} -o ${folder} --check`, io.env)}`);
  } else {
    for (const [i, { agreement, differences }] of result.dumps.entries()) {
      out.line();
      out.line(out.bold(`dump ${i + 1}${dumps[i] === '' ? '' : `, ${dumps[i]}`}`));
      const rows = aspects.map((aspect) => {
        const { compared, agreeing } = agreement[aspect];
        const verdict =
          agreeing === compared ? 'all agree' : `${count(compared - agreeing)} differ`;
        return [aspect, `${count(agreeing)} of ${count(compared)}`, verdict];
      });
      out.lines(table(rows, { right: [1] }));
      for (const difference of differences) out.line(`  ${difference}`);
    }
    const verdict = result.dumps.every(agrees)
      ? 'Real Go agrees with the model in all of this'
      : 'Real Go does not agree with the model';
    out.line();
    out.line(`${verdict} (${counted(result.runs, 'run')} of the program).`);
    const place = firstPlace(result);
    if (place !== undefined) {
      out.line(`What decided ${place} in the model tells`);
      out.line(
        `  ${suggestion(`${explainCommand(shown, { ...told.args, gogc: 'off' })} --addr ${place}`, io.env)}`,
      );
    }
  }
  out.flush();
}

/** The address of the first object that the model has elsewhere or otherwise. */
export function firstPlace({ dumps }: Pick<CheckResult, 'dumps'>): string | undefined {
  const differences = dumps.flatMap((dump) => dump.differences);
  const told = differences.map((line) => /^objects: .*in the model[^:]*: (0x[0-9a-f]+)/.exec(line));
  return told.find((match) => match !== null)?.[1];
}
