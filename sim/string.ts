/**
 * Strings: concatenation and conversions, with the buffers that keep short ones off the heap.
 *
 * A string is its header; its bytes are in simulated memory. `buf` is the address of the 32-byte
 * buffer that the compiler reserves in the frame where the result does not escape, or 0.
 *
 * @go runtime/string.go
 */
import { throw_ } from './errors.ts';
import { mallocgc, maxAlloc } from './malloc.ts';
import { roundupsize } from './msize.ts';
import type { Runtime } from './runtime2.ts';
import type { Slice } from './slice.ts';

/** Bytes of the compiler's buffer. @go runtime/string.go tmpStringBufSize */
const tmpStringBufSize = 32;

/** A string header. */
export interface StringHeader {
  readonly str: number;
  readonly len: number;
}

const emptyString: StringHeader = { str: 0, len: 0 };

/** True if the bytes of `s` lie on the running goroutine's stack. @go runtime/string.go stringDataOnStack */
function stringDataOnStack(rt: Runtime, s: StringHeader): boolean {
  const stk = rt.m.curg?.stack;
  return stk !== undefined && stk.lo <= s.str && s.str < stk.hi;
}

/** `a0 + a1 + …`. Where only one is not empty, it is the result itself. @go runtime/string.go concatstrings */
export function concatstrings(rt: Runtime, buf: number, a: readonly StringHeader[]): StringHeader {
  let idx = 0;
  let l = 0;
  let count = 0;
  for (let i = 0; i < a.length; i++) {
    const n = a[i]!.len;
    if (n === 0) continue;
    l += n;
    if (l > maxAlloc(rt)) throw_('string concatenation too long');
    count++;
    idx = i;
  }
  if (count === 0) return emptyString;
  if (count === 1 && (buf !== 0 || !stringDataOnStack(rt, a[idx]!))) return a[idx]!;
  const s = rawstringtmp(rt, buf, l);
  let at = s.str;
  for (const x of a) {
    rt.memory.copy(at, x.str, x.len);
    at += x.len;
  }
  return s;
}

/** A string of `l` bytes to fill, in the buffer if it fits. @go runtime/string.go rawstringtmp */
function rawstringtmp(rt: Runtime, buf: number, l: number): StringHeader {
  if (buf !== 0 && l <= tmpStringBufSize) return { str: buf, len: l };
  return rawstring(rt, l);
}

/** A string of `size` bytes to fill. @go runtime/string.go rawstring */
function rawstring(rt: Runtime, size: number): StringHeader {
  return { str: mallocgc(rt, size, null, false), len: size };
}

/**
 * `string(b)` of the `n` bytes at `ptr`. One byte gives a string in runtime.staticuint64s.
 *
 * @go runtime/string.go slicebytetostring
 */
export function slicebytetostring(rt: Runtime, buf: number, ptr: number, n: number): StringHeader {
  if (n === 0) return emptyString;
  if (n === 1) {
    const statics = rt.sched.staticuint64s;
    if (statics !== 0) {
      const p = statics + rt.memory.readUint8(ptr) * 8;
      return { str: rt.arch.bigEndian ? p + 7 : p, len: 1 };
    }
  }
  const p = buf !== 0 && n <= tmpStringBufSize ? buf : mallocgc(rt, n, null, false);
  rt.memory.copy(p, ptr, n);
  return { str: p, len: n };
}

/** A byte slice of `size` to fill, its capacity rounded up to the size class. @go runtime/string.go rawbyteslice */
export function rawbyteslice(rt: Runtime, size: number): Slice {
  const cap = roundupsize(rt.arch, rt.allocHeaders, size, true);
  const p = mallocgc(rt, cap, null, false);
  if (cap !== size) rt.memory.clear(p + size, cap - size);
  return { array: p, len: size, cap };
}

/** A rune slice of `size` to fill. @go runtime/string.go rawruneslice */
function rawruneslice(rt: Runtime, size: number): Slice {
  if (size > maxAlloc(rt) / 4) throw_('out of memory');
  const mem = roundupsize(rt.arch, rt.allocHeaders, size * 4, true);
  const p = mallocgc(rt, mem, null, false);
  if (mem !== size * 4) rt.memory.clear(p + size * 4, mem - size * 4);
  return { array: p, len: size, cap: mem / 4 };
}

/** `[]byte(s)`. @go runtime/string.go stringtoslicebyte */
export function stringtoslicebyte(rt: Runtime, buf: number, s: StringHeader): Slice {
  let b: Slice;
  if (buf !== 0 && s.len <= tmpStringBufSize) {
    rt.memory.clear(buf, tmpStringBufSize);
    b = { array: buf, len: s.len, cap: tmpStringBufSize };
  } else {
    b = rawbyteslice(rt, s.len);
  }
  rt.memory.copy(b.array, s.str, s.len);
  return b;
}

