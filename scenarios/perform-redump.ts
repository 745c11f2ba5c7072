/** Loads a dump as a stopped world and writes it again through the port. Lives in the worker thread. */
import { writeheapdumpM } from '../dump/heapdump.ts';
import { loadDump } from '../dump/load.ts';
import { withDumpFile } from './input.ts';
import { OutputFiles } from './output-files.ts';
import { UsageError } from './usage-error.ts';
import type { OutputReply, RedumpRequest } from './worker-messages.ts';

/** @throws {UsageError} for a dump that cannot be loaded @throws {EnvironmentError} @throws {OutputClosed} */
export function performRedump(request: RedumpRequest): OutputReply {
  const world = withDumpFile(request.shown, (file) => loadDump(file.chunks()), UsageError);
  const files = new OutputFiles(request);
  try {
    writeheapdumpM(world, files.openDump(''));
    files.finish();
  } finally {
    files.abandon();
  }
  return files.reply();
}
