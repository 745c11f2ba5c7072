/** A dump from its first byte to its last, coloured by kind of record, and what lies around one record at a larger scale. */
import { useRef } from 'preact/hooks';
import { type FieldIndex, writeBufferBytes } from '../../../../dump/index.ts';
import { count, percent } from '../../../format.ts';
import type { Theme } from '../canvas.ts';
import { CanvasFigure, type Point } from './canvas-figure.tsx';
import { DataTable } from './data-table.tsx';

/** By kind; what is not listed is `other`. */
const kinds: Readonly<Record<string, string>> = {
  object: '#56b4e9',
  type: '#009e73',
  itab: '#e69f00',
  goroutine: '#cc79a7',
  stackFrame: '#0072b2',
  dataSegment: '#d55e00',
  bss: '#b99a00',
  memStats: '#8a6fb3',
};
const other = '#8d99a6';

export const kindColor = (kind: string): string => kinds[kind] ?? other;

/** Bytes that the lower strip shows. */
const lens = 20 * 1024;
const wholeHeight = 22;
const lensTop = 44;
const lensHeight = 26;
const font = '11px ui-monospace, "DejaVu Sans Mono", monospace';

interface StripProps {
  readonly index: FieldIndex;
  readonly record: number;
  readonly choose: (record: number) => void;
}

/** Where the lower strip begins and ends. */
function lensOf(index: FieldIndex, record: number): { from: number; to: number } {
  const { length } = index.bytes;
  const at = index.offsets.at(record);
  const from = Math.max(0, Math.min(length - lens, Math.round(at - lens / 3)));
  return { from, to: Math.min(length, from + lens) };
}

