/** The statistics of a run, kept from its events alone: for runs whose world is not at hand. */

import { spanAllocHeap, spanAllocStack } from '../../sim/mspan.ts';
import type { RuntimeEvent } from '../../sim/observer.ts';
import { classToSize } from '../../sim/sizeclasses.ts';
import { pageSize } from '../../sim/uintptr.ts';
import type { Figures } from './timeline.ts';

export class EventFigures {
  readonly #figures: Figures = {
    heapAlloc: 0,
    mallocs: 0,
    frees: 0,
    heapInuse: 0,
    heapIdle: 0,
    heapReleased: 0,
    stackInuse: 0,
    heapLive: 0,
    nextGC: Number.POSITIVE_INFINITY,
    numGC: 0,
    gcphase: 0,
  };

  /** As they are now. */
  now(): Figures {
    return { ...this.#figures };
  }

  onEvent(event: RuntimeEvent): void {
    const f = this.#figures;
    const n = (field: string): number => event[field] as number;
    switch (event.name) {
      case 'malloc':
        f.mallocs++;
        f.heapLive = n('heapLive');
        if (event.tiny) f.frees++;
        else f.heapAlloc += n('elemsize');
        break;
      case 'sweep': {
        const sizeclass = n('spanclass') >> 1;
        const size = sizeclass === 0 ? n('npages') * pageSize : classToSize[sizeclass]!;
        f.frees += n('nfreed');
        f.heapAlloc -= n('nfreed') * size;
        break;
      }
      case 'spanAlloc':
        f.heapIdle += n('growth');
        f.heapReleased += n('growth') - n('scavenged');
        this.#span(n('type'), n('npages') * pageSize);
        break;
      case 'spanFree':
        this.#span(n('type'), -n('npages') * pageSize);
        break;
      case 'scavenge':
        f.heapReleased += n('npages') * pageSize;
        break;
      case 'gcTriggerTest':
        f.nextGC = n('heapGoal');
        break;
      case 'gcPhase':
        f.gcphase = n('phase');
        break;
      case 'gcDone':
        // That of a log has no goal.
        if (event.heapGoal !== undefined) f.nextGC = n('heapGoal');
        if (event.objects !== undefined) f.heapLive = n('marked');
        f.numGC++;
        break;
      default:
    }
  }

  #span(type: number, bytes: number): void {
    const f = this.#figures;
    f.heapIdle -= bytes;
    if (type === spanAllocHeap) f.heapInuse += bytes;
    else if (type === spanAllocStack) f.stackInuse += bytes;
  }
}
