/**
 * Memory from the operating system, and who answers for it. A page is Reserved, Prepared (mapped,
 * but not backed), or Ready; `mappedReady` counts the last.
 *
 * @go runtime/mem.go
 */
import { throw_ } from './errors.ts';
import type { MStats, SysMemStat } from './mstats.ts';
import type { Runtime } from './runtime2.ts';

/** `n` bytes, Ready and zero; their address. @go runtime/mem.go sysAlloc */
export function sysAlloc(rt: Runtime, n: number, stat: SysMemStat): number {
  sysMemStatAdd(rt.memstats, stat, n);
  rt.gcController.mappedReady += n;
  return rt.memory.mmap(n);
}

/** Gives back what sysAlloc gave. @go runtime/mem.go sysFree */
export function sysFree(rt: Runtime, addr: number, n: number, stat: SysMemStat): void {
  sysMemStatAdd(rt.memstats, stat, -n);
  rt.gcController.mappedReady -= n;
  rt.memory.discard(addr, n);
}

/** Ready to Prepared: the contents are gone. @go runtime/mem.go sysUnused */
export function sysUnused(rt: Runtime, addr: number, n: number): void {
  rt.gcController.mappedReady -= n;
  rt.memory.discard(addr, n);
}

/** Prepared to Ready; `prepared` of the bytes were Prepared. @go runtime/mem.go sysUsed */
export function sysUsed(rt: Runtime, _addr: number, _n: number, prepared: number): void {
  rt.gcController.mappedReady += prepared;
}

/** Reserved to Prepared, for memory whose address matters. @go runtime/mem.go sysMap */
export function sysMap(rt: Runtime, addr: number, n: number, stat: SysMemStat): void {
  sysMemStatAdd(rt.memstats, stat, n);
  rt.memory.map(addr, n);
}

/** sysMap and sysUsed of memory whose contents the model keeps in structures of its own. */
export function sysAccount(rt: Runtime, n: number, stat: SysMemStat): void {
  sysMemStatAdd(rt.memstats, stat, n);
  rt.gcController.mappedReady += n;
}

/** @go runtime/mstats.go (*sysMemStat).add */
export function sysMemStatAdd(memstats: MStats, stat: SysMemStat, n: number): void {
  const value = memstats[stat] + n;
  if (value < 0) throw_('sysMemStat overflow');
  memstats[stat] = value;
}
