/** The log of the instrumented runtime (bootlog.go) as data. */

/** One thing that the runtime did. `args` depend on `op`; addresses are hexadecimal strings. */
interface BootEvent {
  readonly op: string;
  /** The M's current goroutine, 0 for none. */
  readonly g: number;
  readonly m: number;
  /** On the system stack. */
  readonly system: boolean;
  readonly [arg: string]: string | number | boolean;
  /** Index into `stacks`: the callers, innermost first. */
  readonly stack: number;
}

interface BootType {
  readonly addr: string;
  readonly size: number;
  readonly ptrBytes: number;
  readonly align: number;
  readonly kind: number;
  readonly hash: string;
  /** One digit a word up to ptrBytes; '-' without pointers. */
  readonly mask: string;
  readonly pkgPath: string;
  readonly string: string;
}

export interface BootLog {
  readonly events: readonly BootEvent[];
  /** Indices into `functions`, innermost first. */
  readonly stacks: readonly (readonly number[])[];
  /** `name file:line`. */
  readonly functions: readonly string[];
  readonly types: readonly BootType[];
  /** The world when the first dump was asked for: lines of values, by what they tell of. */
  readonly state: Readonly<Record<string, readonly (readonly (string | number)[])[]>>;
}

type Argument = 'number' | 'addr' | 'text' | '-';

/** Names and kinds of the four arguments of each operation. */
const operations: Readonly<
  Record<number, readonly [string, readonly (readonly [string, Argument])[]]>
> = {
  1: [
    'mallocgc',
    [
      ['size', 'number'],
      ['type', 'text'],
      ['addr', 'addr'],
      ['tiny', 'number'],
    ],
  ],
  2: [
    'stackalloc',
    [
      ['size', 'number'],
      ['', '-'],
      ['addr', 'addr'],
      ['', '-'],
    ],
  ],
  3: [
    'stackfree',
    [
      ['size', 'number'],
      ['', '-'],
      ['addr', 'addr'],
      ['', '-'],
    ],
  ],
  4: [
    'persistentalloc',
    [
      ['size', 'number'],
      ['align', 'number'],
      ['stat', 'text'],
      ['addr', 'addr'],
    ],
  ],
  5: [
    'fixalloc',
    [
      ['allocator', 'text'],
      ['size', 'number'],
      ['addr', 'addr'],
      ['fromList', 'number'],
    ],
  ],
  6: [
    'allocSpan',
    [
      ['base', 'addr'],
      ['npages', 'number'],
      ['kind', 'number'],
      ['span', 'addr'],
    ],
  ],
  7: [
    'freeSpan',
    [
      ['base', 'addr'],
      ['npages', 'number'],
      ['kind', 'number'],
      ['span', 'addr'],
    ],
  ],
  8: [
    'sysAlloc',
    [
      ['size', 'number'],
      ['addr', 'addr'],
      ['stat', 'text'],
      ['', '-'],
    ],
  ],
  9: [
    'copystack',
    [
      ['goid', 'number'],
      ['old', 'addr'],
      ['oldSize', 'number'],
      ['newSize', 'number'],
    ],
  ],
  10: [
    'sysReserve',
    [
      ['hint', 'addr'],
      ['size', 'number'],
      ['addr', 'addr'],
      ['', '-'],
    ],
  ],
  11: [
    'sysMap',
    [
      ['addr', 'addr'],
      ['size', 'number'],
      ['stat', 'text'],
      ['', '-'],
    ],
  ],
  12: [
    'sysUsed',
    [
      ['addr', 'addr'],
      ['size', 'number'],
      ['prepared', 'number'],
      ['', '-'],
    ],
  ],
  13: [
    'sysUnused',
    [
      ['addr', 'addr'],
      ['size', 'number'],
      ['', '-'],
      ['', '-'],
    ],
  ],
  14: [
    'heapGrow',
    [
      ['npages', 'number'],
      ['addr', 'addr'],
      ['size', 'number'],
      ['total', 'number'],
    ],
  ],
  15: [
    'allocToCache',
    [
      ['base', 'addr'],
      ['cacheLo', 'text'],
      ['cacheHi', 'text'],
      ['', '-'],
    ],
  ],
  20: [
    'newproc',
    [
      ['goid', 'number'],
      ['addr', 'addr'],
      ['start', 'text'],
      ['parent', 'number'],
    ],
  ],
  21: [
    'execute',
    [
      ['goid', 'number'],
      ['', '-'],
      ['', '-'],
      ['', '-'],
    ],
  ],
  22: [
    'gopark',
    [
      ['goid', 'number'],
      ['reason', 'number'],
      ['', '-'],
      ['', '-'],
    ],
  ],
  23: [
    'ready',
    [
      ['goid', 'number'],
      ['', '-'],
      ['', '-'],
      ['', '-'],
    ],
  ],
  24: [
    'newm',
    [
      ['id', 'number'],
      ['addr', 'addr'],
      ['', '-'],
      ['', '-'],
    ],
  ],
  25: [
    'itabAdd',
    [
      ['addr', 'addr'],
      ['inter', 'text'],
      ['type', 'text'],
      ['tableSize', 'number'],
    ],
  ],
};

