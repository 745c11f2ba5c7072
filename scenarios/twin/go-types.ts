/** Go declarations of a scenario's types, laid out as the model lays them out. */
import { kind } from '../../sim/kind.ts';
import type { Method, Type } from '../../sim/type.ts';

const keywords = new Set(
  (
    'break case chan const continue default defer else fallthrough for func go goto if import interface ' +
    'map package range return select struct switch type var'
  ).split(' '),
);

/** Names of a twin's own declarations and of what Go declares. */
const reserved = new Set(
  (
    'any append bool byte clear close copy delete error false init int int8 int16 int32 int64 len make ' +
    'main new nil panic print string true uint uint8 uint16 uint32 uint64 uintptr float32 float64 ' +
    'runtime debug unsafe addr boxed elem hasher made mapType mapassign mapdelete newBytes newString p ' +
    'roots sink slice text word outside pointer setSeed collect touch pc next ref value values variables ' +
    'news slices grown copied maps chans boxes stacks table handlers clearValues hash hashed hashedMaps ' +
    'closure code receive condWait iterated notifyListAdd notifyListWait notifyListNotifyOne notifyListNotifyAll run ' +
    'sync time makeMapTypes use newHash finish allocations mostRoots said told say tell memStats readMemStats finalize ' +
    'finalized finalizing freeOSMemory callFinalizer write sites'
  ).split(' '),
);

/** A name that Go takes for a declaration of the twin. */
export function goName(name: string): string {
  const plain = name.replace(/[^\p{L}\p{N}_]/gu, '_');
  return reserved.has(plain) ||
    keywords.has(plain) ||
    /^(map|value|part|growTo|hasher|conversion|goroutine|call|deferred|finalizer|finalizes|site)\d+$/.test(
      plain,
    )
    ? `${plain}_`
    : plain;
}

/** A name that Go takes for a field. */
export function goField(name: string): string {
  const plain = name.replace(/[^\p{L}\p{N}_]/gu, '_');
  return keywords.has(plain) ? `${plain}_` : plain;
}

/** The named types that a twin uses, declared in the order in which they are first asked for. */
export class GoTypes {
  readonly #names = new Map<Type, string>();
  readonly #declarations: string[] = [];

  /** All declarations so far. */
  get declarations(): readonly string[] {
    return this.#declarations;
  }

  /** The type as Go writes it: `*Node`, `[]string`, `map[int]Item`. */
  text(type: Type): string {
    const builtIn = type.name === '' || type.pkgPath === '' || type.pkgPath === 'unsafe';
    if (builtIn) return this.#literal(type);
    // It lies as no other type can.
    if (type.pkgPath === 'sync' && type.name === 'WaitGroup') return 'sync.WaitGroup';
    let name = this.#names.get(type);
    if (name === undefined) {
      const { pkgPath } = type;
      name = goName(pkgPath === 'main' ? type.name : `${pkgPath}_${type.name}`);
      this.#names.set(type, name);
      const at = this.#declarations.push('') - 1;
      this.#declarations[at] = `type ${name} ${this.#literal(type)}`;
    }
    return name;
  }

  #literal(type: Type): string {
    const { elem } = type;
    switch (type.kind) {
      case kind.ptr:
        return `*${this.text(elem!)}`;
      case kind.slice:
        return `[]${this.text(elem!)}`;
      case kind.array:
        return `[${type.len}]${this.text(elem!)}`;
      case kind.map:
        return `map[${this.text(type.key!)}]${this.text(elem!)}`;
      case kind.chan:
        return `chan ${this.text(elem!)}`;
      case kind.func:
        return `func${this.#signature(type)}`;
      case kind.interface:
        return this.#interface(type);
      case kind.struct:
        return this.#struct(type);
      case kind.unsafePointer:
        return 'unsafe.Pointer';
      default:
        return basicNames[type.kind]!;
    }
  }

  #signature(type: Type): string {
    const list = (types: readonly Type[]) => types.map((t) => this.text(t)).join(', ');
    const results = list(type.out!);
    return `(${list(type.in!)})${results === '' ? '' : ` (${results})`}`;
  }

  #interface({ methods, name, pkgPath }: Type): string {
    if (name === 'error' && pkgPath === '') return 'error';
    if (methods.length === 0) return 'any';
    return `interface {\n${methods.map((m) => `\t${m.name}${this.#signature(m.type)}\n`).join('')}}`;
  }

  #struct({ fields }: Type): string {
    if (fields!.length === 0) return 'struct{}';
    const lines = fields!.map(({ name, type }) => `\t${goField(name)} ${this.text(type)}\n`);
    return `struct {\n${lines.join('')}}`;
  }

  /** Methods of a type that do nothing: enough for the type to have them. */
  declareMethods(receiver: string, methods: readonly Method[]): void {
    for (const { name, type } of methods) {
      const parameters = type.in!.map((t) => `_ ${this.text(t)}`).join(', ');
      const results = type.out!.map((t) => `_ ${this.text(t)}`).join(', ');
      const end = results === '' ? '{}' : `(${results}) { return }`;
      this.#declarations.push(`func (${receiver}) ${name}(${parameters}) ${end}`);
    }
  }
}

const basicNames: Readonly<Record<number, string>> = Object.fromEntries(
  Object.entries(kind).map(([name, number]) => [number, name]),
);
