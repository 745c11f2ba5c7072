/**
 * Everything of ours that reads a dump, on dumps that mean it harm: each reading ends soon, in bounded memory, with a result
 * or a refusal.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { factsOfDump } from '../../dump/feed/facts.ts';
import {
  DumpError,
  diffDumps,
  feedBase,
  graphOfDump,
  hexdump,
  loadDump,
  newScrubReport,
  readDump,
  scrub,
  verifyDump,
  writeheapdumpM,
} from '../../dump/index.ts';
import { dumpSource } from '../../scenarios/explorer/dump-source.ts';
import { pageHtml } from '../../scenarios/explorer/html.ts';
import { profileInDump, siteShape } from '../../scenarios/export/allocation-sites.ts';
import { dotFile } from '../../scenarios/export/dot.ts';
import { dumpNaming } from '../../scenarios/export/dump-naming.ts';
import { heapSnapshot } from '../../scenarios/export/heapsnapshot.ts';
import type { HeapSource } from '../../scenarios/export/outline.ts';
import { encodeProfile } from '../../scenarios/export/pprof.ts';
import { referenceShape, references } from '../../scenarios/export/references.ts';
import { packTimeline, unpackTimeline } from '../../scenarios/timeline/pack.ts';
import { BadInputError, UsageError } from '../../scenarios/usage-error.ts';
import { keepingSink } from '../dump/stopped-world.ts';

/** How one reading ended. */
export interface End {
  readonly use: string;
  /** Undefined: with a result. */
  readonly refusal: Error | undefined;
  readonly ms: number;
  /** Bytes of buffers that were not there before. */
  readonly grown: number;
}

/** No reading of a small dump may take longer, on a machine that has much else to do. */
const mostMs = 10_000;
const mostBytes = (dump: Uint8Array): number => (48 << 20) + 64 * dump.length;

const source = (dump: Uint8Array): HeapSource => ({
  title: 'a dump',
  chunks: () => [dump],
  naming: dumpNaming(),
});

function drain<T>(work: Generator<Uint8Array, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

function explore(path: string): void {
  const { timeline, info, sections } = dumpSource({ kind: 'dump', shown: path, input: path });
  unpackTimeline(packTimeline(timeline));
  let page = '';
  for (const piece of pageHtml({ info, sections, script: '', styles: '' })) page += piece;
  if (!page.endsWith('</html>\n')) throw new Error('half a page');
}

function loadAndWrite(dump: Uint8Array): void {
  const sink = keepingSink();
  writeheapdumpM(loadDump(dump), sink);
  if (!sink.bytes().equals(dump)) throw new Error('loaded, it is written differently');
}

function useGraph(dump: Uint8Array): void {
  const graph = graphOfDump(dump);
  for (let object = 0; object < Math.min(graph.starts.length - 1, 8); object++)
    graph.retainedSize(object);
}

/** It refuses some whole dumps as well. */
function useAsBase(dump: Uint8Array): void {
  try {
    feedBase(dump);
  } catch (error) {
    if (
      error instanceof RangeError &&
      /^the dump (goes on after|has no params)/.test(error.message)
    ) {
      throw new UsageError(error.message);
    }
    throw error;
  }
}

/** The readings of dumps, which differ from `base`. Files are made in a folder that {@link HostileUses.close} removes. */
export class HostileUses {
  readonly #folder = mkdtempSync(join(tmpdir(), 'goheapsim-hostile-'));
  readonly #file = join(this.#folder, 'hostile.dump');
  readonly #uses: readonly (readonly [string, (dump: Uint8Array, base: Uint8Array) => unknown])[] =
    [
      ['read', (dump) => [...readDump(dump)]],
      ['read past defects', (dump) => [...readDump(dump, { onDefect: () => {} })]],
      ['verify', (dump) => verifyDump(dump)],
      ['load and write', loadAndWrite],
      ['diff', (dump, base) => diffDumps(base, dump)],
      ['graph', useGraph],
      ['hexdump', (dump) => [...hexdump(dump)]],
      ['facts', (dump) => factsOfDump(() => [dump])],
      ['base of mutants', useAsBase],
      ['scrub', (dump) => [...scrub(dump, {}, newScrubReport())]],
      ['heap snapshot', (dump) => drain(heapSnapshot(source(dump), { liveOnly: false }))],
      [
        'dot',
        (dump) => drain(dotFile(source(dump), { root: undefined, depth: undefined, nodes: 300 })),
      ],
      [
        'pprof of references',
        (dump) =>
          encodeProfile(referenceShape([]), drain(references(source(dump), { liveOnly: true }))),
      ],
      [
        'pprof of allocations',
        (dump) => encodeProfile(siteShape(1, []), drain(profileInDump(source(dump), 512)) ?? []),
      ],
      [
        'explore',
        (dump) => {
          writeFileSync(this.#file, dump);
          explore(this.#file);
        },
      ],
    ];

  get names(): string[] {
    return this.#uses.map(([name]) => name);
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /**
   * Reads a dump in every way, or in those with the numbers `which`.
   *
   * @throws for whatever is neither result nor refusal, too slow or too large
   */
  *on(
    dump: Uint8Array,
    base: Uint8Array,
    which: Iterable<number> = this.#uses.keys(),
  ): Generator<End> {
    let before = process.memoryUsage().arrayBuffers;
    for (const number of which) {
      const [use, read] = this.#uses[number]!;
      const start = performance.now();
      let refusal: Error | undefined;
      try {
        read(dump, base);
      } catch (error) {
        if (!isRefusal(error)) throw new Error(`${use}: ${error}`, { cause: error });
        refusal = error;
      }
      const ms = performance.now() - start;
      const after = process.memoryUsage().arrayBuffers;
      const grown = after - before;
      before = after;
      if (ms > mostMs) throw new Error(`${use}: it took ${Math.round(ms)} ms`);
      if (grown > mostBytes(dump)) throw new Error(`${use}: it took ${grown} bytes`);
      yield { use, refusal, ms, grown };
    }
  }
}

function isRefusal(error: unknown): error is Error {
  return [DumpError, UsageError, BadInputError].some((kind) => error instanceof kind);
}
