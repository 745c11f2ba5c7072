/** `new`: a first scenario, ready to run and to edit: the library's linked list, with a guide above it. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { defineCommand } from '../command.ts';
import { Printer, suggestion } from '../io.ts';
import { packageRoot } from '../modules.ts';
import { exitCode, isSystemError, systemFailure, UsageError } from '../usage-error.ts';

const templateUrl = new URL('scenarios/library/linked-list.ts', packageRoot);

export const newCommand = defineCommand({
  examples: [
    ['goheapsim new my.ts', 'writes my.ts'],
    ['goheapsim run my.ts', 'runs it and writes my.dump'],
  ],
  notes: ['A file that is there already is left alone.'],
  build: (parser) =>
    parser.positional('file', {
      type: 'string',
      demandOption: true,
      describe: 'The file to write; its name ends in .ts',
    }),
  run({ file }, io) {
    if (!file.endsWith('.ts')) {
      throw new UsageError(`new: a scenario's file name ends in .ts: goheapsim new ${file}.ts`);
    }
    const text = firstScenario(file, readFileSync(templateUrl, 'utf8'));
    writeNew(file, text);
    const out = new Printer(io.stdout, io.env);
    out.line(`${file}: a first scenario, to edit`);
    out.line();
    out.line(out.bold('What to try next'));
    out.line(`  ${suggestion(`goheapsim run ${file}`, io.env)}`);
    out.line(`  ${suggestion('goheapsim list', io.env)}`);
    out.flush();
    return exitCode.done;
  },
});

/** Writes a file that must not be there. */
function writeNew(file: string, text: string): void {
  let made = false;
  try {
    writeFileSync(file, '', { flag: 'wx' });
    made = true;
    writeFileSync(file, text);
  } catch (error) {
    if (isSystemError(error) && error.code === 'EEXIST') {
      throw new UsageError(`${file} is there already: choose another name, or remove it first`);
    }
    if (made) rmSync(file, { force: true });
    throw systemFailure('write', file, error);
  }
}

/** The template as a user's own file: its imports by the package's name, a guide at the top. */
export function firstScenario(file: string, template: string): string {
  const source = template
    .replace(/^\/\*\*[\s\S]*?\*\/\n/, '')
    .replace(/from '\.\.\/(?:index|dsl\/[\w-]+)\.ts'/g, "from 'goheapsim/scenarios'");
  return `${guide(file)}${source}`;
}

function guide(file: string): string {
  return [
    'A scenario: a Go program in TypeScript, run on a simulated Go 1.22.12 heap.',
    '',
    `    goheapsim run ${file}                     runs it and writes a heap dump`,
    `    goheapsim run ${file} --goarch s390x      the same on another target`,
    `    goheapsim run ${file} -p name=value       with a parameter changed`,
    '',
    'It reads as the Go program reads: types first, then package variables and functions, then',
    'main. What only a TypeScript variable holds is garbage for the collector; what must live is',
    'stored in a global, in a local of a frame, or in another object.',
    '',
    'Change the types, allocate something else, call go.writeHeapDump(name) wherever you want to',
    'look. Then see what became of it: goheapsim inspect, and goheapsim diff for two dumps.',
  ]
    .map((line) => (line === '' ? ' *' : ` * ${line}`))
    .join('\n')
    .replace(/^/, '/**\n')
    .concat('\n */\n');
}
