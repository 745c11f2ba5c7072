/** Boots of all GOARCHes against recorded ones: what test/sim/boot.test.ts compares. */
import { type GoArch, goarches } from '../../sim/arch.ts';
import { compareBoot } from '../sim/booted-worlds.ts';
import { compareLists, type FidelityRow } from './row.ts';

export function* bootRows(targets: readonly GoArch[] = goarches): Generator<FidelityRow> {
  for (const goarch of targets) {
    const compared = compareLists(Object.entries(compareBoot(goarch)));
    yield { section: 'boot', program: 'up to main.main', target: goarch, ...compared };
  }
}
