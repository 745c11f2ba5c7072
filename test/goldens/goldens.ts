/** Heap dumps that real Go wrote, for tests: which there are, and their bytes. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import type { GoArch } from '../../sim/arch.ts';

/** One kept dump as the manifest lists it. */
export interface GoldenEntry {
  /** `linked-list.amd64.4`, `odd-sizes.noallocheaders.386.3`. */
  readonly id: string;
  readonly program: string;
  readonly goarch: GoArch;
  /** GOEXPERIMENT, '' for none. */
  readonly goexperiment: string;
  readonly goVersion: string;
  /** Descriptor that the program dumped to: 3 at entry to main, 4 and on later. */
  readonly descriptor: number;
  readonly bytes: number;
  readonly sha256: string;
}

export interface Golden extends GoldenEntry {
  readonly dump: Uint8Array;
  /** Sizes of the write() calls that made the dump, as strace saw them. */
  readonly writes: readonly number[];
}

/** What a recording keeps of one run of a program. */
export interface Recording {
  readonly program: string;
  readonly goarch: GoArch;
  readonly goexperiment: string;
  readonly goVersion: string;
  readonly flags: readonly string[];
  /** The machine's processors, which the dump tells. */
  readonly ncpu: number;
  /** Runs that were made, and how many of them had the heap that was kept. */
  readonly runs: number;
  readonly agreeing: number;
  readonly dumps: readonly { descriptor: number; bytes: number; sha256: string }[];
}

export const dumpsFolder = new URL('dumps/', import.meta.url);
export const manifestFile = new URL('manifest.json', import.meta.url);

/** Name of a recording: program, experiment where there is one, goarch. */
export function recordingId(r: { program: string; goexperiment: string; goarch: string }): string {
  return [r.program, ...(r.goexperiment ? [r.goexperiment] : []), r.goarch].join('.');
}

export function readManifest(): Recording[] {
  return JSON.parse(readFileSync(manifestFile, 'utf8')) as Recording[];
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Packs the dumps of one run: one compressed stream of the dumps, then their write sizes as JSON. */
export function packDumps(
  dumps: readonly Uint8Array[],
  writes: readonly (readonly number[])[],
): Buffer {
  return brotliCompressSync(Buffer.concat([...dumps, Buffer.from(JSON.stringify(writes))]), {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    },
  });
}

function entriesOf(recording: Recording): GoldenEntry[] {
  const { program, goarch, goexperiment, goVersion } = recording;
  return recording.dumps.map((dump) => ({
    id: `${recordingId(recording)}.${dump.descriptor}`,
    program,
    goarch,
    goexperiment,
    goVersion,
    ...dump,
  }));
}

/** Every kept dump, without its bytes: what a test table is made of. */
export function goldenEntries(filter: (entry: GoldenEntry) => boolean = () => true): GoldenEntry[] {
  return readManifest().flatMap(entriesOf).filter(filter);
}

/** The recording that was asked for last: tests ask for one dump after another. */
let unpacked: { readonly id: string; readonly goldens: readonly Golden[] } | undefined;

function unpack(recording: Recording): readonly Golden[] {
  const id = recordingId(recording);
  if (unpacked?.id !== id) unpacked = { id, goldens: unpackFile(recording) };
  return unpacked.goldens;
}

function unpackFile(recording: Recording): Golden[] {
  const packed = readFileSync(new URL(`${recordingId(recording)}.br`, dumpsFolder));
  const bytes = brotliDecompressSync(packed);
  const entries = entriesOf(recording);
  const total = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  const writes = JSON.parse(bytes.subarray(total).toString()) as number[][];
  let at = 0;
  return entries.map((entry, index) => {
    const dump = new Uint8Array(bytes.subarray(at, at + entry.bytes));
    at += entry.bytes;
    if (sha256(dump) !== entry.sha256)
      throw new Error(`${entry.id}: not the bytes of the manifest`);
    return { ...entry, dump, writes: writes[index]! };
  });
}

/** The kept dumps with their bytes, which the caller may change; one recording is unpacked at a time. */
export function* goldens(filter: (entry: GoldenEntry) => boolean = () => true): Iterable<Golden> {
  for (const recording of readManifest()) {
    if (!entriesOf(recording).some(filter)) continue;
    for (const each of unpack(recording).filter(filter)) {
      yield { ...each, dump: each.dump.slice() };
    }
  }
}

/** One kept dump by its id. Throws where there is none. */
export function golden(id: string): Golden {
  for (const found of goldens((entry) => entry.id === id)) return found;
  throw new Error(`no golden ${id}`);
}
