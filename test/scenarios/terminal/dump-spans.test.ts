/** `spans`, `pages` and `vis` of dumps that real Go wrote: what is inferred is what the runtime had. */
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { visitDump } from '../../../dump/index.ts';
import { type InferredSpan, SpanInference } from '../../../scenarios/terminal/span-inference.ts';
import { mSpanInUse } from '../../../sim/mspan.ts';
import { pageSize } from '../../../sim/uintptr.ts';
import { golden, goldenEntries } from '../../goldens/goldens.ts';
import { goheapsim, scratchFolder } from '../command-line.ts';
import { json, out } from './told.ts';

const scratch = scratchFolder();
afterAll(() => scratch.remove());

/** The spans of a dump, and HeapInuse as its program counted it. */
function inferred(dump: Uint8Array): { spans: InferredSpan[]; heapInuse: number } {
  const inference = new SpanInference();
  let heapInuse = 0;
  visitDump(
    dump,
    {
      object: (view) => inference.object(view),
      record(record) {
        inference.record(record);
        if (record.kind === 'memStats') heapInuse = Number(record.heapInuse);
      },
    },
    { maxContents: 0 },
  );
  return { spans: inference.spans(), heapInuse };
}

test('in the last dump of each kept program the inferred spans are as many pages as HeapInuse says, and none overlap', () => {
  const entries = goldenEntries();
  const last = new Map(entries.map((entry) => [entry.id.replace(/\.\d$/, ''), entry]));
  expect(last.size).toBeGreaterThan(90);
  for (const { id } of last.values()) {
    const { spans, heapInuse } = inferred(golden(id).dump);
    const pages = spans.reduce((sum, span) => sum + span.pages, 0);
    expect([id, pages * pageSize]).toEqual([id, heapInuse]);
    const overlaps = spans.filter((span, i) => {
      const before = spans[i - 1];
      return before !== undefined && before.address + before.pages * pageSize > span.address;
    });
    expect([id, overlaps]).toEqual([id, []]);
  }
}, 180_000);

type SpanRow = [string, string, number, number, number, number, number];

/** The runtime's own list of spans, as an instrumented runtime logged it at the same dump. */
function allspans(goarch: string) {
  const file = new URL(`../../goldens/boot/${goarch}.json`, import.meta.url);
  const { state } = JSON.parse(readFileSync(file, 'utf8')) as { state: { allspans: SpanRow[] } };
  return state.allspans
    .map(([, base, npages, state, spanclass, nelems, allocCount]) => ({
      address: Number(base),
      npages,
      isHeap: state === mSpanInUse,
      spanclass,
      nelems,
      allocCount,
    }))
    .sort((a, b) => a.address - b.address);
}

// The runs of arm64 and riscv64 that were kept began otherwise than the ones that were logged.
test.each([
  ...['amd64', '386', 'arm', 'loong64', 'mips', 'mipsle', 'mips64', 'mips64le'],
  ...['ppc64', 'ppc64le', 's390x'],
])('on %s they are the spans that the runtime has: place, class, slots, objects', (goarch) => {
  const { spans } = inferred(golden(`linked-list.${goarch}.3`).dump);
  const real = allspans(goarch).filter(({ isHeap }) => isHeap);
  expect(
    spans.map((s) => ({
      address: s.address,
      npages: s.pages,
      isHeap: true,
      spanclass: s.sizeclass * 2 + (s.noscan ? 1 : 0),
      nelems: s.slots,
      allocCount: s.objects,
    })),
  ).toEqual(real);
});

