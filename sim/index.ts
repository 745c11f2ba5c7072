/**
 * The model of Go's runtime: package goheapsim/sim.
 *
 * A {@link World} is one linked program. Give it types and functions, then {@link runProgram} boots
 * it as real Go does and runs main.main; the body allocates with {@link newobject} or
 * {@link mallocgc}, or collects with {@link runtimeGC}. {@link stopTheWorld} makes what goheapsim/dump
 * writes. Whoever wants a whole Go program rather than its runtime writes a scenario instead:
 * goheapsim/scenarios.
 *
 *     const world = new World({ goarch: 'arm64', gogc: -1 });
 *     const node = world.types.structOf([{ name: 'x', type: world.types.int }]);
 *     const layout = layoutFrame(world.arch, { params: [], locals: [] });
 *     const main = world.symtab.addFunc({ name: 'main.main', file: 'main.go', line: 1, layout });
 *     runProgram(world, {
 *       main,
 *       *body() {
 *         newobject(world, node);
 *         writeheapdumpM(stopTheWorld(world), { write: (bytes) => file.push(bytes.slice()) });
 *         startTheWorld(world);
 *       },
 *       env: { args: ['main'], envs: [] },
 *       systemGoroutines: true,
 *     });
 */

export { type Arch, archOf, type GoArch, goarches } from './arch.ts';
export { type Environment, type Program, runProgram } from './boot.ts';
export { RuntimeThrow } from './errors.ts';
export {
  type FrameLayout,
  type FrameLayoutSpec,
  layoutFrame,
  type SlotSpec,
} from './framelayout.ts';
export { type Kind, kind } from './kind.ts';
export { mallocgc, newarray, newobject } from './malloc.ts';
export { runtimeGC } from './mgchost.ts';
export { roundupsize } from './msize.ts';
export { readmemstats_m } from './mstats.ts';
export type { Observer, RuntimeEvent } from './observer.ts';
export { World, type WorldOptions } from './runtime.ts';
export type { G, M, P, Runtime } from './runtime2.ts';
export { classToAllocnpages, classToSize, numSizeClasses, sizeToClass } from './sizeclasses.ts';
export type { Frame } from './stack.ts';
export {
  type Bitvector,
  type MemStats,
  memStatsFields,
  type PointerCursor,
  type StoppedAllocSample,
  type StoppedBucket,
  type StoppedBucketFrame,
  type StoppedDefer,
  type StoppedFinalizer,
  type StoppedFrame,
  type StoppedFunc,
  type StoppedFuncval,
  type StoppedG,
  type StoppedItab,
  type StoppedM,
  type StoppedMemory,
  type StoppedPanic,
  type StoppedSegment,
  type StoppedSpan,
  type StoppedStackmap,
  type StoppedType,
  type StoppedWorld,
  type Uint64,
} from './stopped-world.ts';
export { startTheWorld, stopTheWorld } from './stoptheworld.ts';
export type { Func, FuncSpec } from './symtab.ts';
export {
  type Field,
  type FieldSpec,
  type Method,
  type MethodSpec,
  type MethodSpecs,
  Type,
  TypeTable,
} from './type.ts';
