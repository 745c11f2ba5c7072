/** `step`: a scenario or a log walked through by lines on standard input. */
import { defineCommand } from '../command.ts';
import { liveOptions, runOption } from '../live.ts';
import { openLive } from '../open-named.ts';
import { drawOptions, Sheet } from '../terminal/sheet.ts';
import { Stepper } from '../terminal/step.ts';
import { exitCode, UsageError } from '../usage-error.ts';

export const stepCommand = defineCommand({
  examples: [
    ['goheapsim step linked-list', 'n for the next step, h for all commands'],
    ["printf 'g 4\\nw 0xc000014090\\n' | goheapsim step linked-list", 'commands from a pipe'],
    ['goheapsim step log --binary prog', "a real program's log, request by request"],
  ],
  notes: [
    'Each line is a command: n, p, g N, /TEXT, a, w ADDR, y ADDR, v ADDR, s, m, map, q; h tells what ' +
      'they do. With --json each step that is shown, and each answer of w and y, is a JSON object on a line. To look into a step, the scenario or log is run again up to it.',
  ],
  build: (parser) => parser.positional('what', runOption).options(liveOptions).options(drawOptions),
  async run(args, io) {
    if (args.what === '-') {
      throw new UsageError('step: its commands come from standard input: name a file');
    }
    const live = await openLive('step', args.what, args, io);
    if (live.kind === 'log' && !live.isFile) {
      throw new UsageError(`step: ${live.shown} can be read but once: write the log to a file`);
    }
    const sheet = new Sheet(io, args);
    const stepper = new Stepper(live, sheet, args.json === true);
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
