/** A canvas with its name, and a button that shows the same as a table. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { fitCanvas, type Theme, useTheme } from '../canvas.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

interface CanvasFigureProps {
  /** What the picture shows, for those who do not see it. */
  readonly label: string;
  /** Draws it. Called when it is rendered again, resized, or the scheme changes. */
  readonly draw: (
    context: CanvasRenderingContext2D,
    size: { readonly width: number; readonly height: number },
    theme: Theme,
  ) => void;
  /** The twin: the same as rows. Made only while it is shown. */
  readonly table: () => ComponentChildren;
  /** Above the canvas: choices of what it shows. */
  readonly controls?: ComponentChildren;
  /** Below it: its legend. */
  readonly below?: ComponentChildren;
  readonly onClick?: (at: Point) => void;
  readonly onHover?: (at: Point | undefined) => void;
  readonly onWheel?: (event: WheelEvent, at: Point) => void;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
}

export function CanvasFigure(props: CanvasFigureProps) {
  const { label, draw, table, controls } = props;
  const asTable = useSignal(false);
  const size = useSignal({ width: 0, height: 0 });
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme().value;
  const { width, height } = size.value;
  useLayoutEffect(() => {
    if (box.current === null) return;
    const observer = new ResizeObserver(([entry]) => {
      const { width: w, height: h } = entry!.contentRect;
      size.value = { width: Math.floor(w), height: Math.floor(h) };
    });
    observer.observe(box.current);
    return () => observer.disconnect();
  }, [size, asTable.value]);
  // Before the page is painted: what is drawn belongs to what the page says beside it.
  useLayoutEffect(() => {
    if (canvas.current === null || width === 0 || height === 0) return;
    draw(fitCanvas(canvas.current, width, height), { width, height }, theme);
  });
  const at = (event: MouseEvent): Point => ({ x: event.offsetX, y: event.offsetY });
  return (
    <figure class="canvas-figure">
      <div class="controls">
        {controls}
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
        <div class="canvas-table">{table()}</div>
      ) : (
        <div class="canvas-box" ref={box}>
          <canvas
            ref={canvas}
            role="application"
            aria-label={label}
            tabIndex={0}
            data-own-keys={props.onKeyDown && ''}
            onKeyDown={props.onKeyDown}
            onClick={(event) => props.onClick?.(at(event))}
            onMouseMove={(event) => props.onHover?.(at(event))}
            onMouseLeave={() => props.onHover?.(undefined)}
            onWheel={(event) => props.onWheel?.(event, at(event))}
          />
        </div>
      )}
      {props.below}
    </figure>
  );
}
