/** A lesson's story for a terminal. */

import type { ParamSpecs } from '../dsl/params.ts';
import { table, wrap } from '../format.ts';
import type { Figures } from '../lessons/lesson.ts';
import type { ToldPoint, ToldStory } from '../lessons/story.ts';
import { withUnit } from '../lessons/units.ts';
import { allParamLines } from '../param-lines.ts';

/** A lesson as the course lists it. */
export interface CourseEntry {
  readonly number: number;
  readonly name: string;
  readonly title: string;
  readonly order: number;
  readonly question: string;
}

/** All lessons in the order of the course. */
export function courseLines(course: readonly CourseEntry[]): string[] {
  const rows = course.map(({ number, question }) => [String(number), question]);
  return table(rows, { right: [0] });
}

/** The lines above a story. */
export function headLines({ name, question }: ToldStory): string[] {
  return [...wrap(question), `The program is ${name}: goheapsim run ${name}`];
}

/** A paragraph that begins with a label. */
function labelled(label: string, text: string): string[] {
  const lines = wrap(text, label.length + 5);
  return lines.map((line, i) => (i === 0 ? `   ${label}: ${line.trimStart()}` : line));
}

/** What is said of a point before the reader has guessed; nothing where nothing is asked. */
export function questionLines({ ask }: ToldPoint): string[] {
  return ask === undefined ? [] : labelled('Question', ask.question);
}

/** What is said of a point then. */
export function answerLines({ ask, text, look }: ToldPoint): string[] {
  return [
    ...(ask === undefined ? [] : labelled('Answer', ask.answer)),
    ...wrap(text, 3),
    ...(look === undefined ? [] : [`   $ ${look}`]),
  ];
}

/** What to change, what can be changed, and where the course goes on. */
export function tryLines(story: ToldStory, params: ParamSpecs, next: number | undefined): string[] {
  const { command, see } = story.try;
  const lines = [`Try: ${command}`, ...wrap(see, 3), ...allParamLines(params)];
  if (next !== undefined) lines.push('', `Next: goheapsim lesson ${next}`);
  return lines;
}

/** Figures that differ between a lesson's own run and a changed one, each with its unit. */
export function changeLines(
  was: Figures,
  now: Figures,
  units: ReadonlyMap<string, string>,
): string[] {
  const names = Object.keys(now).filter((name) => now[name] !== was[name]);
  if (names.length === 0) return ['  no figure differs'];
  const text = (name: string, n: number | undefined): string =>
    n === undefined ? '' : withUnit(n, units.get(name));
  const rows = names.map((name) => [name, text(name, was[name]), text(name, now[name])]);
  return table([['', 'as it is', 'changed'], ...rows], { right: [1, 2] });
}
