/**
 * The command line put together: how arguments are parsed, and how a failure becomes one line and an
 * exit code. Command modules are loaded when they are needed.
 *
 * Whoever closes our standard output early (`| head`) has what it wanted: exit code 0, no message.
 */
import { existsSync, readFileSync } from 'node:fs';
import yargs from 'yargs';
import type { Argv, Command, CommandEntry } from './command.ts';
import { type CommandGroup, commands, findCommand } from './command-table.ts';
import { printable, wrap } from './format.ts';
import { type Io, suggestion } from './io.ts';
import { packageRoot } from './modules.ts';
import { didYouMean } from './suggest.ts';
import {
  BadInputError,
  EnvironmentError,
  type ExitCode,
  exitCode,
  isSystemError,
  OutputClosed,
  UsageError,
} from './usage-error.ts';

/** What `goheapsim` alone does. */
const defaultArguments = ['run', 'linked-list'];

/**
 * Runs one command line (without node and script) and says how it ended. Throws nothing: a failure
 * is one line on `io.stderr`.
 */
export async function main(argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await dispatch(argv, io);
  } catch (error) {
    return report(error, argv.includes('--debug'), io);
  }
}

async function dispatch(argv: readonly string[], io: Io): Promise<ExitCode> {
  let args = argv;
  if (argv.every((arg) => arg === '--debug')) {
    args = [...defaultArguments, ...argv];
    io.stdout.write(
      `No command given, so this is: goheapsim ${defaultArguments.join(' ')}\n` +
        `For all commands: ${suggestion('goheapsim --help', io.env)}\n\n`,
    );
  }
  checkCommandName(args);
  const choice: Choice = { known: [], repeatable: new Set(), run: () => exitCode.done };
  let output = '';
  try {
    await makeParser(io, choice).parseAsync(args.map(hideDash), {}, (_error, _parsed, text) => {
      output = text;
    });
  } catch (error) {
    // yargs throws a YError of its own, without a call of fail, for what it finds after an await.
    if (!(error instanceof Error && ['YError', 'ParseError'].includes(error.name))) throw error;
    throw usageErrorOf(showDash(error.message), args, choice.known);
  }
  if (output !== '') io.stdout.write(`${output}\n`);
  return await choice.run();
}

/** Stands for the argument `-`, of which yargs makes '' where it is a positional; no argument has a NUL. */
const hiddenDash = '\0dash';

function hideDash(arg: string): string {
  return arg === '-' ? hiddenDash : arg;
}

function showDash(text: string): string {
  return text.replaceAll(hiddenDash, '-');
}

function restoreDashes(parsed: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(parsed)) {
    if (typeof value === 'string') parsed[name] = showDash(value);
  }
}

/** What the parser found wrong, in yargs' words. */
class ParseError extends Error {
  override readonly name = 'ParseError';
}

/** What parsing leads to. */
interface Choice {
  /** Options of the command: --out, -o, … */
  known: readonly string[];
  /** Names of those that may be given more than once. */
  repeatable: ReadonlySet<string>;
  run: () => ExitCode | Promise<ExitCode>;
}

/** @throws {UsageError} unless the first argument that is no option is a command */
function checkCommandName(args: readonly string[]): void {
  const name = args.find((arg) => !arg.startsWith('-'));
  if (name === undefined) {
    const known = ['--help', '--version', '-h', '--debug'];
    const unknown = args.find((arg) => !known.includes(arg));
    if (unknown === undefined) return;
    throw new UsageError(
      `unknown option ${unknown} without a command.${didYouMean(unknown, known) || ' See goheapsim --help'}`,
    );
  }
  if (Object.hasOwn(commands, name)) {
    checkGroup(name, args);
    return;
  }
  const guess = didYouMean(name, Object.keys(commands));
  let advice = guess === '' ? ' See goheapsim --help' : guess;
  if (name.endsWith('.ts')) advice = ` To run a scenario: goheapsim run ${name}`;
  else if (existsSync(name)) advice = ` To see a dump: goheapsim inspect ${name}`;
  throw new UsageError(`unknown command "${name}".${advice}`);
}

