/** One zoom of the map: how it lies on the canvas. */
import type { Theme } from '../canvas.ts';
import type { Explorer, Now } from '../explorer.ts';
import type { Point } from '../parts/canvas-figure.tsx';
import type { Coloring } from './paint.ts';

export interface LevelInput {
  readonly explorer: Explorer;
  readonly now: Now;
  readonly width: number;
  readonly height: number;
  readonly theme: Theme;
  readonly coloring: Coloring;
  /** The address that the zoom is at. */
  readonly focus: number;
  readonly selected: number | undefined;
  readonly lit: readonly number[];
}

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface Level {
  draw(context: CanvasRenderingContext2D): void;
  /** The address that a point shows. */
  at(point: Point): number | undefined;
  /** The address of the cell that many cells further right and down. */
  move(address: number, dx: number, dy: number): number;
}

/** A frame around a cell. */
export function ring(
  context: CanvasRenderingContext2D,
  { x, y, w, h }: Rect,
  color: string,
  width: number,
  dash: readonly number[] = [],
): void {
  context.save();
  context.strokeStyle = color;
  context.lineWidth = width;
  context.setLineDash([...dash]);
  context.strokeRect(x + width / 2 - 1, y + width / 2 - 1, w - width + 2, h - width + 2);
  context.restore();
}

export const labelFont = '11px ui-monospace, "DejaVu Sans Mono", Consolas, monospace';
/** Room left of the cells for addresses. */
export const gutter = 104;
