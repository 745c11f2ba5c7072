/** A file that is streamed to its place, and appears whole or not at all. */
import { closeSync, openSync } from 'node:fs';
import { roundedBytes } from './format.ts';
import { type Io, Progress } from './io.ts';
import { FileWriter, Staging } from './output.ts';
import { turns } from './turns.ts';
import { systemFailure } from './usage-error.ts';

/**
 * Writes the chunks to the file, with progress, or to standard output where it is called `-`; gives their bytes. `inputs` are the files
 * that they are made of.
 *
 * @throws {EnvironmentError} @throws {OutputClosed}
 */
export async function writeOutput(
  name: string,
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  io: Io,
  inputs: readonly string[] = [],
): Promise<number> {
  if (name === '-') return writeToStdout(chunks, io);
  const turn = turns();
  const staging = new Staging(inputs);
  const release = io.onSignal(() => staging.discard());
  const progress = new Progress(io);
  try {
    const { path } = staging.target(name);
    let fd: number;
    let written = 0;
    try {
      fd = openSync(path, 'w');
    } catch (error) {
      throw systemFailure('write', name, error);
    }
    try {
      const writer = new FileWriter(fd, name);
      for await (const chunk of chunks) {
        writer.write(chunk);
        progress.tick(() => `wrote ${roundedBytes(writer.bytes)}`);
        await turn();
      }
      writer.flush();
      written = writer.bytes;
    } finally {
      closeSync(fd);
    }
    staging.commit();
    return written;
  } finally {
    staging.discard();
    release();
    progress.done();
  }
}

async function writeToStdout(
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  io: Io,
): Promise<number> {
  const turn = turns();
  let written = 0;
  for await (const chunk of chunks) {
    if (chunk.length > 0) io.stdout.write(chunk);
    written += chunk.length;
    await turn();
  }
  return written;
}
