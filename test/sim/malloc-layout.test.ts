/**
 * Real go1.22.12 says where 40,000 objects of mixed sizes lie: programs/layout prints it. The model,
 * begun with the same pages in use, must put each at the same address, with the same pointer bits
 * and the same statistics.
 */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { GoArch } from '../../sim/arch.ts';
import { mallocgc } from '../../sim/malloc.ts';
import { spanAllocStack } from '../../sim/mspan.ts';
import { readmemstats_m } from '../../sim/mstats.ts';
import type { MemStats } from '../../sim/stopped-world.ts';
import { pageSize } from '../../sim/uintptr.ts';
import { describeWithOracle } from '../oracle/describe-with-oracle.ts';
import { buildGo } from '../oracle/go-toolchain.ts';
import { runProgram } from '../oracle/run-program.ts';
import { undisturbed } from '../oracle/undisturbed.ts';
import { bareRuntime, typeOf } from './bare-runtime.ts';

const folder = join(import.meta.dirname, 'programs/layout');

interface Layout {
  /** First arena of the heap. */
  readonly start: number;
  /** The page filled last. */
  readonly last: number;
  readonly requests: readonly { kind: number; n: number; addr: number }[];
  readonly bits: readonly { base: number; hex: string }[];
  readonly stats: readonly { name: string; before: number; after: number }[];
}

function realLayout(goarch: GoArch, goexperiment: string): Layout {
  const program = buildGo({ folder }, { goarch, goexperiment });
  const env = { GOMAXPROCS: '1', GOGC: 'off' };
  const run = runProgram(program, { goarch, env, takingTurns: true });
  expect(run.status).toBe(0);
  const requests: { kind: number; n: number; addr: number }[] = [];
  const bits: { base: number; hex: string }[] = [];
  const stats: { name: string; before: number; after: number }[] = [];
  let start = 0;
  let last = 0;
  for (const line of run.descriptors.get(3)!.toString().trim().split('\n')) {
    const [a, b, c, d] = line.split(' ');
    if (a === 'last') {
      start = Number(b);
      last = Number(c);
    } else if (a === 'B') bits.push({ base: Number(b), hex: c! });
    else if (a === 'M') stats.push({ name: b!, before: Number(c), after: Number(d) });
    else requests.push({ kind: Number(a), n: Number(b), addr: Number(c) });
  }
  return { start, last, requests, bits, stats };
}

function checkLayout(goarch: GoArch, goexperiment: string): void {
  const layout = realLayout(goarch, goexperiment);
  expect(layout.requests).toHaveLength(40_000);
  const allocHeaders = goexperiment === '';
  const rt = bareRuntime({
    goarch,
    allocHeaders,
    ...(goarch === '386' ? { heapStart: layout.start } : {}),
  });
  const start = rt.arch.heapStart;
  const used = rt.mheap.allocManual((layout.last + pageSize - start) / pageSize, spanAllocStack);
  expect(used.base()).toBe(start);
  const types = [null, typeOf(rt, 1, [0]), typeOf(rt, 2, [0]), typeOf(rt, 7, [1, 5])] as const;
  const before = readmemstats_m(rt);
  const wrong: string[] = [];
  let agreeing = 0;
  for (const { kind, n, addr } of layout.requests) {
    if (n === 0) continue;
    const typ = types[kind]!;
    const got = mallocgc(rt, typ === null ? n : typ.size * n, typ, true);
    if (got === addr) agreeing++;
    else if (wrong.length < 3) {
      wrong.push(`make([]${kind}, ${n}): real 0x${addr.toString(16)}, model 0x${got.toString(16)}`);
    }
  }
  const after = readmemstats_m(rt);
  expect(wrong).toEqual([]);
  expect(agreeing).toBe(layout.requests.filter(({ n }) => n !== 0).length);
  expect(layout.bits.length > 1000).toBe(allocHeaders);
  for (const { base, hex } of layout.bits) {
    const span = rt.mheap.spanOf(base)!;
    const bytes = new Uint8Array(hex.length / 2);
    rt.memory.read(base + span.bytes() - bytes.length, bytes.length, bytes, 0);
    expect(Buffer.from(bytes).toString('hex')).toBe(hex);
  }
  for (const stat of layout.stats) {
    const name = stat.name as keyof MemStats;
    const delta = Number(after[name]) - Number(before[name]);
    expect({ name, delta }).toEqual({ name, delta: stat.after - stat.before });
  }
}

describeWithOracle('go1.22.12', '40,000 objects lie where real Go puts them', () => {
  test('amd64', () => undisturbed(() => checkLayout('amd64', '')));
  test('amd64, GOEXPERIMENT=noallocheaders', () =>
    undisturbed(() => checkLayout('amd64', 'noallocheaders')));
});

describeWithOracle(['go1.22.12', 'qemu'], '40,000 objects lie where real Go puts them', () => {
  test.each<GoArch>(['386', 'mips', 's390x'])('%s', (goarch) => {
    undisturbed(() => checkLayout(goarch, ''));
  });
});
