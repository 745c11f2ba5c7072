/** What holds the heap's objects from outside: globals, frames, finalizers. Marking begins there. */
import { count, counted, hex } from '../../../format.ts';
import type { Explorer } from '../explorer.ts';
import { DataTable } from '../parts/data-table.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { useAnswer } from '../use-answer.ts';
import type { View } from '../view.ts';

function Roots({ explorer }: { explorer: Explorer }) {
  const { step } = explorer.now.value;
  const { missing } = explorer.contents;
  const asking = useAnswer(explorer, 'roots', step, missing === undefined ? {} : undefined);
  if (missing !== undefined) return <p class="empty">{missing}</p>;
  const { answer } = asking;
  if (answer === undefined) return <Waiting asking={asking} step={step} isAsked />;
  const left = answer.count - answer.rows.length;
  return (
    <div class="roots-view">
      <div class="controls">
        <span>{counted(answer.count, 'pointer')} from outside of the heap</span>
        <Waiting asking={asking} step={step} isAsked />
      </div>
      <DataTable
        id="roots"
        caption="Roots, by kind and address"
        rows={answer.rows}
        keyOf={({ text, target }) => `${text} ${target.address}`}
        isSelected={({ target }) => target.address === explorer.selected.value}
        onSelect={({ target }) => {
          explorer.select(target.address);
          explorer.view.value = 'object';
        }}
        columns={[
          {
            title: 'holds',
            cell: ({ target }) => hex(target.address),
            sortBy: ({ target }) => target.address,
          },
          {
            title: 'retains',
            isNumber: true,
            cell: ({ target }) => count(target.retained),
            sortBy: ({ target }) => target.retained,
          },
          { title: 'root', cell: ({ text }) => text, sortBy: ({ text }) => text },
          {
            title: 'type',
            cell: ({ target }) => target.type ?? '',
            sortBy: ({ target }) => target.type ?? '',
          },
        ]}
      />
      {left > 0 && <p class="more">and {count(left)} more</p>}
    </div>
  );
}

export const rootsView: View = {
  id: 'roots',
  title: 'Roots',
  place: 'main',
  Component: Roots,
  fits: ({ info }) => info.kind !== 'log',
};
