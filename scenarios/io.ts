import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { isatty } from 'node:tty';
import { printable } from './format.ts';
import { writeFully } from './output.ts';

/** Where text and bytes go. */
export interface Out {
  /** @throws {OutputClosed} when nobody reads on the other side */
  write(data: string | Uint8Array): void;
  readonly isTTY: boolean;
}

/** Text that comes in line by line. */
interface LinesIn {
  lines(): AsyncIterable<string>;
  readonly isTTY: boolean;
}

/** The world around a command; tests give it their own. */
export interface Io {
  readonly stdin: LinesIn;
  readonly stdout: Out;
  readonly stderr: Out;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds, for progress only. */
  now(): number;
  /**
   * Calls `cleanup` should a signal end the process before the returned function is called. While
   * nothing is held, a signal ends the process at once.
   */
  onSignal(cleanup: () => void): () => void;
}

function outOf(fd: number, name: string): Out {
  const encoder = new TextEncoder();
  return {
    isTTY: isatty(fd),
    write(data) {
      writeFully(fd, typeof data === 'string' ? encoder.encode(data) : data, name);
    },
  };
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Wipes the line that a {@link Progress} may have left; the terminal itself may be gone. */
function wipeProgress(): void {
  try {
    if (isatty(2)) writeSync(2, '\r\x1b[K');
  } catch {
    // Then there is no line either.
  }
}

/** The real terminal, files and signals. Writes are synchronous, so memory stays bounded on pipes. */
export function processIo(): Io {
  const held = new Set<() => void>();
  const end = (signal: NodeJS.Signals): void => {
    for (const cleanup of held) cleanup();
    held.clear();
    forget();
    wipeProgress();
    process.kill(process.pid, signal);
  };
  const forget = (): void => {
    for (const signal of signals) process.off(signal, end);
  };
  return {
    stdin: {
      isTTY: isatty(0),
      lines: () => createInterface({ input: process.stdin }),
    },
    stdout: outOf(1, 'standard output'),
    stderr: outOf(2, 'standard error'),
    env: process.env,
    now: () => performance.now(),
    onSignal(cleanup) {
      if (held.size === 0) for (const signal of signals) process.on(signal, end);
      held.add(cleanup);
      return () => {
        if (held.delete(cleanup) && held.size === 0) forget();
      };
    },
  };
}

/** A command line to suggest, as the user reaches us: from within the repository by `npm start --`. */
export function suggestion(commandLine: string, env: Io['env']): string {
  return env.npm_lifecycle_event === 'start'
    ? commandLine.replace(/^goheapsim/, 'npm start --')
    : commandLine;
}

/** Bold and colours, which are ours or do no harm, and line ends. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is let through
const harmless = /(\x1b\[\d{1,2}m|\n)/;

/** Names of files, of functions and types, and what a script says may hold anything. */
function unobeyed(text: string): string {
  if (printable(text) === text) return text;
  return text
    .split(harmless)
    .map((part, i) => (i % 2 === 1 ? part : printable(part)))
    .join('');
}

/** Lines of text for one output, handed on in pieces of some 64 KiB. */
export class Printer {
  readonly #out: Out;
  readonly #color: boolean;
  #pending = '';

  constructor(out: Out, env: Io['env']) {
    this.#out = out;
    this.#color = out.isTTY && !env.NO_COLOR && env.TERM !== 'dumb';
  }

  /** Prints `text` and a line end; what a terminal would obey, but for our own bold and colours, as escapes. */
  line(text = ''): void {
    this.#pending += `${unobeyed(text)}\n`;
    if (this.#pending.length >= 65536) this.flush();
  }

  lines(texts: Iterable<string>): void {
    for (const text of texts) this.line(text);
  }

  /** `text` in bold on a terminal that shows colours and is not asked to leave them. */
  bold(text: string): string {
    return this.#color ? `\x1b[1m${text}\x1b[22m` : text;
  }

  flush(): void {
    const text = this.#pending;
    this.#pending = '';
    if (text !== '') this.#out.write(text);
  }
}

/**
 * A line on the terminal that says how far a long task is. It appears after one second, only on a
 * terminal, and is wiped at the end.
 */
export class Progress {
  readonly #io: Io;
  readonly #start: number;
  #last: number;
  #shown = false;

  constructor(io: Io) {
    this.#io = io;
    this.#start = io.now();
    this.#last = this.#start + 750;
  }

  /** Call it often; `text` is asked for at most four times a second. */
  tick(text: () => string): void {
    if (!this.#io.stderr.isTTY) return;
    const now = this.#io.now();
    if (now - this.#last < 250) return;
    this.#last = now;
    this.#shown = true;
    const seconds = Math.floor((now - this.#start) / 1000);
    this.#io.stderr.write(`\r\x1b[K${printable(`${text()}, ${seconds} s`).slice(0, 79)}`);
  }

  /** Wipes the line. */
  done(): void {
    if (this.#shown) this.#io.stderr.write('\r\x1b[K');
    this.#shown = false;
  }
}
