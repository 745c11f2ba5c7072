/**
 * What was asked for: bytes and type of each request of a log, from the executable where there is one,
 * else from what the log says.
 */
import { type HeapType, mallocHeaderSize } from '../../sim/mbitmap.ts';
import type { World } from '../../sim/runtime.ts';
import { classToSize, maxSmallSize, sizeToClass } from '../../sim/sizeclasses.ts';
import type { ElfFile } from '../elf-file.ts';
import { UsageError } from '../usage-error.ts';
import {
  findTypesBase,
  layoutAt,
  type ProgramLayout,
  type ProgramType,
  typeAt,
  typeNameAt,
} from './elf-types.ts';
import type { AllocRecord } from './log-parser.ts';

export interface Request {
  readonly size: number;
  /** null, or one without pointers: none. */
  readonly typ: HeapType | null;
}

/** Types by which the place of the names is found. */
const typesThatTell = 64;

/** Gives requests their types. */
export class RequestTypes {
  readonly #elf: ElfFile | undefined;
  readonly #byAddr = new Map<number, ProgramType>();
  /** Types by name, for requests that tell no address. */
  readonly #byName = new Map<string, HeapType>();
  /** By name: what slots show of types whose descriptors are not known. */
  readonly #noscan = new Map<string, boolean>();
  /** Guessed types, by size: of an unknown one each word may be a pointer. */
  readonly #guessed = new Map<string, HeapType>();
  /** Names by address, of guessed types too. */
  readonly names = new Map<number, string>();

  /** Where the names of the executable's types begin. */
  #base: number | undefined;

  /** Whether an executable tells of types. */
  get hasProgram(): boolean {
    return this.#elf !== undefined;
  }

  constructor(elf: ElfFile | undefined) {
    this.#elf = elf;
  }

  /**
   * Finds the names of the executable's types, by the types of a log's first records.
   *
   * @throws {UsageError} if the executable does not have them
   */
  begin(records: Iterable<AllocRecord>): void {
    const elf = this.#elf;
    const known = new Map<number, string>();
    for (const { request, typeName } of records) {
      if (request === undefined || request.typ === 0 || typeName === '') continue;
      known.set(request.typ, typeName);
      if (known.size >= typesThatTell) break;
    }
    if (elf !== undefined) this.#base = findTypesBase(elf, known);
  }

  /**
   * Looks at the type of a record that will come.
   *
   * @throws {UsageError} if the executable does not have it
   */
  learn({ request, typeName, size }: AllocRecord, ptrSize: number): void {
    if (request === undefined || request.typ === 0 || typeName === '') return;
    const elf = this.#elf;
    const addr = request.typ;
    if (elf === undefined) {
      const noscan = noscanBySlot(request.size, size, ptrSize);
      if (noscan !== undefined) this.#noscan.set(typeName, noscan);
      return;
    }
    if (this.#byAddr.has(addr)) return;
    const typ = typeAt(elf, addr);
    const base = this.#base;
    const found = typ && base !== undefined ? typeNameAt(elf, base, typ) : undefined;
    if (typ === undefined || (base !== undefined && found !== typeName)) {
      throw new UsageError(
        `${elf.name}: not the program of this log: it has ` +
          `${found === undefined ? 'no type' : `type ${found}`} at 0x${addr.toString(16)}, the log ${typeName}`,
      );
    }
    this.#byAddr.set(addr, typ);
    this.#byName.set(typeName, typ);
  }

  /** Bytes of a value of the type at an address, where the executable has told of it. */
  sizeAt(addr: number): number | undefined {
    return this.#byAddr.get(addr)?.size;
  }

  /** The types that the executable has told of, with their fields. */
  *layouts(): Generator<readonly [typ: HeapType, layout: ProgramLayout]> {
    if (this.#elf === undefined || this.#base === undefined) return;
    for (const typ of this.#byAddr.values()) yield [typ, layoutAt(this.#elf, this.#base, typ)];
  }

  request(record: AllocRecord, { arch }: World): Request {
    const { request, typeName, size } = record;
    if (request !== undefined && request.typ !== 0) this.names.set(request.typ, typeName);
    if (request !== undefined) {
      if (request.typ === 0) return { size: request.size, typ: null };
      const known = this.#byAddr.get(request.typ);
      if (known !== undefined) return { size: request.size, typ: known };
    }
    if (typeName === '') return { size: request?.size ?? size, typ: null };
    const named = request === undefined ? this.#byName.get(typeName) : undefined;
    if (named !== undefined) return { size: oneOf(named, size), typ: named };
    const asked = request?.size ?? size;
    const noscan = this.#noscan.get(typeName) ?? scalar.test(typeName);
    return {
      size: asked,
      typ: this.#guess(request?.typ ?? 0, asked, noscan ? 0 : arch.ptrSize),
    };
  }

  /** A type of which each word is a pointer; none is with `ptrSize` 0. */
  #guess(addr: number, size: number, ptrSize: number): HeapType {
    const key = ptrSize === 0 ? `${addr}` : `${addr}/${size}`;
    let typ = this.#guessed.get(key);
    if (typ === undefined) {
      const words = ptrSize === 0 ? 0 : Math.ceil(size / ptrSize);
      const gcdata = new Uint8Array(Math.ceil(words / 8)).fill(0xff);
      typ = { addr, size, ptrBytes: words === 0 ? 0 : size, gcdata, gcProg: false };
      this.#guessed.set(key, typ);
    }
    return typ;
  }
}

/** The type's size if a slot of `slot` bytes is what one value gets, else all of the slot. */
function oneOf(typ: HeapType, slot: number): number {
  return typ.size <= slot && sizeToClass(typ.size) === sizeToClass(slot) ? typ.size : slot;
}

const scalar =
  /^(?:\[\d+\])*(?:bool|u?int(?:8|16|32|64)?|uintptr|float(?:32|64)|complex(?:64|128))$/;

/**
 * Whether the slot that a request got shows that its values have pointers: in front of larger ones lies
 * a malloc header, and one below 16 bytes is no tiny block. Undefined where the slot shows nothing.
 */
function noscanBySlot(asked: number, slot: number, ptrSize: number): boolean | undefined {
  if (asked % ptrSize !== 0) return true;
  if (asked <= 8) return slot === 16;
  if (asked <= ptrSize * ptrSize * 8 || asked > maxSmallSize - mallocHeaderSize) return undefined;
  const plain = classToSize[sizeToClass(asked)]!;
  const headed = classToSize[sizeToClass(asked + mallocHeaderSize)]! - mallocHeaderSize;
  return plain === headed ? undefined : slot === plain;
}
