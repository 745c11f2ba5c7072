/** `redump`: a dump, loaded as a stopped world, goes through the port of heapdump.go once more. */
import { defineCommand } from '../command.ts';
import { exitCode } from '../usage-error.ts';
import type { RedumpRequest } from '../worker-messages.ts';
import { tellOutputs, writeDumps } from '../write-dumps.ts';

export const redumpCommand = defineCommand({
  examples: [
    ['goheapsim redump real.dump -o again.dump', 'cmp real.dump again.dump finds no difference'],
    ['goheapsim redump real.dump -o /dev/null --write-log sizes.txt', "the sizes of Go's writes"],
  ],
  notes: [
    'A dump that go1.7 or later wrote comes out byte by byte as it was. One that Go cannot have ' +
      'written so (an other root, records in another order) is refused.',
  ],
  build: (parser) =>
    parser
      .positional('dump', {
        type: 'string',
        demandOption: true,
        describe: 'A heap dump, or - for standard input',
      })
      .option('out', {
        alias: 'o',
        type: 'string',
        requiresArg: true,
        demandOption: 'say where the dump goes: -o FILE, or -o - for standard output',
        describe: 'Where the dump goes; - is standard output',
      })
      .option('write-log', {
        type: 'string',
        requiresArg: true,
        describe: "Write the size of each of Go's write() calls, one a line",
      }),
  async run(args, io) {
    const { out, writeLog } = args;
    const outputs = { out, writeLog };
    const reply = await writeDumps<RedumpRequest>(
      { task: 'redump', shown: args.dump },
      outputs,
      io,
    );
    tellOutputs(
      reply,
      outputs,
      ({ file, isFile }) => (isFile ? [`goheapsim diff ${args.dump} ${file}`] : ['goheapsim list']),
      io,
    );
    return exitCode.done;
  },
});
