import { describe, expect, test } from 'vitest';
import { closest, didYouMean } from '../../scenarios/suggest.ts';

const names = ['linked-list', 'tree', 'map-growth', 'slices', 'goroutines', 'finalizers'];

describe('the nearest name is suggested', () => {
  test.each([
    ['linkedlist', 'linked-list'],
    ['Tree', 'tree'],
    ['tre', 'tree'],
    ['finalizer', 'finalizers'],
    ['map', 'map-growth'],
    ['gorotuines', 'goroutines'],
  ])('%s → %s', (word, name) => expect(closest(word, names)).toBe(name));
});

test.each(['xyzzy', 'q', '', 'benchmark'])('nothing is near "%s"', (word) => {
  expect(closest(word, names)).toBeUndefined();
  expect(didYouMean(word, names)).toBe('');
});

test('the suggestion is a sentence to append', () => {
  expect(didYouMean('amd46', ['amd64', 'arm64', '386'])).toBe(' Did you mean "amd64"?');
});
