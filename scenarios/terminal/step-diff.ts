/** What `diff` of two steps of a run tells beside what their dumps do: types, and spans that came and went. */
import type { World } from '../../sim/runtime.ts';
import { mergeSpans } from '../explorer/model/compare.ts';
import { count, counted, hex, table } from '../format.ts';
import { spanKind, spansByAddress } from '../timeline/spans.ts';
import type { NameOf } from './graph.ts';

/** A span, as it is compared: the same if it lies there still and is for the same. */
export interface SpanRef {
  readonly base: number;
  readonly pages: number;
  /** `5 noscan`, `large`, `stack`. */
  readonly kind: string;
}

/** One of the two steps. */
export interface StepState {
  readonly spans: readonly SpanRef[];
  readonly nameOf: NameOf;
}

/** Spans that came and went. */
export interface SpanChanges {
  /** They are what the objects of dumps suggest. */
  readonly inferred?: true;
  readonly gained: readonly SpanRef[];
  readonly lost: readonly SpanRef[];
}

/** Call it before the world is dumped, which sweeps spans. */
export function spanRefs(world: World): SpanRef[] {
  return spansByAddress(world).map((s) => ({
    base: s.startAddr,
    pages: s.npages,
    kind: spanKind(s),
  }));
}

export function spanChanges(
  before: readonly SpanRef[],
  after: readonly SpanRef[],
): Omit<SpanChanges, 'inferred'> {
  const changes = { gained: [] as SpanRef[], lost: [] as SpanRef[] };
  mergeSpans(before, after, {
    isSame: (was, is) => was.pages === is.pages && was.kind === is.kind,
    lost: (span) => changes.lost.push(span),
    gained: (span) => changes.gained.push(span),
  });
  return changes;
}

/** Their title and lines; none where no span came or went. */
export function spanChangeLines(
  { gained, lost, inferred }: SpanChanges,
  limit: number,
): [string, string[]] {
  const rows = [...gained.map((s) => ['+', s] as const), ...lost.map((s) => ['-', s] as const)];
  const lines = table(
    rows
      .slice(0, limit)
      .map(([sign, { base, pages, kind }]) => [
        sign,
        hex(base),
        counted(pages, 'page'),
        /^\d|large/.test(kind) ? `class ${kind}` : kind,
      ]),
    { right: [2] },
  );
  if (rows.length > limit && limit > 0) {
    lines.push(`  and ${counted(rows.length - limit, 'span')} more (--limit)`);
  }
  const title = `Spans +${count(gained.length)} -${count(lost.length)}${inferred ? ', as objects suggest' : ''}`;
  return [title, rows.length > 0 && limit === 0 ? [`  ${title}`] : lines];
}
