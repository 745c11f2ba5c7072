/** A collection with its sweep: of a list that lives, and of two of which one has died. */
import { runtimeGC } from '../../../sim/mgchost.ts';
import type { Stopwatch } from '../stopwatch.ts';
import { cons, inMain, list } from './worlds.ts';

export function collect(watch: Stopwatch, n: number): void {
  inMain(function* (main) {
    main.keep(list(main, n));
    watch.start();
    yield* runtimeGC(main.world);
    watch.stop();
  });
}

export function collectHalf(watch: Stopwatch, n: number): void {
  inMain(function* ({ world, node, keep }) {
    let dead = 0;
    let alive = 0;
    for (let i = 0; i < n; i += 2) {
      dead = cons(world, node, dead, i);
      alive = cons(world, node, alive, i);
    }
    keep(alive);
    watch.start();
    yield* runtimeGC(world);
    watch.stop();
  });
}
