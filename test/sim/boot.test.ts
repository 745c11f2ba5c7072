/**
 * A world boots as a real program does. Oracle: go1.22.12's own log of everything up to the first heap
 * dump, recorded on all 13 GOARCHes (test/goldens/boot).
 */
import { describe, expect, test } from 'vitest';
import { goarches } from '../../sim/arch.ts';
import { bootAspects, compareBoot } from './booted-worlds.ts';

/** There are at least so many of each on every target. */
const least: Readonly<Partial<Record<(typeof bootAspects)[number], number>>> = {
  'objects, spans and stacks in the order of their allocation': 80,
  spans: 15,
  'goroutines on their stacks': 5,
  'frames of the system goroutines that wait': 4,
  threads: 1,
  'bytes of memory by what they are for': 12,
};

describe.each(goarches)('boot of %s', (goarch) => {
  const compared = compareBoot(goarch);

  test.each(bootAspects)('leaves the same %s', (aspect) => {
    const { model, real } = compared[aspect];
    expect(real.length).toBeGreaterThanOrEqual(least[aspect] ?? 1);
    expect(model).toEqual(real);
  });
});
