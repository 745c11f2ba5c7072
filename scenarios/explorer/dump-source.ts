/**
 * A dump as a log of one step: the spans that its objects suggest. A dump holds no spans, so what it does not
 * tell is not shown: no mcaches, no free pages, no bytes asked for.
 */
import { basename } from 'node:path';
import { type RecordOfKind, visitDump } from '../../dump/index.ts';
import { archOf, type GoArch, goarches } from '../../sim/arch.ts';
import { alignDown } from '../../sim/uintptr.ts';
import { counted } from '../format.ts';
import { openDumpFile, withDumpFile } from '../input.ts';
import { type InferredSpan, inferSpans } from '../terminal/dump-spans.ts';
import type { Figures, Timeline } from '../timeline/timeline.ts';
import { TimelineWriter } from '../timeline/writer.ts';
import type { ExploreSource } from './run-source.ts';

const magic = 'go1.7 heap dump\n';

/** Whether a file begins as a dump does. @throws {EnvironmentError} where it cannot be read */
export function isDumpFile(path: string): boolean {
  const file = openDumpFile(path);
  try {
    const [chunk = new Uint8Array()] = file.chunks();
    return Buffer.from(chunk.subarray(0, magic.length)).toString('latin1') === magic;
  } finally {
    file.close();
  }
}

interface Told {
  params: RecordOfKind<'params'> | undefined;
  memStats: RecordOfKind<'memStats'> | undefined;
  readonly objects: number[];
}

function told(path: string): Told {
  const found: Told = { params: undefined, memStats: undefined, objects: [] };
  withDumpFile(path, (file) =>
    visitDump(
      file.chunks(),
      {
        object: ({ address }) => void found.objects.push(Number(address)),
        record(record) {
          if (record.kind === 'params') found.params = record;
          if (record.kind === 'memStats') found.memStats = record;
        },
        defect() {},
      },
      { maxContents: 0 },
    ),
  );
  return found;
}

export function dumpSource(path: string): ExploreSource {
  const { params, memStats, objects } = told(path);
  const goarch: GoArch = goarches.find((name) => name === params?.architecture) ?? 'amd64';
  const spans = inferSpans(path);
  objects.sort((a, b) => a - b);
  const timeline = timelineOf(spans, objects, archOf(goarch).heapArenaBytes, memStats);
  return {
    timeline,
    sections: new Map(),
    info: {
      kind: 'dump',
      name: basename(path),
      about: `a dump, linux/${goarch}, ${counted(objects.length, 'object')}`,
      goarch,
      // Its layout would have to be inferred as well: no headers and bits are drawn.
      allocHeaders: false,
      step: 0,
      marks: false,
      script: undefined,
      lines: [],
      types: [],
      notes: ['spans are inferred: a dump holds none, and nothing of mcaches and free pages'],
    },
  };
}

function timelineOf(
  spans: readonly InferredSpan[],
  objects: readonly number[],
  arenaBytes: number,
  memStats: RecordOfKind<'memStats'> | undefined,
): Timeline {
  const writer = new TimelineWriter();
  const arenas = new Set(spans.map(({ address }) => alignDown(address, arenaBytes)));
  for (const base of arenas) writer.event('sysAlloc', { base, bytes: arenaBytes });
  let at = 0;
  for (const span of spans) {
    const { address: base, pages: npages, sizeclass, elemsize, slots: nelems } = span;
    const spanclass = sizeclass * 2 + (span.withPointers === 0 ? 1 : 0);
    const allocBits = new Uint8Array(Math.ceil(nelems / 64) * 8);
    let nalloc = 0;
    while (at < objects.length && objects[at]! < base + npages * 8192) {
      const i = Math.floor((objects[at++]! - base) / elemsize);
      if (i < 0 || i >= nelems) continue;
      allocBits[i >>> 3]! |= 1 << (i & 7);
      nalloc++;
    }
    const shape = { base, npages, spanclass, type: 0, needzero: 0, elemsize, nelems };
    writer.event('spanAlloc', shape);
    writer.event('sweep', {
      base,
      npages,
      spanclass,
      nalloc,
      nfreed: 0,
      preserve: false,
      allocBits,
    });
  }
  const place = { goroutine: 0, func: '', line: 0 };
  writer.step('dump', {}, place, 0, figuresOf(memStats));
  return writer.timeline;
}

function figuresOf(stats: RecordOfKind<'memStats'> | undefined): Figures {
  const of = (name: string): number =>
    Number((stats as unknown as Record<string, number> | undefined)?.[name] ?? 0);
  return {
    heapAlloc: of('heapAlloc'),
    mallocs: of('mallocs'),
    frees: of('frees'),
    heapInuse: of('heapInuse'),
    heapIdle: of('heapIdle'),
    heapReleased: of('heapReleased'),
    stackInuse: of('stackInuse'),
    heapLive: 0,
    nextGC: of('nextGC'),
    numGC: of('numGC'),
    gcphase: 0,
  };
}
