/** A real program's log as a page: each request to its allocator is a step. */
import { basename } from 'node:path';
import { counted } from '../format.ts';
import { disagreement, targetOf } from '../live.ts';
import type { LiveLog } from '../live-log.ts';
import type { ExploreSource } from './run-source.ts';
import { logTypeInfos } from './type-info.ts';

/** The log up to a step; to its end without one. @throws {UsageError} */
export function logSource(live: LiveLog, until?: number): ExploreSource {
  const run = live.run(until);
  const { timeline, world, types } = run;
  return {
    timeline,
    sections: new Map(),
    info: {
      kind: 'log',
      name: basename(live.shown),
      about: `a replayed log, ${targetOf(run)}, ${counted(timeline.length - 1, 'step')}`,
      goarch: world.arch.goarch,
      allocHeaders: world.allocHeaders,
      step: Math.min(1, timeline.length - 1),
      marks: false,
      script: undefined,
      lines: [],
      types: logTypeInfos(world, types.layouts(), timeline),
      withoutContents:
        'A log tells what was asked for and where it lies, not what the program wrote there.',
      notes: disagreement(run),
    },
  };
}
