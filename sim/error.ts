/**
 * Errors that the runtime panics with, and what Go prints of a value that nobody recovered.
 *
 * @go runtime/error.go, runtime/print.go
 */
import { type Kind, kind } from './kind.ts';
import { newobject } from './malloc.ts';
import type { Runtime } from './runtime2.ts';
import { goString } from './string.ts';
import type { Type } from './type.ts';

/** The argument of a panic as an interface: addresses of its type and of what its data word points to. */
export interface PanicArgument {
  readonly argType: number;
  readonly argData: number;
}

/**
 * A panic that a function raises where it is no generator: runFrame turns it into one in the frame of
 * the function that called.
 */
export interface PanicError extends Error {
  /** What the Error method of the argument says. */
  readonly text: string;
  /** The function of the runtime that calls gopanic for the one that failed; undefined where that does so itself. */
  readonly raisedBy?: string | undefined;
  panicArgument(rt: Runtime): PanicArgument;
}

export function isPanicError(error: unknown): error is PanicError {
  return error instanceof Error && 'panicArgument' in error;
}

/** A runtime error of a constant text: the interface points to a string in read-only data. @go runtime/error.go errorString, plainError */
class GoPanic extends Error implements PanicError {
  override readonly name = 'GoPanic';
  readonly #type: 'errorString' | 'plainError';
  readonly raisedBy: string | undefined;

  constructor(message: string, type: 'errorString' | 'plainError', raisedBy?: string) {
    super(message);
    this.#type = type;
    this.raisedBy = raisedBy;
  }

  get text(): string {
    return this.#type === 'errorString' ? `runtime error: ${this.message}` : this.message;
  }

  panicArgument(rt: Runtime): PanicArgument {
    const t = rt.types.named('runtime', this.#type, rt.types.string);
    return { argType: t.addr, argData: rt.sched.constantString(rt, this.message) };
  }
}

/** `panic(plainError(message))` of the runtime. @go runtime/error.go plainError */
export function plainError(message: string): PanicError {
  return new GoPanic(message, 'plainError');
}

/** `panic(errorString(message))` of the runtime. @go runtime/error.go errorString */
export function errorString(message: string): PanicError {
  return new GoPanic(message, 'errorString');
}

/** A nil pointer dereference, which a signal tells. @go runtime/signal_unix.go sigpanic, runtime/panic.go panicmem */
export function memoryError(): PanicError {
  const message = 'invalid memory address or nil pointer dereference';
  return new GoPanic(message, 'errorString', 'runtime.sigpanic');
}

/** An integer division by zero. @go runtime/panic.go panicdivide */
export function divideError(): PanicError {
  return new GoPanic('integer divide by zero', 'errorString', 'runtime.panicdivide');
}

/** The argument of `panic(nil)`: a value of no size. @go runtime/panic.go PanicNilError, gopanic */
class PanicNilError extends Error implements PanicError {
  override readonly name = 'PanicNilError';
  readonly text = 'panic called with nil argument';

  panicArgument(rt: Runtime): PanicArgument {
    const { types } = rt;
    const t = types.named('runtime', 'PanicNilError', () =>
      types.structOf([{ name: '_', type: types.arrayOf(0, types.unsafePointer) }]),
    );
    return { argType: types.ptrTo(t).addr, argData: newobject(rt, t) };
  }
}

/** `panic(nil)`, which Go makes the panic of a value since 1.21. @go runtime/panic.go gopanic */
export function panicNilError(): PanicError {
  return new PanicNilError();
}

/** What was out of bounds, with Go's texts: `%x` is the index, `%y` the bound. @go runtime/error.go boundsErrorCode */
const boundsCodes = {
  Index: {
    code: 0,
    text: 'index out of range [%x] with length %y',
    negative: 'index out of range [%x]',
  },
  SliceAlen: {
    code: 1,
    text: 'slice bounds out of range [:%x] with length %y',
    negative: 'slice bounds out of range [:%x]',
  },
  SliceAcap: {
    code: 2,
    text: 'slice bounds out of range [:%x] with capacity %y',
    negative: 'slice bounds out of range [:%x]',
  },
  SliceB: {
    code: 3,
    text: 'slice bounds out of range [%x:%y]',
    negative: 'slice bounds out of range [%x:]',
  },
  Slice3Alen: {
    code: 4,
    text: 'slice bounds out of range [::%x] with length %y',
    negative: 'slice bounds out of range [::%x]',
  },
  Slice3Acap: {
    code: 5,
    text: 'slice bounds out of range [::%x] with capacity %y',
    negative: 'slice bounds out of range [::%x]',
  },
  Slice3B: {
    code: 6,
    text: 'slice bounds out of range [:%x:%y]',
    negative: 'slice bounds out of range [:%x:]',
  },
  Slice3C: {
    code: 7,
    text: 'slice bounds out of range [%x:%y:]',
    negative: 'slice bounds out of range [%x::]',
  },
} as const;

/** An index that is out of bounds: a value in the heap. @go runtime/error.go boundsError */
class BoundsError extends Error implements PanicError {
  override readonly name = 'BoundsError';
  readonly raisedBy: string;
  readonly #code: number;
  readonly #x: number;
  readonly #y: number;

