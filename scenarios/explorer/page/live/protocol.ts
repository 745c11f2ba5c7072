/** What the page and its engine, a worker, say to each other. */
import type { ParamSpecs } from '../../../dsl/params.ts';
import type { RunArgs } from '../../../target-options.ts';
import type { LiveInfo, PageInfo } from '../../page-info.ts';

/** A script to run, and what decides its run. */
export interface RunRequest {
  readonly name: string;
  /** The script's file name and its TypeScript. */
  readonly script: { readonly name: string; readonly text: string };
  readonly args: RunArgs;
  /** Which steps, as {@link LiveInfo} has them. */
  readonly range: Pick<LiveInfo, 'until' | 'from' | 'every'>;
}

export type EngineReply =
  /** The script was read; these are its parameters. */
  | { readonly kind: 'loaded'; readonly params: ParamSpecs }
  | { readonly kind: 'progress'; readonly step: number }
  | {
      readonly kind: 'done';
      /** As {@link packTimeline} makes it. */
      readonly timeline: Uint8Array<ArrayBuffer>;
      readonly sections: ReadonlyMap<string, Uint8Array>;
      readonly info: PageInfo;
    }
  | {
      readonly kind: 'failed';
      readonly message: string;
      /** Why the place is not known yet; undefined where `message` has it, or there is none. */
      readonly unread?: Unread;
    };

/** A script that cannot be read. */
export interface Unread {
  /** What was made of it, where that is what the browser could not read. Its lines are the script's. */
  readonly javaScript?: string;
}
