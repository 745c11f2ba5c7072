/**
 * Sweeping: unmarked objects become free slots, empty spans go back to the page heap. A span is
 * swept by whoever needs it first.
 *
 * @go runtime/mgcsweep.go
 */
import { throw_ } from './errors.ts';
import { type MSpan, mSpanInUse } from './mspan.ts';
import {
  kindSpecialFinalizer,
  kindSpecialPinCounter,
  kindSpecialProfile,
  kindSpecialReachable,
  type Special,
} from './mspecial.ts';
import type { Runtime } from './runtime2.ts';
import { numSpanClasses } from './sizeclasses.ts';
import { pageSize } from './uintptr.ts';

const numSweepClasses = numSpanClasses * 2;
/** What {@link sweepone} gives when there was nothing to sweep: Go's ^uintptr(0). */
const noMoreSweeping = -1;

/**
 * Who sweeps and how far sweeping got.
 *
 * @go runtime/mgcsweep.go sweepdata
 */
export class SweepState {
  /** No unswept span is left in any set. */
  drained = false;
  /** Sweepers between begin and end. */
  sweepers = 0;
  /** The set where the search for unswept spans goes on: `spanclass << 1 | partial`. */
  centralIndex = 0;
}

/** Takes part in sweeping; false when all is swept. @go runtime/mgcsweep.go (*activeSweep).begin */
export function sweepActiveBegin(rt: Runtime): boolean {
  const { sweep } = rt.mheap;
  if (sweep.drained) return false;
  sweep.sweepers++;
  return true;
}

/** @go runtime/mgcsweep.go (*activeSweep).end */
export function sweepActiveEnd(rt: Runtime): void {
  const { sweep } = rt.mheap;
  if (sweep.sweepers === 0) throw_('mismatched begin/end of activeSweep');
  sweep.sweepers--;
}

/** Whether every span is swept and nobody sweeps. @go runtime/mgcsweep.go isSweepDone */
export function isSweepDone(rt: Runtime): boolean {
  const { sweep } = rt.mheap;
  return sweep.drained && sweep.sweepers === 0;
}

/** Gets the right to sweep `s`; false if it is swept. @go runtime/mgcsweep.go (*sweepLocker).tryAcquire */
export function tryAcquire(rt: Runtime, s: MSpan): boolean {
  const { sweepgen } = rt.mheap;
  if (s.sweepgen !== sweepgen - 2) return false;
  s.sweepgen = sweepgen - 1;
  return true;
}

/** An unswept span out of the central sets, or null. @go runtime/mgcsweep.go (*mheap).nextSpanForSweep */
function nextSpanForSweep(rt: Runtime): MSpan | null {
  const { mheap } = rt;
  const { sweep, sweepgen: sg } = mheap;
  for (let sc = sweep.centralIndex; sc < numSweepClasses; sc++) {
    const c = mheap.central[sc >> 1]!;
    const set = (sc & 1) === 0 ? c.fullUnswept(sg) : c.partialUnswept(sg);
    const s = set.pop(rt);
    if (s !== null) {
      sweep.centralIndex = Math.max(sweep.centralIndex, sc);
      return s;
    }
  }
  sweep.centralIndex = numSweepClasses;
  return null;
}

/**
 * Sweeps one span. Gives the pages it freed (0 if the span is still in use), or
 * {@link noMoreSweeping}.
 *
 * @go runtime/mgcsweep.go sweepone
 */
export function sweepone(rt: Runtime): number {
  rt.unlaid.enter(rt, 'runtime.sweepone');
  const npages = sweepNext(rt);
  rt.unlaid.leave();
  return npages;
}

function sweepNext(rt: Runtime): number {
  if (!sweepActiveBegin(rt)) return noMoreSweeping;
  const { mheap } = rt;
  let npages = noMoreSweeping;
  let noMoreWork = false;
  for (;;) {
    const s = nextSpanForSweep(rt);
    if (s === null) {
      noMoreWork = !mheap.sweep.drained;
      mheap.sweep.drained = true;
      break;
    }
    if (s.state !== mSpanInUse) {
      if (s.sweepgen !== mheap.sweepgen && s.sweepgen !== mheap.sweepgen + 3) {
        throw_('non in-use span found in unswept list');
      }
      continue;
    }
    if (tryAcquire(rt, s)) {
      npages = s.npages;
      if (sweepSpan(rt, s, false)) mheap.reclaimCredit += npages;
      else npages = 0;
      break;
    }
  }
  sweepActiveEnd(rt);
  if (noMoreWork) rt.scavenger.ready(rt);
  return npages;
}

/** Sweeps `s` unless it is swept. @go runtime/mgcsweep.go (*mspan).ensureSwept */
export function ensureSwept(rt: Runtime, s: MSpan): void {
  if (!sweepActiveBegin(rt)) return;
  if (tryAcquire(rt, s)) sweepSpan(rt, s, false);
  sweepActiveEnd(rt);
}

