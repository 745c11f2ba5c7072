import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { importScript } from './modules.ts';
import { isScenario, noScenario, scriptMessage } from './script-failure.ts';
import { EnvironmentError, isSystemError, systemFailure, UsageError } from './usage-error.ts';

/** The file and line in a script that an error came from: `my.ts:12:5`; undefined if it is not of it. */
export function placeInScript(
  error: unknown,
  scriptUrl: string,
  shown: string,
): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const text = `${error.stack ?? ''}\n${error.message}`;
  for (const script of [scriptUrl, fileURLToPath(scriptUrl)]) {
    const at = text.indexOf(`${script}:`);
    const place = at < 0 ? null : /^:\d+(:\d+)?/.exec(text.slice(at + script.length));
    if (place !== null) return shown + place[0];
  }
  return undefined;
}

/**
 * Imports a scenario's module and gives its default export. `shown` is the file's name as the user
 * gave it.
 *
 * @throws {UsageError} when the module throws, has a syntax error, or exports no scenario
 */
export async function loadScenario(url: string, shown: string): Promise<unknown> {
  try {
    readFileSync(fileURLToPath(url));
  } catch (error) {
    throw systemFailure('read', shown, error);
  }
  let module: { default?: unknown };
  try {
    module = (await importScript(url)) as { default?: unknown };
  } catch (error) {
    if (error instanceof EnvironmentError) throw error;
    const place = placeInScript(error, url, shown) ?? shown;
    const what = isSystemError(error) ? error.message : scriptMessage(error);
    throw new UsageError(`${place}: ${what}`, { cause: error });
  }
  const scenario = module.default;
  if (!isScenario(scenario)) {
    throw new UsageError(`${shown}: ${noScenario} (goheapsim new FILE.ts writes an example)`);
  }
  return scenario;
}
