/** The suite: its files, what is said of them, and what our own reader makes of them. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Validator } from '@cfworker/json-schema';
import { describe, expect, test } from 'vitest';
import { operations } from '../../../dump/feed/catalogue.ts';
import { factsOfDump } from '../../../dump/feed/facts.ts';
import { FieldMap, fieldClass } from '../../../dump/feed/field-map.ts';
import { DumpError, readDump, recordTable, verifyDump } from '../../../dump/index.ts';
import { digestOf, itemOfCase } from '../../../scenarios/feed/cases.ts';
import { knownFeatures, knownFlags } from '../../../scenarios/feed/labels.ts';
import type { SuiteCase } from '../../../scenarios/feed/suite/case.ts';
import { suiteCases } from '../../../scenarios/feed/suite/index.ts';
import { toJson } from '../../../scenarios/format.ts';

const cases = [...suiteCases()];
const small = cases.filter(({ large }) => !large);
const byId = new Map(cases.map((each) => [each.id, each]));
const made = small.filter(({ base }) => base === 'suite');
const broken = small.filter(({ base }) => base !== 'suite');
const row = (each: SuiteCase) => [each.id, each] as const;

/** What our reader says: undefined if it reads the dump to its end. */
function refusal(bytes: Uint8Array): DumpError | undefined {
  try {
    for (const _ of readDump(bytes));
    return undefined;
  } catch (error) {
    if (error instanceof DumpError) return error;
    throw error;
  }
}

test('flags and features are those that --allow and --lacks take', () => {
  for (const { id, verdict } of cases) {
    expect(knownFlags, id).toEqual(expect.arrayContaining([...verdict.flags]));
    expect(knownFeatures, id).toEqual(expect.arrayContaining([...verdict.features]));
  }
});

test('a chain of deferred calls may lead back to its first after three', () => {
  const links = new Map<unknown, unknown>();
  for (const record of readDump(byId.get('defer-panic-chains.S10.29')!.content.bytes())) {
    if (record.kind === 'defer') links.set(record.address, record.link);
  }
  const [first] = links.keys();
  const after = (n: number): unknown => (n === 0 ? first : links.get(after(n - 1)));
  expect(links.size).toBe(3);
  expect([1, 2, 3].map((n) => after(n) === first)).toEqual([false, false, true]);
});

describe('the files', () => {
  test('are less than 200 KB in all', () => {
    expect(small.reduce((sum, { content }) => sum + content.length, 0)).toBeLessThan(200_000);
  });

  test('have names of their own that any file system takes', () => {
    expect(new Set(cases.map(({ id }) => id.toLowerCase())).size).toBe(cases.length);
    for (const { id } of cases) expect(id).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]{0,80}$/);
  });

  test('are the same each time they are made', () => {
    const again = new Map([...suiteCases()].map((each) => [each.id, each]));
    const differing = small.filter(
      (each) => digestOf(each.content) !== digestOf(again.get(each.id)!.content),
    );
    expect(differing.map(({ id }) => id)).toEqual([]);
  });

  test('hold every kind of record, for both pointer sizes and byte orders', () => {
    for (const target of ['le8', 'le4', 'be8', 'be4']) {
      const ids = recordTable
        .map(({ kind }) => kind)
        .filter((kind) => kind !== 'eof' && kind !== 'params');
      for (const kind of ids) expect(byId.has(`kind-${kind}-${target}`), kind).toBe(true);
      const bytes = byId.get(`all-kinds-${target}`)!.content.bytes();
      expect(verifyDump(bytes).defects).toEqual([]);
      const [params] = readDump(bytes);
      expect(params).toMatchObject({
        bigEndian: target.startsWith('be'),
        pointerSize: Number(target.at(-1)),
      });
    }
  });
});

describe('the manifest', () => {
  const schema = JSON.parse(
    readFileSync(new URL('../../../scenarios/feed/manifest.schema.json', import.meta.url), 'utf8'),
  );
  const validator = new Validator(schema, '2020-12', false);
  const problem = (line: unknown) => {
    const { valid, errors } = validator.validate(line);
    return valid ? undefined : errors;
  };

  test('has a schema of keywords that a validator knows: it passes over others', () => {
    const known =
      '$schema $id $ref $defs title description type required additionalProperties properties pattern minimum maximum ' +
      'items minItems maxItems enum const contentEncoding allOf oneOf not if then else';
    const named = ['properties', '$defs'];
    const within = [...named, 'items', 'allOf', 'oneOf', 'not', 'if', 'then', 'else'];
    const keywordsOf = (value: unknown): string[] => {
      if (Array.isArray(value)) return value.flatMap(keywordsOf);
      if (typeof value !== 'object' || value === null) return [];
      return Object.entries(value).flatMap(([keyword, inner]) => {
        const schemas = named.includes(keyword) ? Object.values(inner) : inner;
        return [keyword, ...(within.includes(keyword) ? keywordsOf(schemas) : [])];
      });
    };
    const used = new Set(keywordsOf(schema));
    expect([...used].filter((keyword) => !known.split(' ').includes(keyword))).toEqual([]);
    expect(used).toContain('minItems');
  });

  test('has lines as its schema has them', () => {
    for (const each of cases) {
      if (each.large && each.content.length > 3e6) continue;
      const line = JSON.parse(toJson(itemOfCase(each).line('dumps/x.dump')));
      expect({ id: each.id, problem: problem(line) }).toEqual({ id: each.id, problem: undefined });
    }
  });

  test.each([
    ['an unknown verdict', { expect: 'maybe' }],
    ['a field that is none', { colour: 'red' }],
    ['facts of a dump to be rejected', { expect: 'reject' }],
    ['flags of a dump to be accepted', { flags: ['x'] }],
    ['a may without flags', { expect: 'may' }],
    ['a digest that is none', { sha256: 'x' }],
    ['objects without addresses', { facts: { bytes: 1, records: {}, objects: [{}] } }],
  ])('has no line with %s', (_, change) => {
    const line = JSON.parse(toJson(itemOfCase(byId.get('minimal-le8')!).line()));
    expect(problem(line)).toBeUndefined();
    expect(problem({ ...line, ...change })).toBeDefined();
  });
});