/** @throws {UsageError} if the command is a group and the next word is none of its commands */
function checkGroup(name: string, args: readonly string[]): void {
  const group = commands[name]!;
  if (!('commands' in group) || args.includes('--help') || args.includes('-h')) return;
  const known = Object.keys(group.commands);
  const part = args.slice(args.indexOf(name) + 1).find((arg) => !arg.startsWith('-'));
  if (part === undefined) {
    throw new UsageError(
      `${name}: what of ${known.join(', ')}? The command is goheapsim ${group.usage} [options]`,
    );
  }
  if (!Object.hasOwn(group.commands, part)) {
    const advice = didYouMean(part, known) || ` There are ${known.join(', ')}`;
    throw new UsageError(`${name}: unknown command "${part}".${advice}`);
  }
}

function makeParser(io: Io, choice: Choice): Argv {
  let parser: Argv = yargs()
    .scriptName('goheapsim')
    .locale('en')
    .exitProcess(false)
    .wrap(80)
    .parserConfiguration({
      'boolean-negation': false,
      'dot-notation': false,
      'greedy-arrays': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
    })
    .usage('Usage: $0 <command>\n\nHeap dumps of a simulated Go 1.22.12 runtime.')
    .help()
    .alias('h', 'help')
    .describe('help', 'Show this')
    .version(ownVersion())
    .describe('version', 'Show the version')
    .option('debug', { type: 'boolean', describe: 'Show the stack of an error' })
    .group(['debug', 'help', 'version'], 'Everywhere:')
    .strict()
    .fail((message, error) => {
      throw error ?? new ParseError(message);
    })
    .epilogue(topNotes);
  doNotKeepHelp(parser);
  for (const [name, entry] of Object.entries(commands)) {
    parser =
      'commands' in entry
        ? addGroup(parser, name, entry, { io, choice })
        : addCommand(parser, name, entry, { io, choice });
  }
  return parser;
}

/** yargs makes the whole help after each command, to show it should the command fail in yargs' way; none does. */
function doNotKeepHelp(parser: Argv): void {
  const { getInternalMethods } = parser as unknown as {
    getInternalMethods(): { getUsageInstance(): { cacheHelpMessage(): void } };
  };
  getInternalMethods.call(parser).getUsageInstance().cacheHelpMessage = () => {};
}

interface Chosen {
  readonly io: Io;
  readonly choice: Choice;
}

/** `name` is how messages call it: `run`, `feed suite`. */
function addCommand(parser: Argv, name: string, entry: CommandEntry, { io, choice }: Chosen): Argv {
  let command: Command | undefined;
  return parser.command({
    command: entry.usage,
    describe: entry.summary,
    builder: async (sub: Argv) => {
      command = await entry.load();
      const prefix = name.slice(0, name.lastIndexOf(' ') + 1);
      const built = command
        .build(sub.usage(`Usage: goheapsim ${prefix}${entry.usage} [options]\n\n${entry.summary}.`))
        .epilogue(notesOf(command));
      Object.assign(choice, optionsOf(built));
      return built;
    },
    handler: (parsed) => {
      rejectRepeated(name, parsed, choice.repeatable);
      restoreDashes(parsed);
      choice.run = () => command!.run(parsed, io);
    },
  });
}

function addGroup(parser: Argv, name: string, group: CommandGroup, chosen: Chosen): Argv {
  return parser.command({
    command: name,
    describe: group.summary,
    builder: (sub: Argv) => {
      let built = sub.usage(`Usage: goheapsim ${group.usage} [options]\n\n${group.summary}.`);
      for (const [part, entry] of Object.entries(group.commands)) {
        built = addCommand(built, `${name} ${part}`, entry, chosen);
      }
      return built.epilogue(
        [notesOf(group), '', `For one of them: goheapsim ${name} <what> --help`].join('\n'),
      );
    },
    handler: () => {},
  });
}

