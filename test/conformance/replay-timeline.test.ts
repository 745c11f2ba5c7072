/** A real program's log as a timeline: go1.22.12 runs it under GODEBUG=allocfreetrace=1. */
import { spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { logSource } from '../../scenarios/explorer/log-source.ts';
import { replayLog } from '../../scenarios/replay/replay-log.ts';
import { ledgerOf } from '../../scenarios/timeline/ledger.ts';
import { ReplayRecorder } from '../../scenarios/timeline/replay-recorder.ts';
import { peekMemStats } from '../../sim/mstats.ts';
import { describeWithOracle } from '../oracle/describe-with-oracle.ts';
import { buildGo } from '../oracle/go-toolchain.ts';
import { logFolder, openLog } from './replay-programs.ts';

const scratch = logFolder();
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describeWithOracle('go1.22.12', 'a replayed log', () => {
  test('has a step for each request, and the statistics that the replayed world has', () => {
    const folder = fileURLToPath(new URL('replay/workers', import.meta.url));
    const binary = buildGo({ folder });
    const log = join(scratch, 'log');
    const stderr = openSync(log, 'w');
    const env = { GOMAXPROCS: '1', GOGC: 'off', GODEBUG: 'allocfreetrace=1' };
    const run = spawnSync(binary, { env, stdio: ['ignore', 'ignore', stderr] });
    closeSync(stderr);
    expect(run.status).toBe(0);
    const recorder = new ReplayRecorder();
    const { replayer } = replayLog({
      log,
      binary,
      goarch: undefined,
      allocHeaders: true,
      envs: undefined,
      args: undefined,
      gogc: 'off',
      limit: Number.POSITIVE_INFINITY,
      observer: recorder,
    });
    const timeline = recorder.end();
    expect(timeline.length).toBe(replayer.requests + 1);
    for (let i = 1; i < timeline.length; i++) {
      const step = timeline.step(i);
      const { name, size } = step.operation;
      const events = timeline.eventsOf(step);
      const served = events.some((e) => e.name === 'malloc' && e.size === size);
      expect([name, i, served]).toEqual(['replayRequest', i, true]);
    }
    const { heapAlloc, mallocs, frees, heapInuse, heapIdle } = timeline.figures(
      timeline.length - 1,
    );
    const stats = peekMemStats(replayer.world);
    expect([heapAlloc, mallocs, frees, heapInuse, heapIdle]).toEqual([
      stats.HeapAlloc,
      stats.Mallocs,
      stats.Frees,
      stats.HeapInuse,
      stats.HeapIdle,
    ]);
    const { checks } = ledgerOf(replayer.world, recorder.allocations);
    expect(checks.filter(({ counted, walked }) => counted !== walked)).toEqual([]);

    const page = logSource(openLog(log, { binary }));
    const tree = page.info.types.find(({ name }) => name === 'main.tree')!;
    expect(tree.parts.map(({ name, offset }) => [name, offset])).toEqual([
      ['left', 0],
      ['right', 8],
      ['name.ptr', 16],
      ['name.len', 24],
      ['name.cap', 32],
    ]);
    expect(page.timeline.types.get(tree.addr)).toBe('main.tree');
    const unnamed = logSource(openLog(log), 500);
    expect(unnamed.timeline.length).toBe(501);
    expect([...unnamed.timeline.types.values()]).toContain('main.tree');
  }, 600_000);
});
