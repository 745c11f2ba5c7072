/** The model's hash of a map's keys, in Go. */
import { kind } from '../../sim/kind.ts';
import type { Type } from '../../sim/type.ts';
import { isArray, TwinRefusal } from './operations.ts';

/** A hash function for keys of the type. @throws {TwinRefusal} for keys with interfaces */
export function hasherText(name: string, key: Type): string {
  const lines: string[] = [];
  hashLines(key, '0', 1, lines);
  return `
func ${name}(key unsafe.Pointer, seed uintptr) uintptr {
	h := newHash(seed)
${lines.join('\n')}
	return h.sum()
}
`;
}

/** Lines that hash a value `offset` bytes behind the key's start; it is an expression. */
function hashLines(type: Type, offset: string, depth: number, lines: string[]): void {
  const indent = '\t'.repeat(depth);
  const at = `unsafe.Add(key, ${offset})`;
  if (type.fields !== undefined) {
    for (const field of type.fields) {
      if (field.name !== '_') hashLines(field.type, `${offset}+${field.offset}`, depth, lines);
    }
  } else if (isArray(type)) {
    const i = `i${depth}`;
    lines.push(`${indent}for ${i} := uintptr(0); ${i} < ${type.len}; ${i}++ {`);
    hashLines(type.elem!, `${offset}+${i}*${type.elem!.size}`, depth + 1, lines);
    lines.push(`${indent}}`);
  } else if (type.kind === kind.string) {
    lines.push(`${indent}h.text((*string)(${at}))`);
  } else if (type.kind === kind.interface) {
    throw new TwinRefusal(`no twin of a map whose keys hold interfaces (${type.string})`);
  } else if (type.kind >= kind.float32 && type.kind <= kind.complex128) {
    const parts = type.kind >= kind.complex64 ? 2 : 1;
    for (let part = 0; part < parts; part++) {
      floatLines(type.size / parts, `${offset}+${(part * type.size) / parts}`, indent, lines);
    }
  } else {
    lines.push(`${indent}h.memory(${at}, ${type.size})`);
  }
}

function floatLines(size: number, offset: string, indent: string, lines: string[]): void {
  const at = `unsafe.Add(key, ${offset})`;
  lines.push(
    `${indent}if *(*float${size * 8})(${at}) == 0 {`,
    `${indent}\th.mix(0x5bd1e995)`,
    `${indent}} else {`,
    `${indent}\th.memory(${at}, ${size})`,
    `${indent}}`,
  );
}
