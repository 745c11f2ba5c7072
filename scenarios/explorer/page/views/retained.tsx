/** Who keeps what alive: each object as wide as what would die with it, what it alone holds below it. */
import { useSignal } from '@preact/signals';
import {
  type HierarchyNode,
  type HierarchyRectangularNode,
  hierarchy,
  partition,
  treemap,
} from 'd3-hierarchy';
import { useRef } from 'preact/hooks';
import { count, counted, hex, percent } from '../../../format.ts';
import type { HolderNode, HoldersAnswer } from '../../contents/questions.ts';
import type { Theme } from '../canvas.ts';
import type { Explorer } from '../explorer.ts';
import { CanvasFigure, type Point } from '../parts/canvas-figure.tsx';
import { DataTable } from '../parts/data-table.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { useAnswer } from '../use-answer.ts';
import type { View } from '../view.ts';

interface Part {
  readonly node: HolderNode | undefined;
  readonly children: readonly Part[];
}

type Tile = HierarchyRectangularNode<Part>;

const minRow = 34;
const maxRow = 56;
/** Narrower ones are not drawn. */
const minWidth = 1;

function nameOf({ type, address, size, count: n }: HolderNode): string {
  if (n > 1) return counted(n, 'smaller object');
  return type ?? `${hex(address)}, ${count(size)} B`;
}

function sentence(node: HolderNode | undefined, whole: number): string {
  if (node === undefined) return '';
  const share = percent(node.retained, whole);
  if (node.count > 1) {
    return `${counted(node.count, 'smaller object')}: ${count(node.retained)} B with all that they hold, ${share}`;
  }
  const held = node.retained - node.size;
  const own = held === 0 ? 'and holds nothing else' : `and alone holds ${count(held)} B more`;
  return `${hex(node.address)}${node.type === undefined ? '' : ` ${node.type}`}: has ${count(node.size)} B ${own}, ${share}`;
}

function Retained({ explorer }: { explorer: Explorer }) {
  const { step } = explorer.now.value;
  const { missing } = explorer.contents;
  const from = useSignal<number | undefined>(undefined);
  const chosen = useSignal<number>(0);
  const asking = useAnswer(
    explorer,
    'holders',
    step,
    missing === undefined ? { from: from.value } : undefined,
  );
  if (missing !== undefined) return <p class="empty">{missing}</p>;
  const { answer } = asking;
  if (answer === undefined) return <Waiting asking={asking} step={step} isAsked />;
  return (
    <Icicle
      explorer={explorer}
      answer={answer}
      chosen={chosen}
      goInto={(address) => {
        from.value = address;
        chosen.value = 0;
      }}
      waiting={<Waiting asking={asking} step={step} isAsked />}
    />
  );
}

interface IcicleProps {
  readonly explorer: Explorer;
  readonly answer: HoldersAnswer;
  readonly chosen: { value: number };
  readonly goInto: (address: number | undefined) => void;
  readonly waiting: preact.ComponentChildren;
}

