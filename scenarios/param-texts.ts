/** Parameters of a scenario as texts: `name=value`. */
import { ParamError, type ParamSpecs, parseParam } from './dsl/params.ts';
import { didYouMean } from './suggest.ts';
import { UsageError } from './usage-error.ts';

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
