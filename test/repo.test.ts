/** What holds of the repository itself. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** Go's functions of runtime/heapdump.go in their order, with the port's names. */
const ported = [
  'dwrite',
  'dwritebyte',
  'flush',
  'dumpint',
  'dumpbool',
  'dumpmemrange',
  'dumpslice',
  'dumpstr',
  'dumptype',
  'dumpobj',
  'dumpotherroot',
  'dumpfinalizer',
  'dumpbv',
  'dumpframe',
  'dumpgoroutine',
  'dumpgs',
  'finqCallback',
  'dumproots',
  'dumpobjs',
  'dumpparams',
  'itabCallback',
  'dumpitabs',
  'dumpms',
  'dumpmemstats',
  'dumpmemprofCallback',
  'dumpmemprof',
  'mdump',
  'writeheapdumpM',
  'dumpfields',
  'makeheapobjbv',
];

describe('dump/heapdump.ts', () => {
  const source = readFileSync(new URL('../dump/heapdump.ts', import.meta.url), 'utf8');

  it("has every function of runtime/heapdump.go, in Go's order", () => {
    const exported = [...source.matchAll(/^export function (\w+)/gm)].map((match) => match[1]!);
    expect(exported.filter((name) => ported.includes(name))).toEqual(ported);
  });

  it('says of each where Go has it', () => {
    for (const name of ported) {
      const at = source.indexOf(`export function ${name}(`);
      expect(source.slice(0, at), name).toMatch(
        /@go runtime\/heapdump\.go \w+ ?(?:\n \*\/|\*\/)\n$/,
      );
    }
  });
});

describe('sim/README.md', () => {
  const text = readFileSync(new URL('../sim/README.md', import.meta.url), 'utf8');
  const files = readdirSync(new URL('../sim/', import.meta.url));
  const sources = files.filter((file) => file.endsWith('.ts'));
  const named = new Set(text.match(/(?<![\w./-])[\w-]+\.ts\b/g));

  it('names every file, and none that is not there', () => {
    expect(sources.filter((file) => !named.has(file))).toEqual([]);
    expect([...named].filter((file) => !sources.includes(file))).toEqual([]);
  });
});

it('modules of scenarios/ ask modules.ts where they are, since a build has them in other places', () => {
  const scenarios = new URL('../scenarios/', import.meta.url);
  const asking = (readdirSync(scenarios, { recursive: true }) as string[]).filter(
    (name) =>
      name.endsWith('.ts') &&
      !name.startsWith('explorer/page/') &&
      /^(?!const read).*import\.meta\.url/m.test(readFileSync(new URL(name, scenarios), 'utf8')),
  );
  expect(asking).toEqual(['modules.ts']);
});
