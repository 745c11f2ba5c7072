/** Where stacks will be seen: what the records that were read and not replayed yet say of goroutines. */
import type { Arch } from '../../sim/arch.ts';
import { alignUp } from '../../sim/uintptr.ts';
import type { LogRecord, RecordStack } from './log-parser.ts';

/** A goroutine's stack ends at `top` in the records from number `at` on. */
export interface Sighting {
  readonly at: number;
  /** Number of the last record of the g before that. */
  readonly since: number;
  readonly goid: number;
  readonly top: number;
}

/** The g and the creator of a goroutine. */
interface Birth {
  readonly gp: number;
  readonly parent: number;
}

export class Sightings {
  readonly #arch: Arch;
  readonly #byG = new Map<number, Sighting[]>();
  /** Number of each goroutine's last record. */
  readonly #lastAt = new Map<number, number>();
  /** The same for each g. */
  readonly #lastOfG = new Map<number, number>();
  /** Of goroutines that are not created yet. */
  readonly #births = new Map<number, Birth>();
  #newest = 0;

  constructor(arch: Arch) {
    this.#arch = arch;
  }

  lookAhead(record: LogRecord, at: number): void {
    if (record.kind === 'alloc') this.#sight(record, at);
    if (record.kind === 'gc') for (const g of record.goroutines) this.#sight(g, at);
  }

  #sight(record: RecordStack, at: number): void {
    const { goid, gp, parent } = record;
    this.#lastAt.set(goid, at);
    if (goid > this.#newest && !this.#births.has(goid)) this.#births.set(goid, { gp, parent });
    const since = this.#lastOfG.get(gp) ?? -1;
    this.#lastOfG.set(gp, at);
    const top = this.topOf(record);
    if (top === 0) return;
    const list = this.of(gp);
    const last = list.at(-1);
    if (last?.goid !== goid || last.top !== top) list.push({ at, since, goid, top });
  }

  /** The places of a g's stack, in order; new ones are added to the same list. */
  of(gp: number): Sighting[] {
    let list = this.#byG.get(gp);
    if (list === undefined) {
      list = [];
      this.#byG.set(gp, list);
    }
    return list;
  }

  birthOf(goid: number): Birth | undefined {
    return this.#births.get(goid);
  }

  /** The goroutine is created. */
  born(goid: number): void {
    this.#births.delete(goid);
    this.#newest = Math.max(this.#newest, goid);
  }

  /** Whether a goroutine writes a record from number `at` on. */
  writesAgain(goid: number, at: number): boolean {
    return (this.#lastAt.get(goid) ?? -1) >= at;
  }

  /** The upper end of the stack that a record shows, 0 if it shows none. @go runtime/proc.go newproc1 */
  topOf({ goexitFp }: RecordStack): number {
    if (goexitFp === 0) return 0;
    const { ptrSize, minFrameSize, stackAlign, usesLR } = this.#arch;
    const total = alignUp(4 * ptrSize + minFrameSize, stackAlign);
    return goexitFp + (usesLR ? total : total - ptrSize);
  }
}
