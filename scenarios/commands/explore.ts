/** `explore`: a heap as a page to look at, step by step. */
import { defineCommand } from '../command.ts';
import { bundleScript, bundleStyles } from '../explorer/bundle.ts';
import { pageHtml } from '../explorer/html.ts';
import type { PageInfo } from '../explorer/page-info.ts';
import { sourceOf } from '../explorer/source.ts';
import { count, printable, roundedBytes } from '../format.ts';
import { Progress } from '../io.ts';
import { liveOptions, stepOf } from '../live.ts';
import { wholeNumber } from '../target-options.ts';
import { packTimeline } from '../timeline/pack.ts';
import { exitCode, UsageError } from '../usage-error.ts';
import { writeOutput } from '../write-output.ts';

const mebibyte = 1024 * 1024;
const warnAbove = 50 * mebibyte;
const refuseAbove = 200 * mebibyte;

export const exploreCommand = defineCommand({
  examples: [
    ['goheapsim explore linked-list -o list.html', 'a page that opens in any browser'],
    ['goheapsim explore lesson 1 -o lesson-1.html', 'a lesson: its story beside the heap'],
    ['goheapsim explore ./my.ts --from 5000 --to 6000 -o my.html', 'a thousand of its steps'],
    ['goheapsim explore service --every 100 -o all.html', 'a long run: a hundred steps as one'],
    ['goheapsim explore my.dump -o my.html', 'the objects of a dump, and the spans they suggest'],
    ['goheapsim explore log --binary prog -o log.html', "a real program's log, replayed"],
  ],
  notes: [
    'The page is one file: it needs no network and asks for nothing. A page above 200 MB is not written ' +
      'unless --force is given: --every 100 makes one step of a hundred, --from and --to take a part of the run.',
  ],
  build: (parser) =>
    parser
      .positional('what', {
        type: 'string',
        demandOption: true,
        describe: 'A scenario, a heap dump, or a log of GODEBUG=allocfreetrace=1',
      })
      .positional('number', { type: 'string', describe: 'After the word lesson: which one' })
      .option('out', {
        alias: 'o',
        type: 'string',
        requiresArg: true,
        demandOption: true,
        describe: 'The page to write',
      })
      .option('from', {
        type: 'string',
        requiresArg: true,
        describe: 'From this step on: all before it is one step',
      })
      .option('to', { type: 'string', requiresArg: true, describe: 'Up to this step' })
      .option('every', {
        type: 'string',
        requiresArg: true,
        describe: 'So many steps as one: a smaller page of a long run',
      })
      .option('force', { type: 'boolean', describe: 'Write it however large it is' })
      .options(liveOptions),
  async run(args, io) {
    const progress = new Progress(io);
    const what = lessonOf(args.what, args.number);
    const until = stepOf('explore', args.to, '--to');
    const from = stepOf('explore', args.from, '--from');
    const every =
      args.every === undefined ? undefined : wholeNumber('explore: --every', args.every, 1, 1e9);
    const source = await sourceOf({ ...args, what }, { until, from, every }, io, (text) =>
      progress.tick(text),
    );
    progress.done();
    const last = source.info.steps?.last ?? source.timeline.length - 1;
    if (from !== undefined && from > last) {
      throw new UsageError(`explore: --from: no step ${count(from)}: the last is ${count(last)}`);
    }
    const [script, styles] = await Promise.all([bundleScript('main.tsx'), bundleStyles()]);
    const sections = new Map([['timeline', packTimeline(source.timeline)], ...source.sections]);
    const parts = [...pageHtml({ info: source.info, sections, script, styles })].map((part) =>
      Buffer.from(part),
    );
    const size = parts.reduce((sum, part) => sum + part.length, 0);
    const smaller = smallerWords(size, source.info);
    if (size > refuseAbove && !args.force) {
      throw new UsageError(
        `explore: the page would have ${roundedBytes(size)}, more than browsers open with ease: ` +
          `${smaller}, or write it all the same by --force`,
      );
    }
    await writeOutput(args.out, parts, io);
    if (args.out !== '-') io.stdout.write(`${printable(args.out)}: ${roundedBytes(size)}\n`);
    if (size > warnAbove) {
      io.stderr.write(
        `goheapsim: explore: a browser takes some seconds to open ${roundedBytes(size)}: ${smaller}\n`,
      );
    }
    return exitCode.done;
  },
});

/** What makes a page smaller. */
function smallerWords(size: number, { kind, steps }: PageInfo): string {
  if (kind === 'dump') return 'take a dump of fewer objects';
  const every = (steps?.every ?? 1) * Math.max(10, 10 ** Math.ceil(Math.log10(size / warnAbove)));
  return `take every ${count(every)} steps as one by --every ${every}, or a part of them by --from and --to`;
}

/** `lesson 4` is the scenario lesson-04. @throws {UsageError} */
function lessonOf(what: string, number: string | undefined): string {
  if (number === undefined) return what;
  if (what !== 'lesson' || !/^\d{1,2}$/.test(number)) {
    throw new UsageError(
      `explore: "${number}" is one too many: name one thing, or a lesson: lesson 4`,
    );
  }
  return `lesson-${number.padStart(2, '0')}`;
}
