/**
 * Parameters of a scenario: declared with type, default and limits, so that the command line can
 * check and document them and the script sees only good values.
 */

interface Described {
  readonly help: string;
}

export interface IntParam extends Described {
  readonly type: 'int';
  readonly default: number;
  readonly min: number;
  readonly max: number;
}

export interface FloatParam extends Described {
  readonly type: 'float';
  readonly default: number;
  readonly min: number;
  readonly max: number;
}

export interface BoolParam extends Described {
  readonly type: 'bool';
  readonly default: boolean;
}

export interface StringParam extends Described {
  readonly type: 'string';
  readonly default: string;
  /** Longest accepted value in UTF-16 units. */
  readonly maxLength: number;
}

export interface EnumParam<C extends string = string> extends Described {
  readonly type: 'enum';
  readonly default: C;
  readonly choices: readonly C[];
}

export type ParamSpec = IntParam | FloatParam | BoolParam | StringParam | EnumParam;
export type ParamSpecs = Readonly<Record<string, ParamSpec>>;

/** The value a script sees for a declared parameter. */
export type ParamValue<S extends ParamSpec> = S extends IntParam | FloatParam
  ? number
  : S extends BoolParam
    ? boolean
    : S extends EnumParam<infer C>
      ? C
      : string;

export type ParamValues<P extends ParamSpecs> = { readonly [K in keyof P]: ParamValue<P[K]> };

/** A whole number. `max` defaults to 2^53 - 1, `min` to 0. */
export function intParam(
  value: number,
  limits: { min?: number; max?: number; help: string },
): IntParam {
  const { min = 0, max = Number.MAX_SAFE_INTEGER, help } = limits;
  return { type: 'int', default: value, min, max, help };
}

/** A finite number, 0 to 1 unless said otherwise. */
export function floatParam(
  value: number,
  limits: { min?: number; max?: number; help: string },
): FloatParam {
  const { min = 0, max = 1, help } = limits;
  return { type: 'float', default: value, min, max, help };
}

export function boolParam(value: boolean, { help }: { help: string }): BoolParam {
  return { type: 'bool', default: value, help };
}

export function stringParam(
  value: string,
  { maxLength = 4096, help }: { maxLength?: number; help: string },
): StringParam {
  return { type: 'string', default: value, maxLength, help };
}

export function enumParam<const C extends string>(
  value: NoInfer<C>,
  { choices, help }: { choices: readonly C[]; help: string },
): EnumParam<C> {
  return { type: 'enum', default: value, choices, help };
}

/** What is wrong with a parameter's value, in words for the user. */
export class ParamError extends Error {
  override readonly name = 'ParamError';
  readonly param: string;

  constructor(param: string, message: string) {
    super(message);
    this.param = param;
  }
}

/** Reads one value from its text. @throws {ParamError} when it does not fit the declaration. */
export function parseParam(name: string, spec: ParamSpec, text: string): ParamValue<ParamSpec> {
  switch (spec.type) {
    case 'int':
    case 'float':
      return checkParam(name, spec, parseNumber(text) ?? text);
    case 'bool':
      if (text === 'true' || text === 'false') return text === 'true';
      throw new ParamError(name, `parameter ${name}: want true or false, got "${text}"`);
    case 'string':
    case 'enum':
      return checkParam(name, spec, text);
    default:
      return spec satisfies never;
  }
}

/** A decimal number, underscores between digits allowed as in Go. */
function parseNumber(text: string): number | undefined {
  const digits = text.replace(/(?<=\d)_(?=\d)/g, '');
  return /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(digits) ? Number(digits) : undefined;
}

/** Checks a value against its declaration and returns it. @throws {ParamError} */
function checkParam(name: string, spec: ParamSpec, value: unknown): ParamValue<ParamSpec> {
  const fail = (want: string): never => {
    throw new ParamError(name, `parameter ${name}: want ${want}, got ${JSON.stringify(value)}`);
  };
  switch (spec.type) {
    case 'int':
    case 'float': {
      const what = spec.type === 'int' ? 'a whole number' : 'a number';
      const want = `${what} from ${spec.min} to ${spec.max}`;
      if (typeof value !== 'number' || !(value >= spec.min && value <= spec.max)) return fail(want);
      return spec.type === 'int' && !Number.isSafeInteger(value) ? fail(want) : value;
    }
    case 'bool':
      return typeof value === 'boolean' ? value : fail('true or false');
    case 'string':
      return typeof value === 'string' && value.length <= spec.maxLength
        ? value
        : fail(`a string of at most ${spec.maxLength} characters`);
    case 'enum':
      return typeof value === 'string' && spec.choices.includes(value)
        ? value
        : fail(`one of ${spec.choices.join(', ')}`);
    default:
      return spec satisfies never;
  }
}

/** All parameters of a scenario: the given ones checked, the others at their defaults. @throws {ParamError} */
export function resolveParams<P extends ParamSpecs>(
  specs: P,
  given: Readonly<Record<string, unknown>>,
): ParamValues<P> {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(specs, name)) {
      throw new ParamError(
        name,
        `unknown parameter ${name}; known: ${Object.keys(specs).join(', ') || '(none)'}`,
      );
    }
  }
  const values: Record<string, unknown> = {};
  for (const [name, spec] of Object.entries(specs)) {
    values[name] = Object.hasOwn(given, name) ? checkParam(name, spec, given[name]) : spec.default;
  }
  return values as ParamValues<P>;
}
