/** Asks for the bytes of the heap, again whenever the step or the question changes. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Questions, Topic } from '../contents/questions.ts';
import { Superseded } from './contents.ts';
import type { Explorer } from './explorer.ts';

/** While steps go by faster than this nothing is asked. */
const pause = 120;

export interface Asking<T extends Topic> {
  /** The last answer; of another step or question while `isOpen`. */
  readonly answer: Questions[T]['answer'] | undefined;
  /** The step that it is of. */
  readonly step: number;
  /** Whether a newer answer is awaited. */
  readonly isOpen: boolean;
  /** Of the run up to the step, while it is awaited. */
  readonly stepsRun: number;
  readonly error: string | undefined;
}

export function useAnswer<T extends Topic>(
  explorer: Explorer,
  topic: T,
  step: number,
  question: Questions[T]['question'] | undefined,
): Asking<T> {
  const state = useSignal<Asking<T> & { readonly settled?: string }>({
    answer: undefined,
    step: -1,
    isOpen: true,
    stepsRun: 0,
    error: undefined,
  });
  const { contents } = explorer;
  const key = question && JSON.stringify(question);
  const asked = `${step} ${key}`;
  useEffect(() => {
    if (question === undefined || contents.missing !== undefined) return;
    let isWanted = true;
    const update = (change: Partial<typeof state.value>): void => {
      if (isWanted) state.value = { ...state.peek(), ...change };
    };
    update({ isOpen: true, stepsRun: 0 });
    const ask = async (): Promise<void> => {
      try {
        const answer = await contents.ask(topic, step, question, (stepsRun) =>
          update({ stepsRun }),
        );
        update({ answer, step, settled: asked, isOpen: false, error: undefined });
      } catch (error) {
        if (error instanceof Superseded) return;
        const message = error instanceof Error ? error.message : String(error);
        update({ settled: asked, isOpen: false, error: message });
      }
    };
    const timer = setTimeout(() => void ask(), state.peek().answer === undefined ? 0 : pause);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [contents, topic, step, key]);
  const { value } = state;
  // Until the effect has run the answer is still that of the question before.
  const isLate = key !== undefined && !value.isOpen && value.settled !== asked;
  return isLate ? { ...value, isOpen: true } : value;
}