/** Sweeps all that is left, before a new cycle marks. @go runtime/mgcsweep.go finishsweep_m */
export function finishsweep_m(rt: Runtime): void {
  while (sweepone(rt) !== noMoreSweeping) {
    // Each call sweeps one span.
  }
  const { mheap } = rt;
  if (mheap.sweep.sweepers !== 0) throw_('active sweepers found at start of mark phase');
  const sg = mheap.sweepgen;
  for (const c of mheap.central) {
    c.partialUnswept(sg).reset(rt);
    c.fullUnswept(sg).reset(rt);
  }
  rt.scavenger.wake(rt, true);
  mheap.gcBitsArenas.nextMarkBitArenaEpoch();
}

/**
 * Sweeps a span that {@link tryAcquire} gave. `preserve`: the caller keeps it, so that it goes into
 * no set and is not freed. True if it went back to the page heap.
 *
 * @go runtime/mgcsweep.go (*sweepLocked).sweep
 */
export function sweepSpan(rt: Runtime, s: MSpan, preserve: boolean): boolean {
  rt.unlaid.enter(rt, 'runtime.(*sweepLocked).sweep');
  const freed = sweep(rt, s, preserve);
  rt.unlaid.leave();
  return freed;
}

function sweep(rt: Runtime, s: MSpan, preserve: boolean): boolean {
  const { mheap } = rt;
  const { sweepgen } = mheap;
  if (s.state !== mSpanInUse || s.sweepgen !== sweepgen - 1) {
    throw_('mspan.sweep: bad span state');
  }
  mheap.pagesSwept += s.npages;
  if (s.specials !== null) sweepSpecials(rt, s);
  checkZombies(s);
  const nalloc = s.countAlloc();
  const nfreed = s.allocCount - nalloc;
  if (nalloc > s.allocCount) throw_('sweep increased allocation count');
  s.allocCount = nalloc;
  s.freeindex = 0;
  s.freeIndexForScan = 0;
  s.allocBits = s.gcmarkBits;
  s.gcmarkBits = mheap.gcBitsArenas.newMarkBits(s.nelems);
  s.refillAllocCache(0);
  if (s.state !== mSpanInUse || s.sweepgen !== sweepgen - 1) {
    throw_('mspan.sweep: bad span state after sweep');
  }
  s.sweepgen = sweepgen;
  rt.observer?.onEvent({
    name: 'sweep',
    base: s.base(),
    npages: s.npages,
    spanclass: s.spanclass,
    nalloc,
    nfreed,
    preserve,
    allocBits: s.allocBits,
  });
  return s.sizeclass() !== 0
    ? finishSmall(rt, s, nalloc, nfreed, preserve)
    : !preserve && finishLarge(rt, s, nfreed);
}

/** Books what sweeping a small-object span freed and puts the span where it belongs. */
function finishSmall(
  rt: Runtime,
  s: MSpan,
  nalloc: number,
  nfreed: number,
  preserve: boolean,
): boolean {
  const { mheap } = rt;
  if (nfreed > 0) {
    s.needzero = 1;
    rt.memstats.heapStats.smallFreeCount[s.sizeclass()]! += nfreed;
    rt.gcController.totalFree += nfreed * s.elemsize;
  }
  if (preserve) return false;
  if (nalloc === 0) {
    mheap.freeSpan(s);
    return true;
  }
  const c = mheap.central[s.spanclass]!;
  if (nalloc === s.nelems) c.fullSwept(mheap.sweepgen).push(rt, s);
  else c.partialSwept(mheap.sweepgen).push(rt, s);
  return false;
}

/** The same for a large object. */
function finishLarge(rt: Runtime, s: MSpan, nfreed: number): boolean {
  const { mheap } = rt;
  if (nfreed === 0) {
    mheap.central[s.spanclass]!.fullSwept(mheap.sweepgen).push(rt, s);
    return false;
  }
  const size = s.elemsize;
  const stats = rt.memstats.heapStats;
  stats.largeFreeCount++;
  stats.largeFree += size;
  rt.gcController.totalFree += size;
  mheap.freeSpan(s);
  const unrolled = s.largeType === null ? undefined : mheap.unrolledTypes.get(s.largeType);
  if (unrolled !== undefined) {
    mheap.unrolledTypes.delete(s.largeType!);
    mheap.freeUnrolled(unrolled);
    s.largeType = null;
  }
  return true;
}

/** Throws where a free object is marked. @go runtime/mgcsweep.go (*mspan).reportZombies */
function checkZombies(s: MSpan): void {
  if (s.freeindex >= s.nelems) return;
  const { allocBits, gcmarkBits } = s;
  const obj = s.freeindex;
  let i = obj >>> 3;
  if ((gcmarkBits[i]! & ~allocBits[i]!) >>> (obj & 7) !== 0) throw_('found pointer to free object');
  const n = (s.nelems + 7) >>> 3;
  for (i++; i < n; i++) {
    if ((gcmarkBits[i]! & ~allocBits[i]!) !== 0) throw_('found pointer to free object');
  }
}