export function DumpStrip({ index, record, choose }: StripProps) {
  const width = useRef(1);
  const { from, to } = lensOf(index, record);
  const offsetAt = ({ x, y }: Point): number => {
    const part = x / width.current;
    return y < lensTop - 8 ? part * index.bytes.length : from + part * (to - from);
  };
  return (
    <div class="dump-strip">
      <CanvasFigure
        label={`The dump's ${count(index.bytes.length)} bytes by kind of record, and below them those around record ${count(record)}, with where each write() call ended. Arrows go from record to record.`}
        draw={(context, size, theme) => {
          width.current = size.width;
          drawStrip(context, size.width, theme, index, record);
        }}
        onClick={(point) => choose(Math.max(0, index.recordAt(Math.floor(offsetAt(point)))))}
        onKeyDown={(event) => {
          const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 20, ArrowUp: -20 }[event.key];
          if (by !== undefined) choose(record + by);
          else if (event.key === 'Home') choose(0);
          else if (event.key === 'End') choose(index.length - 1);
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
        controls={<Legend />}
        table={() => <WriteTable index={index} choose={choose} />}
      />
    </div>
  );
}

function Legend() {
  const names = { ...kinds, other };
  return (
    <ul class="legend" aria-label="Kinds of records">
      {Object.entries(names).map(([kind, color]) => (
        <li key={kind}>
          <span class="kind-swatch" style={{ background: color }} />
          {kind}
        </li>
      ))}
    </ul>
  );
}

function drawStrip(
  context: CanvasRenderingContext2D,
  width: number,
  theme: Theme,
  index: FieldIndex,
  record: number,
): void {
  const { length } = index.bytes;
  for (let x = 0; x < width; x++) {
    const at = index.recordAt(Math.floor((x / width) * length));
    context.fillStyle = at < 0 ? theme.text : kindColor(index.kindOf(at));
    context.fillRect(x, 0, 1, wholeHeight);
  }
  const { from, to } = lensOf(index, record);
  const left = (from / length) * width;
  const right = Math.max(left + 3, (to / length) * width);
  context.strokeStyle = theme.selected;
  context.lineWidth = 2;
  context.strokeRect(left + 1, 1, Math.min(width, right) - left - 2, wholeHeight - 2);
  context.strokeStyle = theme.line;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(left, wholeHeight);
  context.lineTo(0, lensTop);
  context.moveTo(right, wholeHeight);
  context.lineTo(width, lensTop);
  context.stroke();
  drawLens(context, width, theme, index, record);
}

function drawLens(
  context: CanvasRenderingContext2D,
  width: number,
  theme: Theme,
  index: FieldIndex,
  record: number,
): void {
  const { from, to } = lensOf(index, record);
  const xOf = (offset: number): number => ((offset - from) / (to - from)) * width;
  for (let i = Math.max(0, index.recordAt(from)); i < index.length; i++) {
    const [start, end] = [index.offsets.at(i), index.endOf(i)];
    if (start >= to) break;
    const [x0, x1] = [Math.max(0, xOf(start)), Math.min(width, xOf(end))];
    context.fillStyle = kindColor(index.kindOf(i));
    context.globalAlpha = i % 2 === 0 ? 1 : 0.72;
    context.fillRect(x0, lensTop, Math.max(0.5, x1 - x0), lensHeight);
    context.globalAlpha = 1;
  }
  const own = [xOf(index.offsets.at(record)), xOf(index.endOf(record))] as const;
  context.strokeStyle = theme.selected;
  context.lineWidth = 2;
  const ownWidth = Math.max(3, Math.min(width, own[1]) - own[0]);
  context.strokeRect(own[0], lensTop - 1, ownWidth, lensHeight + 2);
  const y = lensTop + lensHeight + 4;
  context.font = font;
  context.textAlign = 'center';
  context.textBaseline = 'top';
  for (let i = index.writeAt(from); i < index.writes.length; i++) {
    const start = i === 0 ? 0 : index.writes.at(i - 1);
    if (start >= to) break;
    const [x0, x1] = [Math.max(0, xOf(start)), Math.min(width, xOf(index.writes.at(i)))];
    context.strokeStyle = theme.muted;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(x0 + 1.5, y);
    context.lineTo(x0 + 1.5, y + 5.5);
    context.lineTo(x1 - 1.5, y + 5.5);
    context.lineTo(x1 - 1.5, y);
    context.stroke();
    const text = `write() ${i + 1}: ${count(index.writes.at(i) - start)} B`;
    const short = count(index.writes.at(i) - start);
    context.fillStyle = theme.muted;
    const shown = x1 - x0 > text.length * 6.7 ? text : x1 - x0 > short.length * 6.7 ? short : '';
    context.fillText(shown, (x0 + x1) / 2, y + 9);
  }
}

/** Why a call wrote what it wrote. */
function reason(index: FieldIndex, i: number, bytes: number): string {
  if (bytes >= writeBufferBytes) return 'a piece as large as the buffer goes out by itself';
  if (i === index.writes.length - 1) return 'what was left at the end';
  const next = i + 1 < index.writes.length ? index.writes.at(i + 1) - index.writes.at(i) : 0;
  if (next >= writeBufferBytes) return 'what waited before a piece as large as the buffer';
  return `${count(writeBufferBytes - bytes)} B of the buffer left: the next piece had more`;
}

function WriteTable({ index, choose }: Pick<StripProps, 'index' | 'choose'>) {
  const rows = Array.from({ length: index.writes.length }, (_, i) => {
    const from = i === 0 ? 0 : index.writes.at(i - 1);
    return { i, from, bytes: index.writes.at(i) - from };
  });
  return (
    <DataTable
      id="writes"
      caption="The write() calls that made the dump"
      rows={rows}
      keyOf={({ i }) => i}
      onSelect={({ from }) => choose(Math.max(0, index.recordAt(from)))}
      columns={[
        { title: 'call', cell: ({ i }) => count(i + 1) },
        { title: 'from byte', isNumber: true, cell: ({ from }) => count(from) },
        {
          title: 'bytes',
          isNumber: true,
          cell: ({ bytes }) => count(bytes),
          sortBy: (r) => r.bytes,
        },
        {
          title: 'share',
          isNumber: true,
          cell: ({ bytes }) => percent(bytes, index.bytes.length),
        },
        { title: 'why it ended there', cell: ({ i, bytes }) => reason(index, i, bytes) },
      ]}
    />
  );
}
