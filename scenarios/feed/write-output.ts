/** A file that is streamed to its place, and appears whole or not at all. */
import { closeSync, openSync } from 'node:fs';
import { roundedBytes } from '../format.ts';
import { type Io, Progress } from '../io.ts';
import { FileWriter, Staging } from '../output.ts';
import { systemFailure } from '../usage-error.ts';
import { turns } from './turns.ts';

/** Writes the chunks to the file, with progress. @throws {EnvironmentError} */
export async function writeOutput(
  name: string,
  chunks: Iterable<Uint8Array>,
  io: Io,
): Promise<void> {
  const turn = turns();
  const staging = new Staging();
  const release = io.onSignal(() => staging.discard());
  const progress = new Progress(io);
  try {
    const { path } = staging.target(name);
    let fd: number;
    try {
      fd = openSync(path, 'w');
    } catch (error) {
      throw systemFailure('write', name, error);
    }
    try {
      const writer = new FileWriter(fd, name);
      for (const chunk of chunks) {
        writer.write(chunk);
        progress.tick(() => `wrote ${roundedBytes(writer.bytes)}`);
        await turn();
      }
      writer.flush();
    } finally {
      closeSync(fd);
    }
    staging.commit();
  } finally {
    staging.discard();
    release();
    progress.done();
  }
}