/** What the lines of the state begin with. */
const stateLines: Readonly<Record<string, string>> = {
  S: 'allspans',
  G: 'allgs',
  M: 'allm',
  P: 'allp',
  A: 'mcacheAlloc',
  K: 'stackcache',
  L: 'stackpool',
  H: 'arenaHints',
  D: 'firstmoduledata',
  V: 'values',
  W: 'sysStats',
};

const onSystemStack = 1 << 30;
const spanKinds = ['heap', 'stack', 'ptrScalarBits', 'workBuf'];

/** Memory that the kernel placed anywhere it liked, so that addresses in it differ from run to run. */
interface Region {
  readonly name: string;
  readonly addr: number;
  readonly size: number;
}

function regionsOf(lines: readonly string[]): Region[] {
  const regions: Region[] = [];
  for (const line of lines) {
    const words = line.split(' ');
    const addr =
      words[1] === '8' ? words[5] : words[1] === '10' && words[4] === '0x0' ? words[6] : '';
    if (words[0] !== 'E' || !addr) continue;
    const size = Number(words[1] === '8' ? words[4] : words[5]);
    const name = `${words[1] === '8' ? 'alloc' : 'reserve'}${regions.length}`;
    regions.push({ name, addr: Number(addr), size });
  }
  return regions;
}

function placeIn(regions: readonly Region[]): (text: string) => string {
  return (text) => {
    const value = Number(text);
    const region = regions.find(({ addr, size }) => value >= addr && value < addr + size);
    return region ? `${region.name}+0x${(value - region.addr).toString(16)}` : text;
  };
}

function eventOf(
  line: string,
  place: (text: string) => string,
  stackOf: (pcs: string) => number,
): BootEvent {
  const [head, pcs] = line.split(' |') as [string, string];
  const [, op, who, m, ...args] = head.split(' ') as string[];
  const [name, names] = operations[Number(op)]!;
  const event: Record<string, string | number | boolean> = {
    op: name,
    g: Number(who) % onSystemStack,
    m: Number(m),
    system: Number(who) >= onSystemStack,
  };
  for (const [index, [key, kind]] of names.entries()) {
    const text = args[index]!;
    if (kind === 'number') event[key] = Number(text);
    if (kind === 'addr') event[key] = place(text);
    if (kind === 'text') event[key] = /^-?\d+$/.test(text) ? Number(text) : text;
  }
  if (name === 'allocSpan') {
    event.spanclass = (event.kind as number) % 256;
    event.kind = spanKinds[Math.floor((event.kind as number) / 256)]!;
  } else if (name === 'freeSpan') {
    event.kind = spanKinds[event.kind as number]!;
  }
  event.stack = stackOf(pcs);
  return event as unknown as BootEvent;
}

function typeOf(line: string): BootType {
  const [, addr, size, ptrBytes, align, kind, hash, mask, ...rest] = line.split(' ') as string[];
  const [pkgPath, string] = rest.join(' ').split('|') as [string, string];
  return {
    addr: addr!,
    size: Number(size),
    ptrBytes: Number(ptrBytes),
    align: Number(align),
    kind: Number(kind),
    hash: hash!,
    mask: mask!,
    pkgPath,
    string,
  };
}

/** Parses what the instrumented runtime printed. Throws at a line that is none of its own. */
export function parseBootLog(text: string): BootLog {
  const lines = text.split('\n').filter((line) => line !== '');
  const place = placeIn(regionsOf(lines));
  const stacks = new Map<string, number>();
  const stackOf = (pcs: string) => {
    if (!stacks.has(pcs)) stacks.set(pcs, stacks.size);
    return stacks.get(pcs)!;
  };
  const events: BootEvent[] = [];
  const functions: string[] = [];
  const types: BootType[] = [];
  const state: Record<string, (string | number)[][]> = {};
  for (const line of lines) {
    const letter = line[0]!;
    if (letter === 'E') events.push(eventOf(line, place, stackOf));
    else if (letter === 'F') functions.push(line.slice(2));
    else if (letter === 'T') types.push(typeOf(line));
    else if (stateLines[letter] !== undefined) {
      const words = line.slice(2).split(' ');
      const values = words.map((word) => (/^-?\d+$/.test(word) ? Number(word) : place(word)));
      state[stateLines[letter]] = [...(state[stateLines[letter]] ?? []), values];
    } else throw new Error(`not a line of the boot log: ${line}`);
  }
  const indices = [...stacks.keys()].map((pcs) => pcs.trim().split(' ').map(Number));
  return { events, stacks: indices, functions, types, state };
}
