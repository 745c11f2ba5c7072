/** Where a slot comes from: the mcache, else mcentral, else the page heap, else the system. One column a size class. */
import { useSignal } from '@preact/signals';
import { classToSize, tinySpanClass } from '../../../../sim/sizeclasses.ts';
import { pageSize } from '../../../../sim/uintptr.ts';
import { count, counted, hex, roundedBytes } from '../../../format.ts';
import {
  type CentralCounts,
  centralCounts,
  type Path,
  pathOf,
  stages,
} from '../../model/cascade.ts';
import {
  type PState,
  pageCached,
  pageCachedReleased,
  pageFree,
  pageReleased,
} from '../../model/state.ts';
import type { Theme } from '../canvas.ts';
import type { Explorer, Now } from '../explorer.ts';
import { labelFont } from '../map/level.ts';
import { fillStyle, stateFill } from '../map/paint.ts';
import { CanvasFigure, type Point } from '../parts/canvas-figure.tsx';
import { DataTable } from '../parts/data-table.tsx';
import type { View } from '../view.ts';

const classes = 68;
const left = 84;
const kinds = ['scan', 'noscan'] as const;

interface Scene {
  readonly now: Now;
  readonly p: number;
  readonly cache: PState | undefined;
  readonly central: readonly CentralCounts[];
  readonly path: Path | undefined;
  readonly pages: PageCounts;
}

interface PageCounts {
  free: number;
  cached: number;
  released: number;
}

function sceneOf(explorer: Explorer, chosen: number): Scene {
  const now = explorer.now.value;
  const { store } = now;
  const path =
    now.step === 0 ? undefined : pathOf(explorer.timeline.eventsOf(now.row), tinySpanClass);
  const pages: PageCounts = { free: 0, cached: 0, released: 0 };
  for (const { state } of store.chunksByAddress()) {
    for (const page of state) {
      if (page === pageFree) pages.free++;
      else if (page === pageReleased) pages.released++;
      else if (page === pageCached || page === pageCachedReleased) pages.cached++;
    }
  }
  const p = chosen >= 0 ? chosen : (path?.p ?? 0);
  return {
    now,
    p,
    cache: store.state.ps[p],
    central: centralCounts(store, store.spans()),
    path,
    pages,
  };
}

/** Where the stages lie. */
function bandsOf(width: number, height: number) {
  const cell = Math.max(4, Math.floor((width - left - 8) / classes));
  // Five rows of boxes, three gaps, a line above and one below.
  const gap = Math.max(28, Math.min(62, (height - 50) * 0.11));
  const row = Math.max(14, Math.min(44, (height - 50 - 3 * gap) / 5));
  const mcache = 22;
  const mcentral = mcache + 2 * row + gap;
  const heap = mcentral + 2 * row + gap;
  const system = heap + row + gap;
  return { cell, row, tops: [mcache, mcentral, heap, system] as const };
}

