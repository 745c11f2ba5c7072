/**
 * What `feed` takes for a dump of 300 MB: seconds and the most memory of its process, for mutants of every sort, scrub, shrink and run.
 * Prints a Markdown table and exits with 1 where more than 1 GiB is taken or a result is wrong. Takes some minutes and 2 GB of disk.
 *
 * `npm run feed:scale -- [--megabytes 300]`
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ByteWriter, writeRecord } from '../dump/feed/encoder.ts';
import { currentHeader } from '../scenarios/feed/suite/case.ts';
import { le8, place, World } from '../scenarios/feed/suite/world.ts';

const { values } = parseArgs({ options: { megabytes: { type: 'string', default: '300' } } });
const megabytes = Number(values.megabytes);
const mostMiB = 1024;

const folder = mkdtempSync(join(tmpdir(), 'feed-scale-'));
const big = join(folder, 'big.dump');
const mark = 'marked!!';

/** A chain of objects of 64 bytes, one of which has the mark in it. */
function makeDump(): void {
  const objectBytes = 79;
  const count = Math.floor((megabytes * 1e6) / objectBytes);
  const world = new World(le8, { heapEnd: le8.heapStart + 2 ** 26 * Math.ceil(count / 2 ** 20) });
  world.data(le8.heapStart);
  const [params, data] = world.records;
  const writer = new ByteWriter();
  const fd = openSync(big, 'w');
  writeSync(fd, currentHeader);
  writeRecord(writer, params!);
  const contents = new Uint8Array(64);
  const view = new DataView(contents.buffer);
  for (let i = 0; i < count; i++) {
    const address = le8.heapStart + 64 * i;
    view.setBigUint64(0, BigInt(i + 1 < count ? address + 64 : 0), true);
    view.setBigUint64(32, BigInt(address - (address % 4096)), true);
    contents.fill(i % 251, 40);
    if (i === Math.floor(count * 0.7)) contents.set(new TextEncoder().encode(mark), 48);
    writeRecord(writer, { kind: 'object', address, contents, pointers: [0, 32] });
    if (writer.length > 1 << 20) writeSync(fd, writer.take());
  }
  writeRecord(writer, data!);
  writeRecord(writer, {
    kind: 'finalizer',
    ...{ address: le8.heapStart, funcval: place.closure, entryPC: place.deferred },
  });
  writeRecord(writer, { kind: 'eof' });
  writeSync(fd, writer.take());
  closeSync(fd);
}

interface Measured {
  readonly code: number | null;
  readonly seconds: number;
  readonly peakMiB: number;
  /** Bytes on standard output. */
  readonly bytes: number;
  readonly stderr: string;
}

const cli = new URL('../scenarios/bin.js', import.meta.url).pathname;

/** Runs a command of feed; the system tells the most memory that its process had. */
function feed(...argv: string[]): Promise<Measured> {
  const start = performance.now();
  const child = spawn(process.execPath, [cli, 'feed', ...argv]);
  let [peakMiB, bytes, stderr] = [0, 0, ''];
  const look = () => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      const kiB = Number(/^VmHWM:\s*(\d+)/m.exec(status)?.[1] ?? 0);
      peakMiB = Math.max(peakMiB, Math.round(kiB / 1024));
    } catch {
      // It has just ended.
    }
  };
  const timer = setInterval(look, 20);
  child.stdout.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk;
  });
  return new Promise((resolve) => {
    child.on('close', (code) => {
      clearInterval(timer);
      resolve({ code, seconds: (performance.now() - start) / 1000, peakMiB, bytes, stderr });
    });
  });
}

let failed = false;

async function row(
  name: string,
  argv: readonly string[],
  judge: (it: Measured) => string | undefined,
) {
  const it = await feed(...argv);
  const wrong = it.peakMiB > mostMiB ? `more than ${mostMiB} MiB` : judge(it);
  if (wrong !== undefined) failed = true;
  const cells = [name, it.seconds.toFixed(1), it.peakMiB, wrong ?? 'ok'];
  console.log(`| ${cells.join(' | ')} |`);
}

const ends = (it: Measured) =>
  it.code === 0 ? undefined : `ends with ${it.code}: ${it.stderr.slice(-300)}`;

/** A mutant is about as long as its base; one that is cut, or for 4-byte pointers, may be shorter. */
const isWhole = (it: Measured) =>
  ends(it) ?? (it.bytes > megabytes * 0.8e6 ? undefined : `${it.bytes} bytes`);

try {
  makeDump();
  const size = statSync(big).size;
  const digest = createHash('sha256').update(readFileSync(big)).digest('hex').slice(0, 8);
  console.log(
    `A dump of ${Math.round(size / 1e6)} MB\n\n| | seconds | MiB at most | |\n| --- | --- | --- | --- |`,
  );
  for (const op of [
    'W7.9000000',
    'W8.1000',
    'W13.9000000',
    'S1.20000000',
    'N2.0',
    'N3.1000000',
    'N4.0',
    'N5.2',
    'N6.0',
    'N6.1',
    'C2.1',
  ]) {
    const argv = ['make', `big-${digest}.${op}`, '--base', big, '-o', '-'];
    await row(`make ${op}`, argv, op === 'C2.1' ? ends : isWhole);
  }
  const mutants = join(folder, 'mutants');
  await row('mutate --count 4', ['mutate', '--base', big, '--count', '4', '-o', mutants], ends);
  rmSync(mutants, { recursive: true, force: true });
  const scrubbed = join(folder, 'scrubbed.dump');
  await row('scrub', ['scrub', big, '-o', scrubbed], (it) => {
    if (it.code !== 0) return ends(it);
    return statSync(scrubbed).size === size ? undefined : 'has another length';
  });
  rmSync(scrubbed, { force: true });
  const reader = join(folder, 'reader.sh');
  writeFileSync(reader, `#!/bin/sh\nLC_ALL=C grep -q '${mark}' "$1" && kill -ABRT $$\nexit 0\n`, {
    mode: 0o755,
  });
  const small = join(folder, 'small.dump');
  await row('shrink', ['shrink', big, '-t', `${reader} {}`, '-o', small], (it) => {
    if (it.code !== 0) return ends(it);
    const { size: left } = statSync(small);
    return left < 10_000 ? undefined : `${left} bytes are left`;
  });
  const run = ['run', '--mutants', '--base', big, '--count', '12', '-t', `${reader} {}`];
  await row(
    'run --mutants --count 12',
    [...run, '-o', join(folder, 'out'), '--shrink-runs', '0'],
    (it) => (it.code === 0 || it.code === 1 ? undefined : ends(it)),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);
