/** Runs small programs for tests of the scenario language. */
import { type DumpRecord, readDump } from '../../../dump/index.ts';
import {
  func,
  type Go,
  type Operation,
  type RunOptions,
  runScenario,
  type Scenario,
  scenario,
} from '../../../scenarios/index.ts';
import type { World } from '../../../sim/runtime.ts';

export interface Ran {
  readonly world: World;
  readonly dumps: readonly (readonly DumpRecord[])[];
  readonly trace: readonly Operation[];
}

type Options = Partial<Omit<RunOptions, 'openDump' | 'trace'>>;

/** Runs a scenario and keeps its dumps, read, and its trace. */
export function run(program: Scenario, options: Options = {}): Ran {
  const chunks: Uint8Array[][] = [];
  const trace: Operation[] = [];
  const world = runScenario(program, {
    ...options,
    trace: (operation) => void trace.push(operation),
    openDump: (_name, index) => {
      const mine: Uint8Array[] = [];
      chunks[index] = mine;
      return { write: (bytes) => void mine.push(bytes.slice()) };
    },
  });
  return { world, dumps: chunks.map((parts) => [...readDump(Buffer.concat(parts))]), trace };
}

/** Runs `main` as the body of main.main, in a heap without boot objects unless asked otherwise. */
export function runMain(
  main: (go: Go) => unknown,
  options: Options & Partial<Parameters<typeof scenario>[0]> = {},
): Ran {
  const { globals, funcs, itabs, memProfileRate, openDefers, temps, ...runOptions } = options;
  const shape = { globals, funcs, itabs, memProfileRate, openDefers, temps };
  const given = Object.fromEntries(Object.entries(shape).filter(([, v]) => v !== undefined));
  const program = scenario({ question: 'What happens?', main, ...given });
  return run(program, { boot: 'bare', ...runOptions });
}

/** A function of package main without variables. */
export const proc = <R>(name: string, body: (go: Go) => R) => func(`main.${name}`, {}, body);
