/** Runs a scenario as asked and writes its files. Lives in the worker thread; knows no terminal. */
import { ParamError, type ParamSpecs, parseParam } from './dsl/params.ts';
import { runScenario, type Scenario } from './dsl/scenario.ts';
import { loadScenario, placeInScript, scriptMessage } from './load-scenario.ts';
import { OutputFiles } from './output-files.ts';
import { didYouMean } from './suggest.ts';
import { EnvironmentError, isSystemError, OutputClosed, UsageError } from './usage-error.ts';
import { type OutputReply, ProgressCounters, type RunRequest } from './worker-messages.ts';

/** Checks `name=value` texts against the scenario's declarations. @throws {UsageError} */
export function parseParams(
  shown: string,
  specs: ParamSpecs,
  texts: readonly string[],
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const text of texts) {
    const equals = text.indexOf('=');
    if (equals < 1) {
      throw new UsageError(`run: -p wants PARAMETER=VALUE, such as -p n=100; got "${text}"`);
    }
    const name = text.slice(0, equals);
    if (!Object.hasOwn(specs, name)) {
      const known = Object.keys(specs);
      const list = known.length === 0 ? ' It has none' : ` Its parameters: ${known.join(', ')}`;
      throw new UsageError(
        `${shown} has no parameter "${name}".${didYouMean(name, known) || list}`,
      );
    }
    if (Object.hasOwn(values, name)) {
      throw new UsageError(`run: parameter ${name} is given twice; give it once`);
    }
    try {
      values[name] = parseParam(name, specs[name]!, text.slice(equals + 1));
    } catch (error) {
      if (error instanceof ParamError) throw new UsageError(`${shown}: ${error.message}`);
      throw error;
    }
  }
  return values;
}

/** What went wrong in a run, in words for the user. Our own defects stay as they are. */
export function runFailure(
  error: unknown,
  request: Pick<RunRequest, 'shown' | 'scenarioUrl'>,
): unknown {
  const { shown, scenarioUrl } = request;
  const place =
    placeInScript(error, scenarioUrl, shown) ??
    placeInScript((error as Error | null)?.cause, scenarioUrl, shown);
  if (error instanceof UsageError) {
    return new UsageError(`${place ?? shown}: ${error.message}`, { cause: error });
  }
  if (
    error instanceof EnvironmentError ||
    error instanceof OutputClosed ||
    (isSystemError(error) && place === undefined)
  ) {
    return error;
  }
  if (error instanceof RangeError && /allocation failed/.test(error.message)) {
    return new EnvironmentError(
      `${shown}: out of memory: the system gives no more; use smaller parameters or a lower --max-heap`,
      { cause: error },
    );
  }
  const name = error instanceof Error ? error.name : '';
  const said = error instanceof Error ? error.message : String(error);
  if (name === 'RuntimeThrow') {
    const words = said.startsWith('panic: ') ? said.trimEnd() : `fatal error: ${said}`;
    return new UsageError(`${place ?? shown}: ${words}`, { cause: error });
  }
  if (name === 'LimitError') {
    return new UsageError(`${place ?? shown}: ${said}`, { cause: error });
  }
  if (name === 'ScenarioError') {
    const located = said.includes(shown) ? said : `${place ?? shown}: ${said}`;
    return new UsageError(located, { cause: error });
  }
  if (!(error instanceof Error)) return new UsageError(`${shown}: ${scriptMessage(error)}`);
  if (place === undefined) return error;
  return new UsageError(`${place}: ${scriptMessage(error)}`, { cause: error });
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
