/** Which objects of two logs are the same. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type LoggedObject,
  matchedByNumber,
  matchedByPlace,
  typeChanges,
} from '../../../scenarios/terminal/log-match.ts';

const object = (address: number, type: string, requested = 16): LoggedObject => ({
  address,
  size: 16,
  requested,
  type,
  step: 1,
});
const numbered = (...objects: LoggedObject[]) =>
  new Map(objects.map((one, i) => [i + 1, one] as const));

test('of two logs: by place; then the first of a type and size is the first in the other', () => {
  const before = numbered(
    object(0x10, 'a'),
    object(0x20, 'a'),
    object(0x30, 'b'),
    object(0x50, 'a', 9),
  );
  const after = numbered(
    object(0x10, 'a'),
    object(0x40, 'a'),
    object(0x30, 'a'),
    object(0x50, 'a'),
  );
  const { unchanged, born, died, moved } = matchedByPlace(before, after);
  expect(unchanged).toBe(1);
  expect(moved.map(({ from, to }) => [from.address, to.address])).toEqual([[0x20, 0x40]]);
  expect(born.map(({ address }) => address)).toEqual([0x30, 0x50]);
  expect(died.map(({ address, type, requested }) => [address, type, requested])).toEqual([
    [0x30, 'b', 16],
    [0x50, 'a', 9],
  ]);
});

test('the first is the one that was allocated first, not the one at the lowest address', () => {
  const before = new Map([
    [9, object(0x10, 'a')],
    [4, object(0x20, 'a')],
  ]);
  const { moved, died } = matchedByPlace(before, numbered(object(0x30, 'a')));
  expect(moved.map(({ from }) => from.address)).toEqual([0x20]);
  expect(died.map(({ address }) => address)).toEqual([0x10]);
});

test('of two steps of one log: by the number of the allocation', () => {
  const before = numbered(object(0x10, 'a'), object(0x20, 'a'));
  const after = new Map([
    [2, object(0x20, 'a')],
    [3, object(0x10, 'a')],
  ]);
  const { unchanged, born, died } = matchedByNumber(before, after);
  expect([unchanged, born[0]?.address, died[0]?.address]).toEqual([1, 0x10, 0x10]);
});

const objects = fc
  .uniqueArray(fc.record({ at: fc.nat(40), type: fc.constantFrom('', 'a', 'b') }), {
    selector: ({ at }) => at,
  })
  .map((all) => numbered(...all.map(({ at, type }) => object(at * 16, type))));

test('every object is counted once, and what is born and died is what types gain and lose', () => {
  fc.assert(
    fc.property(objects, objects, (before, after) => {
      const { unchanged, born, died, moved } = matchedByPlace(before, after);
      expect(unchanged + moved.length + died.length).toBe(before.size);
      expect(unchanged + moved.length + born.length).toBe(after.size);
      const net = (type: string) =>
        born.filter((one) => one.type === type).length -
        died.filter((one) => one.type === type).length;
      const changes = typeChanges(before, after);
      for (const change of changes) {
        expect(net(change.type)).toBe(change.after.count - change.before.count);
      }
      for (const type of ['', 'a', 'b']) {
        if (!changes.some((change) => change.type === type)) expect(net(type)).toBe(0);
      }
    }),
  );
});
