/**
 * Writes a stopped world as a heap dump: the port of runtime/heapdump.go, function by function in its order.
 *
 * Go's package variables are the fields of a {@link Heapdump}, made for one dump. What Go copies through its 4096-byte
 * buffer is counted here by the same rule, so that the sequence of write() sizes is Go's, while the bytes are gathered in
 * a larger buffer and reach the sink in larger pieces.
 */
import { throw_ } from '../sim/errors.ts';
import type {
  Bitvector,
  PointerCursor,
  StoppedBucket,
  StoppedDefer,
  StoppedFinalizer,
  StoppedFrame,
  StoppedG,
  StoppedItab,
  StoppedPanic,
  StoppedStackmap,
  StoppedType,
  StoppedWorld,
  Uint64,
} from '../sim/stopped-world.ts';
import { memStatsFields } from '../sim/stopped-world.ts';
import { SlotWriter } from './slot-writer.ts';

/** Takes what a dump writes. */
export interface DumpSink {
  /** The bytes of one or more write() calls, or of a part of one; borrowed until the call returns. */
  write(bytes: Uint8Array): void;
  /** Is told the size of each write() call that Go makes, in order; a call may write nothing. */
  wrote?(size: number): void;
}

export interface HeapdumpOptions {
  /**
   * Pieces of 2 GiB and more whole. Go hands their length to write() as an int32 and ignores that the system took less, so
   * that its dump of such an object cannot be read; that is the default here too.
   */
  readonly wholeWrites?: boolean;
}

const fieldKindEol = 0;
const fieldKindPtr = 1;
const tagEOF = 0;
const tagObject = 1;
const tagOtherRoot = 2;
const tagType = 3;
const tagGoroutine = 4;
const tagStackFrame = 5;
const tagParams = 6;
const tagFinalizer = 7;
const tagItab = 8;
const tagOSThread = 9;
const tagMemStats = 10;
const tagQueuedFinalizer = 11;
const tagData = 12;
const tagBSS = 13;
const tagDefer = 14;
const tagPanic = 15;
const tagMemProf = 16;
const tagAllocSample = 17;

const bufSize = 4096;
const typeCacheBuckets = 256;
const typeCacheAssoc = 4;
const pageSize = 8192;

/** Bytes gathered before the sink gets them. */
const gatherSize = 1 << 18;
/** Four groups of seven bits: below it, bit operators are safe. */
const two28 = 2 ** 28;
/** Room kept free at the end of the gathered bytes, enough for any varint. */
const slack = 16;
/** Memory of at least this many bytes goes to the sink without being gathered. */
const throughSize = 1 << 15;
/** The most that Linux takes in one write(). */
const maxWrite = 0x7ffff000;

const Grunnable = 1;
const Gsyscall = 3;
const Gwaiting = 4;
const Gdead = 6;

/** Go's package variables of heapdump.go, for the time of one dump. */
export interface Heapdump {
  readonly world: StoppedWorld;
  readonly sink: DumpSink;
  readonly wholeWrites: boolean;
  readonly ptrSize: number;
  /** Bytes pending in Go's buffer. Invariant: 0 <= nbuf <= bufSize. */
  nbuf: number;
  /** Bytes not yet handed to the sink: out[0, nout). Invariant: nout <= gatherSize - slack between calls. */
  readonly out: Uint8Array;
  nout: number;
  /** Writes records that fit. */
  readonly slots: SlotWriter;
  /** Bucket b holds its types at [4b, 4b+4), most recently used first. */
  readonly typecache: (StoppedType | undefined)[];
  /** freemark[i] is set while slot i of the span at hand is known to be free. */
  readonly freemark: Uint8Array;
  /** Pointer bits of the object at hand; tmpbv borrows it. */
  tmpbuf: Uint8Array;
  readonly tmpbv: Bitvector;
}

/** Makes the state of one dump. */
export function newHeapdump(
  world: StoppedWorld,
  sink: DumpSink,
  options: HeapdumpOptions = {},
): Heapdump {
  const tmpbuf = new Uint8Array(0);
  const out = new Uint8Array(gatherSize);
  return {
    world,
    sink,
    wholeWrites: options.wholeWrites ?? false,
    ptrSize: Number(world.arch.ptrSize),
    nbuf: 0,
    out,
    nout: 0,
    slots: new SlotWriter(world, out),
    typecache: new Array(typeCacheBuckets * typeCacheAssoc).fill(undefined),
    freemark: new Uint8Array(pageSize / 8),
    tmpbuf,
    tmpbv: { n: 0, bytedata: tmpbuf },
  };
}

