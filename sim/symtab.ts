/**
 * The function table: where each function's code lies, its frame, its pointer maps, its lines.
 *
 * There is no machine code here. A function owns a range of pcs; a call in it gets a return pc of its
 * own when it is first needed, so that each pc tells function, line and pointer map as in Go.
 *
 * @go runtime/symtab.go, cmd/link/internal/ld/data.go textaddress
 */
import type { Arch } from './arch.ts';
import type { FrameLayout } from './framelayout.ts';
import { linkTargets, type ModuleData } from './moduledata.ts';
import type { Bitvector, StoppedFunc, StoppedFuncval, StoppedStackmap } from './stopped-world.ts';
import { pointerMask, type Type } from './type.ts';
import { alignUp } from './uintptr.ts';

export { ModuleData } from './moduledata.ts';

/** Bytes of code of a function whose size nobody gives. */
const defaultFuncSize = 4096;
/** Code before the first call and between two calls: the call instruction and what prepares it. */
const prologueBytes = 32;
const callBytes = 8;

/** A function value: its first word is the entry pc, captured variables follow. @go runtime/runtime2.go funcval */
export interface Funcval extends StoppedFuncval {
  readonly addr: number;
  /** Entry pc. */
  readonly fn: number;
}

/** A variable of a frame whose address is taken. @go runtime/stkframe.go stackObjectRecord */
export interface StackObject {
  /** From varp if negative, else from argp. */
  readonly off: number;
  readonly size: number;
  readonly ptrdata: number;
  /** One bit a word. */
  readonly gcdata: Uint8Array;
}

/** Pointer maps of a function's locals or arguments, one for each index. @go runtime/symtab.go stackmap */
export class Stackmap implements StoppedStackmap {
  readonly nbit: number;
  readonly #bitmaps: Bitvector[] = [];

  /** All bitmaps have the same length. */
  constructor(bitmaps: readonly Bitvector[]) {
    this.nbit = bitmaps[0]?.n ?? 0;
    for (const b of bitmaps) this.add(b);
  }

  get n(): number {
    return this.#bitmaps.length;
  }

  /** Another bitmap; its index. */
  add(b: Bitvector): number {
    if (b.n !== this.nbit) throw new RangeError('bitmaps of unequal length');
    return this.#bitmaps.push(b) - 1;
  }

  bitmap(index: number): Bitvector {
    const b = this.#bitmaps[index];
    if (b === undefined) throw new RangeError(`stackmap index ${index} of ${this.n}`);
    return b;
  }
}

/** The bitmap of a string of 0 and 1, one character a word. */
function bitvectorOf(bits: string): Bitvector {
  const bytedata = new Uint8Array((bits.length + 7) >> 3);
  for (let i = 0; i < bits.length; i++) if (bits[i] === '1') bytedata[i >> 3]! |= 1 << (i & 7);
  return { n: bits.length, bytedata };
}

/** The pointer maps of a function, each a string of 0 and 1. */
export function stackmapOf(bitmaps: readonly string[]): Stackmap {
  return new Stackmap(bitmaps.map(bitvectorOf));
}

/** Where in the source the code before a return pc is. */
export interface SourcePosition {
  /** Of the return pc, from the entry. */
  readonly off: number;
  readonly line: number;
  /** Line of the code that follows. */
  readonly after: number;
  /** Unless it is the function's. */
  readonly file: string | undefined;
}

/** A call whose place is known beforehand. */
interface CallSiteSpec extends Pick<SourcePosition, 'off' | 'line'> {
  /** The same line, unless given. */
  readonly after?: number;
  readonly file?: string | undefined;
  /** Where the inlined function that makes the call is called, and so on outwards. */
  readonly inlinedAt?: readonly SourcePosition[];
  readonly stackMapIndex: number;
}

/** A function to add. Frame, arguments and maps come from `layout`, or one by one. */
export interface FuncSpec {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  /** Bytes of code, {@link defaultFuncSize} unless given. */
  readonly size?: number;
  readonly nosplit?: boolean;
  readonly layout?: FrameLayout;
  /** Distance of sp in the body from sp at the entry. */
  readonly frameSize?: number;
  readonly argsSize?: number;
  readonly locals?: Stackmap | undefined;
  readonly args?: Stackmap | undefined;
  readonly stackObjects?: readonly StackObject[];
  readonly sites?: readonly CallSiteSpec[];
  /** Offset of the call of deferreturn; true: the function defers, its place is free. */
  readonly deferreturn?: number | boolean;
}

