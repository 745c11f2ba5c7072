/** The operations of a small twin: a Go statement for each. */
import { kind } from '../../sim/kind.ts';
import type { Type } from '../../sim/type.ts';
import { type GoTypes, goField, goName } from './go-types.ts';
import { assignCall, deleteCall } from './map-calls.ts';
import {
  type ConcurrentOperation,
  isArray,
  isConcurrent,
  type Place,
  type Ref,
  type TwinCase,
  type TwinOperation,
  type Value,
} from './operations.ts';
import type { Recording } from './record.ts';
import { pointerOffset } from './table.ts';

/** Writes operations as statements, in the order of the recording. */
export class StatementWriter {
  /** Declarations of variables: the values that are converted or are a map's keys. */
  readonly variables: string[] = [];
  readonly stackSizes = new Set<number>();
  readonly #recording: Recording;
  readonly #types: GoTypes;
  readonly #mapIndex: (type: Type) => number;
  readonly #values = new Map<Type, string>();
  /** What each allocation is made as: its type, and of how many. */
  readonly #made = new Map<number, { readonly type: Type; readonly elements: number }>();
  #elem: Type | undefined;

  /** `mapIndex` gives the number of a map's type with its hash function. */
  constructor(recording: Recording, types: GoTypes, mapIndex: (type: Type) => number) {
    this.#recording = recording;
    this.#types = types;
    this.#mapIndex = mapIndex;
  }

  statement(operation: TwinOperation): string {
    const line = this.#line(operation);
    return `\t${line}`;
  }

