export interface TypesToGenerate {
  readonly n: number;
  /** Convert pointers to the types, and not values of them; true unless given. */
  readonly pointers?: boolean;
  /** Names of the types without their number; T unless given. */
  readonly prefix?: string;
}

/**
 * A program of `n` types, each converted to two interfaces: more than the dumper's cache of 256 buckets of four
 * types can hold, so that some types are written twice.
 */
export function manyTypes({ n, pointers = true, prefix = 'T' }: TypesToGenerate): string {
  const numbers = Array.from({ length: n }, (_, index) => index);
  const types = numbers.map(
    (i) => `type ${prefix}${i} struct{ a [${(i % 7) + 1}]int${i % 2 ? '; p *int' : ''} }`,
  );
  const receiver = (i: number) => `${pointers ? '*' : ''}${prefix}${i}`;
  const methods = numbers.map(
    (i) => `func (${receiver(i)}) first() int { return ${i} }\nfunc (${receiver(i)}) second() {}`,
  );
  const values = numbers.map((i) => (pointers ? `\t(*${prefix}${i})(nil),` : `\t${prefix}${i}{},`));
  const literal = `${pointers ? '&' : ''}${prefix}1{}`;
  return `// ${n} types in two interfaces each.
package main

import "runtime/debug"

type first interface{ first() int }
type second interface{ second() }

${types.join('\n')}

${methods.join('\n')}

var firsts = [...]first{
${values.join('\n')}
}

var seconds = [...]second{
${values.join('\n')}
}

func main() {
	debug.WriteHeapDump(3)
	firsts[0] = ${literal}
	seconds[0] = ${literal}
	debug.WriteHeapDump(4)
}
`;
}
