/** The Go program of a recorded scenario. */
import { kind } from '../../sim/kind.ts';
import type { Type } from '../../sim/type.ts';
import type { Step } from './course.ts';
import { GoTypes, goName } from './go-types.ts';
import { hasherText } from './hasher.ts';
import { isConcurrent, isRuntimeCall, type TwinOperation } from './operations.ts';
import { emptyAssembly, mapPrelude, parts, prelude } from './prelude.ts';
import type { Recording } from './record.ts';
import { runtimeText } from './runtime-text.ts';
import { StatementWriter } from './statements.ts';
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
  const { world, steps } = recording;
  const { arch } = world;
  const types = new GoTypes();
  const maps = new HashedMaps(types);
  const conversions = itabText(types, recording);
  const uses = Array.from(
    { length: conversions.count },
    (_, i) => `\tuse(unsafe.Pointer(&conversion${i}))\n`,
  ).join('');
  const body =
    steps.length <= mostStatements
      ? statementText(types, maps, recording, uses)
      : tableText(types, maps, recording, uses);
  const told = `${runtimeText(recording, types)}${sitesText(recording.sites.count)}`;
  const variables = recording.globals.map((g) => `var ${goName(g.name)} ${types.text(g.type)}\n`);
  const mapText = maps.size > 0 ? mapPrelude(arch.bigEndian, arch.ptrSize === 8) + maps.text() : '';
  const used = usedParts(`${conversions.text}${told}${body}`);
  const linked = maps.size > 0 || `${used}${told}`.includes('//go:linkname');
  const declared = `${types.declarations.join('\n\n')}\n\n${variables.join('')}`;
  const flags = buildFlags(recording).map((flag) => ` ${flag}`);
  const source = `// What the goheapsim scenario ${name} does, on ${arch.goarch}: the dumps of both have the same objects.
//
//	go build -trimpath${flags.join('')} -o prog
//	env -i GOMAXPROCS=1 GOGC=off ./prog 3>first.dump 4>second.dump
package main

import (
${imports(`${declared}${used}${body}`)})

const (
	allocations = ${recording.allocations}
	mostRoots   = ${mostRoots(recording)}
)

${declared}${conversions.text}${prelude}${used}${mapText}${told}${body}`;
  return {
    'main.go': source,
    'go.mod': 'module twin\n\ngo 1.22\n',
    ...(linked && { 'empty.s': emptyAssembly }),
  };
}

/** What `go build` needs for a twin beside its files. */
export function buildFlags({ world }: Recording): string[] {
  return world.faketime ? ['-tags', 'faketime'] : [];
}

/** Most objects that a collection finds in frames alone. */
function mostRoots({ steps }: Recording): number {
  const lengths = steps.map(({ operation }) => ('keep' in operation ? operation.keep.length : 0));
  return lengths.reduce((most, n) => Math.max(most, n), 0);
}

/** The parts of the prelude that a text needs, and what they need. */
function usedParts(text: string): string {
  const used = new Map<string, string>();
  for (let all = text, found = true; found; all += [...used.values()].join('')) {
    const more = Object.entries(parts).filter(
      ([part]) => !used.has(part) && new RegExp(`\\b${part}\\b`).test(all),
    );
    found = more.length > 0;
    for (const [part, code] of more) used.set(part, code);
  }
  return [...used.values()].join('');
}

function imports(text: string): string {
  const optional = ['sync', 'time'].filter((name) => new RegExp(`\\b${name}\\.`).test(text));
  const names = ['runtime', 'runtime/debug', ...optional, 'unsafe'];
  return names.map((name) => `\t"${name}"\n`).join('');
}

/** The functions of a twin: what each does at its own level, and the rest in parts. */
class FunctionTexts {
  readonly #recording: Recording;
  /** By the function's number: lines, and lists of lines that can be done in functions of their own. */
  readonly #bodies: (string | readonly string[])[][];
  #parts = 0;

  constructor(recording: Recording) {
    this.#recording = recording;
    this.#bodies = recording.functions.map(() => []);
  }

  add({ fn, operation, site }: Step, statement: string): void {
    const body = this.#bodies[fn]!;
    const line = site === undefined ? statement : `\tsite${site}(func() {\n${statement}\n\t})`;
    const last = body.at(-1);
    if (onlyInBody.has(operation.op)) {
      body.push(line);
    } else if (waits(operation)) {
      body.push(Object.freeze([line]));
    } else if (isOpen(last)) {
      last.push(line);
    } else {
      body.push([line]);
    }
  }

