/** What the catalogue says of each mutant, against what the reader and verify say of its bytes. */
import { describe, expect, it } from 'vitest';
import type { Defect } from '../../../dump/dump-error.ts';
import { DumpError } from '../../../dump/dump-error.ts';
import { feedBase } from '../../../dump/feed/base.ts';
import { operationOf, operations } from '../../../dump/feed/catalogue.ts';
import type { Mutant } from '../../../dump/feed/operation.ts';
import { allMutants, MutantStream } from '../../../dump/feed/stream.ts';
import { visitDump } from '../../../dump/reader.ts';
import { verifyDump } from '../../../dump/verify.ts';
import { verifyRules } from '../../../dump/verify-rules.ts';
import { goldenEntries, goldens } from '../../goldens/goldens.ts';
import { machines, smallDump } from './bases.ts';

function framing(bytes: Uint8Array): { error: DumpError | undefined; defects: Defect[] } {
  const defects: Defect[] = [];
  try {
    visitDump(bytes, { defect: (defect) => defects.push(defect) }, { maxContents: 4096 });
  } catch (error) {
    if (error instanceof DumpError) return { error, defects };
    throw error;
  }
  return { error: undefined, defects };
}

const flagOf: Readonly<Record<string, string>> = {
  bool: 'wide-bool',
  trailing: 'trailing-bytes',
  'minimal-varint': 'non-minimal-varint',
  'legacy-field-kind': 'legacy-field-kind',
};

/** Operations whose rule names the very field at which a reader fails. */
const failsThere = new Set(['W1', 'W2', 'W3', 'W5']);

function checkReject(mutant: Mutant, bytes: Uint8Array): void {
  const { verdict, op } = mutant;
  const { error } = framing(bytes);
  if (verdict.layer === 'wire') {
    expect(error?.firstErrorOffset).toBe(verdict.firstErrorOffset);
    expect(verdict.defectOffset).toBeLessThanOrEqual(error!.firstErrorOffset);
    if (failsThere.has(op)) expect(error!.path).toBe(verdict.fieldPath);
    return;
  }
  expect(error).toBeUndefined();
  const { ok, defects } = verifyDump(bytes);
  expect(ok).toBe(false);
  if (verdict.fieldPath === undefined) return;
  const rule = verdict.specRef.replace('verify ', '');
  const places = defects.filter((d) => d.rule === rule).map(({ path, offset }) => [path, offset]);
  expect(places).toContainEqual([verdict.fieldPath, verdict.defectOffset]);
}

function checkAccept(mutant: Mutant, bytes: Uint8Array): void {
  const { error, defects } = framing(bytes);
  expect(error).toBeUndefined();
  expect(defects).toEqual([]);
  if (!mutant.op.startsWith('N')) return;
  const broken = [...verifyDump(bytes).broken.keys()];
  const { relaxes = [] } = operationOf(mutant.op)!;
  const relaxed = relaxes.filter((rule) => mutant.verdict.features.includes(rule));
  expect(broken.filter((rule) => !relaxed.includes(rule))).toEqual([]);
}

function checkMay(mutant: Mutant, bytes: Uint8Array): void {
  const { flags } = mutant.verdict;
  const { error, defects } = framing(bytes);
  expect(error).toBeUndefined();
  expect(flags.length).toBeGreaterThan(0);
  const needed = defects.map(({ rule }) => flagOf[rule]!);
  expect(needed.filter((flag) => !flags.includes(flag))).toEqual([]);
  if (mutant.op === 'C2') return;
  const rules = flags.filter((flag) => flag in verifyRules && flag !== 'legacy-field-kind');
  if (rules.length === 0) return;
  const broken = new Set<string>(verifyDump(bytes).broken.keys());
  expect(rules.filter((rule) => !broken.has(rule))).toEqual([]);
}

const checks = { reject: checkReject, accept: checkAccept, may: checkMay } as const;

