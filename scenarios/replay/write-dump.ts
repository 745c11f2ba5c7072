/** The model's heap at the end of a log, as a dump. */
import { closeSync, openSync } from 'node:fs';
import { type DumpSink, writeheapdumpM } from '../../dump/index.ts';
import { G, Grunning, Gwaiting, type Runtime } from '../../sim/runtime2.ts';
import { stopTheWorld } from '../../sim/stoptheworld.ts';
import { alignUp } from '../../sim/uintptr.ts';
import type { Io } from '../io.ts';
import { Staging, writeFully } from '../output.ts';
import { systemFailure } from '../usage-error.ts';
import type { KnownGoroutine } from './goroutines.ts';
import type { ReplayResult } from './replay-log.ts';

/** Gives the world the goroutines that the log showed, each with nothing but its oldest frame. */
function addGoroutines(rt: Runtime, known: readonly KnownGoroutine[]): void {
  const { funcs } = rt.sched;
  const { arch } = rt;
  const goexit = funcs.get('runtime.goexit').func;
  for (const { addr, goid, stack } of known) {
    const gp = new G(addr);
    gp.goid = goid;
    gp.stack = stack;
    gp.status = Gwaiting;
    const sp = stack.hi - alignUp(4 * arch.ptrSize + arch.minFrameSize, arch.stackAlign);
    gp.stktopsp = sp;
    gp.sched = { sp, pc: goexit.entry + arch.pcQuantum, ctxt: 0, lr: 0, bp: 0 };
    gp.startpc = goexit.entry;
    rt.allgs.push(gp);
  }
  const [first] = rt.allgs;
  if (first === undefined) return;
  first.status = Grunning;
  first.m = rt.m;
  rt.m.curg = first;
}

/** Writes the dump. @throws {EnvironmentError} @throws {OutputClosed} */
export function writeReplayDump({ replayer }: ReplayResult, out: string, io: Io): void {
  const { world, goroutines } = replayer;
  addGoroutines(world, goroutines.known());
  const write = (sink: DumpSink['write']) => writeheapdumpM(stopTheWorld(world), { write: sink });
  if (out === '-') {
    write((bytes) => io.stdout.write(bytes));
    return;
  }
  const staging = new Staging();
  const release = io.onSignal(() => staging.discard());
  try {
    const { path, name } = staging.target(out);
    let fd: number;
    try {
      fd = openSync(path, 'w');
    } catch (error) {
      throw systemFailure('write', name, error);
    }
    try {
      write((bytes) => writeFully(fd, bytes, name));
    } finally {
      closeSync(fd);
    }
    staging.commit();
  } finally {
    staging.discard();
    release();
  }
}