/** The version in our own package.json; left to itself, yargs takes that of the current folder. */
function ownVersion(): string {
  const manifest = readFileSync(new URL('package.json', packageRoot), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

const topNotes = [
  'Examples:',
  '  goheapsim run linked-list -o out.dump',
  '  goheapsim inspect out.dump',
  '  goheapsim list',
  '',
  'For one command: goheapsim <command> --help',
  '',
  'Exit codes: 0 done; 1 what was examined is bad (defects, differences);',
  '2 wrong usage or input; 3 the system refused (cannot read, disk full).',
].join('\n');

function notesOf(command: Pick<Command, 'examples' | 'notes'>): string {
  const lines = ['Examples:'];
  for (const [line, purpose] of command.examples) {
    lines.push(`  ${line}`, ...wrap(purpose, 6));
  }
  for (const note of command.notes ?? []) lines.push('', ...wrap(note));
  return lines.join('\n');
}

/** Options that may be given more than once are arrays by declaration; any other array is an error. */
function rejectRepeated(
  command: string,
  parsed: Readonly<Record<string, unknown>>,
  repeatable: ReadonlySet<string>,
): void {
  for (const [name, value] of Object.entries(parsed)) {
    if (Array.isArray(value) && name !== '_' && !repeatable.has(name)) {
      const option = name.length === 1 ? `-${name}` : `--${name}`;
      throw new UsageError(`${command}: ${option} is given ${value.length} times; give it once`);
    }
  }
}

/** Says what yargs found in our words; `known` are the options of the command: --out, -o, … */
function usageErrorOf(
  message: string,
  args: readonly string[],
  known: readonly string[],
): UsageError {
  const { name: command, usage } = findCommand(args);
  const seeHelp = ` See goheapsim ${command} --help`;
  const option = unknownOption(args, known);
  if (option !== undefined) {
    const guess = (option.length > 2 && didYouMean(option, known)) || seeHelp;
    return new UsageError(`${command}: unknown option ${option}.${guess}`);
  }
  const extra = /^Unknown arguments?: (.*)$/.exec(message)?.[1]?.split(', ')[0];
  if (extra !== undefined) {
    return new UsageError(
      `${command}: unexpected argument "${extra}": the command is goheapsim ${usage} [options]`,
    );
  }
  if (message.startsWith('Not enough non-option arguments')) {
    return new UsageError(
      `${command}: an argument is missing: the command is goheapsim ${usage} [options]`,
    );
  }
  const valueless = /^Not enough arguments following: (.*)$/.exec(message)?.[1];
  if (valueless !== undefined) {
    const name = valueless.length === 1 ? `-${valueless}` : `--${valueless}`;
    return new UsageError(`${command}: option ${name} needs a value.${seeHelp}`);
  }
  return new UsageError(`${command}: ${message}.${seeHelp}`);
}

function unknownOption(args: readonly string[], known: readonly string[]): string | undefined {
  for (const arg of args) {
    if (arg === '--') return undefined;
    const option = arg.startsWith('--') ? arg.split('=')[0]! : /^-[a-z]/i.exec(arg)?.[0];
    if (option !== undefined && !known.includes(option)) return option;
  }
  return undefined;
}

function optionsOf(parser: Argv): Pick<Choice, 'known' | 'repeatable'> {
  const {
    alias = {},
    key = {},
    array = [],
  } = (
    parser as unknown as {
      getOptions(): {
        alias?: Record<string, string[]>;
        key?: Record<string, unknown>;
        array?: string[];
      };
    }
  ).getOptions();
  const names = new Set([
    ...Object.keys(key),
    ...Object.keys(alias),
    ...Object.values(alias).flat(),
  ]);
  const known = [...names]
    .filter((name) => !/[A-Z]/.test(name))
    .map((name) => (name.length === 1 ? `-${name}` : `--${name}`));
  const repeatable = new Set(
    array.flatMap((name) => [name, ...(alias[name] ?? [])]).flatMap((name) => [name, camel(name)]),
  );
  return { known, repeatable };
}

/** The other name that yargs gives to `max-heap`: `maxHeap`. */
function camel(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** One line for a failure, or the whole stack with --debug. */
function report(error: unknown, debug: boolean, io: Io): ExitCode {
  if (error instanceof OutputClosed) return exitCode.done;
  const message = error instanceof Error ? error.message : String(error);
  // It may name a file or an argument that a terminal would obey.
  let line = printable(message.replace(/\s*\n\s*/g, ' '));
  const code = codeOf(error);
  if (code === undefined) {
    line = `this is a defect of goheapsim: ${line}${debug ? '' : ' (--debug shows where)'}`;
  }
  const stack = debug && error instanceof Error ? `${printableLines(stackOf(error))}\n` : '';
  try {
    io.stderr.write(`goheapsim: ${line}\n${stack}`);
  } catch {
    // Nobody can be told; the exit code still tells.
  }
  return code ?? exitCode.environment;
}

function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}

function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${stackOf(error.cause)}` : '';
  return `${error.stack ?? error.message}${cause}`;
}

function codeOf(error: unknown): ExitCode | undefined {
  if (error instanceof UsageError) return exitCode.usage;
  if (error instanceof BadInputError) return exitCode.bad;
  if (error instanceof EnvironmentError || isSystemError(error)) return exitCode.environment;
  return undefined;
}
