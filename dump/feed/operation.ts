/** What an operation of the catalogue is, and how what it drafts becomes a mutant with a verdict. */
import type { Uint64 } from '../records.ts';
import type { VerifyRuleId } from '../verify-rules.ts';
import type { Base } from './base.ts';
import type { Content, Edit } from './content.ts';
import { editedPieces, PieceContent } from './content.ts';
import type { MapField } from './field-map.ts';
import { checkFraming } from './framing.ts';
import type { Block } from './order.ts';
import type { Expectation, Layer, RecipeStep, Verdict } from './verdict.ts';

/** A dump made from a base. */
export interface Mutant {
  /** The operation's id. */
  readonly op: string;
  /** Its place among the operation's mutants of this base. */
  readonly index: number;
  readonly content: Content;
  readonly recipe: readonly RecipeStep[];
  readonly verdict: Verdict;
  /** The edits of the base that made it; undefined where it was made otherwise. */
  readonly edits: readonly Edit[] | undefined;
}

/** Where the defect is; the record and field are absent where it is in none. */
export interface DefectAt {
  readonly defectOffset: number;
  readonly record?: string;
  readonly fieldPath?: string;
}

/** What an operation says of one mutant. */
export interface Draft {
  /** The bytes: edits of the base, or made in another way. */
  readonly edits?: readonly Edit[];
  readonly content?: Content;
  /**
   * `framing`: what our reader says of the framing. If it can still be framed, by chance or because that is the point, it is
   * `framed`, by default `may` with the flag `inconsistent`.
   */
  readonly expect: Expectation | 'framing';
  readonly framed?: 'reject';
  readonly layer: Layer;
  readonly flags?: readonly string[];
  /** If they are not those of the base. */
  readonly features?: readonly string[];
  readonly reason: string;
  readonly bugType?: string;
  /** The rule of verify that it breaks; if it is `may`, its flag too. */
  readonly rule?: VerifyRuleId;
  readonly at?: DefectAt;
  /** By the operation's rule; where it is left out for a wire defect, where our reader fails. */
  readonly firstErrorOffset?: number;
  readonly recipe?: Omit<RecipeStep, 'op'>;
}

/** One kind of mutation. */
export interface Operation {
  /** `W8` */
  readonly id: string;
  readonly title: string;
  readonly group: 'wire' | 'semantic' | 'neutral' | 'combined';
  /** The fields or records that it changes. */
  readonly fields: string;
  /** How the verdict follows. */
  readonly rule: string;
  /** The mistake of readers that it is for. */
  readonly bugType: string;
  readonly importance: Verdict['importance'];
  /** Turns in a round of a stream, if not as many as its importance has. */
  readonly turns?: number;
  readonly specRef: string;
  /**
   * Of a neutral operation: rules of verify that its mutants may break, since Go 1.22 would not write them so, though every reader of
   * the format must read them. They are among the features of such a mutant.
   */
  readonly relaxes?: readonly VerifyRuleId[];
  /** Mutants of a base. Some of them may turn out not to exist. */
  count(base: Base): number;
  /** All of them, part by part, where places and variants can be told apart; each part has its turn in a stream. */
  blocks?(base: Base): readonly Block[];
  /** One of them; undefined if there is nothing to do at this place. */
  make(base: Base, index: number): Draft | undefined;
}

/** The flag for each defect that our reader reads past. */
const flagOf: Readonly<Record<string, string>> = {
  bool: 'wide-bool',
  trailing: 'trailing-bytes',
  'minimal-varint': 'non-minimal-varint',
  'legacy-field-kind': 'legacy-field-kind',
};

interface Judged {
  readonly expect: Expectation;
  readonly layer: Layer;
  readonly flags: readonly string[];
  readonly firstErrorOffset: number | undefined;
}

function judge(base: Base, operation: Operation, draft: Draft, content: Content): Judged {
  const { expect, layer, firstErrorOffset, rule } = draft;
  const flags = [...(draft.flags ?? []), ...(expect === 'may' && rule !== undefined ? [rule] : [])];
  const known = expect !== 'framing' && (expect !== 'reject' || layer !== 'wire');
  if (expect !== 'framing' && (known || firstErrorOffset !== undefined)) {
    return { expect, layer, flags, firstErrorOffset };
  }
  const { error, defects } = checkFraming(base, content as PieceContent, draft.edits!);
  if (error !== undefined) {
    return { expect: 'reject', layer: 'wire', flags: [], ...pick(error.firstErrorOffset) };
  }
  if (expect === 'reject') throw new Error(`${operation.id}: the reader took ${draft.reason}`);
  if (draft.framed === 'reject') {
    return { expect: 'reject', layer: 'semantic', flags: [], firstErrorOffset: undefined };
  }
  const more = defects.map(({ rule }) => flagOf[rule]!);
  const all = [...new Set([...flags, ...more, 'inconsistent'])];
  return { expect: 'may', layer: 'semantic', flags: all, firstErrorOffset: undefined };
}

const pick = (firstErrorOffset: number) => ({ firstErrorOffset });

/** The mutant of a draft. */
function mutantOfDraft(base: Base, operation: Operation, index: number, draft: Draft): Mutant {
  const {
    edits,
    recipe,
    features = base.features,
    bugType = operation.bugType,
    reason,
    at,
    rule,
  } = draft;
  const content =
    draft.content ?? new PieceContent(base.bytes, editedPieces(base.bytes.length, edits!));
  const { firstErrorOffset, ...judged } = judge(base, operation, draft, content);
  const verdict: Verdict = {
    ...judged,
    features,
    importance: operation.importance,
    reason,
    specRef: rule === undefined ? operation.specRef : `verify ${rule}`,
    bugType,
    ...at,
    ...(firstErrorOffset === undefined ? {} : { firstErrorOffset }),
  };
  const { id: op } = operation;
  return { op, index, content, recipe: [{ op, ...recipe }], verdict, edits };
}

/** One mutant of an operation; undefined where there is nothing to do. */
export function mutantOfOperation(
  base: Base,
  operation: Operation,
  index: number,
): Mutant | undefined {
  if (!(index >= 0 && index < operation.count(base))) return undefined;
  const draft = operation.make(base, index);
  return draft === undefined ? undefined : mutantOfDraft(base, operation, index, draft);
}

/** A number for JSON. */
export function plainNumber(value: Uint64): number | string {
  return typeof value === 'bigint' ? value.toString() : value;
}

/** The place of a field. */
export function atField(field: MapField): DefectAt {
  return { defectOffset: field.offset, record: field.recordName, fieldPath: field.path };
}

/** An edit that puts bytes in the place of a field. */
export function replaceField(field: MapField, bytes: Uint8Array): Edit {
  return { at: field.offset, remove: field.length, insert: [bytes] };
}

/** An edit that puts bytes at a place. */
export function insertAt(at: number, bytes: Uint8Array): Edit {
  return { at, remove: 0, insert: [bytes] };
}

/** Splits an index into that of an item and of one of its variants. */
export function splitIndex(index: number, variants: number): [item: number, variant: number] {
  return [Math.floor(index / variants), index % variants];
}
