/** What a page knows beside the timeline. It is embedded as JSON. */
import type { GoArch } from '../../sim/arch.ts';
import type { MemStats, Uint64 } from '../../sim/stopped-world.ts';
import type { ParamSpecs } from '../dsl/params.ts';
import type { ToldStory } from '../lessons/story.ts';
import type { RunArgs } from '../target-options.ts';
import type { Steps } from './thin.ts';
import type { TypeInfo } from './type-info.ts';

/** Where the log comes from: a run of a scenario, a replayed log, or the objects of a dump. */
type SourceKind = 'scenario' | 'log' | 'dump';

/** runtime.MemStats with decimal digits in place of what JSON has no number for. */
export type StatsJson = Readonly<
  Record<keyof MemStats, number | string | readonly (number | string)[]>
>;

const jsonNumber = (n: Uint64): number | string => (typeof n === 'bigint' ? n.toString() : n);

export function statsAsJson(stats: MemStats): StatsJson {
  const entries = Object.entries(stats).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.map(jsonNumber) : jsonNumber(value),
  ]);
  return Object.fromEntries(entries) as StatsJson;
}

/** The statistics again, each number exact. */
export function statsFromJson(json: StatsJson): MemStats {
  const number = (n: number | string): Uint64 => (typeof n === 'string' ? BigInt(n) : n);
  const entries = Object.entries(json).map(([name, value]) => [
    name,
    typeof value === 'object' ? value.map(number) : number(value),
  ]);
  return Object.fromEntries(entries) as unknown as MemStats;
}

/** How the script can be run again in the page. */
export interface LiveInfo {
  readonly args: RunArgs;
  /** The last step; without it the run goes to its end. */
  readonly until: number | undefined;
  /** See {@link Steps}. */
  readonly from: number | undefined;
  readonly every: number | undefined;
  readonly params: ParamSpecs;
}

export interface PageInfo {
  readonly kind: SourceKind;
  /** As the user named it. */
  readonly name: string;
  /** One sentence. */
  readonly about: string;
  readonly goarch: GoArch;
  readonly allocHeaders: boolean;
  /** The step that the page opens with. */
  readonly step: number;
  /** Whether marked objects are in the log. */
  readonly marks: boolean;
  /** The script, and the line of it that each step stands on, 0 where none does. */
  readonly script: { readonly name: string; readonly text: string } | undefined;
  readonly lines: readonly number[];
  /** The types of what is allocated. */
  readonly types: readonly TypeInfo[];
  /** Why the page cannot tell what is in objects, where it cannot. */
  readonly withoutContents?: string;
  /** What a dump has, in rows of a name and what it is. */
  readonly facts?: readonly (readonly [label: string, text: string])[];
  /** The statistics of a dump, as {@link statsAsJson} has them. */
  readonly memstats?: StatsJson;
  /** What the reader must know, as what was left out. */
  readonly notes: readonly string[];
  /** Which steps of the run the page has, where it has not all. */
  readonly steps?: Steps;
  /** Whether the page has the engine that runs the script again. */
  readonly live?: LiveInfo;
  /** Why it has none. */
  readonly still?: string;
  /** A lesson's story. */
  readonly story?: ToldStory;
  /** Why it is not told. */
  readonly untold?: string;
}
