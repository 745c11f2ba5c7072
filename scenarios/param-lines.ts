/** Parameters of a scenario for people: what each is, in which unit and range. */
import type { ParamSpec, ParamSpecs } from './dsl/params.ts';
import { count, wrap } from './format.ts';

/** All of them, a line or more each. */
export function allParamLines(params: ParamSpecs): string[] {
  return Object.entries(params).flatMap(([name, spec]) => paramLines(name, spec));
}

/** A parameter with its default, help and limits. */
function paramLines(name: string, spec: ParamSpec): string[] {
  const [first = '', ...rest] = wrap(`${spec.help} (${limitsOf(spec)})`, 8);
  const head = `    -p ${name}=${spec.default}`;
  const oneLine = `${head}  ${first.trim()}`;
  return oneLine.length <= 80 && rest.length === 0 ? [oneLine] : [head, first, ...rest];
}

function limitsOf(spec: ParamSpec): string {
  switch (spec.type) {
    case 'int':
      return `whole number, ${limit(spec.min)} to ${limit(spec.max)}`;
    case 'float':
      return `number, ${spec.min} to ${spec.max}`;
    case 'bool':
      return 'true or false';
    case 'string':
      return `text of at most ${spec.maxLength} characters`;
    case 'enum':
      return `one of ${spec.choices.join(', ')}`;
    default:
      return spec satisfies never;
  }
}

function limit(n: number): string {
  return n === Number.MAX_SAFE_INTEGER ? '2^53-1' : count(n);
}
