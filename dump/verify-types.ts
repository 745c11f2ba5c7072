import type { RecordOfKind, Uint64 } from './records.ts';
import { hex } from './records.ts';
import type { CachedType } from './type-buckets.ts';
import { assignTypeBuckets } from './type-buckets.ts';
import type { Report } from './verify-rules.ts';

/** Types that fit into a bucket of the dumper's cache. */
const ways = 4;

interface KnownType {
  readonly record: RecordOfKind<'type'>;
  /** Identity of what its latest record wrote. */
  cached: CachedType;
  /** Index of the latest itab of it. */
  lastUse: number;
}

/** Checks types and itabs: their pairs, and what is written again. */
export class TypeChecks {
  readonly #report: Report;
  readonly #types = new Map<Uint64, KnownType>();
  readonly #itabs = new Set<Uint64>();
  /** What each itab used, and the itabs themselves. */
  readonly #uses: CachedType[] = [];
  readonly #usedAddresses: Uint64[] = [];
  readonly #records: RecordOfKind<'itab'>[] = [];
  /** The type that was just written, whose itab must follow. */
  #pending: RecordOfKind<'type'> | undefined;

  constructor(report: Report) {
    this.#report = report;
  }

  type(record: RecordOfKind<'type'>): void {
    const known = this.#types.get(record.address);
    if (known !== undefined) this.#again(record, known);
    this.#types.set(record.address, {
      record,
      cached: { hash: 0 },
      lastUse: this.#uses.length,
    });
    this.#pending = record;
  }

  #again(record: RecordOfKind<'type'>, known: KnownType): void {
    for (const field of ['size', 'name', 'isPointer'] as const) {
      if (String(known.record[field]) !== String(record[field])) {
        const [was, is] = [known.record[field], record[field]].map((v) =>
          JSON.stringify(String(v)),
        );
        this.#report('type-same', record, field, `was ${was}, is ${is}`);
      }
    }
    const others = new Set<Uint64>();
    for (let i = this.#uses.length - 1; i > known.lastUse && others.size < ways; i--) {
      others.add(this.#usedAddresses[i]!);
    }
    if (others.size < ways) {
      this.#report(
        'type-again',
        record,
        '',
        `only ${others.size} other types were used since it was last used`,
      );
    }
  }

  itab(record: RecordOfKind<'itab'>): void {
    const pending = this.#pending;
    this.#pending = undefined;
    if (pending !== undefined && pending.address !== record.type) this.#notFollowed(pending);
    if (this.#itabs.has(record.address)) {
      this.#report(
        'itab-unique',
        record,
        'address',
        `itab ${hex(record.address)} was written before`,
      );
    }
    this.#itabs.add(record.address);
    const known = this.#types.get(record.type);
    if (known === undefined) {
      this.#report('itab-type', record, 'type', `no type ${hex(record.type)} was written`);
      return;
    }
    known.lastUse = this.#uses.length;
    this.#uses.push(known.cached);
    this.#usedAddresses.push(record.type);
    this.#records.push(record);
  }

  /** Another record than an itab begins. */
  close(): void {
    if (this.#pending !== undefined) this.#notFollowed(this.#pending);
    this.#pending = undefined;
  }

  #notFollowed(type: RecordOfKind<'type'>): void {
    this.#report('type-itab', type, '', 'no itab of it follows');
  }

  finish(): void {
    const unplaced = assignTypeBuckets(this.#uses);
    if (unplaced >= 0) {
      this.#report('type-cache', this.#records[unplaced]!, 'type', 'found no bucket for its type');
    }
  }
}
