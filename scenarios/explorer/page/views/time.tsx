/** Time across, addresses down: each slot from the step that filled it to the sweep that freed it. */
import { useMemo, useRef } from 'preact/hooks';
import { count, hex } from '../../../format.ts';
import { type Lifetimes, lifetimesOf } from '../../model/lifetimes.ts';
import type { Theme } from '../canvas.ts';
import type { Explorer } from '../explorer.ts';
import { pixel } from '../map/paint.ts';
import { CanvasFigure, type Point } from '../parts/canvas-figure.tsx';
import { DataTable } from '../parts/data-table.tsx';
import { collectionBands } from '../parts/transport.tsx';
import type { View } from '../view.ts';

const pageSize = 8192;

interface Run {
  readonly lives: Lifetimes;
  /** Pages that ever held an object, by address: the rows of the picture. */
  readonly pages: readonly number[];
  readonly rowOf: ReadonlyMap<number, number>;
  readonly bands: readonly (readonly [number, number])[];
}

const known = new WeakMap<Explorer, Run>();

function runOf(explorer: Explorer): Run {
  let run = known.get(explorer);
  if (run === undefined) {
    const lives = lifetimesOf(explorer.timeline);
    const seen = new Set<number>();
    for (let i = 0; i < lives.length; i++) {
      const first = Math.floor(lives.address[i]! / pageSize);
      const end = Math.ceil((lives.address[i]! + lives.size[i]!) / pageSize);
      for (let page = first; page < end; page++) seen.add(page);
    }
    const pages = [...seen].sort((a, b) => a - b);
    const rowOf = new Map(pages.map((page, i) => [page, i]));
    run = { lives, pages, rowOf, bands: collectionBands(explorer) };
    known.set(explorer, run);
  }
  return run;
}

/** Of a place in the picture the address, and back, in rows of pages without the gaps between them. */
function yOf({ pages, rowOf }: Run, address: number, height: number): number {
  const row = rowOf.get(Math.floor(address / pageSize)) ?? 0;
  return ((row + (address % pageSize) / pageSize) / pages.length) * height;
}

function addressAt({ pages }: Run, y: number, height: number): number {
  const at = Math.max(0, Math.min(pages.length - 1e-9, (y / height) * pages.length));
  const row = Math.floor(at);
  return (pages[row] ?? 0) * pageSize + Math.floor((at - row) * pageSize);
}

const left = 110;
const bottom = 20;

function TimeByAddress({ explorer }: { explorer: Explorer }) {
  const run = useMemo(() => runOf(explorer), [explorer]);
  const size = useRef({ width: 1, height: 1 });
  const picture = useRef<{ key: string; canvas: HTMLCanvasElement }>(undefined);
  const step = explorer.step.value;
  const selected = explorer.selected.value;
  const { lives, pages } = run;
  const draw = (
    context: CanvasRenderingContext2D,
    given: { width: number; height: number },
    theme: Theme,
  ): void => {
    const [width, height] = [given.width - left, given.height - bottom];
    size.current = { width, height };
    if (width < 10 || height < 10) return;
    const key = `${width} ${height} ${theme.text}`;
    if (picture.current?.key !== key) {
      picture.current = { key, canvas: paintLives(explorer, run, { width, height }, theme) };
    }
    context.drawImage(picture.current.canvas, left, 0, width, height);
    drawAxes(context, explorer, run, given, theme);
    const x = left + (step / Math.max(1, explorer.last)) * (width - 2);
    context.fillStyle = theme.text;
    context.fillRect(Math.round(x), 0, 2, height);
    if (selected !== undefined && run.rowOf.has(Math.floor(selected / pageSize))) {
      context.fillStyle = theme.ring;
      context.fillRect(left, Math.round(yOf(run, selected, height)), width, 1.5);
    }
  };
  const click = ({ x, y }: Point): void => {
    const { width, height } = size.current;
    if (y < height) explorer.select(addressAt(run, y, height));
    if (x >= left) explorer.go(((x - left) / width) * explorer.last);
    explorer.spoken.value = `step ${count(explorer.step.peek())}, ${hex(explorer.selected.peek() ?? 0)}`;
  };
  const key = (event: KeyboardEvent): void => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (by === undefined) {
      if (event.key === 'ArrowLeft') explorer.go(step - 1);
      else if (event.key === 'ArrowRight') explorer.go(step + 1);
      else return;
    } else {
      const row = run.rowOf.get(Math.floor((selected ?? 0) / pageSize)) ?? -by;
      const page = pages[Math.max(0, Math.min(pages.length - 1, row + by))] ?? 0;
      explorer.select(page * pageSize);
      explorer.spoken.value = hex(page * pageSize);
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <CanvasFigure
      label={
        `Lives of ${count(lives.length)} slots: steps from left to right, ${count(pages.length)} pages from ` +
        `above to below. At step ${count(step)}. Left and right move the step, up and down the selected page.`
      }
      draw={draw}
      onClick={click}
      onKeyDown={key}
      controls={
        <ul class="legend" aria-label="Legend">
          <li>
            <span class="swatch fill-requested" />
            in use; the stronger, the more of it
          </li>
          <li>
            <span class="swatch plot-band" />
            collection
          </li>
          <li>{count(pages.length)} pages that ever held objects, without the gaps between them</li>
        </ul>
      }
      table={() => <LifeTable explorer={explorer} lives={lives} />}
    />
  );
}

