/**
 * goldens/programs/collected, which collects three times, as a scenario: what collections leave, and
 * what has taken the places of what they freed.
 *
 * Its map has keys of text. How many overflow buckets it makes goes by the hash seed, which real Go
 * takes at random: objects of the buckets' size, and the statistics that count objects, are not
 * compared. The dump after the last two collections is compared without the order of spans: their
 * descriptors are used again in the order in which bgsweep, the scavenger and main freed them.
 *
 * Oracle: dumps of real go1.22.12 programs (test/goldens), run with GOMAXPROCS=1.
 */
import { describe, expect, test } from 'vitest';
import { readManifest, recordingId } from '../goldens/goldens.ts';
import { compareCollected, disturbed, recordings, unlike } from './recorded-collections.ts';

describe.each(recordings)('$id', (recording) => {
  test('has real Go’s objects, statistics and goroutines after its collections', () => {
    const { model, real } = compareCollected(recording);
    expect(real[1]!.objects.length).toBeGreaterThan(1000);
    expect(model).toEqual(real);
  });
});

test('every recording that is disturbed or unlike is one', () => {
  const ids = readManifest().map(recordingId);
  expect([...Object.keys(disturbed), ...unlike].filter((id) => !ids.includes(id))).toEqual([]);
});
