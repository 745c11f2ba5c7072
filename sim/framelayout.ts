/**
 * Where a function's parameters and locals lie in its frame, and the pointer maps that follow.
 *
 * @go cmd/compile/internal/ssagen/pgen.go AllocFrame, cmd/compile/internal/abi/abiutils.go,
 * cmd/compile/internal/liveness/plive.go
 */
import type { Arch } from './arch.ts';
import type { Bitvector } from './stopped-world.ts';
import type { StackObject } from './symtab.ts';
import { pointerMask, type Type } from './type.ts';
import { alignUp } from './uintptr.ts';

export interface SlotSpec {
  readonly name: string;
  readonly type: Type;
  /** The variable's address is taken: it becomes a stack object as well. */
  readonly addrTaken?: boolean;
}

/** A variable with its place. */
export interface Slot extends SlotSpec {
  /** Locals are addressed from varp, parameters from argp. */
  readonly base: 'varp' | 'argp';
  /** Negative for locals. */
  readonly off: number;
}

export interface FrameLayoutSpec {
  /** In the order of the signature, results last. */
  readonly params: readonly SlotSpec[];
  readonly locals: readonly SlotSpec[];
  /** Room for the arguments of the function's calls, in bytes; {@link defaultOutArgs} unless given. */
  readonly outArgs?: number;
  /** Names of the live variables for each further pointer map, from index 2 on. */
  readonly liveness?: readonly (readonly string[])[];
}

/** Map 0: the entry, parameters live. Map 1: all live. */
export interface FrameLayout {
  readonly slots: ReadonlyMap<string, Slot>;
  readonly frameSize: number;
  readonly argsSize: number;
  readonly outArgs: number;
  readonly localsMaps: readonly Bitvector[];
  readonly argsMaps: readonly Bitvector[];
  readonly stackObjects: readonly StackObject[];
}

/** Words for the arguments of calls where nobody says how many there are. */
const defaultOutArgs = 8;

/** Lays a frame out as the compiler does. */
export function layoutFrame(arch: Arch, spec: FrameLayoutSpec): FrameLayout {
  const { ptrSize } = arch;
  const outArgs = alignUp(spec.outArgs ?? defaultOutArgs * ptrSize, ptrSize);
  const params = placeParams(arch, spec.params);
  const locals = placeLocals(arch, spec.locals);
  const slots = new Map<string, Slot>();
  for (const slot of [...params.slots, ...locals.slots]) {
    if (slots.has(slot.name)) throw new RangeError(`variable ${slot.name} exists twice`);
    slots.set(slot.name, slot);
  }
  const none = new Set<string>();
  const all = new Set(slots.keys());
  const paramNames = new Set(params.slots.map((s) => s.name));
  const liveSets = [paramNames, all, ...(spec.liveness ?? []).map((names) => new Set(names))];
  const localsLive = liveSets.map((live, i) => (i === 0 ? none : live));
  return {
    slots,
    frameSize: frameSize(arch, locals.bytes, outArgs),
    argsSize: params.bytes,
    outArgs,
    localsMaps: localsLive.map((live) => bitmap(locals.slots, live, -locals.ptrBytes, 0, ptrSize)),
    argsMaps: liveSets.map((live) => bitmap(params.slots, live, 0, params.bytes, ptrSize)),
    stackObjects: [...locals.slots, ...params.slots]
      .filter((s) => s.addrTaken === true)
      .map((s) => stackObject(s, ptrSize))
      .sort((a, b) => a.off - b.off),
  };
}

interface Placed {
  readonly slots: readonly Slot[];
  readonly bytes: number;
  /** Bytes at the top of the locals that may hold pointers. */
  readonly ptrBytes: number;
}

/** One after the other from argp, each aligned. */
function placeParams({ ptrSize }: Arch, specs: readonly SlotSpec[]): Placed {
  let off = 0;
  const slots = specs.map((s): Slot => {
    off = alignUp(off, s.type.align);
    const slot: Slot = { ...s, base: 'argp', off };
    off += s.type.size;
    return slot;
  });
  const bytes = alignUp(off, ptrSize);
  return { slots, bytes, ptrBytes: bytes };
}

/** Down from varp: those with pointers first, larger alignment first, then by name. @go cmd/compile/internal/ssagen/pgen.go cmpstackvarlt */
function placeLocals({ ptrSize }: Arch, specs: readonly SlotSpec[]): Placed {
  const hasPointers = (s: SlotSpec) => s.type.ptrBytes > 0;
  const byName = (a: SlotSpec, b: SlotSpec) => (a.name < b.name ? -1 : 1);
  const sorted = [...specs].sort(
    (a, b) =>
      Number(hasPointers(b)) - Number(hasPointers(a)) ||
      b.type.align - a.type.align ||
      byName(a, b),
  );
  let bytes = 0;
  let ptrBytes = 0;
  let lastHasPtr = false;
  const slots = sorted.map((s): Slot => {
    const width = s.type.size === 0 && lastHasPtr ? 1 : s.type.size;
    bytes = alignUp(bytes + width, s.type.align);
    lastHasPtr = hasPointers(s);
    if (lastHasPtr) ptrBytes = bytes;
    return { ...s, base: 'varp', off: -bytes };
  });
  return { slots, bytes: alignUp(bytes, ptrSize), ptrBytes: alignUp(ptrBytes, ptrSize) };
}

/**
 * Distance of sp in the body from sp at the entry: locals, outgoing arguments, and what the target
 * saves in a frame. @go cmd/internal/obj/x86/obj6.go preprocess and the like, ssagen/pgen.go PadFrame
 */
function frameSize(arch: Arch, locals: number, outArgs: number): number {
  const { ptrSize, goarch } = arch;
  if (goarch === 'arm64') return alignUp(locals + outArgs, 16) + 2 * ptrSize;
  if (arch.usesLR) return alignUp(locals + outArgs + arch.minFrameSize, arch.stackAlign);
  return locals + outArgs + (arch.framePointerEnabled ? ptrSize : 0);
}

/** Bits of the words from `start` to `end`, both from the slots' base. */
function bitmap(
  slots: readonly Slot[],
  live: ReadonlySet<string>,
  start: number,
  end: number,
  ptrSize: number,
): Bitvector {
  const n = (end - start) / ptrSize;
  const bytedata = new Uint8Array((n + 7) >> 3);
  for (const { name, type, off } of slots) {
    if (!live.has(name)) continue;
    const mask = pointerMask(type, ptrSize);
    for (let i = 0; i * ptrSize < type.ptrBytes; i++) {
      const bit = (off - start) / ptrSize + i;
      if ((mask[i >> 3]! >> (i & 7)) & 1) bytedata[bit >> 3]! |= 1 << (bit & 7);
    }
  }
  return { n, bytedata };
}

function stackObject({ off, type }: Slot, ptrSize: number): StackObject {
  return { off, size: type.size, ptrdata: type.ptrBytes, gcdata: pointerMask(type, ptrSize) };
}
