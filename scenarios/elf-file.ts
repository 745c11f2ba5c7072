/** An ELF executable as memory: bytes by the address that they are loaded at. */
import type { GoArch } from '../sim/arch.ts';
import { readWhole } from './input.ts';
import { UsageError } from './usage-error.ts';

interface Segment {
  readonly addr: number;
  readonly offset: number;
  /** Bytes in the file. */
  readonly size: number;
  /** Bytes in memory; what the file does not have is zero. */
  readonly memorySize: number;
}

/** `e_machine` and class, and the GOARCHes that have them, by byte order. */
const machines: Readonly<Record<string, readonly [little: GoArch | '', big: GoArch | '']>> = {
  '3/32': ['386', ''],
  '8/32': ['mipsle', 'mips'],
  '8/64': ['mips64le', 'mips64'],
  '21/64': ['ppc64le', 'ppc64'],
  '22/64': ['', 's390x'],
  '40/32': ['arm', ''],
  '62/64': ['amd64', ''],
  '183/64': ['arm64', ''],
  '243/64': ['riscv64', ''],
  '258/64': ['loong64', ''],
};

const typeExecutable = 2;
const segmentLoad = 1;

/** A statically placed executable whose bytes are all in memory. */
export class ElfFile {
  readonly name: string;
  readonly goarch: GoArch;
  readonly ptrSize: 4 | 8;
  readonly littleEndian: boolean;
  readonly #view: DataView;
  readonly #bytes: Uint8Array;
  readonly #segments: Segment[] = [];

  /** @throws {UsageError} for what is no such executable, `name` in the message */
  constructor(bytes: Uint8Array, name: string) {
    this.name = name;
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (bytes.length < 64 || this.#view.getUint32(0) !== 0x7f454c46) {
      throw new UsageError(`${name}: not an ELF executable`);
    }
    const is64 = bytes[4] === 2;
    this.ptrSize = is64 ? 8 : 4;
    this.littleEndian = bytes[5] === 1;
    const machine = machines[`${this.#u16(18)}/${is64 ? 64 : 32}`];
    const goarch = machine?.[this.littleEndian ? 0 : 1] ?? '';
    if (goarch === '') throw new UsageError(`${name}: an executable for no GOARCH of Go 1.22`);
    this.goarch = goarch;
    if (this.#u16(16) !== typeExecutable) {
      throw new UsageError(
        `${name}: a position independent executable, whose types lie elsewhere when it runs: ` +
          'build it with -buildmode=exe and make the log again',
      );
    }
    try {
      this.#readSegments(is64);
    } catch (error) {
      throw new UsageError(`${name}: a broken ELF executable`, { cause: error });
    }
  }

  #readSegments(is64: boolean): void {
    const table = is64 ? this.#u64(32) : this.#u32(28);
    const entrySize = this.#u16(is64 ? 54 : 42);
    const entries = this.#u16(is64 ? 56 : 44);
    for (let i = 0; i < entries; i++) {
      const at = table + i * entrySize;
      if (this.#u32(at) !== segmentLoad) continue;
      this.#segments.push(
        is64
          ? {
              ...{ offset: this.#u64(at + 8), addr: this.#u64(at + 16) },
              ...{ size: this.#u64(at + 32), memorySize: this.#u64(at + 40) },
            }
          : {
              ...{ offset: this.#u32(at + 4), addr: this.#u32(at + 8) },
              ...{ size: this.#u32(at + 16), memorySize: this.#u32(at + 20) },
            },
      );
    }
  }

  #u16(at: number): number {
    return this.#view.getUint16(at, this.littleEndian);
  }

  #u32(at: number): number {
    return this.#view.getUint32(at, this.littleEndian);
  }

  #u64(at: number): number {
    return Number(this.#view.getBigUint64(at, this.littleEndian));
  }

  /** Start of the segments, lowest address first. */
  get segmentStarts(): number[] {
    return this.#segments.map(({ addr }) => addr).sort((a, b) => a - b);
  }

  /** Address behind the last segment, where the kernel puts the program's break. */
  get end(): number {
    return Math.max(...this.#segments.map(({ addr, memorySize }) => addr + memorySize));
  }

  /** Offset in the file of `length` bytes at `addr`, or -1 if they are not in it. */
  #offsetOf(addr: number, length: number): number {
    for (const segment of this.#segments) {
      const into = addr - segment.addr;
      if (into < 0 || into + length > segment.size) continue;
      const offset = segment.offset + into;
      return offset + length <= this.#bytes.length ? offset : -1;
    }
    return -1;
  }

  /** `length` bytes at `addr`, or undefined if the file does not hold them. */
  bytesAt(addr: number, length: number): Uint8Array | undefined {
    const offset = this.#offsetOf(addr, length);
    return offset < 0 ? undefined : this.#bytes.subarray(offset, offset + length);
  }

  /** The word at `addr`, or undefined if the file does not hold it. */
  uintptrAt(addr: number): number | undefined {
    const offset = this.#offsetOf(addr, this.ptrSize);
    if (offset < 0) return undefined;
    return this.ptrSize === 8 ? this.#u64(offset) : this.#u32(offset);
  }

  /** The 32-bit number at `addr`, or undefined if the file does not hold it. */
  uint32At(addr: number): number | undefined {
    const offset = this.#offsetOf(addr, 4);
    return offset < 0 ? undefined : this.#u32(offset);
  }
}

/** Reads an executable. @throws {UsageError} if it is none @throws {EnvironmentError} if it cannot be read */
export function readElfFile(path: string): ElfFile {
  return new ElfFile(readWhole(path), path);
}
