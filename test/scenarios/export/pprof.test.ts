/** Profiles, as real `go tool pprof` reads them. */
import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { graphOfDump } from '../../../dump/index.ts';
import {
  profileInDump,
  SiteRecorder,
  scaleHeapSample,
  siteShape,
} from '../../../scenarios/export/allocation-sites.ts';
import { liveNaming } from '../../../scenarios/export/live-naming.ts';
import { encodeProfile } from '../../../scenarios/export/pprof.ts';
import { referenceShape, references } from '../../../scenarios/export/references.ts';
import { piecesOf } from '../../../scenarios/export/source.ts';
import { dumpOf } from '../../../scenarios/live-graph.ts';
import { recordTimeline } from '../../../scenarios/timeline/record.ts';
import { describeWithOracle } from '../../oracle/describe-with-oracle.ts';
import { goToolchain } from '../../oracle/go-toolchain.ts';
import { goheapsim, scratchFolder } from '../command-line.ts';
import { dumpsOf, libraryScenario } from '../run-library.ts';
import { dumpOfGraph, ended, hostileDump, sourceOfDump } from './export-files.ts';

const scratch = scratchFolder();
afterAll(() => scratch.remove());

/** A profile as `pprof -raw` tells it. */
interface Raw {
  readonly types: readonly string[];
  readonly period: number;
  readonly samples: readonly { readonly values: number[]; readonly stack: string[] }[];
  readonly text: string;
}

function pprof(file: string, ...options: string[]): string {
  return goToolchain().go(['tool', 'pprof', ...options, scratch.path(file)]);
}

function rawOf(file: string): Raw {
  const text = pprof(file, '-raw');
  const [head, rest] = text.split('\nSamples:\n') as [string, string];
  const [body, locations] = rest.split('\nLocations\n') as [string, string];
  const functions = new Map<string, string>();
  for (const line of locations.split('\n')) {
    const match = /^ *(\d+): 0x[0-9a-f]+ (?:M=\d+ )?(.*) \S*:\d+(?::\d+)? s=\d+/.exec(line);
    if (match !== null) functions.set(match[1]!, match[2]!);
  }
  const [types, ...lines] = body.split('\n') as [string, ...string[]];
  const samples = lines.flatMap((line) => {
    const match = /^ *(\d[\d ]*): ([\d ]+)$/.exec(line);
    if (match === null) return [];
    const stack = match[2]!
      .trim()
      .split(' ')
      .map((id) => functions.get(id) ?? id);
    return [{ values: match[1]!.trim().split(/ +/).map(Number), stack }];
  });
  const period = Number(/^Period: (\d+)/m.exec(head)![1]);
  return { types: types.trim().split(' '), period, samples, text };
}

const sums = ({ samples, types }: Raw): number[] =>
  types.map((_, i) => samples.reduce((sum, { values }) => sum + values[i]!, 0));

const typesOfGo = [
  'alloc_objects/count',
  'alloc_space/bytes',
  'inuse_objects/count',
  'inuse_space/bytes[dflt]',
];

test.each([
  [0, 0, 524288, [0, 0]],
  [7, 700, 1, [7, 700]],
  [1, 524288, 524288, [1, 829411]],
  [3, 48, 524288, [98305, 1572888]],
])('%i sampled objects of %i bytes at rate %i stand for %j', (count, size, rate, expected) => {
  expect(scaleHeapSample(count, size, rate)).toEqual(expected);
});