/** `[]rune(s)`; `buf` is a buffer of 32 runes. @go runtime/string.go stringtoslicerune */
export function stringtoslicerune(rt: Runtime, buf: number, s: StringHeader): Slice {
  const runes = Array.from(goString(rt, s), (ch) => ch.codePointAt(0)!);
  let a: Slice;
  if (buf !== 0 && runes.length <= tmpStringBufSize) {
    rt.memory.clear(buf, tmpStringBufSize * 4);
    a = { array: buf, len: runes.length, cap: tmpStringBufSize };
  } else {
    a = rawruneslice(rt, runes.length);
  }
  runes.forEach((r, i) => {
    rt.memory.writeUint32(a.array + i * 4, r);
  });
  return a;
}

/** `string(runes)`: room for three bytes more than it needs. @go runtime/string.go slicerunetostring */
export function slicerunetostring(rt: Runtime, buf: number, a: Slice): StringHeader {
  const parts: Uint8Array[] = [];
  let size1 = 0;
  for (let i = 0; i < a.len; i++) {
    const bytes = encoderune(rt.memory.readUint32(a.array + i * 4) | 0);
    parts.push(bytes);
    size1 += bytes.length;
  }
  const s = rawstringtmp(rt, buf, size1 + 3);
  let at = s.str;
  for (const bytes of parts) {
    rt.memory.write(at, bytes);
    at += bytes.length;
  }
  return { str: s.str, len: size1 };
}

/** `string(rune)`; `buf` is a buffer of four bytes. @go runtime/string.go intstring */
export function intstring(rt: Runtime, buf: number, v: number): StringHeader {
  const s = buf !== 0 ? { str: buf, len: 4 } : rawstring(rt, 4);
  const bytes = encoderune(v);
  rt.memory.write(s.str, bytes);
  return { str: s.str, len: bytes.length };
}

/** UTF-8 of a rune; an invalid one as U+FFFD. @go runtime/utf8.go encoderune */
function encoderune(r: number): Uint8Array {
  const valid = r >= 0 && r <= 0x10ffff && !(r >= 0xd800 && r <= 0xdfff);
  const c = valid ? r : 0xfffd;
  if (c < 0x80) return Uint8Array.of(c);
  if (c < 0x800) return Uint8Array.of(0xc0 | (c >> 6), 0x80 | (c & 0x3f));
  const tail = [0x80 | ((c >> 6) & 0x3f), 0x80 | (c & 0x3f)];
  if (c < 0x10000) return Uint8Array.of(0xe0 | (c >> 12), ...tail);
  return Uint8Array.of(0xf0 | (c >> 18), 0x80 | ((c >> 12) & 0x3f), ...tail);
}

/** A new heap string with the bytes of `bytes`. @go runtime/string.go gostringn */
export function gostringn(rt: Runtime, bytes: Uint8Array): StringHeader {
  if (bytes.length === 0) return emptyString;
  const s = rawstring(rt, bytes.length);
  rt.memory.write(s.str, bytes);
  return s;
}

/** The text of a simulated string, as JavaScript's; invalid UTF-8 becomes U+FFFD byte by byte. */
export function goString(rt: Runtime, s: StringHeader): string {
  const bytes = new Uint8Array(s.len);
  rt.memory.read(s.str, s.len, bytes, 0);
  let text = '';
  for (let i = 0; i < bytes.length; ) {
    const [rune, width] = decoderune(bytes, i);
    text += String.fromCodePoint(rune);
    i += width;
  }
  return text;
}

const lowestOfLength = [0, 0, 0x80, 0x800, 0x10000];

/** The rune at `k` and its bytes; U+FFFD and 1 for an invalid one. @go runtime/utf8.go decoderune */
function decoderune(b: Uint8Array, k: number): [rune: number, width: number] {
  const c = b[k]!;
  if (c < 0x80) return [c, 1];
  const n = c >= 0xf0 && c < 0xf8 ? 4 : c >= 0xe0 && c < 0xf0 ? 3 : c >= 0xc0 && c < 0xe0 ? 2 : 0;
  if (n === 0 || k + n > b.length) return [0xfffd, 1];
  let r = c & (0xff >> (n + 1));
  for (let i = 1; i < n; i++) {
    const t = b[k + i]!;
    if ((t & 0xc0) !== 0x80) return [0xfffd, 1];
    r = (r << 6) | (t & 0x3f);
  }
  const surrogate = r >= 0xd800 && r <= 0xdfff;
  if (r < lowestOfLength[n]! || r > 0x10ffff || surrogate) return [0xfffd, 1];
  return [r, n];
}
