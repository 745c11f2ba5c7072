/** Makes a scenario's twin and asks real Go. Lives in the worker thread. */
import type { Scenario } from './dsl/scenario.ts';
import { loadScenario } from './load-scenario.ts';
import { parseParams } from './param-texts.ts';
import { runFailure } from './perform-run.ts';
import { type Course, checkTwin } from './twin/check.ts';
import { buildFlags, twinProgram } from './twin/program.ts';
import { recordTwin } from './twin/record.ts';
import {
  failureOf,
  ProgressCounters,
  type TwinReply,
  type TwinRequest,
} from './worker-messages.ts';

/** Makes it and, where asked to, checks it. @throws {UsageError} @throws {EnvironmentError} */
export async function performTwin(request: TwinRequest): Promise<TwinReply> {
  const { shown, seed, goarch, allocHeaders, maxHeapBytes, maxSteps } = request;
  const { steps } = new ProgressCounters(request.progress);
  steps[0] = 0;
  const scenario = (await loadScenario(request.scenarioUrl, shown)) as Scenario;
  const params = parseParams(shown, scenario.params, request.params);
  const options = { params, seed, goarch, allocHeaders, maxHeapBytes, maxSteps };
  const failing = <T>(make: () => T): T => {
    try {
      return make();
    } catch (error) {
      throw runFailure(error, request);
    }
  };
  const recording = failing(() => recordTwin(scenario, { ...options, steps }));
  const files = failing(() => twinProgram(request.name, recording));
  const { allocations, dumps } = recording;
  const reply = {
    files,
    operations: recording.steps.length,
    allocations,
    flags: buildFlags(recording),
    dumps: dumps.map(({ name }) => name),
  };
  if (!request.check) return reply;
  steps[0] = ProgressCounters.checking;
  const record = (course: Course) => failing(() => recordTwin(scenario, { ...options, ...course }));
  try {
    const { runs, dumps: compared } = checkTwin(recording, files, {
      goarch,
      allocHeaders,
      record,
    });
    return { ...reply, result: { runs, dumps: compared } };
  } catch (error) {
    return { ...reply, failure: failureOf(error) };
  }
}
