/** Bytes made from a base by a few edits, never copied as a whole unless one asks for that. */

/** New bytes, or a part of the base. */
export type Piece = Uint8Array | { readonly from: number; readonly to: number };

/** In place of base[at, at + remove) stand the pieces. */
export interface Edit {
  readonly at: number;
  readonly remove: number;
  readonly insert: readonly Piece[];
}

/** A sequence of bytes. */
export interface Content {
  readonly length: number;
  /** In order; borrowed, and not to be changed. */
  chunks(): Iterable<Uint8Array>;
  /** In one array, that may be the base itself. */
  bytes(): Uint8Array;
}

function pieceLength(piece: Piece): number {
  return piece instanceof Uint8Array ? piece.length : piece.to - piece.from;
}

/** Bytes of several pieces. */
function piecesLength(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, piece) => sum + pieceLength(piece), 0);
}

/**
 * The base with edits, which must rise and not overlap, as pieces.
 * @throws RangeError if they are not so
 */
export function editedPieces(length: number, edits: readonly Edit[]): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const { at, remove, insert } of edits) {
    if (at < done || at + remove > length) throw new RangeError(`edit at ${at}: out of order`);
    if (at > done) pieces.push({ from: done, to: at });
    pieces.push(...insert.filter((piece) => pieceLength(piece) > 0));
    done = at + remove;
  }
  if (done < length) pieces.push({ from: done, to: length });
  return pieces;
}

/** Puts bytes together from chunks. */
function joined(chunks: Iterable<Uint8Array>, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** Longest chunk that is handed out. */
const stride = 1 << 20;

function* strides(bytes: Uint8Array, from: number, to: number): Generator<Uint8Array> {
  for (let at = from; at < to; at += stride) yield bytes.subarray(at, Math.min(to, at + stride));
}

/** Pieces of a base. */
export class PieceContent implements Content {
  readonly pieces: readonly Piece[];
  readonly length: number;
  readonly #base: Uint8Array;

  constructor(base: Uint8Array, pieces: readonly Piece[]) {
    this.#base = base;
    this.pieces = pieces;
    this.length = piecesLength(pieces);
  }

  chunks(): Generator<Uint8Array> {
    return this.from(0);
  }

  /** The bytes from an offset on. */
  *from(offset: number): Generator<Uint8Array> {
    let skip = offset;
    for (const piece of this.pieces) {
      const length = pieceLength(piece);
      if (skip >= length) {
        skip -= length;
        continue;
      }
      if (piece instanceof Uint8Array) yield* strides(piece, skip, length);
      else yield* strides(this.#base, piece.from + skip, piece.to);
      skip = 0;
    }
  }

  bytes(): Uint8Array {
    return joined(this.chunks(), this.length);
  }
}

/** Bytes that are made anew each time they are asked for. */
export class MadeContent implements Content {
  readonly #make: () => Iterable<Uint8Array>;
  #length = -1;

  constructor(make: () => Iterable<Uint8Array>) {
    this.#make = make;
  }

  get length(): number {
    if (this.#length < 0) {
      this.#length = 0;
      for (const chunk of this.#make()) this.#length += chunk.length;
    }
    return this.#length;
  }

  chunks(): Iterable<Uint8Array> {
    return this.#make();
  }

  bytes(): Uint8Array {
    const chunks = [...this.#make()].map((chunk) => chunk.slice());
    return joined(
      chunks,
      chunks.reduce((sum, chunk) => sum + chunk.length, 0),
    );
  }
}
