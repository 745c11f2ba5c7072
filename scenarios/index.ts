/** The language of scenarios, and running them: package goheapsim/scenarios. */

export type { Received, SelectCase, Selected } from './dsl/chans.ts';
export { LimitError, ScenarioError } from './dsl/errors.ts';
export {
  type Blocking,
  type Func,
  func,
  type Globals,
  globals,
  type Implementation,
  scenario,
} from './dsl/func.ts';
export type { Go, Init } from './dsl/go.ts';
export type { Operation } from './dsl/machine.ts';
export { Time } from './dsl/packages.ts';
export {
  boolParam,
  enumParam,
  floatParam,
  intParam,
  ParamError,
  stringParam,
} from './dsl/params.ts';
export { type RunOptions, runScenario, type Scenario } from './dsl/scenario.ts';
export { Cond, WaitGroup } from './dsl/sync.ts';
export { Mutex } from './dsl/sync-mutex.ts';
export { Once } from './dsl/sync-once.ts';
export { RWMutex } from './dsl/sync-rwmutex.ts';
export * from './dsl/types.ts';