describe('what is said of a good case is what the reader finds', () => {
  test.each(made.map(row))('%s', (_, each) => {
    const bytes = each.content.bytes();
    expect(refusal(bytes)).toBeUndefined();
    const facts = each.facts()!;
    expect(factsOfDump(bytes)).toEqual(facts);
    expect(facts.bytes).toBe(bytes.length);
  });

  test('after each edge stands a canary, found at its place', () => {
    const named = made.filter(({ id }) => /^(varint|length|text|fields)-/.test(id));
    expect(named.length).toBeGreaterThan(100);
    for (const { id, content } of named) {
      const places = [...readDump(content.bytes())].flatMap((record) =>
        record.kind === 'object' && Buffer.from(record.contents).toString() === 'canary'
          ? [record.address]
          : [],
      );
      expect(places.length, id).toBeGreaterThan(0);
      expect(places, id).toEqual(
        places
          .map((_, i) => 0xc000200000 + 16 * i)
          .map((at) =>
            typeof places[0] === 'number' && places[0] < 0xc000000000
              ? at - 0xc000000000 + 0x8400000
              : at,
          ),
      );
    }
  });
});

describe('a broken case', () => {
  test('there is one of every operation, and of the framing for every kind of record', () => {
    const ops = new Set(broken.map(({ id }) => id.split('.')[1]));
    const wanted = operations
      .filter(({ id, group }) => (group === 'wire' || group === 'semantic') && id !== 'W14')
      .map(({ id }) => id);
    expect(wanted.filter((id) => !ops.has(id))).toEqual([]);
    for (const op of ['W1', 'W6', 'W13']) {
      const kinds = broken
        .filter(({ id }) => id.split('.')[1] === op)
        .map(({ verdict }) => verdict.record?.replace(/#.*/, ''));
      const missing = recordTable.map(({ kind }) => kind).filter((kind) => !kinds.includes(kind));
      expect(
        missing.filter((kind) => kind !== 'eof'),
        op,
      ).toEqual([]);
    }
  });

  test('ends before each field that a record of any kind has', () => {
    const named = (path: string) => path.replace(/#\d+/, '').replace(/\[\d+\]/, '[]');
    const cuts = new Set(
      broken
        .filter(({ id }) => id.split('.')[1] === 'W2')
        .map(({ verdict }) => named(verdict.fieldPath ?? '')),
    );
    for (const id of ['all-kinds-le8', 'kind-otherRoot-le8']) {
      const map = new FieldMap(byId.get(id)!.content.bytes());
      for (let record = 0; record < map.records; record++) {
        const fields = map.fieldsOf(record).filter(({ sort }) => sort !== fieldClass.tag);
        const missing = fields.filter(({ path }) => !cuts.has(named(path)));
        expect(missing.map(({ path }) => path)).toEqual([]);
      }
    }
  });

  test('is refused by our reader or our verifier if it is to be rejected, and never more than that', () => {
    for (const { id, verdict, content } of broken) {
      const bytes = content.bytes();
      const refused = refusal(bytes);
      if (verdict.expect === 'accept') expect(refused, id).toBeUndefined();
      if (verdict.expect === 'may') continue;
      if (verdict.layer === 'wire') expect(refused, id).toBeInstanceOf(DumpError);
      expect(verifyDump(bytes).ok, id).toBe(verdict.expect === 'accept');
    }
  });

  test('is read to its end by a reader that allows all flags, unless it is to be rejected', () => {
    for (const { id, verdict, content, facts } of broken) {
      if (verdict.expect === 'reject') continue;
      const records = [...readDump(content.bytes(), { onDefect: () => {} })];
      expect(records.at(-1)?.kind, id).toBe('eof');
      expect(facts()?.bytes, id).toBeLessThanOrEqual(content.length);
    }
  });

  test('has its place within the dump', () => {
    for (const { id, verdict, content } of broken) {
      const { defectOffset = 0, firstErrorOffset = 0, fieldPath, record } = verdict;
      expect(defectOffset, id).toBeLessThanOrEqual(content.length);
      expect(firstErrorOffset, id).toBeLessThanOrEqual(content.length);
      if (fieldPath !== undefined && record !== undefined) {
        expect(fieldPath.startsWith(record), `${id}: ${fieldPath} in ${record}`).toBe(true);
      }
      expect(verdict.reason, id).not.toBe('');
    }
  });
});

describe('a large case', () => {
  const large = cases.filter((each) => each.large);

  test('has a digest that is known', () => {
    expect(large.filter(({ known }) => known === undefined).map(({ id }) => id)).toEqual([]);
  });

  test.each(
    large
      .filter(({ content, id }) => content.length < 3e6 || id.startsWith('length-type-name'))
      .map(row),
  )('%s', (_, { content, known }) => {
    const hash = createHash('sha256');
    let bytes = 0;
    for (const chunk of content.chunks()) {
      hash.update(chunk);
      bytes += chunk.length;
    }
    expect({ sha256: hash.digest('hex'), bytes }).toEqual(known);
  });

  test.each(['size-1e3', 'size-1e4'])('%s has the facts that were worked out', (id) => {
    const { content, facts } = byId.get(id)!;
    const { find: _, ...read } = factsOfDump(() => content.chunks());
    expect(read).toEqual(facts());
  });
});
