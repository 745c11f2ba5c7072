/**
 * What a crash looks like, by the language of the reader: its words on standard error, and where in them the message
 * and the stack are. An exit code alone does not tell: Go's panics end in 2, an uncaught error of Node in 1, and so
 * do readers that refuse a dump.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';

const MiB = 2 ** 20;

/** A crash as it was told. */
export interface Crash {
  readonly message: string;
  /** Function names, innermost first, without those of the language's own runtime and library. */
  readonly frames: readonly string[];
}

export interface Language {
  readonly name: string;
  /** Standard error of a process that ended by a defect of the program. */
  readonly crashed: RegExp;
  /** … that was refused memory. */
  readonly outOfMemory: RegExp;
  /** … that found by itself that it leaks. */
  readonly leaked?: RegExp;
  /** Address space that it takes beside the memory it uses; undefined: reserves too much for a limit to make sense. */
  readonly addressSpace?: number;
  /** SIGQUIT makes it tell its stacks and end. */
  readonly tellsStacksOnQuit?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  crash(stderr: string): Crash;
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1)?.trim() ?? '';
}

function firstMatch(text: string, pattern: RegExp): string {
  return pattern.exec(text)?.[0].trim() ?? lastLine(text);
}

/** All first groups of a global pattern. */
function groups(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map((match) => match[1]!);
}

const goFrame = /^(\S[^\n]*)\([^()\n]*\)\n\t([^\n:]+):\d+/gm;

function goFrames(stderr: string): string[] {
  const start = stderr.search(/^goroutine \d+.*\[.*\]:$/m);
  if (start < 0) return [];
  const end = stderr.indexOf('\n\n', start);
  const stack = stderr.slice(start, end < 0 ? undefined : end);
  const frames = [...stack.matchAll(goFrame)].map(([, name, file]) => ({
    name: name!.replace(/\.func\d+(\.\d+)*$/, '.func'),
    isOwn:
      !file!.includes('/go/src/') &&
      !/\/src\/(runtime|internal)\//.test(file!) &&
      !isGoLibrary(name!),
  }));
  const own = frames.filter(({ isOwn }) => isOwn);
  return own.map(({ name }) => name);
}

/** Packages of the standard library have no dot in the first element of their path; `main` is the program's. */
function isGoLibrary(name: string): boolean {
  const [first = ''] = name.split('/');
  if (name.includes('/')) return !first.includes('.') && goLibraryRoots.has(first);
  return goLibraryRoots.has(first.split('.')[0]!);
}

const goLibraryRoots = new Set(
  (
    'archive bufio bytes cmp compress container context crypto database debug embed encoding errors expvar flag fmt ' +
    'hash html image index internal io iter log maps math mime net os panic path plugin reflect regexp runtime slices ' +
    'sort strconv strings structs sync syscall testing text time unicode unique unsafe'
  ).split(' '),
);

const go: Language = {
  name: 'go',
  crashed:
    /^panic: |^fatal error: |^goroutine \d+.*\[(running|runnable|select|chan|sync|IO|sleep|syscall)|^SIG(SEGV|BUS|ABRT|ILL|FPE)|^runtime: |^WARNING: DATA RACE/m,
  outOfMemory:
    /^fatal error: (runtime: )?(out of memory|cannot allocate|cannot reserve)|^runtime: out of memory|^fatal error: runtime: cannot map|failed to create new OS thread/m,
  addressSpace: 1536 * MiB,
  tellsStacksOnQuit: true,
  crash: (stderr) => ({
    message: firstMatch(stderr, /^(panic: |fatal error: |runtime: out of memory).*$/m).replace(
      / \[recovered\]$/,
      '',
    ),
    frames: goFrames(stderr),
  }),
};

const node: Language = {
  name: 'node',
  crashed: /^ {4}at .+:\d+:\d+\)?$|^Node\.js v\d|^FATAL ERROR: /m,
  outOfMemory:
    /heap out of memory|Array buffer allocation failed|Allocation failed|Invalid (typed )?array (buffer )?length|Cannot create a (Buffer|string) (larger|longer)|ERR_BUFFER_TOO_LARGE|Failed to allocate/,
  crash: (stderr) => ({
    message: firstMatch(
      stderr,
      /^(\w*(Error|Exception)( \[\w+\])?: .*|FATAL ERROR: .*|Uncaught .*)$/m,
    ),
    frames: groups(stderr, /^ {4}at (?!.*\bnode:)(?:async )?(.+?)(?: \(.*\)|:\d+:\d+)$/gm).filter(
      (frame) => !/^new Promise/.test(frame),
    ),
  }),
};

const python: Language = {
  name: 'python',
  crashed: /^Traceback \(most recent call last\):|^Fatal Python error: /m,
  outOfMemory: /^MemoryError|^numpy.*ArrayMemoryError/m,
  addressSpace: 1024 * MiB,
  env: { PYTHONFAULTHANDLER: '1' },
  crash(stderr) {
    const own = /^ {2}File "(?!.*\/lib\/python3|<frozen)[^"]*", line \d+, in (.+)$/gm;
    return {
      message: stderr.includes('Fatal Python error')
        ? firstMatch(stderr, /^Fatal Python error: .*$/m)
        : (groups(stderr, /^([A-Za-z_][\w.]*(?:Error|Exception|Exit|Interrupt|Warning)\b.*)$/gm).at(
            -1,
          ) ?? lastLine(stderr)),
      frames: groups(stderr, own).reverse(),
    };
  },
};