/**
 * Goes through the specials of a span. An unmarked object with a finalizer is kept for one more
 * cycle and only its finalizers go; of other unmarked objects all specials go.
 */
function sweepSpecials(rt: Runtime, s: MSpan): void {
  const size = s.elemsize;
  let prev: Special | null = null;
  let special: Special | null = s.specials;
  const unlink = (x: Special): Special | null => {
    if (prev === null) s.specials = x.next;
    else prev.next = x.next;
    return x.next;
  };
  while (special !== null) {
    const objIndex = Math.floor(special.offset / size);
    const objStart = objIndex * size;
    if (s.isMarked(objIndex)) {
      if (special.kind === kindSpecialReachable) {
        special.reachable = true;
        const next = unlink(special);
        freeSpecial(rt, special, s.base() + objStart, size);
        special = next;
      } else {
        prev = special;
        special = special.next;
      }
      continue;
    }
    const endOffset = objStart + size;
    let hasFin = false;
    for (let t: Special | null = special; t !== null && t.offset < endOffset; t = t.next) {
      if (t.kind === kindSpecialFinalizer) {
        s.setMarked(objIndex);
        hasFin = true;
        break;
      }
    }
    while (special !== null && special.offset < endOffset) {
      if (special.kind === kindSpecialFinalizer || !hasFin) {
        const next = unlink(special);
        freeSpecial(rt, special, s.base() + special.offset, size);
        special = next;
      } else {
        prev = special;
        special = special.next;
      }
    }
  }
  if (s.specials === null) rt.mheap.spanHasNoSpecials(s);
}

/** Does what the end of the object at `p` asks for and frees the record. @go runtime/mheap.go freeSpecial */
function freeSpecial(rt: Runtime, s: Special, p: number, size: number): void {
  const { mheap } = rt;
  switch (s.kind) {
    case kindSpecialFinalizer:
      rt.mfinal.queuefinalizer(rt, p, s.fn, s.nret, s.fint, s.ot);
      mheap.specialfinalizeralloc.free(s.addr);
      break;
    case kindSpecialProfile:
      rt.mprof.free(rt, s.b, size);
      mheap.specialprofilealloc.free(s.addr);
      break;
    case kindSpecialReachable:
      s.done = true;
      break;
    case kindSpecialPinCounter:
      mheap.specialPinCounterAlloc.free(s.addr);
      break;
    default:
      s satisfies never;
      throw_('bad special kind');
  }
}

/**
 * Sweeps enough, before `spanBytes` are allocated, that sweeping ends before the next cycle starts.
 * `callerSweepPages`: pages that the caller sweeps itself.
 *
 * @go runtime/mgcsweep.go deductSweepCredit
 */
export function deductSweepCredit(rt: Runtime, spanBytes: number, callerSweepPages: number): void {
  rt.unlaid.enter(rt, 'runtime.deductSweepCredit');
  if (rt.mheap.sweepPagesPerByte !== 0) paySweepDebt(rt, spanBytes, callerSweepPages);
  rt.unlaid.leave();
}

function paySweepDebt(rt: Runtime, spanBytes: number, callerSweepPages: number): void {
  const { mheap } = rt;
  for (;;) {
    const sweptBasis = mheap.pagesSweptBasis;
    const live = rt.gcController.heapLive;
    const liveBasis = mheap.sweepHeapLiveBasis;
    let newHeapLive = spanBytes;
    if (liveBasis < live) newHeapLive += live - liveBasis;
    const pagesTarget = Math.trunc(mheap.sweepPagesPerByte * newHeapLive) - callerSweepPages;
    let retry = false;
    while (pagesTarget > mheap.pagesSwept - sweptBasis) {
      if (sweepone(rt) === noMoreSweeping) {
        mheap.sweepPagesPerByte = 0;
        break;
      }
      if (mheap.pagesSweptBasis !== sweptBasis) {
        retry = true;
        break;
      }
    }
    if (!retry) return;
  }
}

/**
 * Sets the pace of sweeping so that it ends a megabyte of allocation before `trigger`.
 *
 * @go runtime/mgcsweep.go gcPaceSweeper
 */
export function gcPaceSweeper(rt: Runtime, trigger: number): void {
  const { mheap } = rt;
  if (isSweepDone(rt)) {
    mheap.sweepPagesPerByte = 0;
    return;
  }
  const heapLiveBasis = rt.gcController.heapLive;
  const heapDistance = Math.max(trigger - heapLiveBasis - 1024 * 1024, pageSize);
  const { pagesSwept } = mheap;
  const sweepDistancePages = mheap.pagesInUse - pagesSwept;
  if (sweepDistancePages <= 0) {
    mheap.sweepPagesPerByte = 0;
    return;
  }
  mheap.sweepPagesPerByte = sweepDistancePages / heapDistance;
  mheap.sweepHeapLiveBasis = heapLiveBasis;
  mheap.pagesSweptBasis = pagesSwept;
}