  constructor(what: keyof typeof boundsCodes, x: number, y: number) {
    const { code, text, negative } = boundsCodes[what];
    super((x < 0 ? negative : text).replace('%x', String(x)).replace('%y', String(y)));
    this.raisedBy = `runtime.goPanic${what}`;
    this.#code = code;
    this.#x = x;
    this.#y = y;
  }

  get text(): string {
    return `runtime error: ${this.message}`;
  }

  panicArgument(rt: Runtime): PanicArgument {
    const { types, memory } = rt;
    const t = types.named('runtime', 'boundsError', () =>
      types.structOf([
        { name: 'x', type: types.int64 },
        { name: 'y', type: types.int },
        { name: 'signed', type: types.bool },
        { name: 'code', type: types.uint8 },
      ]),
    );
    const p = newobject(rt, t);
    memory.writeUint64(p, BigInt.asUintN(64, BigInt(this.#x)));
    memory.writeUintptr(p + 8, this.#y);
    memory.writeUint8(p + 8 + rt.arch.ptrSize, 1);
    memory.writeUint8(p + 9 + rt.arch.ptrSize, this.#code);
    return { argType: t.addr, argData: p };
  }
}

/** Index `x` is not within its bound `y`. @go runtime/panic.go goPanicIndex, goPanicSliceAcap and so on */
export function boundsError(what: keyof typeof boundsCodes, x: number, y: number): PanicError {
  return new BoundsError(what, x, y);
}

/**
 * The text after `panic: ` for a value of the type, `data` being its interface's data word; null is
 * the type of a nil interface. Error and String methods, which Go would call, have no body here.
 *
 * @go runtime/error.go printpanicval, printanycustomtype
 */
export function printpanicval(rt: Runtime, type: Type | null, data: number): string {
  if (type === null) return 'nil';
  const text = basicValue(rt, type.kind, data);
  if (text === undefined) return `(${type.string}) 0x${data.toString(16)}`;
  if (type.pkgPath === '') return text;
  return type.kind === kind.string ? `${type.string}("${text}")` : `${type.string}(${text})`;
}

/** A value as the built-in print writes it; undefined where that is no basic type. */
function basicValue(rt: Runtime, k: Kind, p: number): string | undefined {
  const { memory, arch } = rt;
  switch (k) {
    case kind.bool:
      return String(memory.readUint8(p) !== 0);
    case kind.int8:
      return String((memory.readUint8(p) << 24) >> 24);
    case kind.uint8:
      return String(memory.readUint8(p));
    case kind.int16:
      return String((memory.readUint16(p) << 16) >> 16);
    case kind.uint16:
      return String(memory.readUint16(p));
    case kind.int32:
      return String(memory.readUint32(p) | 0);
    case kind.uint32:
      return String(memory.readUint32(p));
    case kind.int64:
      return String(BigInt.asIntN(64, memory.readUint64(p)));
    case kind.uint64:
      return String(memory.readUint64(p));
    case kind.int:
      return basicValue(rt, arch.ptrSize === 8 ? kind.int64 : kind.int32, p);
    case kind.uint:
    case kind.uintptr:
      return basicValue(rt, arch.ptrSize === 8 ? kind.uint64 : kind.uint32, p);
    case kind.float32:
      return printfloat(memory.readFloat32(p));
    case kind.float64:
      return printfloat(memory.readFloat64(p));
    case kind.complex64:
      return printcomplex(memory.readFloat32(p), memory.readFloat32(p + 4));
    case kind.complex128:
      return printcomplex(memory.readFloat64(p), memory.readFloat64(p + 8));
    case kind.string:
      return goString(rt, {
        str: memory.readUintptr(p),
        len: memory.readUintptr(p + arch.ptrSize),
      });
    default:
      return undefined;
  }
}

const floatDigits = 7;

/** Seven digits and an exponent of three, scaled and rounded step by step. @go runtime/print.go printfloat */
function printfloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '+';
  let v = Math.abs(value);
  let e = 0;
  if (v !== 0) {
    for (; v >= 10; v /= 10) e++;
    for (; v < 1; v *= 10) e--;
    let half = 5;
    for (let i = 0; i < floatDigits; i++) half /= 10;
    v += half;
    if (v >= 10) {
      e++;
      v /= 10;
    }
  }
  let digits = '';
  for (let i = 0; i < floatDigits; i++) {
    const digit = Math.trunc(v);
    digits += digit;
    v = (v - digit) * 10;
  }
  const exponent = String(Math.abs(e)).padStart(3, '0');
  return `${sign}${digits[0]}.${digits.slice(1)}e${e < 0 ? '-' : '+'}${exponent}`;
}

/** @go runtime/print.go printcomplex */
function printcomplex(real: number, imaginary: number): string {
  return `(${printfloat(real)}${printfloat(imaginary)}i)`;
}
