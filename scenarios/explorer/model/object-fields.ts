/** The bytes of an object as its fields: what each is called, and what it says. */
import { count, hex } from '../../format.ts';
import type { TypeInfo } from '../type-info.ts';

export interface ObjectField {
  readonly offset: number;
  readonly length: number;
  readonly kind: 'header' | 'pointer' | 'scalar' | 'unused';
  readonly name: string;
  readonly type: string;
  /** What its bytes say: a number, a truth value, text; of a pointer its address. */
  readonly value: string;
  /** The address that it holds, of a pointer. */
  readonly target: number | undefined;
}

/** An object's bytes, and what is known of them. */
export interface FieldInput {
  /** All of the slot, or the first bytes of it. */
  readonly bytes: Uint8Array;
  /** Bytes of malloc header. */
  readonly header: number;
  /** Bytes asked for, after the header. */
  readonly requested: number;
  readonly type: TypeInfo | undefined;
  /** Offsets of the words that the collector follows. */
  readonly pointers: ReadonlySet<number>;
  readonly ptrSize: number;
  readonly bigEndian: boolean;
}

interface Piece {
  readonly offset: number;
  readonly length: number;
  readonly name: string;
  readonly type: string;
}

export function objectFields(input: FieldInput): ObjectField[] {
  const { bytes, header, requested, ptrSize } = input;
  const fields: ObjectField[] = [];
  const end = Math.min(bytes.length, header + requested);
  if (header > 0 && bytes.length >= header) {
    const address = Number(word(input, 0));
    fields.push({
      offset: 0,
      length: header,
      kind: 'header',
      name: 'header',
      type: 'type of the object',
      value: hex(address),
      target: undefined,
    });
  }
  for (const piece of pieces(input, header, end)) {
    const kind = input.pointers.has(piece.offset) ? 'pointer' : 'scalar';
    fields.push({ ...piece, kind, ...saysOf(input, piece, kind === 'pointer') });
  }
  for (let offset = Math.max(header, end); offset < bytes.length; ) {
    const length = Math.min(bytes.length - offset, ptrSize - (offset % ptrSize));
    fields.push({
      offset,
      length,
      kind: 'unused',
      name: '',
      type: '',
      value: '',
      target: undefined,
    });
    offset += length;
  }
  return fields;
}

/** The fields of each element, one after the other; words where nothing is known. */
function* pieces(input: FieldInput, from: number, end: number): Generator<Piece> {
  const { type, ptrSize, requested } = input;
  if (type === undefined || type.size === 0) {
    for (let at = from; at < end; at += ptrSize) {
      const length = Math.min(ptrSize, end - at);
      yield { offset: at, length, name: `+${at - from}`, type: '' };
    }
    return;
  }
  const isArray = requested > type.size;
  const parts = type.parts.length > 0 ? type.parts : [{ offset: 0, name: '', type: type.name }];
  for (let element = 0; from + element * type.size < end; element++) {
    const base = from + element * type.size;
    for (const [i, part] of parts.entries()) {
      const next = parts[i + 1]?.offset ?? type.size;
      const length = part.offset === next ? 0 : sizeOf(part.type, ptrSize, next - part.offset);
      const index = isArray ? `[${element}]` : '';
      const name = part.name === '' ? index : index === '' ? part.name : `${index}.${part.name}`;
      yield* words({ offset: base + part.offset, length, name, type: part.type }, ptrSize, end);
    }
  }
}

/** A field of several words, word by word. */
function* words(piece: Piece, ptrSize: number, end: number): Generator<Piece> {
  const { offset, name, type } = piece;
  const last = Math.min(end, offset + piece.length);
  for (let at = offset; at < last; ) {
    const length = Math.min(last - at, ptrSize - (at % ptrSize));
    const shown = at === offset ? name : `${name}+${at - offset}`;
    yield { offset: at, length, name: shown, type: at === offset ? type : '' };
    at += length;
  }
}

const sizes: Readonly<Record<string, number>> = {
  bool: 1,
  int8: 1,
  uint8: 1,
  byte: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  rune: 4,
  float32: 4,
  int64: 8,
  uint64: 8,
  float64: 8,
};

/** Bytes of a field; between it and the next there may be padding. */
function sizeOf(type: string, ptrSize: number, room: number): number {
  const known = sizes[type];
  if (known !== undefined) return known;
  const isWord = /^(\*|u?int$|uintptr$|chan |map\[|func\(|unsafe\.Pointer$|string$|\[\])/.test(
    type,
  );
  return isWord ? Math.min(room, ptrSize) : room;
}

function view({ bytes }: FieldInput): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function word(input: FieldInput, offset: number): bigint {
  return input.ptrSize === 4
    ? BigInt(view(input).getUint32(offset, !input.bigEndian))
    : view(input).getBigUint64(offset, !input.bigEndian);
}

function saysOf(
  input: FieldInput,
  { offset, length, type }: Piece,
  isPointer: boolean,
): { value: string; target: number | undefined } {
  if (isPointer && length === input.ptrSize) {
    const target = Number(word(input, offset));
    return { value: target === 0 ? 'nil' : hex(target), target: target === 0 ? undefined : target };
  }
  return { value: scalarText(input, offset, length, type), target: undefined };
}

function scalarText(input: FieldInput, offset: number, length: number, type: string): string {
  const { bytes, bigEndian } = input;
  if (type === 'bool') return bytes[offset] === 0 ? 'false' : 'true';
  if (type === 'float64' && length === 8) return String(view(input).getFloat64(offset, !bigEndian));
  if (type === 'float32' && length === 4) return String(view(input).getFloat32(offset, !bigEndian));
  const number = wholeNumber(input, offset, length);
  if (/^int(8|16|32|64)?$/.test(type)) return count(BigInt.asIntN(length * 8, number));
  if (/^(u?int(8|16|32|64)?|byte|string|\[\].*)$/.test(type)) return count(number);
  if (number === 0n) return '0';
  const text = textOf(bytes.subarray(offset, offset + length));
  const shown = `0x${number.toString(16)}`;
  return text === undefined ? shown : `${shown}  ${JSON.stringify(text)}`;
}

function wholeNumber({ bytes, bigEndian }: FieldInput, offset: number, length: number): bigint {
  let number = 0n;
  for (let i = 0; i < length; i++) {
    const byte = bytes[bigEndian ? offset + i : offset + length - 1 - i]!;
    number = number * 256n + BigInt(byte);
  }
  return number;
}

/** The bytes as text, where all of them are letters and signs. */
function textOf(bytes: Uint8Array): string | undefined {
  if (bytes.length < 3 || bytes.some((b) => b < 0x20 || b > 0x7e)) return undefined;
  return String.fromCharCode(...bytes);
}
