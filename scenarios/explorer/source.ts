/** What a page is of, as steps and events: a scenario that is run, a log that is replayed, a dump. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { count, roundedBytes } from '../format.ts';
import { isDump, type LiveArgs, LiveScenario } from '../live.ts';
import { dumpSource, isDumpFile } from './dump-source.ts';
import { type LogArgs, logSource } from './log-source.ts';
import { type ExploreSource, runSource } from './run-source.ts';

export interface SourceArgs extends LiveArgs, LogArgs {
  readonly what: string;
}

/** What the user named. `until`: the last step of it; `tick` hears how far it is. */
export async function sourceOf(
  args: SourceArgs,
  until: number | undefined,
  tick: (text: () => string) => void,
): Promise<ExploreSource> {
  if (!isDump(args.what)) return scenarioSource(args, until, tick);
  if (isDumpFile(args.what)) return dumpSource(args.what);
  return logSource(args.what, args, until ?? Number.POSITIVE_INFINITY, (bytes) =>
    tick(() => `reading ${args.what}: ${roundedBytes(bytes)}`),
  );
}

/** Runs a scenario and tells what a page needs of it. */
async function scenarioSource(
  args: SourceArgs,
  until: number | undefined,
  tick: (text: () => string) => void,
): Promise<ExploreSource> {
  const live = await LiveScenario.load('explore', args.what, args);
  const { path, shown } = live;
  return runSource({
    name: shown,
    script: { name: basename(path), text: readFileSync(path, 'utf8') },
    run: (options) => live.run(until, options),
    lineNow: () => live.lineNow(),
    tick: (step) => tick(() => `running ${shown}: step ${count(step)}`),
  });
}
