/**
 * Pages in rows: each span with its outline and class, each of its pages with the bytes that are in use. Rows
 * in which nothing but pages given back lies are told as one line.
 */
import { alignDown, pageSize } from '../../../../sim/uintptr.ts';
import { count, hex, roundedBytes } from '../../../format.ts';
import { usedRuns } from '../../model/span-bits.ts';
import { pageHeap, pageNone, pageReleased, type SpanState } from '../../model/state.ts';
import { gutter, type Level, type LevelInput, labelFont, type Rect, ring } from './level.ts';
import { fillStyle, spanColor, stateFill } from './paint.ts';

const rowGap = 6;
const foldHeight = 18;
const minRow = 24;
const maxRow = 78;
/** Height of a line of a page's bytes. */
const lineHeight = 4;

/** A row of pages, or several rows that are told as one line. */
interface Row {
  readonly base: number;
  readonly pages: number;
  readonly folded: boolean;
}

interface Layout {
  readonly rows: readonly Row[];
  readonly perRow: number;
  readonly rowHeight: number;
}

function rowsOf({ now }: LevelInput, perRow: number): Row[] {
  const rows: Row[] = [];
  for (const chunk of now.store.chunksByAddress()) {
    for (let i = 0; i < chunk.state.length; i += perRow) {
      const states = chunk.state.subarray(i, i + perRow);
      if (states.every((state) => state === pageNone)) continue;
      const base = chunk.base + i * pageSize;
      const folded = states.every((state) => state === pageReleased || state === pageNone);
      const last = rows.at(-1);
      if (folded && last?.folded && last.base + last.pages * pageSize === base) {
        rows[rows.length - 1] = { ...last, pages: last.pages + perRow };
      } else rows.push({ base, pages: perRow, folded });
    }
  }
  return rows;
}

const heightOf = (rows: readonly Row[], rowHeight: number): number =>
  rows.reduce((sum, row) => sum + (row.folded ? foldHeight : rowHeight) + rowGap, 0);

/** As few pages a row as all of them have room for. */
function layOut(input: LevelInput): Layout {
  for (const perRow of [16, 32, 64]) {
    const rows = rowsOf(input, perRow);
    if (perRow < 64 && heightOf(rows, minRow + 8) > input.height) continue;
    const open = rows.filter(({ folded }) => !folded).length;
    const room = input.height - 8 - (rows.length - open) * (foldHeight + rowGap);
    const fitting = Math.floor(room / Math.max(1, open)) - rowGap;
    return { rows, perRow, rowHeight: Math.floor(Math.max(minRow, Math.min(maxRow, fitting))) };
  }
  return { rows: [], perRow: 64, rowHeight: minRow };
}

