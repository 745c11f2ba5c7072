/** What holds of every scenario of the library, on every target and with every option. Judge: the verifier. */
import { describe, expect, test } from 'vitest';
import { verifyDump } from '../../dump/index.ts';
import type { RunOptions } from '../../scenarios/index.ts';
import { libraryNames } from '../../scenarios/scenario-files.ts';
import { goarches } from '../../sim/arch.ts';
import { DumpMemory } from './dump-memory.ts';
import { dumpsOf, libraryScenario, type NamedDump, recordsOf } from './run-library.ts';

/** Parameters that make a slow scenario small, for the runs on all targets. */
const small: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'large-buffers': { buffers: 4, pointers: 4, step: 1000 },
  leak: { rounds: 2, sessions: 100 },
  'linked-list': { n: 300 },
  'map-grow': { entries: 300, bigs: 20 },
  service: { requests: 100, burst: 20 },
  'slice-grow': { n: 500, messages: 4 },
  'tiny-strings': { words: 500, numbers: 100 },
  tree: { keys: 500 },
};

/** Scenarios that take nothing from chance: another seed changes no byte. */
const seedless: Readonly<Record<string, string>> = {
  'deep-stack': 'calls, defers and panics come in the order of the program',
  'every-record': 'every allocation is sampled, none by chance',
  finalizers: 'they run in the order in which the sweeper finds their objects',
  'large-buffers': 'sizes follow from the parameters',
  'linked-list': 'a list of counted numbers',
  'slice-grow': 'elements are counted, and append takes nothing from chance',
  'type-cache': 'types are numbered, and their hashes are those of their names',
};

const variants: readonly [name: string, options: Omit<RunOptions, 'openDump'>][] = [
  ['GOEXPERIMENT=noallocheaders', { allocHeaders: false }],
  ['GOEXPERIMENT=noallocheaders on 386', { allocHeaders: false, goarch: '386' }],
  ['GOMAXPROCS=4', { gomaxprocs: 4 }],
  ['GOGC=off', { gogc: 'off' }],
  ['GOGC=50', { gogc: 50 }],
  ['an empty heap at the start', { boot: 'bare' }],
  [
    'all of these on s390x',
    { allocHeaders: false, gomaxprocs: 4, gogc: 50, boot: 'bare', goarch: 's390x' },
  ],
];

function expectClean(dumps: readonly NamedDump[], architecture: string): void {
  expect(dumps.length).toBeGreaterThan(0);
  for (const { name, bytes } of dumps) {
    const { defects, counts, params } = verifyDump(bytes);
    expect({ name, defects }).toEqual({ name, defects: [] });
    expect(counts.get('eof')).toBe(1);
    expect(params!.architecture).toBe(architecture);
  }
}

const same = (a: readonly NamedDump[], b: readonly NamedDump[]) =>
  a.length === b.length &&
  a.every(({ name, bytes }, i) => name === b[i]!.name && Buffer.compare(bytes, b[i]!.bytes) === 0);

/** Pointers into the heap, reachable from variables and stacks, at which there is neither an object nor a frame. */
function dangling(dump: Uint8Array): string[] {
  const memory = new DumpMemory(dump);
  const [params] = recordsOf(dump, 'params');
  const inHeap = (p: number) => p >= Number(params!.heapStart) && p < Number(params!.heapEnd);
  const frames = recordsOf(dump, 'stackFrame').map(({ sp, size }) => [Number(sp), Number(size)]);
  const inFrame = (p: number) => frames.some(([sp, size]) => sp! <= p && p < sp! + size!);
  const found: string[] = [];
  const seen = new Set<number>();
  const todo = memory.roots();
  for (let p = todo.pop(); p !== undefined; p = todo.pop()) {
    if (!inHeap(p)) continue;
    const object = memory.find(p);
    if (object === undefined) {
      if (!inFrame(p)) found.push(p.toString(16));
    } else if (!seen.has(object.address)) {
      seen.add(object.address);
      todo.push(...memory.pointersOf(object));
    }
  }
  expect(seen.size).toBeGreaterThan(10);
  return found;
}

describe.each(libraryNames())('%s', async (name) => {
  const scenario = await libraryScenario(name);
  const params = small[name] ?? {};

  test('asks one question and describes its parameters', () => {
    expect(scenario.question).toMatch(/^[A-Z][^?]*\?$/);
    for (const [param, spec] of Object.entries(scenario.params)) {
      expect(param).toMatch(/^[a-z][a-zA-Z0-9]*$/);
      expect(spec.help).not.toBe('');
    }
  });

  test.each(goarches)('verifies clean on %s', (goarch) => {
    expectClean(dumpsOf(scenario, { goarch, params }), goarch);
  });

  test.each(variants)('verifies clean with %s', (_, options) => {
    expectClean(dumpsOf(scenario, { ...options, params }), options.goarch ?? 'amd64');
  });

  test('verifies clean with every number at its least', () => {
    const numbers = Object.entries(scenario.params).filter(([, spec]) => 'min' in spec);
    const least = Object.fromEntries(numbers.map(([p, spec]) => [p, 'min' in spec && spec.min]));
    expectClean(dumpsOf(scenario, { params: least }), 'amd64');
  });

  test('loses nothing that is reachable when collections are frequent', () => {
    for (const { bytes } of dumpsOf(scenario, { gogc: 5 })) expect(dangling(bytes)).toEqual([]);
  });

  test('gives the same bytes for the same seed, other bytes for another', () => {
    const first = dumpsOf(scenario, { seed: 'a' });
    expect(same(first, dumpsOf(scenario, { seed: 'a' }))).toBe(true);
    expect(same(first, dumpsOf(scenario, { seed: 'b' }))).toBe(name in seedless);
    expectClean(first, 'amd64');
    for (const { bytes } of first) {
      expect(bytes.length).toBeGreaterThan(100_000);
      expect(bytes.length).toBeLessThan(8_000_000);
    }
  });
});

test('names of scenarios in the tables are those of the library', () => {
  const names = libraryNames();
  const listed = [...Object.keys(small), ...Object.keys(seedless)];
  expect(listed.filter((name) => !names.includes(name))).toEqual([]);
});
