/**
 * The segments of a linked program: text, rodata, and the four data sections with their variables and
 * pointer masks, at the addresses that the Go linker gives them.
 *
 * Code, type descriptors and literals are added while a program runs, which a linker need not allow
 * for: their segments have a fixed room each, so that data and bss do not move.
 *
 * @go runtime/symtab.go moduledata, cmd/link/internal/ld/data.go dodata, address
 */
import type { Arch, GoArch } from './arch.ts';
import type { Memory } from './memory.ts';
import type { Bitvector } from './stopped-world.ts';
import { pointerMask, type Type } from './type.ts';
import { alignUp, divRoundUp } from './uintptr.ts';

/** What the linker's ports differ in. @go cmd/link/internal/amd64/obj.go archinit, amd64/l.go and so on */
interface LinkTarget {
  /** Where code begins: -T. */
  readonly textAddr: number;
  /** Granularity of segments: -R. */
  readonly round: number;
  readonly funcAlign: number;
  readonly maxAlign: number;
  readonly minAlign: number;
}

const risc = { textAddr: 0x11000, round: 0x10000, maxAlign: 32, minAlign: 1 };

export const linkTargets: Readonly<Record<GoArch, LinkTarget>> = {
  386: { textAddr: 0x8049000, round: 4096, funcAlign: 16, maxAlign: 32, minAlign: 1 },
  amd64: { textAddr: 0x401000, round: 4096, funcAlign: 32, maxAlign: 32, minAlign: 1 },
  arm: { ...risc, funcAlign: 4, maxAlign: 8 },
  arm64: { ...risc, funcAlign: 16 },
  loong64: { ...risc, funcAlign: 16 },
  mips: { ...risc, funcAlign: 8 },
  mips64: { ...risc, funcAlign: 8 },
  mips64le: { ...risc, funcAlign: 8 },
  mipsle: { ...risc, funcAlign: 8 },
  ppc64: { ...risc, funcAlign: 16 },
  ppc64le: { ...risc, funcAlign: 16 },
  riscv64: { ...risc, funcAlign: 8 },
  s390x: { ...risc, funcAlign: 16, minAlign: 2 },
};

/** Section .go.buildinfo, which comes before the variables. */
const buildinfoBytes = 0x100;

/** data and bss hold variables with pointers; data and noptrdata those with an initial value. */
export type Segment = 'noptrdata' | 'data' | 'bss' | 'noptrbss';

interface Global {
  readonly name: string;
  readonly type: Type;
  readonly segment: Segment;
  readonly initial: Uint8Array | undefined;
  readonly index: number;
}

/** Room for what is added at run time, in bytes. */
export interface ModuleRoom {
  readonly text?: number;
  readonly types?: number;
  readonly rodata?: number;
}

/** @go runtime/symtab.go moduledata */
export class ModuleData {
  readonly text: number;
  readonly etext: number;
  /** Type descriptors: what {@link TypeTable} starts at. */
  readonly types: number;
  readonly etypes: number;
  /** Section bounds, 0 before {@link freeze}. */
  noptrdata = 0;
  enoptrdata = 0;
  data = 0;
  edata = 0;
  bss = 0;
  ebss = 0;
  noptrbss = 0;
  enoptrbss = 0;
  /** End of the program: the heap of a 32-bit target starts behind it. */
  end = 0;
  /** One bit a word of data, and of bss. */
  gcdatamask: Bitvector = { n: 0, bytedata: new Uint8Array(0) };
  gcbssmask: Bitvector = { n: 0, bytedata: new Uint8Array(0) };
  readonly #arch: Arch;
  readonly #erodata: number;
  readonly #globals = new Map<string, Global>();
  readonly #addresses = new Map<string, number>();
  readonly #literals = new Map<string, number>();
  readonly #pending: { readonly addr: number; readonly bytes: Uint8Array }[] = [];
  #rodataNext: number;
  #memory: Memory | undefined;

  constructor(arch: Arch, room: ModuleRoom = {}) {
    const { textAddr, round } = linkTargets[arch.goarch];
    this.#arch = arch;
    this.text = textAddr;
    this.etext = textAddr + (room.text ?? 1 << 20);
    this.types = alignUp(this.etext, round);
    this.etypes = this.types + (room.types ?? 1 << 19);
    this.#rodataNext = this.etypes;
    this.#erodata = this.etypes + (room.rodata ?? 1 << 19);
  }

  get frozen(): boolean {
    return this.#memory !== undefined;
  }

