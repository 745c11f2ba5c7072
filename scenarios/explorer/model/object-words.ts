/** The words of an object: which are pointers, what they are called. */
import type { Arch } from '../../../sim/arch.ts';
import type { Timeline } from '../../timeline/timeline.ts';
import type { PageInfo } from '../page-info.ts';
import type { TypeInfo } from '../type-info.ts';
import type { SpanState } from './state.ts';
import { spanShape } from './words.ts';

export interface Word {
  readonly offset: number;
  readonly kind: 'header' | 'pointer' | 'scalar' | 'unused';
  readonly name: string;
  readonly type: string;
}

export interface ObjectWords {
  /** Where the slot begins. */
  readonly base: number;
  readonly wordSize: number;
  /** Words that are listed: of a large object the first 4,096. */
  readonly words: readonly Word[];
  readonly typeName: string;
  readonly requested: number;
}

interface Context {
  readonly timeline: Timeline;
  readonly info: PageInfo;
  readonly arch: Arch;
}

const maxWords = 4096;

/** What was asked for in a slot: its type, 0 without one. */
export function typeOfSlot(
  { timeline }: Pick<Context, 'timeline'>,
  s: SpanState,
  index: number,
): number {
  const event = s.slotEvent[index]!;
  if (event === 0) return 0;
  return (timeline.event(event - 1).typ as number | undefined) ?? 0;
}

/** What is in a slot, by its name: `[]main.Node`; undefined without a type. */
export function typeNameOfSlot(
  context: Pick<Context, 'timeline'>,
  s: SpanState,
  index: number,
): string | undefined {
  const [requested, requests] = [s.requested[index]!, s.requests[index]!];
  return context.timeline.typeName({ typ: typeOfSlot(context, s, index), requested, requests });
}

export function objectWords(context: Context, s: SpanState, index: number): ObjectWords {
  const { info, arch } = context;
  const { ptrSize } = arch;
  const { header } = spanShape(s, ptrSize, info.allocHeaders);
  const typ = typeOfSlot(context, s, index);
  const type = info.types.find(({ addr }) => addr === typ);
  const requested = s.requested[index]!;
  const parts = partsOf(type);
  const words: Word[] = [];
  const n = Math.min(maxWords, Math.ceil(s.elemsize / ptrSize));
  for (let i = 0; i < n; i++) {
    const offset = i * ptrSize;
    const inObject = offset - header;
    if (inObject < 0) {
      words.push({ offset, kind: 'header', name: 'header', type: 'type of the object' });
    } else if (inObject >= requested) words.push({ offset, kind: 'unused', name: '', type: '' });
    else words.push(wordOf(offset, inObject, s, type, parts, ptrSize));
  }
  return {
    base: s.base + index * s.elemsize,
    wordSize: ptrSize,
    words,
    typeName: typeNameOfSlot(context, s, index) ?? '',
    requested,
  };
}

function partsOf(type: TypeInfo | undefined): ReadonlyMap<number, TypeInfo['parts'][number]> {
  return new Map((type?.parts ?? []).map((part) => [part.offset, part]));
}

function wordOf(
  offset: number,
  inObject: number,
  s: SpanState,
  type: TypeInfo | undefined,
  parts: ReturnType<typeof partsOf>,
  ptrSize: number,
): Word {
  if (type === undefined || type.size === 0)
    return { offset, kind: 'scalar', name: `+${inObject}`, type: '' };
  const element = Math.floor(inObject / type.size);
  const within = inObject - element * type.size;
  let part = parts.get(within);
  for (let k = 1; part === undefined && k < ptrSize; k++) part = parts.get(within + k);
  const isPointer = (s.spanclass & 1) === 0 && (type.pointers?.includes(within) ?? false);
  const own = part === undefined || part.name === '' ? `+${inObject}` : part.name;
  const isArray = s.requested[0] !== undefined && element > 0;
  return {
    offset,
    kind: isPointer ? 'pointer' : 'scalar',
    name: isArray ? `[${element}] ${own}` : own,
    type: part?.type ?? type.name,
  };
}
