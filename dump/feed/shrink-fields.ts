/** The second stage of shrinking: what is left in the records made shorter, emptier and smaller. Framing stays as it is. */
import type { Uint64 } from '../records.ts';
import { recordTable } from '../records.ts';
import type { Edit } from './content.ts';
import { editedPieces, PieceContent } from './content.ts';
import { uvarint } from './encoder.ts';
import type { FieldClass, MapField } from './field-map.ts';
import { FieldMap, fieldClass } from './field-map.ts';
import { leaveOut, type Search, shorten } from './shrink-search.ts';

/** A list of fields that stands in a record: memory with its pointers, text, or repeated groups. */
interface Sized {
  readonly length: MapField;
  /** Absent where the length is 0. */
  readonly bytes: MapField | undefined;
}

const isBytes = (field: MapField | undefined) =>
  field?.sort === fieldClass.memoryBytes || field?.sort === fieldClass.stringBytes;

/** Shortens and empties what is in the records of a dump, one change at a time. */
export class FieldStage {
  bytes: Uint8Array;
  #map: FieldMap;
  #changed = false;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.#map = new FieldMap(bytes);
  }

  /** Makes smaller what it can; whether that was anything. */
  *search(): Search<boolean> {
    for (let record = 0; record < this.#map.records; record++) {
      yield* this.#lengths(record);
      yield* this.#pointers(record);
      yield* this.#groups(record);
      yield* this.#numbers(record);
      yield* this.#zeros(record);
    }
    yield* this.#tail();
    return this.#changed;
  }

  *#try(edits: readonly Edit[], what: string): Search<boolean> {
    if (edits.length === 0) return false;
    const pieces = editedPieces(this.bytes.length, edits);
    const content = new PieceContent(this.bytes, pieces);
    const taken = yield { content, what };
    if (taken) {
      this.bytes = content.bytes();
      this.#map = new FieldMap(this.bytes);
      this.#changed = true;
    }
    return taken;
  }

  #fields(record: number, sorts: readonly FieldClass[]): MapField[] {
    return this.#map.fieldsOf(record).filter(({ sort }) => sorts.includes(sort));
  }

  /** Texts and memories of a record. */
  #sized(record: number): Sized[] {
    const fields = this.#map.fieldsOf(record);
    return fields.flatMap((length, i) => {
      if (length.sort !== fieldClass.stringLength && length.sort !== fieldClass.memoryLength) {
        return [];
      }
      const next = fields[i + 1];
      return [{ length, bytes: isBytes(next) ? next : undefined }];
    });
  }

  *#lengths(record: number): Search<void> {
    const count = this.#sized(record).length;
    for (let i = 0; i < count; i++) {
      const { length } = this.#sized(record)[i]!;
      yield* shorten(Number(length.value), (shorter) => this.#cut(record, i, shorter));
    }
  }

  /** Tries a shorter text or memory, without the pointers that would lie behind its end. */
  *#cut(record: number, i: number, shorter: number): Search<boolean> {
    const { length, bytes } = this.#sized(record)[i]!;
    const edits: Edit[] = [
      { at: length.offset, remove: length.length, insert: [uvarint(shorter)] },
      { at: bytes!.offset + shorter, remove: bytes!.length - shorter, insert: [] },
    ];
    if (length.sort === fieldClass.memoryLength) {
      const width = 8;
      edits.push(...this.#pairs(record, ({ value }) => Number(value) + width > shorter));
    }
    return yield* this.#try(edits, `${length.path} is ${shorter}`);
  }

  /** Edits without the pointers of a list that are not wanted. */
  #pairs(record: number, unwanted: (field: MapField, i: number) => boolean): Edit[] {
    const fields = this.#fields(record, [fieldClass.fieldKind, fieldClass.fieldOffset]);
    const edits: Edit[] = [];
    for (let i = 0; i + 1 < fields.length; i += 2) {
      const [kind, offset] = [fields[i]!, fields[i + 1]!];
      if (!unwanted(offset, i / 2)) continue;
      edits.push({ at: kind.offset, remove: kind.length + offset.length, insert: [] });
    }
    return edits;
  }

  *#pointers(record: number): Search<void> {
    const stage = this;
    const count = this.#fields(record, [fieldClass.fieldOffset]).length;
    yield* leaveOut(count, function* (from, to) {
      const edits = stage.#pairs(record, (_, i) => i >= from && i < to);
      const what = `${stage.#name(record)}: ${to - from} pointers left out`;
      return (yield* stage.#try(edits, what)) ? to - from : 0;
    });
  }

  /** Elements of a group whose number is declared. */
  *#groups(record: number): Search<void> {
    const stage = this;
    const [declared] = this.#fields(record, [fieldClass.count]);
    if (declared === undefined) return;
    yield* leaveOut(Number(declared.value), function* (from, to) {
      const fields = stage.#map.fieldsOf(record);
      const at = fields.findIndex(({ sort }) => sort === fieldClass.count);
      const count = fields[at]!;
      const prefix = `${count.recordName}.${recordGroup(count)}[`;
      const gone = fields.filter(
        ({ path, round }) => path.startsWith(prefix) && round >= from && round < to,
      );
      const first = gone[0]!;
      const last = gone[gone.length - 1]!;
      const edits: Edit[] = [
        {
          at: count.offset,
          remove: count.length,
          insert: [uvarint(Number(count.value) - (to - from))],
        },
        { at: first.offset, remove: last.offset + last.length - first.offset, insert: [] },
      ];
      return (yield* stage.#try(edits, `${count.path}: ${to - from} less`)) ? to - from : 0;
    });
  }

  /** Numbers that are no addresses and of which no reading depends, to 0 or as near as can be. */
  *#numbers(record: number): Search<void> {
    if (recordTable[this.#map.tagOf(record)]!.kind === 'params') return;
    const numbers = () =>
      this.#fields(record, [fieldClass.uvarint, fieldClass.bool]).map((field, i) => ({ field, i }));
    const rest = numbers().filter(({ field }) => field.value !== 0);
    const stage = this;
    yield* leaveOut(rest.length, function* (from, to) {
      const now = numbers();
      const edits = rest.slice(from, to).map(({ i }) => number(now[i]!.field, 0));
      const what = `${stage.#name(record)}: ${to - from} numbers are 0`;
      if (!(yield* stage.#try(edits, what))) return 0;
      rest.splice(from, to - from);
      return to - from;
    });
    for (const { i } of rest) {
      const tryValue = (value: Uint64) => {
        const { field } = numbers()[i]!;
        return this.#try([number(field, value)], `${field.path} is ${value}`);
      };
      if (numbers()[i]!.field.value === 1 || (yield* tryValue(1))) continue;
      for (let half = halved(numbers()[i]!.field.value); half > 1; half = halved(half)) {
        if (!(yield* tryValue(half))) break;
      }
    }
  }

  /** Contents and texts that are 0. */
  *#zeros(record: number): Search<void> {
    const stage = this;
    const parts = this.#fields(record, [fieldClass.memoryBytes]);
    for (const { offset, length, path } of parts) {
      yield* leaveOut(
        length,
        function* (from, to) {
          const part = stage.bytes.subarray(offset + from, offset + to);
          if (part.every((byte) => byte === 0)) return 0;
          const edit = {
            at: offset + from,
            remove: to - from,
            insert: [new Uint8Array(to - from)],
          };
          yield* stage.#try([edit], `${path}: ${to - from} bytes are 0`);
          return 0;
        },
        least(length, 16),
      );
    }
  }

  /** Bytes that belong to no whole record. */
  *#tail(): Search<void> {
    const stage = this;
    const start = this.#map.end;
    const length = this.bytes.length - start;
    yield* leaveOut(
      length,
      function* (from, to) {
        const edit = { at: start + from, remove: to - from, insert: [] };
        return (yield* stage.#try([edit], `${to - from} bytes left out`)) ? to - from : 0;
      },
      least(length, 1024),
    );
  }

  #name(record: number): string {
    const { kind, index } = this.#map.record(record);
    return `${kind}#${index}`;
  }
}

/** The group that a count is of: its path ends with `.frames.count`. */
function recordGroup(count: MapField): string {
  return count.path.slice(count.recordName.length + 1, -'.count'.length);
}

/** The size of parts of which there are at most `parts`. */
const least = (length: number, parts: number) => Math.max(1, Math.ceil(length / parts));

const number = ({ offset, length }: MapField, value: Uint64): Edit => ({
  at: offset,
  remove: length,
  insert: [uvarint(value)],
});

function halved(value: Uint64): Uint64 {
  const half = BigInt(value) / 2n;
  return half <= 2n ** 53n ? Number(half) : half;
}
