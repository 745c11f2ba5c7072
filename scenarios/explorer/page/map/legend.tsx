/** What colours and patterns mean, at the zoom and by the colouring that are shown. */
import { useEffect, useRef } from 'preact/hooks';
import { fitCanvas, useTheme } from '../canvas.ts';
import type { Explorer } from '../explorer.ts';
import { type Coloring, type Fill, fillStyle, freeFill, pageKinds, used } from './paint.ts';

interface Entry {
  readonly name: string;
  readonly fill: Fill;
}

const ends: Readonly<Record<Exclude<Coloring, 'state'>, readonly Entry[]>> = {
  class: [
    { name: 'class 1', fill: { color: '#3b1c5a', pattern: 'solid' } },
    { name: 'class 34', fill: { color: '#1fa187', pattern: 'solid' } },
    { name: 'class 67', fill: { color: '#f0e442', pattern: 'solid' } },
    { name: 'large', fill: { color: '#d55e00', pattern: 'solid' } },
  ],
  scan: [
    { name: 'scan: may hold pointers', fill: { color: '#0072b2', pattern: 'solid' } },
    { name: 'noscan', fill: { color: '#e69f00', pattern: 'solid' } },
  ],
  age: [
    { name: 'old', fill: { color: '#3b1c5a', pattern: 'solid' } },
    { name: 'just made', fill: { color: '#f0e442', pattern: 'solid' } },
  ],
  mark: [{ name: 'not marked', fill: { color: '#a9b4c0', pattern: 'solid' } }],
  goroutine: [
    { name: 'runtime', fill: { color: '#a9b4c0', pattern: 'solid' } },
    { name: 'a colour for each goroutine', fill: { color: '#e69f00', pattern: 'solid' } },
  ],
};

export function MapLegend({ explorer, zoom }: { explorer: Explorer; zoom: number }) {
  const theme = useTheme().value;
  const isDark = theme.dark !== '';
  const coloring = explorer.coloring.value;
  const reserved = isDark ? '#222933' : '#e6eaef';
  const plain = isDark ? used.dark : used.light;
  const entries: Entry[] = [];
  if (coloring !== 'state') entries.push(...ends[coloring]);
  if (coloring === 'mark') {
    entries.unshift({
      name: 'marked',
      fill: { color: isDark ? '#f5f5f5' : '#1b2430', pattern: 'solid' },
    });
  }
  if (zoom < 2) {
    const told = explorer.info.kind === 'dump' ? pageKinds.slice(0, 1) : pageKinds;
    const kinds = coloring === 'state' ? told : told.slice(1);
    for (const { name, pattern, light, dark } of kinds) {
      entries.push({ name, fill: { color: isDark ? dark : light, pattern } });
    }
    if (zoom === 0) entries.push({ name: 'reserved', fill: { color: reserved, pattern: 'solid' } });
  } else {
    const isDump = explorer.info.kind === 'dump';
    if (coloring === 'state')
      entries.push({
        name: isDump ? 'object' : 'asked for',
        fill: { color: plain, pattern: 'solid' },
      });
    if (!isDump)
      entries.push({ name: 'lost to rounding', fill: { color: `${plain}50`, pattern: 'solid' } });
    entries.push({ name: 'free', fill: freeFill(theme) });
    if (zoom === 2) {
      entries.push({
        name: 'pointer bits',
        fill: { color: isDark ? '#cc79a7' : '#b0608c', pattern: 'columns' },
      });
      entries.push({ name: 'tail', fill: { color: theme.goal, pattern: 'cross' } });
    }
    entries.push({ name: 'header', fill: { color: theme.text, pattern: 'solid' } });
  }
  return (
    <ul class="legend" aria-label="Legend">
      {entries.map(({ name, fill }) => (
        <li key={name}>
          <Swatch fill={fill} />
          {name}
        </li>
      ))}
      {explorer.last > 0 && (
        <li>
          <span class="ring touched" />
          changed by this step
        </li>
      )}
      <li>
        <span class="ring selected" />
        selected
      </li>
      {zoom === 2 && explorer.info.kind !== 'dump' && (
        <li>
          <span class="caret">▼</span>
          freeindex, and the 64 slots of allocCache
        </li>
      )}
    </ul>
  );
}

function Swatch({ fill }: { fill: Fill }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { color, pattern } = fill;
  useEffect(() => {
    const context = fitCanvas(canvas.current!, 18, 12);
    context.fillStyle = fillStyle(context, { color, pattern });
    context.fillRect(0, 0, 18, 12);
  }, [color, pattern]);
  return <canvas ref={canvas} class="swatch" />;
}
