/**
 * Which bucket of the dumper's type cache a type falls into is decided by its hash, which a dump does not have. From the order of
 * types and itabs a set of buckets is found with which the cache hits and misses exactly as the dump shows.
 */

/** A type as one of its records wrote it: uses of the same record have one identity. */
export interface CachedType {
  /** Bucket: the low eight bits of the hash. */
  hash: number;
}

const buckets = 256;
const ways = 4;
/** Bucket of the types that are used but once, and so need never be found again. */
const spare = buckets - 1;

/**
 * Sets the hash of each type so that, of a cache of 256 buckets of four, most recently used first, a type is never
 * forgotten between its first and its last use.
 *
 * @param uses the types in the order of the itabs; the first use of each is the one that wrote it
 * @returns the index of the first use for which no bucket was found, or -1
 */
export function assignTypeBuckets(uses: readonly CachedType[]): number {
  const lastUse = new Map<CachedType, number>();
  const firstUse = new Map<CachedType, number>();
  uses.forEach((type, i) => {
    lastUse.set(type, i);
    if (!firstUse.has(type)) firstUse.set(type, i);
  });
  const cache: CachedType[][] = Array.from({ length: buckets }, () => []);
  for (let i = 0; i < uses.length; i++) {
    const type = uses[i]!;
    if (firstUse.get(type) === i) {
      const bucket = chooseBucket(cache, lastUse, i, lastUse.get(type) === i);
      if (bucket < 0) return i;
      type.hash = bucket;
    }
    use(cache[type.hash]!, type);
  }
  return -1;
}

/** A bucket whose oldest type is not needed any more; -1 if there is none. */
function chooseBucket(
  cache: readonly CachedType[][],
  lastUse: ReadonlyMap<CachedType, number>,
  now: number,
  usedOnce: boolean,
): number {
  const free = (bucket: CachedType[]) =>
    bucket.length < ways || lastUse.get(bucket[ways - 1]!)! < now;
  if (usedOnce && free(cache[spare]!)) return spare;
  return cache.findIndex(free);
}

function use(bucket: CachedType[], type: CachedType): void {
  const at = bucket.indexOf(type);
  if (at >= 0) bucket.splice(at, 1);
  else if (bucket.length === ways) bucket.pop();
  bucket.unshift(type);
}