describeWithOracle('go1.22.12', 'go tool pprof', () => {
  test('adds up allocations of a scenario to what MemStats says', async () => {
    for (const name of ['finalizers', 'tiny-strings']) {
      const sites = new SiteRecorder();
      const run = recordTimeline(await libraryScenario(name), { onMalloc: sites.onMalloc });
      const profile = encodeProfile(siteShape(1, [name]), sites.samples(run));
      writeFileSync(scratch.path('sites.pb.gz'), gzipSync(profile));
      const raw = rawOf('sites.pb.gz');
      expect(raw.types).toEqual(typesOfGo);
      expect(raw.period).toBe(1);
      const { mallocs, frees, heapAlloc } = run.timeline.figures(run.timeline.length - 1);
      const [allocObjects, allocSpace, inuseObjects, inuseSpace] = sums(raw);
      expect([allocObjects, inuseObjects, inuseSpace]).toEqual([
        mallocs,
        mallocs - frees,
        heapAlloc,
      ]);
      expect(allocSpace).toBe(totalAllocOf(run.timeline));
    }
  });

  test('shows functions with their lines, sizes and types', async () => {
    const { code } = await goheapsim([
      ...['export', 'linked-list', '--to', 'pprof', '-o', scratch.path('list.pb.gz')],
    ]);
    expect(code).toBe(0);
    const top = pprof('list.pb.gz', '-top', '-lines', '-sample_index=alloc_space');
    expect(top).toMatch(/15\.62kB .* main\.build main\.go:\d+/);
    const tags = pprof('list.pb.gz', '-tags', '-sample_index=inuse_space');
    expect(tags).toMatch(/15\.\dkB .*: 16B/);
    expect(tags).toMatch(/15\.6kB .*: main\.Node/);
    const focused = pprof('list.pb.gz', '-top', '-tagfocus=type=main.Node', '-unit=B');
    expect(focused).toMatch(/Showing nodes accounting for 16000B, .*% of \d+B total/);
  });

  test("takes the program's own profile where it has one, scaled as Go does", async () => {
    const { code } = await goheapsim([
      ...['export', 'every-record', '--to', 'pprof', '-o', scratch.path('own.pb.gz')],
    ]);
    expect(code).toBe(0);
    const raw = rawOf('own.pb.gz');
    const dump = dumpsOf(await libraryScenario('every-record')).at(-1)!.bytes;
    const samples = ended(profileInDump(sourceOfDump(dump), raw.period))!;
    const expected = [0, 1, 2, 3].map((i) => samples.reduce((sum, s) => sum + s.values[i]!, 0));
    expect(sums(raw)).toEqual(expected);
    expect(expected[0]).toBeGreaterThan(0);
  });

  test('finds what a holder holds: the chains of all objects, of the sizes that they have', async () => {
    const run = recordTimeline(await libraryScenario('service'));
    const dump = dumpOf(run.world);
    const graph = graphOfDump(dump);
    const source = { title: 'service', chunks: () => piecesOf(dump), naming: liveNaming(run) };
    for (const liveOnly of [false, true]) {
      const samples = ended(references(source, { liveOnly }));
      const profile = encodeProfile(referenceShape(['service']), samples);
      writeFileSync(scratch.path('references.pb.gz'), gzipSync(profile));
      const raw = rawOf('references.pb.gz');
      expect(raw.types).toEqual(['inuse_objects/count', 'inuse_space/bytes[dflt]']);
      const live = graph.reachable();
      const liveBytes = live.reduce((sum, ordinal) => sum + graph.index.sizeOf(ordinal), 0);
      expect(sums(raw)).toEqual(
        liveOnly ? [live.length, liveBytes] : [graph.index.length, graph.index.bytes],
      );
      const stacks = raw.samples.map(({ stack }) => stack.join(' < '));
      expect(stacks).toContain('main.Server < global main.server');
      expect(stacks).toContain('runtime.hmap < main.Server.sessions < global main.server');
      expect(stacks.some((stack) => stack.endsWith('(nothing)'))).toBe(!liveOnly);
    }
  });

  test('folds a list into one frame, and cuts chains that are longer than a stack may be', () => {
    const list = Array.from({ length: 1000 }, (_, i) => (i < 999 ? [i + 1] : []));
    const folded = ended(references(sourceOfDump(dumpOfGraph(list, [0])), { liveOnly: true }));
    expect(folded.map(({ values, frames }) => [values, frames.length])).toEqual([
      [[1, 64], 2],
      [[998, 63872], 3],
      [[1, 64], 3],
    ]);
    const zigzag = list.map((to, i) => [...Array.from({ length: i % 2 }, () => i), ...to]);
    const cut = ended(references(sourceOfDump(dumpOfGraph(zigzag, [0])), { liveOnly: true }));
    expect(Math.max(...cut.map(({ frames }) => frames.length))).toBe(129);
    expect(cut.reduce((sum, { values }) => sum + values[0]!, 0)).toBe(1000);
  });

  test('bears names that look like anything else', () => {
    const source = sourceOfDump(hostileDump());
    const profile = encodeProfile(siteShape(1, ['']), ended(profileInDump(source, 1))!);
    writeFileSync(scratch.path('hostile.pb.gz'), gzipSync(profile));
    const chains = ended(references(source, { liveOnly: false }));
    writeFileSync(
      scratch.path('chains.pb.gz'),
      gzipSync(encodeProfile(referenceShape(['']), chains)),
    );
    const text = pprof('hostile.pb.gz', '-raw') + pprof('chains.pb.gz', '-raw');
    expect(text).toContain('</text></svg><script>alert(1)</script>');
    expect(text).toContain('nul \\x00 in it');
    expect(text).toContain('f\\xff\\xfe\\x80\\x0a');
    expect(sums(rawOf('hostile.pb.gz'))).toEqual([2, 2048, 1, 1024]);
  });
});

type Timeline = ReturnType<typeof recordTimeline>['timeline'];

/** TotalAlloc, from the events alone. */
function totalAllocOf(timeline: Timeline): number {
  let sum = 0;
  for (let e = 0; e < timeline.events.table.length; e++) {
    if (timeline.eventName(e) !== 'malloc') continue;
    const event = timeline.event(e);
    if (event.tiny === false) sum += event.elemsize as number;
  }
  return sum;
}
