/** Reads a dump file in the browser, by the reader that the command line has. */
import { DumpReader } from '../../../dump/index.ts';
import type { Timeline } from '../../timeline/timeline.ts';
import { DumpCollector } from '../dump-timeline.ts';
import type { PageInfo } from '../page-info.ts';

/** Bytes to read before the page may paint again. */
const slice = 8 * 1024 * 1024;

interface ReadFile {
  readonly bytes: Uint8Array;
  readonly timeline: Timeline;
  readonly info: PageInfo;
}

/** `heard` is told what part of it was read. @throws {DumpError} where it is no dump, or breaks off */
export async function readDump(file: File, heard: (part: number) => void): Promise<ReadFile> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const collector = new DumpCollector();
  const reader = new DumpReader(collector, { maxContents: 0 });
  for (let at = 0; at < bytes.length; at += slice) {
    reader.push(bytes.subarray(at, at + slice));
    heard(Math.min(1, (at + slice) / bytes.length));
    await new Promise((resolve) => setTimeout(resolve));
  }
  reader.end();
  return { bytes, ...collector.page(file.name) };
}