  /**
   * Declares a variable. Those of package main come first among variables of equal size, then the
   * order of declaration decides: the linker loads main first. @go cmd/link/internal/ld/lib.go loadlib
   */
  addGlobal(name: string, type: Type, segment: Segment, initial?: Uint8Array): void {
    if (this.frozen) throw new RangeError(`${name}: the program is linked already`);
    if (this.#globals.has(name)) throw new RangeError(`variable ${name} exists already`);
    if (initial !== undefined && initial.length > type.size) {
      throw new RangeError(`${name}: initialize bounds (${type.size} < ${initial.length})`);
    }
    const index = this.#globals.size;
    this.#globals.set(name, { name, type, segment, initial, index });
  }

  /** Name of the variable that lies at `addr`, undefined where none does. Linked programs only. */
  globalAt(addr: number): string | undefined {
    for (const [name, from] of this.#addresses) {
      const global = this.#globals.get(name);
      if (global !== undefined && from <= addr && addr < from + global.type.size) return name;
    }
    return undefined;
  }

  hasGlobal(name: string): boolean {
    return this.#globals.has(name);
  }

  /** Address of a variable of the linked program. */
  addressOf(name: string): number {
    const addr = this.#addresses.get(name);
    if (addr === undefined) {
      throw new RangeError(
        `variable ${name} ${this.#globals.has(name) ? 'has no address yet' : 'does not exist'}`,
      );
    }
    return addr;
  }

  /** Places all variables, maps rodata and the data segment, and fills in what was given. @go cmd/link/internal/ld/data.go allocateDataSections */
  freeze(memory: Memory): void {
    if (this.frozen) throw new RangeError('the program is linked already');
    const start = alignUp(this.#erodata, linkTargets[this.#arch.goarch].round);
    let at = start + buildinfoBytes;
    for (const segment of ['noptrdata', 'data', 'bss', 'noptrbss'] as const) {
      const [from, to] = this.#place(segment, at);
      this[segment] = from;
      this[`e${segment}`] = to;
      at = to;
    }
    this.end = at;
    this.gcdatamask = this.#mask('data', this.data, this.edata);
    this.gcbssmask = this.#mask('bss', this.bss, this.ebss);
    memory.map(this.types, this.#erodata - this.types);
    memory.map(start, this.end - start);
    this.#memory = memory;
    for (const { addr, bytes } of this.#pending) memory.write(addr, bytes);
    this.#pending.length = 0;
    for (const { name, initial } of this.#globals.values()) {
      if (initial !== undefined) memory.write(this.addressOf(name), initial);
    }
  }

  /** Lays out one section from `at` on. @go cmd/link/internal/ld/data.go dodataSect */
  #place(segment: Segment, at: number): [number, number] {
    const globals = this.#inOrder(segment);
    const aligns = globals.map((g) => this.#symalign(g.type.size));
    const from = alignUp(at, Math.max(1, ...aligns));
    let next = from;
    globals.forEach((g, i) => {
      next = alignUp(next, aligns[i]!);
      this.#addresses.set(g.name, next);
      next += g.type.size;
    });
    return [from, next];
  }

  /** By size; runtime.zerobase before all that have one, so that variables of size 0 share its address. */
  #inOrder(segment: Segment): Global[] {
    const rank = (g: Global) => (g.name === 'runtime.zerobase' ? 0.5 : g.type.size);
    const late = (g: Global) => (g.name.startsWith('main.') ? 0 : 1);
    return [...this.#globals.values()]
      .filter((g) => g.segment === segment)
      .sort((a, b) => rank(a) - rank(b) || late(a) - late(b) || a.index - b.index);
  }

  /** Alignment by size alone. @go cmd/link/internal/ld/data.go symalign */
  #symalign(size: number): number {
    const { maxAlign, minAlign } = linkTargets[this.#arch.goarch];
    let align = maxAlign;
    while (align > size && align > minAlign) align /= 2;
    return align;
  }

  #mask(segment: Segment, from: number, to: number): Bitvector {
    const { ptrSize } = this.#arch;
    const n = divRoundUp(to - from, ptrSize);
    const bytedata = new Uint8Array((n + 7) >> 3);
    for (const g of this.#globals.values()) {
      if (g.segment !== segment) continue;
      const mask = pointerMask(g.type, ptrSize);
      const first = (this.addressOf(g.name) - from) / ptrSize;
      for (let i = 0; i * ptrSize < g.type.ptrBytes; i++) {
        if ((mask[i >> 3]! >> (i & 7)) & 1) bytedata[(first + i) >> 3]! |= 1 << ((first + i) & 7);
      }
    }
    return { n, bytedata };
  }

  /** Puts read-only data into the program and gives its address. */
  rodata(bytes: Uint8Array, align: number): number {
    const addr = alignUp(this.#rodataNext, align);
    if (addr + bytes.length > this.#erodata) {
      throw new RangeError(`no room for ${bytes.length} bytes of read-only data`);
    }
    this.#rodataNext = addr + bytes.length;
    if (this.#memory === undefined) this.#pending.push({ addr, bytes: bytes.slice() });
    else this.#memory.write(addr, bytes);
    return addr;
  }

  /** Read-only words in the target's byte order. */
  rodataWords(words: readonly number[], align: number): number {
    const { ptrSize, bigEndian } = this.#arch;
    const view = new DataView(new ArrayBuffer(words.length * ptrSize));
    words.forEach((w, i) => {
      if (ptrSize === 4) view.setUint32(i * 4, w, !bigEndian);
      else view.setBigUint64(i * 8, BigInt(w), !bigEndian);
    });
    return this.rodata(new Uint8Array(view.buffer), align);
  }

  /** Address of the bytes of a string literal: equal literals share them, '' has none. */
  stringLiteral(bytes: Uint8Array): number {
    if (bytes.length === 0) return 0;
    let key = '';
    for (const b of bytes) key += String.fromCharCode(b);
    let addr = this.#literals.get(key);
    if (addr === undefined) {
      addr = this.rodata(bytes, 1);
      this.#literals.set(key, addr);
    }
    return addr;
  }
}
