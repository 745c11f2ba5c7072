/** The commands of `goheapsim feed`. */
import { type CommandEntry, erase } from '../../command.ts';

export const feedCommands: Readonly<Record<string, CommandEntry>> = {
  suite: {
    usage: 'suite',
    summary: 'Write the suite: small dumps, each with what a correct reader says of it',
    load: async () => erase((await import('./suite.ts')).suiteCommand),
  },
  mutate: {
    usage: 'mutate',
    summary: 'Write mutants of a dump, each with what a correct reader says of it',
    load: async () => erase((await import('./mutate.ts')).mutateCommand),
  },
  make: {
    usage: 'make <id>',
    summary: 'Make one dump from its id',
    load: async () => erase((await import('./make.ts')).makeCommand),
  },
  run: {
    usage: 'run',
    summary: 'Try a reader on the suite and on mutants',
    load: async () => erase((await import('./run.ts')).runCommand),
  },
  shrink: {
    usage: 'shrink <dump>',
    summary: 'Make a dump as small as can be that still fails a reader the same way',
    load: async () => erase((await import('./shrink.ts')).shrinkCommand),
  },
  scrub: {
    usage: 'scrub <dump>',
    summary: 'Take the contents out of a dump and keep its shape, to show it to others',
    load: async () => erase((await import('./scrub.ts')).scrubCommand),
  },
  export: {
    usage: 'export',
    summary: 'Write the suite as fuzzers and test frameworks take it',
    load: async () => erase((await import('./export.ts')).exportCommand),
  },
};
