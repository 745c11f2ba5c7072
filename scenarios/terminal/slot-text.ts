/** What `whatis` says of an address in a span of heap objects. Nothing here knows where the facts come from. */
import { count, hex } from '../format.ts';

/** What lies there: rows of a name and what it is; the first says it in short. */
export type Answer = readonly (readonly [label: string, text: string])[];

/** A span of heap objects, and the place in it. */
export interface SlotFacts {
  readonly address: number;
  readonly base: number;
  /** `5 noscan`, `large`. */
  readonly kind: string;
  readonly elemsize: number;
  readonly nelems: number;
  readonly allocCount: number;
  readonly sweep: string;
  readonly holder: string;
  /** The slot; at nelems or above the address lies past the last one. */
  readonly index: number;
  /** Where the span's pointer bits begin; 0 without them. */
  readonly heapBitsAddr: number;
  readonly isUsed: boolean;
  readonly hasHeader: boolean;
  /** Not marked, and not swept yet. */
  readonly isGarbage: boolean;
  /** What was last asked for in it. */
  readonly made: MadeFacts | undefined;
}

interface MadeFacts {
  readonly requested: number;
  readonly requests: number;
  readonly step: number;
  /** What the step did, as Go; undefined of step 0. */
  readonly operation: string | undefined;
  /** Undefined without a type. */
  readonly type: string | undefined;
}

export function slotAnswer(facts: SlotFacts): Answer {
  const { address, base, elemsize, nelems, index, made } = facts;
  const span = `${hex(base)}, class ${facts.kind}, ${count(facts.allocCount)} of ${count(nelems)} used, ${facts.sweep}, ${facts.holder}`;
  if (index >= nelems) {
    const bits = facts.heapBitsAddr !== 0 && address >= facts.heapBitsAddr;
    return [
      ['end', bits ? "pointer bits of the span's objects" : 'tail: no slot fits'],
      ['span', span],
    ];
  }
  const slot = base + index * elemsize;
  const offset = address - slot;
  const slotText = `${index} at ${hex(slot)}, ${count(elemsize)} B${offset === 0 ? '' : `; the address is + ${offset}`}`;
  if (!facts.isUsed) {
    const was = made === undefined ? 'never used' : `last used at step ${count(made.step)}`;
    return [
      ['free', was],
      ['slot', slotText],
      ['span', span],
    ];
  }
  const rows: [string, string][] = [['object', objectText(made)]];
  if (facts.hasHeader) {
    const at = offset < 8 ? 'the address is in it' : `the object begins at ${hex(slot + 8)}`;
    rows.push(['header', `8 B at ${hex(slot)}, the type's address; ${at}`]);
  }
  rows.push(['slot', slotText]);
  if (made !== undefined) rows.push(['made', madeText(made)]);
  if (facts.isGarbage) rows.push(['garbage', 'not marked: freed when its span is swept']);
  rows.push(['span', span]);
  return rows;
}

function objectText(made: MadeFacts | undefined): string {
  if (made === undefined) return 'unknown';
  if (made.requests > 1) {
    return `a tiny block of ${made.requests} objects, ${made.requested} B asked for`;
  }
  return `${made.type ?? 'no type (noscan)'}, ${count(made.requested)} B asked for`;
}

function madeText({ step, operation }: MadeFacts): string {
  return `at step ${count(step)}${operation === undefined ? '' : `: ${operation}`}`;
}

/** The same rows, with the place in the script or the log of the step that made the object. */
export function withPlace(answer: Answer, place: string | undefined): Answer {
  if (place === undefined) return answer;
  return answer.map((row) => (row[0] === 'made' ? [row[0], `${row[1]}, ${place}`] : row));
}
