/**
 * System calls on pipes, as far as they show in a dump: a goroutine that reads from an empty one waits in its
 * system call, and its P goes to another thread.
 *
 * @go syscall/syscall_unix.go, runtime/proc.go entersyscall
 */
import { blockInSyscall, entersyscall, exitsyscall, wakeFromSyscall } from './proc-thread.ts';
import type { G, Runtime } from './runtime2.ts';
import { enter, holdInFrame, leave } from './runtimefuncs.ts';

/** A pipe of the kernel. */
export interface Pipe {
  readonly bytes: number[];
  /** Goroutines that wait for bytes, first come first. */
  readonly readers: G[];
}

/** The first descriptor that a program is given. */
const firstDescriptor = 3;

/** The pipes of one world, by descriptor. */
export class Pipes {
  readonly #ends = new Map<number, Pipe>();

  /** Descriptors of a new pipe: of its reading and its writing end. @go syscall/syscall_linux.go Pipe */
  make(): [read: number, write: number] {
    const pipe: Pipe = { bytes: [], readers: [] };
    const read = firstDescriptor + this.#ends.size;
    this.#ends.set(read, pipe).set(read + 1, pipe);
    return [read, read + 1];
  }

  of(fd: number): Pipe | undefined {
    return this.#ends.get(fd);
  }
}

/** syscall.Read of up to `n` bytes into the memory at `p`: how many it read. @go syscall/zsyscall_linux_amd64.go read */
export function* read(
  rt: Runtime,
  pipe: Pipe,
  fd: number,
  p: number,
  n: number,
): Generator<void, number, void> {
  const outer = enter(rt, 'syscall.read', undefined, [fd, p, n, n]);
  const inner = enter(rt, 'syscall.Syscall');
  holdInFrame(rt, outer, 'syscall.Syscall', [p]);
  const gp = rt.m.curg!;
  gp.sched.pc = rt.sched.funcs.site(inner.fn, 'stop') ?? gp.sched.pc;
  entersyscall(rt);
  while (pipe.bytes.length === 0) {
    pipe.readers.push(gp);
    yield* blockInSyscall(rt);
  }
  const bytes = pipe.bytes.splice(0, n);
  exitsyscall(rt, gp);
  leave(rt, inner);
  leave(rt, outer);
  for (const [i, byte] of bytes.entries()) rt.memory.writeUint8(p + i, byte);
  return bytes.length;
}

/** syscall.Write of the `n` bytes at `p`, which never waits: a pipe has room for all. */
export function write(rt: Runtime, pipe: Pipe, p: number, n: number): number {
  for (let i = 0; i < n; i++) pipe.bytes.push(rt.memory.readUint8(p + i));
  const gp = n === 0 ? undefined : pipe.readers.shift();
  if (gp !== undefined) wakeFromSyscall(rt, gp);
  return n;
}