/** A function of the program. @go runtime/symtab.go funcInfo */
export class Func implements StoppedFunc {
  readonly name: string;
  readonly file: string;
  /** Line of the func keyword. */
  readonly line: number;
  readonly entry: number;
  /** End of its code. */
  readonly end: number;
  readonly nosplit: boolean;
  readonly frameSize: number;
  readonly argsSize: number;
  readonly layout: FrameLayout | undefined;
  readonly locals: Stackmap | undefined;
  readonly args: Stackmap | undefined;
  #stackObjects: readonly StackObject[] | undefined;
  /** Offset of the call of deferreturn, 0 without. */
  readonly deferreturn: number;
  readonly #quantum: number;
  /** Return pcs in ascending order, with the line and map of the code that ends there. */
  readonly #pcs: number[] = [];
  readonly #lines: number[] = [];
  readonly #maps: number[] = [];
  /** Line of the code that follows, and file, where they are not the call's and the function's. */
  readonly #positions = new Map<number, { readonly line: number; readonly file: string }>();
  readonly #inlinedAt = new Map<number, readonly number[]>();
  readonly #byCall = new Map<string, number>();

  constructor(arch: Arch, spec: FuncSpec, entry: number) {
    const { layout } = spec;
    this.name = spec.name;
    this.file = spec.file;
    this.line = spec.line;
    this.entry = entry;
    this.end = entry + (spec.size ?? defaultFuncSize);
    this.nosplit = spec.nosplit ?? false;
    this.layout = layout;
    this.frameSize = spec.frameSize ?? layout?.frameSize ?? 0;
    this.argsSize = spec.argsSize ?? layout?.argsSize ?? 0;
    this.locals = spec.locals ?? (layout && new Stackmap(layout.localsMaps));
    this.args = spec.args ?? (layout && new Stackmap(layout.argsMaps));
    const objects = [...(spec.stackObjects ?? layout?.stackObjects ?? [])];
    this.#stackObjects = objects.length === 0 ? undefined : objects.sort((a, b) => a.off - b.off);
    this.#quantum = arch.pcQuantum;
    this.#addKnownSites(spec.sites ?? []);
    const d = spec.deferreturn ?? 0;
    this.deferreturn =
      typeof d === 'number'
        ? d
        : d
          ? this.callSite(spec.line, this.#allLive()) - callBytes - entry
          : 0;
  }

  /** By ascending offset. */
  get stackObjects(): readonly StackObject[] | undefined {
    return this.#stackObjects;
  }

  /** Tells of one more variable whose address is taken: `off` from varp if negative, else from argp. */
  addStackObject(off: number, type: Type, ptrSize: number): void {
    const { size, ptrBytes } = type;
    const object = { off, size, ptrdata: ptrBytes, gcdata: pointerMask(type, ptrSize) };
    this.#stackObjects = [...(this.#stackObjects ?? []), object].sort((a, b) => a.off - b.off);
  }

  /** Index of the map in which every variable is live. */
  #allLive(): number {
    return this.layout === undefined ? 0 : 1;
  }

