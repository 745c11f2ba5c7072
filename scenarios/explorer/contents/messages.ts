/** What a page and its worker tell each other of the bytes of the heap. */
import type { RunArgs } from '../../target-options.ts';
import type { Questions, Topic } from './questions.ts';

/** The first message: which run it is that is asked about. */
export interface Begin {
  readonly lookInto: {
    readonly script: { readonly name: string; readonly text: string };
    readonly args: RunArgs;
  };
}

/** A question about the heap after a step. */
export type Asked = {
  [T in Topic]: {
    readonly id: number;
    readonly topic: T;
    readonly step: number;
    readonly question: Questions[T]['question'];
  };
}[Topic];

/** What comes back: how far the run is, and in the end an answer or what went wrong. */
export type Reply =
  | { readonly id: number; readonly steps: number }
  | { readonly id: number; readonly answer: Questions[Topic]['answer'] }
  | { readonly id: number; readonly error: string };
