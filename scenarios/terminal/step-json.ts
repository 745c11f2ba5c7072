/** A step as data, as `explain --json` and `step --json` have it. */
import type { Timeline } from '../timeline/timeline.ts';
import { operationText, resultIn } from './operation.ts';

export function stepJson(timeline: Timeline, index: number, place: string | undefined): object {
  const step = timeline.step(index);
  const { goroutine, func, line, operation } = step;
  const result = resultIn(timeline, step);
  return {
    step: index,
    ...(place !== undefined && { place }),
    goroutine,
    func,
    line,
    operation,
    text: operationText(operation),
    ...(result !== undefined && { result }),
    events: timeline.eventsOf(step),
    before: index === 0 ? undefined : timeline.figures(index - 1),
    after: timeline.figures(index),
  };
}
