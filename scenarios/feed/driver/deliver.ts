/** Hands one dump to a process made for it, and sees how many bytes of it were left unread. */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { Socket } from 'node:net';
import { type ProcessEnd, pause, type RunLimits, TargetProcess } from './launch.ts';
import { type Activity, activityOf, filePosition } from './process-table.ts';
import type { Slot } from './slot.ts';
import type { Target } from './target.ts';
import type { Watchdog } from './watchdog.ts';

/** An end, and the bytes of the dump that the process did not take; undefined: not to be seen. */
export interface Delivered extends ProcessEnd {
  readonly unread: number | undefined;
}

/** Runs the target once on the dump at `path`. */
export async function deliver(
  target: Target,
  path: string,
  slot: Slot,
  limits: RunLimits,
  watchdog: Watchdog,
): Promise<Delivered> {
  const common = { cwd: slot.cwd, limits, watchdog };
  try {
    if (target.delivery === 'file') {
      const argv = target.argv.map((word, at) => (at === 0 ? word : word.replaceAll('{}', path)));
      const run = new TargetProcess(target, argv, { ...common, stdin: 'ignore' });
      return { ...(await run.ended), unread: undefined };
    }
    return target.delivery === 'slow'
      ? await deliverSlowly(target, path, slot, common)
      : await deliverAsStdin(target, path, common);
  } finally {
    slot.clean();
  }
}

type Common = Omit<ConstructorParameters<typeof TargetProcess>[2], 'stdin'>;

/** A child shares the position in a file that it inherits, so where it stands tells how far the child has read. */
async function deliverAsStdin(target: Target, path: string, common: Common): Promise<Delivered> {
  const fd = openSync(path, 'r');
  try {
    const run = new TargetProcess(target, target.argv, { ...common, stdin: fd });
    const end = await run.ended;
    const position = filePosition(fd);
    const unread = position === undefined ? undefined : Math.max(0, fstatSync(fd).size - position);
    return { ...end, unread };
  } finally {
    closeSync(fd);
  }
}

/** Bytes that go one by one; what is behind them goes in pieces of odd sizes. */
const singleBytes = 4096;
const pieceSizes = [1, 997, 13, 4099, 3, 509];
/** How long the first byte waits for the process to start reading, and any byte for one that is busy; each byte for one that is idle. */
const startMs = 5000;
const patienceMs = 1;

async function deliverSlowly(
  target: Target,
  path: string,
  slot: Slot,
  common: Common,
): Promise<Delivered> {
  const { O_RDWR, O_RDONLY, O_WRONLY, O_NONBLOCK } = constants;
  // Held open for both, so that neither of the next two waits for the other side.
  const both = openSync(slot.fifo, O_RDWR);
  const readEnd = openSync(slot.fifo, O_RDONLY);
  const writer = new Socket({
    fd: openSync(slot.fifo, O_WRONLY | O_NONBLOCK),
    readable: false,
    writable: true,
  });
  closeSync(both);
  writer.on('error', () => {});
  const limits = { ...common.limits, ms: common.limits.ms + startMs + singleBytes * patienceMs };
  const run = new TargetProcess(target, target.argv, { ...common, limits, stdin: readEnd });
  const input = openSync(path, 'r');
  try {
    const { size } = fstatSync(input);
    let isOver = false;
    void run.ended.then(() => {
      isOver = true;
    });
    const written = await Promise.race([
      writeSlowly(writer, input, run.pid, () => isOver),
      run.ended.then(() => undefined),
    ]);
    const end = await run.ended;
    const sent = written ?? writer.bytesWritten;
    writer.destroy();
    // The write end closes with the next turn of the event loop; then what is left can be read to its end.
    await pause(0);
    return { ...end, unread: size - sent + drain(readEnd) };
  } finally {
    writer.destroy();
    closeSync(input);
    closeSync(readEnd);
  }
}

async function writeSlowly(
  writer: Socket,
  input: number,
  pid: number,
  isOver: () => boolean,
): Promise<number> {
  const buffer = Buffer.alloc(8192);
  let sent = 0;
  for (let turn = 0; !isOver(); turn++) {
    await untilAsked(pid, turn === 0 ? startMs : patienceMs, isOver);
    const length = sent < singleBytes ? 1 : pieceSizes[turn % pieceSizes.length]!;
    const got = readSync(input, buffer, 0, length, null);
    if (got === 0) break;
    const piece = Buffer.from(buffer.subarray(0, got));
    await new Promise<void>((done) => writer.write(piece, () => done()));
    sent += got;
  }
  await new Promise<void>((done) => writer.end(() => done()));
  return sent;
}

/**
 * Until the process waits for the pipe, which then is empty. One that is busy is waited for, since on a busy machine the
 * byte that woke it may not be taken yet; one that waits for something else is not waited for as long.
 */
async function untilAsked(pid: number, ms: number, isOver: () => boolean): Promise<void> {
  const start = performance.now();
  let seen: Activity | undefined;
  let since = start;
  for (;;) {
    const activity = activityOf(pid);
    const now = performance.now();
    if (isOver() || activity === undefined || activity === 'pipe' || now - start > startMs) return;
    if (activity !== seen) since = now;
    seen = activity;
    const patience = { busy: startMs, poll: patienceMs, other: ms }[activity];
    if (now - since > patience) return;
    await new Promise<void>((done) => setImmediate(done));
  }
}

/** Bytes that are still in the pipe. */
function drain(readEnd: number): number {
  const buffer = Buffer.alloc(65536);
  for (let bytes = 0; ; ) {
    const got = readSync(readEnd, buffer, 0, buffer.length, null);
    if (got === 0) return bytes;
    bytes += got;
  }
}
