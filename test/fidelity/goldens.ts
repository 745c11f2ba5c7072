/** Recorded programs against the same as scenarios: what test/conformance/goldens-model*.test.ts compare. */
import type { GoArch } from '../../sim/arch.ts';
import * as collections from '../conformance/recorded-collections.ts';
import * as programs from '../conformance/recorded-programs.ts';
import { compareLists, type FidelityRow, targetName } from './row.ts';

/** What a program's dumps have, by name. */
type Facts = Readonly<Record<string, unknown>>;

function listOf(fact: unknown): readonly unknown[] {
  if (Array.isArray(fact)) return fact;
  return typeof fact === 'object' && fact !== null ? Object.entries(fact) : [fact];
}

function* listsOf(model: readonly Facts[], real: readonly Facts[]) {
  for (const [i, facts] of real.entries()) {
    for (const [name, fact] of Object.entries(facts)) {
      yield [name, { model: listOf(model[i]?.[name]), real: listOf(fact) }] as const;
    }
  }
}

interface Compared {
  readonly model: readonly object[];
  readonly real: readonly object[];
}

export function* goldenRows(): Generator<FidelityRow> {
  const row = (
    program: string,
    { goarch, goexperiment }: { goarch: GoArch; goexperiment: string },
    { model, real }: Compared,
  ): FidelityRow => ({
    section: 'goldens',
    program,
    target: targetName(goarch, goexperiment !== 'noallocheaders'),
    ...compareLists(listsOf(model as Facts[], real as Facts[])),
  });
  for (const recording of programs.recordings) {
    yield row(recording.program, recording.undisturbed, programs.compareRecording(recording));
  }
  for (const recording of collections.recordings) {
    yield row(recording.program, recording, collections.compareCollected(recording));
  }
}
