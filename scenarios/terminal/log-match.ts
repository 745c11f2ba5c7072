/** Which objects of two states of logged programs are the same, and which only one of them has. */

/** An object at one of the states. */
export interface LoggedObject {
  readonly address: number;
  /** Bytes of its slot. */
  readonly size: number;
  readonly requested: number;
  /** What it is called; empty without a type. */
  readonly type: string;
  /** The step that made it. */
  readonly step: number;
}

/** By the number of the allocation, from the first on. */
export type LoggedObjects = ReadonlyMap<number, LoggedObject>;

/** An object of one program that the other has elsewhere. */
export interface MovedObject {
  readonly from: LoggedObject;
  readonly to: LoggedObject;
}

export interface MatchedObjects {
  readonly unchanged: number;
  readonly born: readonly LoggedObject[];
  readonly died: readonly LoggedObject[];
  readonly moved: readonly MovedObject[];
}

/** Of two steps of one log: an allocation has the same number in each replay. */
export function matchedByNumber(before: LoggedObjects, after: LoggedObjects): MatchedObjects {
  const lacking = (from: LoggedObjects, other: LoggedObjects): LoggedObject[] =>
    [...from].flatMap(([number, object]) => (other.has(number) ? [] : [object]));
  const born = lacking(after, before);
  return { unchanged: after.size - born.length, born, died: lacking(before, after), moved: [] };
}

/**
 * Of two logs: the same are objects of one type and size at one address. Of those that are left the first of a type and size in
 * one log is the first in the other, moved, and so on.
 */
export function matchedByPlace(before: LoggedObjects, after: LoggedObjects): MatchedObjects {
  const had = new Map(inOrder(before).map((object) => [object.address, object]));
  let unchanged = 0;
  const elsewhere = inOrder(after).filter((object) => {
    const was = had.get(object.address);
    if (was === undefined || kindOf(was) !== kindOf(object)) return true;
    had.delete(object.address);
    unchanged++;
    return false;
  });
  const left = new Map<string, LoggedObject[]>();
  for (const object of had.values()) {
    const kind = kindOf(object);
    const alike = left.get(kind);
    if (alike === undefined) left.set(kind, [object]);
    else alike.push(object);
  }
  const next = new Map<string, number>();
  const born: LoggedObject[] = [];
  const moved: MovedObject[] = [];
  for (const to of elsewhere) {
    const kind = kindOf(to);
    const i = next.get(kind) ?? 0;
    const from = left.get(kind)?.[i];
    if (from === undefined) {
      born.push(to);
      continue;
    }
    next.set(kind, i + 1);
    moved.push({ from, to });
  }
  const died = [...left].flatMap(([kind, objects]) => objects.slice(next.get(kind) ?? 0));
  return { unchanged, born, died, moved };
}

/** From the first allocation on. */
function inOrder(objects: LoggedObjects): LoggedObject[] {
  return [...objects].sort(([a], [b]) => a - b).map(([, object]) => object);
}

const kindOf = ({ size, requested, type }: LoggedObject): string => `${size} ${requested} ${type}`;

/** How many objects of one name there are, and the bytes of their slots. */
interface Sum {
  readonly count: number;
  readonly bytes: number;
}

/** Of a type. */
export interface TypeChange {
  readonly type: string;
  readonly before: Sum;
  readonly after: Sum;
}

/** The types of which one state has more than the other, those first that most bytes are of. */
export function typeChanges(before: LoggedObjects, after: LoggedObjects): TypeChange[] {
  const sums = new Map<string, { before: Sum; after: Sum }>();
  for (const [state, objects] of [
    ['before', before],
    ['after', after],
  ] as const) {
    for (const { type, size } of objects.values()) {
      const sum = sums.get(type) ?? {
        before: { count: 0, bytes: 0 },
        after: { count: 0, bytes: 0 },
      };
      const { count, bytes } = sum[state];
      sums.set(type, { ...sum, [state]: { count: count + 1, bytes: bytes + size } });
    }
  }
  const grown = ({ before, after }: Omit<TypeChange, 'type'>) =>
    Math.abs(after.bytes - before.bytes);
  return [...sums]
    .map(([type, sum]) => ({ type, ...sum }))
    .filter((one) => one.before.count !== one.after.count || grown(one) !== 0)
    .sort((a, b) => grown(b) - grown(a) || (a.type < b.type ? -1 : 1));
}
