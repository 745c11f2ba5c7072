/** Faults gathered into findings: one for each target and signature. The order in which they come does not matter. */

import { type FactSummary, FactTally } from './fact-tally.ts';
import type { Fault, Told } from './judge.ts';
import { type OutcomeClass, outcomeClasses } from './outcome.ts';

/** What one target did with one dump, as the journal keeps it. */
export interface UnitResult {
  readonly class: OutcomeClass;
  readonly ms: number;
  readonly rssBytes: number;
  readonly fault?: Fault;
  readonly told?: Told;
  /** Of a fault that was the smallest so far: the beginning of what the target printed on standard error. */
  readonly stderr?: string;
}

/** What all targets did with one dump. */
export interface Unit {
  /** The dump's number in its source. */
  readonly index: number;
  readonly id: string;
  readonly bytes: number;
  /** In the order of the targets. */
  readonly results: readonly UnitResult[];
}

interface CaseRef {
  readonly index: number;
  readonly id: string;
  readonly bytes: number;
}

/** One defect of one target, as far as signatures tell defects apart. */
export interface Finding extends Fault {
  readonly target: string;
  readonly count: number;
  readonly first: CaseRef;
  readonly smallest: CaseRef;
  readonly stderr: string;
}

/** How often each class came. */
export type Totals = Readonly<Record<OutcomeClass, number>>;

/** More units than these are not kept one by one, only counted. */
const keptUnits = 5000;

/** Gathers units. */
export class Findings {
  readonly targets: readonly string[];
  readonly #found = new Map<string, Finding>();
  readonly #totals: Record<OutcomeClass, number>[];
  readonly #faults: number[];
  readonly #told: FactTally[];
  #units: Unit[] = [];
  /** All units are there, not only those with a fault or a difference. */
  #isComplete = true;
  #count = 0;

  constructor(targets: readonly string[]) {
    this.targets = targets;
    const none = (): Record<OutcomeClass, number> =>
      Object.fromEntries(outcomeClasses.map((name) => [name, 0])) as Record<OutcomeClass, number>;
    this.#totals = targets.map(none);
    this.#faults = targets.map(() => 0);
    this.#told = targets.map(() => new FactTally());
  }

  get count(): number {
    return this.#count;
  }

  get size(): number {
    return this.#found.size;
  }

  /** Whether a fault of this size would be the smallest of its signature. */
  isSmallest(target: string, signature: string, bytes: number): boolean {
    const known = this.#found.get(`${target}/${signature}`);
    return known === undefined || bytes < known.smallest.bytes;
  }

  add(unit: Unit): void {
    this.#count++;
    for (const [at, result] of unit.results.entries()) {
      this.#totals[at]![result.class]++;
      if (result.told !== undefined) this.#told[at]!.add(result.told);
      if (result.fault === undefined) continue;
      this.#faults[at]!++;
      this.#addFault(this.targets[at]!, unit, result.fault, result.stderr);
    }
    this.#keep(unit);
  }

  #addFault(
    target: string,
    { index, id, bytes }: Unit,
    fault: Fault,
    stderr: string | undefined,
  ): void {
    const key = `${target}/${fault.signature}`;
    const known = this.#found.get(key);
    const here = { index, id, bytes };
    if (known === undefined) {
      const finding = {
        ...fault,
        target,
        count: 1,
        first: here,
        smallest: here,
        stderr: stderr ?? '',
      };
      this.#found.set(key, finding);
      return;
    }
    const { first, smallest } = known;
    const isSmaller =
      bytes < smallest.bytes || (bytes === smallest.bytes && index < smallest.index);
    this.#found.set(key, {
      ...(isSmaller ? { ...known, ...fault, smallest: here } : known),
      stderr: (isSmaller ? stderr : undefined) ?? known.stderr,
      count: known.count + 1,
      first: index < first.index ? here : first,
    });
  }

  #keep(unit: Unit): void {
    if (!this.#isComplete && !isRemarkable(unit)) return;
    this.#units.push(unit);
    if (this.#units.length <= 2 * keptUnits) return;
    this.#isComplete = false;
    this.#units = this.#sorted().filter(isRemarkable).slice(0, keptUnits);
  }

  #sorted(): Unit[] {
    return this.#units.sort((a, b) => a.index - b.index);
  }

  /** All findings, the gravest first. */
  list(): Finding[] {
    const rank = ({ class: kind }: Finding): number => outcomeClasses.indexOf(kind);
    return [...this.#found.values()].sort(
      (a, b) =>
        this.targets.indexOf(a.target) - this.targets.indexOf(b.target) ||
        rank(a) - rank(b) ||
        a.first.index - b.first.index ||
        (a.signature < b.signature ? -1 : 1),
    );
  }

  /** By target. */
  totals(): readonly {
    readonly target: string;
    readonly classes: Totals;
    readonly faults: number;
    readonly facts: FactSummary;
  }[] {
    return this.targets.map((target, at) => ({
      target,
      classes: this.#totals[at]!,
      faults: this.#faults[at]!,
      facts: this.#told[at]!.summary(),
    }));
  }

  /** The units in order; with very many, only the first that show a fault or a difference between targets. */
  units(): { readonly units: readonly Unit[]; readonly isComplete: boolean } {
    return { units: this.#sorted(), isComplete: this.#isComplete };
  }
}

/** Something is wrong in it, or the targets differ. */
export function isRemarkable({ results }: Unit): boolean {
  return results.some((result) => result.fault !== undefined || result.class !== results[0]!.class);
}
