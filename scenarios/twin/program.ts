/** The Go program of a recorded scenario. */
import { kind } from '../../sim/kind.ts';
import type { Type } from '../../sim/type.ts';
import { GoTypes, goName } from './go-types.ts';
import { hasherText } from './hasher.ts';
import type { TwinOperation } from './operations.ts';
import { emptyAssembly, mapPrelude, parts, prelude } from './prelude.ts';
import type { Recording } from './record.ts';
import { statementsOf } from './statements.ts';
import { OperationTable } from './table.ts';

/** Up to so many operations a twin has a statement for each. */
const mostStatements = 2000;
/** Statements of one function: each may need words of its frame, and a large frame makes the stack grow. */
const statementsPerFunction = 10;

/** The map types of a twin, each with a hash function of the twin's. */
class HashedMaps {
  readonly #types: GoTypes;
  readonly #index = new Map<Type, number>();

  constructor(types: GoTypes) {
    this.#types = types;
  }

  readonly index = (type: Type): number => {
    const index = this.#index.get(type) ?? this.#index.size;
    this.#index.set(type, index);
    return index;
  };

  get size(): number {
    return this.#index.size;
  }

  text(): string {
    const types = [...this.#index.keys()];
    const hashers = types.map((type, i) => hasherText(`hasher${i}`, type.key!));
    const assigned = types.map(
      (type, i) => `\thashed(&map${i}, ${this.#types.text(type)}(nil), hasher${i})\n`,
    );
    return `
${types.map((type, i) => `// ${type.string}\nvar map${i} mapType\n`).join('')}
var hashedMaps = [...]*mapType{${types.map((_, i) => `&map${i}`).join(', ')}}
${hashers.join('')}
func makeMapTypes() {
${assigned.join('')}}
`;
  }
}

/** The files of a program by name: main.go, go.mod, and an assembly file where functions are linked by name. */
export function twinProgram(name: string, recording: Recording): Readonly<Record<string, string>> {
  const { world, operations } = recording;
  const { arch } = world;
  const types = new GoTypes();
  const maps = new HashedMaps(types);
  const conversions = itabText(types, recording);
  const uses = Array.from(
    { length: conversions.count },
    (_, i) => `\tuse(unsafe.Pointer(&conversion${i}))\n`,
  ).join('');
  const body =
    operations.length <= mostStatements
      ? statementText(types, maps, recording, operations, uses)
      : tableText(types, maps, recording, operations, uses);
  const variables = recording.globals.map((g) => `var ${goName(g.name)} ${types.text(g.type)}\n`);
  const mapText = maps.size > 0 ? mapPrelude(arch.bigEndian, arch.ptrSize === 8) + maps.text() : '';
  const used = Object.entries(parts).filter(([part]) => new RegExp(`\\b${part}\\b`).test(body));
  const source = `// What the goheapsim scenario ${name} does, on ${arch.goarch}: the dumps of both have the same objects.
//
//	env -i GOMAXPROCS=1 GOGC=off ./prog 3>first.dump 4>second.dump
package main

import (
	"runtime"
	"runtime/debug"
	"unsafe"
)

const (
	allocations = ${recording.allocations}
	mostRoots   = ${Math.max(0, ...operations.map((o) => (o.op === 'GC' ? o.keep.length : 0)))}
)

${types.declarations.join('\n\n')}

${variables.join('')}${conversions.text}${prelude}${used.map(([, text]) => text).join('')}${mapText}${body}`;
  return {
    'main.go': source,
    'go.mod': 'module twin\n\ngo 1.22\n',
    ...(maps.size > 0 && { 'empty.s': emptyAssembly }),
  };
}

function statementText(
  types: GoTypes,
  maps: HashedMaps,
  recording: Recording,
  operations: readonly TwinOperation[],
  uses: string,
): string {
  const { lines, variables, stackSizes } = statementsOf(recording, operations, types, maps.index);
  const bodies: string[] = [];
  for (let i = 0; i < lines.length; i += statementsPerFunction) {
    bodies.push(lines.slice(i, i + statementsPerFunction).join('\n'));
  }
  const single = bodies.length <= 1;
  const makeMaps = maps.size > 0 ? '\tmakeMapTypes()\n' : '';
  const calls = bodies.map((_, i) => `\tpart${i + 1}()`).join('\n');
  const functions = bodies.map((body, i) => `\nfunc part${i + 1}() {\n${body}\n}\n`);
  return `
${variables.join('\n')}
${stackText(stackSizes)}
func main() {
${uses}${makeMaps}${single ? bodies.join('') : calls}
}
${single ? '' : functions.join('')}`;
}

function tableText(
  types: GoTypes,
  maps: HashedMaps,
  recording: Recording,
  operations: readonly TwinOperation[],
  uses: string,
): string {
  const table = new OperationTable(types, recording.world.arch.ptrSize, maps.index);
  for (const operation of operations) table.add(operation);
  const globals = recording.globals.map((g) => `unsafe.Pointer(&${goName(g.name)})`);
  return `${table.text(globals, maps.size > 0)}${stackText(table.stackSizes)}
func main() {
${uses}${maps.size > 0 ? '\tmakeMapTypes()\n' : ''}	for pc < len(table) {
		handlers[next()]()
	}
}
`;
}

/** A function with a frame for which a stack of half the size has no room. @go runtime/stack.go newstack */
function stackText(sizes: readonly number[]): string {
  const grow = sizes.map(
    (size) => `
//go:noinline
func growTo${size}() {
	var room [${size / 2 - 800}]byte
	touch(room[:])
}
`,
  );
  return sizes.length === 0
    ? ''
    : `${grow.join('')}
//go:noinline
func touch(room []byte) {
	room[0] = 1
}
`;
}

/** The conversions of the program's text, in order: an array for those to one interface that stand together. */
function itabText(types: GoTypes, { itabs }: Recording): { text: string; count: number } {
  if (itabs.length === 0) return { text: '', count: 0 };
  const methods = new Set<Type>();
  const arrays: { readonly inter: Type; readonly values: string[] }[] = [];
  for (const { inter, concrete } of itabs) {
    const name = types.text(concrete);
    if (!methods.has(concrete)) {
      methods.add(concrete);
      types.declareMethods(name, concrete.methods);
    }
    if (arrays.at(-1)?.inter !== inter) arrays.push({ inter, values: [] });
    arrays.at(-1)!.values.push(`\t${zeroText(name, concrete)},\n`);
  }
  const texts = arrays.map(({ inter, values }, i) => {
    return `\nvar conversion${i} = [...]${types.text(inter)}{\n${values.join('')}}\n`;
  });
  const use = `
//go:noinline
func use(unsafe.Pointer) {}
`;
  return { text: `${texts.join('')}${use}`, count: arrays.length };
}

/** A constant zero value, for which the program does nothing as it starts. */
function zeroText(name: string, { kind: k }: Type): string {
  if (k === kind.struct || k === kind.array) return `${name}{}`;
  if (k === kind.string) return `${name}("")`;
  if (k === kind.bool) return `${name}(false)`;
  return k <= kind.complex128 ? `${name}(0)` : `(${name})(nil)`;
}
