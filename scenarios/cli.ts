/**
 * The command line put together: which commands there are, how arguments are parsed, and how a
 * failure becomes one line and an exit code. Command modules are loaded when they are needed.
 *
 * Whoever closes our standard output early (`| head`) has what it wanted: exit code 0, no message.
 */
import { existsSync, readFileSync } from 'node:fs';
import yargs from 'yargs';
import type { Argv, Command } from './command.ts';
import { wrap } from './format.ts';
import { type Io, suggestion } from './io.ts';
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

interface Entry {
  /** `name <positional>`, as --help shows it. */
  readonly usage: string;
  readonly summary: string;
  load(): Promise<Command>;
}

const commands: Readonly<Record<string, Entry>> = {
  run: {
    usage: 'run <scenario>',
    summary: 'Run a scenario and write its heap dumps',
    load: async () => erase((await import('./commands/run.ts')).runCommand),
  },
  list: {
    usage: 'list',
    summary: 'List the scenarios that come with goheapsim',
    load: async () => erase((await import('./commands/list.ts')).listCommand),
  },
  new: {
    usage: 'new <file>',
    summary: 'Write a first scenario of your own, to edit and run',
    load: async () => erase((await import('./commands/new.ts')).newCommand),
  },
  inspect: {
    usage: 'inspect <dump>',
    summary: 'Show what is in a heap dump',
    load: async () => erase((await import('./commands/inspect.ts')).inspectCommand),
  },
  verify: {
    usage: 'verify [dump]',
    summary: 'Check a heap dump against the rules of the format',
    load: async () => erase((await import('./commands/verify.ts')).verifyCommand),
  },
  diff: {
    usage: 'diff <a> <b>',
    summary: 'Show what changed from one heap dump to another',
    load: async () => erase((await import('./commands/diff.ts')).diffCommand),
  },
  redump: {
    usage: 'redump <dump>',
    summary: 'Load a heap dump and write it again as Go would',
    load: async () => erase((await import('./commands/redump.ts')).redumpCommand),
  },
  twin: {
    usage: 'twin <scenario>',
    summary: 'Write a scenario as a Go program; check that real Go agrees',
    load: async () => erase((await import('./commands/twin.ts')).twinCommand),
  },
  replay: {
    usage: 'replay <log>',
    summary: "Predict every address of a real program's allocations",
    load: async () => erase((await import('./commands/replay.ts')).replayCommand),
  },
};

/** A command without the type of its arguments, which only its own `build` and `run` share. */
function erase<A>(command: Command<A>): Command {
  return command as unknown as Command;
}

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
  const choice: Choice = { known: [], run: () => exitCode.done };
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
  if (Object.hasOwn(commands, name)) return;
  const guess = didYouMean(name, Object.keys(commands));
  let advice = guess === '' ? ' See goheapsim --help' : guess;
  if (name.endsWith('.ts')) advice = ` To run a scenario: goheapsim run ${name}`;
  else if (existsSync(name)) advice = ` To see a dump: goheapsim inspect ${name}`;
  throw new UsageError(`unknown command "${name}".${advice}`);
}

function makeParser(io: Io, choice: Choice): Argv {
  let parser = yargs()
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
  for (const [name, { usage, summary, load }] of Object.entries(commands)) {
    let command: Command | undefined;
    parser = parser.command({
      command: usage,
      describe: summary,
      builder: async (sub: Argv) => {
        command = await load();
        const built = command
          .build(sub.usage(`Usage: $0 ${usage} [options]\n\n${summary}.`))
          .epilogue(notesOf(command));
        choice.known = optionsOf(built);
        return built;
      },
      handler: (parsed) => {
        rejectRepeated(name, parsed);
        restoreDashes(parsed);
        choice.run = () => command!.run(parsed, io);
      },
    });
  }
  return parser;
}

/** The version in our own package.json; left to itself, yargs takes that of the current folder. */
function ownVersion(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
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

function notesOf(command: Command): string {
  const lines = ['Examples:'];
  for (const [line, purpose] of command.examples) {
    lines.push(`  ${line}`, ...wrap(purpose, 6));
  }
  for (const note of command.notes ?? []) lines.push('', ...wrap(note));
  return lines.join('\n');
}

/** Options that may be given more than once are arrays by declaration; any other array is an error. */
function rejectRepeated(command: string, parsed: Readonly<Record<string, unknown>>): void {
  const repeatable = new Set(['_', 'param', 'p', 'kind', 'k', 'env']);
  for (const [name, value] of Object.entries(parsed)) {
    if (Array.isArray(value) && !repeatable.has(name)) {
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
  const command = args.find((arg) => !arg.startsWith('-')) ?? '';
  const usage = commands[command]?.usage ?? command;
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

function optionsOf(parser: Argv): string[] {
  const { alias = {}, key = {} } = (
    parser as unknown as {
      getOptions(): { alias?: Record<string, string[]>; key?: Record<string, unknown> };
    }
  ).getOptions();
  const names = new Set([
    ...Object.keys(key),
    ...Object.keys(alias),
    ...Object.values(alias).flat(),
  ]);
  return [...names]
    .filter((name) => !/[A-Z]/.test(name))
    .map((name) => (name.length === 1 ? `-${name}` : `--${name}`));
}

/** One line for a failure, or the whole stack with --debug. */
function report(error: unknown, debug: boolean, io: Io): ExitCode {
  if (error instanceof OutputClosed) return exitCode.done;
  const message = error instanceof Error ? error.message : String(error);
  let line = message.replace(/\s*\n\s*/g, ' ');
  const code = codeOf(error);
  if (code === undefined) {
    line = `this is a defect of goheapsim: ${line}${debug ? '' : ' (--debug shows where)'}`;
  }
  const stack = debug && error instanceof Error ? `${stackOf(error)}\n` : '';
  try {
    io.stderr.write(`goheapsim: ${line}\n${stack}`);
  } catch {
    // Nobody can be told; the exit code still tells.
  }
  return code ?? exitCode.environment;
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
