/** Every string and every memory at the lengths where an encoding or a buffer ends, and strings of awkward bytes. */
import type { RecordValues } from '../../../dump/feed/encoder.ts';
import type { Verdict } from '../../../dump/feed/verdict.ts';
import { recordCase, type SuiteCase, streamCase } from './case.ts';
import { profileRecord } from './kinds.ts';
import { le8, place, World } from './world.ts';

const tiny = [0, 1, 127, 128];
const large = [4095, 4096, 4097, 65_535, 65_536, 65_537, 2 ** 20 + 1, 2 ** 24 + 1];

interface Field {
  readonly name: string;
  readonly go: string;
  /** Adds a record in which the field has these bytes. */
  write(world: World, bytes: Uint8Array, n: number): void;
}

const strings: readonly Field[] = [
  {
    name: 'otherRoot-description',
    go: 'dumpotherroot',
    write: (world, description) =>
      void world.add({ kind: 'otherRoot', description, address: world.heap(0) }),
  },
  {
    name: 'type-name',
    go: 'dumptype',
    write: (world, name, n) =>
      void world.add(
        { kind: 'type', address: place.type + 64 * n, size: 8, name },
        { kind: 'itab', address: place.itab + 64 * n, type: place.type + 64 * n },
      ),
  },
  {
    name: 'goroutine-waitReason',
    go: 'dumpgoroutine',
    write: (world, waitReason) => void world.goroutine({ waitReason }),
  },
  {
    name: 'stackFrame-name',
    go: 'dumpframe',
    write: (world, name) => void world.goroutine({}, [{ name }]),
  },
  {
    name: 'memProf-func',
    go: 'dumpmemprof_callback',
    write: (world, func, n) => profileWith(world, { func, file: 'main.go', line: 7 }, n),
  },
  {
    name: 'memProf-file',
    go: 'dumpmemprof_callback',
    write: (world, file, n) => profileWith(world, { func: 'main.main', file, line: 7 }, n),
  },
];

function profileWith(world: World, frame: Readonly<Record<string, unknown>>, n: number): void {
  world.add(profileRecord({ id: place.bucket + 64 * n, frames: [frame] }));
}

const memories: readonly Field[] = [
  {
    name: 'object-contents',
    go: 'dumpobj',
    write: (world, contents, n) =>
      void world.add({ kind: 'object', address: world.heap(0x10000 + 256 * n), contents }),
  },
  {
    name: 'stackFrame-contents',
    go: 'dumpframe',
    write: (world, contents) => void world.goroutine({}, [{ name: 'main.main', contents }]),
  },
];

const segments: readonly Field[] = (['dataSegment', 'bss'] as const).map((kind) => ({
  name: `${kind}-contents`,
  go: 'dumproots',
  write: (world, contents) => void world.add({ kind, address: place.data, contents }),
}));

/** Bytes that look like records, so that a reader that loses its place does not notice at once. */
function bytesOf(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) bytes[i] = (i * 7 + 1) % 18;
  return bytes;
}

/** Letters: a string that is text. */
function textOf(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) bytes[i] = 97 + (i % 26);
  return bytes;
}

/** The texts of the parameters, of which a dump has one each. */
const paramTexts = ['architecture', 'goVersion'] as const;

/** Both at once, since the suite is to stay small; each alone at every length is among the large ones. */
const paramPairs = [
  [0, 1],
  [127, 128],
] as const;

function* paramCases(): Generator<SuiteCase> {
  const about = { specRef: 'runtime/heapdump.go dumpparams', importance: 'low' } as const;
  for (const [first, second] of paramPairs) {
    const texts = { architecture: textOf(first), goVersion: textOf(second) };
    yield recordCase(`length-params-${first}-${second}`, new World(le8, texts).canary().end(), {
      ...about,
      reason: `an architecture of ${first} bytes and a version of ${second}, then a canary`,
      bugType: 'length-encoding',
    });
  }
  for (const name of paramTexts) {
    for (const length of [...tiny, ...large]) {
      const text = { [name]: textOf(length) };
      yield streamCase(
        `length-params-${name}-${length}`,
        () => new World(le8, text).canary().end(),
        {
          ...about,
          reason: `${name} of ${length} bytes, then a canary`,
          bugType: length > 128 ? 'own-limit' : 'length-encoding',
          detail: { length },
          fewRecords: true,
        },
      );
    }
  }
}

const targetOf = (field: Field) => (strings.includes(field) ? textOf : bytesOf);