export function pagesLevel(input: LevelInput): Level {
  const { explorer, now, width, height, theme, coloring, focus, selected, lit } = input;
  const { store } = now;
  const { rows: all, perRow, rowHeight } = layOut(input);
  const rowBytes = perRow * pageSize;
  const holds = (row: Row, address: number): boolean =>
    address >= row.base && address < row.base + row.pages * pageSize;
  const at = Math.max(
    0,
    all.findIndex((row) => holds(row, focus)),
  );
  let first = 0;
  if (heightOf(all, rowHeight) > height) {
    first = at;
    while (first > 0 && heightOf(all.slice(first - 1, at), rowHeight) < height / 3) first--;
    while (first > 0 && heightOf(all.slice(first - 1), rowHeight) < height - 20) first--;
  }
  const cell = Math.max(2, Math.floor((width - gutter - 2) / perRow));
  const rows: { row: Row; y: number }[] = [];
  let bottom = 4;
  for (const row of all.slice(first)) {
    const h = row.folded ? foldHeight : rowHeight;
    if (bottom + h > height) break;
    rows.push({ row, y: bottom });
    bottom += h + rowGap;
  }
  const rectOf = (address: number): Rect | undefined => {
    const found = rows.find(({ row }) => holds(row, address));
    if (found === undefined) return undefined;
    const { row, y } = found;
    if (row.folded) return { x: gutter, y, w: perRow * cell - 1, h: foldHeight };
    const page = Math.floor((address - row.base) / pageSize);
    return { x: gutter + page * cell, y, w: cell - 1, h: rowHeight };
  };

  /** A page's used bytes, line by line from the top, as text is read. */
  function drawBytes(
    context: CanvasRenderingContext2D,
    s: SpanState,
    page: number,
    { x, y, w, h }: Rect,
  ): void {
    const lines = Math.max(1, Math.floor(h / lineHeight));
    const lineBytes = pageSize / lines;
    const lineTop = (line: number): number => Math.round((line * h) / lines);
    /** Bytes of lines that lie under each other, from `left` up to `right` of each. */
    const fill = (line: number, end: number, left: number, right: number): void => {
      const from = Math.floor((left / lineBytes) * w);
      const to = Math.ceil((right / lineBytes) * w);
      context.fillRect(x + from, y + lineTop(line), to - from, lineTop(end) - lineTop(line));
    };
    const paint = (from: number, to: number): void => {
      const [start, end] = [Math.max(0, from - page), Math.min(pageSize, to - page)];
      if (start >= end) return;
      const [first, last] = [Math.floor(start / lineBytes), Math.ceil(end / lineBytes) - 1];
      const [left, right] = [start - first * lineBytes, end - last * lineBytes];
      if (first === last) {
        fill(first, first + 1, left, right);
        return;
      }
      // All whole lines at once.
      const whole = left === 0 ? first : first + 1;
      if (left > 0) fill(first, whole, left, lineBytes);
      if (whole < last) fill(whole, last, 0, lineBytes);
      fill(last, last + 1, 0, right);
    };
    if (s.spanclass >> 1 === 0) {
      paint(s.base, s.base + s.requested[0]!);
      return;
    }
    const to = Math.min(s.nelems, Math.ceil((page + pageSize - s.base) / s.elemsize));
    const from = Math.floor((page - s.base) / s.elemsize);
    usedRuns(s, from, to, (first, end) => {
      paint(s.base + first * s.elemsize, s.base + end * s.elemsize);
    });
  }

  function drawPage(context: CanvasRenderingContext2D, address: number): void {
    const chunk = store.state.chunks[store.chunkNumber(address)];
    const i = chunk === undefined ? 0 : Math.floor((address - chunk.base) / pageSize);
    const state = chunk?.state[i] ?? pageNone;
    if (chunk === undefined || state === pageNone) return;
    const rect = rectOf(address)!;
    if (state !== pageHeap) {
      context.fillStyle = fillStyle(context, stateFill(state, theme));
      context.fillRect(rect.x, rect.y, rect.w, rect.h);
      return;
    }
    const s = store.span(chunk.span[i]!)!;
    context.fillStyle = spanColor(explorer, coloring, s, theme);
    context.globalAlpha = 0.2;
    context.fillRect(rect.x, rect.y, rect.w, rect.h);
    context.globalAlpha = 1;
    drawBytes(context, s, address, rect);
  }

  /** The rectangles of a span, one for each row that it lies in. */
  function spanRects(s: SpanState): Rect[] {
    const rects: Rect[] = [];
    for (const { row, y } of rows) {
      const from = Math.max(s.base, row.base);
      const to = Math.min(s.base + s.npages * pageSize, row.base + rowBytes);
      if (row.folded || from >= to) continue;
      const x = gutter + ((from - row.base) / pageSize) * cell;
      rects.push({ x, y, w: ((to - from) / pageSize) * cell - 1, h: rowHeight });
    }
    return rects;
  }

  function drawSpan(context: CanvasRenderingContext2D, s: SpanState): void {
    const label = s.type === 0 ? shortBytes(s.elemsize) : ['', 'stack', 'bits', 'marks'][s.type]!;
    for (const { x, y, w, h } of spanRects(s)) {
      context.strokeStyle = theme.text;
      context.globalAlpha = 0.5;
      context.lineWidth = 1;
      context.strokeRect(x - 0.5, y - 0.5, w + 1, h + 1);
      context.globalAlpha = 1;
      const textWidth = label.length * 6.7;
      if (w < textWidth + 4) continue;
      context.fillStyle = theme.ground;
      context.globalAlpha = 0.88;
      context.fillRect(x + w - textWidth - 4, y + h - 13, textWidth + 4, 13);
      context.globalAlpha = 1;
      context.fillStyle = theme.text;
      context.textAlign = 'right';
      context.textBaseline = 'bottom';
      context.fillText(label, x + w - 2, y + h);
    }
  }

  function drawRow(context: CanvasRenderingContext2D, { row, y }: { row: Row; y: number }): void {
    context.font = labelFont;
    context.fillStyle = theme.muted;
    context.textAlign = 'right';
    context.textBaseline = 'middle';
    const middle = y + (row.folded ? foldHeight : rowHeight) / 2;
    context.fillText(hex(row.base), gutter - 8, middle);
    if (!row.folded) {
      for (let page = 0; page < perRow; page++) drawPage(context, row.base + page * pageSize);
      return;
    }
    context.fillStyle = fillStyle(context, stateFill(pageReleased, theme));
    context.fillRect(gutter, y, perRow * cell - 1, foldHeight);
    const text = `${count(row.pages)} pages given back`;
    context.fillStyle = theme.ground;
    context.fillRect(gutter + 8, y + 2, text.length * 6.7 + 10, foldHeight - 4);
    context.fillStyle = theme.muted;
    context.textAlign = 'left';
    context.fillText(text, gutter + 13, middle);
  }

  function frame(
    context: CanvasRenderingContext2D,
    address: number,
    color: string,
    dash: readonly number[] = [],
  ): void {
    const s = store.spanAt(address);
    const page = rectOf(address);
    const rects = s !== null ? spanRects(s) : page === undefined ? [] : [page];
    for (const rect of rects) ring(context, rect, color, 2.5, dash);
  }

  return {
    draw(context) {
      const spans = new Set<SpanState>();
      for (const row of rows) {
        drawRow(context, row);
        if (row.row.folded) continue;
        for (let page = 0; page < perRow; page++) {
          const s = store.spanAt(row.row.base + page * pageSize);
          if (s !== null) spans.add(s);
        }
      }
      context.font = labelFont;
      for (const s of spans) drawSpan(context, s);
      for (const { before, after } of now.changes.slice(0, 400)) {
        const s = after ?? before;
        if (s !== null) frame(context, s.base, theme.ring);
      }
      for (const address of lit) frame(context, address, theme.ring, [4, 3]);
      if (selected !== undefined) {
        frame(context, selected, theme.selected);
        const rect = rectOf(selected);
        if (rect !== undefined) ring(context, rect, theme.selected, 1);
      }
      if (rows.length < all.length) {
        context.fillStyle = theme.muted;
        context.textAlign = 'left';
        context.textBaseline = 'bottom';
        const text = `rows ${first + 1} to ${first + rows.length} of ${all.length}: scroll for more`;
        context.fillText(text, gutter, height - 1);
      }
    },
    at({ x, y }) {
      const found = rows.findLast((row) => y >= row.y);
      const page = Math.floor((x - gutter) / cell);
      if (found === undefined || page < 0 || page >= perRow) return undefined;
      return found.row.base + (found.row.folded ? 0 : page * pageSize);
    },
    move(address, dx, dy) {
      const page = alignDown(address, pageSize);
      const row = all.findIndex((r) => holds(r, page));
      if (row < 0) return all[0]?.base ?? address;
      if (dy === 0) {
        const next = page + dx * pageSize;
        return all.some((r) => holds(r, next)) ? next : page;
      }
      const next = all[Math.max(0, Math.min(all.length - 1, row + dy))]!;
      return next.base + (next.folded ? 0 : (page - all[row]!.base) % rowBytes);
    },
  };
}

/** `9.3K`; `48`. */
function shortBytes(n: number): string {
  return roundedBytes(n)
    .replace(/\.0/, '')
    .replace(/ ([KMGT]?)i?B/, '$1');
}
