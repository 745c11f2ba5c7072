/**
 * Where the write() calls end that made a dump: Go gathers what it writes in 4,096 bytes, and hands them over when the
 * next piece does not fit. Each field of the format is one piece, but for a type's name, which is up to three.
 */
import type { FieldCursor } from './field-cursor.ts';
import { step } from './field-program.ts';
import { decodeText } from './reader.ts';
import { recordTable } from './records.ts';
import { splitTypeName } from './type-name.ts';

/** Bytes of Go's buffer. */
export const writeBufferBytes = 4096;

const typeTag = recordTable.findIndex((record) => record?.kind === 'type');

export class WriteRule {
  #pending = 0;
  readonly #wrote: (bytes: number) => void;

  /** `wrote` gets the bytes of each call, in their order. */
  constructor(wrote: (bytes: number) => void) {
    this.#wrote = wrote;
  }

  /** Takes the field that the cursor is at, which must be whole. */
  field(cursor: FieldCursor): void {
    const { length } = cursor;
    if (cursor.tag !== typeTag || cursor.step.code !== step.bytes) {
      this.#piece(length);
      return;
    }
    const { buffer, start } = cursor;
    const { pkgPath } = splitTypeName(decodeText(buffer.subarray(start, start + length)));
    const path = typeof pkgPath === 'string' ? new TextEncoder().encode(pkgPath).length : 0;
    if (path === 0) this.#piece(length);
    else for (const piece of [path, 1, length - path - 1]) this.#piece(piece);
  }

  /** The dump is over. */
  end(): void {
    this.#wrote(this.#pending);
  }

  #piece(length: number): void {
    if (length === 0) return;
    if (this.#pending + length <= writeBufferBytes) {
      this.#pending += length;
      return;
    }
    this.#wrote(this.#pending);
    if (length < writeBufferBytes) this.#pending = length;
    else {
      this.#wrote(length);
      this.#pending = 0;
    }
  }
}
