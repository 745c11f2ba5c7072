/** Time: the cursor over the log, and the whole run as one picture with its collections. */
import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { count, roundedBytes } from '../../../format.ts';
import { fitCanvas, useTheme } from '../canvas.ts';
import type { Explorer } from '../explorer.ts';
import { Icon, type IconName } from './icon.tsx';

/** Steps a second. */
const speeds = [1, 4, 20, 100, 500] as const;

/** Of a dump, which is one step, the figures alone. */
export function Transport({ explorer }: { explorer: Explorer }) {
  return (
    <footer class="transport">
      {explorer.last > 0 ? (
        <Cursor explorer={explorer} />
      ) : (
        <div class="controls">
          <FiguresNow explorer={explorer} />
        </div>
      )}
      <p class="sr" role="status" aria-live="polite">
        {explorer.spoken.value}
      </p>
    </footer>
  );
}

function Cursor({ explorer }: { explorer: Explorer }) {
  const { step, last, playing } = explorer;
  const speed = useSignal<number>(4);
  usePlay(explorer, speed.value);
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const at = step.value;
  const button = (label: string, icon: IconName, to: number) => (
    <button
      type="button"
      class="icon"
      aria-label={label}
      title={label}
      onClick={() => explorer.go(to)}
    >
      <Icon name={icon} />
    </button>
  );
  return (
    <>
      <div class="controls" role="group" aria-label="Steps">
        {button('First step', 'first', 0)}
        {button('Previous step', 'previous', at - 1)}
        <button
          type="button"
          class="icon play"
          disabled={still}
          aria-label={playing.value ? 'Pause' : 'Play'}
          title={still ? 'Your system asks for less motion' : 'Play or pause (space)'}
          onClick={() => {
            playing.value = !playing.value;
          }}
        >
          <Icon name={playing.value ? 'pause' : 'play'} />
        </button>
        {button('Next step', 'next', at + 1)}
        {button('Last step', 'last', last)}
        <label class="step">
          <span>step</span>
          <input
            id="step"
            type="text"
            inputMode="numeric"
            aria-label={`Step, 0 to ${last}`}
            value={String(at)}
            onChange={(event) => {
              const text = event.currentTarget.value.replace(/[, ]/g, '');
              if (/^\d{1,15}$/.test(text)) explorer.go(Number(text));
              event.currentTarget.value = String(explorer.step.peek());
            }}
          />
          <span>of {count(last)}</span>
        </label>
        <label>
          <span class="sr">Speed</span>
          <select
            aria-label="Steps a second when playing"
            value={String(speed.value)}
            onChange={(event) => {
              speed.value = Number(event.currentTarget.value);
            }}
          >
            {speeds.map((n) => (
              <option key={n} value={String(n)}>
                {n}/s
              </option>
            ))}
          </select>
        </label>
        <FiguresNow explorer={explorer} />
      </div>
      <Scrubber explorer={explorer} />
    </>
  );
}

