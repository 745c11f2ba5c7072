/** `export`: a heap, or a run, in a format that other tools open. */
import { gzipSync } from 'node:zlib';
import { defineCommand } from '../command.ts';
import { profileInDump, SiteRecorder, siteShape } from '../export/allocation-sites.ts';
import { dotFile, NoSuchObject } from '../export/dot.ts';
import { heapSnapshot } from '../export/heapsnapshot.ts';
import type { HeapSource } from '../export/outline.ts';
import { encodeProfile } from '../export/pprof.ts';
import { referenceShape, references } from '../export/references.ts';
import { runToExport, type Source, type SourceArgs, sourceOf } from '../export/source.ts';
import { traceFile } from '../export/trace.ts';
import { bytes } from '../format.ts';
import { dumpFailure } from '../input.ts';
import { type Io, Printer, suggestion } from '../io.ts';
import { addressOf, liveOptions, stepOption } from '../live.ts';
import { didYouMean } from '../suggest.ts';
import { wholeNumber } from '../target-options.ts';
import { exitCode, UsageError } from '../usage-error.ts';
import { writeOutput } from '../write-output.ts';

/** Bytes between samples of a program that does not set runtime.MemProfileRate. */
const defaultRate = 512 * 1024;

interface ExportArgs extends SourceArgs {
  readonly out: string;
  readonly liveOnly?: boolean | undefined;
  readonly kind?: string | undefined;
  readonly rate?: string | undefined;
  readonly root?: string | undefined;
  readonly depth?: string | undefined;
  readonly nodes?: string | undefined;
}

/** A format: which options are its own, what it makes, and what to do with it. */
interface Format {
  /** Who reads it. */
  readonly reader: string;
  readonly purpose: string;
  readonly options: readonly string[];
  make(args: ExportArgs, io: Io): AsyncGenerator<Uint8Array>;
  readonly next: string;
}

const formats: Readonly<Record<string, Format>> = {
  heapsnapshot: {
    reader: 'the Memory panel of Chrome and Edge',
    purpose: 'retainers, retained sizes, comparison of two steps or dumps',
    options: ['live-only'],
    next: 'Chrome: open DevTools, Memory, Load profile',
    async *make(args, io) {
      const source = heapOf(await sourceOf(args, io));
      yield* heapSnapshot(source, { liveOnly: args.liveOnly ?? false });
    },
  },
  pprof: {
    reader: 'go tool pprof',
    purpose: 'who allocated; with --kind references who holds',
    options: ['kind', 'live-only', 'rate'],
    next: 'go tool pprof -top FILE',
    make: makeProfile,
  },
  trace: {
    reader: 'ui.perfetto.dev',
    purpose: 'a run, of a log too, by goroutine, with counters',
    options: [],
    next: 'open FILE in https://ui.perfetto.dev',
    async *make(args, io) {
      const { run, title } = await runToExport(args, io);
      yield* traceFile(run.timeline, title);
    },
  },
  dot: {
    reader: 'Graphviz',
    purpose: 'a drawing of the objects that hold most memory',
    options: ['root', 'depth', 'nodes'],
    next: 'dot -Tsvg FILE -o graph.svg',
    async *make(args, io) {
      const root = args.root === undefined ? undefined : addressOf('export', args.root);
      const depth = args.depth && wholeNumber('export: --depth', args.depth, 0, 1e9);
      const nodes = wholeNumber('export: --nodes', args.nodes ?? '300', 1, 100_000);
      const source = heapOf(await sourceOf(args, io));
      try {
        const text = yield* dotFile(source, { root, depth: depth || undefined, nodes });
        yield new TextEncoder().encode(text);
      } catch (error) {
        if (!(error instanceof NoSuchObject)) throw error;
        throw new UsageError(`export: --root: ${error.message}`);
      }
    },
  },
};

function heapOf(source: Source): HeapSource {
  return source.kind === 'dump' ? source.heap : source.heap();
}

async function* makeProfile(args: ExportArgs, io: Io): AsyncGenerator<Uint8Array> {
  const { kind = 'allocations' } = args;
  if (kind === 'references') {
    if (args.rate !== undefined) throw new UsageError('export: --rate is for --kind allocations');
    const source = heapOf(await sourceOf(args, io));
    const samples = yield* references(source, { liveOnly: args.liveOnly ?? false });
    yield gzipSync(encodeProfile(referenceShape([source.title, 'who holds what']), samples));
    return;
  }
  if (kind !== 'allocations') {
    throw new UsageError(
      `export: --kind: want allocations or references, got "${kind}".` +
        didYouMean(kind, ['allocations', 'references']),
    );
  }
  if (args.liveOnly) {
    throw new UsageError(
      'export: --live-only is for --kind references: a profile of allocations has inuse_space',
    );
  }
  yield* allocationProfile(args, io);
}