function check(mutant: Mutant): void {
  const bytes = mutant.content.bytes();
  expect(mutant.content.length).toBe(bytes.length);
  checks[mutant.verdict.expect](mutant, bytes);
}

function checkAll(mutants: Iterable<Mutant>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const mutant of mutants) {
    try {
      check(mutant);
    } catch (error) {
      const { op, index, verdict } = mutant;
      throw new Error(`${op} ${index}: ${JSON.stringify(verdict)}`, { cause: error });
    }
    counts.set(mutant.op, (counts.get(mutant.op) ?? 0) + 1);
  }
  return counts;
}

function* drawn(bytes: Uint8Array, seed: string, count: number): Generator<Mutant> {
  const stream = new MutantStream(feedBase(bytes), seed);
  for (let i = 0; i < count; i++) yield stream.at(i)!;
}

/** `npm run feed:long` leaves nothing out. */
const isLong = process.env.FEED_LONG === '1';

type Thinning = Readonly<Record<string, number>>;

/** Of a base with every kind of record: the operations with thousands of mutants. */
const most: Thinning = { W6: 3, W14: 23 };
const some: Thinning = { W1: 11, W2: 5, W5: 3, W6: 13, W7: 5, W13: 7, W14: 127 };

/** All mutants of operations that have few; of the others some. */
function* thinned(mutants: Iterable<Mutant>, thinning: Thinning): Generator<Mutant> {
  for (const mutant of mutants) {
    if (isLong || mutant.index % (thinning[mutant.op] ?? 1) === 0) yield mutant;
  }
}

it.each(operations.map(({ id, specRef }) => [id, specRef]))(
  '%s names a function of Go: %s',
  (_, specRef) => {
    expect(specRef).toMatch(/^runtime\/\w+\.go [\w.]+$/);
  },
);

describe('the verdict of a mutant is what reader and verify say', () => {
  it('of the mutants of a small dump, nearly all', () => {
    const counts = checkAll(thinned(allMutants(feedBase(smallDump(machines[0]!))), most));
    const single = operations.filter(({ group }) => group !== 'combined').map(({ id }) => id);
    expect([...counts.keys()]).toEqual(single);
    expect([...counts.values()].reduce((a, b) => a + b)).toBeGreaterThan(isLong ? 15_000 : 5000);
  });

  it.each(machines.slice(1))('of the mutants of a small dump of $architecture', (machine) => {
    const base = feedBase(smallDump(machine));
    const counts = checkAll(thinned(allMutants(base), some));
    const single = operations.filter(({ group }) => group !== 'combined').map(({ id }) => id);
    expect([...counts.keys()]).toEqual(single);
  });

  it('of stacked and spliced mutants', () => {
    const other = feedBase(smallDump(machines[2]!));
    const base = feedBase(smallDump(machines[0]!), other);
    const stream = new MutantStream(base, 'stack', ['C2']);
    const count = isLong ? 20_000 : 600;
    const stacked = Array.from({ length: count }, (_, i) => stream.at(i)!);
    const spliced = [...allMutants(base, ['C1'])];
    expect(checkAll([...stacked, ...spliced]).get('C2')).toBe(count);
    expect(new Set(stacked.map(({ verdict }) => verdict.expect))).toEqual(
      new Set(['reject', 'may']),
    );
  });

  /** The smallest of each. */
  const chosen = ['386', 'amd64', 's390x', 'mips'].map((goarch) => {
    const [smallest] = goldenEntries()
      .filter((entry) => entry.goarch === goarch)
      .sort((a, b) => a.bytes - b.bytes);
    return smallest!;
  });

  it.each(chosen.map(({ id }) => id))('of mutants of %s by real go1.22.12', (id) => {
    const [golden] = [...goldens((entry) => entry.id === id)];
    const counts = checkAll(drawn(golden!.dump, 'real', isLong ? 400 : 16));
    expect(counts.size).toBeGreaterThan(10);
  });
});
