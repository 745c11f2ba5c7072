/** Finds the next step in which something happens, or whose words have a text. */
import type { Explorer } from './explorer.ts';

const goals = {
  allocation: { event: 'malloc', name: 'allocation' },
  refill: { event: 'mcacheRefill', name: 'refill of an mcache' },
  growth: { event: 'heapGrow', name: 'growth of the heap' },
  collection: { event: 'gcStart', name: 'collection' },
} as const;

export type Goal = keyof typeof goals;

/** Goes to the next step with such an event; says so if there is none. */
export function findNext(explorer: Explorer, goal: Goal): boolean {
  const { timeline } = explorer;
  const { event, name } = goals[goal];
  const wanted = timeline.tables.map((table) => table.name === event);
  const from = timeline.step(explorer.step.peek()).endEvent;
  const { table } = timeline.events;
  for (let e = from; e < table.length; e++) {
    if (!wanted[table.at(e)]) continue;
    explorer.go(explorer.model.stepOf(e));
    return true;
  }
  explorer.say(`No ${name} after this step.`);
  return false;
}

/** Steps of text to make before the page may paint again. */
const slice = 500;

/** Goes to the next step of whose title or decisions the text is a part; from the first one on again after the last. */
export async function findText(explorer: Explorer, text: string): Promise<boolean> {
  const wanted = text.toLowerCase();
  const start = explorer.step.peek();
  const n = explorer.timeline.length;
  for (let i = 1; i <= n; i++) {
    const step = (start + i) % n;
    if (wordsOf(explorer, step).toLowerCase().includes(wanted)) {
      explorer.go(step);
      if (step <= start) explorer.say('The search went on from the first step.');
      return true;
    }
    if (i % slice === 0) {
      explorer.say(`Searching: ${Math.floor((i / n) * 100)} %`);
      await new Promise((resolve) => setTimeout(resolve));
      if (explorer.step.peek() !== start) return true;
    }
  }
  explorer.say(`No step has “${text}”.`);
  return false;
}

function wordsOf(explorer: Explorer, index: number): string {
  const step = explorer.timeline.step(index);
  return [
    explorer.title(step),
    step.func,
    ...explorer.tell(index).map(({ label, text }) => `${label} ${text}`),
  ].join('\n');
}