  #line(operation: TwinOperation): string {
    return isConcurrent(operation) ? this.#concurrent(operation) : this.#plain(operation);
  }

  /** What goroutines do with each other and with their stacks. */
  #concurrent(operation: ConcurrentOperation): string {
    const { op } = operation;
    const name = 'fn' in operation ? this.#recording.functions[operation.fn]!.name : '';
    switch (op) {
      case 'closure': {
        const { id, type } = operation;
        this.#made.set(id, { type, elements: 1 });
        const made = `made(${id}, unsafe.Pointer(new(${this.#types.text(type)})))`;
        return `${made}\n\t*(*uintptr)(p(${id}, 0)) = code(${name})`;
      }
      case 'go':
        return `go ${this.#callee(name, operation.closure)}`;
      case 'defer': {
        const call = `defer ${this.#callee(name, operation.closure)}`;
        return operation.heap ? `for range 1 {\n\t\t${call}\n\t}` : call;
      }
      case 'call':
        return `${name}()`;
      case 'panic': {
        const { value } = operation;
        return `panic(${value.to === 'object' ? this.#pointer(value) : '"panic"'})`;
      }
      case 'recover':
        return 'recover()';
      case 'send': {
        const { type, chan, value } = operation;
        return `${this.#chan(type, chan)} <- ${this.#expression(value, type, 0)}`;
      }
      case 'recv': {
        const { type, chan, discard } = operation;
        if (discard) return `<-${this.#chan(type, chan)}`;
        return `receive[${this.#types.text(type)}](${this.#pointer(chan)})`;
      }
      case 'select':
        if (!operation.parks) return '// select takes its default';
        return `select {${operation.cases.map((one) => this.#case(one)).join('')}}`;
      case 'close':
        return `close(pointer[chan struct{}](${this.#pointer(operation.chan)}))`;
      case 'range':
        return `iterated(${this.#pointer(operation.map)})`;
      case 'sync': {
        const { call, at, delta } = operation;
        const pointer = this.#pointer(at);
        if (call === 'Cond.Signal') return `notifyListNotifyOne(${pointer})`;
        if (call === 'Cond.Broadcast') return `notifyListNotifyAll(${pointer})`;
        const [type, method] = call.split('.');
        const argument = call === 'WaitGroup.Add' ? delta : '';
        return `(*sync.${type})(${pointer}).${method}(${argument})`;
      }
      case 'condWait':
        return `condWait(${this.#pointer(operation.at)}, ${this.#pointer(operation.mutex)})`;
      case 'sleep':
        return `time.Sleep(${operation.ns})`;
      case 'Gosched':
      case 'Goexit':
        return `runtime.${op}()`;
      default:
        return operation satisfies never;
    }
  }

  #callee(name: string, closure: number | undefined): string {
    return closure === undefined ? `${name}()` : `closure(${closure})()`;
  }

  #chan(type: Type, chan: Ref): string {
    return `pointer[chan ${this.#types.text(type)}](${this.#pointer(chan)})`;
  }

  #case({ type, chan, value }: TwinCase): string {
    const c = this.#chan(type, chan);
    return value === undefined
      ? `\n\tcase v := <-${c}:\n\t\tuse(unsafe.Pointer(&v))\n\t`
      : `\n\tcase ${c} <- ${this.#expression(value, type, 0)}:\n\t`;
  }

  #plain(operation: Exclude<TwinOperation, ConcurrentOperation>): string {
    const { op } = operation;
    const t = 'type' in operation ? this.#types.text(operation.type) : '';
    switch (op) {
      case 'new':
        this.#made.set(operation.id, { type: operation.type, elements: 1 });
        return `made(${operation.id}, unsafe.Pointer(new(${t})))`;
      case 'makeslice': {
        const { id, type, len, cap } = operation;
        this.#made.set(id, { type, elements: cap });
        return `made(${id}, unsafe.Pointer(unsafe.SliceData(make([]${t}, ${len}, ${cap}))))`;
      }
      case 'growslice': {
        const { id, type, from, oldLen, oldCap, len } = operation;
        this.#made.set(id, { type, elements: len });
        const old = `slice[${t}](${this.#pointer(from)}, ${oldLen}, ${oldCap})`;
        return `made(${id}, unsafe.Pointer(unsafe.SliceData(append(${old}, make([]${t}, ${len - oldLen})...))))`;
      }
      case 'string':
        return `made(${operation.id}, newString(${quoted(operation.text)}))`;
      case 'bytes':
        return `made(${operation.id}, newBytes(${quoted(operation.text)}))`;
      case 'makemap': {
        const { id, hint, seed } = operation;
        const make = hint <= 8 ? `make(${t})` : `make(${t}, ${hint})`;
        return `made(${id}, word(${make}))\n\tsetSeed(p(${id}, 0), 0x${seed.toString(16)})`;
      }
      case 'makechan':
        return `made(${operation.id}, word(make(chan ${t}, ${operation.size})))`;
      case 'convT': {
        const { id, value } = operation;
        const variable = this.#variable(value.type);
        this.#made.set(id, { type: value.type, elements: 1 });
        const set = `${variable} = ${this.#expression(value, value.type, 0)}`;
        return `${set}\n\tmade(${id}, word(any(${variable})))`;
      }
      case 'slicecopy': {
        const { to, from, len } = operation;
        const part = (ref: Ref) => `slice[${t}](${this.#pointer(ref)}, ${len}, ${len})`;
        return `copy(${part(to)}, ${part(from)})`;
      }
      case 'mapassign': {
        const { type, map, key } = operation;
        this.#elem = type.elem;
        const { name, argument } = assignCall(type);
        const set = this.#key(key);
        const at = argument(`unsafe.Pointer(&${this.#variable(key.type)})`);
        const t = `&map${this.#mapIndex(type)}`;
        return `${set}\n\telem = ${name}(${t}, ${this.#pointer(map)}, ${at})`;
      }
      case 'mapdelete': {
        const { type, map, key, seed } = operation;
        const m = this.#pointer(map);
        const { name, argument } = deleteCall(type);
        const set = this.#key(key);
        const at = argument(`unsafe.Pointer(&${this.#variable(key.type)})`);
        const call = `${name}(&map${this.#mapIndex(type)}, ${m}, ${at})`;
        return `${set}\n\t${call}\n\tsetSeed(${m}, 0x${seed.toString(16)})`;
      }
      case 'store':
        return `${this.#place(operation.place, operation.value.type)} = ${this.#expression(operation.value, operation.value.type, 0)}`;
      case 'growstack':
        this.stackSizes.add(operation.size);
        return `growTo${operation.size}()`;
      case 'GC':
      case 'FreeOSMemory': {
        const roots = operation.keep.map((id, i) => `roots[${i}] = p(${id}, 0)\n\t`);
        const cleared = [...this.#values].map(([type, name]) => {
          return type.ptrBytes > 0 ? `${name} = *new(${this.#types.text(type)})\n\t` : '';
        });
        const collect = op === 'GC' ? 'collect' : 'freeOSMemory';
        return `${cleared.join('')}${roots.join('')}${collect}()`;
      }
      case 'SetFinalizer': {
        const { type, at, finalizer } = operation;
        const f = finalizer === undefined ? 'nil' : `finalizes${finalizer}`;
        return `runtime.SetFinalizer((${this.#types.text(type)})(${this.#pointer(at)}), ${f})`;
      }
      case 'ReadMemStats':
        return 'readMemStats()';
      case 'NumGoroutine':
        return 'say(uint64(runtime.NumGoroutine()))';
      case 'SetGCPercent':
        return `say(uint64(debug.SetGCPercent(${operation.percent})))`;
      case 'SetMemoryLimit':
        return `say(uint64(debug.SetMemoryLimit(${operation.limit})))`;
      case 'MemProfileRate':
        return `runtime.MemProfileRate = ${operation.rate}`;
      case 'WriteHeapDump':
        return `debug.WriteHeapDump(${operation.descriptor})`;
      default:
        return operation satisfies never;
    }
  }

  /** The variable for values of the type. */
  #variable(type: Type): string {
    let name = this.#values.get(type);
    if (name === undefined) {
      name = `value${this.#values.size}`;
      this.#values.set(type, name);
      this.variables.push(`var ${name} ${this.#types.text(type)}`);
    }
    return name;
  }

  #key(key: Value): string {
    return `${this.#variable(key.type)} = ${this.#expression(key, key.type, 0)}`;
  }

  #pointer(ref: Ref): string {
    switch (ref.to) {
      case 'nil':
        return 'nil';
      case 'object':
        return `p(${ref.id}, ${goOffset(ref.offset)})`;
      case 'global': {
        const at = `unsafe.Pointer(&${goName(this.#recording.globals[ref.index]!.name)})`;
        return ref.offset === 0 ? at : `unsafe.Add(${at}, ${ref.offset})`;
      }
      case 'text':
        return `unsafe.Pointer(unsafe.StringData(${quoted(ref.text)}))`;
      case 'outside':
        return 'unsafe.Pointer(&outside)';
      default:
        return ref satisfies never;
    }
  }

  /** What is assigned: a field or element where the place has a name, else what lies at its address. */
  #place(place: Place, type: Type): string {
    switch (place.to) {
      case 'global': {
        const { name, type: whole } = this.#recording.globals[place.index]!;
        const path = pathTo(whole, type, place.offset);
        if (path !== undefined) return `${goName(name)}${path}`;
        return this.#at(this.#pointer(place), type);
      }
      case 'elem': {
        const path = pathTo(this.#elem!, type, place.offset);
        const whole = `(*${this.#types.text(this.#elem!)})(elem)`;
        if (path === '') return `*${whole}`;
        if (path !== undefined) return `${whole}${path}`;
        return this.#at(`unsafe.Add(elem, ${place.offset})`, type);
      }
      case 'object': {
        const made = this.#made.get(place.id);
        const index = made === undefined ? 0 : Math.floor(place.offset / made.type.size);
        const path = made && pathTo(made.type, type, place.offset - index * made.type.size);
        if (made === undefined || path === undefined || place.offset < 0) {
          return this.#at(this.#pointer(place), type);
        }
        const start = `p(${place.id}, ${index * made.type.size})`;
        if (path === '') return this.#at(start, made.type);
        return `(*${this.#types.text(made.type)})(${start})${path}`;
      }
      default:
        return place satisfies never;
    }
  }

  #at(pointer: string, type: Type): string {
    return `*(*${this.#types.text(type)})(${pointer})`;
  }

  /** The part of a value that is at an offset, as a Go expression. */
  #expression(value: Value, type: Type, offset: number): string {
    const t = this.#types.text(type);
    if (type.fields !== undefined) {
      const parts = type.fields.flatMap((field) => {
        const at = offset + field.offset;
        if (isZero(value, at, field.type.size)) return [];
        return [`${goField(field.name)}: ${this.#expression(value, field.type, at)}`];
      });
      return `${t}{${parts.join(', ')}}`;
    }
    if (isArray(type)) {
      const { elem, len } = type;
      const parts: string[] = [];
      for (let i = 0; i < len!; i++) {
        const at = offset + i * elem!.size;
        if (isZero(value, at, elem!.size)) continue;
        parts.push(`${i}: ${this.#expression(value, elem!, at)}`);
      }
      return `${t}{${parts.join(', ')}}`;
    }
    if (type.ptrBytes === 0) return this.#number(value, type, offset);
    const ref = value.refs.get(offset + pointerOffset(type, this.#ptrSize)) ?? { to: 'nil' };
    const word = (index: number) => this.#word(value, offset + index * this.#ptrSize);
    switch (type.kind) {
      case kind.string:
        if (ref.to === 'text') return quoted(ref.text);
        if (ref.to === 'nil') return '""';
        return `unsafe.String((*byte)(${this.#pointer(ref)}), ${word(1)})`;
      case kind.slice:
        if (ref.to === 'nil') return 'nil';
        return `slice[${this.#types.text(type.elem!)}](${this.#pointer(ref)}, ${word(1)}, ${word(2)})`;
      case kind.interface:
        return `*(*${t})(unsafe.Pointer(&[2]unsafe.Pointer{nil, ${this.#pointer(ref)}}))`;
      case kind.ptr:
        return ref.to === 'nil' ? 'nil' : `(${t})(${this.#pointer(ref)})`;
      case kind.unsafePointer:
        return this.#pointer(ref);
      default:
        return ref.to === 'nil' ? 'nil' : `pointer[${t}](${this.#pointer(ref)})`;
    }
  }

  get #ptrSize(): number {
    return this.#recording.world.arch.ptrSize;
  }

  #word({ bytes }: Value, offset: number): bigint {
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const little = !this.#recording.world.arch.bigEndian;
    return this.#ptrSize === 8
      ? view.getBigUint64(offset, little)
      : BigInt(view.getUint32(offset, little));
  }

  /** A number or truth value. Floating-point numbers are written as their bits have them. */
  #number({ bytes }: Value, type: Type, offset: number): string {
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const little = !this.#recording.world.arch.bigEndian;
    const float = (size: number, at: number): string => {
      return String(size === 4 ? view.getFloat32(at, little) : view.getFloat64(at, little));
    };
    switch (type.kind) {
      case kind.bool:
        return String(bytes[offset] !== 0);
      case kind.float32:
      case kind.float64:
        return float(type.size, offset);
      case kind.complex64:
      case kind.complex128:
        return `complex(${float(type.size / 2, offset)}, ${float(type.size / 2, offset + type.size / 2)})`;
      default:
        return integer(view, type, offset, little);
    }
  }
}

