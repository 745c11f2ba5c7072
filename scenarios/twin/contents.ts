/** The bytes of objects that a scenario has allocated, in a dump of the model and one of real Go. */
import { visitDump } from '../../dump/index.ts';
import type { World } from '../../sim/runtime.ts';
import type { ByteRange } from './heap-objects.ts';
import type { Said } from './runtime-calls.ts';

/** A dump of the model. */
export interface ModelDump {
  readonly bytes: Uint8Array;
  /**
   * The slots that the scenario's own objects are in, its maps' buckets among them, by address, and the
   * bytes that are theirs. The others may be from an earlier object, or the runtime's in a tiny block.
   */
  readonly own: ReadonlyMap<number, readonly ByteRange[]>;
  /** What the program has been told since the dump before; with the last dump, until its end. */
  readonly said: readonly Said[];
}

/** How far the contents of objects agree. */
export interface ContentsComparison {
  /** Bytes. */
  readonly compared: number;
  readonly agreeing: number;
  /** A line for each of the first objects that differ. */
  readonly differences: readonly string[];
}

interface Contents {
  readonly bytes: Uint8Array;
  /** Offsets of words that the object's type takes for pointers. */
  readonly pointers: Float64Array;
}

function ownContents(dump: Uint8Array, own: ModelDump['own']): Map<number, Contents> {
  const all = new Map<number, Contents>();
  visitDump(dump, {
    object: ({ address, size, bytes, start, pointers, pointerCount }) => {
      const at = Number(address);
      const ranges = own.get(at);
      if (ranges === undefined) return;
      // An object of another size tells nothing: that it differs is told elsewhere.
      const end = Math.max(...ranges.map(({ to }) => to));
      if (end > size) return;
      const kept = new Uint8Array(end);
      for (const { from, to } of ranges) kept.set(bytes.subarray(start + from, start + to), from);
      all.set(at, { bytes: kept, pointers: pointers.slice(0, pointerCount) });
    },
  });
  return all;
}

/**
 * Compares, word by word, the objects of the scenario that both dumps have. Pointers into the heap are
 * compared elsewhere; of others it counts whether they are nil. A word that in the model is an address of
 * the program (of a type, an itab, a function) is in no two programs the same and left out.
 */
export function compareContents(
  model: ModelDump,
  real: Uint8Array,
  world: World,
  mostTold: number,
): ContentsComparison {
  const { ptrSize, bigEndian } = world.arch;
  const { text, end } = world.firstmoduledata;
  const ours = ownContents(model.bytes, model.own);
  const theirs = ownContents(real, model.own);
  const word = (view: DataView, at: number): bigint => {
    let n = 0n;
    const end = Math.min(at + ptrSize, view.byteLength);
    for (let i = at; i < end; i++) {
      n |= BigInt(view.getUint8(i)) << BigInt(8 * (bigEndian ? end - 1 - i : i - at));
    }
    return n;
  };
  const differences: string[] = [];
  let compared = 0;
  let different = 0;
  let objects = 0;
  for (const [address, { bytes, pointers: offsets }] of ours) {
    const other = theirs.get(address);
    if (other === undefined || other.bytes.length !== bytes.length) continue;
    const a = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const b = new DataView(other.bytes.buffer, other.bytes.byteOffset, bytes.length);
    if (Buffer.compare(bytes, other.bytes) === 0) {
      compared += bytes.length;
      continue;
    }
    const pointers = new Set(offsets);
    const wrong: string[] = [];
    for (let at = 0; at < bytes.length; at += ptrSize) {
      const [x, y] = [word(a, at), word(b, at)];
      const isPointer = pointers.has(at);
      if (!isPointer && x >= text && x < end) continue;
      compared += ptrSize;
      if (isPointer ? (x === 0n) === (y === 0n) : x === y) continue;
      different += ptrSize;
      wrong.push(`at ${at} 0x${y.toString(16)}, in the model 0x${x.toString(16)}`);
    }
    if (wrong.length === 0) continue;
    if (++objects > mostTold) continue;
    const more = wrong.length > 3 ? ` and ${wrong.length - 3} words more` : '';
    differences.push(`0x${address.toString(16)}: real Go: ${wrong.slice(0, 3).join('; ')}${more}`);
  }
  if (objects > mostTold) differences.push(`and ${objects - mostTold} more`);
  return { compared, agreeing: compared - different, differences };
}
