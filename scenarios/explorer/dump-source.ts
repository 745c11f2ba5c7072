/** A dump file as a page. */
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { visitDump } from '../../dump/index.ts';
import { roundedBytes } from '../format.ts';
import { openDumpFile, readWhole, withDumpFile } from '../input.ts';
import { UsageError } from '../usage-error.ts';
import { beginsAsDump, DumpCollector } from './dump-timeline.ts';
import type { ExploreSource } from './run-source.ts';

/** Dumps of more bytes are not put into their page. */
const maxEmbedded = 64 * 1024 * 1024;

/** Whether a file begins as a dump does. @throws {EnvironmentError} where it cannot be read */
export function isDumpFile(path: string): boolean {
  const file = openDumpFile(path);
  try {
    const [chunk = new Uint8Array()] = file.chunks();
    return beginsAsDump(chunk);
  } finally {
    file.close();
  }
}

/** @throws {UsageError} for a dump that is corrupt @throws {EnvironmentError} */
export function dumpSource(path: string): ExploreSource {
  const collector = new DumpCollector();
  withDumpFile(path, (file) => visitDump(file.chunks(), collector, { maxContents: 0 }), UsageError);
  const { timeline, info } = collector.page(basename(path));
  const { size } = statSync(path);
  if (size <= maxEmbedded) {
    return { timeline, info, sections: new Map([['dump', new Uint8Array(readWhole(path))]]) };
  }
  const withoutContents = `The dump has ${roundedBytes(size)}, too many for a page; drop the file itself here to look into objects.`;
  return { timeline, info: { ...info, withoutContents }, sections: new Map() };
}
