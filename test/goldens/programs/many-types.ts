/**
 * A program of `n` types, each converted to two interfaces: more than the dumper's cache of 256 buckets of four
 * types can hold, so that some types are written twice.
 */
export function manyTypes(n: number): string {
  const numbers = Array.from({ length: n }, (_, index) => index);
  const types = numbers.map(
    (i) => `type T${i} struct{ a [${(i % 7) + 1}]int${i % 2 ? '; p *int' : ''} }`,
  );
  const methods = numbers.map(
    (i) => `func (*T${i}) first() int { return ${i} }\nfunc (*T${i}) second() {}`,
  );
  const firsts = numbers.map((i) => `\t(*T${i})(nil),`);
  return `// ${n} types in two interfaces each.
package main

import "runtime/debug"

type first interface{ first() int }
type second interface{ second() }

${types.join('\n')}

${methods.join('\n')}

var firsts = [...]first{
${firsts.join('\n')}
}

var seconds = [...]second{
${firsts.join('\n')}
}

func main() {
	debug.WriteHeapDump(3)
	firsts[0] = &T1{}
	seconds[0] = &T1{}
	debug.WriteHeapDump(4)
}
`;
}
