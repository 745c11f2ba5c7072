/**
 * Heap-dump readers that others wrote, as oracles. They are named in the environment, never kept here:
 * HEAPDUMP_READERS holds `name=command` pairs, one a line or separated by `;`. The command is run by a
 * shell with `{}` replaced by the path of a dump, and prints one JSON object on stdout.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { graphOfDump, type ObjectView, visitDump } from '../../dump/index.ts';

export interface ReaderCommand {
  readonly name: string;
  /** With `{}` where the dump's path goes. */
  readonly command: string;
}

/**
 * What a reader says of a dump. A reader leaves out what it cannot tell. Digests are SHA-256, in hexadecimal, of
 * lines that end in a newline, numbers in decimal:
 * `objectDigest` of an object's `address size pointerOffset,pointerOffset,…`; `pointerDigest` of the values at those
 * offsets, `value,value,…`, an empty line for none; `goroutineDigest` of `id status waitReason`; `frameDigest` of
 * `sp depth name`; all in the dump's order.
 */
export interface DumpReport {
  readonly objects?: number;
  readonly types?: number;
  readonly itabs?: number;
  readonly goroutines?: number;
  readonly frames?: number;
  readonly threads?: number;
  readonly finalizers?: number;
  readonly queuedFinalizers?: number;
  readonly defers?: number;
  readonly panics?: number;
  readonly profileRecords?: number;
  readonly samples?: number;
  /** Pointers of objects that lead to an object, into its middle too. */
  readonly edges?: number;
  readonly objectDigest?: string;
  readonly pointerDigest?: string;
  readonly goroutineDigest?: string;
  readonly frameDigest?: string;
}

const countOfKind: Readonly<Record<string, keyof DumpReport>> = {
  object: 'objects',
  type: 'types',
  itab: 'itabs',
  goroutine: 'goroutines',
  stackFrame: 'frames',
  osThread: 'threads',
  finalizer: 'finalizers',
  queuedFinalizer: 'queuedFinalizers',
  defer: 'defers',
  panic: 'panics',
  memProf: 'profileRecords',
  allocSample: 'samples',
};

/** Parses HEAPDUMP_READERS. Throws where a pair has no name, no command, or no `{}`. */
export function parseReaders(text: string): ReaderCommand[] {
  const pairs = text.split(/[\n;]/).map((pair) => pair.trim());
  return pairs
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=');
      const name = pair.slice(0, equals).trim();
      const command = pair.slice(equals + 1).trim();
      if (equals < 0 || name === '' || !command.includes('{}')) {
        throw new Error(`HEAPDUMP_READERS: want name=command with {} for the dump, got ${pair}`);
      }
      return { name, command };
    });
}

/** The values of an object's pointers, decoded as the dump's params say. */
function pointerValues(object: ObjectView, pointerSize: number, littleEndian: boolean): bigint[] {
  const { bytes, start, size } = object;
  const contents = new DataView(bytes.buffer, bytes.byteOffset + start, size);
  return Array.from(object.pointers.subarray(0, object.pointerCount), (offset) =>
    pointerSize === 8
      ? contents.getBigUint64(offset, littleEndian)
      : BigInt(contents.getUint32(offset, littleEndian)),
  );
}

/** What our own reader says of a dump. */
export function reportOf(dump: Uint8Array): Required<DumpReport> {
  const counts: Record<string, number> = {};
  for (const name of Object.values(countOfKind)) counts[name] = 0;
  const count = (kind: string) => {
    const name = countOfKind[kind];
    if (name !== undefined) counts[name] = counts[name]! + 1;
  };
  let pointerSize = 0;
  let littleEndian = true;
  const objects = createHash('sha256');
  const pointers = createHash('sha256');
  const goroutines = createHash('sha256');
  const frames = createHash('sha256');
  visitDump(dump, {
    object: (object) => {
      count('object');
      const offsets = object.pointers.subarray(0, object.pointerCount);
      objects.update(`${object.address} ${object.size} ${offsets.join()}\n`);
      pointers.update(`${pointerValues(object, pointerSize, littleEndian).join()}\n`);
    },
    record: (record) => {
      count(record.kind);
      if (record.kind === 'params') {
        pointerSize = Number(record.pointerSize);
        littleEndian = !record.bigEndian;
      } else if (record.kind === 'goroutine') {
        goroutines.update(`${record.id} ${record.status} ${record.waitReason}\n`);
      } else if (record.kind === 'stackFrame') {
        frames.update(`${record.sp} ${record.depth} ${record.name}\n`);
      }
    },
  });
  return {
    ...(counts as unknown as Required<DumpReport>),
    edges: graphOfDump(dump).edges.length,
    objectDigest: objects.digest('hex'),
    pointerDigest: pointers.digest('hex'),
    goroutineDigest: goroutines.digest('hex'),
    frameDigest: frames.digest('hex'),
  };
}

/** Runs a reader on a dump. Throws with its stderr where it fails or prints no JSON object. */
export function runReader(reader: ReaderCommand, path: string): DumpReport {
  const command = reader.command.replaceAll('{}', `'${path.replaceAll("'", "'\\''")}'`);
  const run = spawnSync('/bin/sh', ['-c', command], {
    encoding: 'utf8',
    timeout: 120_000,
    maxBuffer: 1 << 28,
  });
  if (run.status !== 0) {
    throw new Error(
      `${reader.name}: status ${run.status ?? run.signal}: ${run.stderr.slice(0, 500)}`,
    );
  }
  const report: unknown = JSON.parse(run.stdout);
  if (typeof report !== 'object' || report === null) throw new Error(`${reader.name}: no object`);
  return report as DumpReport;
}

/** Where a report differs from ours: `objects: 1200, ours 1244`. Throws where it names nothing that we know. */
export function differences(theirs: DumpReport, ours: Required<DumpReport>): string[] {
  const known = Object.keys(ours) as (keyof DumpReport)[];
  const told = known.filter((name) => theirs[name] !== undefined);
  if (told.length === 0) throw new Error(`a report without any of ${known.join(', ')}`);
  return told
    .filter((name) => theirs[name] !== ours[name])
    .map((name) => `${name}: ${theirs[name]}, ours ${ours[name]}`);
}
