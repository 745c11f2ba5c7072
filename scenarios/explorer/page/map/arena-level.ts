/** Arenas: all pages of each, 128 a row. One pixel block a page, through one ImageData. */

import { pageSize } from '../../../../sim/uintptr.ts';
import { hex } from '../../../format.ts';
import { pageHeap, pagesPerChunk, type SpanState } from '../../model/state.ts';
import { gutter, type Level, type LevelInput, labelFont, type Rect, ring } from './level.ts';
import { isInk, pixel, spanColor, stateFill } from './paint.ts';

const rowPages = 128;

interface Tile {
  readonly base: number;
  readonly x: number;
  readonly y: number;
}

export function arenaLevel(input: LevelInput): Level {
  const { explorer, now, width, height, theme, selected, lit } = input;
  const { arenas, arenaBytes } = now.store.state;
  const arenaPages = arenaBytes / pageSize;
  const perRow = Math.min(rowPages, arenaPages);
  const rows = Math.ceil(arenaPages / perRow);
  const { size, columns } = fitTiles(width, height, arenas.length, perRow, rows);
  const tileWidth = perRow * size + gutter;
  const tileHeight = rows * size + 14;
  const tiles = arenas.map(
    (base, i): Tile => ({
      base,
      x: (i % columns) * tileWidth + gutter,
      y: Math.floor(i / columns) * tileHeight + 4,
    }),
  );
  const rectOf = (address: number): Rect | undefined => {
    const tile = tiles.find(({ base }) => address >= base && address < base + arenaBytes);
    if (tile === undefined) return undefined;
    const page = Math.floor((address - tile.base) / pageSize);
    return {
      x: tile.x + (page % perRow) * size,
      y: tile.y + Math.floor(page / perRow) * size,
      w: size,
      h: size,
    };
  };
  return {
    draw(context) {
      for (const tile of tiles) drawTile(input, context, tile, { perRow, rows, size });
      for (const address of touchedPages(input)) {
        const rect = rectOf(address);
        if (rect !== undefined) ring(context, rect, theme.ring, 2);
      }
      for (const address of lit) {
        const rect = rectOf(address);
        if (rect !== undefined) ring(context, rect, theme.ring, 2, [3, 2]);
      }
      const rect = selected === undefined ? undefined : rectOf(selected);
      if (rect !== undefined) ring(context, rect, theme.selected, 2);
    },
    at({ x, y }) {
      for (const tile of tiles) {
        const [column, row] = [Math.floor((x - tile.x) / size), Math.floor((y - tile.y) / size)];
        if (column < 0 || column >= perRow || row < 0 || row >= rows) continue;
        return tile.base + (row * perRow + column) * pageSize;
      }
      return undefined;
    },
    move(address, dx, dy) {
      const first = arenas[0] ?? 0;
      const end = (arenas.at(-1) ?? 0) + arenaBytes;
      const next = address - (address % pageSize) + (dx + dy * perRow) * pageSize;
      return Math.max(first, Math.min(end - pageSize, next));
    },
  };

  function fitTiles(
    w: number,
    h: number,
    n: number,
    cellsX: number,
    cellsY: number,
  ): { size: number; columns: number } {
    let best = { size: 0, columns: 1 };
    for (let c = 1; c <= Math.max(1, n); c++) {
      const r = Math.ceil(n / c);
      const s = Math.min((w / c - gutter) / cellsX, (h / r - 14) / cellsY, 10);
      if (s > best.size) best = { size: s, columns: c };
    }
    const { size: s } = best;
    return { columns: best.columns, size: s >= 1 ? Math.floor(s * 2) / 2 : Math.max(s, 0.2) };
  }

  function drawTile(
    { coloring }: LevelInput,
    context: CanvasRenderingContext2D,
    { base, x, y }: Tile,
    shape: { perRow: number; rows: number; size: number },
  ): void {
    const block = Math.max(1, Math.min(8, Math.round(shape.size)));
    const [w, h] = [shape.perRow * block, shape.rows * block];
    const image = new ImageData(w, h);
    const pixels = new Uint32Array(image.data.buffer);
    const gap = block >= 4 ? 1 : 0;
    const colors = new Map<number, string>();
    const colorOf = (s: SpanState): string => {
      let color = colors.get(s.id);
      if (color === undefined) {
        color = spanColor(explorer, coloring, s, theme);
        colors.set(s.id, color);
      }
      return color;
    };
    const ground = pixel(theme.grid.startsWith('#') ? theme.grid : '#888888');
    for (let page = 0; page < shape.perRow * shape.rows; page++) {
      const address = base + page * pageSize;
      const number = now.store.chunkNumber(address);
      const chunk = now.store.state.chunks[number];
      const left = (page % shape.perRow) * block;
      const top = Math.floor(page / shape.perRow) * block;
      let state = 0;
      let color = '';
      let alpha = 255;
      if (chunk !== undefined) {
        const i = Math.floor((address - chunk.base) / pageSize) % pagesPerChunk;
        state = chunk.state[i]!;
        if (state === pageHeap) {
          const s = now.store.span(chunk.span[i]!)!;
          color = colorOf(s);
          alpha = 90 + Math.round(165 * (s.allocCount / s.nelems));
        }
      }
      const fill = stateFill(state, theme);
      const ink = color !== '' ? pixel(color, alpha) : state === 0 ? ground : pixel(fill.color);
      const soft = state === 0 ? ground : pixel(fill.color, 60);
      for (let dy = 0; dy < block - gap; dy++) {
        for (let dx = 0; dx < block - gap; dx++) {
          const full = color !== '' || isInk(fill.pattern, dx, dy, block - gap);
          pixels[(top + dy) * w + left + dx] = full ? ink : soft;
        }
      }
    }
    const buffer = document.createElement('canvas');
    buffer.width = w;
    buffer.height = h;
    buffer.getContext('2d')!.putImageData(image, 0, 0);
    context.imageSmoothingEnabled = false;
    context.drawImage(buffer, x, y, shape.perRow * shape.size, shape.rows * shape.size);
    context.strokeStyle = theme.line;
    context.lineWidth = 1;
    context.strokeRect(
      x - 1.5,
      y - 1.5,
      shape.perRow * shape.size + 2,
      shape.rows * shape.size + 2,
    );
    context.fillStyle = theme.muted;
    context.font = labelFont;
    context.textAlign = 'right';
    context.textBaseline = 'top';
    context.fillText(hex(base), x - 8, y);
    if (shape.rows * shape.size > 60) context.fillText('arena', x - 8, y + 14);
  }
}

/** Pages of spans that the step changed. */
function touchedPages({ now }: LevelInput): number[] {
  const pages: number[] = [];
  for (const { before, after } of now.changes) {
    const s = after ?? before;
    if (s === null || pages.length > 2000) continue;
    pages.push(s.base);
  }
  return pages;
}
