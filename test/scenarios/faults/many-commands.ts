/** Command lines on the descriptors that a test chooses, by a process for all of them. */
import { type SpawnOptions, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const child = fileURLToPath(new URL('child.ts', import.meta.url));

/** What one command did. */
interface CommandEnd {
  readonly command: string;
  readonly code: number;
  readonly stderr: string;
}

/** Runs them one after another, with `stdout` as their standard output. */
export async function runAll(
  commands: readonly (readonly string[])[],
  stdout: number | 'ignore',
  options: SpawnOptions & { readonly prefix?: readonly string[] } = {},
): Promise<CommandEnd[]> {
  const { prefix = [], ...spawnOptions } = options;
  const node = [process.execPath, '--conditions=goheapsim-source', '--import', 'tsx'];
  const [program, ...argv] = [...prefix, ...node, child, JSON.stringify(commands)];
  const running = spawn(program!, argv, {
    stdio: ['ignore', stdout, 'pipe', 'pipe'],
    ...spawnOptions,
  });
  const texts = ['', ''];
  [running.stderr!, running.stdio[3]!].forEach((stream, i) => {
    stream.on('data', (data) => {
      texts[i] += data;
    });
  });
  const ending = await new Promise((resolve) => {
    running.once('close', (code, signal) => resolve(signal ?? code));
  });
  if (ending !== 0) throw new Error(`ended by ${ending}: ${texts[0]!.slice(-2000)}`);
  const codes = texts[1]!.trimEnd().split('\n').map(Number);
  const errors = texts[0]!.split('\0');
  return commands.map((command, i) => ({
    command: command.join(' '),
    code: codes[i]!,
    stderr: errors[i]!,
  }));
}
