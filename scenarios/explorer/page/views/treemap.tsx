/** What the used bytes are: an area for each size class, in it one for each type. */
import { useSignal } from '@preact/signals';
import { type HierarchyRectangularNode, hierarchy, treemap } from 'd3-hierarchy';
import { useRef } from 'preact/hooks';
import { count, counted, percent } from '../../../format.ts';
import { type TypeSize, typeSizes } from '../../model/type-sizes.ts';
import type { Theme } from '../canvas.ts';
import type { Explorer } from '../explorer.ts';
import { CanvasFigure, type Point } from '../parts/canvas-figure.tsx';
import { DataTable } from '../parts/data-table.tsx';
import type { View } from '../view.ts';

interface Node {
  readonly name: string;
  readonly row?: TypeSize;
  readonly children?: readonly Node[];
}

type Tile = HierarchyRectangularNode<Node>;

function typeName({ type }: TypeSize): string {
  return type === '' ? 'no type' : type;
}

const groupings = { class: 'class, type', type: 'type, class' } as const;
type Grouping = keyof typeof groupings;

function className({ spanclass, elemsize }: TypeSize): string {
  const size = elemsize === 0 ? 'large' : `${count(elemsize)} B`;
  return (spanclass & 1) === 0 ? size : `${size} noscan`;
}

