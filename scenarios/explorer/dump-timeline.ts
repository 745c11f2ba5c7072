/**
 * A dump as a log of one step: the spans that its objects suggest. A dump holds no spans, so what it does not tell is
 * not shown: no mcaches, no free pages, no bytes asked for. Nothing here uses Node.
 */
import {
  DumpError,
  type DumpVisitor,
  type ObjectView,
  type RecordOfKind,
} from '../../dump/index.ts';
import { archOf, type GoArch, goarches } from '../../sim/arch.ts';
import { alignDown, pageSize } from '../../sim/uintptr.ts';
import { count, counted, printable, roundedBytes } from '../format.ts';
import { statsOfRecord } from '../terminal/memstats.ts';
import { type InferredSpan, SpanInference } from '../terminal/span-inference.ts';
import type { Figures, Timeline } from '../timeline/timeline.ts';
import { TimelineWriter } from '../timeline/writer.ts';
import { type PageInfo, statsAsJson } from './page-info.ts';

/** Objects above this address no Go program has; they are counted, and not drawn. */
const mostAddress = 2 ** 48;
/** Arenas that a page draws. */
const mostArenas = 4096;

/** Takes the records of a dump, and makes of them what a page needs. */
export class DumpCollector implements DumpVisitor {
  readonly #objects: number[] = [];
  readonly #spans = new SpanInference();
  readonly #counts = new Map<string, number>();
  #params: RecordOfKind<'params'> | undefined;
  #memStats: RecordOfKind<'memStats'> | undefined;
  #bytes = 0;
  #outside = 0;

  object(view: ObjectView): void {
    const address = Number(view.address);
    this.#bytes += view.size;
    if (address >= mostAddress || view.size === 0) {
      this.#outside++;
      return;
    }
    this.#objects.push(address);
    this.#spans.object(view);
  }

  record(record: Parameters<NonNullable<DumpVisitor['record']>>[0]): void {
    const { kind } = record;
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
    this.#spans.record(record);
    if (kind === 'params') this.#params = record;
    if (kind === 'memStats') this.#memStats = record;
  }

  defect(): void {}

  /**
   * The page's log and what it says of itself. `name`: the file's.
   *
   * @throws {DumpError} for objects that lie further apart than a page can draw
   */
  page(name: string): { timeline: Timeline; info: PageInfo } {
    const goarch: GoArch =
      goarches.find((known) => known === this.#params?.architecture) ?? 'amd64';
    const objects = Float64Array.from(this.#objects).sort();
    const spans = this.#spans.spans();
    const { heapArenaBytes } = archOf(goarch);
    const arenas = arenasOf(spans, heapArenaBytes);
    const { allocHeaders } = this.#spans;
    const surroundings = { arenas, heapArenaBytes, memStats: this.#memStats };
    const timeline = timelineOf(spans, objects, surroundings);
    const outside =
      this.#outside === 0 ? [] : [`${counted(this.#outside, 'object')} cannot be drawn`];
    return {
      timeline,
      info: {
        kind: 'dump',
        name,
        about: `a dump, linux/${goarch}, ${counted(objects.length, 'object')}`,
        goarch,
        allocHeaders,
        step: 0,
        marks: false,
        script: undefined,
        lines: [],
        types: [],
        ...(this.#memStats && { memstats: statsAsJson(statsOfRecord(this.#memStats)) }),
        facts: this.#facts(spans.length, allocHeaders),
        notes: ['Spans are inferred: a dump holds none, nor mcaches and free pages', ...outside],
      },
    };
  }

  /** What its records come to. */
  #facts(spans: number, allocHeaders: boolean): [string, string][] {
    const n = (kind: string): string => count(this.#counts.get(kind) ?? 0);
    const p = this.#params;
    const order = p?.bigEndian === true ? 'big-endian' : 'little-endian';
    const layout = allocHeaders
      ? 'malloc headers, pointer bits in small spans'
      : 'heap bitmap apart';
    return [
      ['written by', p === undefined ? 'unknown' : printable(p.goVersion)],
      ['target', p === undefined ? 'unknown' : `linux/${printable(p.architecture)}, ${order}`],
      ['layout', layout],
      ['objects', `${count(this.#objects.length)} in ${count(this.#bytes)} B`],
      ['spans', `${count(spans)}, as objects suggest`],
      ['goroutines', `${n('goroutine')}, ${n('stackFrame')} frames`],
      ['threads', n('osThread')],
      ['types', `${n('type')} for ${n('itab')} itabs`],
      ['finalizers', `${n('finalizer')}, ${n('queuedFinalizer')} queued`],
      ['deferred', `${n('defer')} calls, ${n('panic')} panics`],
      ['profile', `${n('memProf')} buckets, ${n('allocSample')} samples`],
    ];
  }
}

interface Surroundings {
  readonly arenas: ReadonlySet<number>;
  readonly heapArenaBytes: number;
  readonly memStats: RecordOfKind<'memStats'> | undefined;
}

/** `objects`: the addresses of all, from the lowest. */
function timelineOf(
  spans: readonly InferredSpan[],
  objects: Float64Array,
  { arenas, heapArenaBytes, memStats }: Surroundings,
): Timeline {
  const writer = new TimelineWriter();
  for (const base of arenas) writer.event('sysAlloc', { base, bytes: heapArenaBytes });
  let at = 0;
  for (const span of spans) {
    const { address: base, pages: npages, sizeclass, elemsize, noscan, slots: nelems } = span;
    const spanclass = sizeclass * 2 + (noscan ? 1 : 0);
    const allocBits = new Uint8Array(Math.ceil(nelems / 64) * 8);
    let nalloc = 0;
    while (at < objects.length && objects[at]! < base + npages * pageSize) {
      const i = Math.floor((objects[at++]! - base) / elemsize);
      if (i < 0 || i >= nelems) continue;
      allocBits[i >>> 3]! |= 1 << (i & 7);
      nalloc++;
    }
    const shape = { base, npages, spanclass, type: 0, needzero: 0, elemsize, nelems };
    writer.event('spanAlloc', shape);
    const swept = { base, npages, spanclass, nalloc, nfreed: 0, preserve: false, allocBits };
    writer.event('sweep', swept);
  }
  const place = { goroutine: 0, func: '', line: 0 };
  writer.step('dump', {}, place, 0, figuresOf(memStats));
  return writer.timeline;
}

/** The arenas that spans lie in; a large one may lie in several. */
function arenasOf(spans: readonly InferredSpan[], arenaBytes: number): Set<number> {
  const arenas = new Set<number>();
  for (const { address, pages } of spans) {
    const end = address + pages * pageSize;
    for (let base = alignDown(address, arenaBytes); base < end; base += arenaBytes) {
      arenas.add(base);
    }
    if (arenas.size > mostArenas) {
      const message = `objects lie in more than ${count(mostArenas)} arenas of ${roundedBytes(arenaBytes)}`;
      throw new DumpError(message, { offset: 0, path: 'object.address' });
    }
  }
  return arenas;
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
