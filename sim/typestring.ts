/**
 * How Go writes a type: the link string, which decides identity and hash, and the name that a program
 * sees. And the hash itself.
 *
 * @go cmd/compile/internal/types/fmt.go, cmd/compile/internal/types/pkg.go
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { kind } from './kind.ts';
import type { Field, Method, Type } from './type.ts';

/** Which of a type's two spellings: packages by path prefix, or by name. */
export type Spelling = 'link' | 'name';

/** abi.Type.Hash: the first four bytes of the complement of the link string's SHA-256, little-endian. */
export function typeHash(linkString: string): number {
  const sum = sha256(new TextEncoder().encode(linkString));
  return ~(sum[0]! | (sum[1]! << 8) | (sum[2]! << 16) | (sum[3]! << 24)) >>> 0;
}

/** A package path as it stands in symbols: dots of the last element and odd bytes as %xx. @go cmd/internal/objabi/path.go PathToPrefix */
function pathToPrefix(path: string): string {
  const slash = path.lastIndexOf('/');
  let prefix = '';
  const bytes = new TextEncoder().encode(path);
  for (let i = 0; i < bytes.length; i++) {
    const c = bytes[i]!;
    const char = String.fromCharCode(c);
    const special =
      c <= 0x20 || c >= 0x7f || (char === '.' && i > slash) || char === '%' || char === '"';
    prefix += special ? `%${c.toString(16).padStart(2, '0')}` : char;
  }
  return prefix;
}

/**
 * The name that a package of this path has by convention: its last element without a major version,
 * up to what no identifier can hold.
 */
function packageName(path: string): string {
  const elements = path.split('/');
  const last = elements.at(-1)!;
  const name = elements.length > 1 && /^v[0-9]+$/.test(last) ? elements.at(-2)! : last;
  return /^[\p{L}\p{Nd}_]+/u.exec(name)?.[0] ?? name;
}

/** A type's name as programs see it: one declared in a function is `T·1` to the linker. @go cmd/compile/internal/types/fmt.go SplitVargenSuffix */
export function withoutVargen(name: string): string {
  return name.replace(/·[0-9]*$/, '');
}

export function isExported(name: string): boolean {
  return /^\p{Lu}/u.test(name);
}

/** A name qualified by its package; predeclared names have none. */
export function qualified(pkgPath: string, name: string, spelling: Spelling): string {
  if (pkgPath === '') return name;
  return `${spelling === 'link' ? pathToPrefix(pkgPath) : packageName(pkgPath)}.${name}`;
}

/** The spelling of a type within another. */
export function spell(t: Type, spelling: Spelling): string {
  return spelling === 'link' ? t.linkString : t.string;
}

export function chanString(elem: Type, dir: 'both' | 'send' | 'recv', spelling: Spelling): string {
  const e = spell(elem, spelling);
  if (dir === 'recv') return `<-chan ${e}`;
  if (dir === 'send') return `chan<- ${e}`;
  return elem.name === '' && elem.chanDir === 'recv' ? `chan (${e})` : `chan ${e}`;
}

/** `(params) results` as it follows func or a method's name. */
export function signature(
  params: readonly Type[],
  results: readonly Type[],
  variadic: boolean,
  spelling: Spelling,
): string {
  const list = params.map((p, i) =>
    variadic && i === params.length - 1 ? `...${spell(p.elem!, spelling)}` : spell(p, spelling),
  );
  const outs = results.map((r) => spell(r, spelling));
  const tail = outs.length === 0 ? '' : outs.length === 1 ? ` ${outs[0]}` : ` (${outs.join(', ')})`;
  return `(${list.join(', ')})${tail}`;
}

/** An interface literal; its methods are sorted. */
export function interfaceString(methods: readonly Method[], spelling: Spelling): string {
  if (methods.length === 0) return 'interface {}';
  const list = methods.map(({ name, pkgPath, type }) => {
    const shown = isExported(name) ? name : qualified(pkgPath, name, spelling);
    return ` ${shown}${spell(type, spelling).slice('func'.length)}`;
  });
  return `interface {${list.join(';')} }`;
}

/** A struct literal. */
export function structString(fields: readonly Field[], spelling: Spelling): string {
  if (fields.length === 0) return 'struct {}';
  const list = fields.map((field) => ` ${fieldString(field, spelling)}`);
  return `struct {${list.join(';')} }`;
}

function fieldString({ name, pkgPath, type, embedded, tag }: Field, spelling: Spelling): string {
  const note = tag === '' ? '' : ` ${quote(tag)}`;
  const typeString = spell(type, spelling);
  const shown = spelling === 'link' && !isExported(name) ? qualified(pkgPath, name, 'link') : name;
  if (!embedded) return `${shown} ${typeString}${note}`;
  if (spelling === 'name') return typeString + note;
  const target = type.name === '' && type.kind === kind.ptr ? type.elem! : type;
  const ownName =
    target.name === name && (isExported(name) || target.pkgPath === pkgPath) ? '' : `${shown} = `;
  return ownName + typeString + note;
}

const escapes: Readonly<Record<string, string>> = {
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '"': '\\"',
  '\\': '\\\\',
};

/** @go strconv/quote.go Quote */
function quote(text: string): string {
  const quoted = [...text].map((char) => {
    const code = char.codePointAt(0)!;
    const hex = (digits: number) => code.toString(16).padStart(digits, '0');
    if (escapes[char] !== undefined) return escapes[char];
    if (/^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(char)) return char;
    if (code < 0x20 || code === 0x7f) return `\\x${hex(2)}`;
    return code < 0x10000 ? `\\u${hex(4)}` : `\\U${hex(8)}`;
  });
  return `"${quoted.join('')}"`;
}
