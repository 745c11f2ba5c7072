/** The operations of a large twin: a table of numbers, and the Go that goes through it. */
import { kind } from '../../sim/kind.ts';
import type { Type } from '../../sim/type.ts';
import type { GoTypes } from './go-types.ts';
import { assignCases, assignNumber, deleteCases, deleteNumber } from './map-calls.ts';
import {
  type ConcurrentOperation,
  type Place,
  type Ref,
  type RuntimeOperation,
  type TwinOperation,
  type Value,
  visitLeaves,
} from './operations.ts';

/** There are statements for the others. */
export type TableOperation = Exclude<TwinOperation, ConcurrentOperation | RuntimeOperation>;

/** In the order of their handlers. */
const codes = [
  'new',
  'makeslice',
  'growslice',
  'string',
  'bytes',
  'makemap',
  'makechan',
  'convT',
  'slicecopy',
  'mapassign',
  'mapdelete',
  'store',
  'fill',
  'growstack',
  'SetFinalizer',
  'WriteHeapDump',
] as const satisfies readonly (TableOperation['op'] | 'fill')[];

const storeCode = codes.indexOf('store');
/** Stands before an operation with a place. */
const siteCode = codes.length;
const fillCode = codes.indexOf('fill');

/** How the table writes a pointer: one of these, then its details. */
const refCodes = { nil: 0, object: 1, global: 2, text: 3, outside: 4, elem: 5 } as const;

/** Functions of one kind, one for each type that needs one. */
class TypeFunctions {
  readonly #index = new Map<Type, number>();
  readonly texts: string[] = [];

  /** Its place in the list; `text` writes it when the type is new. */
  of(type: Type, text: () => string): number {
    let index = this.#index.get(type);
    if (index === undefined) {
      index = this.texts.push(text()) - 1;
      this.#index.set(type, index);
    }
    return index;
  }
}

/** Constants of the program, each once. */
class TextPool {
  readonly #at = new Map<string, number>();
  readonly chunks: string[] = [];
  #length = 0;

  at(bytes: Uint8Array): number {
    const key = Buffer.from(bytes).toString('latin1');
    let at = this.#at.get(key);
    if (at === undefined) {
      at = this.#length;
      this.#at.set(key, at);
      this.chunks.push(key);
      this.#length += bytes.length;
    }
    return at;
  }

  /** The whole, as Go writes it. */
  literal(): string {
    const escaped = this.chunks.join('').replace(/[^\x20-\x7e]|["\\]/g, (c) => {
      return `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`;
    });
    return `"${escaped}"`;
  }
}

/** Offset of the pointer in a value without parts. */
export function pointerOffset(leaf: Type, ptrSize: number): number {
  return leaf.kind === kind.interface ? ptrSize : 0;
}

export class OperationTable {
  readonly #types: GoTypes;
  readonly #ptrSize: number;
  readonly #mapIndex: (type: Type) => number;
  readonly #numbers: number[] = [];
  readonly #text = new TextPool();
  readonly #new = new TypeFunctions();
  readonly #slices = new TypeFunctions();
  readonly #grown = new TypeFunctions();
  readonly #copied = new TypeFunctions();
  readonly #maps = new TypeFunctions();
  readonly #chans = new TypeFunctions();
  readonly #boxed = new TypeFunctions();
  readonly #values = new TypeFunctions();
  readonly #finalizers: string[] = [];
  readonly #stacks = new Map<number, number>();

  /** `mapIndex` gives the number of a map's type with its hash function. */
  constructor(types: GoTypes, ptrSize: number, mapIndex: (type: Type) => number) {
    this.#types = types;
    this.#ptrSize = ptrSize;
    this.#mapIndex = mapIndex;
  }

  /** `site`: the place in the script, where the memory profile tells places. */
  add(operation: TableOperation, site?: number): void {
    if (site !== undefined) this.#numbers.push(siteCode, site);
    if (operation.op === 'store') {
      this.#store(operation.place, operation.value);
      return;
    }
    this.#numbers.push(codes.indexOf(operation.op), ...this.#details(operation));
  }

