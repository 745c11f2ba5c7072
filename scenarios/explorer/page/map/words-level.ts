/** The words of one slot, with the names of the fields that lie there. */
import { hex } from '../../../format.ts';
import { type ObjectWords, objectWords, type Word } from '../../model/object-words.ts';
import { isUsed } from '../../model/span-bits.ts';
import { gutter, type Level, type LevelInput, labelFont, ring } from './level.ts';
import { fillStyle, freeFill, slotColor } from './paint.ts';
import { nothing } from './span-level.ts';

const top = 24;

export function wordsLevel(input: LevelInput): Level {
  const { explorer, now, width, height, theme, coloring, focus, selected } = input;
  const s = now.store.spanAt(focus);
  if (s === null || s.type !== 0)
    return nothing(input, 'No object of the heap is at this address.');
  const index = Math.floor((focus - s.base) / s.elemsize);
  if (index >= s.nelems) return nothing(input, 'Here the span has no slot, but what is left over.');
  const object = objectWords(explorer, s, index);
  const perRow = object.words.length > 64 ? 16 : object.words.length > 16 ? 8 : 4;
  const cellWidth = (width - gutter - 4) / perRow;
  const rowHeight = Math.max(
    20,
    Math.min(58, (height - top - 24) / Math.ceil(object.words.length / perRow)),
  );
  const fitting = Math.floor((height - top - 20) / rowHeight);
  const focused = Math.floor((focus - object.base) / object.wordSize / perRow);
  const firstRow = Math.max(
    0,
    Math.min(Math.ceil(object.words.length / perRow) - fitting, focused),
  );
  const rectOf = (word: number) => ({
    x: gutter + (word % perRow) * cellWidth,
    y: top + (Math.floor(word / perRow) - firstRow) * rowHeight,
    w: cellWidth - 3,
    h: rowHeight - 4,
  });
  const color = slotColor(explorer, coloring, s, index, theme);

  function drawWord(context: CanvasRenderingContext2D, word: Word, i: number): void {
    const r = rectOf(i);
    if (r.y < top - 1 || r.y + r.h > height) return;
    const live = isUsed(s!, index);
    const free = fillStyle(context, freeFill(theme));
    if (!live || word.kind === 'unused') context.fillStyle = free;
    else context.fillStyle = word.kind === 'header' ? theme.text : color;
    context.globalAlpha = word.kind === 'pointer' || word.kind === 'header' || !live ? 1 : 0.35;
    if (word.kind === 'unused' && live) context.globalAlpha = 0.7;
    context.fillRect(r.x, r.y, r.w, r.h);
    context.globalAlpha = 1;
    if (r.h < 14 || !live) return;
    const onColor =
      word.kind === 'header' ? theme.ground : word.kind === 'pointer' ? '#ffffff' : theme.text;
    const text = word.kind === 'unused' ? 'unused' : word.name;
    const room = Math.floor((r.w - 8) / 6.7);
    if (word.kind === 'unused') {
      context.fillStyle = theme.ground;
      context.fillRect(r.x + 3, r.y + 3, Math.min(room, text.length) * 6.7 + 4, 15);
    }
    context.fillStyle = word.kind === 'unused' ? theme.muted : onColor;
    context.textAlign = 'left';
    context.textBaseline = 'top';
    context.fillText(text.slice(0, room), r.x + 5, r.y + 5);
    if (r.h > 34) context.fillText(word.type.slice(0, room), r.x + 5, r.y + 21);
  }

  return {
    draw(context) {
      context.font = labelFont;
      context.fillStyle = theme.muted;
      context.textAlign = 'left';
      context.textBaseline = 'top';
      context.fillText(titleOf(object, index), gutter, 4);
      const rows = Math.ceil(object.words.length / perRow);
      context.textAlign = 'right';
      for (let row = firstRow; row < rows && row < firstRow + fitting; row++) {
        context.fillStyle = theme.muted;
        const offset = row * perRow * object.wordSize;
        context.fillText(hex(object.base + offset), gutter - 8, rectOf(row * perRow).y + 5);
      }
      for (const [i, word] of object.words.entries()) drawWord(context, word, i);
      const { name, addr } = now.row.operation;
      const wordOf = (address: number) => Math.floor((address - object.base) / object.wordSize);
      if (name === 'store' && typeof addr === 'number' && wordOf(addr) in object.words) {
        ring(context, rectOf(wordOf(addr)), theme.ring, 2.5);
      }
      if (selected !== undefined && wordOf(selected) in object.words) {
        ring(context, rectOf(wordOf(selected)), theme.selected, 2);
      }
    },
    at({ x, y }) {
      const column = Math.floor((x - gutter) / cellWidth);
      const row = Math.floor((y - top) / rowHeight) + firstRow;
      const word = row * perRow + column;
      if (column < 0 || column >= perRow || y < top || word >= object.words.length)
        return undefined;
      return object.base + word * object.wordSize;
    },
    move(address, dx, dy) {
      const word = Math.floor((address - object.base) / object.wordSize) + dx + dy * perRow;
      return object.base + Math.max(0, Math.min(object.words.length - 1, word)) * object.wordSize;
    },
  };
}

function titleOf({ typeName, requested }: ObjectWords, index: number): string {
  return `slot ${index}${typeName === '' ? '' : `: ${typeName}`}, ${requested} B asked for`;
}
