/** What is exported: a dump, read from its file as often as needed, or a scenario at one of its steps. */
import { statSync } from 'node:fs';
import { openDumpFile, readWhole } from '../input.ts';
import { isDump, type LiveArgs, LiveScenario, liveTitle, stepOf } from '../live.ts';
import { dumpOf } from '../live-graph.ts';
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
function dumpSource(path: string): HeapSource {
  const title = path === '-' ? 'standard input' : path;
  const isFile = path !== '-' && (statSync(path, { throwIfNoEntry: false })?.isFile() ?? true);
  if (!isFile) {
    const bytes = readWhole(path);
    return { title, chunks: () => piecesOf(bytes), naming: dumpNaming() };
  }
  const chunks = function* (): Generator<Uint8Array> {
    const file = openDumpFile(path);
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
async function liveSource(
  args: SourceArgs,
  options: Pick<RecorderOptions, 'marks' | 'onMalloc'>,
): Promise<LiveSource> {
  const live = await LiveScenario.load('export', args.what, args);
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

/** @throws {UsageError} for what is no dump and no scenario, or an option that it does not take */
export async function sourceOf(
  args: SourceArgs,
  options: Pick<RecorderOptions, 'marks' | 'onMalloc'> = {},
): Promise<Source> {
  if (!isDump(args.what)) return { kind: 'scenario', ...(await liveSource(args, options)) };
  if (args.step !== undefined) {
    throw new UsageError('export: --step is for scenarios: a dump has one state');
  }
  return { kind: 'dump', heap: dumpSource(args.what) };
}
