/** runtime.MemStats at the step, line by line, and over all steps as a picture. */
import { useSignal } from '@preact/signals';
import { Fragment } from 'preact';
import { useEffect } from 'preact/hooks';
import { count } from '../../../format.ts';
import {
  closingOf,
  countLines,
  type Line,
  pauseLines,
  type SysStats,
  sysLines,
} from '../../../terminal/memstats.ts';
import type { Figures } from '../../../timeline/timeline.ts';
import { type StatsJson, statsFromJson } from '../../page-info.ts';
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

function StepStats({ explorer }: { explorer: Explorer }) {
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
      <LedgerTable lines={lines} before={before} caption={`after step ${step}`} />
      <p class="verdict">{closingText(lines, rows !== undefined)}</p>
      <StepCounts
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

/** `before`: the lines before the step; null where there are no steps. */
function LedgerTable(props: {
  lines: readonly Line[];
  before: readonly Line[] | undefined | null;
  caption: string;
}) {
  const { lines, before, caption } = props;
  return (
    <table class="ledger" id="memstats">
      <caption class="sr">What the system gave, {caption}</caption>
      <thead>
        <tr>
          <th scope="col">MemStats</th>
          <th scope="col" class="number">
            bytes
          </th>
          {before !== null && (
            <th scope="col" class="number">
              this step
            </th>
          )}
          <th scope="col">runtime/metrics</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(([depth, name, bytes, metric], i) => (
          <tr key={i} class={depth < 2 ? 'sum' : undefined}>
            <th scope="row" style={{ paddingLeft: `${4 + depth * 16}px` }}>
              {name}
            </th>
            <td class="number">{count(bytes)}</td>
            {before !== null && <td class="number delta">{deltaText(bytes, before?.[i]?.[2])}</td>}
            <WhatCell text={metric} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Words, or a name of runtime/metrics, which may be broken before its parts. */
function WhatCell({ text }: { text: string }) {
  if (!text.startsWith('/')) return <td class="what">{text}</td>;
  return (
    <td class="mono">
      {text.split(/(?=[/:])/).map((part, i) => (
        <Fragment key={i}>
          {i > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </td>
  );
}

export function deltaText(now: Line[2], before: Line[2] | undefined): string {
  const delta = before === undefined ? 0 : Number(now) - Number(before);
  if (delta === 0) return '';
  return delta > 0 ? `+${count(delta)}` : `−${count(-delta)}`;
}

function closingText(lines: readonly Line[], isWhole: boolean): string {
  const rest = isWhole
    ? ''
    : ' This log tells of the heap alone, not of what else the system gave.';
  return `${closingOf(lines)}${rest}`;
}

function StepCounts(props: { figures: Figures; system: SystemRow | undefined; hasGoal: boolean }) {
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
  return <CountTable lines={lines} />;
}

/** Names, figures, and what they are. */
function CountTable({ lines }: { lines: readonly (readonly string[])[] }) {
  return (
    <table class="ledger" id="memstats-counts">
      <caption class="sr">Counts</caption>
      <tbody>
        {lines.map(([name, value, what = '']) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td class="number">{value}</td>
            <WhatCell text={what} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A dump's statistics, as `goheapsim memstats` prints them. */
function DumpStats({ json }: { json: StatsJson }) {
  const stats = statsFromJson(json);
  const lines = sysLines(stats);
  return (
    <div class="memstats">
      <LedgerTable lines={lines} before={null} caption="as the dump tells" />
      <p class="verdict">
        {closingOf(lines)} How HeapInuse splits into rounding, headers and free slots no dump tells.
      </p>
      <CountTable lines={[...countLines(stats, undefined), ...pauseLines(stats)]} />
    </div>
  );
}

function MemStatsView({ explorer }: { explorer: Explorer }) {
  const { memstats } = explorer.info;
  return memstats === undefined ? <StepStats explorer={explorer} /> : <DumpStats json={memstats} />;
}

export const memstatsView: View = {
  id: 'memstats',
  title: 'MemStats',
  place: 'main',
  Component: MemStatsView,
  fits: ({ info }) => info.kind !== 'dump' || info.memstats !== undefined,
};
