/** `feed mutate`: mutants of a dump as files, or as a stream of JSON lines. */
import { operations } from '../../../dump/feed/catalogue.ts';
import { allMutants, type MutantStream } from '../../../dump/feed/stream.ts';
import { defineCommand } from '../../command.ts';
import { count, counted, table, toJson, wrap } from '../../format.ts';
import { type Io, Printer, Progress } from '../../io.ts';
import { type ExitCode, exitCode, UsageError } from '../../usage-error.ts';
import { type FeedItem, itemOfMutant, type NamedBase, withPartner } from '../cases.ts';
import { itemById } from '../item-by-id.ts';
import type { FeedCase } from '../manifest.ts';
import {
  checkOperations,
  endOfRange,
  indicesOf,
  namedBase,
  opOption,
  streamOf,
  streamOptions,
} from '../options.ts';
import { writeFolder } from '../output-folder.ts';
import { baseCaseId } from '../suite/kinds.ts';
import { writeBeside } from '../suite-folder.ts';

export const mutateCommand = defineCommand({
  examples: [
    ['goheapsim feed mutate --base my.dump -o mutants', 'a thousand mutants of my.dump'],
    [
      'goheapsim feed mutate --op W8 --op S1 --all -o mutants',
      'all of two operations, of the suite',
    ],
    ['goheapsim feed mutate --base my.dump --count 1_000_000 --shard 3/8 -o -', 'part of a stream'],
    [
      'goheapsim feed mutate --base a.dump --with b.dump --op C1 -o spliced',
      'one dump, then another',
    ],
    ['goheapsim feed mutate --operations', 'the operations, and what each is for'],
  ],
  notes: [
    'Mutant i of a seed is a function of the dump, the seed and i alone: --from, --shard and --only make none but those asked for.',
    'No mutant comes twice. Operations take turns, important ones more often; when one has no more mutants, stacks of several (C2) have its turns.',
    '-o - prints one line of the manifest for each mutant, with the dump itself as base64 in "data".',
  ],
  build: (parser) =>
    parser
      .option('base', {
        type: 'string',
        requiresArg: true,
        default: baseCaseId,
        describe: 'A heap dump, or the id of a small case of the suite',
      })
      .option('with', {
        type: 'string',
        requiresArg: true,
        describe: 'The dump that splices (C1) go on as [default: the base itself]',
      })
      .options(streamOptions)
      .option('op', opOption)
      .option('all', {
        type: 'boolean',
        describe: 'Every mutant of the operations once, in order, instead of a stream',
      })
      .option('only', {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: 'Only the mutant with this id; may be repeated',
      })
      .option('out', {
        alias: 'o',
        type: 'string',
        requiresArg: true,
        describe: 'Folder to make, or - for lines on standard output',
      })
      .option('operations', { type: 'boolean', describe: 'Show the operations instead' })
      .option('json', { type: 'boolean', describe: 'Print JSON' }),
  run(args, io) {
    if (args.operations) return printOperations(args.json === true, io);
    if (args.out === undefined) {
      throw new UsageError('feed mutate: where to? -o DIR, or -o - for standard output');
    }
    checkOperations('feed mutate', args.op);
    const set = mutantsOf(args);
    if (args.out === '-') return printItems(set, io);
    return writeItems(set, args.out, args.json === true, io);
  },
});

interface MutateArgs {
  readonly base: string;
  readonly with: string | undefined;
  readonly seed: string;
  readonly from: string;
  readonly count: string;
  readonly shard: string | undefined;
  readonly op: readonly string[] | undefined;
  readonly all: boolean | undefined;
  readonly only: readonly string[] | undefined;
}

/** Mutants, and what is to be said of their number. */
interface MutantSet {
  readonly items: Iterable<FeedItem>;
  /** Operations all of whose mutants are in the stream so far. */
  readonly exhausted?: readonly string[];
  /** Where the stream ends before what was asked for. */
  readonly ends?: number;
}

function mutantsOf(args: MutateArgs): MutantSet {
  if (args.only !== undefined) {
    const given = { bases: [args.base], partners: args.with === undefined ? [] : [args.with] };
    return { items: args.only.map((id) => itemById('feed mutate', id, given)) };
  }
  const own = namedBase(args.base);
  const base = args.with === undefined ? own : withPartner(own, namedBase(args.with));
  if (args.all) return { items: listed(base, args) };
  const stream = streamOf('feed mutate', base, args.seed, args.op);
  const end = endOfRange('feed mutate', args);
  return {
    items: streamed(base, stream, args),
    exhausted: stream.exhausted(end),
    ...(end > stream.length && { ends: stream.length }),
  };
}

