/** What a script did wrong, in words for its author. Uses nothing of Node. */
import { EnvironmentError, isSystemError, OutputClosed, UsageError } from './usage-error.ts';

/** Whether a module's default export is a scenario. */
export function isScenario(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'question' in value &&
    typeof value.question === 'string' &&
    'params' in value &&
    typeof value.params === 'object'
  );
}

/** What is said of one that is none. */
export const noScenario = 'no scenario: its default export must be what scenario({…}) makes';

/** The message of what a script threw, without what esbuild puts around a syntax error. */
export function scriptMessage(error: unknown): string {
  if (!(error instanceof Error)) return `it threw ${String(error)}`;
  const syntax = /: ERROR: (.*)/.exec(error.message);
  if (syntax !== null) return syntax[1]!;
  const name = ['Error', 'ScenarioError'].includes(error.name) ? '' : `${error.name}: `;
  return name + error.message.split('\n', 1)[0];
}

interface FailedScript {
  /** The script as the user named it. */
  readonly shown: string;
  /** Where in the script an error came from: `my.ts:12:5`; undefined if it is not of it. */
  readonly placeOf: (error: unknown) => string | undefined;
}

/** What went wrong in a run, in words for the user. Our own defects stay as they are. */
export function scriptFailure(error: unknown, { shown, placeOf }: FailedScript): unknown {
  const place = placeOf(error) ?? placeOf((error as Error | null)?.cause);
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
