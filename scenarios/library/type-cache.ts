/**
 * More types than the dumper remembers, converted where package variables are initialised. A dump
 * names a type where an itab leads to it, and a cache of 256 buckets of four types each keeps it
 * from being named twice: with enough types in two interfaces each, some are forgotten in between.
 */
import {
  array,
  boolParam,
  type GoType,
  type Implementation,
  int,
  interfaceType,
  intParam,
  ptr,
  scenario,
  stringParam,
  struct,
} from '../index.ts';

const First = interfaceType('main.first', ['first']);
const Second = interfaceType('main.second', ['second']);

interface TypesToMake {
  readonly n: number;
  readonly pointers: boolean;
  readonly prefix: string;
}

/** `type T0 struct { a [1]int }`, `type T1 struct { a [2]int; p *int }` and so on, each with both methods. */
function makeTypes({ n, pointers, prefix }: TypesToMake): GoType<unknown>[] {
  const methods = { [pointers ? 'ptrMethods' : 'methods']: ['first', 'second'] };
  return Array.from({ length: n }, (_, i) => {
    const a = array((i % 7) + 1, int);
    const fields = i % 2 === 0 ? { a } : { a, p: ptr(int) };
    return struct<Readonly<Record<string, GoType<unknown>>>>(`main.${prefix}${i}`, fields, methods);
  });
}

export default scenario({
  question: 'When does a dump name a type more than once?',
  params: {
    n: intParam(800, { min: 1, max: 1_500, help: 'types in two interfaces each' }),
    pointers: boolParam(true, { help: 'convert *T, which a dump calls "main.", and not T' }),
    prefix: stringParam('T', { maxLength: 40, help: 'names of the types without their number' }),
  },
  itabs(params) {
    const types = makeTypes(params);
    return [First, Second].flatMap((iface) =>
      types.map((t): Implementation => [iface, params.pointers ? ptr(t) : t]),
    );
  },
  main(go) {
    go.writeHeapDump();
  },
});
