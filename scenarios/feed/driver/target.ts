/** A reader under test: how it is started, how it is handed a dump, and what its endings mean. */
import { accessSync, constants, statSync } from 'node:fs';
import { basename, delimiter, join, resolve } from 'node:path';
import { didYouMean } from '../../suggest.ts';
import { UsageError } from '../../usage-error.ts';
import { detectLanguage, type Language, languages } from './languages.ts';

/**
 * `file`: the dump's path stands for `{}`. `stdin`: the dump is standard input, a file. `slow`: it is a pipe that is
 * fed byte by byte. `worker`: one process gets many dumps, see worker.ts.
 */
const deliveries = ['file', 'stdin', 'slow', 'worker'] as const;
type Delivery = (typeof deliveries)[number];

/** A reader and what is known of it. */
export interface Target {
  readonly name: string;
  /** The program, as an absolute path, and its arguments; `{}` in an argument stands for the dump's path. */
  readonly argv: readonly string[];
  readonly delivery: Delivery;
  readonly language: Language;
  /** Exit codes with which it refuses a dump; undefined: any but 0. */
  readonly rejectCodes: readonly number[] | undefined;
  /** What its standard error says when it refuses a dump on purpose, though it looks like a crash. */
  readonly rejectPattern: RegExp | undefined;
  /** What of the flags of `may` dumps it allows; undefined: either answer is right. */
  readonly allow: ReadonlySet<string> | undefined;
  /** Features of dumps that it does not have, so that it may refuse dumps with them. */
  readonly lacks: ReadonlySet<string>;
}

/** What the options of the command line say of all targets. */
export interface TargetOptions {
  readonly delivery?: string | undefined;
  readonly preset?: string | undefined;
  readonly rejectCode?: readonly string[] | undefined;
  readonly rejectPattern?: string | undefined;
  readonly allow?: readonly string[] | undefined;
  readonly lacks?: readonly string[] | undefined;
}

/**
 * The targets of `--target 'name=cmd {}'` options.
 *
 * @throws {UsageError} when one cannot be started, or two have one name
 */
export function parseTargets(texts: readonly string[], options: TargetOptions): Target[] {
  if (texts.length === 0) {
    throw new UsageError("feed: which reader? --target 'command {}'; {} stands for the dump");
  }
  const targets = texts.map((text) => parseTarget(text, options));
  const names = targets.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new UsageError(
      `feed: two targets are called ${twice}: give names, --target a='…' --target b='…'`,
    );
  }
  return targets;
}

function parseTarget(text: string, options: TargetOptions): Target {
  const named = /^([A-Za-z][A-Za-z0-9._-]{0,39})=(.+)$/s.exec(text);
  const words = splitWords(named?.[2] ?? text);
  const program = words[0];
  if (program === undefined) throw new UsageError('feed: --target is empty: name a command');
  const path = findProgram(program);
  const name = named?.[1] ?? (basename(program).replace(/[^A-Za-z0-9._-]/g, '_') || 'target');
  const argv = [path, ...words.slice(1).map(absoluteIfThere)];
  const takesPath = argv.slice(1).some((word) => word.includes('{}'));
  return {
    name,
    argv,
    delivery: deliveryOf(options.delivery, takesPath),
    language: languageOf(options.preset, argv),
    rejectCodes: codesOf(options.rejectCode),
    rejectPattern: patternOf(options.rejectPattern),
    allow: options.allow && new Set(listOf(options.allow).filter((flag) => flag !== 'none')),
    lacks: new Set(listOf(options.lacks ?? [])),
  };
}

/** Words as a shell has them, with quotes and backslashes but no variables, pipes or patterns. */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  const token = /\s+|'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^\s'"\\]+)|(.)/gsy;
  for (const match of text.matchAll(token)) {
    const [space, single, double, escaped, plain, bad] = match;
    if (bad !== undefined) throw new UsageError(`feed: --target: ${bad} is not closed in ${text}`);
    const piece = single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? escaped ?? plain;
    if (piece !== undefined) word = (word ?? '') + piece;
    else if (space !== undefined && word !== undefined) {
      words.push(word);
      word = undefined;
    }
  }
  return word === undefined ? words : [...words, word];
}

/**
 * Targets run elsewhere, so a word that names a file here becomes its whole path; a folder only where the word has a slash, since
 * `read` is more often a command of the target.
 */
function absoluteIfThere(word: string): string {
  const stats = word === '' ? undefined : statSync(word, { throwIfNoEntry: false });
  return stats?.isFile() || (stats !== undefined && word.includes('/')) ? resolve(word) : word;
}

function findProgram(program: string): string {
  const places = program.includes('/')
    ? [resolve(program)]
    : (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder || '.', program));
  const found = places.find(isProgram);
  if (found !== undefined) return resolve(found);
  throw new UsageError(
    `feed: --target: ${program}: no such program${program.includes('/') ? ', or it cannot be run' : ' on the PATH'}`,
  );
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function deliveryOf(text: string | undefined, takesPath: boolean): Delivery {
  if (text === undefined) return takesPath ? 'file' : 'stdin';
  const delivery = deliveries.find((known) => known === text);
  if (delivery === undefined) {
    throw new UsageError(
      `feed: --delivery: want ${deliveries.join(', ')}, got "${text}".${didYouMean(text, deliveries)}`,
    );
  }
  if ((delivery === 'file') !== takesPath) {
    throw new UsageError(
      takesPath
        ? `feed: --delivery ${delivery}: the dump comes by standard input, so the command has no {}`
        : 'feed: --delivery file: the command needs {} where the path of the dump goes',
    );
  }
  return delivery;
}

function languageOf(text: string | undefined, argv: readonly string[]): Language {
  if (text === undefined || text === 'auto') return detectLanguage(argv);
  if (Object.hasOwn(languages, text)) return languages[text as keyof typeof languages];
  const known = ['auto', ...Object.keys(languages)];
  throw new UsageError(
    `feed: --preset: want ${known.join(', ')}, got "${text}".${didYouMean(text, known)}`,
  );
}

function listOf(texts: readonly string[]): string[] {
  return texts.flatMap((text) => text.split(',')).filter((word) => word !== '');
}

function codesOf(texts: readonly string[] | undefined): number[] | undefined {
  return texts && listOf(texts).map(codeOf);
}

function codeOf(text: string): number {
  const code = /^\d+$/.test(text) ? Number(text) : -1;
  if (code >= 1 && code <= 255) return code;
  throw new UsageError(`feed: --reject-code: want exit codes from 1 to 255, got "${text}"`);
}

function patternOf(text: string | undefined): RegExp | undefined {
  if (text === undefined) return undefined;
  try {
    return new RegExp(text, 'm');
  } catch (error) {
    throw new UsageError(`feed: --reject-pattern: ${(error as Error).message}`);
  }
}
