/** What is exported: a dump, read from its file as often as needed, or a scenario at one of its steps. */
import { type DumpInput, openDumpFile, readWhole } from '../input.ts';
import type { Io } from '../io.ts';
import { type LiveArgs, liveTitle, stepOf } from '../live.ts';
import { dumpOf } from '../live-graph.ts';
import type { LiveScenario } from '../live-scenario.ts';
import { noContents, openNamed } from '../open-named.ts';
import type { RecordedRun } from '../timeline/record.ts';
import type { RecorderOptions } from '../timeline/recorder.ts';
import { UsageError } from '../usage-error.ts';
import { dumpNaming } from './dump-naming.ts';
import { liveNaming } from './live-naming.ts';
import type { HeapSource } from './outline.ts';

export interface SourceArgs extends LiveArgs {
  readonly what: string;
  readonly step?: string | undefined;
}

const pieceSize = 1 << 18;

/** Bytes that are in memory, in pieces. */
export function* piecesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += pieceSize) yield bytes.subarray(at, at + pieceSize);
}

/** A dump; a pipe, which can be read but once, is kept in memory. @throws {EnvironmentError} */
function dumpSource(title: string, input: DumpInput): HeapSource {
  if (typeof input !== 'string') {
    const bytes = readWhole(input);
    return { title, chunks: () => piecesOf(bytes), naming: dumpNaming() };
  }
  const chunks = function* (): Generator<Uint8Array> {
    const file = openDumpFile(input);
    try {
      yield* file.chunks();
    } finally {
      file.close();
    }
  };
  return { title, chunks, naming: dumpNaming() };
}

/** A scenario that has run. */
interface LiveSource {
  readonly title: string;
  readonly run: RecordedRun;
  /** Its heap. Asking for it dumps the world, whose mcaches are empty from then on. */
  heap(): HeapSource;
}

/** Runs a scenario up to the step that is wanted. @throws {UsageError} */
function liveSource(
  live: LiveScenario,
  args: SourceArgs,
  options: Pick<RecorderOptions, 'marks' | 'onMalloc'>,
): LiveSource {
  const run = live.run(stepOf('export', args.step), options);
  const title = liveTitle(live, run);
  return {
    title,
    run,
    heap() {
      const dump = dumpOf(run.world);
      return { title, chunks: () => piecesOf(dump), naming: liveNaming(run) };
    },
  };
}

export type Source =
  | { readonly kind: 'dump'; readonly heap: HeapSource }
  | ({ readonly kind: 'scenario' } & LiveSource);

/** What has a heap with contents. @throws {UsageError} for a log, or an option that is not for what is named */
export async function sourceOf(
  args: SourceArgs,
  io: Io,
  options: Pick<RecorderOptions, 'marks' | 'onMalloc'> = {},
): Promise<Source> {
  const named = await openNamed('export', args.what, args, io);
  if (named.kind === 'dump') return { kind: 'dump', heap: dumpSource(named.shown, named.input) };
  if (named.kind === 'log') throw noContents('export', named.shown);
  return { kind: 'scenario', ...liveSource(named, args, options) };
}

/** What has steps. @throws {UsageError} for a dump */
export async function runToExport(
  args: SourceArgs,
  io: Io,
): Promise<{ readonly title: string; readonly run: RecordedRun }> {
  const named = await openNamed('export', args.what, args, io);
  if (named.kind === 'dump') {
    throw new UsageError(
      'export: --to trace wants a scenario or a log: a dump is one moment, a trace is a run',
    );
  }
  const run = named.run(stepOf('export', args.step));
  return { title: liveTitle(named, run), run };
}
