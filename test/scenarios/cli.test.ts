import { describe, expect, test } from 'vitest';
import { commands as commandTable } from '../../scenarios/command-table.ts';
import { goheapsim } from './command-line.ts';

const commands = Object.keys(commandTable);
const feedCommands = ['suite', 'mutate', 'make', 'run', 'shrink', 'scrub', 'export'];

describe('--help', () => {
  test.each([[], ...commands.map((name) => [name]), ...feedCommands.map((name) => ['feed', name])])(
    '%s fits 80 columns, in characters of one column (a build measures it so), and has examples',
    async (...argv) => {
      const { code, stdout, stderr } = await goheapsim([...argv, '--help']);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
      expect(stdout).toMatch(/^[\n -~…]*$/);
      expect(stdout).toMatch(/^Usage: goheapsim /);
      expect(stdout).toMatch(/^Examples:\n {2}(goheapsim|\.\/|env -i)/m);
    },
  );

  test('names every command', async () => {
    const { stdout } = await goheapsim(['-h']);
    for (const name of commands) expect(stdout).toContain(`goheapsim ${name}`);
  });

  test('of feed names every command of it', async () => {
    const { stdout } = await goheapsim(['feed', '-h']);
    for (const name of feedCommands) expect(stdout).toContain(`goheapsim feed ${name}`);
  });
});

test('--version is that of package.json', async () => {
  const { stdout } = await goheapsim(['--version']);
  const { default: manifest } = await import('../../package.json', { with: { type: 'json' } });
  expect(stdout).toBe(`${manifest.version}\n`);
});

describe('wrong usage is one line on standard error and exit code 2', () => {
  test.each([
    [['inspct', 'x'], 'unknown command "inspct". Did you mean "inspect"?'],
    [['xyzzy'], 'unknown command "xyzzy". See goheapsim --help'],
    [['my.ts'], 'unknown command "my.ts". To run a scenario: goheapsim run my.ts'],
    [
      ['package.json'],
      'unknown command "package.json". To see a dump: goheapsim inspect package.json',
    ],
    [['--hlp'], 'unknown option --hlp without a command. Did you mean "--help"?'],
    [['list', '--jsn'], 'list: unknown option --jsn. Did you mean "--json"?'],
    [
      ['run', '--gomaxproc=2', 'x'],
      'run: unknown option --gomaxproc. Did you mean "--gomaxprocs"?',
    ],
    [['inspect', '-q', 'x'], 'inspect: unknown option -q. See goheapsim inspect --help'],
    [
      ['inspect'],
      'inspect: an argument is missing: the command is goheapsim inspect <dump> [options]',
    ],
    [
      ['inspect', 'a', 'b'],
      'inspect: unexpected argument "b": the command is goheapsim inspect <dump> [options]',
    ],
    [['inspect', 'a', '--at'], 'inspect: option --at needs a value. See goheapsim inspect --help'],
    [['redump', 'a', '-o', 'b', '-o', 'c'], 'redump: -o is given 2 times; give it once'],
    [
      ['feed'],
      'feed: what of suite, mutate, make, run, shrink, scrub, export? The command is goheapsim feed <what> [options]',
    ],
    [['feed', 'suit'], 'feed: unknown command "suit". Did you mean "suite"?'],
    [['feed', 'suite', '--jsn'], 'feed suite: unknown option --jsn. Did you mean "--json"?'],
    [
      ['feed', 'make'],
      'feed make: an argument is missing: the command is goheapsim feed make <id> [options]',
    ],
  ])('%j', async (argv, message) => {
    expect(await goheapsim(argv)).toEqual({
      code: 2,
      stdout: '',
      stderr: `goheapsim: ${message}\n`,
    });
  });
});

test('--debug adds the stack', async () => {
  const { code, stderr } = await goheapsim(['inspect', '/no/such', '--debug']);
  expect(code).toBe(3);
  expect(stderr).toMatch(
    /^goheapsim: .*\nEnvironmentError: [\s\S]*\n {4}at [\s\S]*caused by Error: ENOENT/,
  );
});
