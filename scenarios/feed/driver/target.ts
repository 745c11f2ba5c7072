/** A reader under test: how it is started, how it is handed a dump, and what its endings mean. */
import { accessSync, constants, statSync } from 'node:fs';
import { basename, delimiter, join, resolve } from 'node:path';
import { didYouMean } from '../../suggest.ts';
import { UsageError } from '../../usage-error.ts';
import { knownFeatures, knownFlags } from '../labels.ts';
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

/** What the options of the command line say: `value` of all targets, `name:value` of one, in place of that. */
export interface TargetOptions {
  readonly delivery?: readonly string[] | undefined;
  readonly preset?: readonly string[] | undefined;
  readonly rejectCode?: readonly string[] | undefined;
  readonly rejectPattern?: readonly string[] | undefined;
  readonly allow?: readonly string[] | undefined;
  readonly lacks?: readonly string[] | undefined;
}

/**
 * The targets of `--target 'name=cmd {}'` options.
 *
 * @throws {UsageError} when one cannot be started, two have one name, or an option names none of them
 */
export function parseTargets(texts: readonly string[], options: TargetOptions): Target[] {
  if (texts.length === 0) {
    throw new UsageError("feed: which reader? --target 'command {}'; {} stands for the dump");
  }
  const commands = texts.map(parseCommand);
  const names = commands.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new UsageError(
      `feed: two targets are called ${twice}: give names, --target a='…' --target b='…'`,
    );
  }
  const given = new GivenOptions(options, names);
  return commands.map((command) => targetOf(command, given));
}

type Command = Pick<Target, 'name' | 'argv'>;

function parseCommand(text: string): Command {
  const named = /^([A-Za-z][A-Za-z0-9._-]{0,39})=(.+)$/s.exec(text);
  const words = splitWords(named?.[2] ?? text);
  const program = words[0];
  if (program === undefined) throw new UsageError('feed: --target is empty: name a command');
  const path = findProgram(program);
  const name = named?.[1] ?? (basename(program).replace(/[^A-Za-z0-9._-]/g, '_') || 'target');
  return { name, argv: [path, ...words.slice(1).map(absoluteIfThere)] };
}

function targetOf({ name, argv }: Command, given: GivenOptions): Target {
  const takesPath = argv.slice(1).some((word) => word.includes('{}'));
  const allow = given.list('allow', name, ['none', ...knownFlags]);
  return {
    name,
    argv,
    delivery: deliveryOf(given.one('delivery', name), takesPath),
    language: languageOf(given.one('preset', name), argv),
    rejectCodes: given.list('rejectCode', name)?.map(codeOf),
    rejectPattern: patternOf(given.one('rejectPattern', name)),
    allow: allow && new Set(allow.filter((flag) => flag !== 'none')),
    lacks: new Set(given.list('lacks', name, knownFeatures)),
  };
}

interface Given {
  /** Undefined: of all targets. */
  readonly target: string | undefined;
  readonly value: string;
}

/** Options by target. */
class GivenOptions {
  readonly #given = new Map<keyof TargetOptions, readonly Given[]>();

  constructor(options: TargetOptions, names: readonly string[]) {
    for (const option of Object.keys(optionNames) as (keyof TargetOptions)[]) {
      // A journal of an earlier version has one text for some.
      const texts = [options[option] ?? []].flat();
      this.#given.set(
        option,
        texts.map((text) => givenOf(option, text, names)),
      );
    }
  }

  /** What is said of a target, else what is said of all; undefined where nothing is. */
  #of(option: keyof TargetOptions, name: string): string[] | undefined {
    const given = this.#given.get(option)!;
    const own = given.filter(({ target }) => target === name);
    const used = own.length > 0 ? own : given.filter(({ target }) => target === undefined);
    return used.length > 0 ? used.map(({ value }) => value) : undefined;
  }

  /** A single value. @throws {UsageError} when there are several */
  one(option: keyof TargetOptions, name: string): string | undefined {
    const [value, ...more] = this.#of(option, name) ?? [];
    if (more.length === 0) return value;
    throw new UsageError(
      `feed: ${optionNames[option]} is given ${more.length + 1} times for ${name}: give it once`,
    );
  }

  /** Words with commas between them. @throws {UsageError} for such as are not known */
  list(option: keyof TargetOptions, name: string, known?: readonly string[]): string[] | undefined {
    const words = this.#of(option, name)?.flatMap((text) => text.split(','));
    for (const word of words ?? []) {
      if (known === undefined || known.includes(word)) continue;
      const advice = didYouMean(word, known) || ' They are listed in scenarios/feed/README.md';
      throw new UsageError(`feed: ${optionNames[option]}: there is no "${word}".${advice}`);
    }
    return words;
  }
}

const optionNames: Readonly<Record<keyof TargetOptions, string>> = {
  delivery: '--delivery',
  preset: '--preset',
  rejectCode: '--reject-code',
  rejectPattern: '--reject-pattern',
  allow: '--allow',
  lacks: '--lacks',
};

function givenOf(option: keyof TargetOptions, text: string, names: readonly string[]): Given {
  const [, target = '', value = ''] = /^([A-Za-z][A-Za-z0-9._-]*):(.*)$/s.exec(text) ?? [];
  if (names.includes(target)) return { target, value };
  // A pattern may well have a colon of its own.
  if (target === '' || option === 'rejectPattern') return { target: undefined, value: text };
  const advice = didYouMean(target, names) || ` Targets: ${names.join(', ')}`;
  throw new UsageError(`feed: ${optionNames[option]}: there is no target "${target}".${advice}`);
}

/** What a shell would make a pipe, a file or a second command of, at the beginning or end of a word. */
const shellWord = /^(\d?>>?|&>|<<?<?|\|\|?|&&?|;)|[;|&]$/;

/**
 * Words as a shell has them, with quotes and backslashes but no variables, pipes or patterns.
 *
 * @throws {UsageError} for what only a shell understands
 */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  const bare = text.replace(/'[^']*'|"(?:[^"\\]|\\.)*"|\\./gs, '_').split(/\s+/);
  const shellOnly = bare.find((each) => shellWord.test(each));
  if (shellOnly !== undefined) {
    throw new UsageError(`feed: --target: ${shellOnly}: this is no shell: use sh -c '…'`);
  }
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