function integer(view: DataView, { size, kind: k }: Type, offset: number, little: boolean): string {
  const signed = k >= kind.int && k <= kind.int64;
  const bits = size * 8;
  let n = 0n;
  for (let i = 0; i < size; i++) {
    n = (n << 8n) | BigInt(view.getUint8(offset + (little ? size - 1 - i : i)));
  }
  return String(signed ? BigInt.asIntN(bits, n) : n);
}

function isZero({ bytes }: Value, offset: number, size: number): boolean {
  for (let i = offset; i < offset + size; i++) if (bytes[i] !== 0) return false;
  return true;
}

/** `.next`, `[3].name`: the part of the type that is wanted at an offset; undefined if there is none. */
function pathTo(type: Type, wanted: Type, offset: number): string | undefined {
  if (type === wanted && offset === 0) return '';
  if (type.fields !== undefined) {
    for (const field of type.fields) {
      const at = offset - field.offset;
      if (at < 0 || at >= field.type.size) continue;
      const rest = pathTo(field.type, wanted, at);
      if (rest !== undefined) return `.${goField(field.name)}${rest}`;
    }
  } else if (isArray(type) && type.elem!.size > 0) {
    const index = Math.floor(offset / type.elem!.size);
    if (index >= type.len!) return undefined;
    const rest = pathTo(type.elem!, wanted, offset - index * type.elem!.size);
    if (rest !== undefined) return `[${index}]${rest}`;
  }
  return undefined;
}

function goOffset(offset: number): string {
  // Offsets are unsigned: one below 0 wraps around.
  return offset >= 0 ? String(offset) : `^uintptr(${-offset - 1})`;
}

/** A Go string literal of these bytes. */
function quoted(bytes: Uint8Array): string {
  let out = '';
  for (const byte of bytes) {
    const plain = byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c;
    out += plain ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`;
  }
  return `"${out}"`;
}