describe('of a real dump', () => {
  const file = scratch.path('real.dump');
  const { dump } = golden('linked-list.amd64.3');
  beforeAll(() => writeFileSync(file, dump));

  test('pages shows each page of a span and of a stack as such, and says that others are unknown', async () => {
    const { inferred, heapStart, heapEnd, runs, memstats } = await json('pages', file);
    expect([inferred, heapStart, heapEnd]).toEqual([true, 0xc000000000, 0xc004000000]);
    let at = heapStart;
    const statesAt = new Map<number, string>();
    for (const { from, pages, state } of runs) {
      expect(from).toBe(at);
      for (let i = 0; i < pages; i++, at += pageSize) statesAt.set(at, state);
    }
    expect(at).toBe(heapEnd);
    const inSpans = new Set<number>();
    for (const { address, npages, isHeap } of allspans('amd64')) {
      for (let page = address; page < address + npages * pageSize; page += pageSize) {
        inSpans.add(page);
        expect(isHeap ? ['heap'] : ['stack', 'unknown']).toContain(statesAt.get(page));
      }
    }
    for (const [page, state] of statesAt) if (!inSpans.has(page)) expect(state).toBe('unknown');
    expect([...statesAt.values()].filter((state) => state === 'stack').length).toBe(3);
    const heap = [...statesAt.values()].filter((state) => state === 'heap').length;
    expect(memstats.HeapInuse).toBe(heap * pageSize);
  });

  test('pages --map draws them, and tells how many are free from the statistics', async () => {
    const map = await out('pages', file, '--map', '--ascii');
    const { runs, memstats } = await json('pages', file);
    const of = (state: string): number =>
      runs
        .filter((run: { state: string }) => run.state === state)
        .reduce((sum: number, { pages }: { pages: number }) => sum + pages, 0);
    const drawn = map.split('\n').filter((line) => /^0x/.test(line));
    const cells = drawn.map((line) => line.slice(14)).join('');
    expect(cells.replace(/[^#]/g, '').length).toBe(of('heap'));
    expect(cells.replace(/[^S]/g, '').length).toBe(of('stack'));
    expect(cells).not.toMatch(/[^#S?]/);
    expect(map).toMatch(/ {2}\?\s+[\d,]+ pages {2}not in the dump\n/);
    const figure = (name: string) => (memstats[name] / pageSize).toLocaleString('en-US');
    for (const name of ['HeapInuse', 'StackInuse', 'HeapIdle', 'HeapReleased']) {
      expect(map).toMatch(new RegExp(`\n {2}${name} +${figure(name)} {2}`));
    }
  });

  test('vis shows the words that the dump holds, and no field of the span that it does not', async () => {
    const { spans } = await json('spans', file, '--class', '14');
    const { address, objects, slots } = spans[0];
    const { span, slots: shown } = await json('vis', file, `${address}`, '--slots', '1000');
    const unknown = { freeindex: null, allocCache: null, allocBits: null, sweepgen: null };
    expect(span).toMatchObject({ address, nelems: slots, allocCount: objects, ...unknown });
    expect(shown).toHaveLength(slots);
    const used = shown.filter((slot: { used: boolean }) => slot.used);
    expect(used).toHaveLength(objects);
    const text = await out('vis', file, `${address}`, '--slots', '1000', '--words', '1000');
    for (const slot of used) {
      const at = `0x${slot.address.toString(16)}`;
      const record = JSON.parse(
        await out('inspect', file, '--at', at, '--records', '--contents', '--json'),
      );
      expect(slot.pointers).toEqual(record.pointers);
      const after = text.slice(text.indexOf(`slot ${slot.index}  ${at}`)).split('\n  s')[0]!;
      const words = [...after.matchAll(/0x([0-9a-f]{16})(\*?)/g)];
      const bytes = words.map(([, digits]) => digits!.match(/../g)!.reverse().join('')).join('');
      expect(bytes).toBe(record.contents);
      const marked = words.flatMap(([, , mark], i) => (mark === '*' ? [i * 8] : []));
      expect(marked).toEqual(record.pointers);
    }
    expect(text).toContain('unknown  freeindex, allocCache, sweepgen, holder: no dump tells them');
    expect(text).toMatch(/\n {2}slots? \d+.* free; what is there the dump does not tell\n/);
  });

  test('vis of an address that no object is near is refused', async () => {
    const { code, stderr } = await goheapsim(['vis', file, '0xc003ffe000']);
    expect(code).toBe(2);
    expect(stderr).toContain('no object of the dump is on the page of 0xc003ffe000');
  });
});

test('whatis of a dump tells the calls that made an object, where the memory profile sampled it', async () => {
  const file = scratch.path('profile.dump');
  writeFileSync(file, golden('memprofile.amd64.4').dump);
  const records = async (kind: string) =>
    (await out('inspect', file, '--records', '--kind', kind, '--json'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  const buckets = new Map((await records('memProf')).map((record) => [record.id, record]));
  const samples = await records('allocSample');
  for (const { address, bucket } of [samples[3], samples.at(-1)]) {
    const { is } = await json('whatis', file, `0x${address.toString(16)}`);
    const calls = buckets
      .get(bucket)
      .frames.map(({ func, file: path, line }: { func: string; file: string; line: number }) => {
        return `${func} ${path.split('/').at(-1)}:${line}`;
      });
    expect(calls.length).toBeGreaterThan(2);
    expect(is.made).toBe(`by ${calls.join(' < ')}, as the memory profile sampled it`);
  }
});

test('vis of a dump shows the slots as vis of its scenario does, malloc headers too', async () => {
  const file = scratch.path('own.dump');
  expect((await goheapsim(['run', 'lesson-06', '-o', file])).code).toBe(0);
  const objects = await json('objects', 'lesson-06');
  const { address } = objects.find(({ type }: { type?: string }) => type === '[128]*uint64');
  const argv = [`0x${address.toString(16)}`, '--slots', '2', '--words', '200'];
  const wordsOf = (text: string): string[] =>
    text.split('\n').filter((line) => /^ {4}\+\d+ /.test(line));
  const ofDump = await out('vis', file, ...argv);
  const words = wordsOf(ofDump);
  expect(words.length).toBeGreaterThan(64);
  const cut = (line: string): string => line.replace(/header.*/, 'header');
  expect(words.map(cut)).toEqual(wordsOf(await out('vis', 'lesson-06', ...argv)).map(cut));
  expect(ofDump).toContain(`object at 0x${(address + 8).toString(16)}`);
});