  /** `start` is what main does first. */
  text(start: string): string {
    const { functions } = this.#recording;
    return functions.map(({ name }, fn) => this.#function(name, fn, start)).join('');
  }

  #function(name: string, fn: number, start: string): string {
    const body = this.#bodies[fn]!;
    const parts: string[] = [];
    const lines = body.map((piece) => {
      if (typeof piece === 'string') return piece;
      if (body.length === 1) return piece.join('\n');
      const part = `part${++this.#parts}`;
      parts.push(`\n//go:noinline\nfunc ${part}() {\n${piece.join('\n')}\n}\n`);
      return `\t${part}()`;
    });
    const { said, finalizers } = this.#recording.calls;
    const finalize = finalizers.length > 0 ? '\tfinalize = callFinalizer\n' : '';
    const first = fn === 0 ? `${start}${finalize}` : '';
    const end = fn === 0 && said.length > 0 ? '\n\ttell()' : '';
    return `\nfunc ${name}() {\n${first}${lines.join('\n')}${end}\n}\n${parts.join('')}`;
  }
}

/** True if the part has room for more lines. */
function isOpen(piece: string | readonly string[] | undefined): piece is string[] {
  return Array.isArray(piece) && piece.length < statementsPerFunction && !Object.isFrozen(piece);
}

/** Only the function itself can do these, and not one that it calls. */
const onlyInBody: ReadonlySet<string> = new Set(['defer', 'recover', 'call']);

/** What waits has a function of its own, so that no other values lie on the stack meanwhile. */
function waits(operation: TwinOperation): boolean {
  return isConcurrent(operation) && !['closure', 'go', 'close'].includes(operation.op);
}

function statementText(
  types: GoTypes,
  maps: HashedMaps,
  recording: Recording,
  uses: string,
): string {
  const writer = new StatementWriter(recording, types, maps.index);
  const functions = new FunctionTexts(recording);
  for (const step of recording.steps) functions.add(step, writer.statement(step.operation));
  const makeMaps = maps.size > 0 ? '\tmakeMapTypes()\n' : '';
  const text = functions.text(`${uses}${makeMaps}`);
  return `
${writer.variables.join('\n')}
${stackText([...writer.stackSizes])}${text}`;
}

function tableText(types: GoTypes, maps: HashedMaps, recording: Recording, uses: string): string {
  const { functions: list, steps } = recording;
  const table = new OperationTable(types, recording.world.arch.ptrSize, maps.index);
  const writer = new StatementWriter(recording, types, maps.index);
  const functions = new FunctionTexts(recording);
  const byFunction = list.map((): Step[] => []);
  for (const step of steps) byFunction[step.fn]!.push(step);
  for (const own of byFunction) addRuns(own, table, writer, functions);
  const globals = recording.globals.map((g) => `unsafe.Pointer(&${goName(g.name)})`);
  const makeMaps = maps.size > 0 ? '\tmakeMapTypes()\n' : '';
  const text = functions.text(`${uses}${makeMaps}`);
  return `${table.text(globals, maps.size > 0, recording.sites.count > 0)}${writer.variables.join('\n')}
${stackText([...new Set([...table.stackSizes, ...writer.stackSizes])])}${text}`;
}

/** The operations of one function: those for which the table has no room are statements between runs of it. */
function addRuns(
  steps: readonly Step[],
  table: OperationTable,
  writer: StatementWriter,
  functions: FunctionTexts,
): void {
  let from = table.length;
  const run = (step: Step): void => {
    const runs = { ...step, site: undefined };
    if (table.length > from) functions.add(runs, `\trun(${from}, ${table.length})`);
    from = table.length;
  };
  let last: Step | undefined;
  for (const step of steps) {
    const { operation } = step;
    if (isConcurrent(operation) || isRuntimeCall(operation)) {
      if (last !== undefined) run(last);
      last = undefined;
      functions.add(step, writer.statement(operation));
    } else {
      table.add(operation, step.site);
      last = step;
    }
  }
  if (last !== undefined) run(last);
}

/** A function for each place of the script: its frame tells the memory profile where an allocation is. */
function sitesText(count: number): string {
  if (count === 0) return '';
  const names = Array.from({ length: count }, (_, site) => `site${site}`);
  const functions = names.map((name) => {
    return `\n//go:noinline\nfunc ${name}(allocate func()) {\n\tallocate()\n}\n`;
  });
  return `\nvar sites = [...]func(func()){${names.join(', ')}}\n${functions.join('')}`;
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
  return { text: texts.join(''), count: arrays.length };
}

/** A constant zero value, for which the program does nothing as it starts. */
function zeroText(name: string, { kind: k }: Type): string {
  if (k === kind.struct || k === kind.array) return `${name}{}`;
  if (k === kind.string) return `${name}("")`;
  if (k === kind.bool) return `${name}(false)`;
  return k <= kind.complex128 ? `${name}(0)` : `(${name})(nil)`;
}
