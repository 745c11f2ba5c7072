import type { Text } from './records.ts';

/**
 * Takes a type's name apart into package path and name, as Go has written them: with the dot between them as a
 * piece of its own. A type literal (`*T`, `[]T`, `struct {…}`) and a name without a dot were written as one string.
 * Dots within the brackets of type arguments do not count.
 */
export function splitTypeName(written: Text): { string: Text; pkgPath: Text; name: Text } {
  const whole = { string: written, pkgPath: '', name: '' };
  if (typeof written !== 'string' || isTypeLiteral(written)) return whole;
  const bracket = written.indexOf('[');
  const dot = written.slice(0, bracket < 0 ? written.length : bracket).lastIndexOf('.');
  if (dot <= 0) return whole;
  return { string: written, pkgPath: written.slice(0, dot), name: written.slice(dot + 1) };
}

function isTypeLiteral(name: string): boolean {
  return /^(?:[*[(<]|(?:map\[|chan |func\(|struct \{|interface \{))/.test(name);
}
