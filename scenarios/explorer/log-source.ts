/** A real program's log as a page: each request to its allocator is a step. */
import { basename } from 'node:path';
import { count, counted } from '../format.ts';
import { replayLog } from '../replay/replay-log.ts';
import { ReplayRecorder } from '../timeline/replay-recorder.ts';
import type { ExploreSource } from './run-source.ts';
import { programTypeInfos } from './type-info.ts';

/** What `replay` takes as well. */
export interface LogArgs {
  readonly binary?: string | undefined;
  /** As when the log was made. */
  readonly gogc: string;
}

export function logSource(
  path: string,
  { binary, gogc }: LogArgs,
  limit: number,
  heard: (bytes: number) => void,
): ExploreSource {
  const recorder = new ReplayRecorder();
  const { goarch, replayer, types } = replayLog({
    log: path,
    binary,
    goarch: undefined,
    allocHeaders: true,
    envs: undefined,
    args: undefined,
    gogc,
    limit,
    observer: recorder,
    heard,
  });
  const timeline = recorder.end();
  const { world, requests, agreeing } = replayer;
  for (const [addr, name] of types.names) timeline.types.set(addr, name);
  return {
    timeline,
    sections: new Map(),
    info: {
      kind: 'log',
      name: basename(path),
      about: `a replayed log, linux/${goarch}, ${counted(timeline.length - 1, 'step')}`,
      goarch,
      allocHeaders: true,
      step: Math.min(1, timeline.length - 1),
      marks: false,
      script: undefined,
      lines: [],
      types: programTypeInfos(types.layouts(), timeline, world.arch.ptrSize),
      withoutContents:
        'A log tells what was asked for and where it lies, not what the program wrote there.',
      notes:
        agreeing === requests
          ? []
          : [
              `${count(requests - agreeing)} of ${counted(requests, 'address', 'addresses')} lie elsewhere in the log`,
            ],
    },
  };
}
