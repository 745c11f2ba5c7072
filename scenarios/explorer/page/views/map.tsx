/** The heap as it lies, at four zooms of one canvas. */
import { useRef } from 'preact/hooks';
import { count, hex } from '../../../format.ts';
import { isUsed } from '../../model/span-bits.ts';
import type { SpanState } from '../../model/state.ts';
import { classWords } from '../../model/words.ts';
import { type Explorer, focusOf } from '../explorer.ts';
import { arenaLevel } from '../map/arena-level.ts';
import { MapLegend } from '../map/legend.tsx';
import type { Level, LevelInput } from '../map/level.ts';
import { pagesLevel } from '../map/pages-level.ts';
import { type Coloring, colorings } from '../map/paint.ts';
import { spanLevel } from '../map/span-level.ts';
import { MapTable } from '../map/tables.tsx';
import { wordsLevel } from '../map/words-level.ts';
import { CanvasFigure } from '../parts/canvas-figure.tsx';
import type { View } from '../view.ts';

const zooms = [
  { name: 'Arenas', level: arenaLevel },
  { name: 'Pages', level: pagesLevel },
  { name: 'Slots', level: spanLevel },
  { name: 'Words', level: wordsLevel },
] as const;

/** Where the map looks: the selection, else what the step is about, else the first span that it changed, or that there is. */
export function mapFocus(explorer: Explorer): number {
  const { now, selected } = explorer;
  if (selected.value !== undefined) return selected.value;
  const { row, changes, store } = now.value;
  const own = focusOf(explorer, row);
  if (own !== undefined && store.spanAt(own) !== null) return own;
  const changed = changes.find(({ after }) => after?.type === 0)?.after;
  return changed?.base ?? store.firstHeapSpan()?.base ?? store.state.arenas[0] ?? 0;
}

function HeapMap({ explorer }: { explorer: Explorer }) {
  const level = useRef<Level | undefined>(undefined);
  const { zoom, coloring, selected, lit } = explorer;
  const now = explorer.now.value;
  const focus = mapFocus(explorer);
  const at = zoom.value;
  const goTo = (next: number): void => {
    zoom.value = Math.max(0, Math.min(zooms.length - 1, next));
  };
  const draw = (
    context: CanvasRenderingContext2D,
    size: { width: number; height: number },
    theme: LevelInput['theme'],
  ): void => {
    level.current = zooms[at]!.level({
      explorer,
      now,
      ...size,
      theme,
      coloring: coloring.value,
      focus,
      selected: selected.value,
      lit: lit.value,
    });
    level.current.draw(context);
  };
  const click = (point: { x: number; y: number }): void => {
    const address = level.current?.at(point);
    if (address === undefined) return;
    if (address === selected.peek()) goTo(at + 1);
    explorer.select(address);
    explorer.spoken.value = describe(explorer, address);
  };
  const key = (event: KeyboardEvent): void => {
    const [dx, dy] = moves[event.key] ?? [0, 0];
    if (event.key === '+' || event.key === '=' || event.key === 'Enter') goTo(at + 1);
    else if (event.key === '-') goTo(at - 1);
    else if (dx !== 0 || dy !== 0) {
      const next = level.current?.move(focus, dx, dy) ?? focus;
      explorer.select(next);
      explorer.spoken.value = describe(explorer, next);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const wheel = (event: WheelEvent): void => {
    if (event.ctrlKey) goTo(at + (event.deltaY < 0 ? 1 : -1));
    else if (at !== 1) return;
    else explorer.select(level.current?.move(focus, 0, event.deltaY > 0 ? 1 : -1));
    event.preventDefault();
  };
  return (
    <CanvasFigure
      label={`Heap map, ${zooms[at]!.name.toLowerCase()}: ${describe(explorer, focus)}. Arrows move, plus and minus zoom.`}
      draw={draw}
      onClick={click}
      onKeyDown={key}
      onWheel={wheel}
      table={() => <MapTable explorer={explorer} zoom={at} focus={focus} />}
      controls={
        <>
          <nav class="zooms" aria-label="Zoom">
            {zooms.map(({ name }, i) => (
              <button key={name} type="button" aria-pressed={i === at} onClick={() => goTo(i)}>
                {name}
              </button>
            ))}
          </nav>
          <label class="coloring">
            <span>colour by</span>
            <select
              value={coloring.value}
              onChange={(event) => {
                coloring.value = event.currentTarget.value as Coloring;
              }}
            >
              {Object.entries(colorings).map(([id, name]) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <span class="place mono">{hex(focus)}</span>
        </>
      }
      below={<MapLegend explorer={explorer} zoom={at} />}
    />
  );
}

const moves: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function spanWords(s: SpanState): string {
  if (s.type === 0) return `${classWords(s)}, ${count(s.allocCount)} of ${count(s.nelems)} used`;
  return ['', 'stacks', 'pointer bits', 'mark buffers'][s.type] ?? '';
}

/** What lies at an address, in words. */
function describe(explorer: Explorer, address: number): string {
  const { store } = explorer.now.peek();
  const s = store.spanAt(address);
  if (s === null) return `${hex(address)}: no span`;
  if (s.type !== 0) return `${hex(address)}: ${spanWords(s)}`;
  const i = Math.floor((address - s.base) / s.elemsize);
  if (i >= s.nelems) return `${hex(address)}: past the last slot, ${classWords(s)}`;
  const state = isUsed(s, i) ? `used, ${count(s.requested[i]!)} B asked for` : 'free';
  return `${hex(address)}: slot ${i} of ${s.nelems}, ${classWords(s)}, ${state}`;
}

export const mapView: View = { id: 'map', title: 'Heap map', place: 'main', Component: HeapMap };
