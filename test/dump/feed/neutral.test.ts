/**
 * Neutral operations: all facts stay but for what the operation changes by definition. The facts come from the records by the naive
 * graph of record-facts.ts, which shares nothing with ObjectGraph; those of a real dump by ObjectGraph.
 */
import { describe, expect, test } from 'vitest';
import { feedBase } from '../../../dump/feed/base.ts';
import type { RecordValues } from '../../../dump/feed/encoder.ts';
import type { Fact } from '../../../dump/feed/fact-list.ts';
import { type Facts, factsOfDump } from '../../../dump/feed/facts.ts';
import type { Mutant } from '../../../dump/feed/operation.ts';
import { factsOfRecords } from '../../../dump/feed/record-facts.ts';
import { allMutants } from '../../../dump/feed/stream.ts';
import { readDump } from '../../../dump/reader.ts';
import { goldenEntries, goldens } from '../../goldens/goldens.ts';
import { machines, smallDump } from './bases.ts';

type Table = Readonly<Record<string, Fact>>;

const naive = (dump: Uint8Array): Facts =>
  factsOfRecords([...readDump(dump)] as unknown as RecordValues[], dump.length);

/** Facts without these, by dotted names. */
function without(facts: Facts, ...names: readonly string[]): Facts {
  const rest = structuredClone(facts) as Record<string, Record<string, Fact>>;
  for (const name of names) {
    const [first = '', second] = name.split('.');
    if (second === undefined) delete rest[first];
    else if (rest[first] !== undefined) delete rest[first][second];
  }
  return rest as unknown as Facts;
}

/** Facts with all lists of records and of the graph in one order. */
function sorted(facts: Facts): Facts {
  const bySortedText = (list: readonly Fact[]) =>
    [...list].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return Object.fromEntries(
    Object.entries(facts).map(([name, fact]) => [
      name,
      Array.isArray(fact) ? bySortedText(fact) : fact,
    ]),
  );
}

/** Names of facts that are addresses; `live` is a list of them. */
const addressNames = new Set(
  (
    'address sp creationPC ctxt m defer panic childSP entryPC pc continuationPC funcval argType objectType type goroutine argp ' +
    'link argData heapStart heapEnd target object from to dominator live id bucket profile'
  ).split(' '),
);

/** Names of facts that are sizes or distances. */
const sizeNames = new Set(['size', 'offset', 'retained', 'liveBytes']);

/** Holds facts against others of the same heap at other addresses: sizes are `scale` times as large. */
class Elsewhere {
  readonly #moved = new Map<Fact, Fact>();
  readonly #origin = new Map<Fact, Fact>();
  readonly #scale: number;

  constructor(scale: number) {
    this.#scale = scale;
  }

  /** Where an address of the base is now. */
  get moved(): ReadonlyMap<Fact, Fact> {
    return this.#moved;
  }

