/** The heap of a world that runs, as the dump that it would write. Nothing here uses Node. */
import { writeheapdumpM } from '../dump/heapdump.ts';
import type { World } from '../sim/runtime.ts';
import { stopTheWorld } from '../sim/stoptheworld.ts';
import { type NamedGraph, type NameOf, namedGraph } from './terminal/graph.ts';
import type { RecordedRun } from './timeline/record.ts';

/** The dump that the program would write there. The world is of no use afterwards. */
export function dumpOf(world: World): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  writeheapdumpM(stopTheWorld(world), { write: (bytes) => void parts.push(bytes.slice()) });
  return joined(parts);
}

/** The parts, one after the other. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The graph of a world; dumps it. */
export function liveGraph({ world, allocations }: Pick<RecordedRun, 'world' | 'allocations'>): {
  named: NamedGraph;
  dump: Uint8Array<ArrayBuffer>;
} {
  const dump = dumpOf(world);
  const nameOf: NameOf = (address) => {
    const s = world.mheap.spanOf(address);
    if (s === null) return undefined;
    const index = s.objIndex(address);
    if (index >= s.nelems) return "(the span's pointer bits)";
    const made = allocations.at(s.startAddr, index);
    if (made === undefined) return undefined;
    if (made.requests > 1) return `(${made.requests} tiny objects)`;
    return made.typ === 0 ? '(no type)' : world.types.at(made.typ).string;
  };
  const globalAt: NameOf = (address) => world.firstmoduledata.globalAt(address);
  return { named: namedGraph(dump, { nameOf, globalAt }), dump };
}
