/** What a lesson's figures are numbers of: its texts say it, once for all. */
import { count, counted, hex } from '../format.ts';
import type { Lesson } from './lesson.ts';
import { figuresOf, fill } from './template.ts';

/** Words that follow a figure in a text and say what it counts. */
const nouns =
  /^ (?:such |different )?(B|bytes|%|pages|slots|objects|nodes|blocks|values|calls|slices|times?|collections)(?!\w)/;

/**
 * The unit of each figure that has one: `B`, `%`, `slots`, …; `address`; `share`, of which 1 is the whole; `in use|free`
 * for a truth. Places in a row, such as the number of a slot or a step, have none.
 */
export function unitsOf({ story, try: { see }, units: own = {} }: Lesson): Map<string, string> {
  const texts = story.flatMap(({ ask, text }) => [text, ask?.answer ?? '', ask?.question ?? '']);
  const units = new Map(Object.entries(own));
  for (const text of [...texts, see]) {
    for (const { name, format, after } of figuresOf(text)) {
      const figure = name.replace(/^was\./, '');
      const unit = unitOf(format, after);
      if (unit === undefined || units.has(figure)) continue;
      units.set(figure, unit);
    }
  }
  return units;
}

function unitOf(format: string | undefined, after: string): string | undefined {
  if (format === 'hex') return 'address';
  if (format === 'KiB' || format === 'MiB') return 'B';
  if (format === '%') return 'share';
  if (format?.startsWith('#')) return `${format.slice(1)}s`;
  // What makes a sentence is none for a table.
  if (format?.includes('|')) return /^[\w ]{1,14}\|[\w ]{1,14}$/.test(format) ? format : undefined;
  const noun = nouns.exec(after)?.[1];
  return noun === 'bytes' ? 'B' : noun === 'time' ? 'times' : noun;
}

/** `48 B`, `1 slot`, `31.3 %`, `0xc000060000`, `free (0)`. */
export function withUnit(value: number, unit: string | undefined): string {
  switch (unit) {
    case undefined:
      // Figures above 2^36 are addresses: no lesson has as many of anything else.
      if (value >= 2 ** 36) return hex(value);
      return Number.isInteger(value) ? count(value) : value.toFixed(3);
    case 'address':
      return hex(value);
    case 'share':
      return fill('{value:%}', { value });
    case 'B':
    case '%':
      return `${count(value)} ${unit}`;
    default:
      if (unit.includes('|')) return `${fill(`{value:${unit}}`, { value })} (${value})`;
      return counted(value, unit.replace(/s$/, ''));
  }
}
