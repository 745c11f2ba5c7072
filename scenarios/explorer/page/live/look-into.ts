/** The engine's other half: tells what the heap of a run holds after a step. */
import type { Asked, Reply } from '../../contents/messages.ts';
import type { ScenarioContents } from '../../contents/scenario-contents.ts';

export function answerTo(
  contents: ScenarioContents,
  asked: Asked,
  reply: (message: Reply) => void,
): void {
  const { id, step } = asked;
  const heard = (steps: number): void => reply({ id, steps });
  switch (asked.topic) {
    case 'address':
      reply({ id, answer: contents.address(step, asked.question.address, heard) });
      break;
    case 'roots':
      reply({ id, answer: contents.roots(step, heard) });
      break;
    case 'holders':
      reply({ id, answer: contents.holders(step, asked.question.from, heard) });
      break;
    case 'dumps':
      reply({ id, answer: contents.dumps() });
      break;
    default:
      asked satisfies never;
  }
}
