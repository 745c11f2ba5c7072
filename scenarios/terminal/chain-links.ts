/** The pointers along a chain of objects: where each lies in its holder, and what it says. */
import { RootReader, visitDump } from '../../dump/index.ts';

/** The pointer from an object of a chain to the next one. */
export interface ChainLink {
  /** Where in the holder it is. */
  readonly offset: number;
  /** The address that it holds, which need not be where the next object begins. */
  readonly pointer: number;
}

interface Extent {
  readonly address: number;
  readonly size: number;
}

/** The first pointer of each object of a chain to the next one, from the dump's bytes. */
export function chainLinks(dump: Uint8Array, chain: readonly Extent[]): (ChainLink | undefined)[] {
  const nextOf = new Map<number, number>();
  for (let i = 0; i + 1 < chain.length; i++) nextOf.set(chain[i]!.address, i + 1);
  const links: (ChainLink | undefined)[] = new Array(Math.max(0, chain.length - 1)).fill(undefined);
  const reader = new RootReader();
  visitDump(dump, {
    object(view) {
      const next = nextOf.get(Number(view.address));
      if (next === undefined || view.size === 0) return;
      const { address, size } = chain[next]!;
      for (let i = 0; i < view.pointerCount; i++) {
        const pointer = reader.pointerOf(view, i);
        if (pointer < address || pointer >= address + size) continue;
        links[next - 1] ??= { offset: view.pointers[i]!, pointer };
        return;
      }
    },
    record(record) {
      if (record.kind === 'params') reader.record(record);
    },
    defect() {},
  });
  return links;
}
