import { beforeAll, describe, expect, test } from 'vitest';
import { agrees, compareDumps } from '../../../scenarios/twin/compare.ts';
import { type Recording, recordTwin } from '../../../scenarios/twin/record.ts';
import { libraryScenario } from '../run-library.ts';

let one: Recording;
let other: Recording;
beforeAll(async () => {
  const tree = await libraryScenario('tree');
  [one, other] = ['1', '2'].map((seed) => {
    return recordTwin(tree, { seed, params: { keys: 300, range: 500 } });
  }) as [Recording, Recording];
});

describe('two dumps', () => {
  test('of the same run agree in everything', () => {
    const [dump] = one.dumps;
    const comparison = compareDumps(dump!, { bytes: dump!.bytes, said: [] }, one);
    expect(comparison.differences).toEqual([]);
    expect(agrees(comparison)).toBe(true);
    expect(comparison.agreement.objects.compared).toBeGreaterThan(200);
  });

  test('of other keys differ in objects, pointers and statistics, and it is told where', () => {
    const comparison = compareDumps(one.dumps[0]!, { bytes: other.dumps[0]!.bytes, said: [] }, one);
    expect(agrees(comparison)).toBe(false);
    const { objects, pointers, goroutines } = comparison.agreement;
    expect(objects.agreeing).toBeLessThan(objects.compared);
    expect(pointers.agreeing).toBeLessThan(pointers.compared);
    expect(goroutines.agreeing).toBe(goroutines.compared);
    const told = comparison.differences.find((line) => line.startsWith('objects: '));
    expect(told).toMatch(/0x[0-9a-f]+, 24 bytes, pointers at 0, 8.*objects of 24 bytes; beside it/);
  });
});
