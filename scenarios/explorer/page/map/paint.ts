/** Colours and patterns of the map. What is told by a colour is told by a pattern or a number as well. */
import {
  pageCached,
  pageCachedReleased,
  pageFree,
  pageHeap,
  pageManual,
  pageReleased,
  pageStack,
  type SpanState,
} from '../../model/state.ts';
import type { Theme } from '../canvas.ts';
import type { Explorer } from '../explorer.ts';

/** By what the map is coloured. */
export const colorings = {
  state: 'state',
  class: 'size class',
  scan: 'scan / noscan',
  age: 'age',
  mark: 'mark',
  goroutine: 'goroutine',
} as const;

export type Coloring = keyof typeof colorings;

/** How a cell is filled. */
export type Pattern = 'solid' | 'hatch' | 'dots' | 'cross' | 'rows' | 'columns' | 'empty';

export interface Fill {
  readonly color: string;
  readonly pattern: Pattern;
}

interface Kind {
  readonly name: string;
  readonly pattern: Pattern;
  readonly light: string;
  readonly dark: string;
}

/** What a page can be; the patterns are drawn at every zoom. */
export const pageKinds: readonly Kind[] = [
  { name: 'heap objects', pattern: 'solid', light: '#3d8fc8', dark: '#4f9fd6' },
  { name: 'stacks', pattern: 'rows', light: '#009e73', dark: '#2bb88c' },
  { name: "the runtime's own", pattern: 'columns', light: '#b0608c', dark: '#cc79a7' },
  { name: "free, in a P's page cache", pattern: 'cross', light: '#c98a00', dark: '#e6b13c' },
  { name: 'free', pattern: 'hatch', light: '#98a3b0', dark: '#6f7b8a' },
  { name: 'free, given back', pattern: 'dots', light: '#b9c2cc', dark: '#566170' },
];

const kindOfState: Readonly<Record<number, number>> = {
  [pageHeap]: 0,
  [pageStack]: 1,
  [pageManual]: 2,
  [pageCached]: 3,
  [pageFree]: 4,
  [pageReleased]: 5,
  [pageCachedReleased]: 5,
};

const none: Fill = { color: '#8883', pattern: 'empty' };

export function stateFill(state: number, theme: Theme): Fill {
  const kind = pageKinds[kindOfState[state] ?? -1];
  if (kind === undefined) return none;
  return { color: theme.dark === '' ? kind.light : kind.dark, pattern: kind.pattern };
}

/** Colours that stay in order for every eye, dark to light. */
const scale = [
  '#3b1c5a',
  '#46327e',
  '#365c8d',
  '#277f8e',
  '#1fa187',
  '#4ac16d',
  '#a0da39',
  '#f0e442',
];

function scaled(share: number): string {
  return scale[Math.max(0, Math.min(scale.length - 1, Math.floor(share * scale.length)))]!;
}

const goroutineColors = [
  '#0072b2',
  '#e69f00',
  '#009e73',
  '#cc79a7',
  '#d55e00',
  '#56b4e9',
  '#8a8f00',
];

export const used = { light: '#3d8fc8', dark: '#4f9fd6' } as const;

/** The colour of a used slot. */
export function slotColor(
  explorer: Explorer,
  coloring: Coloring,
  s: SpanState,
  index: number,
  theme: Theme,
): string {
  const plain = theme.dark === '' ? used.light : used.dark;
  switch (coloring) {
    case 'state':
      return plain;
    case 'class':
      return s.spanclass >> 1 === 0 ? '#d55e00' : scaled((s.spanclass >> 1) / 68);
    case 'scan':
      return (s.spanclass & 1) === 0 ? '#0072b2' : '#e69f00';
    case 'mark':
      return isMarked(s, index) ? (theme.dark === '' ? '#1b2430' : '#f5f5f5') : '#a9b4c0';
    case 'age': {
      const event = s.slotEvent[index]!;
      if (event === 0) return scale[0]!;
      const step = explorer.model.stepOf(event - 1);
      const age = explorer.step.peek() - step;
      return scaled(1 - Math.log2(age + 1) / Math.log2(explorer.last + 2));
    }
    case 'goroutine': {
      const event = s.slotEvent[index]!;
      const step = event === 0 ? 0 : explorer.model.stepOf(event - 1);
      const goroutine = explorer.timeline.steps.goroutine.at(step);
      return goroutine === 0 ? '#a9b4c0' : goroutineColors[goroutine % goroutineColors.length]!;
    }
    default:
      return coloring satisfies never;
  }
}

export function isMarked(s: SpanState, index: number): boolean {
  return (s.gcmarkBits[index >>> 3]! & (1 << (index & 7))) !== 0;
}

/** Colorings that tell the slots of a span apart. */
const bySlot: ReadonlySet<Coloring> = new Set(['age', 'mark', 'goroutine']);

/** The colour of a page of a span: of its slot that was allocated last. */
export function spanColor(
  explorer: Explorer,
  coloring: Coloring,
  s: SpanState,
  theme: Theme,
): string {
  return slotColor(explorer, coloring, s, bySlot.has(coloring) ? newestSlot(s) : 0, theme);
}

function newestSlot(s: SpanState): number {
  let newest = 0;
  for (let i = 1; i < s.nelems; i++) if (s.slotEvent[i]! > s.slotEvent[newest]!) newest = i;
  return newest;
}

const tiles = new Map<string, CanvasPattern>();

/** A pattern to fill with. */
export function fillStyle(
  context: CanvasRenderingContext2D,
  { color, pattern }: Fill,
): string | CanvasPattern {
  if (pattern === 'solid') return color;
  if (pattern === 'empty') return 'transparent';
  const key = `${color} ${pattern}`;
  let tile = tiles.get(key);
  if (tile === undefined) {
    const canvas = document.createElement('canvas');
    canvas.width = 6;
    canvas.height = 6;
    const c = canvas.getContext('2d')!;
    c.fillStyle = color;
    c.globalAlpha = 0.28;
    c.fillRect(0, 0, 6, 6);
    c.globalAlpha = 1;
    for (let y = 0; y < 6; y++) {
      for (let x = 0; x < 6; x++) if (isInk(pattern, x, y, 6)) c.fillRect(x, y, 1, 1);
    }
    tile = context.createPattern(canvas, 'repeat')!;
    tiles.set(key, tile);
  }
  return tile;
}

/** Whether a pixel of a tile is drawn in full colour. */
export function isInk(pattern: Pattern, x: number, y: number, size: number): boolean {
  switch (pattern) {
    case 'solid':
      return true;
    case 'hatch':
      return (x + y) % size === 0 || (x + y) % size === Math.floor(size / 2);
    case 'dots':
      return x === Math.floor(size / 2) && y === Math.floor(size / 2);
    case 'cross':
      return (x + y) % 2 === 0;
    case 'rows':
      return y % 2 === 0;
    case 'columns':
      return x % 2 === 0;
    default:
      return false;
  }
}

/** `#3d8fc8` as 0xAABBGGRR, as an ImageData of a little-endian machine has it. */
export function pixel(color: string, alpha = 255): number {
  const n = Number.parseInt(color.slice(1, 7), 16);
  return ((alpha << 24) | ((n & 0xff) << 16) | (n & 0xff00) | (n >>> 16)) >>> 0;
}

/** What is free, at the zooms that show slots. */
export function freeFill(theme: Theme): Fill {
  return { color: theme.dark === '' ? '#aeb8c4' : '#465361', pattern: 'hatch' };
}
