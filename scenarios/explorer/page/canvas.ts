/** Canvases: sharp on every screen, and in the colours of the page's scheme. */
import { type ReadonlySignal, signal } from '@preact/signals';

/** Okabe and Ito's colours, which all eyes tell apart. */
const okabeIto = {
  orange: '#e69f00',
  sky: '#56b4e9',
  green: '#009e73',
  yellow: '#f0e442',
  blue: '#0072b2',
  vermillion: '#d55e00',
  purple: '#cc79a7',
} as const;

const light = {
  dark: '',
  text: '#1b2430',
  muted: '#5b6675',
  ground: '#ffffff',
  line: '#d9dee5',
  grid: '#eef1f4',
  band: '#f6e2c4',
  areaBack: '#cfe3f3',
  areaFront: '#5b9fd0',
  goal: okabeIto.vermillion,
  ring: '#d55e00',
  selected: '#1b2430',
};

export type Theme = { readonly [K in keyof typeof light]: string };

const dark: Theme = {
  dark: 'yes',
  text: '#e8ecf1',
  muted: '#9aa6b5',
  ground: '#171c23',
  line: '#333c48',
  grid: '#222933',
  band: '#4a3a1d',
  areaBack: '#23435c',
  areaFront: '#4f93c4',
  goal: '#ff9a55',
  ring: '#ff9a55',
  selected: '#ffffff',
};

const forced: Theme = {
  dark: '',
  text: 'CanvasText',
  muted: 'GrayText',
  ground: 'Canvas',
  line: 'CanvasText',
  grid: 'GrayText',
  band: 'GrayText',
  areaBack: 'GrayText',
  areaFront: 'Highlight',
  goal: 'LinkText',
  ring: 'Highlight',
  selected: 'CanvasText',
};

const isDark = matchMedia('(prefers-color-scheme: dark)');
const isForced = matchMedia('(forced-colors: active)');
const current = (): Theme => (isForced.matches ? forced : isDark.matches ? dark : light);
const theme = signal<Theme>(current());
for (const query of [isDark, isForced]) {
  query.addEventListener('change', () => {
    theme.value = current();
  });
}

/** The colours to draw with; a view that reads `.value` draws again when the scheme changes. */
export function useTheme(): ReadonlySignal<Theme> {
  return theme;
}

/** Makes the canvas `width` by `height` CSS pixels, sharp on this screen, and gives its context, cleared. */
export function fitCanvas(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
): CanvasRenderingContext2D {
  const ratio = globalThis.devicePixelRatio || 1;
  const [w, h] = [Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio))];
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  const context = canvas.getContext('2d')!;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}
