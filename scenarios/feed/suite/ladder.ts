/** Dumps of 10^3 to 10^9 objects, and one of an object above 4 GiB: only ever streamed. */
import { type Content, MadeContent } from '../../../dump/feed/content.ts';
import { ByteWriter, recordBytes } from '../../../dump/feed/encoder.ts';
import { factNumber } from '../../../dump/feed/fact-list.ts';
import type { Facts } from '../../../dump/feed/facts.ts';
import { factsOfRecords } from '../../../dump/feed/record-facts.ts';
import { currentHeader, type SuiteCase } from './case.ts';
import { digests } from './digests.ts';
import { le8, World } from './world.ts';

const objectSize = 16;

/** Objects that are made at a time. */
const batch = 4096;

function uvarintLength(value: number): number {
  let length = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) length++;
  return length;
}

/** The heap's parameters, for this many bytes of objects. */
function worldOf(bytes: number): World {
  const arenas = Math.ceil(bytes / le8.arena) + 1;
  return new World(le8, { heapEnd: le8.heapStart + arenas * le8.arena });
}

/** The header and the parameters. */
function start(world: World): Uint8Array[] {
  return [new TextEncoder().encode(currentHeader), ...world.records.map(recordBytes)];
}

function* ladder(count: number): Generator<Uint8Array> {
  const world = worldOf(count * objectSize);
  yield* start(world);
  const contents = new Uint8Array(objectSize);
  const writer = new ByteWriter();
  for (let first = 0; first < count; first += batch) {
    const last = Math.min(count, first + batch);
    for (let i = first; i < last; i++) {
      writer.byte(1);
      writer.uvarint(le8.heapStart + i * objectSize);
      writer.byte(objectSize);
      writer.append(contents);
      writer.byte(0);
    }
    yield writer.take();
  }
  yield Uint8Array.of(0);
}

function ladderBytes(count: number): number {
  const beginning = start(worldOf(count * objectSize)).reduce((n, part) => n + part.length, 0);
  const address = uvarintLength(le8.heapStart);
  return beginning + count * (1 + address + 1 + objectSize + 1) + 1;
}

/** Known without the dump being made: sums of arithmetic progressions. */
function ladderFacts(count: number): Facts {
  const n = BigInt(count);
  const sum = n * BigInt(le8.heapStart) + (BigInt(objectSize) * n * (n - 1n)) / 2n;
  return {
    ...emptyFacts(worldOf(count * objectSize)),
    bytes: ladderBytes(count),
    records: { eof: 1, object: count, params: 1 },
    objects: {
      count,
      address: factNumber(BigInt.asUintN(64, sum)),
      size: count * objectSize,
      pointers: 0,
    },
  };
}

/** The facts of the dump without its objects; what `find` asks about would have to be worked out. */
function emptyFacts(world: World): Facts {
  const { find: _, ...facts } = factsOfRecords(world.end(), 0);
  return facts;
}

/** Bytes of the one object: a little above 4 GiB. */
const hugeSize = 2 ** 32 + 8192;

function* huge(): Generator<Uint8Array> {
  const world = worldOf(hugeSize);
  yield* start(world);
  const writer = new ByteWriter();
  writer.byte(1);
  writer.uvarint(le8.heapStart);
  writer.uvarint(hugeSize);
  yield writer.take();
  const zeros = new Uint8Array(1 << 16);
  for (let done = 0; done < hugeSize; done += zeros.length) {
    yield zeros.subarray(0, Math.min(zeros.length, hugeSize - done));
  }
  writer.byte(0);
  const canary = {
    kind: 'object',
    address: le8.heapStart + 2 ** 32 + 2 ** 20,
    contents: new TextEncoder().encode('canary'),
  } as const;
  writer.append(recordBytes(canary));
  writer.byte(0);
  yield writer.take();
}

function hugeBytes(): number {
  const world = worldOf(hugeSize);
  const beginning = start(world).reduce((n, part) => n + part.length, 0);
  const canary = 1 + uvarintLength(le8.heapStart) + 1 + 6 + 1;
  const object = 1 + uvarintLength(le8.heapStart) + uvarintLength(hugeSize) + hugeSize + 1;
  return beginning + object + canary + 1;
}

function hugeFacts(): Facts {
  const { heapStart } = le8;
  const canary = heapStart + 2 ** 32 + 2 ** 20;
  return {
    ...emptyFacts(worldOf(hugeSize)),
    bytes: hugeBytes(),
    records: { eof: 1, object: 2, params: 1 },
    objects: [
      { address: heapStart, size: hugeSize, pointers: [] },
      { address: canary, size: 6, pointers: [] },
    ],
    find: [
      { address: heapStart + hugeSize - 1, object: heapStart },
      { address: heapStart + hugeSize, object: null },
      { address: canary, object: canary },
    ],
  };
}

interface Rung {
  readonly id: string;
  readonly reason: string;
  readonly detail: Readonly<Record<string, number>>;
  readonly length: number;
  readonly make: () => Iterable<Uint8Array>;
  readonly facts: () => Facts;
}

function caseOf({ id, reason, detail, length, make, facts }: Rung): SuiteCase {
  const made = new MadeContent(make);
  const content: Content = { length, chunks: () => made.chunks(), bytes: () => made.bytes() };
  const known = digests[id];
  return {
    id,
    verdict: {
      expect: 'accept',
      layer: 'resource',
      flags: [],
      features: [],
      importance: length > 2 ** 30 ? 'medium' : 'high',
      reason,
      specRef: 'runtime/heapdump.go dumpobjs',
      bugType: 'memory-of-size',
    },
    base: 'suite',
    recipe: [{ op: 'make', detail }],
    large: true,
    content,
    facts,
    ...(known !== undefined && { known }),
  };
}

export function* ladderCases(): Generator<SuiteCase> {
  for (let power = 3; power <= 9; power++) {
    const objects = 10 ** power;
    yield caseOf({
      id: `size-1e${power}`,
      reason: `10^${power} objects of ${objectSize} bytes`,
      detail: { objects },
      length: ladderBytes(objects),
      make: () => ladder(objects),
      facts: () => ladderFacts(objects),
    });
  }
  yield caseOf({
    id: 'object-above-4GiB',
    reason: 'an object of 2^32+8192 bytes, then a canary',
    detail: { size: hugeSize },
    length: hugeBytes(),
    make: huge,
    facts: hugeFacts,
  });
}
