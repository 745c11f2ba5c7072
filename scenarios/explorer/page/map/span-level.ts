/** The slots of one span, to scale: what was asked for, its header, what rounding leaves, pointer bits, tail. */

import { pageSize } from '../../../../sim/uintptr.ts';
import { hex } from '../../../format.ts';
import { isUsed } from '../../model/span-bits.ts';
import type { SpanState } from '../../model/state.ts';
import { spanShape } from '../../model/words.ts';
import { gutter, type Level, type LevelInput, labelFont, type Rect, ring } from './level.ts';
import { fillStyle, freeFill, isMarked, slotColor } from './paint.ts';

const top = 20;

/** How many bytes stand in a row: whole slots, so that a slot is never broken. */
function rowBytesOf(s: SpanState, width: number, height: number): number {
  if (s.nelems <= 1)
    return Math.max(pageSize / 8, 2 ** Math.ceil(Math.log2((s.npages * pageSize) / 24)));
  let best = s.elemsize;
  let score = Number.POSITIVE_INFINITY;
  for (const slots of [1, 2, 4, 8, 16, 32, 64]) {
    const rows = Math.ceil((s.npages * pageSize) / (slots * s.elemsize));
    const [w, h] = [width / slots, Math.min(38, height / rows)];
    if (h < 7 && slots < 64) continue;
    const off = Math.abs(Math.log(w / h / 1.9));
    if (off < score) [best, score] = [slots * s.elemsize, off];
  }
  return best;
}

