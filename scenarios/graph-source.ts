/** Commands on the object graph of a dump, or of a scenario at one of its steps. */
import type { ObjectGraph } from '../dump/graph.ts';
import { hex } from './format.ts';
import { dumpFailure, readWhole } from './input.ts';
import type { Io } from './io.ts';
import { type LiveArgs, liveTitle, stepOf } from './live.ts';
import { liveGraph } from './live-graph.ts';
import { noContents, openNamed } from './open-named.ts';
import { dumpGraph, type NamedGraph } from './terminal/graph.ts';
import type { RecordedRun } from './timeline/record.ts';
import { UsageError } from './usage-error.ts';

/** What a command on the graph works with. */
export interface GraphSource {
  readonly title: string;
  readonly named: NamedGraph;
  /** The bytes of the dump that the graph is of. */
  readonly dump: Uint8Array;
  /** The run, where it is one of a scenario. Its world was dumped: its mcaches are empty. */
  readonly run: RecordedRun | undefined;
}

/** Options and argument of commands on a graph. */
export interface GraphArgs extends LiveArgs {
  readonly what: string;
  readonly step?: string | undefined;
}

/** Makes the graph. @throws {UsageError} for what is no dump and no scenario, or a dump that is corrupt */
export async function graphSource(command: string, args: GraphArgs, io: Io): Promise<GraphSource> {
  const named = await openNamed(command, args.what, args, io);
  if (named.kind === 'dump') {
    const dump = readWhole(named.input);
    try {
      return { title: args.what, named: dumpGraph(dump), dump, run: undefined };
    } catch (error) {
      throw dumpFailure(named.shown, error, UsageError);
    }
  }
  if (named.kind === 'log') throw noContents(command, named.shown);
  const run = named.run(stepOf(command, args.step));
  const title = liveTitle(named, run);
  return { title, ...liveGraph(run), run };
}

/** The object that holds an address. @throws {UsageError} where there is none */
export function objectAt(title: string, graph: ObjectGraph, address: number): number {
  const ordinal = graph.index.find(address);
  if (ordinal >= 0) return ordinal;
  throw new UsageError(`${title}: no object of the heap is at ${hex(address)}`);
}
