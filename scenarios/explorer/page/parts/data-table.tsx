/** A table of any length: of more than 60 rows only those in sight are in the document. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

export interface Column<T> {
  readonly title: string;
  readonly cell: (row: T) => ComponentChildren;
  /** Numbers stand flush right. */
  readonly isNumber?: boolean;
  /** Makes the column's title a button that sorts by this. */
  readonly sortBy?: (row: T) => number | string;
}

/** An array, or a list that makes its rows when they are shown. */
interface Rows<T> extends Iterable<T> {
  readonly length: number;
  slice(from: number, to: number): readonly T[];
}

interface DataTableProps<T> {
  readonly caption: string;
  readonly columns: readonly Column<T>[];
  readonly rows: Rows<T>;
  readonly keyOf: (row: T) => string | number;
  readonly isSelected?: (row: T) => boolean;
  /** Whenever this changes the selected row is scrolled into sight. */
  readonly reveal?: number | undefined;
  /** Makes each row's first cell a button. */
  readonly onSelect?: (row: T) => void;
  readonly id?: string;
}

const windowAbove = 60;
const rowHeight = 24;
const overscan = 4;

export function DataTable<T>(props: DataTableProps<T>) {
  const { caption, columns, keyOf, isSelected, onSelect, id } = props;
  const order = useSignal<{ column: number; down: boolean } | undefined>(undefined);
  const box = useRef<HTMLDivElement>(null);
  const view = useSignal({ top: 0, height: 800 });
  const rows = sorted(props.rows, columns, order.value);
  const windowed = rows.length > windowAbove;
  useEffect(() => {
    const element = box.current!;
    const follow = (): void => {
      const { scrollTop: top, clientHeight: height } = element;
      const { value } = view;
      if (top !== value.top || height !== value.height) view.value = { top, height };
    };
    follow();
    const observer = new ResizeObserver(follow);
    observer.observe(element);
    element.addEventListener('scroll', follow, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', follow);
    };
  }, [view]);
  useEffect(() => {
    const at = props.reveal === undefined ? -1 : [...rows].findIndex((row) => isSelected?.(row));
    if (at >= 0) revealRow(box.current!, at, rows.length);
  }, [props.reveal, props.rows.length]);
  const first = windowed ? Math.max(0, Math.floor(view.value.top / rowHeight) - overscan) : 0;
  const count = Math.ceil(view.value.height / rowHeight) + 2 * overscan;
  const shown = windowed ? rows.slice(first, first + count) : [...rows];
  const after = rows.length - first - shown.length;
  const toggle = (column: number): void => {
    const { value } = order;
    order.value = { column, down: value?.column === column ? !value.down : true };
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <div ref={box} class="table-box" tabIndex={0} role="region" aria-label={caption}>
      <table class="data" id={id} aria-rowcount={rows.length + 1}>
        <caption class="sr">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ title, isNumber, sortBy }, i) => {
              const is = order.value?.column === i ? order.value : undefined;
              return (
                <th
                  key={title}
                  scope="col"
                  class={isNumber ? 'number' : undefined}
                  aria-sort={is && (is.down ? 'descending' : 'ascending')}
                >
                  {sortBy === undefined ? (
                    title
                  ) : (
                    <button type="button" onClick={() => toggle(i)}>
                      {title}
                      <span aria-hidden="true">{is ? (is.down ? ' ▾' : ' ▴') : ''}</span>
                    </button>
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {first > 0 && <Gap height={first * rowHeight} columns={columns.length} />}
          {shown.map((row, i) => (
            <tr
              key={keyOf(row)}
              aria-rowindex={windowed ? first + i + 2 : undefined}
              class={isSelected?.(row) ? 'selected' : undefined}
              style={windowed ? { height: `${rowHeight}px` } : undefined}
            >
              {columns.map((column, k) => (
                <td key={column.title} class={column.isNumber ? 'number' : undefined}>
                  {k === 0 && onSelect !== undefined ? (
                    <button type="button" class="link" onClick={() => onSelect(row)}>
                      {column.cell(row)}
                    </button>
                  ) : (
                    column.cell(row)
                  )}
                </td>
              ))}
            </tr>
          ))}
          {after > 0 && <Gap height={after * rowHeight} columns={columns.length} />}
        </tbody>
      </table>
    </div>
  );
}

/** Scrolls the box, not the page, unless the row is in sight. */
function revealRow(box: HTMLElement, at: number, rows: number): void {
  const table = box.querySelector('table')!;
  const head = table.tHead?.offsetHeight ?? 0;
  const height = (table.offsetHeight - head) / Math.max(1, rows);
  const top = head + at * height;
  const isSeen = top >= box.scrollTop + head && top + height <= box.scrollTop + box.clientHeight;
  if (!isSeen) box.scrollTop = top - (box.clientHeight - height) / 2;
}

function Gap({ height, columns }: { height: number; columns: number }) {
  return (
    <tr>
      <td colSpan={columns} style={{ height: `${height}px`, padding: '0' }} />
    </tr>
  );
}

function sorted<T>(
  rows: Rows<T>,
  columns: readonly Column<T>[],
  order: { column: number; down: boolean } | undefined,
): Rows<T> {
  const by = order && columns[order.column]?.sortBy;
  if (order === undefined || by === undefined) return rows;
  const sign = order.down ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [by(a), by(b)];
    return x < y ? -sign : x > y ? sign : 0;
  });
}
