/** `size`: what the allocator makes of a size. */
import { archOf } from '../../sim/arch.ts';
import { defineCommand } from '../command.ts';
import { toJson } from '../format.ts';
import { allocHeadersOf, byteSize, goarchOf, scenarioOptions } from '../target-options.ts';
import { drawOptions, Sheet } from '../terminal/sheet.ts';
import { sizeLines } from '../terminal/size.ts';
import { classing } from '../timeline/classing.ts';
import { exitCode } from '../usage-error.ts';

export const sizeCommand = defineCommand({
  examples: [
    ['goheapsim size 33', 'why 33 bytes cost 48'],
    ['goheapsim size 1024 --ptr', 'why 1024 bytes with pointers cost 1152'],
    ['goheapsim size 40KiB --json', 'as data'],
  ],
  notes: ['Sizes take KiB and MiB: 40KiB; 0x21 is hexadecimal.'],
  build: (parser) =>
    parser
      .positional('bytes', { type: 'string', demandOption: true, describe: 'Bytes asked for' })
      .option('ptr', { type: 'boolean', describe: 'The type has pointers' })
      .options({ goarch: scenarioOptions.goarch, goexperiment: scenarioOptions.goexperiment })
      .options(drawOptions),
  run(args, io) {
    const size = sizeOf(args.bytes);
    const target = {
      arch: archOf(goarchOf('size', args.goarch)),
      allocHeaders: allocHeadersOf('size', args.goexperiment),
    };
    const sheet = new Sheet(io, args);
    const pointers = args.ptr === true;
    if (args.json) sheet.json(toJson(classing(target, size, pointers), 2));
    else sheet.lines(sizeLines(target, size, pointers));
    sheet.flush();
    return exitCode.done;
  },
});

function sizeOf(text: string): number {
  const digits = /^0x[0-9a-f]{1,12}$/i.test(text) ? String(Number(text)) : text;
  return digits === '0' ? 0 : byteSize('size', digits, '33, 0x21 or 40KiB');
}
