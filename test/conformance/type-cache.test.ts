/**
 * The type and itab records of a program with more types than the dumper's cache holds, in their
 * order: the scenario's dump against real Go's of the same types.
 * Oracles: the golden dumps; a program generated, built and run here.
 */
import { describe, expect, test } from 'vitest';
import { readDump } from '../../dump/index.ts';
import { runScenario } from '../../scenarios/index.ts';
import typeCache from '../../scenarios/library/type-cache.ts';
import type { GoArch } from '../../sim/arch.ts';
import { golden, goldenEntries } from '../goldens/goldens.ts';
import { manyTypes, type TypesToGenerate } from '../goldens/programs/many-types.ts';
import { describeWithOracle } from '../oracle/describe-with-oracle.ts';
import { buildGo } from '../oracle/go-toolchain.ts';
import { runProgram } from '../oracle/run-program.ts';

interface TypeRecords {
  /** `type #3 main.T1 24 pointer` and `itab #3`: a type is known by when it first came. */
  readonly sequence: string[];
  /** Types written more than once. */
  readonly again: number;
}

function typeRecords(dump: Uint8Array): TypeRecords {
  const sequence: string[] = [];
  const numbers = new Map<unknown, number>();
  let types = 0;
  for (const record of readDump(dump)) {
    if (record.kind === 'type') {
      types++;
      const number = numbers.get(record.address) ?? numbers.size;
      numbers.set(record.address, number);
      const flag = record.isPointer ? 'pointer' : 'scalar';
      sequence.push(`type #${number} ${record.name} ${record.size} ${flag}`);
    } else if (record.kind === 'itab') {
      sequence.push(`itab #${numbers.get(record.type)}`);
    }
  }
  return { sequence, again: types - numbers.size };
}

/** The records of the scenario's first dump. */
function simulated(goarch: GoArch, params: Required<TypesToGenerate>): TypeRecords {
  const pieces: Uint8Array[] = [];
  runScenario(typeCache, {
    goarch,
    params: { ...params },
    openDump: () => ({ write: (bytes) => pieces.push(bytes.slice()) }),
  });
  return typeRecords(Buffer.concat(pieces));
}

describe('the types and itabs of 800 types in two interfaces each', () => {
  const recorded = goldenEntries(({ program }) => program === 'many-types');

  test.each(recorded)('are written as in $id', ({ id, goarch }) => {
    const real = typeRecords(golden(id).dump);
    const ours = simulated(goarch, { n: 800, pointers: true, prefix: 'T' });
    expect(real.again).toBeGreaterThan(0);
    expect(ours).toEqual(real);
  });
});

describeWithOracle('go1.22.12', 'of a program generated here, types and itabs', () => {
  test.each<Required<TypesToGenerate>>([
    { n: 5, pointers: false, prefix: 'Few' },
    { n: 230, pointers: false, prefix: 'Celsius' },
    { n: 777, pointers: false, prefix: 'Value' },
    { n: 1300, pointers: true, prefix: 'Node' },
    { n: 1499, pointers: false, prefix: 'Ünïcode' },
  ])(
    'are written as by real Go: %j',
    (params) => {
      const files = { 'main.go': manyTypes(params) };
      const { status, descriptors } = runProgram(buildGo({ files }, { module: 'types' }));
      expect(status).toBe(0);
      expect(simulated('amd64', params)).toEqual(typeRecords(descriptors.get(3)!));
    },
    600_000,
  );
});