async function* allocationProfile(args: ExportArgs, io: Io): AsyncGenerator<Uint8Array> {
  const given =
    args.rate === undefined
      ? undefined
      : wholeNumber('export: --rate', args.rate, 1, Number.MAX_SAFE_INTEGER);
  const sites = new SiteRecorder();
  const source = await sourceOf(args, io, { onMalloc: sites.onMalloc });
  if (source.kind === 'dump') {
    const rate = given ?? defaultRate;
    const samples = yield* profileInDump(source.heap, rate);
    if (samples === undefined) {
      throw new UsageError(
        `${source.heap.title}: it holds no memory profile: its program's MemProfileRate was 0, as the ` +
          'linker sets it for programs that do not read their profile; --kind references needs none',
      );
    }
    yield gzipSync(encodeProfile(siteShape(rate, [source.heap.title]), samples));
    return;
  }
  const { memProfileRate, mbuckets } = source.run.world.mprof;
  if (mbuckets === null) {
    if (given !== undefined) {
      throw new UsageError(
        'export: --rate is for memory profiles: of this run every allocation is counted',
      );
    }
    const comments = [source.title, 'every allocation is counted'];
    yield gzipSync(encodeProfile(siteShape(1, comments), sites.samples(source.run)));
    return;
  }
  const rate = given ?? memProfileRate;
  const samples = (yield* profileInDump(source.heap(), rate)) ?? [];
  const comments = [source.title, "the program's own memory profile"];
  yield gzipSync(encodeProfile(siteShape(rate, comments), samples));
}

const names = Object.keys(formats);

export const exportCommand = defineCommand({
  examples: [
    ['goheapsim export linked-list --to heapsnapshot -o list.heapsnapshot', 'for Chrome DevTools'],
    ['goheapsim export my.dump --to heapsnapshot --live-only -o -', 'a dump, of real Go too'],
    ['goheapsim export service --to pprof -o sites.pb.gz', 'who allocated what'],
    ['goheapsim export my.dump --to pprof --kind references -o refs.pb.gz', 'who holds what'],
    ['goheapsim export channels --to trace -o run.json', 'for ui.perfetto.dev'],
    ['goheapsim export tree --step 40 --to dot -o - | dot -Tsvg', 'after step 40, as a drawing'],
  ],
  notes: [
    ...Object.entries(formats).map(([name, f]) => `${name}, for ${f.reader}: ${f.purpose}.`),
    'The file appears whole or not at all.',
  ],
  build: (parser) =>
    parser
      .positional('what', {
        type: 'string',
        demandOption: true,
        describe: 'A scenario, or a heap dump; for a trace a log too; - for standard input',
      })
      .option('to', {
        type: 'string',
        requiresArg: true,
        demandOption: true,
        describe: names.join(', '),
      })
      .option('out', {
        alias: 'o',
        type: 'string',
        requiresArg: true,
        demandOption: true,
        describe: 'File to write; - for standard output',
      })
      .option('live-only', { type: 'boolean', describe: 'Leave out what nothing holds' })
      .option('kind', {
        type: 'string',
        requiresArg: true,
        describe: 'pprof: allocations, or references [default: allocations]',
      })
      .option('rate', {
        type: 'string',
        requiresArg: true,
        describe: "pprof: the program's MemProfileRate [default: a scenario's own, 524288]",
      })
      .option('root', {
        type: 'string',
        requiresArg: true,
        describe: 'dot: draw what hangs on the object at this address',
      })
      .option('depth', { type: 'string', requiresArg: true, describe: 'dot: pointers to follow' })
      .option('nodes', {
        type: 'string',
        requiresArg: true,
        describe: 'dot: objects to draw [default: 300]',
      })
      .options(stepOption)
      .options(liveOptions),
  async run(args, io) {
    const format = Object.hasOwn(formats, args.to) ? formats[args.to]! : undefined;
    if (format === undefined) {
      const advice = didYouMean(args.to, names) || ` Formats: ${names.join(', ')}`;
      throw new UsageError(`export: --to: unknown format "${args.to}".${advice}`);
    }
    rejectOthers(args, format);
    if (args.out === '-' && io.stdout.isTTY && args.to === 'pprof') {
      throw new UsageError(
        'export: -o - would write a binary profile to the terminal: redirect it, or use -o FILE',
      );
    }
    try {
      const size = await writeOutput(args.out, format.make(args, io), io);
      if (args.out !== '-') tell(args.out, size, format, io);
    } catch (error) {
      const name = args.what === '-' ? 'standard input' : args.what;
      throw dumpFailure(name, error, UsageError);
    }
    return exitCode.done;
  },
});

const ownOptions = [...new Set(Object.values(formats).flatMap(({ options }) => options))];

/** @throws {UsageError} for an option of another format */
function rejectOthers(args: Readonly<Record<string, unknown>>, format: Format): void {
  for (const option of ownOptions) {
    if (args[option] === undefined || format.options.includes(option)) continue;
    const takers = names.filter((name) => formats[name]!.options.includes(option));
    throw new UsageError(`export: --${option} is for --to ${takers.join(' and ')}`);
  }
}

function tell(file: string, size: number, { reader, next }: Format, io: Io): void {
  const print = new Printer(io.stdout, io.env);
  print.line(`${print.bold(file)}: ${bytes(size)}, for ${reader}`);
  print.line();
  print.line(print.bold('What to try next'));
  print.line(`  ${suggestion(next.replace('FILE', file), io.env)}`);
  print.flush();
}
