import type { Arch } from './arch.ts';
import { throw_ } from './errors.ts';
import { alignDown } from './uintptr.ts';

/** log2 of the bytes of a block. */
const blockShift = 20;
const blockBytes = 1 << blockShift;
/** Bytes of the largest slab. */
const maxSlabBytes = 256 << 20;
const twoTo32 = 2 ** 32;

/** Backing store of one aligned megabyte. */
interface Block {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

/** Mapped addresses [base, limit). */
interface Region {
  base: number;
  limit: number;
}

/**
 * The simulated address space: heap arenas, data, bss and off-heap memory alike, in the target's
 * byte order and word size.
 *
 * A mapped byte reads as zero until it is written. Backing store comes a megabyte at a time on the
 * first write, so a mapping costs nothing by itself. Reading or writing an address that was never
 * mapped throws, as a fault would end a Go program.
 */
export class Memory {
  readonly ptrSize: 4 | 8;
  readonly littleEndian: boolean;
  /** Bytes of backing store in use. */
  backedBytes = 0;
  private readonly regions: Region[] = [];
  /** Blocks of each 4 GiB of address space, by their number within it. */
  private readonly directories = new Map<number, (Block | undefined)[]>();
  private readonly blocks = new Blocks();
  /** What all memory that nobody wrote to reads as. */
  private readonly zero: Block;
  private directory: (Block | undefined)[] | undefined;
  private directoryNumber = -1;
  /** The block of the last access: its base and view. */
  private lastBase = Number.NaN;
  private lastView: DataView;
  /** lastBase where the block may be written, else NaN. */
  private lastWriteBase = Number.NaN;
  /** lastWriteBase where {@link plainWords} holds, else NaN: one comparison in place of two. */
  private plainWriteBase = Number.NaN;
  /** The same of the block before it: a program goes to and fro between its stack and its heap. */
  private priorBase = Number.NaN;
  private priorView: DataView;
  private priorWriteBase = Number.NaN;
  /**
   * What the rare calls of the short ways are called with. As arguments these numbers would be boxed, and V8 does so
   * where it has them, not where it calls: for each access.
   */
  private farAddr = Number.NaN;
  private farValue = Number.NaN;
  /** Words are of 64 bits, little-endian: what is worth a short way. */
  readonly plainWords: boolean;
  /** Lower end of what the kernel has placed itself. */
  private mmapLow: number;

  constructor(arch: Arch) {
    this.mmapLow = arch.mmapTop;
    this.ptrSize = arch.ptrSize;
    this.littleEndian = !arch.bigEndian;
    this.plainWords = arch.ptrSize === 8 && !arch.bigEndian;
    this.zero = this.blocks.take();
    this.lastView = this.zero.view;
    this.priorView = this.zero.view;
  }

  /** Maps [addr, addr+bytes); mapping what is mapped already is harmless. */
  map(addr: number, bytes: number): void {
    const limit = addr + bytes;
    const { regions } = this;
    let i = 0;
    while (i < regions.length && regions[i]!.limit < addr) i++;
    let j = i;
    let base = addr;
    let end = limit;
    while (j < regions.length && regions[j]!.base <= end) {
      base = Math.min(base, regions[j]!.base);
      end = Math.max(end, regions[j]!.limit);
      j++;
    }
    regions.splice(i, j - i, { base, limit: end });
  }

  /**
   * Maps `bytes` at an address of the kernel's choice: below everything it chose before, aligned to
   * 64 KiB so that no page size is violated. @go runtime/mem_linux.go sysAllocOS
   */
  mmap(bytes: number): number {
    const addr = alignDown(this.mmapLow - bytes, 0x10000);
    this.mmapLow = addr;
    this.map(addr, bytes);
    return addr;
  }

  /** Whether `addr` was mapped. */
  isMapped(addr: number): boolean {
    return this.regionEnd(addr) > 0;
  }

  /** Whether all of [addr, addr+bytes) was mapped. */
  isRangeMapped(addr: number, bytes: number): boolean {
    return this.regionEnd(addr) >= addr + bytes;
  }

  private regionEnd(addr: number): number {
    const { regions } = this;
    let lo = 0;
    let hi = regions.length;
    while (lo < hi) {
      const mid = (lo + hi) >>> 1;
      if (regions[mid]!.limit <= addr) lo = mid + 1;
      else hi = mid;
    }
    const r = regions[lo];
    return r !== undefined && r.base <= addr ? r.limit : 0;
  }

  /** The block of `addr`, or undefined where nothing was written to it yet. */
  private find(addr: number): Block | undefined {
    const n = Math.floor(addr / twoTo32);
    if (n !== this.directoryNumber) {
      let d = this.directories.get(n);
      if (d === undefined) {
        d = [];
        this.directories.set(n, d);
      }
      this.directory = d;
      this.directoryNumber = n;
    }
    return this.directory![(addr - n * twoTo32) >>> blockShift];
  }

