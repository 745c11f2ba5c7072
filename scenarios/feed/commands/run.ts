/** `feed run`: readers tried on dumps. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineCommand } from '../../command.ts';
import { toJson } from '../../format.ts';
import { Printer } from '../../io.ts';
import { exitCode, UsageError } from '../../usage-error.ts';
import { readJournal } from '../driver/journal.ts';
import { numberOf, targetNote, targetOptions, wholeOf } from '../driver/options.ts';
import { textReport } from '../driver/report-text.ts';
import { type FeedRun, jsonReport, runFeed } from '../driver/run-feed.ts';
import { caseSource } from '../driver/sources.ts';
import { parseTargets } from '../driver/target.ts';
import { opOption } from '../options.ts';

const most = Number.MAX_SAFE_INTEGER;

export const runCommand = defineCommand({
  examples: [
    ["goheapsim feed run --target './reader {}'", 'tries a reader on the suite'],
    [
      "goheapsim feed run --target './reader {}' --mutants --base my.dump --count 10000",
      'on mutants of a dump',
    ],
    ["goheapsim feed run -t old='./v1 {}' -t new='./v2 {}'", 'compares two'],
    ["goheapsim feed run -t './reader {}' --baseline known.json", 'fails for what is new only'],
    ["goheapsim feed run -t a='./a {}' -t b='./b {}' --lacks b:32-bit", 'what one of them lacks'],
    ['goheapsim feed run --resume feed-out', 'goes on with a run that was stopped'],
  ],
  notes: [
    'A target ends with 0 when it has read a dump, with another code when it refuses it. As the last line of its ' +
      'standard output, or all of it, it may print a JSON object with what it found; each name that the facts of the dump have ' +
      'too is compared, and the report says which were. scenarios/feed/README.md describes facts, the protocol of workers and all reports.',
    'A target is started without a shell; for pipes and the like: -t "sh -c \'./reader < $1 | check\' sh {}"',
    targetNote,
    'Each run of a target is in an empty folder; words that name a file here, such as reader.py, are made whole paths.',
    'The folder gets report.md, report.html, report.json, junit.xml, findings.sarif, and for each finding its dump, ' +
      'shrunk, what the target said, and how the dump was made.',
    'Exit codes: 0 no findings, or none that the baseline does not know; 1 findings; 2 wrong usage; 3 the system refused.',
  ],
  build: (parser) =>
    parser
      .options(targetOptions)
      .option('cases', {
        type: 'string',
        requiresArg: true,
        describe: 'A folder with a manifest, instead of the suite; dumps without a file are made',
      })
      .option('large', { type: 'boolean', describe: 'With the large dumps of the suite' })
      .option('mutants', { type: 'boolean', describe: 'Mutants of a base, instead of the suite' })
      .option('havoc', { type: 'boolean', describe: 'Bytes changed at random, to compare with' })
      .option('base', {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: 'A dump to make mutants of, or that those of --cases are of; may be repeated',
      })
      .option('op', opOption)
      .option('seed', {
        type: 'string',
        requiresArg: true,
        default: '1',
        describe: 'Seed of the mutants',
      })
      .option('count', {
        type: 'string',
        requiresArg: true,
        describe: 'How many mutants [default: 1000]',
      })
      .option('from', {
        type: 'string',
        requiresArg: true,
        describe: 'The first mutant [default: 0]',
      })
      .option('shard', {
        type: 'string',
        requiresArg: true,
        describe: 'k/n: every n-th dump from the k-th on',
      })
      .option('only', { type: 'string', array: true, requiresArg: true, describe: 'Ids of dumps' })
      .option('out', {
        alias: 'o',
        type: 'string',
        requiresArg: true,
        describe: 'Folder for reports and findings [default: feed-out]',
      })
      .option('resume', {
        type: 'string',
        requiresArg: true,
        describe: 'Folder of a run to go on with',
      })
      .option('jobs', {
        alias: 'j',
        type: 'string',
        requiresArg: true,
        describe: 'Runs at once [default: processors]',
      })
      .option('repeat', {
        type: 'string',
        requiresArg: true,
        default: '1',
        describe: 'Runs of each dump, which must agree',
      })
      .option('confirm', {
        type: 'string',
        requiresArg: true,
        default: '2',
        describe: 'Further runs of the first dump of each finding',
      })
      .option('shrink-runs', {
        type: 'string',
        requiresArg: true,
        default: '300',
        describe: 'Runs to make the dump of a finding smaller; 0: none',
      })
      .option('baseline', {
        type: 'string',
        requiresArg: true,
        describe: 'File of findings that are known',
      })
      .option('update-baseline', { type: 'boolean', describe: 'Write all that is found into it' })
      .option('json', { type: 'boolean', describe: 'Print the report as JSON' }),
  async run(args, io) {
    const given: Args =
      args.resume === undefined ? args : { ...resumed(args), resume: args.resume };
    const run = feedRun(given, args.resume);
    const report = await runFeed(run, io);
    const out = new Printer(io.stdout, io.env);
    if (args.json) out.line(toJson(jsonReport(report), 2));
    else out.lines(textReport(report, run.out));
    out.flush();
    if (run.updateBaseline) return exitCode.done;
    return report.findings.some(({ isNew }) => isNew) ? exitCode.bad : exitCode.done;
  },
});

/** What the journal keeps of the command line. */
const keptOptions = [
  ...[
    'target',
    'delivery',
    'preset',
    'rejectCode',
    'rejectPattern',
    'allow',
    'lacks',
    'timeout',
    'memory',
  ],
  ...['cases', 'large', 'mutants', 'havoc', 'base', 'op', 'seed', 'count', 'from', 'shard', 'only'],
  ...['repeat', 'confirm', 'shrinkRuns', 'baseline', 'updateBaseline'],
] as const;

