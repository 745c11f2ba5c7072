/** allocBits, the window of allocCache and gcmarkBits of a span, slot under slot, 32 a row. */
import { bitAt, isUsed, runsWhere } from '../../model/span-bits.ts';
import type { SpanState } from '../../model/state.ts';
import type { Theme } from '../canvas.ts';
import type { Explorer } from '../explorer.ts';
import { CanvasFigure } from './canvas-figure.tsx';
import { DataTable } from './data-table.tsx';

const perBand = 32;
const lane = 11;
const bandHeight = 4 * lane + 18;
const left = 68;

/** The lanes of a band, from the top. */
const lanes = [
  { name: 'slots', on: isUsed },
  { name: 'allocBits', on: (s: SpanState, i: number) => bitAt(s.allocBits, i) },
  { name: 'allocCache', on: cacheBit },
  { name: 'markBits', on: (s: SpanState, i: number) => bitAt(s.gcmarkBits, i) },
] as const;

/** The bit of allocCache that stands for a slot; false outside of its window. */
function cacheBit(s: SpanState, i: number): boolean {
  const at = i - s.freeindex;
  if (at < 0 || i > (s.freeindex | 63)) return false;
  return (((at < 32 ? s.allocCacheLo : s.allocCacheHi) >>> (at & 31)) & 1) === 1;
}

interface SpanBitsProps {
  readonly explorer: Explorer;
  readonly span: SpanState;
  readonly slot: number;
}

export function SpanBits({ explorer, span: s, slot }: SpanBitsProps) {
  if (s.spanclass >> 1 === 0) return null;
  const bands = Math.ceil(s.nelems / perBand);
  const shown = Math.min(bands, 6);
  // The band of freeindex, else that of the slot, is the second one from the top.
  const centre = Math.floor(slot / perBand);
  const first = Math.max(0, Math.min(bands - shown, centre - 1));
  const draw = (
    context: CanvasRenderingContext2D,
    { width }: { width: number },
    theme: Theme,
  ): void => {
    const cell = Math.floor((width - left) / perBand);
    context.font = '10px ui-monospace, "DejaVu Sans Mono", Consolas, monospace';
    context.textBaseline = 'middle';
    for (let band = 0; band < shown; band++) {
      const y = band * bandHeight + 12;
      const from = (first + band) * perBand;
      context.fillStyle = theme.text;
      context.textAlign = 'right';
      context.fillText(`${from}`, left - 4, y - 6);
      const cells = Math.min(perBand, s.nelems - from);
      for (const [row, { name, on }] of lanes.entries()) {
        const top = y + row * lane;
        context.fillStyle = theme.muted;
        context.fillText(name, left - 4, top + lane / 2);
        context.fillStyle = [theme.areaFront, theme.text, theme.ring, theme.text][row]!;
        const fill = (k: number, end: number): void =>
          context.fillRect(left + k * cell, top, (end - k) * cell, lane);
        runsWhere({ from: 0, to: cells }, (i) => on(s, from + i), fill);
      }
      drawLattice(context, { y, cell, cells }, theme);
      const caret = s.freeindex - from;
      if (caret >= 0 && caret < perBand && s.freeindex < s.nelems) {
        const x = left + caret * cell + cell / 2;
        context.fillStyle = theme.ring;
        context.beginPath();
        context.moveTo(x, y - 1);
        context.lineTo(x - 4, y - 8);
        context.lineTo(x + 4, y - 8);
        context.fill();
      }
      const at = slot - from;
      if (at >= 0 && at < perBand) {
        context.strokeStyle = theme.selected;
        context.lineWidth = 1.5;
        context.strokeRect(left + at * cell, y - 0.5, cell, 4 * lane + 2);
      }
    }
  };
  const onClick = ({ x, y }: { x: number; y: number }): void => {
    const box = document.querySelector('.span-bits .canvas-box')!.clientWidth;
    const cell = Math.floor((box - left) / perBand);
    const i = (first + Math.floor(y / bandHeight)) * perBand + Math.floor((x - left) / cell);
    if (x >= left && i < s.nelems) explorer.select(s.base + i * s.elemsize);
  };
  return (
    <div class="span-bits" style={{ height: `${shown * bandHeight + 44}px` }}>
      <CanvasFigure
        label={`Bits of slots ${first * perBand} to ${Math.min(s.nelems, (first + shown) * perBand) - 1}; freeindex ${s.freeindex}`}
        draw={draw}
        onClick={onClick}
        controls={<span class="hint">{`32 slots a row, from ${first * perBand}`}</span>}
        table={() => (
          <DataTable
            id="span-bits"
            caption="Bits by slot"
            rows={Array.from({ length: s.nelems }, (_, i) => i)}
            keyOf={(i) => i}
            onSelect={(i) => explorer.select(s.base + i * s.elemsize)}
            columns={[
              { title: 'slot', cell: (i: number) => i, isNumber: true },
              ...lanes.map(({ name, on }) => ({
                title: name,
                cell: (i: number) => (on(s, i) ? 1 : 0),
              })),
            ]}
          />
        )}
      />
    </div>
  );
}

/** The lines between the bits of a band: a column for each slot, a row for each lane. */
function drawLattice(
  context: CanvasRenderingContext2D,
  { y, cell, cells }: { y: number; cell: number; cells: number },
  theme: Theme,
): void {
  context.fillStyle = theme.line;
  for (let k = 0; k <= cells; k++) context.fillRect(left + k * cell, y, 1, lanes.length * lane);
  for (let row = 0; row <= lanes.length; row++) {
    context.fillRect(left, y + row * lane, cells * cell + 1, 1);
  }
}