  #addKnownSites(sites: readonly CallSiteSpec[]): void {
    const byOffset = new Map<number, CallSiteSpec>();
    for (const { off, inlinedAt } of sites) {
      if (inlinedAt === undefined || inlinedAt.length === 0) continue;
      for (const at of inlinedAt) byOffset.set(at.off, { ...at, stackMapIndex: 0 });
      this.#inlinedAt.set(
        this.entry + off,
        inlinedAt.map((at) => this.entry + at.off),
      );
    }
    for (const site of sites) byOffset.set(site.off, site);
    for (const at of [...byOffset.values()].sort((a, b) => a.off - b.off)) {
      const pc = this.entry + at.off;
      this.#addSite(pc, at.line, at.stackMapIndex);
      const { after = at.line, file = this.file } = at;
      if (after !== at.line || file !== this.file) {
        this.#positions.set(pc, { line: after, file });
      }
    }
  }

  /** Where the inlined function that calls in the code before `pc` is called, and so on outwards: pcs after those calls. */
  inlinedAt(pc: number): readonly number[] {
    return this.#inlinedAt.get(pc) ?? [];
  }

  #addSite(pc: number, line: number, stackMapIndex: number, place = 0): void {
    if (pc <= this.entry || pc >= this.end) {
      throw new RangeError(
        `${this.name}: no room for another call, its code has ${this.end - this.entry} bytes`,
      );
    }
    this.#pcs.push(pc);
    this.#lines.push(line);
    this.#maps.push(stackMapIndex);
    const call = `${line},${place},${stackMapIndex}`;
    if (!this.#byCall.has(call)) this.#byCall.set(call, pc);
  }

  /**
   * Return pc of a call in `line` with pointer map `stackMapIndex` (of a laid out frame: 1, all
   * variables live). The same call has the same pc each time; `place` tells calls in a line apart.
   */
  callSite(line: number, stackMapIndex = this.#allLive(), place = 0): number {
    const known = this.#byCall.get(`${line},${place},${stackMapIndex}`);
    if (known !== undefined) return known;
    const last = this.#pcs.at(-1) ?? alignUp(this.entry + prologueBytes - callBytes, this.#quantum);
    const pc = last + callBytes;
    this.#addSite(pc, line, stackMapIndex, place);
    return pc;
  }

  /**
   * Another pointer map: that of index `base`, with further pointers among the locals, given as the
   * words' distances below varp. Returns its index.
   */
  addStackMap(base: number, belowVarp: readonly number[]): number {
    const { locals, args } = this;
    if (locals === undefined || args === undefined) throw new RangeError(`${this.name}: no maps`);
    const { n, bytedata } = locals.bitmap(base);
    const bits = bytedata.slice();
    for (const words of belowVarp) {
      const bit = n - words;
      bits[bit >> 3]! |= 1 << (bit & 7);
    }
    args.add(args.bitmap(base));
    return locals.add({ n, bytedata: bits });
  }

  /** Index of the call whose code contains `pc`, or -1: before the first or after the last. */
  #siteAt(pc: number): number {
    const pcs = this.#pcs;
    const n = pcs.length;
    if (n === 0 || pc >= pcs[n - 1]! || pc < this.entry) return -1;
    let lo = 0;
    let hi = n - 1;
    while (lo < hi) {
      const mid = (lo + hi) >> 1;
      if (pc < pcs[mid]!) hi = mid;
      else lo = mid + 1;
    }
    return lo === 0 && pc < pcs[0]! - callBytes ? -1 : lo;
  }

  /** Bytes that sp is below its value at the entry. @go runtime/symtab.go funcspdelta */
  spdelta(pc: number): number {
    return pc === this.entry ? 0 : this.frameSize;
  }

  /** PCDATA_StackMapIndex at `pc`: -1 where there is no call. @go runtime/symtab.go pcdatavalue */
  stackMapIndex(pc: number): number {
    const site = this.#siteAt(pc);
    return site < 0 ? -1 : this.#maps[site]!;
  }

  /**
   * Source position of the instruction at `pc`. What follows a call is of the call's line, unless the
   * function's table says otherwise.
   *
   * @go runtime/symtab.go funcline
   */
  funcline(pc: number): { readonly file: string; readonly line: number } {
    const site = this.#siteAt(pc);
    const before = (site < 0 ? this.#pcs.length : site) - 1;
    if (this.#pcs[before] === pc) {
      return this.#positions.get(pc) ?? { file: this.file, line: this.#lines[before]! };
    }
    if (site < 0) return { file: this.file, line: this.line };
    const { file } = this.#positions.get(this.#pcs[site]!) ?? this;
    return { file, line: this.#lines[site]! };
  }
}

/** All functions of a program, in the order of their code. */
export class Symtab {
  readonly module: ModuleData;
  readonly #arch: Arch;
  readonly #funcs: Func[] = [];
  readonly #byName = new Map<string, Func>();
  readonly #funcvals = new Map<Func, Funcval>();
  #next: number;
  #last: Func | undefined;

  constructor(arch: Arch, module: ModuleData) {
    this.#arch = arch;
    this.module = module;
    this.#next = module.text;
  }

  get funcs(): readonly Func[] {
    return this.#funcs;
  }

  /** Places a function behind the others. Names are unique. */
  addFunc(spec: FuncSpec): Func {
    if (this.#byName.has(spec.name)) throw new RangeError(`function ${spec.name} exists already`);
    const fn = new Func(this.#arch, spec, this.#next);
    this.#next = alignUp(fn.end, linkTargets[this.#arch.goarch].funcAlign);
    if (this.#next > this.module.etext) {
      throw new RangeError(
        `${spec.name}: the text segment of ${this.module.etext - this.module.text} bytes is full`,
      );
    }
    this.#funcs.push(fn);
    this.#byName.set(spec.name, fn);
    return fn;
  }

  /** The function of a name. */
  lookup(name: string): Func | undefined {
    return this.#byName.get(name);
  }

  /** The function whose code contains `pc`. @go runtime/symtab.go findfunc */
  findfunc(pc: number): Func | undefined {
    const last = this.#last;
    if (last !== undefined && last.entry <= pc && pc < last.end) return last;
    const funcs = this.#funcs;
    let lo = 0;
    let hi = funcs.length;
    while (lo < hi) {
      const mid = (lo + hi) >> 1;
      if (funcs[mid]!.end <= pc) lo = mid + 1;
      else hi = mid;
    }
    const fn = funcs[lo];
    if (fn === undefined || pc < fn.entry) return undefined;
    this.#last = fn;
    return fn;
  }

  /** The function value without captured variables, in rodata: one for each function. */
  funcval(fn: Func): Funcval {
    let fv = this.#funcvals.get(fn);
    if (fv === undefined) {
      const { ptrSize } = this.#arch;
      fv = { addr: this.module.rodataWords([fn.entry], ptrSize), fn: fn.entry };
      this.#funcvals.set(fn, fv);
    }
    return fv;
  }
}
