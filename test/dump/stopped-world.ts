/** A stopped world made by hand: memory with a pattern, and whatever the test says. */

import type {
  Bitvector,
  MemStats,
  StoppedFrame,
  StoppedG,
  StoppedSpan,
  StoppedType,
  StoppedWorld,
} from '../../sim/stopped-world.ts';
import { memStatsFields, stoppedWorldBrand } from '../../sim/stopped-world.ts';
import { hexOfBytes } from './encoder.ts';

/** The byte at an address: its low eight bits. */
const byteAt = (addr: number) => addr % 256;

export function bitsOf(text: string): Bitvector {
  const bytedata = new Uint8Array(Math.ceil(text.length / 8));
  for (let i = 0; i < text.length; i++) if (text[i] === '1') bytedata[i >> 3]! |= 1 << (i & 7);
  return { n: text.length, bytedata };
}

export function handmadeWorld(given: Partial<StoppedWorld> = {}): StoppedWorld {
  const zeros = Object.fromEntries(memStatsFields.map((name) => [name, 0]));
  const noPointers = { next: () => 0 };
  return {
    [stoppedWorldBrand]: true,
    arch: { goarch: 'amd64', ptrSize: 8, bigEndian: false },
    buildVersion: 'go1.22.12',
    ncpu: 2,
    arenas: [{ base: 0xc000000000, bytes: 64 << 20 }],
    itabs: [],
    allspans: [],
    allocHeaders: true,
    typePointersOf: () => noPointers,
    heapBitsForAddr: () => noPointers,
    memory: {
      read: (addr, length, target, offset) => {
        for (let i = 0; i < length; i++) target[offset + i] = byteAt(addr + i);
      },
      pieces: (addr, length, visit) => {
        for (let at = 0; at < length; at += 1 << 20) {
          const n = Math.min(1 << 20, length - at);
          visit(Uint8Array.from({ length: n }, (_, i) => byteAt(addr + at + i)));
        }
      },
    },
    allgs: [],
    allm: [],
    data: { addr: 0x1000, bytes: new Uint8Array(0), mask: bitsOf('') },
    bss: { addr: 0x2000, bytes: new Uint8Array(0), mask: bitsOf('') },
    finq: [],
    memstats: { ...zeros, PauseNs: new Array(256).fill(0), NumGC: 0 } as unknown as MemStats,
    mbuckets: [],
    ...given,
  };
}

/** A span whose slots are free where `slots` has a dot. */
export function handmadeSpan(given: Partial<StoppedSpan>, slots: string): StoppedSpan {
  return {
    inUse: true,
    base: 0x100,
    bytes: 64,
    elemsize: 16,
    nelems: slots.length,
    isFree: (index) => slots[index] === '.',
    ensureSwept: () => {},
    finalizers: () => [],
    allocSamples: () => [],
    ...given,
  };
}

export function handmadeType(given: Partial<StoppedType> = {}): StoppedType {
  return {
    addr: 0x10,
    hash: 0,
    size: 8,
    string: '*main.T',
    pkgPath: '',
    name: '',
    interfaceDataIsPointer: true,
    ...given,
  };
}

export function handmadeG(given: Partial<StoppedG> = {}, frames: StoppedFrame[] = []): StoppedG {
  return {
    addr: 1,
    sp: 2,
    goid: 3,
    gopc: 4,
    status: 4,
    isSystem: true,
    isBackground: false,
    waitsince: 5,
    waitreason: 'w',
    ctxt: 6,
    m: 7,
    defers: [],
    panics: [],
    frames: () => frames,
    ...given,
  };
}

/** A sink that keeps the bytes as hex, and the sizes of the writes. */
export function keepingSink() {
  const sizes: number[] = [];
  const pieces: Uint8Array[] = [];
  return {
    sizes,
    write: (bytes: Uint8Array) => {
      pieces.push(bytes.slice());
    },
    wrote: (size: number) => {
      sizes.push(size);
    },
    bytes: () => Buffer.concat(pieces),
    hex: () => hexOfBytes(Buffer.concat(pieces)),
  };
}
