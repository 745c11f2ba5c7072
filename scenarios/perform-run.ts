/** Runs a scenario as asked and writes its files. Lives in the worker thread; knows no terminal. */
import { runScenario, type Scenario } from './dsl/scenario.ts';
import { loadScenario, placeInScript } from './load-scenario.ts';
import { OutputFiles } from './output-files.ts';
import { parseParams } from './param-texts.ts';
import { scriptFailure } from './script-failure.ts';
import { type OutputReply, ProgressCounters, type RunRequest } from './worker-messages.ts';

/** What went wrong in a run, in words for the user. Our own defects stay as they are. */
export function runFailure(
  error: unknown,
  { shown, scenarioUrl }: Pick<RunRequest, 'shown' | 'scenarioUrl'>,
): unknown {
  return scriptFailure(error, { shown, placeOf: (e) => placeInScript(e, scenarioUrl, shown) });
}

/** Runs it. @throws {UsageError} @throws {EnvironmentError} @throws {OutputClosed} */
export async function performRun(request: RunRequest): Promise<OutputReply> {
  const { steps } = new ProgressCounters(request.progress);
  steps[0] = 0;
  const scenario = (await loadScenario(request.scenarioUrl, request.shown)) as Scenario;
  const params = parseParams(request.shown, scenario.params, request.params);
  const { seed, goarch, allocHeaders, gomaxprocs, gogc, memoryLimit, boot } = request;
  const { maxHeapBytes, maxSteps } = request;
  const files = new OutputFiles(request);
  try {
    runScenario(scenario, {
      params,
      seed,
      goarch,
      allocHeaders,
      gomaxprocs,
      gogc,
      memoryLimit,
      boot,
      maxHeapBytes,
      maxSteps,
      steps,
      openDump: (name) => files.openDump(name),
      ...(request.trace && { trace: files.traceOperation }),
    });
    files.finish();
  } catch (error) {
    files.abandon();
    throw runFailure(error, request);
  }
  return files.reply();
}
