/** What a page is of, as steps and events: a scenario that is run, a log that is replayed, a dump. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { count } from '../format.ts';
import type { Io } from '../io.ts';
import type { LiveArgs } from '../live.ts';
import type { LiveScenario } from '../live-scenario.ts';
import { openNamed } from '../open-named.ts';
import { bundleScript } from './bundle.ts';
import { dumpSource } from './dump-source.ts';
import { engineFor } from './engine.ts';
import { logSource } from './log-source.ts';
import { type ExploreSource, runSource } from './run-source.ts';
import { thinned } from './thin.ts';

export interface SourceArgs extends LiveArgs {
  readonly what: string;
}

/** Which steps of what the user named. */
export interface StepRange {
  /** The last one. */
  readonly until: number | undefined;
  readonly from: number | undefined;
  readonly every: number | undefined;
}

/** What the user named; `tick` hears how far it is. */
export async function sourceOf(
  args: SourceArgs,
  range: StepRange,
  io: Io,
  tick: (text: () => string) => void,
): Promise<ExploreSource> {
  const named = await openNamed('explore', args.what, args, io);
  switch (named.kind) {
    case 'dump':
      return dumpSource(named);
    case 'log':
      return thinned(logSource(named, range.until), range);
    case 'scenario':
      return scenarioSource(named, range, tick);
    default:
      return named satisfies never;
  }
}

/** Runs a scenario and tells what a page needs of it. */
async function scenarioSource(
  live: LiveScenario,
  range: StepRange,
  tick: (text: () => string) => void,
): Promise<ExploreSource> {
  const { until } = range;
  const { path, shown, args: runArgs, params } = live;
  const script = { name: basename(path), text: readFileSync(path, 'utf8') };
  const engine = await engineFor(path);
  const editor = await bundleScript('live/editor.ts');
  const sections = new Map([['editor', encode(editor)]]);
  const canRun = !('whyNot' in engine);
  if (canRun) sections.set('engine', encode(engine.script));
  const source = runSource({
    name: shown,
    script,
    run: (options) => live.run(until, options),
    ...(until === undefined && live.lesson && { lesson: live.lesson, options: live.options }),
    lineNow: () => live.lineNow(),
    tick: (step) => tick(() => `running ${shown}: step ${count(step)}`),
  });
  for (const [name, section] of source.sections) sections.set(name, section);
  const info = {
    ...source.info,
    ...(canRun ? { live: { args: runArgs, ...range, params } } : { still: engine.whyNot }),
  };
  return thinned({ ...source, sections, info }, range);
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
