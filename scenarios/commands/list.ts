/** `list`: the scenarios that ship, what each one answers, and its parameters. */
import { defineCommand } from '../command.ts';
import type { ParamSpec } from '../dsl/params.ts';
import { table, toJson, wrap } from '../format.ts';
import { Printer, suggestion } from '../io.ts';
import { loadScenario } from '../load-scenario.ts';
import { allParamLines } from '../param-lines.ts';
import { findScenario, lessonNames, libraryNames } from '../scenario-files.ts';
import { exitCode } from '../usage-error.ts';

interface Listed {
  readonly name: string;
  readonly question: string;
  readonly params: Readonly<Record<string, ParamSpec>>;
}

export const listCommand = defineCommand({
  examples: [
    ['goheapsim list', 'every scenario with the question that it answers'],
    ['goheapsim list --json', 'the same as data'],
  ],
  build: (parser) => parser.option('json', { type: 'boolean', describe: 'Print JSON' }),
  async run(args, io) {
    const scenarios = await Promise.all(libraryNames().map(load));
    const lessons = await Promise.all(lessonNames().map(load));
    const out = new Printer(io.stdout, io.env);
    if (args.json) out.line(toJson([...scenarios, ...lessons].map(listedJson), 2));
    else {
      for (const scenario of scenarios) {
        out.line(out.bold(scenario.name));
        out.lines(wrap(scenario.question, 2));
        out.lines(allParamLines(scenario.params));
        out.line();
      }
      out.line(out.bold('Lessons'));
      out.lines(table(lessons.map(({ name, question }) => [name, question])));
      out.line();
      out.line(`Be told one:  ${suggestion('goheapsim lesson NUMBER', io.env)}`);
      const example = 'goheapsim run NAME -p PARAMETER=VALUE -o out.dump';
      out.line(`Run one:      ${suggestion(example, io.env)}`);
    }
    out.flush();
    return exitCode.done;
  },
});

async function load(name: string): Promise<Listed> {
  const { url } = findScenario(name);
  const { question, params } = (await loadScenario(url, name)) as Omit<Listed, 'name'>;
  return { name, question, params };
}

function listedJson({ name, question, params }: Listed): unknown {
  const parameters = Object.entries(params).map(([param, spec]) => ({ name: param, ...spec }));
  return { name, question, parameters };
}