/** Hands the gathered bytes to the sink. */
function drain(d: Heapdump): void {
  if (d.nout === 0) return;
  d.sink.write(d.out.subarray(0, d.nout));
  d.nout = 0;
}

/**
 * Counts `length` bytes through Go's buffer, once they did not fit: what is pending is written, even if that is nothing, and
 * a piece as large as the buffer goes out by itself.
 *
 * @returns how many of the bytes reach the file: all, but for pieces that overflow write()'s int32
 * @go runtime/heapdump.go dwrite
 */
function overflow(d: Heapdump, length: number): number {
  d.sink.wrote?.(d.nbuf - length);
  if (length < bufSize) {
    d.nbuf = length;
    return length;
  }
  d.nbuf = 0;
  const written = d.wholeWrites ? length : Math.min(length % 2 ** 32, maxWrite);
  d.sink.wrote?.(written);
  return written;
}

/** Writes the first `length` bytes of `data`. @go runtime/heapdump.go dwrite */
export function dwrite(d: Heapdump, data: Uint8Array, length: number): void {
  if (length === 0) return;
  d.nbuf += length;
  const taken = d.nbuf > bufSize ? overflow(d, length) : length;
  if (taken > gatherSize - slack - d.nout) {
    drain(d);
    if (taken >= throughSize) {
      d.sink.write(data.subarray(0, taken));
      return;
    }
  }
  if (taken === data.length) d.out.set(data, d.nout);
  else d.out.set(data.subarray(0, taken), d.nout);
  d.nout += taken;
}

/** Writes `length` bytes of the world's memory. @go runtime/heapdump.go dwrite */
function dwriteMemory(d: Heapdump, addr: number, length: number): void {
  if (length === 0) return;
  d.nbuf += length;
  const taken = d.nbuf > bufSize ? overflow(d, length) : length;
  if (taken >= throughSize) {
    drain(d);
    d.world.memory.pieces(addr, taken, (piece) => d.sink.write(piece));
    return;
  }
  if (taken > gatherSize - slack - d.nout) drain(d);
  d.world.memory.read(addr, taken, d.out, d.nout);
  d.nout += taken;
}

/** Writes one byte. @go runtime/heapdump.go dwritebyte */
export function dwritebyte(d: Heapdump, byte: number): void {
  if (++d.nbuf > bufSize) overflow(d, 1);
  if (d.nout >= gatherSize - slack) drain(d);
  d.out[d.nout++] = byte;
}

/** Writes what is pending, even if that is nothing. @go runtime/heapdump.go flush */
export function flush(d: Heapdump): void {
  d.sink.wrote?.(d.nbuf);
  d.nbuf = 0;
  drain(d);
}

