/** Text for a terminal: colour where it is shown, and characters that every terminal has where that is asked for. */
import { type Io, Printer } from '../io.ts';

/** Options of commands that draw. */
export const drawOptions = {
  ascii: { type: 'boolean', describe: 'Draw with ASCII characters alone' },
  json: { type: 'boolean', describe: 'Print JSON' },
} as const;

/** Colours that are told apart without red and green. */
const colours = { blue: 34, cyan: 36, yellow: 33, magenta: 35, grey: 90 } as const;

export type Colour = keyof typeof colours;

/** Each drawn character, and what stands for it where only ASCII can be shown. */
const replacements: Readonly<Record<string, string>> = {
  '█': '#',
  '▒': '+',
  '░': '.',
  '·': '.',
  '…': '~',
};

export class Sheet {
  readonly color: boolean;
  readonly #ascii: boolean;
  readonly #printer: Printer;

  constructor(io: Io, { ascii = false }: { ascii?: boolean | undefined } = {}) {
    const { env, stdout } = io;
    this.#printer = new Printer(stdout, env);
    this.color = stdout.isTTY && !env.NO_COLOR && env.TERM !== 'dumb';
    const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
    this.#ascii = ascii || !/utf-?8/i.test(locale);
  }

  bold(text: string): string {
    return this.#printer.bold(text);
  }

  paint(colour: Colour, text: string): string {
    return this.color ? `\x1b[${colours[colour]}m${text}\x1b[39m` : text;
  }

  line(text = ''): void {
    this.#printer.line(this.#ascii ? toAscii(text) : text);
  }

  lines(texts: Iterable<string>): void {
    for (const text of texts) this.line(text);
  }

  /** JSON is ASCII already, whatever the locale. */
  json(text: string): void {
    this.#printer.line(text);
  }

  flush(): void {
    this.#printer.flush();
  }
}

/** Paragraphs, an empty line between two of which one has more than a line. */
export class Paragraphs {
  readonly #sheet: Sheet;
  #last = 0;

  constructor(sheet: Sheet) {
    this.#sheet = sheet;
  }

  add(lines: readonly string[]): void {
    if (this.#last > 0 && this.#last + lines.length > 2) this.#sheet.line();
    this.#sheet.lines(lines);
    this.#last = lines.length;
  }
}

function toAscii(text: string): string {
  return text.replace(/[█▒░·…]/g, (c) => replacements[c]!);
}

/** A bar of `width` characters of which the share is filled. */
export function bar(share: number, width: number): string {
  const filled = Math.round(Math.max(0, Math.min(1, share)) * width);
  return '█'.repeat(filled) + '░'.repeat(width - filled);
}
