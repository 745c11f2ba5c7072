/** Says that an answer is awaited, and what went wrong with one. */
import { count } from '../../../format.ts';
import type { Topic } from '../../contents/questions.ts';
import type { Asking } from '../use-answer.ts';

interface WaitingProps {
  readonly asking: Asking<Topic>;
  readonly step: number;
  readonly isAsked: boolean;
}

export function Waiting({ asking, step, isAsked }: WaitingProps) {
  const { isOpen, stepsRun, error } = asking;
  if (!isAsked) return null;
  if (error !== undefined && !isOpen) {
    return (
      <p class="waiting" role="alert">
        The heap at this step cannot be had: {error}
      </p>
    );
  }
  return (
    <p class="waiting" aria-hidden={!isOpen} data-open={isOpen ? '' : undefined}>
      {isOpen
        ? stepsRun > 0
          ? `Running to step ${count(step)}: ${count(stepsRun)} …`
          : 'Looking into the heap …'
        : ''}
    </p>
  );
}
