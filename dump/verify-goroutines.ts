import type { ObjectIndex } from './object-index.ts';
import type { DumpRecord, RecordOfKind, Uint64 } from './records.ts';
import { hex } from './records.ts';
import type { Report } from './verify-rules.ts';

/** Statuses that dumpgs lets through: runnable, in a system call, waiting. */
const statuses: readonly Uint64[] = [1, 3, 4];

/** The goroutine whose frames, defers and panics are being read. */
interface Current {
  readonly record: RecordOfKind<'goroutine'>;
  frames: number;
  lastFrame: RecordOfKind<'stackFrame'> | undefined;
  /** Address that the next defer record must have, 0 at the end of the chain. */
  nextDefer: Uint64;
  nextPanic: Uint64;
}

/** Checks goroutines with their frames and chains, and the OS threads. */
export class GoroutineChecks {
  readonly #report: Report;
  readonly #objects: ObjectIndex;
  readonly #ids = new Set<Uint64>();
  readonly #addresses = new Set<Uint64>();
  readonly #threadIds = new Set<Uint64>();
  readonly #threads = new Set<Uint64>();
  /** Goroutines with an m. */
  readonly #onThread: RecordOfKind<'goroutine'>[] = [];
  #current: Current | undefined;

  constructor(report: Report, objects: ObjectIndex) {
    this.#report = report;
    this.#objects = objects;
  }

  goroutine(record: RecordOfKind<'goroutine'>): void {
    const report = this.#report;
    if (!statuses.includes(record.status)) {
      report('goroutine-status', record, 'status', `want 1, 3 or 4, got ${record.status}`);
    }
    if (this.#ids.has(record.id)) {
      report('goroutine-unique', record, 'id', `another goroutine has id ${record.id}`);
    }
    if (this.#addresses.has(record.address)) {
      report(
        'goroutine-unique',
        record,
        'address',
        `another goroutine is at ${hex(record.address)}`,
      );
    }
    this.#ids.add(record.id);
    this.#addresses.add(record.address);
    if (this.#objects.find(Number(record.address)) < 0) {
      report('goroutine-object', record, 'address', `no object at ${hex(record.address)}`);
    }
    if (record.m !== 0) this.#onThread.push(record);
    this.#current = {
      record,
      frames: 0,
      lastFrame: undefined,
      nextDefer: record.defer,
      nextPanic: record.panic,
    };
  }

  #owner(record: DumpRecord): Current | undefined {
    if (this.#current === undefined) this.#report('orphan', record, '', 'no goroutine before it');
    return this.#current;
  }

  frame(record: RecordOfKind<'stackFrame'>): void {
    const owner = this.#owner(record);
    if (owner === undefined) return;
    const report = this.#report;
    const child = owner.lastFrame;
    if (record.depth !== owner.frames) {
      report('frame-depth', record, 'depth', `want ${owner.frames}, got ${record.depth}`);
    }
    const childSP = child?.sp ?? 0;
    if (record.childSP !== childSP) {
      report('frame-child', record, 'childSP', `want ${hex(childSP)}, got ${hex(record.childSP)}`);
    }
    if (child !== undefined && BigInt(record.sp) < BigInt(child.sp) + BigInt(child.size)) {
      report(
        'frame-order',
        record,
        'sp',
        `${hex(record.sp)} is not above the frame that it called`,
      );
    }
    for (const name of ['pc', 'continuationPC'] as const) {
      const pc = record[name];
      if (pc < record.entryPC && !(name === 'continuationPC' && pc === 0)) {
        report('frame-pc', record, name, `want at least ${hex(record.entryPC)}, got ${hex(pc)}`);
      }
    }
    const sp = Number(record.sp);
    if (this.#objects.intersects(sp, sp + Number(record.size))) {
      report('frame-in-object', record, 'sp', `an object lies in the frame at ${hex(record.sp)}`);
    }
    owner.frames++;
    owner.lastFrame = record;
  }

  defer(record: RecordOfKind<'defer'>): void {
    const owner = this.#owner(record);
    if (owner === undefined) return;
    this.#link('defer-chain', record, owner.record, owner.nextDefer);
    owner.nextDefer = record.link;
  }

  panic(record: RecordOfKind<'panic'>): void {
    const owner = this.#owner(record);
    if (owner === undefined) return;
    this.#link('panic-chain', record, owner.record, owner.nextPanic);
    owner.nextPanic = record.link;
  }

  #link(
    rule: 'defer-chain' | 'panic-chain',
    record: RecordOfKind<'defer' | 'panic'>,
    g: RecordOfKind<'goroutine'>,
    want: Uint64,
  ): void {
    if (record.address !== want) {
      this.#report(rule, record, 'address', `want ${hex(want)}, got ${hex(record.address)}`);
    }
    if (record.goroutine !== g.address) {
      this.#report(
        rule,
        record,
        'goroutine',
        `want ${hex(g.address)}, got ${hex(record.goroutine)}`,
      );
    }
  }

  /** The records of a goroutine are over. */
  close(): void {
    const current = this.#current;
    this.#current = undefined;
    if (current === undefined) return;
    const { record, nextDefer, nextPanic } = current;
    if (nextDefer !== 0) {
      this.#report(
        'defer-chain',
        record,
        'defer',
        `no record of the defer at ${hex(nextDefer)} follows`,
      );
    }
    if (nextPanic !== 0) {
      this.#report(
        'panic-chain',
        record,
        'panic',
        `no record of the panic at ${hex(nextPanic)} follows`,
      );
    }
  }

  thread(record: RecordOfKind<'osThread'>): void {
    if (this.#threadIds.has(record.id)) {
      this.#report('thread-unique', record, 'id', `another OS thread has id ${record.id}`);
    }
    if (this.#threads.has(record.address)) {
      this.#report(
        'thread-unique',
        record,
        'address',
        `another OS thread is at ${hex(record.address)}`,
      );
    }
    this.#threadIds.add(record.id);
    this.#threads.add(record.address);
  }

  finish(): void {
    for (const g of this.#onThread) {
      if (!this.#threads.has(g.m)) {
        this.#report('goroutine-thread', g, 'm', `no OS thread at ${hex(g.m)}`);
      }
    }
  }
}
