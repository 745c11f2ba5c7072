/** `vis`: slots as words. */
import { counted, cut, hex } from '../format.ts';
import type { Sheet } from './sheet.ts';

/** How many slots and how many words of each are shown. */
export interface VisLimits {
  readonly slots: number;
  readonly words: number;
}

/** A slot that is in use. */
export interface ShownSlot {
  readonly base: number;
  readonly elemsize: number;
  readonly ptrSize: number;
  /** Bytes of malloc header, 0 or 8. */
  readonly header: number;
  /** Of what is in it, '' where that is unknown. */
  readonly type: string;
  /** The type whose address the header holds, '' likewise: of an array that of its elements. */
  readonly headerType: string;
  /** What was asked for and when, '' where that is unknown. */
  readonly asked: string;
  /** Addresses of the words that the collector takes for pointers. */
  readonly pointers: ReadonlySet<number>;
  /** The word at an offset; undefined where nobody knows what it holds. */
  wordAt(offset: number): string | undefined;
}

/** The slots of a span. */
export interface ShownSlots {
  readonly nelems: number;
  readonly noscan: boolean;
  /** What is said of slots that are free: `slot 3`, `slots 3 to 8`. */
  free(slots: string): string;
  /** Undefined for a slot that is free. */
  slot(index: number): ShownSlot | undefined;
}

/** The words of slots from `from` on, those that hold pointers marked `*`. */
export function slotsLines(
  slots: ShownSlots,
  from: number,
  limits: VisLimits,
  sheet: Sheet,
): string[] {
  const lines: string[] = [];
  const end = Math.min(slots.nelems, from + limits.slots);
  let free = 0;
  const flush = (upTo: number): void => {
    if (free > 0) {
      lines.push(sheet.paint('grey', `  ${slots.free(slotRange(upTo - free, upTo))}`));
    }
    free = 0;
  };
  for (let i = from; i < end; i++) {
    const slot = slots.slot(i);
    if (slot === undefined) {
      free++;
      continue;
    }
    flush(i);
    lines.push(...slotLines(slot, i, limits.words, sheet));
  }
  flush(end);
  const rest = slots.nelems - end;
  if (rest > 0) lines.push(`  … ${counted(rest, 'slot')} more (--slots)`);
  if (!slots.noscan) lines.push('', '  *: a pointer word');
  return lines;
}

function slotRange(from: number, to: number): string {
  return to - from === 1 ? `slot ${from}` : `slots ${from} to ${to - 1}`;
}

function slotLines(slot: ShownSlot, index: number, maxWords: number, sheet: Sheet): string[] {
  const { base, elemsize, ptrSize, header, type, headerType, asked, pointers } = slot;
  const what = [type, asked].filter((part) => part !== '').join(', ');
  const object = header === 0 ? '' : `  object at ${hex(base + header)}`;
  const title = `${hex(base)}${object}  ${what}`.trimEnd();
  const name = `slot ${index}`;
  const lines = [`  ${sheet.bold(name)}  ${cut(title, 76 - name.length)}`];
  const textAt = (offset: number): string => slot.wordAt(offset) ?? unknownWord(ptrSize);
  if (header > 0) {
    const of = headerType === '' ? '' : `: type ${headerType}`;
    lines.push(cut(`    +${'0'.padEnd(6)} ${textAt(0)}  header${of}`, 80));
  }
  const words = Math.ceil(elemsize / ptrSize);
  const perLine = ptrSize === 8 ? 2 : 4;
  for (let w = header / ptrSize; w < Math.min(words, maxWords); w += perLine) {
    const end = Math.min(w + perLine, words, maxWords);
    const cells: string[] = [];
    for (let k = w; k < end; k++) {
      const isPointer = pointers.has(base + k * ptrSize);
      cells.push(paintedWord(textAt(k * ptrSize), isPointer, k + 1 === end ? '' : ' ', sheet));
    }
    lines.push(`    +${(w * ptrSize).toString().padEnd(6)} ${cells.join('  ')}`);
  }
  if (words > maxWords) lines.push(`    … ${counted(words - maxWords, 'word')} more (--words)`);
  return lines;
}

/** A word of which is known that it is there, and not what it holds. */
const unknownWord = (ptrSize: number): string => `0x${'·'.repeat(2 * ptrSize)}`;

/** A word's bytes, as they lie in memory, as a number. */
export function wordText(bytes: Uint8Array, bigEndian: boolean): string {
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'));
  return `0x${(bigEndian ? digits : digits.reverse()).join('')}`;
}

function paintedWord(word: string, isPointer: boolean, gap: string, sheet: Sheet): string {
  if (isPointer) return sheet.paint('blue', `${word}*`);
  return (/^0x[0·]+$/.test(word) ? sheet.paint('grey', word) : word) + gap;
}
