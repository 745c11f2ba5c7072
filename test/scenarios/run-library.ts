/** Runs scenarios in this process and keeps the dumps they write. */
import { type RecordKind, type RecordOfKind, readDump } from '../../dump/index.ts';
import { type RunOptions, runScenario, type Scenario } from '../../scenarios/index.ts';
import { findScenario } from '../../scenarios/scenario-files.ts';
import type { World } from '../../sim/runtime.ts';

export interface NamedDump {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A scenario of the library. */
export async function libraryScenario(name: string): Promise<Scenario> {
  const module = (await import(findScenario(name).path)) as { default: Scenario };
  return module.default;
}

/** One run: the dumps in the order in which they were written, and the world as main left it. */
export function runOf(
  scenario: Scenario,
  options: Omit<RunOptions, 'openDump'> = {},
): { dumps: NamedDump[]; world: World } {
  const open: { name: string; parts: Uint8Array[] }[] = [];
  const world = runScenario(scenario, {
    ...options,
    openDump(name) {
      const parts: Uint8Array[] = [];
      open.push({ name, parts });
      return { write: (bytes) => void parts.push(bytes.slice()) };
    },
  });
  const dumps = open.map(({ name, parts }) => ({
    name,
    bytes: new Uint8Array(Buffer.concat(parts)),
  }));
  return { dumps, world };
}

/** The dumps of one run. */
export function dumpsOf(
  scenario: Scenario,
  options: Omit<RunOptions, 'openDump'> = {},
): NamedDump[] {
  return runOf(scenario, options).dumps;
}

/** The dump of that name. */
export function dumpNamed(dumps: readonly NamedDump[], name: string): Uint8Array {
  const found = dumps.find((dump) => dump.name === name);
  if (found === undefined) throw new Error(`no dump ${name}`);
  return found.bytes;
}

/** The records of one kind. */
export function recordsOf<K extends RecordKind>(dump: Uint8Array, kind: K): RecordOfKind<K>[] {
  return [...readDump(dump)].filter((record) => record.kind === kind) as RecordOfKind<K>[];
}