function FiguresNow({ explorer }: { explorer: Explorer }) {
  const { figures } = explorer.now.value;
  const goal = figures.nextGC > 2 ** 53 ? 'off' : roundedBytes(figures.nextGC);
  const shown = [
    ['HeapAlloc', roundedBytes(figures.heapAlloc)],
    ['HeapInuse', roundedBytes(figures.heapInuse)],
    // A log does not tell of goals.
    ...(explorer.info.kind === 'log' ? [] : [['goal', goal] as const]),
    ['GCs', count(figures.numGC)],
  ] as const;
  return (
    <dl class="figures">
      {shown.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function usePlay(explorer: Explorer, speed: number): void {
  const { playing } = explorer;
  const on = playing.value;
  useEffect(() => {
    if (!on) return;
    let frame = 0;
    let shown = performance.now();
    const tick = (time: number): void => {
      const steps = Math.floor(((time - shown) / 1000) * speed);
      if (steps > 0) {
        shown = time;
        explorer.go(explorer.step.peek() + steps);
      }
      if (explorer.step.peek() === explorer.last) playing.value = false;
      else frame = requestAnimationFrame(tick);
    };
    frame = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(frame);
  }, [on, speed, explorer, playing]);
}

/** Steps in which a collection runs: pairs of the first and the last. */
export function collectionBands({ timeline }: Explorer): [number, number][] {
  const bands: [number, number][] = [];
  const { slow } = timeline.steps;
  let from = -1;
  for (let i = 0; i < timeline.length; i++) {
    const row = slow.at(i);
    const began = i > 0 && timeline.slow.numGC.at(row) !== timeline.slow.numGC.at(slow.at(i - 1));
    const marks = timeline.slow.gcphase.at(row) !== 0;
    if (marks && from < 0) from = i;
    if (began) bands.push([from < 0 ? i : from, i]);
    if (!marks) from = -1;
  }
  if (from >= 0) bands.push([from, timeline.length - 1]);
  return bands;
}

/** The run is drawn once; what moves over it is an element, which costs no drawing. */
function Scrubber({ explorer }: { explorer: Explorer }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme().value;
  const size = useSignal({ width: 0, height: 0 });
  const { width, height } = size.value;
  const bands = useMemo(() => collectionBands(explorer), [explorer]);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      const { contentRect } = entry!;
      size.value = { width: Math.round(contentRect.width), height: Math.round(contentRect.height) };
    });
    observer.observe(canvas.current!.parentElement!);
    return () => observer.disconnect();
  }, [size]);
  useEffect(() => {
    if (width === 0) return;
    const context = fitCanvas(canvas.current!, width, height);
    drawRun(explorer, context, { width, height }, theme, bands);
  }, [explorer, width, height, theme, bands]);
  const { last } = explorer;
  const step = explorer.step.value;
  const x = last === 0 ? 0 : Math.round((step / last) * (width - 2));
  return (
    <div class="scrubber">
      <canvas ref={canvas} />
      <i class="cursor" style={{ transform: `translateX(${x}px)` }} />
      <input
        type="range"
        min={0}
        max={last}
        value={step}
        aria-label="Step; shaded where a collection runs"
        aria-valuetext={`step ${step} of ${last}`}
        onInput={(event) => explorer.go(Number(event.currentTarget.value))}
      />
    </div>
  );
}

/** HeapInuse and HeapAlloc by step, the goal as a line, collections as bands. */
function drawRun(
  explorer: Explorer,
  context: CanvasRenderingContext2D,
  { width, height }: { width: number; height: number },
  theme: { readonly [name: string]: string },
  bands: readonly [number, number][],
): void {
  const { timeline, last } = explorer;
  context.clearRect(0, 0, width, height);
  const columns = Math.max(1, Math.min(width, timeline.length));
  const { heapInuse, nextGC } = timeline.slow;
  const inuse = new Float64Array(columns);
  const alloc = new Float64Array(columns);
  const goal = new Float64Array(columns);
  let top = 1;
  for (let x = 0; x < columns; x++) {
    const from = Math.floor((x / columns) * timeline.length);
    const to = Math.max(from + 1, Math.floor(((x + 1) / columns) * timeline.length));
    const stride = Math.max(1, Math.floor((to - from) / 16));
    for (let i = from; i < to; i += stride) {
      const row = timeline.steps.slow.at(i);
      inuse[x] = Math.max(inuse[x]!, heapInuse.at(row));
      alloc[x] = Math.max(alloc[x]!, timeline.quick.heapAlloc.at(i));
      goal[x] = nextGC.at(row);
    }
    top = Math.max(top, inuse[x]!);
  }
  const xOf = (step: number): number => (last === 0 ? 0 : (step / last) * width);
  const wide = width / columns;
  context.fillStyle = theme.band!;
  for (const [from, to] of bands) {
    const x = xOf(from);
    context.fillRect(x, 0, Math.max(2, xOf(to) - x), height);
  }
  const area = (values: Float64Array, color: string): void => {
    context.fillStyle = color;
    for (let x = 0; x < columns; x++) {
      const h = (values[x]! / top) * (height - 6);
      context.fillRect(x * wide, height - h, wide + 0.5, h);
    }
  };
  area(inuse, theme.areaBack!);
  area(alloc, theme.areaFront!);
  context.fillStyle = theme.goal!;
  for (let x = 0; x < columns; x++) {
    const h = (goal[x]! / top) * (height - 6);
    if (h <= height) context.fillRect(x * wide, height - h, wide + 0.5, 1);
  }
}
