/**
 * Texts with figures: `{slot}` is the figure with its thousands apart, `{base:hex}` an address,
 * `{heap:MiB}` and `{heap:KiB}` a size, its thousands apart and with two decimals unless it is whole, `{waste:%}` a share in percent, and
 * `{alive:yes|no}` one of two words for a truth, and
 * `{pages:#page}` a number with its noun.
 */
import { count, counted, hex } from '../format.ts';
import type { Figures } from './lesson.ts';

const placeholder = /\{([\w.]+)(?::([^}]+))?\}/g;

const rounded = (n: number): string => {
  if (Number.isInteger(n)) return count(n);
  const [whole, part] = n.toFixed(2).split('.');
  return `${count(Number(whole))}.${part}`;
};

const formats: Readonly<Record<string, (n: number) => string>> = {
  hex,
  KiB: (n) => `${rounded(n / 2 ** 10)} KiB`,
  MiB: (n) => `${rounded(n / 2 ** 20)} MiB`,
  '%': (n) => `${(n * 100).toFixed(1)} %`,
};

/** Fills a template in; `number` writes figures without a format. @throws {Error} for a figure that the run has not given, or an unknown format */
export function fill(template: string, figures: Figures, number = count): string {
  return template.replace(placeholder, (_, name: string, format: string | undefined) => {
    const value = figures[name];
    if (value === undefined) throw new Error(`"${template}": the run gives no figure ${name}`);
    if (format === undefined) return number(value);
    if (format.startsWith('#')) return counted(value, format.slice(1));
    const words = format.split('|');
    if (words.length === 2) return value !== 0 ? words[0]! : words[1]!;
    const show = formats[format];
    if (show === undefined) throw new Error(`"${template}": no format ${format}`);
    return show(value);
  });
}

/** The figures that a template names, each with its format and the text after it. */
export function figuresOf(
  template: string,
): { name: string; format: string | undefined; after: string }[] {
  return [...template.matchAll(placeholder)].map((match) => ({
    name: match[1]!,
    format: match[2],
    after: template.slice(match.index + match[0].length),
  }));
}