/** Bytes in use by column and row, as shades: no number of objects is too many for it. */
function paintLives(
  { last }: Explorer,
  run: Run,
  { width, height }: { width: number; height: number },
  theme: Theme,
): HTMLCanvasElement {
  const { lives, pages, bands } = run;
  const columns = Math.floor(width);
  const rows = Math.floor(height);
  // Differences from column to column, summed up after.
  const change = new Float32Array((columns + 1) * rows);
  const perRow = (pages.length * pageSize) / rows;
  const columnOf = (step: number): number =>
    Math.min(columns - 1, Math.floor((step / Math.max(1, last)) * (columns - 1)));
  for (let i = 0; i < lives.length; i++) {
    const from = columnOf(lives.born[i]!);
    const to = lives.died[i]! < 0 ? columns : Math.max(from + 1, columnOf(lives.died[i]!));
    const row = run.rowOf.get(Math.floor(lives.address[i]! / pageSize))!;
    const start = row * pageSize + (lives.address[i]! % pageSize);
    const end = start + lives.size[i]!;
    for (let y = Math.floor(start / perRow); y < rows && y * perRow < end; y++) {
      const share = (Math.min(end, (y + 1) * perRow) - Math.max(start, y * perRow)) / perRow;
      change[y * (columns + 1) + from]! += share;
      change[y * (columns + 1) + to]! -= share;
    }
  }
  const canvas = document.createElement('canvas');
  canvas.width = columns;
  canvas.height = rows;
  const context = canvas.getContext('2d')!;
  const image = context.createImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  const isBand = new Uint8Array(columns);
  for (const [from, to] of bands) isBand.fill(1, columnOf(from), columnOf(to) + 1);
  const shades = shadesOf(theme);
  for (let y = 0; y < rows; y++) {
    let share = 0;
    for (let x = 0; x < columns; x++) {
      share += change[y * (columns + 1) + x]!;
      const shade = share < 1e-4 ? 0 : 1 + Math.min(15, Math.floor(share * 16));
      pixels[y * columns + x] = (isBand[x] === 1 ? shades.band : shades.plain)[shade]!;
    }
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

/** From nothing to a full row, on the ground and on the band of a collection. */
function shadesOf(theme: Theme): { plain: number[]; band: number[] } {
  const color = theme.dark === '' ? '#2f7fb8' : '#5fb0e6';
  const plain = [0];
  const band = [pixel(theme.band.startsWith('#') ? theme.band : '#d0b080')];
  for (let i = 0; i < 16; i++) {
    const alpha = Math.round(60 + (195 * i) / 15);
    plain.push(pixel(color, alpha));
    band.push(pixel(color, alpha));
  }
  return { plain, band };
}

function drawAxes(
  context: CanvasRenderingContext2D,
  { last }: Explorer,
  run: Run,
  { width, height }: { width: number; height: number },
  theme: Theme,
): void {
  const inner = { width: width - left, height: height - bottom };
  context.font = '11px ui-monospace, monospace';
  context.fillStyle = theme.muted;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  const lines = Math.max(2, Math.floor(inner.height / 60));
  for (let i = 0; i < lines; i++) {
    const y = ((i + 0.5) / lines) * inner.height;
    const address = addressAt(run, y, inner.height);
    context.fillText(hex(address - (address % pageSize)), left - 8, y);
  }
  context.textBaseline = 'bottom';
  const columns = Math.max(2, Math.floor(inner.width / 120));
  for (let i = 0; i <= columns; i++) {
    const step = Math.round((i / columns) * last);
    context.textAlign = i === 0 ? 'left' : i === columns ? 'right' : 'center';
    context.fillText(count(step), left + (i / columns) * inner.width, height);
  }
  context.strokeStyle = theme.line;
  context.strokeRect(left + 0.5, 0.5, inner.width - 1, inner.height - 1);
}

function LifeTable({ explorer, lives }: { explorer: Explorer; lives: Lifetimes }) {
  const rows = useMemo(() => Array.from({ length: lives.length }, (_, i) => i), [lives]);
  const { timeline, selected } = explorer;
  const number = (title: string, of: (i: number) => number) => ({
    title,
    isNumber: true,
    cell: (i: number) => count(of(i)),
    sortBy: of,
  });
  return (
    <DataTable
      id="lives"
      caption="Slots by the step that filled them"
      rows={rows}
      keyOf={(i) => i}
      onSelect={(i) => explorer.select(lives.address[i])}
      isSelected={(i) => selected.value === lives.address[i]}
      columns={[
        {
          title: 'address',
          cell: (i) => hex(lives.address[i]!),
          sortBy: (i) => lives.address[i]!,
        },
        number('slot B', (i) => lives.size[i]!),
        number('filled at step', (i) => lives.born[i]!),
        {
          title: 'freed at step',
          isNumber: true,
          cell: (i) => (lives.died[i]! < 0 ? 'in use' : count(lives.died[i]!)),
          sortBy: (i) => (lives.died[i]! < 0 ? Number.MAX_SAFE_INTEGER : lives.died[i]!),
        },
        {
          title: 'type',
          cell: (i) => {
            const { typ, size } = timeline.event(lives.event[i]!);
            return timeline.typeName({ typ: typ as number, requested: size as number }) ?? '';
          },
        },
      ]}
    />
  );
}

export const timeView: View = {
  id: 'time',
  title: 'Time',
  place: 'main',
  Component: TimeByAddress,
  fits: ({ info }) => info.kind !== 'dump',
};
