/** runtime.MemStats at the step, line by line, and over all steps as a picture. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { count } from '../../../format.ts';
import { countLines, type Line, type SysStats, sysLines } from '../../../terminal/memstats.ts';
import type { Figures } from '../../../timeline/timeline.ts';
import { type SystemRow, SystemRows } from '../../system-figures.ts';
import type { Explorer } from '../explorer.ts';
import { MemoryPlot } from '../parts/memory-plot.tsx';
import type { View } from '../view.ts';

const sections = new WeakMap<Explorer, Promise<SystemRows | undefined>>();

export function systemOf(explorer: Explorer): Promise<SystemRows | undefined> {
  let found = sections.get(explorer);
  if (found === undefined) {
    found = explorer
      .section('system')
      .then((bytes) => bytes && new SystemRows(bytes, explorer.info.steps));
    sections.set(explorer, found);
  }
  return found;
}

function MemStatsView({ explorer }: { explorer: Explorer }) {
  const system = useSignal<SystemRows | undefined>(undefined);
  useEffect(() => {
    void systemOf(explorer).then((rows) => {
      system.value = rows;
    });
  }, [explorer, system]);
  const { figures, figuresBefore, step } = explorer.now.value;
  const rows = system.value;
  const lines = linesAt(figures, rows?.at(step));
  const before =
    figuresBefore === undefined ? undefined : linesAt(figuresBefore, rows?.at(step - 1));
  return (
    <div class="memstats">
      <MemoryPlot explorer={explorer} />
      <LedgerTable lines={lines} before={before} step={step} />
      <p class="verdict">{closingOf(lines, rows !== undefined)}</p>
      <CountTable
        figures={figures}
        system={rows?.at(step)}
        hasGoal={explorer.info.kind !== 'log'}
      />
    </div>
  );
}

/** The lines of `goheapsim memstats`; without what the system gave beside the heap those of the heap alone. */
export function linesAt(f: Figures, system: SystemRow | undefined): readonly Line[] {
  const heap = {
    HeapInuse: f.heapInuse,
    HeapAlloc: f.heapAlloc,
    HeapIdle: f.heapIdle,
    HeapReleased: f.heapReleased,
    StackInuse: f.stackInuse,
  };
  if (system !== undefined) return sysLines({ ...system, ...heap });
  const none = {} as SysStats;
  const all = sysLines({ ...none, ...heap, HeapSys: f.heapInuse + f.heapIdle });
  return all.slice(1, 8).map(([depth, ...rest]) => [depth - 1, ...rest]);
}

function LedgerTable(props: {
  lines: readonly Line[];
  before: readonly Line[] | undefined;
  step: number;
}) {
  return (
    <table class="ledger" id="memstats">
      <caption class="sr">What the system gave, after step {props.step}</caption>
      <thead>
        <tr>
          <th scope="col">MemStats</th>
          <th scope="col" class="number">
            bytes
          </th>
          <th scope="col" class="number">
            this step
          </th>
          <th scope="col">runtime/metrics</th>
        </tr>
      </thead>
      <tbody>
        {props.lines.map(([depth, name, bytes, metric], i) => (
          <tr key={i} class={depth < 2 ? 'sum' : undefined}>
            <th scope="row" style={{ paddingLeft: `${4 + depth * 16}px` }}>
              {name}
            </th>
            <td class="number">{count(bytes)}</td>
            <td class="number delta">{deltaText(bytes, props.before?.[i]?.[2])}</td>
            <td class={metric.startsWith('/') ? 'mono' : 'what'}>{metric}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function deltaText(now: Line[2], before: Line[2] | undefined): string {
  const delta = before === undefined ? 0 : Number(now) - Number(before);
  if (delta === 0) return '';
  return delta > 0 ? `+${count(delta)}` : `−${count(-delta)}`;
}

/** Whether each line that has lines below it is their sum. */
function closingOf(lines: readonly Line[], isWhole: boolean): string {
  const wrong = lines.filter(([depth, , bytes], i) => {
    let sum = 0;
    let children = 0;
    for (const [below, , part] of lines.slice(i + 1)) {
      if (below <= depth) break;
      if (below !== depth + 1) continue;
      sum += Number(part);
      children++;
    }
    return children > 0 && sum !== Number(bytes);
  });
  if (wrong.length > 0)
    return `The ledger does not close: ${wrong.map(([, name]) => name).join(', ')}.`;
  const rest = isWhole
    ? ''
    : ' This log tells of the heap alone, not of what else the system gave.';
  return `The ledger closes: each line is the sum of the lines below it.${rest}`;
}

function CountTable(props: { figures: Figures; system: SystemRow | undefined; hasGoal: boolean }) {
  const { figures: f, system, hasGoal } = props;
  const lines = countLines(
    {
      Mallocs: f.mallocs,
      Frees: f.frees,
      HeapObjects: f.mallocs - f.frees,
      TotalAlloc: f.heapAlloc + (system?.freedBytes ?? 0),
      NextGC: f.nextGC,
      NumGC: f.numGC,
    },
    system?.tiny,
    hasGoal,
  ).filter(([name]) => system !== undefined || name !== 'TotalAlloc');
  return (
    <table class="ledger" id="memstats-counts">
      <caption class="sr">Counts</caption>
      <tbody>
        {lines.map(([name, value, metric]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td class="number">{value}</td>
            <td class="mono">{metric}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export const memstatsView: View = {
  id: 'memstats',
  title: 'MemStats',
  place: 'main',
  Component: MemStatsView,
  fits: ({ info }) => info.kind !== 'dump',
};
