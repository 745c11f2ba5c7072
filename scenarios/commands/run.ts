/** `run`: a scenario becomes a heap dump. */
import { defineCommand } from '../command.ts';
import { bytes, counted } from '../format.ts';
import { type Io, Printer } from '../io.ts';
import { type Family, familyOf, isWholeDump, memberFile, memberSeed } from '../run-family.ts';
import { findScenario } from '../scenario-files.ts';
import {
  allocHeadersOf,
  goarchOf,
  limitOptions,
  limitsOf,
  scenarioOptions,
  worldOf,
  worldOptions,
} from '../target-options.ts';
import { exitCode, UsageError } from '../usage-error.ts';
import type { OutputReply, RunRequest } from '../worker-messages.ts';
import { type Outputs, tellOutputs, writeDumps } from '../write-dumps.ts';

export const runCommand = defineCommand({
  examples: [
    ['goheapsim run linked-list', 'writes linked-list.dump'],
    ['goheapsim run linked-list -p n=100 --goarch s390x -o big-endian.dump', 'another target'],
    ['goheapsim run linked-list -o - | goheapsim inspect -', 'the dump on standard output'],
    ['goheapsim run ./my.ts --seed 7 --gogc off', 'a scenario of your own'],
    ['goheapsim run random-objects --count 1000 --shard 1/4', 'a quarter of a thousand dumps'],
  ],
  notes: [
    'A scenario may write several dumps. The first goes to FILE, a later one to FILE.name if the ' +
      'script gives it a name, else to FILE.2, FILE.3, …; --write-log likewise. Standard output ' +
      'takes one dump. Files appear when the whole run has succeeded, or not at all.',
    'The same scenario, parameters, seed and options give the same bytes on any machine. ' +
      'goheapsim list shows the scenarios and their parameters.',
    'With --count N the seeds are SEED.0, SEED.1, … and the files NAME.0.dump, NAME.1.dump, … (numbers ' +
      'padded to one length). A file that is there and whole is kept, so a family that was broken off ' +
      'goes on where it was.',
    'Sizes take KiB, MiB, GiB: --max-heap 512MiB.',
    'Exit code 2, and one line that says where: the script is wrong, its program panics or ' +
      'deadlocks, or it goes past a limit. Then no file appears.',
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
        describe: 'Where the dump goes; - is standard output [default: NAME.dump]',
      })
      .options(scenarioOptions)
      .option('count', {
        type: 'string',
        requiresArg: true,
        describe: 'Make a family of so many dumps, each with a seed of its own',
      })
      .option('shard', {
        type: 'string',
        requiresArg: true,
        describe: 'k/n: of every n dumps of the family the k-th, for n machines',
      })
      .options(worldOptions)
      .options(limitOptions)
      .option('write-log', {
        type: 'string',
        requiresArg: true,
        describe: "Write the size of each of Go's write() calls, one a line",
      })
      .option('trace', {
        type: 'string',
        requiresArg: true,
        describe: 'Write each operation of the script as a line of JSON',
      }),
  async run(args, io) {
    const scenario = findScenario(args.scenario);
    const shown = scenario.isLibrary ? scenario.name : args.scenario;
    const task = {
      task: 'run',
      scenarioUrl: scenario.url,
      shown,
      params: args.param ?? [],
      seed: args.seed,
      goarch: goarchOf('run', args.goarch),
      allocHeaders: allocHeadersOf('run', args.goexperiment),
      ...worldOf('run', args),
      ...limitsOf('run', args),
    } as const;
    const out = args.out ?? `${scenario.name}.dump`;
    const outputs = { out, writeLog: args.writeLog, trace: args.trace };
    const family = familyOf(args.count, args.shard);
    if (family !== undefined) {
      await runFamily(family, task, outputs, io);
      return exitCode.done;
    }
    const reply = await writeDumps<RunRequest>(task, outputs, io);
    tellOutputs(reply, outputs, () => nextSteps(shown, reply), io);
    return exitCode.done;
  },
});

/** Makes the members that are not there yet, one after the other, and says so of each. */
async function runFamily(
  family: Family,
  task: Parameters<typeof writeDumps<RunRequest>>[0],
  outputs: Outputs,
  io: Io,
): Promise<void> {
  const { count, first, step } = family;
  if (Object.values(outputs).includes('-')) {
    throw new UsageError('run: --count makes files: standard output takes only one dump');
  }
  const print = new Printer(io.stdout, io.env);
  const total = Math.max(0, Math.ceil((count - first) / step));
  let written = 0;
  let kept = 0;
  for (let index = first; index < count; index += step) {
    const member = (name: string) => memberFile(name, index, count);
    const out = member(outputs.out);
    if (isWholeDump(out)) {
      kept++;
      continue;
    }
    const files: Outputs = {
      out,
      writeLog: outputs.writeLog && member(outputs.writeLog),
      trace: outputs.trace && member(outputs.trace),
    };
    const seed = memberSeed(task.seed, index);
    const { dumps } = await writeDumps<RunRequest>({ ...task, seed }, files, io);
    written++;
    for (const dump of dumps) {
      print.line(
        `${dump.file}: seed ${seed}, ${bytes(dump.bytes)} (${written + kept} of ${total})`,
      );
    }
    print.flush();
  }
  print.line(`${counted(written, 'run')} done, ${kept} there before`);
  print.flush();
}

function nextSteps(shown: string, { dumps }: OutputReply): string[] {
  const [first, second] = dumps;
  if (!first?.isFile) return [`goheapsim run ${shown} -o out.dump`, 'goheapsim list'];
  return [
    `goheapsim inspect ${first.file}`,
    `goheapsim inspect ${first.file} --kind goroutine --kind stackFrame`,
    `goheapsim verify ${first.file}`,
    second === undefined
      ? `goheapsim run ${shown} --goarch 386 -o 386.dump`
      : `goheapsim diff ${first.file} ${second.file}`,
    'goheapsim list',
  ];
}
