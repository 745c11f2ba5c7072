/** `step`: a scenario walked through by lines on standard input. */
import { defineCommand } from '../command.ts';
import { LiveScenario, liveOptions } from '../live.ts';
import { drawOptions, Sheet } from '../terminal/sheet.ts';
import { Stepper } from '../terminal/step.ts';
import { exitCode } from '../usage-error.ts';

const { ascii } = drawOptions;

export const stepCommand = defineCommand({
  examples: [
    ['goheapsim step linked-list', 'n for the next step, h for all commands'],
    ["printf 'g 4\\nw 0xc000014090\\n' | goheapsim step linked-list", 'commands from a pipe'],
  ],
  notes: [
    'Each line is a command: n, p, g N, /TEXT, a, w ADDR, y ADDR, v ADDR, s, m, map, q; h tells what ' +
      'they do. To look into a step, the scenario is run again up to it.',
  ],
  build: (parser) =>
    parser
      .positional('scenario', { type: 'string', demandOption: true, describe: 'A scenario' })
      .options(liveOptions)
      .options({ ascii }),
  async run(args, io) {
    const live = await LiveScenario.load('step', args.scenario, args);
    const sheet = new Sheet(io, args);
    const stepper = new Stepper(live, sheet);
    const prompt = (): void => {
      sheet.flush();
      if (io.stdin.isTTY) io.stderr.write('> ');
    };
    prompt();
    for await (const line of io.stdin.lines()) {
      if (!stepper.command(line)) break;
      prompt();
    }
    sheet.flush();
    return exitCode.done;
  },
});
