/** `spans` and `vis` of a live world: the heap as it lies. */

import { heapBitsForAddr, typePointersOf } from '../../sim/mbitmap.ts';
import { type MSpan, mSpanInUse } from '../../sim/mspan.ts';
import type { World } from '../../sim/runtime.ts';
import { count, counted, hex, percent, table } from '../format.ts';
import type { RecordedRun } from '../timeline/record.ts';
import {
  headerBytes,
  heapBitsBytes,
  holderOf,
  isUsed,
  spanKind,
  spansByAddress,
  sweepWords,
} from '../timeline/spans.ts';
import { bar, type Sheet } from './sheet.ts';
import {
  type ShownSlot,
  type ShownSlots,
  slotsLines,
  type VisLimits,
  wordText,
} from './slot-words.ts';

/** One line a span. */
export function spanTable(world: World, spans: readonly MSpan[], limit: number): string[] {
  const rows = [['address', 'pages', 'class', 'slot', 'used', 'of', '', 'where']];
  for (const s of spans.slice(0, limit)) {
    const heap = s.state === mSpanInUse;
    const slots = heap ? s.nelems : Math.floor(s.bytes() / s.elemsize);
    // A stack of a whole span is in use while the span is, and not counted.
    const counts = heap || (s.elemsize > 0 && slots > 1);
    rows.push([
      hex(s.startAddr),
      count(s.npages),
      spanKind(s),
      s.elemsize === 0 ? '' : count(s.elemsize),
      counts ? count(s.allocCount) : '',
      counts ? count(slots) : '',
      heap ? bar(s.allocCount / s.nelems, 6) : '',
      heap ? holderOf(world, s) : '',
    ]);
  }
  const lines = table(rows, { right: [1, 3, 4, 5] });
  if (spans.length > limit)
    lines.push(`  and ${counted(spans.length - limit, 'span')} more (--limit)`);
  return lines;
}

/** A span as data. */
export function spanJson(world: World, s: MSpan): unknown {
  const { startAddr, npages, spanclass, elemsize, nelems, allocCount, freeindex, sweepgen } = s;
  const heap = s.state === mSpanInUse;
  return {
    address: startAddr,
    npages,
    kind: heap ? 'heap' : spanKind(s),
    elemsize,
    ...(heap && {
      spanclass,
      sizeclass: s.sizeclass(),
      noscan: s.noscan(),
      nelems,
      allocCount,
      freeindex,
      sweepgen,
      needzero: s.needzero,
      holder: holderOf(world, s),
    }),
  };
}

/** What stands at the head of a span's words. */
function spanHead(world: World, s: MSpan): string[] {
  const bits = heapBitsBytes(s, world.arch.ptrSize);
  const tail = s.bytes() - bits - s.nelems * s.elemsize;
  const rows = [
    ['span', `${hex(s.startAddr)}, ${counted(s.npages, 'page')}, class ${spanKind(s)}`],
    [
      'slots',
      `${count(s.nelems)} of ${count(s.elemsize)} B, ${count(s.allocCount)} used (${percent(s.allocCount, s.nelems)})`,
    ],
    ['freeindex', `${s.freeindex}, allocCache ${cacheText(s)}`],
    ['sweepgen', sweepWords(world, s)],
    ['held by', holderOf(world, s)],
    ['rest', `${bits} B of pointer bits, ${tail} B of tail`],
  ];
  return table(rows);
}

function cacheText(s: MSpan): string {
  const half = (n: number) => (n >>> 0).toString(16).padStart(8, '0');
  return `0x${half(s.allocCacheHi)}${half(s.allocCacheLo)}`;
}

/** The words of a span's slots, those that hold pointers marked `*`; from slot `from` on. */
export function visLines(
  run: RecordedRun,
  s: MSpan,
  from: number,
  limits: VisLimits,
  sheet: Sheet,
): string[] {
  const shown: ShownSlots = {
    nelems: s.nelems,
    noscan: s.noscan(),
    free: (slots) => `${slots} free`,
    slot: (i) => (isUsed(s, i) ? shownSlot(run, s, i) : undefined),
  };
  return [...spanHead(run.world, s), '', ...slotsLines(shown, from, limits, sheet)];
}

function shownSlot(run: RecordedRun, s: MSpan, i: number): ShownSlot {
  const { world, allocations, timeline, log } = run;
  const { ptrSize, bigEndian } = world.arch;
  const base = s.startAddr + i * s.elemsize;
  const made = allocations.at(s.startAddr, i);
  const isBlock = made !== undefined && made.requests > 1;
  const type = (made && !isBlock && timeline.typeName(made)) || '';
  const asked = isBlock ? `${made.requests} tiny objects` : `${count(made?.requested ?? 0)} B`;
  const header = headerBytes(world, s);
  const word = new Uint8Array(ptrSize);
  return {
    base,
    elemsize: s.elemsize,
    ptrSize,
    header,
    type,
    headerType: timeline.types.get(made?.typ ?? 0) ?? '',
    asked: made === undefined ? '' : `${asked}, step ${count(made.step)}`,
    pointers: pointerWords(world, s, i),
    wordAt(at: number): string | undefined {
      // Of a log the model knows headers, not what the program wrote; and where a type lies from the first request on.
      if (log !== undefined && (at >= header || made === undefined || made.step === 0)) {
        return undefined;
      }
      world.memory.read(base + at, ptrSize, word, 0);
      return wordText(word, bigEndian);
    },
  };
}

/** Addresses of the words of a slot that the collector takes for pointers. */
export function pointerWords(world: World, s: MSpan, index: number): Set<number> {
  const found = new Set<number>();
  if (s.noscan()) return found;
  const base = s.startAddr + index * s.elemsize;
  const cursor = world.allocHeaders
    ? typePointersOf(world, base, s.elemsize)
    : heapBitsForAddr(world, base, s.elemsize);
  for (let p = cursor.next(); p !== 0; p = cursor.next()) found.add(p);
  return found;
}

/** All spans that a filter takes: a kind, a class, or all. */
export function chosenSpans(world: World, filter: (s: MSpan) => boolean): MSpan[] {
  return spansByAddress(world).filter(filter);
}
