/**
 * Tests that something outside this repository must judge. Where it is absent they are skipped, loudly;
 * with REQUIRE_ORACLES=1, as in CI, its absence is a failure.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { goarches } from '../../sim/arch.ts';
import { findExecutable } from './find-executable.ts';
import { goVersion, whyNoGo } from './go-toolchain.ts';
import { qemuOf } from './run-program.ts';

export type Oracle =
  | typeof goVersion
  | 'qemu'
  | 'strace'
  | 'gdb'
  | 'python3'
  | 'pytest'
  | 'unzip'
  | 'mount'
  | 'setpriv'
  | 'chromium'
  | 'dot';

function mayMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'goheapsim-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4k', 'tmpfs', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder]);
    return true;
  } catch {
    return false;
  } finally {
    rmdirSync(folder);
  }
}

function whyNot(oracle: Oracle): string | undefined {
  switch (oracle) {
    case goVersion: {
      const why = whyNoGo();
      return why === undefined ? undefined : `${goVersion} is not to be had: ${why}`;
    }
    case 'qemu': {
      const names = goarches.map(qemuOf).filter((name) => name !== undefined);
      const missing = names.filter((name) => findExecutable(name) === undefined);
      return missing.length === 0 ? undefined : `${missing.join(', ')} not on PATH`;
    }
    case 'strace':
    case 'gdb':
    case 'python3':
    case 'pytest':
    case 'unzip':
    case 'setpriv':
    case 'chromium':
    case 'dot':
      return findExecutable(oracle) === undefined ? `${oracle} not on PATH` : undefined;
    case 'mount':
      return mayMount() ? undefined : 'a small disk cannot be mounted: only root may';
    default:
      return oracle satisfies never;
  }
}

/** A describe block that needs the given oracles. */
export function describeWithOracle(
  oracles: Oracle | readonly Oracle[],
  title: string,
  body: () => void,
): void {
  const needed = typeof oracles === 'string' ? [oracles] : oracles;
  const reasons = needed.map(whyNot).filter((why) => why !== undefined);
  if (reasons.length === 0) {
    describe(title, body);
  } else if (process.env.REQUIRE_ORACLES === '1') {
    test(title, () => {
      throw new Error(`an oracle is missing: ${reasons.join('; ')}`);
    });
  } else {
    process.stderr.write(`SKIPPED ${title}: ${reasons.join('; ')}\n`);
    describe.skip(`${title} (${reasons.join('; ')})`, body);
  }
}