function drawScene(
  context: CanvasRenderingContext2D,
  { width, height }: { width: number; height: number },
  theme: Theme,
  scene: Scene,
): void {
  const { cell, row, tops } = bandsOf(width, height);
  const { now, cache, central, path } = scene;
  const xOf = (sizeclass: number): number => left + sizeclass * cell;
  const lit = (stage: number): boolean =>
    path !== undefined && stage >= path.from && stage <= path.to;
  context.font = labelFont;
  context.textBaseline = 'middle';
  context.fillStyle = theme.muted;
  context.textAlign = 'center';
  const every = cell < 7 ? 16 : 8;
  for (let sizeclass = every; sizeclass < classes; sizeclass += every) {
    context.fillText(
      roundedBytes(classToSize[sizeclass]!).replace('.0', ''),
      xOf(sizeclass) + cell / 2,
      9,
    );
  }
  for (const [stage, name] of stages.entries()) {
    context.textAlign = 'left';
    context.fillStyle = lit(stage) ? theme.ring : theme.text;
    context.font = `${lit(stage) ? '700' : '600'} 12px system-ui, sans-serif`;
    context.fillText(stage === 0 ? `P${scene.p} mcache` : name, 0, tops[stage]! + 9);
    context.font = labelFont;
    context.fillStyle = theme.muted;
    if (stage < 2) {
      for (const [k, kind] of kinds.entries())
        context.fillText(kind, 0, tops[stage]! + k * row + row - 8);
    }
  }
  for (let spanclass = 0; spanclass < 2 * classes; spanclass++) {
    const x = xOf(spanclass >> 1);
    const at = (spanclass & 1) * row;
    drawCached(context, theme, now, cache?.alloc[spanclass] ?? -1, {
      x,
      y: tops[0] + at,
      w: cell - 1,
      h: row - 3,
    });
    drawCentral(context, theme, central[spanclass]!, {
      x,
      y: tops[1] + at,
      w: cell - 1,
      h: row - 3,
    });
  }
  drawHeap(context, theme, scene, { x: left, y: tops[2], w: classes * cell, h: row - 3 });
  const { arenas } = now.store.state;
  context.fillStyle = theme.muted;
  context.textAlign = 'left';
  const reserved = roundedBytes(arenas.length * now.store.state.arenaBytes);
  context.fillText(`${counted(arenas.length, 'arena')}, ${reserved} reserved`, left, tops[3] + 9);
  if (path !== undefined) drawPath(context, theme, path, { xOf, cell, row, tops, width });
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** A span in the mcache: full from below. */
function drawCached(
  context: CanvasRenderingContext2D,
  theme: Theme,
  now: Now,
  id: number,
  { x, y, w, h }: Box,
): void {
  context.fillStyle = theme.grid;
  context.fillRect(x, y, w, h);
  const s = id < 0 ? null : now.store.span(id);
  if (s === null) return;
  context.fillStyle = theme.areaBack;
  context.fillRect(x, y, w, h);
  const fill = Math.max(1, Math.round((s.allocCount / s.nelems) * h));
  context.fillStyle = theme.areaFront;
  context.fillRect(x, y + h - fill, w, fill);
}

/** The four sets of mcentral: partial left, full right; swept above, unswept below. */
function drawCentral(
  context: CanvasRenderingContext2D,
  theme: Theme,
  counts: CentralCounts,
  { x, y, w, h }: Box,
): void {
  context.fillStyle = theme.grid;
  context.fillRect(x, y, w, h);
  const half = w / 2;
  const sets = [
    [counts.partialSwept, 0, 0, false],
    [counts.fullSwept, half, 0, false],
    [counts.partialUnswept, 0, h / 2, true],
    [counts.fullUnswept, half, h / 2, true],
  ] as const;
  for (const [n, dx, dy, unswept] of sets) {
    if (n === 0) continue;
    context.globalAlpha = Math.min(1, 0.45 + Math.log2(n + 1) / 12);
    context.fillStyle = fillStyle(context, {
      color: unswept ? theme.goal : theme.areaFront,
      pattern: unswept ? 'cross' : 'solid',
    });
    context.fillRect(x + dx, y + dy, half - 0.5, h / 2 - 0.5);
    context.globalAlpha = 1;
  }
}

/** The P's page cache, page by page, and what the page allocator has. */
function drawHeap(
  context: CanvasRenderingContext2D,
  theme: Theme,
  { now, cache, pages }: Scene,
  { x, y, w, h }: Box,
): void {
  const base = cache?.pcacheBase ?? 0;
  const cell = Math.floor(Math.min(w * 0.55, 340) / 64);
  const isTight = h < 30 || w < 420;
  const { store } = now;
  for (let i = 0; i < 64; i++) {
    const chunk = base === 0 ? undefined : store.state.chunks[store.chunkNumber(base)];
    const state = chunk?.state[(base - chunk.base) / pageSize + i] ?? 0;
    const cached = state === pageCached || state === pageCachedReleased;
    context.fillStyle = cached ? fillStyle(context, stateFill(pageCached, theme)) : theme.grid;
    context.fillRect(x + i * cell, y, cell - 1, h * 0.55);
  }
  context.fillStyle = theme.muted;
  context.textAlign = 'left';
  const where =
    base === 0 ? 'page cache: empty' : `page cache: ${pages.cached} of 64 pages at ${hex(base)}`;
  context.fillText(where, x, y + h * 0.55 + 10);
  const rest = `${count(pages.free)} pages free, ${count(pages.released)} given back`;
  if (isTight) context.fillText(rest, x + 64 * cell + 8, y + 6);
  else {
    context.fillText('page allocator:', x + 64 * cell + 16, y + 6);
    context.fillText(rest, x + 64 * cell + 16, y + 21);
  }
}

/** The way of this step's allocation, down the column of its class. */
function drawPath(
  context: CanvasRenderingContext2D,
  theme: Theme,
  { spanclass, from, to, words }: Path,
  {
    xOf,
    cell,
    row,
    tops,
    width,
  }: {
    xOf: (c: number) => number;
    cell: number;
    row: number;
    tops: readonly number[];
    width: number;
  },
): void {
  const x = xOf(spanclass >> 1) + (cell - 1) / 2;
  const side = (spanclass & 1) * row;
  const heights = [row - 3, row - 3, (row - 3) * 0.55, 18];
  const topOf = (stage: number): number => tops[stage]! + (stage < 2 ? side : 0);
  context.strokeStyle = theme.ring;
  context.fillStyle = theme.ring;
  context.lineWidth = 2;
  for (let stage = from; stage <= to; stage++) {
    const y = topOf(stage);
    if (stage < 2)
      context.strokeRect(xOf(spanclass >> 1) - 1.5, y - 1.5, cell + 2, heights[stage]! + 3);
    if (stage > from) {
      const start = topOf(stage - 1) + heights[stage - 1]! + 2;
      context.beginPath();
      context.moveTo(x, start);
      context.lineTo(x, y - 7);
      context.stroke();
      context.beginPath();
      context.moveTo(x, y - 2);
      context.lineTo(x - 5, y - 9);
      context.lineTo(x + 5, y - 9);
      context.fill();
    }
    const text = words[stage]!;
    if (text === '') continue;
    const textWidth = text.length * 6.7 + 10;
    const right = x + 12 + textWidth < width;
    const ty = stage < 2 ? tops[stage]! + 2 * row + 8 : y + (stage === 2 ? row + 6 : 24);
    const tx = right ? x + 12 : x - 12 - textWidth;
    context.fillStyle = theme.ground;
    context.fillRect(tx, ty - 9, textWidth, 18);
    context.fillStyle = theme.ring;
    context.textAlign = 'left';
    context.fillText(text, tx + 5, ty);
  }
}

function Cascade({ explorer }: { explorer: Explorer }) {
  const chosen = useSignal(-1);
  const size = useSignal({ width: 0, height: 0 });
  const scene = sceneOf(explorer, chosen.value);
  const { path, cache, now } = scene;
  const ps = now.store.state.ps.length;
  const select = ({ x, y }: Point): void => {
    const { cell, row, tops } = bandsOf(size.peek().width, size.peek().height);
    const sizeclass = Math.floor((x - left) / cell);
    if (y > tops[0] + 2 * row || sizeclass < 0 || sizeclass >= classes) return;
    const id = cache?.alloc[(sizeclass << 1) | (y > tops[0] + row ? 1 : 0)] ?? -1;
    const s = id < 0 ? null : now.store.span(id);
    if (s !== null) explorer.select(s.base);
  };
  const way =
    path === undefined
      ? 'No allocation in this step.'
      : `Span class ${path.spanclass}: ${stages.slice(path.from, path.to + 1).join(', then ')}.`;
  return (
    <CanvasFigure
      label={`From the mcache to the system. ${way}`}
      draw={(context, box, theme) => {
        size.value = box;
        drawScene(context, box, theme, scene);
      }}
      onClick={select}
      controls={
        <>
          <span class="place">{way}</span>
          {ps > 1 && (
            <label class="coloring">
              <span>mcache of</span>
              <select
                value={String(chosen.value)}
                onChange={(event) => {
                  chosen.value = Number(event.currentTarget.value);
                }}
              >
                <option value="-1">the P that is told of</option>
                {Array.from({ length: ps }, (_, i) => (
                  <option key={`P${i}`} value={String(i)}>{`P${i}`}</option>
                ))}
              </select>
            </label>
          )}
        </>
      }
      table={() => <CascadeTable explorer={explorer} scene={scene} />}
      below={<CascadeLegend />}
    />
  );
}

function CascadeLegend() {
  return (
    <ul class="legend" aria-label="Legend">
      <li>mcache: how full the span of each class is</li>
      <li>mcentral: partial left, full right; swept above, unswept (checked) below</li>
      <li>
        <span class="ring touched" />
        the way of this step's allocation
      </li>
    </ul>
  );
}

function CascadeTable({ explorer, scene }: { explorer: Explorer; scene: Scene }) {
  const { now, cache, central, path } = scene;
  const spanOf = (spanclass: number) => {
    const id = cache?.alloc[spanclass] ?? -1;
    return id < 0 ? null : now.store.span(id);
  };
  const rows = central
    .map((counts, spanclass) => ({ spanclass, counts, span: spanOf(spanclass) }))
    .filter(({ counts, span }) => span !== null || Object.values(counts).some((n) => n > 0));
  const n = (title: string, of: (row: (typeof rows)[number]) => number) => ({
    title,
    isNumber: true,
    cell: (row: (typeof rows)[number]) => count(of(row)),
    sortBy: of,
  });
  return (
    <DataTable
      id="cascade"
      caption={`Span classes: the mcache of P${scene.p}, and mcentral`}
      rows={rows}
      keyOf={({ spanclass }) => spanclass}
      isSelected={({ spanclass }) => spanclass === path?.spanclass}
      onSelect={({ span }) => span && explorer.select(span.base)}
      columns={[
        n('span class', ({ spanclass }) => spanclass),
        {
          title: 'slot',
          isNumber: true,
          cell: ({ spanclass }) => (spanclass < 2 ? 'large' : count(classToSize[spanclass >> 1]!)),
        },
        { title: 'kind', cell: ({ spanclass }) => kinds[spanclass & 1] },
        { title: 'in the mcache', cell: ({ span }) => (span === null ? '' : hex(span.base)) },
        {
          title: 'used',
          isNumber: true,
          cell: ({ span }) => (span === null ? '' : `${span.allocCount} of ${span.nelems}`),
        },
        n('partial swept', ({ counts }) => counts.partialSwept),
        n('unswept', ({ counts }) => counts.partialUnswept),
        n('full swept', ({ counts }) => counts.fullSwept),
        n('full unswept', ({ counts }) => counts.fullUnswept),
      ]}
    />
  );
}

export const cascadeView: View = {
  id: 'cascade',
  title: 'Cascade',
  place: 'main',
  Component: Cascade,
  fits: ({ info }) => info.kind !== 'dump',
};