function* streamed(base: NamedBase, stream: MutantStream, args: MutateArgs): Generator<FeedItem> {
  for (const index of indicesOf('feed mutate', args)) {
    if (index >= stream.length) return;
    const mutant = stream.at(index);
    if (mutant !== undefined) yield itemOfMutant(base, mutant, { seed: args.seed, index });
  }
}

/** What a user who asked for many mutants must know. */
function limitWords({ exhausted = [], ends }: MutantSet): string | undefined {
  if (ends !== undefined)
    return `there are no more: the stream ends after ${counted(ends, 'mutant')}`;
  if (exhausted.length === 0) return undefined;
  return `all mutants of ${exhausted.join(' ')} are drawn; stacks (C2) have their turns from there on`;
}

function* listed(base: NamedBase, args: MutateArgs): Generator<FeedItem> {
  const wanted = indicesOf('feed mutate', { ...args, count: `${Number.MAX_SAFE_INTEGER}` });
  let next = wanted.next();
  let at = 0;
  for (const mutant of allMutants(base.base, args.op)) {
    if (at++ !== next.value) continue;
    yield itemOfMutant(base, mutant);
    next = wanted.next();
  }
}

function printItems(set: MutantSet, io: Io): ExitCode {
  for (const item of set.items) {
    const data = Buffer.from(item.content.bytes()).toString('base64');
    io.stdout.write(`${toJson({ ...item.line(), data })}\n`);
  }
  if (set.ends !== undefined) io.stderr.write(`feed mutate: ${limitWords(set)}\n`);
  return exitCode.done;
}

async function writeItems(set: MutantSet, out: string, json: boolean, io: Io): Promise<ExitCode> {
  const progress = new Progress(io);
  const lines: Pick<FeedCase, 'expect' | 'bytes'>[] = [];
  await writeFolder(out, io, async (folder) => {
    const manifest = folder.open('manifest.jsonl');
    for (const item of set.items) {
      const file = `dumps/${item.id}.dump`;
      const line = item.line(file, await folder.stream(file, item.content.chunks()));
      manifest.write(`${toJson(line)}\n`);
      lines.push({ expect: line.expect, bytes: line.bytes });
      progress.tick(() => counted(lines.length, 'mutant'));
      await folder.turn();
    }
    manifest.end();
    writeBeside(folder);
  });
  progress.done();
  const expect: Record<string, number> = {};
  for (const line of lines) expect[line.expect] = (expect[line.expect] ?? 0) + 1;
  const printer = new Printer(io.stdout, io.env);
  const { exhausted, ends } = set;
  if (json) {
    printer.line(toJson({ folder: out, mutants: lines.length, expect, exhausted, ends }, 2));
  } else {
    printer.line(`${printer.bold(out)}: ${counted(lines.length, 'mutant')}, with manifest.jsonl`);
    const rows = Object.entries(expect).map(([name, n]) => [name, count(n)]);
    printer.lines(table(rows, { right: [1] }));
    const words = limitWords(set);
    if (words !== undefined) printer.lines(wrap(words, 0));
  }
  printer.flush();
  return exitCode.done;
}

function printOperations(json: boolean, io: Io): ExitCode {
  const out = new Printer(io.stdout, io.env);
  const rows = operations.map(({ id, title, group, fields, rule, bugType, specRef, relaxes }) => ({
    ...{ id, title, group, fields, rule, bugType, specRef, relaxes },
  }));
  if (json) out.line(toJson(rows, 2));
  for (const { id, title, group, fields, rule, bugType, relaxes = [] } of json ? [] : rows) {
    out.line(`${out.bold(id)} ${title}`);
    out.lines(wrap(`${group}; changes ${fields}; for ${bugType}`, 4));
    out.lines(wrap(rule, 4));
    if (relaxes.length > 0) {
      out.lines(
        wrap(`may break, and is right still: ${relaxes.join(', ')} (see verify --rules)`, 4),
      );
    }
  }
  out.flush();
  return exitCode.done;
}
