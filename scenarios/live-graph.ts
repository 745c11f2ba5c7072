/** The heap of a world that runs, as the dump that it would write. Nothing here uses Node. */
import { writeheapdumpM } from '../dump/heapdump.ts';
import type { World } from '../sim/runtime.ts';
import { stopTheWorld } from '../sim/stoptheworld.ts';
import { fieldNameIn, type TypeInfo, typeInfo } from './explorer/type-info.ts';
import { allocationName } from './export/live-naming.ts';
import { type NamedGraph, type NameOf, namedGraph } from './terminal/graph.ts';
import type { RecordedRun } from './timeline/record.ts';
import { headerBytes } from './timeline/spans.ts';

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
    return allocationName(made, (typ) => world.types.at(typ));
  };
  const globalAt: NameOf = (address) => world.firstmoduledata.globalAt(address);
  const headerAt = (address: number): number => {
    const s = world.mheap.spanOf(address);
    return s === null ? 0 : headerBytes(world, s);
  };
  const infos = new Map<number, TypeInfo>();
  const fieldAt = (address: number, offset: number): string | undefined => {
    const s = world.mheap.spanOf(address);
    const made = s === null ? undefined : allocations.at(s.startAddr, s.objIndex(address));
    if (made === undefined || made.requests > 1 || made.typ === 0) return undefined;
    const type = infos.get(made.typ) ?? typeInfo(world, made.typ);
    infos.set(made.typ, type);
    return fieldNameIn(type, offset - headerAt(address), made.requested);
  };
  const funcAt: NameOf = (pc) => world.symtab.findfunc(pc)?.name;
  return { named: namedGraph(dump, { nameOf, globalAt, headerAt, fieldAt, funcAt }), dump };
}
