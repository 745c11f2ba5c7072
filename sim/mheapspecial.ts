import { throw_ } from './errors.ts';
import { ensureSwept } from './mgcsweep.ts';
import type { Bucket } from './mprof.ts';
import type { MSpan } from './mspan.ts';
import { kindSpecialProfile, type Special } from './mspecial.ts';
import type { Runtime } from './runtime2.ts';

/** The special after which one of that offset and kind belongs (null: at the front). @go runtime/mheap.go (*mspan).specialFindSplicePoint */
function specialBefore(span: MSpan, offset: number, kind: number): Special | null {
  let prev: Special | null = null;
  for (let s = span.specials; s !== null; s = s.next) {
    if (s.offset > offset || (s.offset === offset && s.kind >= kind)) break;
    prev = s;
  }
  return prev;
}

/**
 * Ties `s` to the object at `p`; false, and nothing done, if the object has one of its kind.
 *
 * @go runtime/mheap.go addspecial
 */
export function addspecial(rt: Runtime, p: number, s: Special): boolean {
  const span = rt.mheap.spanOfHeap(p);
  if (span === null) throw_('addspecial on invalid pointer');
  ensureSwept(rt, span);
  const offset = (p - span.base()) % 65536;
  const prev = specialBefore(span, offset, s.kind);
  const at = prev === null ? span.specials : prev.next;
  if (at !== null && at.offset === offset && at.kind === s.kind) return false;
  s.offset = offset;
  s.next = at;
  if (prev === null) span.specials = s;
  else prev.next = s;
  rt.mheap.spanHasSpecials(span);
  return true;
}

/** Unties the special of that kind from the object at `p` and gives it; null if there is none. @go runtime/mheap.go removespecial */
export function removespecial(rt: Runtime, p: number, kind: number): Special | null {
  const span = rt.mheap.spanOfHeap(p);
  if (span === null) throw_('removespecial on invalid pointer');
  ensureSwept(rt, span);
  const offset = (p - span.base()) % 65536;
  const prev = specialBefore(span, offset, kind);
  const at = prev === null ? span.specials : prev.next;
  let result: Special | null = null;
  if (at !== null && at.offset === offset && at.kind === kind) {
    if (prev === null) span.specials = at.next;
    else prev.next = at.next;
    result = at;
  }
  if (span.specials === null) rt.mheap.spanHasNoSpecials(span);
  return result;
}

/** Ties the profile's bucket to the object at `p`. @go runtime/mheap.go setprofilebucket */
export function setprofilebucket(rt: Runtime, p: number, b: Bucket): void {
  const addr = rt.mheap.specialprofilealloc.alloc();
  const s: Special = { kind: kindSpecialProfile, addr, offset: 0, next: null, b };
  if (!addspecial(rt, p, s)) throw_('setprofilebucket: profile already set');
}