  private create(addr: number): Block {
    const low = addr % blockBytes;
    const base = addr - low;
    if (!this.isMapped(addr)) fault(addr);
    const block = this.blocks.take();
    this.find(addr);
    this.directory![(base % twoTo32) >>> blockShift] = block;
    this.backedBytes += blockBytes;
    this.forget(base);
    return block;
  }

  /** Where the bytes of the last {@link viewAt} begin. */
  viewBase = Number.NaN;

  /** The aligned megabyte that holds `addr`, from {@link viewBase} on, to read until memory is written or unmapped. */
  viewAt(addr: number): DataView {
    this.seekRead(addr);
    this.viewBase = this.lastBase;
    return this.lastView;
  }

  /** Makes the block of `addr` the last one, for reading; gives the offset in it. */
  private seekRead(addr: number): number {
    const off = addr - this.lastBase;
    if (off >= 0 && off < blockBytes) return off | 0;
    this.farAddr = addr;
    return this.seekFar(false);
  }

  /** Makes the block of `addr` the last one, for writing; gives the offset in it. */
  private seekWrite(addr: number): number {
    const off = addr - this.lastWriteBase;
    if (off >= 0 && off < blockBytes) return off | 0;
    this.farAddr = addr;
    return this.seekFar(true);
  }

  /** The block at `base` is another one from now on. */
  private forget(base: number): void {
    if (base === this.lastBase) {
      this.lastBase = Number.NaN;
      this.setWriteBase(Number.NaN);
    }
    if (base === this.priorBase) {
      this.priorBase = Number.NaN;
      this.priorWriteBase = Number.NaN;
    }
  }

  private setWriteBase(base: number): void {
    this.lastWriteBase = base;
    this.plainWriteBase = this.plainWords ? base : Number.NaN;
  }

  private seekFar(write: boolean): number {
    const addr = this.farAddr;
    const { lastBase, lastView, lastWriteBase, priorBase, priorWriteBase } = this;
    const prior = addr - (write ? priorWriteBase : priorBase);
    if (prior >= 0 && prior < blockBytes) {
      this.lastBase = priorBase;
      this.lastView = this.priorView;
      this.setWriteBase(priorWriteBase);
      this.priorBase = lastBase;
      this.priorView = lastView;
      this.priorWriteBase = lastWriteBase;
      return prior | 0;
    }
    return this.seekUnknown(addr, write);
  }

  private seekUnknown(addr: number, write: boolean): number {
    let block = this.find(addr);
    if (block === undefined) {
      if (write) block = this.create(addr);
      else {
        if (!this.isMapped(addr)) fault(addr);
        block = this.zero;
      }
    }
    const off = addr % blockBytes;
    this.priorBase = this.lastBase;
    this.priorView = this.lastView;
    this.priorWriteBase = this.lastWriteBase;
    this.lastBase = addr - off;
    this.lastView = block.view;
    this.setWriteBase(block === this.zero ? Number.NaN : this.lastBase);
    return off | 0;
  }

  readUint8(addr: number): number {
    const off = this.seekRead(addr);
    return this.lastView.getUint8(off);
  }

  readUint16(addr: number): number {
    const off = this.seekRead(addr);
    if (off > blockBytes - 2) return this.readSlow(addr, 2);
    return this.lastView.getUint16(off, this.littleEndian);
  }

  readUint32(addr: number): number {
    const off = this.seekRead(addr);
    if (off > blockBytes - 4) return this.readSlow(addr, 4);
    return this.lastView.getUint32(off, this.littleEndian);
  }

  /** A word of the target's size. Exact below 2^53: every address is; use readUint64 for the rest. */
  readUintptr(addr: number): number {
    const at = addr - this.lastBase;
    if (at >= 0 && at <= blockBytes - 8 && this.plainWords) {
      const off = at | 0;
      const view = this.lastView;
      return view.getUint32(off + 4, true) * twoTo32 + view.getUint32(off, true);
    }
    this.farAddr = addr;
    return this.readFarUintptr();
  }

  private readFarUintptr(): number {
    const addr = this.farAddr;
    const off = this.seekRead(addr);
    if (off > blockBytes - this.ptrSize) return this.readSlow(addr, this.ptrSize);
    const view = this.lastView;
    if (this.ptrSize === 4) return view.getUint32(off, this.littleEndian);
    if (this.littleEndian) {
      return view.getUint32(off + 4, true) * twoTo32 + view.getUint32(off, true);
    }
    return view.getUint32(off, false) * twoTo32 + view.getUint32(off + 4, false);
  }

