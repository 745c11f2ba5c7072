/** Writing dumps, as `run` and `redump` do, and comparing two. */
import { diffDumps, loadDump, writeheapdumpM } from '../../../dump/index.ts';
import { withDumpFile } from '../../../scenarios/input.ts';
import { OutputFiles } from '../../../scenarios/output-files.ts';
import { mallocgc } from '../../../sim/malloc.ts';
import type { StoppedWorld } from '../../../sim/stopped-world.ts';
import { stopTheWorld } from '../../../sim/stoptheworld.ts';
import type { Stopwatch } from '../stopwatch.ts';
import { inMain, list } from './worlds.ts';

function writeTo(file: string, world: StoppedWorld): void {
  const out = new OutputFiles({
    shown: 'bench',
    dump: { kind: 'file', name: file, path: file, staged: false },
    writeLog: undefined,
    trace: undefined,
    progress: new SharedArrayBuffer(16),
  });
  writeheapdumpM(world, out.openDump(''));
  out.finish();
}

export function dumpNodes(watch: Stopwatch, n: number, file: string): void {
  inMain((main) => {
    main.keep(list(main, n));
    watch.start();
    writeTo(file, stopTheWorld(main.world));
    watch.stop();
    return undefined;
  });
}

export function dumpBuffers(watch: Stopwatch, n: number, file: string): void {
  inMain(({ world }) => {
    for (let i = 0; i < n; i++) world.memory.writeUint8(mallocgc(world, 512, null, true), i & 255);
    watch.start();
    writeTo(file, stopTheWorld(world));
    watch.stop();
    return undefined;
  });
}

export function redump(watch: Stopwatch, _n: number, file: string): void {
  watch.start();
  const world = withDumpFile(file, (dump) => loadDump(dump.chunks()));
  writeTo('/dev/null', world);
  watch.stop();
}

/** Compares FILE with FILE.other. */
export function diff(watch: Stopwatch, _n: number, file: string): void {
  watch.start();
  withDumpFile(file, (a) =>
    withDumpFile(`${file}.other`, (b) => {
      watch.count = diffDumps(a.chunks(), b.chunks()).objects.born.count;
    }),
  );
  watch.stop();
}