export function spanLevel(input: LevelInput): Level {
  const { explorer, now, width, height, theme, coloring, focus, selected, lit } = input;
  const s = now.store.spanAt(focus);
  if (s === null) return nothing(input, 'No span is at this address.');
  const room = width - gutter - 4;
  const rowBytes = rowBytesOf(s, room, height - top - 26);
  const bytes = s.npages * pageSize;
  const rows = Math.ceil(bytes / rowBytes);
  const rowHeight = Math.max(5, Math.min(38, (height - top - 26) / rows));
  const inner = rowHeight - (rowHeight > 12 ? 4 : 1);
  const scale = room / rowBytes;
  const shape = spanShape(s, explorer.arch.ptrSize, explorer.info.allocHeaders);

  /** The pieces of a run of bytes, one for each row that it lies in. */
  function rects(from: number, to: number): Rect[] {
    const pieces: Rect[] = [];
    for (let at = from; at < to; ) {
      const row = Math.floor(at / rowBytes);
      const end = Math.min(to, (row + 1) * rowBytes);
      pieces.push({
        x: gutter + (at - row * rowBytes) * scale,
        y: top + row * rowHeight,
        w: (end - at) * scale,
        h: inner,
      });
      at = end;
    }
    return pieces;
  }

  function fill(
    context: CanvasRenderingContext2D,
    from: number,
    to: number,
    style: string | CanvasPattern,
    gap = 0,
  ): void {
    context.fillStyle = style;
    for (const { x, y, w, h } of rects(from, to)) context.fillRect(x, y, Math.max(0.5, w - gap), h);
  }

  function drawSlot(context: CanvasRenderingContext2D, i: number): void {
    const from = i * s!.elemsize;
    const to = from + s!.elemsize;
    const gap = s!.elemsize * scale > 5 ? 1.5 : 0.5;
    if (!isUsed(s!, i)) {
      fill(context, from, to, fillStyle(context, freeFill(theme)), gap);
      return;
    }
    const color = slotColor(explorer, coloring, s!, i, theme);
    const requested = s!.slotEvent[i] === 0 ? s!.elemsize - shape.header : s!.requested[i]!;
    const end = Math.min(to, from + shape.header + requested);
    context.globalAlpha = 0.3;
    fill(context, from, to, color, gap);
    context.globalAlpha = 1;
    if (shape.header > 0) fill(context, from, from + shape.header, theme.text);
    fill(context, from + shape.header, end, color, end === to ? gap : 0);
    if (isMarked(s!, i)) {
      const [r] = rects(from, to);
      context.strokeStyle = theme.ground;
      context.lineWidth = 1.2;
      context.beginPath();
      const radius = Math.min(r!.h, r!.w) / 4;
      if (radius > 1.2) context.arc(r!.x + r!.w / 2, r!.y + r!.h / 2, radius, 0, 7);
      context.stroke();
    }
  }

  function ringSlot(
    context: CanvasRenderingContext2D,
    address: number,
    color: string,
    dash: readonly number[] = [],
  ): void {
    const i = Math.floor((address - s!.base) / s!.elemsize);
    if (address < s!.base || i >= s!.nelems) return;
    for (const r of rects(i * s!.elemsize, (i + 1) * s!.elemsize))
      ring(context, r, color, 2.5, dash);
  }

  return {
    draw(context) {
      context.font = labelFont;
      const labelEvery = Math.max(1, Math.ceil(13 / rowHeight));
      for (let row = 0; row < rows; row += labelEvery) {
        context.fillStyle = theme.muted;
        context.textAlign = 'right';
        context.textBaseline = 'middle';
        context.fillText(
          hex(s.base + row * rowBytes),
          gutter - 8,
          top + row * rowHeight + inner / 2,
        );
      }
      if (s.type !== 0) {
        const style = fillStyle(context, {
          color: s.type === 1 ? '#009e73' : '#b0608c',
          pattern: 'rows',
        });
        const piece = s.type === 1 && s.elemsize > 0 ? s.elemsize : bytes;
        for (let at = 0; at < bytes; at += piece)
          fill(context, at, Math.min(bytes, at + piece), style, 1);
        return;
      }
      for (let i = 0; i < s.nelems; i++) drawSlot(context, i);
      const end = s.nelems * s.elemsize;
      if (shape.tail > 0) {
        fill(
          context,
          end,
          end + shape.tail,
          fillStyle(context, { color: theme.goal, pattern: 'cross' }),
        );
      }
      if (shape.heapBits > 0) {
        const color = theme.dark === '' ? '#b0608c' : '#cc79a7';
        fill(
          context,
          bytes - shape.heapBits,
          bytes,
          fillStyle(context, { color, pattern: 'columns' }),
        );
      }
      drawWindow(context);
      for (const { before, after } of now.changes) {
        if (after !== s || before === null || before.base !== s.base) continue;
        for (let i = 0; i < s.nelems; i++) {
          const touched =
            isUsed(before, i) !== isUsed(s, i) ||
            before.slotEvent[i] !== s.slotEvent[i] ||
            before.requested[i] !== s.requested[i];
          if (touched) ringSlot(context, s.base + i * s.elemsize, theme.ring);
        }
      }
      for (const address of lit) ringSlot(context, address, theme.ring, [4, 3]);
      const { addr } = now.row.operation;
      if (now.row.operation.name === 'store' && typeof addr === 'number') {
        ringSlot(context, addr, theme.ring, [2, 2]);
      }
      if (selected !== undefined) ringSlot(context, selected, theme.selected);
    },
    at({ x, y }) {
      const row = Math.floor((y - top) / rowHeight);
      const offset = row * rowBytes + Math.floor((x - gutter) / scale);
      if (row < 0 || x < gutter || offset < 0 || offset >= bytes) return undefined;
      const i = Math.floor(offset / s.elemsize);
      return i < s.nelems ? s.base + i * s.elemsize : s.base + offset;
    },
    move(address, dx, dy) {
      if (s.nelems === 0) return address;
      const perRow = Math.max(1, Math.round(rowBytes / s.elemsize));
      const i = Math.floor((address - s.base) / s.elemsize) + dx + dy * perRow;
      return s.base + Math.max(0, Math.min(s.nelems - 1, i)) * s.elemsize;
    },
  };

  /** freeindex, and the 64 slots that allocCache tells of. */
  function drawWindow(context: CanvasRenderingContext2D): void {
    if (explorer.info.kind === 'dump') return;
    if (s!.spanclass >> 1 === 0 || s!.freeindex >= s!.nelems) return;
    const end = Math.min(s!.nelems, (s!.freeindex | 63) + 1);
    context.strokeStyle = theme.ring;
    context.lineWidth = 1;
    context.setLineDash([1, 2]);
    for (const { x, y, w, h } of rects(s!.freeindex * s!.elemsize, end * s!.elemsize)) {
      context.strokeRect(x - 0.5, y - 1.5, w, h + 3);
    }
    context.setLineDash([]);
    const [r] = rects(s!.freeindex * s!.elemsize, (s!.freeindex + 1) * s!.elemsize);
    context.fillStyle = theme.ring;
    context.beginPath();
    context.moveTo(r!.x + 1, r!.y - 1);
    context.lineTo(r!.x - 4, r!.y - 9);
    context.lineTo(r!.x + 6, r!.y - 9);
    context.fill();
  }
}

/** A level that says why it shows nothing. */
export function nothing({ theme }: LevelInput, text: string): Level {
  return {
    draw(context) {
      context.font = '13px system-ui, sans-serif';
      context.fillStyle = theme.muted;
      context.textBaseline = 'top';
      context.fillText(text, 8, 12);
    },
    at: () => undefined,
    move: (address) => address,
  };
}