  readUint64(addr: number): bigint {
    const off = this.seekRead(addr);
    if (off > blockBytes - 8) {
      const a = BigInt(this.readUint32(addr));
      const b = BigInt(this.readUint32(addr + 4));
      return this.littleEndian ? (b << 32n) | a : (a << 32n) | b;
    }
    return this.lastView.getBigUint64(off, this.littleEndian);
  }

  readFloat32(addr: number): number {
    const view = new DataView(new ArrayBuffer(4));
    view.setUint32(0, this.readUint32(addr));
    return view.getFloat32(0);
  }

  readFloat64(addr: number): number {
    const view = new DataView(new ArrayBuffer(8));
    view.setBigUint64(0, this.readUint64(addr));
    return view.getFloat64(0);
  }

  writeUint8(addr: number, value: number): void {
    const off = this.seekWrite(addr);
    this.lastView.setUint8(off, value);
  }

  writeUint16(addr: number, value: number): void {
    const off = this.seekWrite(addr);
    if (off > blockBytes - 2) this.writeSlow(addr, 2, value);
    else this.lastView.setUint16(off, value, this.littleEndian);
  }

  writeUint32(addr: number, value: number): void {
    const off = this.seekWrite(addr);
    if (off > blockBytes - 4) this.writeSlow(addr, 4, value);
    else this.lastView.setUint32(off, value, this.littleEndian);
  }

  /** Replaces the bits of `mask` in the aligned 32-bit word at `addr` by those of `bits`, which has no others. */
  replaceBits32(addr: number, mask: number, bits: number): void {
    const off = this.seekWrite(addr);
    const view = this.lastView;
    const little = this.littleEndian;
    view.setUint32(off, (view.getInt32(off, little) & ~mask) | bits, little);
  }

  /** A word of the target's size; a negative value is written in two's complement. */
  writeUintptr(addr: number, value: number): void {
    const at = addr - this.plainWriteBase;
    if (at >= 0 && at <= blockBytes - 8 && value >= 0) {
      const off = at | 0;
      const view = this.lastView;
      view.setUint32(off, value, true);
      view.setUint32(off + 4, value / twoTo32, true);
      return;
    }
    this.farAddr = addr;
    this.farValue = value;
    this.writeFarUintptr();
  }

  private writeFarUintptr(): void {
    const addr = this.farAddr;
    const value = this.farValue;
    const off = this.seekWrite(addr);
    if (off > blockBytes - this.ptrSize) {
      this.writeSlow(addr, this.ptrSize, value);
      return;
    }
    const view = this.lastView;
    if (this.ptrSize === 4) {
      view.setUint32(off, value, this.littleEndian);
    } else if (this.littleEndian) {
      view.setUint32(off, value, true);
      view.setUint32(off + 4, Math.floor(value / twoTo32), true);
    } else {
      view.setUint32(off, Math.floor(value / twoTo32), false);
      view.setUint32(off + 4, value, false);
    }
  }

  writeUint64(addr: number, value: bigint): void {
    const off = this.seekWrite(addr);
    if (off > blockBytes - 8) {
      const lo = Number(BigInt.asUintN(32, value));
      const hi = Number(BigInt.asUintN(32, value >> 32n));
      this.writeUint32(addr, this.littleEndian ? lo : hi);
      this.writeUint32(addr + 4, this.littleEndian ? hi : lo);
    } else {
      this.lastView.setBigUint64(off, BigInt.asUintN(64, value), this.littleEndian);
    }
  }

  writeFloat32(addr: number, value: number): void {
    const view = new DataView(new ArrayBuffer(4));
    view.setFloat32(0, value);
    this.writeUint32(addr, view.getUint32(0));
  }

  writeFloat64(addr: number, value: number): void {
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, value);
    this.writeUint64(addr, view.getBigUint64(0));
  }

  /** A read that straddles two blocks. */
  private readSlow(addr: number, n: number): number {
    let value = 0;
    for (let i = 0; i < n; i++) {
      value = value * 256 + this.readUint8(this.littleEndian ? addr + n - 1 - i : addr + i);
    }
    return value;
  }

  /** A write that straddles two blocks. */
  private writeSlow(addr: number, n: number, value: number): void {
    let v = value;
    for (let i = 0; i < n; i++) {
      const byte = ((v % 256) + 256) % 256;
      this.writeUint8(this.littleEndian ? addr + i : addr + n - 1 - i, byte);
      v = Math.floor(v / 256);
    }
  }

  /** Zeroes [addr, addr+n). @go runtime/stubs.go memclrNoHeapPointers */
  clear(addr: number, n: number): void {
    const off = addr - this.lastWriteBase;
    if (n <= 64 && off >= 0 && off + n <= blockBytes) {
      const view = this.lastView;
      let i = off | 0;
      const end = i + n;
      for (; i + 8 <= end; i += 8) view.setFloat64(i, 0, true);
      for (; i < end; i++) view.setUint8(i, 0);
      return;
    }
    let at = addr;
    let left = n;
    while (left > 0) {
      const start = at % blockBytes;
      const step = Math.min(left, blockBytes - start);
      const block = this.find(at);
      if (block !== undefined) block.bytes.fill(0, start, start + step);
      else if (!this.isMapped(at)) fault(at);
      at += step;
      left -= step;
    }
  }

