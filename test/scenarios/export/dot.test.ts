/** Drawings, as real Graphviz draws them. */
import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { type DotOptions, dotFile, NoSuchObject, quoted } from '../../../scenarios/export/dot.ts';
import { liveNaming } from '../../../scenarios/export/live-naming.ts';
import type { HeapSource } from '../../../scenarios/export/outline.ts';
import { dumpOf } from '../../../scenarios/live-graph.ts';
import { recordTimeline } from '../../../scenarios/timeline/record.ts';
import { describeWithOracle } from '../../oracle/describe-with-oracle.ts';
import { libraryScenario } from '../run-library.ts';
import {
  base,
  dumpOfGraph,
  ended,
  hostileDump,
  hostileNames,
  sourceOfDump,
} from './export-files.ts';

const dotOf = (source: HeapSource, options: Partial<DotOptions> = {}): string =>
  ended(dotFile(source, { nodes: 300, ...options }));

const drawnOf = (text: string): number[] =>
  [...text.matchAll(/^ {2}o(\d+) \[/gm)].map(([, ordinal]) => Number(ordinal));

describe('a drawing', () => {
  const chain = [[1], [2, 5], [3], [4], [], [6], []];

  test.each<[string, number[], Partial<DotOptions>]>([
    ['all of a small heap', [0, 1, 2, 3, 4, 5, 6], {}],
    ['what keeps most alive, where there is too much', [0, 1, 2, 3], { nodes: 4 }],
    ['what is near the roots', [0, 1], { depth: 1 }],
    ['the roots alone', [0], { depth: 0 }],
    ['what hangs on an object', [2, 3, 4], { root: base + 128 + 9 }],
  ])('has %s', (_, expected, options) => {
    const text = dotOf(sourceOfDump(dumpOfGraph(chain, [0])), options);
    expect(drawnOf(text).sort()).toEqual(expected);
  });

  test('says what it leaves out, fields and offsets, and draws frames and other roots apart', async () => {
    const run = recordTimeline(await libraryScenario('every-record'));
    const dump = dumpOf(run.world);
    const source = { title: 'it', chunks: () => [dump], naming: liveNaming(run) };
    const text = dotOf(source);
    expect(text).toMatch(
      /^ {2}r\d+ \[shape=hexagon, label="global main\.kept at 0x[0-9a-f]+"\];$/m,
    );
    expect(text).toMatch(
      /^ {2}r\d+ \[shape=rectangle, label="frame of runtime\.runfinq, goroutine 5"\];$/m,
    );
    expect(text).toMatch(/^ {2}o\d+ -> o\d+ \[label="file"\];$/m);
    expect(dotOf(source, { nodes: 3 })).toMatch(
      /"it\\n3 of \d+ objects that roots reach are drawn"/,
    );
    expect(dotOf(sourceOfDump(dumpOfGraph(chain, [0])), { nodes: 2 })).toContain(
      '2 pointers to what is not drawn',
    );
  });

  test('says where in an object a pointer points', () => {
    const contents = new Uint8Array(8);
    new DataView(contents.buffer).setBigUint64(0, BigInt(base + 16), true);
    const inner = { kind: 'object', address: base + 64, contents, pointers: [0] } as const;
    const text = dotOf(sourceOfDump(dumpOfGraph([[]], [1], [inner])));
    expect(text).toContain('o1 -> o0 [label="+0", headlabel="+16"];');
  });

  test('of an address without an object is refused', () => {
    const draw = () => dotOf(sourceOfDump(dumpOfGraph(chain, [0])), { root: 0x10 });
    expect(draw).toThrow(NoSuchObject);
  });
});

function graphviz(text: string): string {
  const run = spawnSync('dot', ['-Tsvg'], { input: text, encoding: 'utf8', maxBuffer: 1 << 28 });
  expect([run.status, run.stderr.replaceAll(/.*Pango.*\n/g, '')]).toEqual([0, '']);
  return run.stdout;
}

const unescaped = (svg: string): string =>
  svg
    .replaceAll('&#45;', '-')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&#160;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

describeWithOracle('dot', 'Graphviz', () => {
  test('draws each object, root and pointer', async () => {
    const run = recordTimeline(await libraryScenario('tree'));
    const dump = dumpOf(run.world);
    const source = { title: 'tree', chunks: () => [dump], naming: liveNaming(run) };
    const text = dotOf(source, { nodes: 60 });
    const svg = graphviz(text);
    expect(svg.match(/class="node"/g)).toHaveLength(text.match(/^ {2}[or]\d+ \[/gm)!.length);
    expect(svg.match(/class="edge"/g)).toHaveLength(text.match(/^ {2}[or]\d+ -> /gm)!.length);
    expect(drawnOf(text)).toHaveLength(60);
  });

  test('draws 300 objects in a second', async () => {
    const run = recordTimeline(await libraryScenario('linked-list'));
    const dump = dumpOf(run.world);
    const naming = liveNaming(run);
    expect(graphviz(dotOf({ title: 'list', chunks: () => [dump], naming }))).toContain('</svg>');
  });

  test('shows names that look like anything else as they are', () => {
    const svg = graphviz(dotOf(sourceOfDump(hostileDump())));
    expect(svg).not.toMatch(/<script|<b>/);
    const shown = unescaped(svg);
    for (const text of [
      '</text></svg><script>alert(1)</script>',
      'quote " and \' and `',
      'nul \\x00 in it',
      'backslash \\N \\G \\n \\',
      'entity &lt; &#60; &amp;',
      'a, b; c -> d [label="x"]',
      'f\\xff\\xfe\\x80\\x0a',
    ]) {
      expect(shown).toContain(text);
    }
    expect(svg.match(/class="node"/g)).toHaveLength(3 * hostileNames.length);
  });

  test('reads any text back as it was', () => {
    const texts = ['\\', '\\"', '"', '&', '&#0;', '<', '\\\\n', 'é', '日本', '%', '{|}'];
    for (const text of texts) {
      const svg = graphviz(`digraph { n [label=${quoted(`[${text}]`)}]; }`);
      expect(unescaped(svg)).toContain(`>[${text}]</text>`);
    }
  });
});
