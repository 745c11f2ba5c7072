/** The heap's bytes over all steps, stacked, by uPlot: its cursor is the step. */
import { useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { count, roundedBytes } from '../../../format.ts';
import type { Figures } from '../../../timeline/timeline.ts';
import { type Theme, useTheme } from '../canvas.ts';
import type { Explorer } from '../explorer.ts';
import { type Fill, fillStyle } from '../map/paint.ts';
import { DataTable } from './data-table.tsx';
import { collectionBands } from './transport.tsx';

interface Layer {
  readonly name: string;
  readonly what: string;
  readonly of: (f: Figures) => number;
  readonly fill: (theme: Theme) => Fill;
}

const byScheme =
  (light: string, dark: string, pattern: Fill['pattern']) =>
  (theme: Theme): Fill => ({ color: theme.dark === '' ? light : dark, pattern });

/** From the ground up: each lies on the one before, and all together are HeapSys. */
const layers: readonly Layer[] = [
  {
    name: 'HeapAlloc',
    what: 'objects',
    of: (f) => f.heapAlloc,
    fill: byScheme('#3d8fc8', '#4f9fd6', 'solid'),
  },
  {
    name: 'HeapInuse',
    what: 'and the rest of their spans',
    of: (f) => f.heapInuse,
    fill: byScheme('#3d8fc8', '#4f9fd6', 'columns'),
  },
  {
    name: 'HeapIdle',
    what: 'pages without a span',
    of: (f) => f.heapInuse + f.heapIdle - f.heapReleased,
    fill: byScheme('#98a3b0', '#6f7b8a', 'hatch'),
  },
  {
    name: 'HeapReleased',
    what: 'of them, given back',
    of: (f) => f.heapInuse + f.heapIdle,
    fill: byScheme('#b9c2cc', '#566170', 'dots'),
  },
];

const figureOf: Readonly<Record<string, (f: Figures) => number>> = {
  HeapAlloc: (f) => f.heapAlloc,
  HeapInuse: (f) => f.heapInuse,
  HeapIdle: (f) => f.heapIdle,
  HeapReleased: (f) => f.heapReleased,
};

/** Points of the picture; of more steps the fullest of so many each. */
const maxPoints = 2000;

function pointsOf({ timeline }: Explorer): number[] {
  const n = timeline.length;
  const each = Math.ceil(n / maxPoints);
  const points: number[] = [];
  const { heapAlloc } = timeline.quick;
  for (let from = 0; from < n; from += each) {
    let best = from;
    const to = Math.min(n, from + each);
    for (let i = from + 1; i < to; i++) if (heapAlloc.at(i) > heapAlloc.at(best)) best = i;
    points.push(best);
  }
  if (points.at(-1) !== n - 1) points.push(n - 1);
  return points;
}

const offAbove = 2 ** 53;

export function MemoryPlot({ explorer }: { explorer: Explorer }) {
  const asTable = useSignal(false);
  const withFree = useSignal(true);
  const points = useMemo(() => pointsOf(explorer), [explorer]);
  const { figures, step } = explorer.now.value;
  const goal = figures.nextGC > offAbove ? 'off' : roundedBytes(figures.nextGC);
  const next = explorer.info.kind === 'log' ? '' : `, next collection at ${goal}`;
  const label =
    `The heap's bytes over ${count(explorer.last)} steps. At step ${count(step)}: ` +
    layers.map(({ name }) => `${name} ${roundedBytes(figureOf[name]!(figures))}`).join(', ') +
    `${next}. Arrows move the step.`;
  return (
    <figure class="memory-plot" data-free={withFree.value ? '' : undefined}>
      <div class="controls">
        <ul class="legend" aria-label="Legend">
          {layers.map(({ name, what }, i) => (
            <li key={name} title={what}>
              <span class={`swatch plot-layer-${i}`} />
              {name} <b>{roundedBytes(figureOf[name]!(figures))}</b>
            </li>
          ))}
          <li title="heapLive at which the next collection starts to be due">
            <span class="swatch plot-goal" />
            NextGC <b>{goal}</b>
          </li>
          <li>
            <span class="swatch plot-band" />
            collection
          </li>
        </ul>
        <label class="check">
          <input
            type="checkbox"
            checked={withFree.value}
            onChange={(event) => {
              withFree.value = event.currentTarget.checked;
            }}
          />
          free pages and goal
        </label>
        <button
          type="button"
          class="twin"
          aria-pressed={asTable.value}
          onClick={() => {
            asTable.value = !asTable.value;
          }}
        >
          {asTable.value ? 'Show as picture' : 'Show as table'}
        </button>
      </div>
      {asTable.value ? (
        <PlotTable explorer={explorer} points={points} />
      ) : (
        <Plot explorer={explorer} points={points} label={label} withFree={withFree.value} />
      )}
    </figure>
  );
}

interface PlotProps {
  readonly explorer: Explorer;
  readonly points: readonly number[];
}

function PlotTable({ explorer, points }: PlotProps) {
  const at = (i: number): Figures => explorer.timeline.figures(i);
  const bytes = (title: string, of: (f: Figures) => number) => ({
    title,
    isNumber: true,
    cell: (i: number) => (of(at(i)) > offAbove ? 'off' : count(of(at(i)))),
    sortBy: (i: number) => of(at(i)),
  });
  return (
    <div class="canvas-table plot-table">
      <DataTable
        id="plot"
        caption="The heap's bytes by step"
        rows={points}
        keyOf={(i) => i}
        onSelect={(i) => explorer.go(i)}
        isSelected={(i) => i === explorer.step.value}
        columns={[
          { title: 'step', cell: (i) => count(i), isNumber: true, sortBy: (i) => i },
          ...layers.map(({ name }) => bytes(name, figureOf[name]!)),
          bytes('NextGC', (f) => f.nextGC),
          bytes('NumGC', (f) => f.numGC),
        ]}
      />
    </div>
  );
}

function Plot({
  explorer,
  points,
  label,
  withFree,
}: PlotProps & { label: string; withFree: boolean }) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const theme = useTheme().value;
  const placeCursor = (): void => {
    const step = explorer.step.value;
    const u = plot.current;
    const line = u?.over.querySelector<HTMLElement>('.plot-cursor');
    if (u === undefined || !line) return;
    line.style.transform = `translateX(${u.valToPos(step, 'x')}px)`;
  };
  useEffect(() => {
    const element = box.current!;
    const u = new uPlot(
      options(explorer, theme, withFree, element),
      dataOf(explorer, points, withFree),
      element,
    );
    plot.current = u;
    const line = document.createElement('div');
    line.className = 'plot-cursor';
    u.over.append(line);
    placeCursor();
    const observer = new ResizeObserver(() => {
      u.setSize({ width: element.clientWidth, height: element.clientHeight });
      placeCursor();
    });
    observer.observe(element);
    const follow = (event: PointerEvent): void => {
      if (event.buttons !== 1) return;
      explorer.go(u.posToVal(event.clientX - u.over.getBoundingClientRect().left, 'x'));
    };
    u.over.addEventListener('pointerdown', follow);
    u.over.addEventListener('pointermove', follow);
    return () => {
      observer.disconnect();
      plot.current = undefined;
      u.destroy();
    };
  }, [explorer, points, theme, withFree]);
  useSignalEffect(placeCursor);
  return <div class="plot-box" ref={box} role="img" aria-label={label} />;
}