function Treemap({ explorer }: { explorer: Explorer }) {
  const { store, step } = explorer.now.value;
  const grouping = useSignal<Grouping>('class');
  const shape = useSignal<'areas' | 'bars'>('areas');
  const chosen = useSignal(0);
  const tiles = useRef<readonly Tile[]>([]);
  const rows = typeSizes(store, explorer.timeline);
  const total = rows.reduce((sum, { bytes }) => sum + bytes, 0);
  const root = treeOf(rows, grouping.value);
  const sentence = (row: TypeSize | undefined): string =>
    row === undefined
      ? ''
      : `${typeName(row)}, ${className(row)}: ${counted(row.slots, 'slot')}, ${count(row.bytes)} B, ${percent(row.bytes, total)}`;
  const leaf = Math.min(chosen.value, Math.max(0, rows.length - 1));
  const draw = (
    context: CanvasRenderingContext2D,
    { width, height }: { width: number; height: number },
    theme: Theme,
  ): void => {
    if (shape.value === 'bars') {
      tiles.current = drawBars(context, { width, height }, theme, root);
      return;
    }
    const layout = treemap<Node>()
      .size([width, height])
      .paddingTop(({ depth }) => (depth === 0 ? 0 : 17))
      .paddingInner(1)
      .round(true);
    const top = layout(
      hierarchy(root)
        .sum(({ row }) => row?.bytes ?? 0)
        .sort((a, b) => (b.value ?? 0) - (a.value ?? 0)),
    );
    tiles.current = top.leaves();
    for (const [i, group] of (top.children ?? []).entries()) drawGroup(context, group, i, theme);
    const tile = tiles.current.find(({ data }) => data.row === rows[leaf]);
    if (tile !== undefined) {
      context.strokeStyle = theme.selected;
      context.lineWidth = 2;
      context.strokeRect(tile.x0 + 1, tile.y0 + 1, tile.x1 - tile.x0 - 2, tile.y1 - tile.y0 - 2);
    }
  };
  const choose = (i: number): void => {
    chosen.value = Math.max(0, Math.min(rows.length - 1, i));
    explorer.spoken.value = sentence(rows[chosen.value]);
  };
  return (
    <CanvasFigure
      label={`Used bytes by ${groupings[grouping.value]}: ${count(total)} B in ${counted(rows.length, 'area')}. ${sentence(rows[leaf])}. Arrows go from the largest to the smallest.`}
      draw={draw}
      onClick={({ x, y }: Point) => {
        if (shape.peek() === 'bars') return;
        const hit = tiles.current.find((t) => x >= t.x0 && x < t.x1 && y >= t.y0 && y < t.y1);
        if (hit?.data.row !== undefined) choose(rows.indexOf(hit.data.row));
      }}
      onKeyDown={(event) => {
        const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
        if (by === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        choose(leaf + by);
      }}
      controls={
        <>
          <label class="coloring">
            <span class="sr">drawn as</span>
            <select
              value={shape.value}
              onChange={(event) => {
                shape.value = event.currentTarget.value as 'areas' | 'bars';
              }}
            >
              <option value="areas">areas</option>
              <option value="bars">histogram</option>
            </select>
          </label>
          <label class="coloring">
            <span>by</span>
            <select
              value={grouping.value}
              onChange={(event) => {
                grouping.value = event.currentTarget.value as Grouping;
              }}
            >
              {Object.entries(groupings).map(([id, name]) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        </>
      }
      below={<p class="treemap-line">{sentence(rows[leaf])}</p>}
      table={() => (
        <TypeTable rows={rows} total={total} caption={`Used slots after step ${step}`} />
      )}
    />
  );
}

function treeOf(rows: readonly TypeSize[], grouping: Grouping): Node {
  const groups = new Map<string, Node[]>();
  for (const row of rows) {
    const [outer, inner] =
      grouping === 'class' ? [className(row), typeName(row)] : [typeName(row), className(row)];
    const children = groups.get(outer) ?? [];
    groups.set(outer, children);
    children.push({ name: inner, row });
  }
  return { name: '', children: [...groups].map(([name, children]) => ({ name, children })) };
}

const lightFills = ['#cfe3f3', '#d3ecdf', '#f7e3c0', '#f0d6e4', '#dfe3ea', '#f6d8c8', '#eee9bd'];
const darkFills = ['#1f3f58', '#1d4638', '#51401c', '#4b2f42', '#333c48', '#55321f', '#48441d'];

function drawGroup(context: CanvasRenderingContext2D, group: Tile, i: number, theme: Theme): void {
  const fills = theme.dark === '' ? lightFills : darkFills;
  const [w, h] = [group.x1 - group.x0, group.y1 - group.y0];
  context.fillStyle = fills[i % fills.length]!;
  context.fillRect(group.x0, group.y0, w, h);
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  context.fillStyle = theme.text;
  context.font = '600 11px system-ui, sans-serif';
  writeIn(context, group.data.name, { x: group.x0, y: group.y0, w, h: Math.min(h, 17) });
  context.font = '11px ui-monospace, monospace';
  context.strokeStyle = theme.ground;
  context.lineWidth = 1;
  for (const tile of group.leaves()) {
    const box = { x: tile.x0, y: tile.y0, w: tile.x1 - tile.x0, h: tile.y1 - tile.y0 };
    context.strokeRect(box.x + 0.5, box.y + 0.5, box.w, box.h);
    context.fillStyle = theme.text;
    writeIn(context, tile.data.name, { ...box, h: Math.min(box.h, 18) });
    context.fillStyle = theme.muted;
    if (box.h > 34) {
      writeIn(context, `${count(tile.value ?? 0)} B`, { ...box, y: box.y + 15, h: 18 });
    }
  }
}

/** As much of the text as fits; nothing where hardly any does. */
function writeIn(
  context: CanvasRenderingContext2D,
  text: string,
  { x, y, w, h }: { x: number; y: number; w: number; h: number },
): void {
  if (h < 11 || w < 24) return;
  let shown = text;
  const room = w - 8;
  if (context.measureText(shown).width > room) {
    const each = context.measureText('n').width;
    shown = `${text.slice(0, Math.max(0, Math.floor(room / each) - 1))}…`;
    if (shown.length < 3) return;
  }
  context.fillText(shown, x + 4, y + h / 2 + 0.5, room);
}

const barHeight = 22;
const barLeft = 190;

/** A bar for each group, as long as its bytes; those that have no room are told as one. */
function drawBars(
  context: CanvasRenderingContext2D,
  { width, height }: { width: number; height: number },
  theme: Theme,
  root: Node,
): readonly Tile[] {
  const bars = (root.children ?? [])
    .map(({ name, children }) => ({
      name,
      bytes: children?.reduce((sum, { row }) => sum + (row?.bytes ?? 0), 0) ?? 0,
      slots: children?.reduce((sum, { row }) => sum + (row?.slots ?? 0), 0) ?? 0,
    }))
    .sort((a, b) => b.bytes - a.bytes);
  const fitting = Math.max(1, Math.floor(height / barHeight));
  const rest = bars.length > fitting ? bars.splice(fitting - 1) : [];
  if (rest.length > 0) {
    bars.push({
      name: `${count(rest.length)} more`,
      bytes: rest.reduce((sum, { bytes }) => sum + bytes, 0),
      slots: rest.reduce((sum, { slots }) => sum + slots, 0),
    });
  }
  const longest = Math.max(1, ...bars.map(({ bytes }) => bytes));
  const room = width - barLeft - 150;
  context.font = '11px ui-monospace, monospace';
  context.textBaseline = 'middle';
  for (const [i, { name, bytes, slots }] of bars.entries()) {
    const y = i * barHeight;
    context.textAlign = 'left';
    context.fillStyle = theme.text;
    writeIn(context, name, { x: 0, y, w: barLeft - 6, h: barHeight });
    context.fillStyle = theme.areaFront;
    const length = Math.max(1, (bytes / longest) * room);
    context.fillRect(barLeft, y + 4, length, barHeight - 8);
    context.fillStyle = theme.muted;
    const text = `${count(bytes)} B, ${counted(slots, 'slot')}`;
    context.fillText(text, barLeft + length + 6, y + barHeight / 2);
  }
  return [];
}

interface TypeTableProps {
  readonly rows: readonly TypeSize[];
  readonly total: number;
  readonly caption: string;
}

function TypeTable({ rows, total, caption }: TypeTableProps) {
  return (
    <DataTable
      id="types"
      caption={caption}
      rows={rows}
      keyOf={({ spanclass, type }) => `${spanclass} ${type}`}
      columns={[
        { title: 'type', cell: typeName, sortBy: typeName },
        { title: 'slot', cell: className, sortBy: ({ spanclass }) => spanclass },
        { title: 'slots', isNumber: true, cell: (r) => count(r.slots), sortBy: (r) => r.slots },
        { title: 'bytes', isNumber: true, cell: (r) => count(r.bytes), sortBy: (r) => r.bytes },
        { title: 'share', isNumber: true, cell: (r) => percent(r.bytes, total) },
      ]}
    />
  );
}

export const treemapView: View = {
  id: 'treemap',
  title: 'Types',
  place: 'main',
  Component: Treemap,
};