/** Writes a uvarint, of 1 to 10 bytes. @go runtime/heapdump.go dumpint */
export function dumpint(d: Heapdump, v: Uint64): void {
  if (d.nout >= gatherSize - slack) drain(d);
  const { out } = d;
  const start = d.nout;
  let n = start;
  if (typeof v === 'bigint') n = putBigUvarint(out, n, v);
  else if (v < 0x80) out[n++] = v;
  else {
    let rest = v;
    if (v >= two28) {
      const high = Math.floor(v / two28);
      const low = v - high * two28;
      out[n] = (low & 0x7f) | 0x80;
      out[n + 1] = ((low >>> 7) & 0x7f) | 0x80;
      out[n + 2] = ((low >>> 14) & 0x7f) | 0x80;
      out[n + 3] = (low >>> 21) | 0x80;
      n += 4;
      rest = high;
    }
    while (rest >= 0x80) {
      out[n++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    out[n++] = rest;
  }
  d.nout = n;
  const length = n - start;
  d.nbuf += length;
  if (d.nbuf > bufSize) overflow(d, length);
}

function putBigUvarint(out: Uint8Array, at: number, v: bigint): number {
  let n = at;
  let rest = v;
  while (rest >= 0x80n) {
    out[n++] = Number(rest & 0x7fn) | 0x80;
    rest >>= 7n;
  }
  out[n++] = Number(rest);
  return n;
}

/** Writes a truth value as 0 or 1. @go runtime/heapdump.go dumpbool */
export function dumpbool(d: Heapdump, b: boolean): void {
  dumpint(d, b ? 1 : 0);
}

/** Writes the length and the bytes of a piece of memory. @go runtime/heapdump.go dumpmemrange */
export function dumpmemrange(d: Heapdump, addr: number, length: number): void {
  dumpint(d, length);
  dwriteMemory(d, addr, length);
}

/** Writes the length and the bytes of a slice. @go runtime/heapdump.go dumpslice */
export function dumpslice(d: Heapdump, b: Uint8Array): void {
  dumpint(d, b.length);
  if (b.length > 0) dwrite(d, b, b.length);
}

/** Writes the length and the bytes of a string. @go runtime/heapdump.go dumpstr */
export function dumpstr(d: Heapdump, s: string | Uint8Array): void {
  const bytes = bytesOf(s);
  dumpint(d, bytes.length);
  dwrite(d, bytes, bytes.length);
}

function bytesOf(s: string | Uint8Array): Uint8Array {
  return typeof s === 'string' ? new TextEncoder().encode(s) : s;
}

/** Writes a type unless the cache still knows that it was written. @go runtime/heapdump.go dumptype */
export function dumptype(d: Heapdump, t: StoppedType | undefined): void {
  if (t === undefined) return;
  const { typecache } = d;
  const first = (t.hash & (typeCacheBuckets - 1)) * typeCacheAssoc;
  let at = 0;
  while (at < typeCacheAssoc && typecache[first + at] !== t) at++;
  const known = at < typeCacheAssoc;
  for (let j = known ? at : typeCacheAssoc - 1; j > 0; j--) {
    typecache[first + j] = typecache[first + j - 1];
  }
  typecache[first] = t;
  if (known) return;

  dumpint(d, tagType);
  dumpint(d, t.addr);
  dumpint(d, t.size);
  const pkgpath = bytesOf(t.pkgPath);
  if (pkgpath.length === 0) {
    dumpstr(d, t.string);
  } else {
    const name = bytesOf(t.name);
    dumpint(d, pkgpath.length + 1 + name.length);
    dwrite(d, pkgpath, pkgpath.length);
    dwritebyte(d, 0x2e);
    dwrite(d, name, name.length);
  }
  dumpbool(d, t.interfaceDataIsPointer);
}

/** Writes a slot of a span with its pointer bits. @go runtime/heapdump.go dumpobj */
export function dumpobj(d: Heapdump, obj: number, size: number, bv: Bitvector): void {
  dumpint(d, tagObject);
  dumpint(d, obj);
  dumpmemrange(d, obj, size);
  dumpfields(d, bv);
}

/** Writes a root of another sort. Nothing in Go calls it. @go runtime/heapdump.go dumpotherroot */
export function dumpotherroot(d: Heapdump, description: string | Uint8Array, to: Uint64): void {
  dumpint(d, tagOtherRoot);
  dumpstr(d, description);
  dumpint(d, to);
}

/** Writes a finalizer special. @go runtime/heapdump.go dumpfinalizer */
export function dumpfinalizer(d: Heapdump, f: StoppedFinalizer): void {
  dumpint(d, tagFinalizer);
  dumpint(d, f.obj);
  dumpint(d, f.fn.addr);
  dumpint(d, f.fn.fn);
  dumpint(d, f.fint);
  dumpint(d, f.ot);
}

/** What a frame tells its caller about the area of outgoing arguments. @go runtime/heapdump.go childInfo */
export interface ChildInfo {
  /** Where the arguments start in the caller's frame. */
  argoff: number;
  /** Bytes of arguments. */
  arglen: number;
  /** Their pointer bits, if args.n >= 0. */
  args: Bitvector;
  /** sp of the callee, 0 if there is none. */
  sp: number;
  /** Frames below; 0 is the youngest. */
  depth: number;
}

/** Writes kind and offset of each pointer bit, `offset` bytes further. @go runtime/heapdump.go dumpbv */
export function dumpbv(d: Heapdump, cbv: Bitvector, offset: number): void {
  const { n, bytedata } = cbv;
  const { ptrSize } = d;
  for (let i = 0; i < n; i++) {
    const bits = bytedata[i >>> 3]!;
    if (bits === 0) {
      i |= 7;
    } else if ((bits >>> (i & 7)) & 1) {
      dumpint(d, fieldKindPtr);
      dumpint(d, offset + i * ptrSize);
    }
  }
}

/** Writes every word of [from, to) as a pointer. */
function dumpConservatively(d: Heapdump, from: number, to: number): void {
  for (let off = from; off < to; off += d.ptrSize) {
    dumpint(d, fieldKindPtr);
    dumpint(d, off);
  }
}

const noBits = new Uint8Array(0);

/** The bitmap of index n. @go runtime/symtab.go stackmapdata */
function stackmapdata(stkmap: StoppedStackmap, n: number): Bitvector {
  if (n < 0 || n >= stkmap.n) throw_('stackmapdata: index out of range');
  return stkmap.bitmap(n);
}

/** Index of the stack map that holds at the frame's pc; 0 where none is known. */
function stackMapIndexOf(s: StoppedFrame): number {
  let pcdata = -1;
  if (s.pc !== s.fn.entry) {
    pcdata = s.fn.stackMapIndex(typeof s.pc === 'bigint' ? s.pc - 1n : s.pc - 1);
  }
  return pcdata === -1 ? 0 : pcdata;
}

/** Writes a frame, and notes for its caller what it knows of its arguments. @go runtime/heapdump.go dumpframe */
export function dumpframe(d: Heapdump, s: StoppedFrame, child: ChildInfo): void {
  const f = s.fn;
  const pcdata = stackMapIndexOf(s);
  const stkmap = f.locals;

  dumpint(d, tagStackFrame);
  dumpint(d, s.sp);
  dumpint(d, child.depth);
  dumpint(d, child.sp);
  dumpmemrange(d, s.sp, s.fp - s.sp);
  dumpint(d, f.entry);
  dumpint(d, s.pc);
  dumpint(d, s.continpc);
  dumpstr(d, f.name.length === 0 ? 'unknown function' : f.name);

  if (child.args.n >= 0) dumpbv(d, child.args, child.argoff);
  else dumpConservatively(d, child.argoff, child.argoff + child.arglen);

  const locals = s.varp - s.sp;
  if (stkmap === undefined) {
    dumpConservatively(d, child.arglen, locals);
  } else if (stkmap.n < 0) {
    dumpConservatively(d, locals + stkmap.n, locals);
  } else if (stkmap.n > 0) {
    const bv = stackmapdata(stkmap, pcdata);
    dumpbv(d, bv, locals - bv.n * d.ptrSize);
  }
  dumpint(d, fieldKindEol);

  child.argoff = s.argp - s.fp;
  child.arglen = s.argBytes();
  child.sp = s.sp;
  child.depth++;
  child.args = f.args === undefined ? { n: -1, bytedata: noBits } : stackmapdata(f.args, pcdata);
}

/** Writes a goroutine, its frames, defers and panics. @go runtime/heapdump.go dumpgoroutine */
export function dumpgoroutine(d: Heapdump, gp: StoppedG): void {
  const { defers, panics } = gp;
  dumpint(d, tagGoroutine);
  dumpint(d, gp.addr);
  dumpint(d, gp.sp);
  dumpint(d, gp.goid);
  dumpint(d, gp.gopc);
  dumpint(d, gp.status);
  dumpbool(d, gp.isSystem);
  dumpbool(d, gp.isBackground);
  dumpint(d, gp.waitsince);
  dumpstr(d, gp.waitreason);
  dumpint(d, gp.ctxt);
  dumpint(d, gp.m);
  dumpint(d, defers[0]?.addr ?? 0);
  dumpint(d, panics[0]?.addr ?? 0);

  const child: ChildInfo = {
    argoff: 0,
    arglen: 0,
    args: { n: -1, bytedata: noBits },
    sp: 0,
    depth: 0,
  };
  for (const frame of gp.frames()) dumpframe(d, frame, child);

  defers.forEach((record: StoppedDefer, i) => {
    dumpint(d, tagDefer);
    dumpint(d, record.addr);
    dumpint(d, gp.addr);
    dumpint(d, record.sp);
    dumpint(d, record.pc);
    dumpint(d, record.fn?.addr ?? 0);
    dumpint(d, record.fn?.fn ?? 0);
    dumpint(d, defers[i + 1]?.addr ?? 0);
  });
  panics.forEach((record: StoppedPanic, i) => {
    dumpint(d, tagPanic);
    dumpint(d, record.addr);
    dumpint(d, gp.addr);
    dumpint(d, record.argType);
    dumpint(d, record.argData);
    dumpint(d, 0);
    dumpint(d, panics[i + 1]?.addr ?? 0);
  });
}

/** Writes all goroutines but dead ones. @go runtime/heapdump.go dumpgs */
export function dumpgs(d: Heapdump): void {
  for (const gp of d.world.allgs) {
    switch (gp.status) {
      case Gdead:
        break;
      case Grunnable:
      case Gsyscall:
      case Gwaiting:
        dumpgoroutine(d, gp);
        break;
      default:
        throw_('dumpgs in STW - bad status');
    }
  }
}

/** Writes a finalizer that waits to run. @go runtime/heapdump.go finq_callback */
export function finqCallback(d: Heapdump, f: StoppedFinalizer): void {
  dumpint(d, tagQueuedFinalizer);
  dumpint(d, f.obj);
  dumpint(d, f.fn.addr);
  dumpint(d, f.fn.fn);
  dumpint(d, f.fint);
  dumpint(d, f.ot);
}

/** Writes data, bss, registered and queued finalizers. @go runtime/heapdump.go dumproots */
export function dumproots(d: Heapdump): void {
  const { data, bss, allspans, finq } = d.world;
  dumpint(d, tagData);
  dumpint(d, data.addr);
  dumpslice(d, data.bytes);
  dumpfields(d, data.mask);

  dumpint(d, tagBSS);
  dumpint(d, bss.addr);
  dumpslice(d, bss.bytes);
  dumpfields(d, bss.mask);

  for (const s of allspans) {
    if (!s.inUse) continue;
    for (const finalizer of s.finalizers()) dumpfinalizer(d, finalizer);
  }
  for (const finalizer of finq) finqCallback(d, finalizer);
}

/**
 * Writes the slots of all spans in use that are not known to be free. Slots past nelems, where a span keeps its pointer
 * bits, cannot be known to be free and are written as if they were objects.
 * @go runtime/heapdump.go dumpobjs
 */
export function dumpobjs(d: Heapdump): void {
  const { freemark, slots } = d;
  for (const s of d.world.allspans) {
    if (!s.inUse) continue;
    const size = s.elemsize;
    const n = Math.floor(s.bytes / size);
    if (n > freemark.length) throw_("freemark array doesn't have enough entries");
    const { nelems } = s;
    for (let freeIndex = s.usedBelow ?? 0; freeIndex < nelems; freeIndex++) {
      if (s.isFree(freeIndex)) freemark[freeIndex] = 1;
    }
    slots.begin(s, n);
    const { bound } = slots;
    for (let j = 0; j < n; ) {
      if (freemark[j] === 1) {
        freemark[j++] = 0;
      } else if (d.nbuf + bound <= bufSize) {
        if (d.nout + bound > gatherSize - slack) drain(d);
        j = slots.put(d, j, freemark, bufSize, gatherSize - slack);
      } else {
        const p = s.base + j++ * size;
        dumpobj(d, p, size, makeheapobjbv(d, p, size));
      }
    }
  }
}

/** Writes the record of parameters. @go runtime/heapdump.go dumpparams */
export function dumpparams(d: Heapdump): void {
  const { arch, arenas, buildVersion, ncpu } = d.world;
  dumpint(d, tagParams);
  dumpbool(d, arch.bigEndian);
  dumpint(d, arch.ptrSize);
  let arenaStart = 0n;
  let arenaEnd = 0n;
  for (const arena of arenas) {
    const base = BigInt(arena.base);
    const end = base + BigInt(arena.bytes);
    if (arenaStart === 0n || base < arenaStart) arenaStart = base;
    if (end > arenaEnd) arenaEnd = end;
  }
  dumpint(d, arenaStart);
  dumpint(d, arenaEnd);
  dumpstr(d, arch.goarch);
  dumpstr(d, buildVersion);
  dumpint(d, ncpu);
}

/** Writes an itab, and its type if need be. @go runtime/heapdump.go itab_callback */
export function itabCallback(d: Heapdump, tab: StoppedItab): void {
  const t = tab.type;
  dumptype(d, t);
  dumpint(d, tagItab);
  dumpint(d, tab.addr);
  dumpint(d, t.addr);
}

/** Writes all itabs. @go runtime/heapdump.go dumpitabs */
export function dumpitabs(d: Heapdump): void {
  for (const tab of d.world.itabs) itabCallback(d, tab);
}

/** Writes all ms. @go runtime/heapdump.go dumpms */
export function dumpms(d: Heapdump): void {
  for (const mp of d.world.allm) {
    dumpint(d, tagOSThread);
    dumpint(d, mp.addr);
    dumpint(d, mp.id);
    dumpint(d, mp.procid);
  }
}

/** Writes MemStats up to NumGC. @go runtime/heapdump.go dumpmemstats */
export function dumpmemstats(d: Heapdump): void {
  const m = d.world.memstats;
  dumpint(d, tagMemStats);
  for (const field of memStatsFields) dumpint(d, m[field]);
  for (let i = 0; i < 256; i++) dumpint(d, m.PauseNs[i] ?? 0);
  dumpint(d, m.NumGC);
}

/** Writes a bucket of the memory profile. @go runtime/heapdump.go dumpmemprof_callback */
export function dumpmemprofCallback(d: Heapdump, b: StoppedBucket): void {
  dumpint(d, tagMemProf);
  dumpint(d, b.addr);
  dumpint(d, b.size);
  dumpint(d, b.stack.length);
  for (const { func, pc } of b.stack) {
    if (func === undefined) {
      dumpslice(d, bytesOf(`(0x${pc.toString(16)})`));
      dumpstr(d, '?');
      dumpint(d, 0);
    } else {
      dumpstr(d, func.name);
      dumpstr(d, func.file);
      dumpint(d, func.line);
    }
  }
  dumpint(d, b.allocs);
  dumpint(d, b.frees);
}

/** Writes the memory profile and the sampled objects. @go runtime/heapdump.go dumpmemprof */
export function dumpmemprof(d: Heapdump): void {
  for (const b of d.world.mbuckets) dumpmemprofCallback(d, b);
  for (const s of d.world.allspans) {
    if (!s.inUse) continue;
    for (const sample of s.allocSamples()) {
      dumpint(d, tagAllocSample);
      dumpint(d, sample.obj);
      dumpint(d, sample.bucket);
    }
  }
}

const dumphdr = 'go1.7 heap dump\n';

/** Writes a dump from its header to its EOF. @go runtime/heapdump.go mdump */
export function mdump(d: Heapdump): void {
  for (const s of d.world.allspans) {
    if (s.inUse) s.ensureSwept();
  }
  d.typecache.fill(undefined);
  const header = bytesOf(dumphdr);
  dwrite(d, header, header.length);
  dumpparams(d);
  dumpitabs(d);
  dumpobjs(d);
  dumpgs(d);
  dumpms(d);
  dumproots(d);
  dumpmemstats(d);
  dumpmemprof(d);
  dumpint(d, tagEOF);
  flush(d);
}

/**
 * Writes a stopped world. The statistics were read, and the dumping goroutine set to wait, when it was stopped.
 * @throws RuntimeThrow where Go would throw
 * @go runtime/heapdump.go writeheapdump_m
 */
export function writeheapdumpM(
  world: StoppedWorld,
  sink: DumpSink,
  options: HeapdumpOptions = {},
): void {
  mdump(newHeapdump(world, sink, options));
}

/** Writes kind and offset of each pointer bit, and the end of the list. @go runtime/heapdump.go dumpfields */
export function dumpfields(d: Heapdump, bv: Bitvector): void {
  dumpbv(d, bv, 0);
  dumpint(d, fieldKindEol);
}

/** The pointer bits of the object of `size` bytes at p; borrowed until the next call. @go runtime/heapdump.go makeheapobjbv */
export function makeheapobjbv(d: Heapdump, p: number, size: number): Bitvector {
  const { world, ptrSize, tmpbv } = d;
  const nptr = Math.floor(size / ptrSize);
  const bytes = Math.floor(nptr / 8) + 1;
  if (d.tmpbuf.length < bytes) {
    d.tmpbuf = new Uint8Array(bytes);
  } else if (bytes > 32) {
    d.tmpbuf.fill(0, 0, bytes);
  } else {
    for (let i = 0; i < bytes; i++) d.tmpbuf[i] = 0;
  }
  const { tmpbuf } = d;
  const cursor: PointerCursor = world.allocHeaders
    ? world.typePointersOf(p, size)
    : world.heapBitsForAddr(p, size);
  for (let addr = cursor.next(); addr !== 0; addr = cursor.next()) {
    const i = (addr - p) / ptrSize;
    tmpbuf[i >>> 3]! |= 1 << (i & 7);
  }
  tmpbv.n = nptr;
  tmpbv.bytedata = tmpbuf;
  return tmpbv;
}