function dataOf({ timeline }: Explorer, points: readonly number[], withFree: boolean) {
  const all = points.map((i) => timeline.figures(i));
  const shown = withFree ? layers : layers.slice(0, 2);
  const goals = all.map((f) => (withFree && f.nextGC < offAbove ? f.nextGC : null));
  return [[...points], ...shown.map(({ of }) => all.map(of)), goals] as uPlot.AlignedData;
}

function options(
  explorer: Explorer,
  theme: Theme,
  withFree: boolean,
  box: HTMLElement,
): uPlot.Options {
  const shown = withFree ? layers : layers.slice(0, 2);
  const bands = collectionBands(explorer);
  const stepped = uPlot.paths.stepped!({ align: 1 });
  const axis = { stroke: theme.muted, font: '11px system-ui, sans-serif', ticks: { show: false } };
  return {
    width: box.clientWidth,
    height: box.clientHeight,
    padding: [8, 12, 0, 0],
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, points: { show: false }, y: false },
    scales: { x: { time: false }, y: { range: (_u, _min, max) => [0, max * 1.06] } },
    axes: [
      {
        ...axis,
        size: 26,
        grid: { show: false },
        values: (_u, splits) => splits.map((v) => (Number.isInteger(v) ? count(v) : '')),
      },
      {
        ...axis,
        size: 66,
        grid: { stroke: theme.grid, width: 1 },
        incrs: Array.from({ length: 40 }, (_, i) => 2 ** i),
        values: (_u, splits) => splits.map((v) => (v === 0 ? '0' : roundedBytes(v))),
      },
    ],
    series: [
      {},
      ...shown.map((layer, i) => ({
        label: layer.name,
        paths: stepped,
        width: i === 0 ? 1 : 0.75,
        stroke: layer.fill(theme).color,
        points: { show: false },
        ...(i === 0 && { fill: layer.fill(theme).color }),
      })),
      {
        label: 'NextGC',
        paths: stepped,
        width: 1.5,
        dash: [6, 4],
        stroke: theme.goal,
        points: { show: false },
      },
    ],
    bands: shown.slice(1).map((layer, i) => ({
      series: [i + 2, i + 1],
      fill: (u) => fillStyle(u.ctx, layer.fill(theme)) as string,
    })),
    hooks: { drawClear: [(u) => drawBands(u, bands, theme)] },
  };
}

function drawBands(u: uPlot, bands: readonly [number, number][], theme: Theme): void {
  const { top, height } = u.bbox;
  u.ctx.fillStyle = theme.band;
  for (const [from, to] of bands) {
    const x = u.valToPos(from, 'x', true);
    u.ctx.fillRect(x, top, Math.max(2, u.valToPos(to, 'x', true) - x), height);
  }
}