const jvm: Language = {
  name: 'jvm',
  crashed:
    /^Exception in thread |^\tat [\w.$/@]+\(.*\)$|A fatal error has been detected by the Java/m,
  outOfMemory:
    /java\.lang\.OutOfMemoryError|Could not reserve enough space|NegativeArraySizeException: -?\d+ bytes/,
  crash: (stderr) => ({
    message: firstMatch(
      stderr,
      /^(Exception in thread .*|Caused by: .*|[\w.]+(Error|Exception)\b.*)$/m,
    ).replace(/^Exception in thread "[^"]*" /, ''),
    frames: groups(stderr, /^\s*at ([\w.$/@<>]+)\(.*\)$/gm).filter(
      (frame) => !/^(java|javax|jdk|sun|kotlin|scala)\b/.test(frame.replace(/^.*\//, '')),
    ),
  }),
};

const asan: Language = {
  name: 'asan',
  crashed:
    /ERROR: (Address|Memory|Thread|Leak|UndefinedBehavior)Sanitizer|runtime error: |^terminate called /m,
  outOfMemory:
    /AddressSanitizer: (allocation-size-too-big|out-of-memory|requested allocation size|calloc-overflow)|bad_alloc|failed to allocate/,
  leaked: /ERROR: LeakSanitizer|SUMMARY: AddressSanitizer: \d+ byte\(s\) leaked/,
  crash: (stderr) => ({
    message: firstMatch(
      stderr,
      /((Address|Memory|Thread|Leak)Sanitizer:? .*|runtime error: .*|terminate called .*)$/m,
    ).replace(/ on (unknown )?address .*$| \(pc 0x.*$/, ''),
    frames: groups(stderr, /^\s+#\d+ 0x[0-9a-f]+ in ([^\s(]+).*$/gm).filter(
      (frame) =>
        !/^(_*asan_|_*interceptor|__sanitizer|__libc|_start|malloc|calloc|realloc|free|operator)/.test(
          frame,
        ),
    ),
  }),
};

const rust: Language = {
  name: 'rust',
  crashed:
    /^thread '.*' (\(\d+\) )?panicked at|^thread '.*' has overflowed its stack|^fatal runtime error: /m,
  outOfMemory: /^memory allocation of \d+ bytes failed|capacity overflow|AllocError/m,
  addressSpace: 512 * MiB,
  env: { RUST_BACKTRACE: '1' },
  crash(stderr) {
    const place = /panicked at (?:'(.*)', )?([^\n]*?):\d+:\d+:?\n?(.*)$/m.exec(stderr);
    const frames = groups(
      stderr,
      /^\s+\d+: (?:0x[0-9a-f]+ - )?(\S+?)(?:::h[0-9a-f]{16})?$/gm,
    ).filter(
      (frame) =>
        !/^(<?(core|std|alloc)::|rust_begin_unwind|_?_rust_|main$|_start|__libc)/.test(frame),
    );
    return {
      message:
        place?.[1] ||
        place?.[3] ||
        firstMatch(stderr, /^(memory allocation|fatal runtime error).*$/m),
      frames: frames.length > 0 || place === null ? frames : [place[2]!],
    };
  },
};

/** The presets of `--preset`. */
export const languages = {
  go,
  node,
  python,
  jvm,
  asan,
  rust,
  any: anyLanguage([go, node, python, jvm, asan, rust]),
};

/** For readers of unknown make: whichever language the words are of. */
function anyLanguage(known: readonly Language[]): Language {
  const anyOf = (patterns: readonly (RegExp | undefined)[]): RegExp =>
    new RegExp(
      patterns.flatMap((pattern) => (pattern ? [`(?:${pattern.source})`] : [])).join('|'),
      'm',
    );
  return {
    name: 'any',
    crashed: anyOf(known.map(({ crashed }) => crashed)),
    outOfMemory: anyOf(known.map(({ outOfMemory }) => outOfMemory)),
    leaked: anyOf(known.map(({ leaked }) => leaked)),
    env: Object.assign({}, ...known.map(({ env }) => env)),
    crash(stderr) {
      const told = known.find(
        ({ crashed, outOfMemory }) => crashed.test(stderr) || outOfMemory.test(stderr),
      );
      return told === undefined ? { message: lastLine(stderr), frames: [] } : told.crash(stderr);
    },
  };
}

/** The language that a command is written in, as far as its program tells. */
export function detectLanguage(argv: readonly string[]): Language {
  const name = basename(argv[0]!);
  if (/^(node|bun|deno|tsx)$/.test(name)) return node;
  if (/^(python|pypy)[\d.]*$/.test(name)) return python;
  if (name === 'java') return jvm;
  const program = beginningOf(argv[0]!, 16 * MiB);
  if (program.subarray(0, 2).toString('latin1') === '#!') {
    const line = program.subarray(2, 200).toString('latin1').split('\n')[0]!.trim().split(/\s+/);
    const interpreter =
      basename(line[0]!) === 'env'
        ? line.find((word, at) => at > 0 && !word.startsWith('-'))
        : line[0];
    return interpreter === undefined || interpreter === argv[0]
      ? languages.any
      : detectByName(interpreter);
  }
  if (program.includes('__asan_')) return asan;
  if (program.includes('\xff Go buildinf:', 0, 'latin1')) return go;
  return program.includes('rust_begin_unwind') || program.includes('RUST_BACKTRACE')
    ? rust
    : languages.any;
}

function detectByName(interpreter: string): Language {
  const name = basename(interpreter);
  if (/^(node|bun|deno|tsx)$/.test(name)) return node;
  return /^(python|pypy)[\d.]*$/.test(name) ? python : languages.any;
}

function beginningOf(path: string, most: number): Buffer {
  try {
    const fd = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(most);
      return bytes.subarray(0, readSync(fd, bytes, 0, most, 0));
    } finally {
      closeSync(fd);
    }
  } catch {
    return Buffer.alloc(0);
  }
}
