import type {
  StoppedDefer,
  StoppedFrame,
  StoppedFunc,
  StoppedG,
  StoppedPanic,
} from '../sim/stopped-world.ts';
import { bitmapOf, noBits, refuse } from './load-refusal.ts';
import type { RecordOfKind, Text, Uint64 } from './records.ts';

/** A goroutine with what follows its record. */
export class LoadedGoroutine implements StoppedG {
  readonly addr: Uint64;
  readonly sp: Uint64;
  readonly goid: Uint64;
  readonly gopc: Uint64;
  readonly status: number;
  readonly isSystem: boolean;
  readonly isBackground: boolean;
  readonly waitsince: Uint64;
  readonly waitreason: Text;
  readonly ctxt: Uint64;
  readonly m: Uint64;
  readonly defers: StoppedDefer[] = [];
  readonly panics: StoppedPanic[] = [];
  readonly #frames: StoppedFrame[] = [];
  readonly #record: RecordOfKind<'goroutine'>;
  /** Addresses that the next defer and panic record must have. */
  #nextDefer: Uint64;
  #nextPanic: Uint64;

  constructor(record: RecordOfKind<'goroutine'>) {
    if (record.status !== 1 && record.status !== 3 && record.status !== 4) {
      throw refuse(record, `Go does not write goroutines of status ${record.status}`);
    }
    this.#record = record;
    this.#nextDefer = record.defer;
    this.#nextPanic = record.panic;
    this.addr = record.address;
    this.sp = record.sp;
    this.goid = record.id;
    this.gopc = record.creationPC;
    this.status = record.status;
    this.isSystem = record.isSystem;
    this.isBackground = record.isBackground;
    this.waitsince = record.waitSince;
    this.waitreason = record.waitReason;
    this.ctxt = record.ctxt;
    this.m = record.m;
  }

  frames(): Iterable<StoppedFrame> {
    return this.#frames;
  }

  addFrame(record: RecordOfKind<'stackFrame'>, size: number, ptrSize: number): void {
    const { sp } = record;
    const child = this.#frames.at(-1);
    if (typeof sp !== 'number') throw refuse(record, 'its address is above 2^53');
    if (record.depth !== this.#frames.length) throw refuse(record, `depth ${record.depth}`);
    if (record.childSP !== (child?.sp ?? 0)) throw refuse(record, 'childSP is not its callee');
    if (this.defers.length + this.panics.length > 0) {
      throw refuse(record, 'it follows a defer or panic');
    }
    const bits =
      Number(record.pointers[record.pointers.length - 1] ?? 0) <= size + 65536
        ? bitmapOf(record.pointers, ptrSize)
        : undefined;
    if (bits === undefined) throw refuse(record, 'its pointer offsets are not aligned and rising');
    const fn: StoppedFunc = {
      name: record.name,
      entry: record.entryPC,
      stackMapIndex: () => 0,
      locals: { n: 1, nbit: bits.n, bitmap: () => bits },
      args: { n: 1, nbit: 0, bitmap: () => noBits },
    };
    this.#frames.push({
      fn,
      pc: record.pc,
      continpc: record.continuationPC,
      sp,
      fp: sp + size,
      varp: sp + bits.n * ptrSize,
      argp: sp + size,
      argBytes: () => 0,
    });
  }

  addDefer(record: RecordOfKind<'defer'>): void {
    if (this.panics.length > 0) throw refuse(record, 'it follows a panic');
    if (record.address !== this.#nextDefer || record.goroutine !== this.addr) {
      throw refuse(record, 'it is not the next of its goroutine');
    }
    if (record.funcval === 0 && record.entryPC !== 0)
      throw refuse(record, 'entryPC without funcval');
    this.#nextDefer = record.link;
    this.defers.push({
      addr: record.address,
      sp: record.argp,
      pc: record.pc,
      fn: record.funcval === 0 ? undefined : { addr: record.funcval, fn: record.entryPC },
    });
  }

  addPanic(record: RecordOfKind<'panic'>): void {
    if (record.address !== this.#nextPanic || record.goroutine !== this.addr) {
      throw refuse(record, 'it is not the next of its goroutine');
    }
    if (record.defer !== 0) throw refuse(record, 'Go 1.22 does not record its defer');
    this.#nextPanic = record.link;
    this.panics.push({
      addr: record.address,
      argType: record.argType,
      argData: record.argData,
    });
  }

  /** Checks that both chains are whole. */
  finish(): void {
    if (this.#nextDefer !== 0) throw refuse(this.#record, 'its chain of defers is not whole');
    if (this.#nextPanic !== 0) throw refuse(this.#record, 'its chain of panics is not whole');
  }
}
