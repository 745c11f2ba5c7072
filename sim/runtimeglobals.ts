/**
 * Variables of package runtime that others of the model read, or that are large enough to count in
 * the size of the globals, which is part of the pacer's goal. Sizes are those of go1.22.12
 * executables.
 *
 * @go runtime/runtime2.go, runtime/proc.go, runtime/mheap.go
 */
import type { Arch, GoArch } from './arch.ts';
import type { ModuleData, Segment } from './moduledata.ts';
import type { RuntimeStructs } from './runtimetypes.ts';
import type { Type, TypeTable } from './type.ts';

/** Entries of the first itab table. @go runtime/iface.go itabInitSize */
export const itabInitSize = 512;

/** Buckets of the semaphore table. @go runtime/sema.go semTabSize */
const semTabSize = 251;

/** mheap_ has padded parts, so that its size goes by the cache line. */
const mheapBytes: Readonly<Record<4 | 8, Readonly<Record<number, number>>>> = {
  4: { 32: 18088, 64: 18120 },
  8: { 32: 92824, 64: 92856, 128: 101624, 256: 101752 },
};

/**
 * Bytes of data and of bss that the variables take which nothing here reads, those of other packages
 * among them, in a program that imports no more than runtime/debug.
 */
const otherGlobals: Readonly<Record<GoArch, readonly [data: number, bss: number]>> = {
  amd64: [10240, 10496],
  '386': [5280, 5568],
  arm: [4864, 5456],
  arm64: [10208, 10624],
  loong64: [10208, 10464],
  mips: [13992, 5504],
  mipsle: [13992, 5504],
  mips64: [27760, 10400],
  mips64le: [27760, 10400],
  ppc64: [10208, 10592],
  ppc64le: [10208, 10624],
  riscv64: [10208, 10464],
  s390x: [10208, 10848],
};

/** Declares the variables that nobody else does, before the program is linked. */
export function addRuntimeGlobals(
  module: ModuleData,
  types: TypeTable,
  structs: RuntimeStructs,
): void {
  const { arch } = types;
  const { ptrSize } = arch;
  const wide = ptrSize === 8;
  const words = (bytes: number) => types.arrayOf(bytes / ptrSize, types.uintptr);
  const pointer = types.unsafePointer;
  const [otherData, otherBSS] = otherGlobals[arch.goarch];
  const variables: [name: string, type: Type, segment: Segment, initial?: Uint8Array][] = [
    ['zerobase', types.uintptr, 'noptrbss'],
    ['zeroVal', types.arrayOf(1024, types.uint8), 'noptrbss'],
    ['staticuint64s', types.arrayOf(256, types.uint64), 'noptrdata', staticuint64s(arch)],
    ['itabTable', pointer, 'data'],
    ['itabTableInit', itabTableType(types, itabInitSize), 'data'],
    ['allgs', types.sliceOf(pointer), 'bss'],
    ['allgptr', pointer, 'bss'],
    ['g0', structs.get('g').type, 'bss'],
    ['m0', structs.get('m').type, 'bss'],
    ['sched', padded(types, structs.get('schedt').type, wide ? 6824 : 6712), 'bss'],
    ['semtable', semtable(types, structs), 'bss'],
    ['mheap_', words(mheapBytes[ptrSize][arch.cacheLinePadSize]!), 'bss'],
    ['trace', words(wide ? 262864 : 131656), 'bss'],
    ['otherData', words(otherData), 'data'],
    ['otherBSS', words(otherBSS), 'bss'],
    ['cpuprof', words(wide ? 8048 : 4032), 'bss'],
    ['memstats', words(wide ? 7744 : 7732), 'noptrbss'],
  ];
  for (const [name, type, segment, initial] of variables) {
    if (!module.hasGlobal(`runtime.${name}`)) {
      module.addGlobal(`runtime.${name}`, type, segment, initial);
    }
  }
}

/** The integers from 0 to 255, which interfaces of small values point at. @go runtime/iface.go staticuint64s */
function staticuint64s({ bigEndian }: Arch): Uint8Array {
  const bytes = new Uint8Array(256 * 8);
  for (let i = 0; i < 256; i++) bytes[i * 8 + (bigEndian ? 7 : 0)] = i;
  return bytes;
}

/** Two counts and `size` pointers. @go runtime/iface.go itabTableType */
function itabTableType(types: TypeTable, size: number): Type {
  return types.structOf([
    { name: 'size', type: types.uintptr },
    { name: 'count', type: types.uintptr },
    { name: 'entries', type: types.arrayOf(size, types.unsafePointer) },
  ]);
}

/** @go runtime/sema.go semTable */
function semtable(types: TypeTable, structs: RuntimeStructs): Type {
  const root = structs.get('semaRoot').type;
  return types.arrayOf(semTabSize, padded(types, root, types.arch.cacheLinePadSize));
}

/** `type` in a struct of `size` bytes. */
function padded(types: TypeTable, type: Type, size: number): Type {
  if (type.size === size) return type;
  return types.structOf([
    { name: 'value', type },
    { name: 'pad', type: types.arrayOf(size - type.size, types.uint8) },
  ]);
}
