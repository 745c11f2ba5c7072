/** What is reckoned of a span's slots, remembered while no step changes the span. */
import type { SpanState } from './state.ts';
import type { HeapStore } from './store.ts';

/** `reckon`, which is called once for a span that changes no more: one that changes is copied first, see {@link HeapStore.touch}. */
export function perSpan<T, A extends unknown[]>(
  reckon: (s: SpanState, ...more: A) => T,
): (store: HeapStore, s: SpanState, ...more: A) => T {
  const known = new WeakMap<SpanState, T>();
  return (store, s, ...more) => {
    const found = known.get(s);
    if (found !== undefined) return found;
    const value = reckon(s, ...more);
    if (s.stamp < store.stamp) known.set(s, value);
    return value;
  };
}
