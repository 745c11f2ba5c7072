/** A real program's log that is looked into while it is replayed: each request to the allocator is a step. */
import { basename } from 'node:path';
import type { World } from '../sim/runtime.ts';
import { roundedBytes } from './format.ts';
import type { Peeked } from './input.ts';
import { type Io, Progress } from './io.ts';
import { checkStep, type Live } from './live.ts';
import type { LogHints } from './replay/log-options.ts';
import { replayFreely } from './replay/replay-log.ts';
import type { RequestTypes } from './replay/request-types.ts';
import type { RecordedRun } from './timeline/record.ts';
import { ownType, ReplayRecorder } from './timeline/replay-recorder.ts';
import type { Timeline } from './timeline/timeline.ts';
import { UsageError } from './usage-error.ts';

/** A replay, always with what is known of its log. */
export interface ReplayedRun extends RecordedRun {
  readonly log: NonNullable<RecordedRun['log']>;
  readonly types: RequestTypes;
}

/** A log that can be replayed up to any of its requests, always the same way. */
export class LiveLog implements Live {
  readonly kind = 'log';
  readonly shown: string;
  readonly #file: Peeked;
  readonly #hints: LogHints;
  readonly #io: Io;
  #wasRead = false;

  constructor(file: Peeked, hints: LogHints, io: Io) {
    this.shown = file.name;
    this.#file = file;
    this.#hints = hints;
    this.#io = io;
  }

  /** Whether the log can be replayed more than once. */
  get isFile(): boolean {
    return !this.#file.once;
  }

  /**
   * Replays up to a request; to the end without one. What the log tells later of what came before is
   * known as it is in a replay of the whole: the world is the one that the whole goes through.
   *
   * @throws {UsageError} for a log that cannot be replayed, or a request that it does not have
   */
  run(until?: number): ReplayedRun {
    if (this.#wasRead && !this.isFile) {
      throw new UsageError(`${this.shown} can be read but once: write the log to a file`);
    }
    this.#wasRead = true;
    const recorder = new ReplayRecorder(until);
    const progress = new Progress(this.#io);
    const { replayer, types, target } = replayFreely({
      ...this.#hints,
      log: this.#file.input,
      limit: Number.POSITIVE_INFINITY,
      observer: recorder,
      heard: (bytes) => progress.tick(() => `reading ${this.shown}: ${roundedBytes(bytes)}`),
    });
    progress.done();
    const timeline = recorder.end();
    nameTypes(timeline, replayer.world, types);
    const { world, requests, agreeing, goroutines } = replayer;
    const { hasProgram } = types;
    const { notes } = target;
    const log = { requests, agreeing, hasProgram, notes, stacks: goroutines.known() };
    const run = { timeline, world, allocations: recorder.allocations, log, types };
    checkStep(this.shown, run, until);
    return run;
  }

  places({ timeline }: RecordedRun, steps: ReadonlySet<number>): ReadonlyMap<number, string> {
    const name = basename(this.shown);
    const places = new Map<number, string>();
    for (const index of steps) {
      const { line } = timeline.step(index);
      if (line > 0) places.set(index, `${name}:${line}`);
    }
    return places;
  }
}

/** Tells a log's timeline the types of the model, and those of the program. */
function nameTypes(timeline: Timeline, world: World, types: RequestTypes): void {
  const sizes = new Map<string, number>();
  for (const { addr, string, size } of world.types.all()) {
    timeline.types.set(ownType(addr), string);
    timeline.typeSizes.set(ownType(addr), size);
    sizes.set(string, size);
  }
  for (const [addr, name] of types.names) {
    timeline.types.set(addr, name);
    // Without its executable numbers, strings and the runtime's structures are known by name.
    const size = types.sizeAt(addr) ?? sizes.get(name);
    if (size !== undefined) timeline.typeSizes.set(addr, size);
  }
}