type Strings = readonly string[] | undefined;

interface Args {
  readonly [name: string]: unknown;
}

/** The options of the run that was stopped; only how many jobs there are is asked anew. */
function resumed(args: Args): Args {
  if (args.target !== undefined || args.out !== undefined) {
    throw new UsageError(
      'feed run: --resume goes on with the options of the run that was stopped: leave out others',
    );
  }
  const { head } = readJournal(join(args.resume as string, 'journal.jsonl'));
  return { ...head.options, jobs: args.jobs };
}

function feedRun(args: Args, resume: string | undefined): FeedRun {
  const text = (name: string): string | undefined => args[name] as string | undefined;
  const texts = (name: string): Strings => args[name] as Strings;
  const flag = (name: string): boolean => args[name] === true;
  const whole = (name: string, min: number, max: number): number | undefined => {
    const value = text(name);
    return value === undefined ? undefined : wholeOf(`--${name}`, value, min, max);
  };
  const targets = parseTargets(texts('target') ?? [], {
    delivery: texts('delivery'),
    preset: texts('preset'),
    rejectCode: texts('rejectCode'),
    rejectPattern: texts('rejectPattern'),
    allow: texts('allow'),
    lacks: texts('lacks'),
  });
  const seconds = numberOf('--timeout', text('timeout'), 0.05, 86_400);
  if (flag('updateBaseline') && text('baseline') === undefined) {
    throw new UsageError('feed run: --update-baseline: which file? --baseline known.json');
  }
  return {
    targets,
    source: caseSource({
      cases: text('cases'),
      large: flag('large'),
      mutants: flag('mutants'),
      havoc: flag('havoc'),
      base: texts('base'),
      op: texts('op'),
      seed: text('seed') ?? '1',
      count: whole('count', 1, most),
      from: whole('from', 0, most),
      shard: text('shard'),
      only: texts('only'),
    }),
    campaign: {
      jobs: whole('jobs', 1, 1024) ?? availableParallelism(),
      repeat: whole('repeat', 1, 1000) ?? 1,
      confirm: whole('confirm', 0, 100) ?? 2,
      ms: seconds === undefined ? undefined : seconds * 1000,
      rssMiB: numberOf('--memory', text('memory'), 1, 1e6),
    },
    out: resume ?? text('out') ?? 'feed-out',
    isResumed: resume !== undefined,
    baseline: text('baseline'),
    updateBaseline: flag('updateBaseline'),
    shrinkRuns: wholeOf('--shrink-runs', text('shrinkRuns') ?? '300', 0, 1e6),
    options: Object.fromEntries(keptOptions.map((name) => [name, args[name]])),
  };
}
