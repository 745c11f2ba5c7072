import type { RecordOfKind } from './records.ts';
import type { Report } from './verify-rules.ts';

/** What the objects of the dump amount to. */
export interface ObjectTotals {
  /** Objects, without those that may be a span's own pointer bits. */
  readonly objects: number;
  /** Their bytes. */
  readonly bytes: number;
  /** Bytes of all objects. */
  readonly allBytes: number;
}

type MemStatsRecord = RecordOfKind<'memStats'>;

/** Fields with one value. */
type Scalar = Exclude<
  keyof MemStatsRecord,
  'kind' | 'tag' | 'offset' | 'length' | 'index' | 'pauseNs'
>;

/** field = sum of terms, where a term after '-' is taken away. */
const sums: readonly (readonly [
  field: Scalar,
  plus: readonly Scalar[],
  minus: readonly Scalar[],
])[] = [
  ['heapAlloc', ['alloc'], []],
  ['heapSys', ['heapIdle', 'heapInuse'], []],
  ['heapObjects', ['mallocs'], ['frees']],
  ['sys', ['heapSys', 'stackSys', 'mSpanSys', 'mCacheSys', 'buckHashSys', 'gcSys', 'otherSys'], []],
];

/** The first is never more than the second. */
const bounds: readonly (readonly [field: Scalar, limit: Scalar])[] = [
  ['alloc', 'totalAlloc'],
  ['frees', 'mallocs'],
  ['heapReleased', 'heapIdle'],
  ['heapAlloc', 'heapInuse'],
  ['stackInuse', 'stackSys'],
  ['mSpanInuse', 'mSpanSys'],
  ['mCacheInuse', 'mCacheSys'],
];

/** Checks that the statistics agree with themselves and with the objects. */
export function checkMemStats(record: MemStatsRecord, report: Report, totals: ObjectTotals): void {
  const amount = (field: Scalar) => BigInt(record[field]);
  const sumOf = (fields: readonly Scalar[]) => fields.reduce((sum, f) => sum + amount(f), 0n);
  for (const [field, plus, minus] of sums) {
    const want = sumOf(plus) - sumOf(minus);
    if (amount(field) !== want) {
      const terms = [plus.join(' + '), ...minus].join(' - ');
      report('stats-sum', record, field, `want ${terms} = ${want}, got ${amount(field)}`);
    }
  }
  for (const [field, limit] of bounds) {
    if (amount(field) > amount(limit)) {
      report(
        'stats-sum',
        record,
        field,
        `want at most ${limit} = ${amount(limit)}, got ${amount(field)}`,
      );
    }
  }
  const amounts = [
    ['heapObjects', totals.objects, 'objects'],
    ['heapAlloc', totals.bytes, 'bytes of objects'],
    ['heapInuse', totals.allBytes, 'bytes of slots'],
  ] as const;
  for (const [field, atLeast, what] of amounts) {
    if (amount(field) < BigInt(atLeast)) {
      report(
        'stats-objects',
        record,
        field,
        `the dump has ${atLeast} ${what}, got ${amount(field)}`,
      );
    }
  }
  checkPauses(record, report);
}

function checkPauses(record: MemStatsRecord, report: Report): void {
  const { numGC, pauseNs } = record;
  const total = BigInt(record.pauseTotalNs);
  const inRing = pauseNs.reduce<bigint>((sum, pause) => sum + BigInt(pause), 0n);
  const all = numGC <= pauseNs.length;
  if (all ? inRing !== total : inRing > total) {
    const want = `${all ? '' : 'at least '}the sum of pauseNs = ${inRing}`;
    report('stats-pauses', record, 'pauseTotalNs', `want ${want}, got ${total}`);
  }
  const extra = pauseNs.findIndex((pause, i) => i >= numGC && pause !== 0);
  if (extra >= 0) {
    report(
      'stats-pauses',
      record,
      'pauseNs',
      `want 0 at [${extra}] after ${numGC} collections, got ${pauseNs[extra]}`,
    );
  }
  if ((record.lastGC === 0) !== (numGC === 0)) {
    report('stats-pauses', record, 'lastGC', `is ${record.lastGC} after ${numGC} collections`);
  }
}