  check(a: Fact, b: Fact, name: string, path: string): void {
    if (Array.isArray(a)) {
      expect((b as readonly Fact[]).length, path).toBe(a.length);
      a.forEach((each, i) => {
        this.check(each, (b as readonly Fact[])[i]!, name, `${path}[${i}]`);
      });
    } else if (a !== null && typeof a === 'object') {
      expect(Object.keys(b as Table), path).toEqual(Object.keys(a));
      for (const [key, each] of Object.entries(a)) {
        this.check(each as Fact, (b as Table)[key]!, key, `${path}.${key}`);
      }
    } else if (this.#isAddress(a, name, path)) {
      expect(this.#moved.get(a) ?? b, `${path}: ${a}`).toEqual(b);
      expect(this.#origin.get(b) ?? a, `${path}: ${b}`).toEqual(a);
      this.#moved.set(a, b);
      this.#origin.set(b, a);
    } else if (sizeNames.has(name)) expect(b, path).toBe((a as number) * this.#scale);
    else expect(b, path).toEqual(a);
  }

  #isAddress(fact: Fact, name: string, path: string): boolean {
    if (!addressNames.has(name) || fact === null || fact === 0) return false;
    return !/^\.(threads\[\d+\]|goroutines\[\d+\])\.id$/.test(path);
  }
}

/** What each operation changes by definition; everything else is compared. */
const checks: Readonly<Record<string, (base: Facts, mutant: Facts, of: Mutant) => void>> = {
  N1(base, facts) {
    const changed = ['types', 'records.type', 'bytes'];
    expect(without(facts, ...changed)).toEqual(without(base, ...changed));
    const [types, before] = [facts.types, base.types].map((list) => list as readonly Fact[]);
    expect(types!.length).toBe(before!.length + 1);
    const texts = (list: readonly Fact[]) => new Set(list.map((type) => JSON.stringify(type)));
    expect(texts(types!)).toEqual(texts(before!));
  },
  N2(base, facts, { recipe }) {
    const { heap, program } = recipe[0]!.detail as { heap: number; program: number };
    const elsewhere = new Elsewhere(1);
    elsewhere.check(without(base, 'bytes'), without(facts, 'bytes'), '', '');
    const { heapStart, heapEnd } = base.params as { heapStart: number; heapEnd: number };
    for (const [was, is] of elsewhere.moved) {
      const inHeap = Number(was) >= heapStart && Number(was) <= heapEnd;
      const by = inHeap ? heap : Number(was) < heapStart && Number(was) >= 4096 ? program : 0;
      expect(is).toBe(Number(was) + by);
    }
  },
  N3(base, facts) {
    // `find` asks for the first objects of the dump; which those are has changed.
    expect(sorted(without(facts, 'find'))).toEqual(sorted(without(base, 'find')));
  },
  N4(base, facts, { recipe }) {
    const { address, size } = recipe[0]!.detail as { address: number; size: number };
    const changed = ['objects', 'records.object', 'bytes', 'memStats', 'edges', 'find'];
    expect(without(facts, ...changed)).toEqual(without(base, ...changed));
    const added = (name: string) =>
      (facts[name] as readonly Table[]).slice(listOf(base, name).length);
    expect(listOf(facts, 'objects').slice(0, -1)).toEqual(listOf(base, 'objects'));
    expect(added('objects')).toEqual([expect.objectContaining({ address, size })]);
    const itself = (added('objects')[0]!.pointers as readonly Fact[]).length > 0;
    expect(added('edges')).toEqual(itself ? [{ from: address, to: address }] : []);
  },
  N5(base, facts) {
    expect(facts).toEqual(base);
  },
  N6(base, facts, { recipe }) {
    const { pointerSize } = base.params as { pointerSize: number };
    const widened = recipe[0]!.detail!.pointerSize === 8 && pointerSize === 4;
    const own = ['bytes', 'params', 'memStats', ...(widened ? ['profile'] : [])];
    const elsewhere = new Elsewhere(widened ? 2 : 1);
    elsewhere.check(without(base, ...own), without(facts, ...own), '', '');
    if (!widened) expect(facts.memStats).toEqual(base.memStats);
  },
};

const listOf = (facts: Facts, name: string) => facts[name] as readonly Fact[];

describe.each(machines)('on a small dump of $architecture', (machine) => {
  const dump = smallDump(machine);
  const base = feedBase(dump);
  const facts = naive(dump);

  test.each(Object.keys(checks))('%s changes no facts but its own', (op) => {
    const mutants = [...allMutants(base, [op])];
    expect(mutants.length).toBeGreaterThan(0);
    for (const mutant of mutants) {
      const bytes = mutant.content.bytes();
      const own = naive(bytes);
      checks[op]!(facts, own, mutant);
      expect(factsOfDump(bytes), mutant.verdict.reason).toEqual(own);
    }
  });
});

test.each(['N3', 'N5'])('%s changes no facts of a real dump, summed as they are', (op) => {
  const smallest = goldenEntries().sort((a, b) => a.bytes - b.bytes)[0]!;
  const { dump } = [...goldens(({ id }) => id === smallest.id)][0]!;
  const facts = factsOfDump(dump);
  const mutants = [...allMutants(feedBase(dump), [op])];
  const step = Math.ceil(mutants.length / 2);
  for (let i = 0; i < mutants.length; i += step) {
    checks[op]!(facts, factsOfDump(mutants[i]!.content.bytes()), mutants[i]!);
  }
});
