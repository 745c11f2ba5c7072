/**
 * What Go prints of a value that nobody recovered.
 *
 * @go runtime/error.go, runtime/print.go
 */
import { type Kind, kind } from './kind.ts';
import type { Runtime } from './runtime2.ts';
import { goString } from './string.ts';
import type { Type } from './type.ts';

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