function arena(length: number): Readonly<Record<string, unknown>> {
  return { heapEnd: le8.heapStart + Math.max(le8.arena, 4 * length) };
}

function* records(field: Field, length: number): Generator<RecordValues> {
  const world = new World(le8, arena(length)).object(0, 0, 0);
  field.write(world, targetOf(field)(length), 1000);
  // The canaries are at 2 MiB; what is longer begins far above them.
  if (field.name === 'object-contents') {
    Object.assign(world.records.at(-1)!, { address: world.heap(0x1000000) });
  }
  yield* world.canary().end();
}

function importanceOf(field: Field, length: number): Verdict['importance'] {
  if (memories.includes(field) || segments.includes(field)) return 'high';
  return length > 65_535 ? 'low' : 'medium';
}

export function* lengthCases(): Generator<SuiteCase> {
  for (const field of [...strings, ...memories]) {
    const world = new World(le8).object(0, 0, 0);
    tiny.forEach((length, n) => {
      field.write(world, targetOf(field)(length), n);
      world.canary();
    });
    yield recordCase(`length-${field.name}`, world.end(), {
      reason: `${field.name} of 0, 1, 127 and 128 bytes, each followed by a canary`,
      specRef: `runtime/heapdump.go ${field.go}`,
      bugType: 'length-encoding',
    });
  }
  for (const field of segments) {
    for (const length of tiny) {
      yield recordCase(`length-${field.name}-${length}`, [...records(field, length)], {
        reason: `${field.name} of ${length} bytes, then a canary`,
        specRef: `runtime/heapdump.go ${field.go}`,
        bugType: 'length-encoding',
      });
    }
  }
  for (const field of [...strings, ...memories, ...segments]) {
    for (const length of large) {
      yield streamCase(`length-${field.name}-${length}`, () => records(field, length), {
        reason: `${field.name} of ${length} bytes, then a canary`,
        specRef: `runtime/heapdump.go ${field.go}`,
        importance: importanceOf(field, length),
        bugType: 'own-limit',
        ...(field.name.startsWith('otherRoot') && { features: ['otherRoot'] }),
        detail: { length },
        fewRecords: true,
      });
    }
  }
  yield* paramCases();
}

const utf8 = (text: string) => new TextEncoder().encode(text);

const awkward: Readonly<Record<string, { bytes: Uint8Array; what: string }>> = {
  nul: { bytes: utf8('a\0b\0'), what: 'NUL bytes' },
  'not-utf-8': {
    bytes: Uint8Array.of(0x61, 0xff, 0xfe, 0xc0, 0x80, 0xed, 0xa0, 0x80, 0x62),
    what: 'bytes that are no UTF-8: 0xff, an overlong NUL, half a surrogate pair',
  },
  'cut-utf-8': { bytes: Uint8Array.of(0x61, 0xe2, 0x82), what: 'a character that is cut' },
  quotes: { bytes: utf8('"\'`\\"); --'), what: 'quotes and a backslash' },
  newline: { bytes: utf8('a\nb\r\nc\u2028d\te'), what: 'line ends of all sorts and a tab' },
  html: { bytes: utf8('<script>alert(1)</script>&amp;<b>'), what: 'HTML' },
  bom: { bytes: utf8('\ufeffname'), what: 'a byte order mark, which belongs to the text' },
  astral: { bytes: utf8('\u{1f600}\u{10ffff}e\u0301'), what: 'characters beyond 16 bits' },
  terminal: { bytes: utf8('\x1b[31m\x07\x08\u202e%s%n'), what: 'terminal and format codes' },
  'go-names': {
    bytes: utf8('main.(*T[go.shape.int,a/b.C]).M·f-fm.func1.2'),
    what: "a name of Go's compiler: a generic method's closure",
  },
};

export function* textCases(): Generator<SuiteCase> {
  for (const [id, { bytes, what }] of Object.entries(awkward)) {
    const world = new World(le8, { architecture: 'amd64', goVersion: bytes }).object(0, 0, 0);
    strings.forEach((field, n) => {
      field.write(world, bytes, n);
      world.canary();
    });
    yield recordCase(`text-${id}`, world.end(), {
      reason: `strings with ${what}, in each field that holds one, each followed by a canary`,
      specRef: 'runtime/heapdump.go dumpstr',
      importance: id === 'go-names' ? 'high' : 'medium',
      bugType: 'text-escaping',
    });
  }
}