  #details(operation: Exclude<TableOperation, { op: 'store' }>): number[] {
    const { op } = operation;
    const t = 'type' in operation ? this.#types.text(operation.type) : '';
    switch (op) {
      case 'new': {
        const make = `func() unsafe.Pointer { return unsafe.Pointer(new(${t})) }`;
        return [this.#new.of(operation.type, () => make), operation.id];
      }
      case 'makeslice': {
        const { type, id, len, cap } = operation;
        const make = `func(n, max int) unsafe.Pointer { return unsafe.Pointer(unsafe.SliceData(make([]${t}, n, max))) }`;
        return [this.#slices.of(type, () => make), id, len, cap];
      }
      case 'growslice': {
        const { type, id, from, oldLen, oldCap, len } = operation;
        const grow = `func(s unsafe.Pointer, n, max, more int) unsafe.Pointer { return unsafe.Pointer(unsafe.SliceData(append(slice[${t}](s, n, max), make([]${t}, more)...))) }`;
        const index = this.#grown.of(type, () => grow);
        return [index, id, ...this.#ref(from), oldLen, oldCap, len - oldLen];
      }
      case 'string':
      case 'bytes':
        return [operation.id, this.#text.at(operation.text), operation.text.length];
      case 'makemap': {
        const { type, id, hint, seed } = operation;
        const make = `func(hint int) unsafe.Pointer { return word(make(${t}, hint)) }`;
        const small = `func(int) unsafe.Pointer { return word(make(${t})) }`;
        const index = this.#maps.of(type, () => `{${small}, ${make}}`);
        return [index, id, hint, seed | 0];
      }
      case 'makechan': {
        const make = `func(n int) unsafe.Pointer { return word(make(chan ${t}, n)) }`;
        return [this.#chans.of(operation.type, () => make), operation.id, operation.size];
      }
      case 'convT': {
        const { id, value } = operation;
        const name = this.#types.text(value.type);
        const box = `func(v unsafe.Pointer) unsafe.Pointer { return word(any(*(*${name})(v))) }`;
        return [this.#boxed.of(value.type, () => box), id, ...this.#value(value)];
      }
      case 'slicecopy': {
        const { type, to, from, len } = operation;
        const copy = `func(to, from unsafe.Pointer, n int) { copy(unsafe.Slice((*${t})(to), n), unsafe.Slice((*${t})(from), n)) }`;
        return [this.#copied.of(type, () => copy), ...this.#ref(to), ...this.#ref(from), len];
      }
      case 'mapassign':
        return [
          assignNumber(operation.type),
          this.#mapIndex(operation.type),
          ...this.#ref(operation.map),
          ...this.#value(operation.key),
        ];
      case 'mapdelete':
        return [
          deleteNumber(operation.type),
          this.#mapIndex(operation.type),
          ...this.#ref(operation.map),
          ...this.#value(operation.key),
          operation.seed | 0,
        ];
      case 'growstack': {
        const { size } = operation;
        const index = this.#stacks.get(size) ?? this.#stacks.size;
        this.#stacks.set(size, index);
        return [index];
      }
      case 'SetFinalizer': {
        const { at, finalizer } = operation;
        const f = finalizer === undefined ? 'nil' : `finalizes${finalizer}`;
        const set = `func(at unsafe.Pointer) { runtime.SetFinalizer((${t})(at), ${f}) }`;
        let index = this.#finalizers.indexOf(set);
        if (index < 0) index = this.#finalizers.push(set) - 1;
        return [index, ...this.#ref(at)];
      }
      case 'WriteHeapDump':
        return [operation.descriptor];
      default:
        return operation satisfies never;
    }
  }

  /** The pointers one by one, what lies between them as bytes. A word that tells a type is left out. */
  #store(place: Place, value: Value): void {
    const at = (offset: number) => this.#ref({ ...place, offset: place.offset + offset });
    let filled = 0;
    const fill = (end: number): void => {
      const bytes = value.bytes.subarray(filled, end);
      const { length } = bytes;
      if (length > 0) this.#numbers.push(fillCode, ...at(filled), length, this.#text.at(bytes));
    };
    visitLeaves(value.type, 0, (leaf, offset) => {
      if (leaf.ptrBytes === 0) return;
      const pointer = offset + pointerOffset(leaf, this.#ptrSize);
      const ref = value.refs.get(pointer) ?? { to: 'nil' };
      fill(offset);
      this.#numbers.push(storeCode, ...at(pointer), ...this.#ref(ref));
      filled = pointer + this.#ptrSize;
    });
    fill(value.bytes.length);
  }

  #ref(ref: Ref | Place): number[] {
    const code = refCodes[ref.to];
    switch (ref.to) {
      case 'nil':
      case 'outside':
        return [code];
      case 'object':
        return [code, ref.id, ref.offset];
      case 'global':
        return [code, ref.index, ref.offset];
      case 'text':
        return [code, this.#text.at(ref.text)];
      case 'elem':
        return [code, ref.offset];
      default:
        return ref satisfies never;
    }
  }

  /** A variable for values of the type, the value's bytes, and its pointers. */
  #value({ type, bytes, refs }: Value): number[] {
    const index = this.#values.of(type, () => this.#types.text(type));
    const plain = bytes.slice();
    for (const at of refs.keys()) plain.fill(0, at, at + this.#ptrSize);
    const pointers = [...refs].flatMap(([at, ref]) => [at, ...this.#ref(ref)]);
    return [index, this.#text.at(plain), refs.size, ...pointers];
  }

  /** The table and all that goes through it. `globals` are expressions of pointers to the variables. */
  text(globals: readonly string[], hasMaps: boolean, hasSites: boolean): string {
    const list = (name: string, type: string, functions: { readonly texts: readonly string[] }) =>
      `var ${name} = [...]${type}{\n${functions.texts.map((f) => `\t${f},\n`).join('')}}\n`;
    const values = this.#values.texts;
    const rows: string[] = [];
    for (let i = 0; i < this.#numbers.length; i += 24) {
      rows.push(`\t${this.#numbers.slice(i, i + 24).join(', ')},\n`);
    }
    return `
${values.map((t, i) => `var value${i} ${t}\n`).join('')}
var values = [...]struct {
	at   unsafe.Pointer
	size uintptr
}{
${values.map((_, i) => `\t{unsafe.Pointer(&value${i}), unsafe.Sizeof(value${i})},\n`).join('')}}

var variables = [...]unsafe.Pointer{
${globals.map((g) => `\t${g},\n`).join('')}}

${list('news', 'func() unsafe.Pointer', this.#new)}
${list('slices', 'func(n, max int) unsafe.Pointer', this.#slices)}
${list('grown', 'func(s unsafe.Pointer, n, max, more int) unsafe.Pointer', this.#grown)}
${list('copied', 'func(to, from unsafe.Pointer, n int)', this.#copied)}
${list('maps', '[2]func(int) unsafe.Pointer', this.#maps)}
${list('chans', 'func(n int) unsafe.Pointer', this.#chans)}
${list('finalizing', 'func(unsafe.Pointer)', { texts: this.#finalizers })}
${list('boxes', 'func(unsafe.Pointer) unsafe.Pointer', this.#boxed)}
var stacks = [...]func(){${[...this.#stacks.keys()].map((size) => `growTo${size}`).join(', ')}}
${interpreterText(hasMaps, hasSites)}
const text = ${this.#text.literal()}

var table = [...]int32{
${rows.join('')}}
`;
  }

  /** Numbers so far. */
  get length(): number {
    return this.#numbers.length;
  }

  /** Sizes to which the stack of main grows. */
  get stackSizes(): readonly number[] {
    return [...this.#stacks.keys()];
  }
}

const mapHandlers = `	func() {
		call, t, m := next(), hashedMaps[next()], ref()
		key := value()
		switch call {
${assignCases}		}
		clearValues()
	},
	func() {
		call, t, m := next(), hashedMaps[next()], ref()
		key := value()
		switch call {
${deleteCases}		}
		clearValues()
		setSeed(m, uint32(next()))
	},
`;

const interpreterText = (hasMaps: boolean, hasSites: boolean): string => `
var pc int

// run does what the table says from one place to another.
func run(from, to int) {
	for pc = from; pc < to; {
${
  hasSites
    ? `		code := next()
		if code == ${siteCode} {
			site := sites[next()]
			site(handlers[next()])
		} else {
			handlers[code]()
		}
`
    : '\t\thandlers[next()]()\n'
}	}
}

func next() int {
	n := table[pc]
	pc++
	return int(n)
}

// ref is the pointer that stands next in the table.
func ref() unsafe.Pointer {
	switch next() {
	case ${refCodes.object}:
		id := next()
		return unsafe.Pointer(addr[id] + uintptr(next()))
	case ${refCodes.global}:
		v := variables[next()]
		return unsafe.Add(v, next())
	case ${refCodes.text}:
		return unsafe.Add(unsafe.Pointer(unsafe.StringData(text)), next())
	case ${refCodes.outside}:
		return unsafe.Pointer(&pc)
	case ${refCodes.elem}:
		return unsafe.Add(elem, next())
	}
	return nil
}

// value is the variable that holds the value that stands next.
func value() unsafe.Pointer {
	v := values[next()]
	copy(unsafe.Slice((*byte)(v.at), v.size), text[next():])
	for n := next(); n > 0; n-- {
		at := unsafe.Add(v.at, next())
		*(*unsafe.Pointer)(at) = ref()
	}
	return v.at
}

//go:noinline
func clearValues() {
	for _, v := range values {
		clear(unsafe.Slice((*byte)(v.at), v.size))
	}
}

var handlers = [...]func(){
	func() { make := news[next()]; made(next(), make()) },
	func() { make, id, n := slices[next()], next(), next(); made(id, make(n, next())) },
	func() {
		grow, id, s, n, max := grown[next()], next(), ref(), next(), next()
		made(id, grow(s, n, max, next()))
	},
	func() { id, at := next(), next(); made(id, newString(text[at:at+next()])) },
	func() { id, at := next(), next(); made(id, newBytes(text[at:at+next()])) },
	func() {
		make, id, hint := &maps[next()], next(), next()
		if hint <= 8 {
			made(id, make[0](hint))
		} else {
			made(id, make[1](hint))
		}
		setSeed(p(id, 0), uint32(next()))
	},
	func() { make, id := chans[next()], next(); made(id, make(next())) },
	func() { box, id := boxes[next()], next(); made(id, box(value())); clearValues() },
	func() { copy, to, from := copied[next()], ref(), ref(); copy(to, from, next()) },
${hasMaps ? mapHandlers : '\tfunc() {},\n\tfunc() {},\n'}	func() { at := ref(); *(*unsafe.Pointer)(at) = ref() },
	func() { at, n := ref(), next(); copy(unsafe.Slice((*byte)(at), n), text[next():]) },
	func() { stacks[next()]() },
	func() { set := finalizing[next()]; set(ref()) },
	func() { debug.WriteHeapDump(uintptr(next())) },
}
`;