function Icicle({ explorer, answer, chosen, goInto, waiting }: IcicleProps) {
  const tiles = useRef<readonly Tile[]>([]);
  const shape = useSignal<Shape | undefined>(undefined);
  const { from, reachable, reachableBytes, objects } = answer;
  const whole = from?.retained ?? reachableBytes;
  const root: Part = { node: undefined, children: answer.tree.map(partOf) };
  const nodes = flat(answer.tree);
  const at = Math.min(chosen.value, Math.max(0, nodes.length - 1));
  const current = nodes[at];
  const choose = (i: number): void => {
    chosen.value = Math.max(0, Math.min(nodes.length - 1, i));
    const node = nodes[chosen.value];
    if (node !== undefined && node.count === 1) explorer.select(node.address);
    explorer.spoken.value = sentence(node, whole);
  };
  const enter = (node: HolderNode | undefined): void => {
    if (node !== undefined && node.count === 1 && node.retained > node.size) goInto(node.address);
  };
  return (
    <CanvasFigure
      label={`What is kept alive, by who alone holds it: ${count(whole)} B. ${sentence(current, whole)}. Arrows move, Enter goes into an object, Backspace goes back to all.`}
      draw={(context, size, theme) => {
        tiles.current = drawTree(context, size, theme, {
          root,
          whole,
          current,
          shape: shape.value,
        });
      }}
      onClick={({ x, y }: Point) => {
        const hit = tiles.current.findLast((t) => x >= t.x0 && x < t.x1 && y >= t.y0 && y < t.y1);
        const node = hit?.data.node;
        if (node === undefined) return;
        if (node === current) enter(node);
        else choose(nodes.indexOf(node));
      }}
      onKeyDown={(event) => {
        const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
        if (by !== undefined) choose(at + by);
        else if (event.key === 'Enter') enter(current);
        else if (event.key === 'Backspace') goInto(undefined);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
      controls={
        <>
          <label class="coloring">
            <span class="sr">drawn as</span>
            <select
              value={shape.value ?? shapeOf(root, whole)}
              onChange={(event) => {
                shape.value = event.currentTarget.value as Shape;
              }}
            >
              <option value="icicle">rows</option>
              <option value="treemap">areas</option>
            </select>
          </label>
          <span class="retained-title">
            {from === undefined
              ? `${counted(reachable, 'reachable object')}, ${count(reachableBytes)} B`
              : `${hex(from.address)} ${from.type ?? ''} retains ${count(from.retained)} B`}
          </span>
          {from !== undefined && (
            <button type="button" onClick={() => goInto(undefined)}>
              Back to all
            </button>
          )}
          {waiting}
        </>
      }
      below={
        <div class="retained-line">
          <p class="treemap-line">{sentence(current, whole)}</p>
          {current?.count === 1 && (
            <>
              <button
                type="button"
                class="link"
                onClick={() => {
                  explorer.select(current.address);
                  explorer.view.value = 'object';
                }}
              >
                Look into it
              </button>
              {current.retained > current.size && current.address !== from?.address && (
                <button type="button" class="link" onClick={() => enter(current)}>
                  Only what it holds
                </button>
              )}
            </>
          )}
        </div>
      }
      table={() => (
        <HolderTable explorer={explorer} objects={objects} reachableBytes={reachableBytes} />
      )}
    />
  );
}

function partOf(node: HolderNode): Part {
  return { node, children: node.children.map(partOf) };
}

/** Each object before those that it holds. */
function flat(nodes: readonly HolderNode[]): HolderNode[] {
  return nodes.flatMap((node) => [node, ...flat(node.children)]);
}

const lightFills = ['#cfe3f3', '#d3ecdf', '#f7e3c0', '#f0d6e4', '#dfe3ea', '#f6d8c8', '#eee9bd'];
const darkFills = ['#1f3f58', '#1d4638', '#51401c', '#4b2f42', '#333c48', '#55321f', '#48441d'];

type Shape = 'icicle' | 'treemap';

interface Drawing {
  readonly root: Part;
  readonly whole: number;
  readonly current: HolderNode | undefined;
  /** Undefined: whichever uses the room better. */
  readonly shape: Shape | undefined;
}

/** Lays the tree out and draws it; gives the rectangles by which a point is found, inner ones last. */
function drawTree(
  context: CanvasRenderingContext2D,
  size: { width: number; height: number },
  theme: Theme,
  drawing: Drawing,
): Tile[] {
  const tree = hierarchy<Part>(drawing.root);
  const shape = drawing.shape ?? shapeOf(drawing.root, drawing.whole);
  const tiles = shape === 'icicle' ? icicle(tree, size, drawing.whole) : nested(tree, size);
  const fills = theme.dark === '' ? lightFills : darkFills;
  const colors = new Map<string, string>();
  for (const tile of tiles) drawTile(context, tile, colorOf(tile, fills, colors), theme);
  const own = tiles.find(({ data }) => data.node === drawing.current);
  if (own !== undefined) {
    context.strokeStyle = theme.selected;
    context.lineWidth = 2;
    const { x0, x1, y0, y1 } = own;
    context.strokeRect(x0 + 1, y0 + 1, Math.max(1, x1 - x0 - 3), Math.max(1, y1 - y0 - 3));
  }
  return tiles;
}

/** Rows where objects hold much through others, areas where nearly all lies side by side. */
function shapeOf({ children }: Part, whole: number): Shape {
  const deeper = children.flatMap((child) => child.children);
  const held = deeper.reduce((sum, { node }) => sum + (node?.retained ?? 0), 0);
  return held > whole / 3 ? 'icicle' : 'treemap';
}

function icicle(
  tree: HierarchyNode<Part>,
  { width, height }: { width: number; height: number },
  whole: number,
): Tile[] {
  // Of what an object retains its own bytes are left over: the children do not fill its width.
  tree.eachBefore((node) => {
    (node as { value?: number }).value = node.data.node?.retained ?? whole;
  });
  const fitting = Math.floor(height / Math.max(1, tree.height));
  const rowHeight = Math.max(minRow, Math.min(maxRow, fitting));
  const rows = Math.min(tree.height + 1, Math.max(2, Math.floor(height / rowHeight) + 1));
  const tiles = partition<Part>()
    .size([width, (tree.height + 1) * rowHeight])(tree)
    .descendants()
    .filter(({ depth, x0, x1 }) => depth > 0 && depth < rows && x1 - x0 >= minWidth);
  for (const tile of tiles) {
    tile.y0 -= rowHeight;
    tile.y1 -= rowHeight;
  }
  return tiles;
}

/** What an object alone holds lies within it. */
function nested(
  tree: HierarchyNode<Part>,
  { width, height }: { width: number; height: number },
): Tile[] {
  tree.sum(({ node, children }) => {
    if (node === undefined) return 0;
    const held = children.reduce((sum, child) => sum + (child.node?.retained ?? 0), 0);
    return node.retained - held;
  });
  return treemap<Part>()
    .size([width, height])
    .paddingTop(({ depth }) => (depth === 0 ? 0 : 32))
    .paddingInner(1)
    .paddingOuter(({ depth }) => (depth === 0 ? 0 : 3))
    .round(true)(tree)
    .descendants()
    .filter(({ depth, x0, x1, y0, y1 }) => depth > 0 && x1 > x0 && y1 > y0);
}

/** One colour a type, the largest first. */
function colorOf(tile: Tile, fills: readonly string[], colors: Map<string, string>): string {
  const { node } = tile.data;
  const key = node?.type ?? `${node?.size}`;
  let color = colors.get(key);
  if (color === undefined) {
    color = fills[colors.size % fills.length]!;
    colors.set(key, color);
  }
  return color;
}

function drawTile(
  context: CanvasRenderingContext2D,
  { data, x0, x1, y0, y1 }: Tile,
  color: string,
  theme: Theme,
): void {
  const node = data.node!;
  const [w, h] = [x1 - x0, y1 - y0];
  context.fillStyle = node.count > 1 ? theme.grid : color;
  context.fillRect(x0, y0, Math.max(1, w - 1), Math.max(1, h - 1));
  context.strokeStyle = theme.ground;
  context.lineWidth = 1;
  context.strokeRect(x0 + 0.5, y0 + 0.5, w - 1, h - 1);
  if (w < 30 || h < 16) return;
  context.save();
  context.beginPath();
  context.rect(x0, y0, w - 4, h - 2);
  context.clip();
  context.textAlign = 'left';
  context.textBaseline = 'top';
  context.fillStyle = theme.text;
  context.font = '11px ui-monospace, monospace';
  context.fillText(nameOf(node), x0 + 5, y0 + 4);
  context.fillStyle = theme.muted;
  if (h > 30) context.fillText(`${count(node.retained)} B`, x0 + 5, y0 + 18);
  context.restore();
}

function HolderTable({
  explorer,
  objects,
  reachableBytes,
}: {
  explorer: Explorer;
  objects: HoldersAnswer['objects'];
  reachableBytes: number;
}) {
  const left = objects.count - objects.rows.length;
  return (
    <>
      <DataTable
        id="retained"
        caption="Objects that roots reach, most retained first"
        rows={objects.rows}
        keyOf={({ address }) => address}
        isSelected={({ address }) => address === explorer.selected.value}
        onSelect={({ address }) => explorer.select(address)}
        columns={[
          { title: 'address', cell: ({ address }) => hex(address), sortBy: (o) => o.address },
          {
            title: 'bytes',
            isNumber: true,
            cell: ({ size }) => count(size),
            sortBy: ({ size }) => size,
          },
          {
            title: 'retains',
            isNumber: true,
            cell: ({ retained }) => count(retained),
            sortBy: ({ retained }) => retained,
          },
          {
            title: 'share',
            isNumber: true,
            cell: ({ retained }) => percent(retained, reachableBytes),
          },
          { title: 'type', cell: ({ type }) => type ?? '', sortBy: ({ type }) => type ?? '' },
        ]}
      />
      {left > 0 && <p class="more">and {count(left)} more</p>}
    </>
  );
}

export const retainedView: View = {
  id: 'retained',
  title: 'Retained',
  place: 'main',
  Component: Retained,
  fits: ({ info }) => info.kind !== 'log',
};
