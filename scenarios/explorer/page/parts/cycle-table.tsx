/** All collections so far, as `goheapsim gc` tells them. */
import { useMemo } from 'preact/hooks';
import { count, roundedBytes } from '../../../format.ts';
import type { Cycle } from '../../../terminal/gc.ts';
import type { Explorer } from '../explorer.ts';
import { DataTable } from './data-table.tsx';

export function CycleTable({ explorer, cycles }: { explorer: Explorer; cycles: readonly Cycle[] }) {
  const rows = useMemo(() => [...cycles].reverse(), [cycles]);
  if (rows.length === 0) return null;
  const number = (title: string, of: (c: Cycle) => number) => ({
    title,
    isNumber: true,
    cell: (c: Cycle) => count(of(c)),
    sortBy: of,
  });
  return (
    <DataTable
      id="gc-cycles"
      caption="Collections up to this step, the last one first"
      rows={rows}
      keyOf={({ cycle }) => cycle}
      onSelect={({ start }) => explorer.go(start)}
      columns={[
        number('cycle', ({ cycle }) => cycle),
        number('start', ({ start }) => start),
        {
          title: 'done',
          isNumber: true,
          cell: ({ done }) => (done < 0 ? 'marking' : count(done)),
          sortBy: ({ done }) => done,
        },
        number('heapLive', ({ heapLive }) => heapLive),
        number('marked B', ({ marked }) => marked),
        ...(explorer.info.marks ? [number('objects', ({ markedObjects }) => markedObjects)] : []),
        number('assists', ({ assists }) => assists),
        number('swept', ({ sweptSpans }) => sweptSpans),
        number('freed', ({ freedSlots }) => freedSlots),
        number('spans', ({ freedSpans }) => freedSpans),
        {
          title: 'goal',
          isNumber: true,
          cell: ({ done, heapGoal }) =>
            done < 0 || heapGoal === undefined
              ? ''
              : heapGoal > 2 ** 53
                ? 'off'
                : roundedBytes(heapGoal),
          sortBy: ({ heapGoal }) => heapGoal ?? 0,
        },
      ]}
    />
  );
}
