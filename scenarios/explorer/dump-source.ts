/** A dump file as a page. */
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { visitDump } from '../../dump/index.ts';
import { roundedBytes } from '../format.ts';
import { type DumpFile, readWhole, withDumpFile } from '../input.ts';
import type { NamedDump } from '../open-named.ts';
import { UsageError } from '../usage-error.ts';
import { DumpCollector } from './dump-timeline.ts';
import type { ExploreSource } from './run-source.ts';

/** Dumps of more bytes are not put into their page. */
const maxEmbedded = 64 * 1024 * 1024;

/** @throws {UsageError} for a dump that is corrupt @throws {EnvironmentError} */
export function dumpSource({ shown, input }: NamedDump): ExploreSource {
  const collector = new DumpCollector();
  // A pipe can be read but once.
  const piped = typeof input === 'string' ? undefined : readWhole(input);
  const size = piped?.length ?? statSync(input as string).size;
  withDumpFile(
    piped === undefined ? input : inMemory(shown, piped),
    (file) => visitDump(file.chunks(), collector, { maxContents: 0 }),
    UsageError,
  );
  const { timeline, info } = collector.page(basename(shown));
  if (size <= maxEmbedded) {
    const dump = piped ?? readWhole(input);
    return { timeline, info, sections: new Map([['dump', new Uint8Array(dump)]]) };
  }
  const withoutContents = `The dump has ${roundedBytes(size)}, too many for a page; drop the file itself here to look into objects.`;
  return { timeline, info: { ...info, withoutContents }, sections: new Map() };
}

function inMemory(name: string, bytes: Uint8Array): DumpFile {
  return { name, size: bytes.length, chunks: () => [bytes], close: () => undefined };
}
