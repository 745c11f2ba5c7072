/** Runs scenarios in this process and keeps the dumps they write. */
import { type RecordKind, type RecordOfKind, readDump } from '../../dump/index.ts';
import { type RunOptions, runScenario, type Scenario } from '../../scenarios/index.ts';
import { findScenario } from '../../scenarios/scenario-files.ts';

export interface NamedDump {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A scenario of the library. */
export async function libraryScenario(name: string): Promise<Scenario> {
  const module = (await import(findScenario(name).path)) as { default: Scenario };
  return module.default;
}

/** The dumps of one run, in the order in which they were written. */
export function dumpsOf(
  scenario: Scenario,
  options: Omit<RunOptions, 'openDump'> = {},
): NamedDump[] {
  const dumps: { name: string; parts: Uint8Array[] }[] = [];
  runScenario(scenario, {
    ...options,
    openDump(name) {
      const parts: Uint8Array[] = [];
      dumps.push({ name, parts });
      return { write: (bytes) => void parts.push(bytes.slice()) };
    },
  });
  return dumps.map(({ name, parts }) => ({ name, bytes: new Uint8Array(Buffer.concat(parts)) }));
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
