/**
 * Equality and hashing of typed values in simulated memory.
 *
 * Real Go seeds its hash functions at random in every process, so no two runs place a map's keys
 * alike. Here the hash depends on the map's seed and the value alone; where keys go is one of the
 * layouts a real run could have.
 *
 * @go runtime/alg.go
 */
import { errorString } from './error.ts';
import type { Runtime } from './runtime2.ts';
import { kind, type Type } from './type.ts';
import { isComparable } from './typealg.ts';

/** Two 32-bit lanes of a hash in progress. */
interface HashState {
  a: number;
  b: number;
}

function mix(s: HashState, word: number): void {
  let a = Math.imul(s.a ^ word, 0xcc9e2d51);
  a = (a << 15) | (a >>> 17);
  s.a = (Math.imul(a, 0x1b873593) + s.b) | 0;
  let b = s.b ^ Math.imul(word, 0x85ebca6b);
  b = (b << 13) | (b >>> 19);
  s.b = (Math.imul(b, 5) + 0xe6546b64 + s.a) | 0;
}

function finish(x: number): number {
  let h = x ^ (x >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** @go runtime/alg.go memhash */
function memhash(rt: Runtime, p: number, n: number, s: HashState): void {
  const { memory } = rt;
  let i = 0;
  for (; i + 4 <= n; i += 4) mix(s, memory.readUint32(p + i));
  for (; i < n; i++) mix(s, memory.readUint8(p + i) | 0x100);
}

function floatHash(rt: Runtime, f: number, p: number, n: number, s: HashState): void {
  if (f === 0) mix(s, 0x5bd1e995);
  else if (Number.isNaN(f)) mix(s, rt.cheaprand());
  else memhash(rt, p, n, s);
}

/** The dynamic type of an interface whose first word is `word`: a type, or an itab for one with methods. */
function dynamicType(rt: Runtime, t: Type, word: number): Type {
  const hasMethods = t.methods.length > 0;
  const addr = hasMethods ? rt.memory.readUintptr(word + rt.arch.ptrSize) : word;
  return rt.types.at(addr);
}

/** Data of an interface: where the value is. */
function interfaceData(rt: Runtime, p: number, dynamic: Type): number {
  const slot = p + rt.arch.ptrSize;
  return dynamic.directIface ? slot : rt.memory.readUintptr(slot);
}

/** @go runtime/alg.go typehash */
function typehash(rt: Runtime, t: Type, p: number, s: HashState): void {
  const { memory, arch } = rt;
  switch (t.kind) {
    case kind.float32:
      floatHash(rt, memory.readFloat32(p), p, 4, s);
      return;
    case kind.float64:
      floatHash(rt, memory.readFloat64(p), p, 8, s);
      return;
    case kind.complex64:
      floatHash(rt, memory.readFloat32(p), p, 4, s);
      floatHash(rt, memory.readFloat32(p + 4), p + 4, 4, s);
      return;
    case kind.complex128:
      floatHash(rt, memory.readFloat64(p), p, 8, s);
      floatHash(rt, memory.readFloat64(p + 8), p + 8, 8, s);
      return;
    case kind.string:
      memhash(rt, memory.readUintptr(p), memory.readUintptr(p + arch.ptrSize), s);
      return;
    case kind.interface: {
      const word = memory.readUintptr(p);
      if (word === 0) return;
      const dynamic = dynamicType(rt, t, word);
      if (!isComparable(dynamic)) {
        throw errorString(`hash of unhashable type ${dynamic.string}`);
      }
      typehash(rt, dynamic, interfaceData(rt, p, dynamic), s);
      return;
    }
    case kind.array:
      for (let i = 0; i < t.len!; i++) typehash(rt, t.elem!, p + i * t.elem!.size, s);
      return;
    case kind.struct:
      for (const f of t.fields!) if (f.name !== '_') typehash(rt, f.type, p + f.offset, s);
      return;
    default:
      memhash(rt, p, t.size, s);
  }
}

/**
 * The hash of the value at `p` for a map with seed `hash0`: bits 0 to 31 choose the bucket, bits 32
 * to 39 (the top byte of Go's hash) are its tophash.
 */
export function hashOf(rt: Runtime, t: Type, p: number, hash0: number): number {
  const s: HashState = { a: hash0 | 0, b: hash0 ^ 0x9e3779b9 };
  typehash(rt, t, p, s);
  const lo = finish(s.a ^ Math.imul(s.b, 0x27d4eb2f));
  const top = finish(s.b ^ (s.a >>> 3)) & 0xff;
  return lo + top * 2 ** 32;
}

/** Whether the values of type `t` at `p` and `q` are equal by ==. @go runtime/alg.go efaceeq and the compiler's type..eq */
export function typeEqual(rt: Runtime, t: Type, p: number, q: number): boolean {
  const { memory, arch } = rt;
  switch (t.kind) {
    case kind.float32:
      return memory.readFloat32(p) === memory.readFloat32(q);
    case kind.float64:
      return memory.readFloat64(p) === memory.readFloat64(q);
    case kind.complex64:
      return (
        memory.readFloat32(p) === memory.readFloat32(q) &&
        memory.readFloat32(p + 4) === memory.readFloat32(q + 4)
      );
    case kind.complex128:
      return (
        memory.readFloat64(p) === memory.readFloat64(q) &&
        memory.readFloat64(p + 8) === memory.readFloat64(q + 8)
      );
    case kind.string: {
      const n = memory.readUintptr(p + arch.ptrSize);
      if (n !== memory.readUintptr(q + arch.ptrSize)) return false;
      return memequal(rt, memory.readUintptr(p), memory.readUintptr(q), n);
    }
    case kind.interface: {
      const word = memory.readUintptr(p);
      if (word !== memory.readUintptr(q)) return false;
      if (word === 0) return true;
      const dynamic = dynamicType(rt, t, word);
      if (!isComparable(dynamic)) {
        throw errorString(`comparing uncomparable type ${dynamic.string}`);
      }
      const x = interfaceData(rt, p, dynamic);
      const y = interfaceData(rt, q, dynamic);
      return typeEqual(rt, dynamic, x, y);
    }
    case kind.array:
      for (let i = 0; i < t.len!; i++) {
        const off = i * t.elem!.size;
        if (!typeEqual(rt, t.elem!, p + off, q + off)) return false;
      }
      return true;
    case kind.struct:
      return t.fields!.every(
        (f) => f.name === '_' || typeEqual(rt, f.type, p + f.offset, q + f.offset),
      );
    default:
      return memequal(rt, p, q, t.size);
  }
}

/** Whether `n` bytes are equal. @go runtime/stubs.go memequal */
function memequal(rt: Runtime, p: number, q: number, n: number): boolean {
  if (p === q) return true;
  const { memory } = rt;
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    if (memory.readUint32(p + i) !== memory.readUint32(q + i)) return false;
  }
  for (; i < n; i++) if (memory.readUint8(p + i) !== memory.readUint8(q + i)) return false;
  return true;
}
