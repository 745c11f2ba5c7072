/** Logs of real programs, every address predicted: more of what test/conformance/replay.test.ts replays. */
import { rmSync } from 'node:fs';
import type { ReplayResult } from '../../scenarios/replay/replay-log.ts';
import {
  logFolder,
  logOf,
  type ReplayedProgram,
  replay,
  replayedPrograms,
} from '../conformance/replay-programs.ts';
import type { Agreement, FidelityRow } from './row.ts';

type Name = keyof typeof replayedPrograms;

const runs: readonly (readonly [Name, gogc: string])[] = [
  ['gofmt on a file', 'off'],
  ['gofmt on a folder', 'off'],
  ['go vet on encoding/csv', 'off'],
  ['go/types', 'off'],
  ['encoding/json', 'off'],
  ['encoding/json on 386', 'off'],
  ['compress/gzip', 'off'],
  ['gofmt on a large file', '100'],
  ['go vet on encoding/csv', '100'],
  ['go/types', '10'],
  ['encoding/json', '5'],
  ['compress/gzip', '10'],
];

/** The cycles of a log, by what the model was told. */
function partsOf({ replayer, corrected }: ReplayResult): Record<string, Agreement> {
  const part = ({ requests, agreeing }: (typeof replayer.cycles)[number]): Agreement => ({
    compared: requests,
    agreeing,
  });
  return Object.fromEntries(
    replayer.cycles.flatMap((cycle, i) => {
      if (i === 0) return [['before collections', part(cycle)]];
      return [
        [`after ${i}, free-running`, part(cycle)],
        [`after ${i}, given the true past`, part(corrected.cycles[i]!)],
      ];
    }),
  );
}

function differenceOf({ replayer: { firstMiss } }: ReplayResult): string {
  if (firstMiss === undefined) return '';
  const { request, record, explanation } = firstMiss;
  return `request ${request + 1}, line ${record.line}: ${explanation.at(-1)}`;
}

/** `logs` logs of each program. */
export function* replayRows(logs: number): Generator<FidelityRow> {
  const folder = logFolder();
  try {
    for (const [name, gogc] of runs) {
      const program: ReplayedProgram = replayedPrograms[name];
      for (let i = 1; i <= logs; i++) {
        const { log, binary } = logOf(program, folder, gogc);
        const result = replay(log, binary, gogc);
        const { hidden, cycles } = result.replayer;
        const parts = partsOf(result);
        const later = Object.entries(parts)
          .filter(([what]) => what !== 'before collections')
          .map(([what, { compared, agreeing }]) => `${what}: ${agreeing} of ${compared}`);
        yield {
          section: 'replay',
          program: `${name}, GOGC=${gogc}, log ${i}`,
          target: program.goarch ?? 'amd64',
          parts: cycles.length === 1 ? { addresses: parts['before collections']! } : parts,
          difference: differenceOf(result),
          note: [`${hidden.length} hidden`, ...later].join('; '),
        };
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