  /** Gives [addr, addr+n) back to the OS: it stays mapped and reads as zero. @go runtime/mem_linux.go sysUnusedOS */
  discard(addr: number, n: number): void {
    let at = addr;
    let left = n;
    while (left > 0) {
      const start = at % blockBytes;
      const step = Math.min(left, blockBytes - start);
      const block = this.find(at);
      if (block !== undefined) {
        if (step === blockBytes) {
          this.directory![(at % twoTo32) >>> blockShift] = undefined;
          this.blocks.give(block);
          this.backedBytes -= blockBytes;
          this.forget(at - start);
        } else {
          block.bytes.fill(0, start, start + step);
        }
      }
      at += step;
      left -= step;
    }
  }

  /** Copies `n` bytes from `src` to `dst`; the ranges may overlap. @go runtime/stubs.go memmove */
  copy(dst: number, src: number, n: number): void {
    if (n === 0 || dst === src) return;
    const sOff = src % blockBytes;
    const dOff = dst % blockBytes;
    if (sOff + n <= blockBytes && dOff + n <= blockBytes) {
      const from = this.find(src);
      if (from === undefined) {
        this.clear(dst, n);
        return;
      }
      const to = this.find(dst) ?? this.create(dst);
      if (from === to) to.bytes.copyWithin(dOff, sOff, sOff + n);
      else to.bytes.set(from.bytes.subarray(sOff, sOff + n), dOff);
      return;
    }
    const buffer = new Uint8Array(n);
    this.read(src, n, buffer, 0);
    this.write(dst, buffer);
  }

  /** Stores `bytes` at `addr`. */
  write(addr: number, bytes: Uint8Array): void {
    let done = 0;
    while (done < bytes.length) {
      const at = addr + done;
      const start = at % blockBytes;
      const step = Math.min(bytes.length - done, blockBytes - start);
      const block = this.find(at) ?? this.create(at);
      block.bytes.set(
        done === 0 && step === bytes.length ? bytes : bytes.subarray(done, done + step),
        start,
      );
      done += step;
    }
  }

  /** Copies `length` bytes at `addr` into `target` from `offset` on. */
  read(addr: number, length: number, target: Uint8Array, offset: number): void {
    let done = 0;
    while (done < length) {
      const at = addr + done;
      const start = at % blockBytes;
      const step = Math.min(length - done, blockBytes - start);
      const block = this.find(at);
      if (block !== undefined) {
        target.set(block.bytes.subarray(start, start + step), offset + done);
      } else {
        if (!this.isMapped(at)) fault(at);
        target.fill(0, offset + done, offset + done + step);
      }
      done += step;
    }
  }

  /** Hands [addr, addr+length) out in pieces, each borrowed until `visit` returns. */
  pieces(addr: number, length: number, visit: (piece: Uint8Array) => void): void {
    let done = 0;
    while (done < length) {
      const at = addr + done;
      const start = at % blockBytes;
      const step = Math.min(length - done, blockBytes - start);
      const block = this.find(at) ?? this.zero;
      if (block === this.zero && !this.isMapped(at)) fault(at);
      visit(block.bytes.subarray(start, start + step));
      done += step;
    }
  }
}

/**
 * Blocks, cut from slabs each of which is as large as all before it, up to 256 MiB. V8 collects garbage for every 64 MiB of
 * ArrayBuffers that are made, whatever lives: so there are few. The system gives a slab's pages as they are written.
 */
class Blocks {
  private slab = new ArrayBuffer(0);
  private used = 0;
  private made = 0;
  private readonly free: Block[] = [];

  /** A block of zeros. */
  take(): Block {
    const block = this.free.pop();
    if (block !== undefined) {
      block.bytes.fill(0);
      return block;
    }
    if (this.used === this.slab.byteLength) {
      this.slab = new ArrayBuffer(Math.min(maxSlabBytes, Math.max(blockBytes, this.made)));
      this.used = 0;
      this.made += this.slab.byteLength;
    }
    const { slab, used } = this;
    this.used += blockBytes;
    return {
      bytes: new Uint8Array(slab, used, blockBytes),
      view: new DataView(slab, used, blockBytes),
    };
  }

  /** Takes a block back, to give it again. */
  give(block: Block): void {
    this.free.push(block);
  }
}

function fault(addr: number): never {
  return throw_(`fault: unexpected fault address 0x${addr.toString(16)}`);
}
