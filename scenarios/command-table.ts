/** Which commands there are. */
import { type Command, type CommandEntry, erase } from './command.ts';
import { feedCommands } from './feed/commands/index.ts';

/** A command that is several: `feed suite`, `feed mutate`, … */
export interface CommandGroup {
  readonly usage: string;
  readonly summary: string;
  readonly examples: Command['examples'];
  readonly commands: Readonly<Record<string, CommandEntry>>;
}

export const commands: Readonly<Record<string, CommandEntry | CommandGroup>> = {
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
    usage: 'diff <a> [b]',
    summary: 'Show what changed from one heap dump, or step, to another',
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
  size: {
    usage: 'size <bytes>',
    summary: 'Show what the allocator makes of a size',
    load: async () => erase((await import('./commands/size.ts')).sizeCommand),
  },
  classes: {
    usage: 'classes [what]',
    summary: 'Show the size classes, and how full those of a heap are',
    load: async () => erase((await import('./commands/classes.ts')).classesCommand),
  },
  explain: {
    usage: 'explain <what>',
    summary: 'Explain a run step by step: what decided each address',
    load: async () => erase((await import('./commands/explain.ts')).explainCommand),
  },
  step: {
    usage: 'step <what>',
    summary: 'Walk through a run step by step',
    load: async () => erase((await import('./commands/step.ts')).stepCommand),
  },
  memstats: {
    usage: 'memstats <what>',
    summary: 'Show where the memory is, to the byte',
    load: async () => erase((await import('./commands/memstats.ts')).memstatsCommand),
  },
  explore: {
    usage: 'explore <what> [number]',
    summary: 'Write a page that shows a heap step by step',
    load: async () => erase((await import('./commands/explore.ts')).exploreCommand),
  },
  spans: {
    usage: 'spans <what>',
    summary: 'List the spans of a heap',
    load: async () => erase((await import('./commands/spans.ts')).spansCommand),
  },
  pages: {
    usage: 'pages <what>',
    summary: 'Show what each page of the heap is',
    load: async () => erase((await import('./commands/pages.ts')).pagesCommand),
  },
  vis: {
    usage: 'vis <what> <address>',
    summary: 'Show the words of a span, slot by slot',
    load: async () => erase((await import('./commands/vis.ts')).visCommand),
  },
  whatis: {
    usage: 'whatis <what> <address>',
    summary: 'Say what lies at an address',
    load: async () => erase((await import('./commands/whatis.ts')).whatisCommand),
  },
  why: {
    usage: 'why <what> <address>',
    summary: 'Say what keeps an object alive',
    load: async () => erase((await import('./commands/why.ts')).whyCommand),
  },
  objects: {
    usage: 'objects <what>',
    summary: 'List the objects of a heap',
    load: async () => erase((await import('./commands/objects.ts')).objectsCommand),
  },
  roots: {
    usage: 'roots <what>',
    summary: 'List where marking starts',
    load: async () => erase((await import('./commands/roots.ts')).rootsCommand),
  },
  dom: {
    usage: 'dom <what>',
    summary: 'List the objects that keep most memory alive',
    load: async () => erase((await import('./commands/dom.ts')).domCommand),
  },
  gc: {
    usage: 'gc <what>',
    summary: 'Tell each collection of a run',
    load: async () => erase((await import('./commands/gc.ts')).gcCommand),
  },
  export: {
    usage: 'export <what>',
    summary: 'Write a heap or a run for DevTools, pprof, Perfetto or Graphviz',
    load: async () => erase((await import('./commands/export.ts')).exportCommand),
  },
  lesson: {
    usage: 'lesson [number]',
    summary: 'Tell a lesson about the allocator; without a number, list them',
    load: async () => erase((await import('./commands/lesson.ts')).lessonCommand),
  },
  replay: {
    usage: 'replay <log>',
    summary: "Predict every address of a real program's allocations",
    load: async () => erase((await import('./commands/replay.ts')).replayCommand),
  },
  feed: {
    usage: 'feed <what>',
    summary: 'Try readers of heap dumps on dumps whose facts are known',
    examples: [
      ['goheapsim feed suite -o suite', 'writes good, odd and broken dumps, each with its verdict'],
      ["goheapsim feed run --target './reader {}'", 'tries a reader on them'],
      ['goheapsim feed export --to go-fuzz -o seeds', 'seeds for a fuzzer'],
    ],
    commands: feedCommands,
  },
};

/** The commands' names as they are typed, those of groups too: `run`, `feed suite`. */
export function findCommand(args: readonly string[]): { name: string; usage: string } {
  const words = args.filter((arg) => !arg.startsWith('-'));
  const entry = commands[words[0] ?? ''];
  if (entry === undefined || !('commands' in entry)) {
    return { name: words[0] ?? '', usage: entry?.usage ?? words[0] ?? '' };
  }
  const part = entry.commands[words[1] ?? ''];
  return part === undefined
    ? { name: words[0]!, usage: entry.usage }
    : { name: `${words[0]} ${words[1]}`, usage: `${words[0]} ${part.usage}` };
}
