/**
 * A script's declarations in one world: its functions in the function table, its globals in the data
 * segments, its itabs in the itab table, and the pcs of its calls.
 */
import { layoutFrame, type Slot, type SlotSpec } from '../../sim/framelayout.ts';
import { linkItab } from '../../sim/iface.ts';
import { beginOpenDefers } from '../../sim/panic.ts';
import type { World } from '../../sim/runtime.ts';
import type { Runtime } from '../../sim/runtime2.ts';
import type { Frame } from '../../sim/stack.ts';
import type { Func as SimFunc } from '../../sim/symtab.ts';
import { pointerMask, type Type } from '../../sim/type.ts';
import { alignUp } from '../../sim/uintptr.ts';
import { type Codec, checkPointer } from './codec.ts';
import { ScenarioError } from './errors.ts';
import type { AnyFunc, FrameShape, Globals, Scenario } from './func.ts';
import type { ParamSpecs, ParamValues } from './params.ts';
import { CodecTable, type OnStore, splitName, TypeResolver } from './resolve.ts';
import type { Fields, GoType } from './types.ts';

/** Different operations that a function has room for, and bytes of code for each. */
const defaultCalls = 120;
const callBytes = 8;
/** Bytes of code beside them. */
const entryBytes = 64;
/** Source lines between the beginnings of two functions. */
const linesPerFunc = 100;
const defaultTemps = 4;
const tempName = '.autotmp';
const deferBitsName = '.deferBits';
const deferSlotsName = '.deferSlots';
const defersName = '.defers';
const closuresName = '.closures';
/** What no map but that of an operation names, or stack objects alone. */
const neverLive: ReadonlySet<string> = new Set([tempName, defersName]);
/** Words for the closure of a defer statement whose function has at most three words of arguments. */
const defaultClosureWords = 4;
/** Index of the pointer map in which a frame's variables are live and its temporaries are not. */
const variablesLive = 2;

const generatorFunction = Object.getPrototypeOf(function* () {
  yield;
}).constructor as new () => unknown;

/** True if calling it gives a generator. */
export function isGenerator(body: unknown): boolean {
  return body instanceof generatorFunction;
}

interface Variable {
  readonly name: string;
  readonly type: GoType<unknown>;
  readonly slot: Slot;
  readonly codec: Codec;
}

/** A function of the script in one world. */
export class LinkedFunc {
  readonly decl: AnyFunc;
  readonly func: SimFunc;
  /** Its body can block. */
  readonly blocks: boolean;
  /** A function that the compiler made around a call with arguments: recover sees through it. */
  readonly isWrapper: boolean;
  readonly params: readonly Variable[];
  /** Locals that hold more than pointers, which alone a frame's entry zeroes. */
  readonly #unzeroed: readonly Variable[];
  /** Bytes from varp down to the temporaries, and how many words they are. */
  readonly tempsOffset: number;
  readonly temps: number;
  readonly #ptrSize: number;
  readonly #memory: World['memory'];
  readonly #slots: ReadonlyMap<string, Slot>;
  readonly #view: new (
    frame: Frame,
  ) => object;
  readonly #sites = new Map<string, Map<unknown, number>>();
  readonly #tempMaps = new Map<Type, number>();
  #nextLine: number;
  /** Line and column in the source that the script has told, '' before. */
  #position = '';
  #places = 0;
  #lastOp = '';
  #lastKey: unknown;
  #lastPc = 0;
  readonly #closures = new Map<string, number>();
  #closureBytes = 0;
  /** Wrappers made in this function so far. */
  wrappers = 0;

  constructor(decl: AnyFunc, func: SimFunc, codecs: CodecTable, isWrapper: boolean) {
    this.decl = decl;
    this.func = func;
    this.blocks = isGenerator(decl.body);
    this.isWrapper = isWrapper;
    this.#ptrSize = codecs.rt.arch.ptrSize;
    this.#memory = codecs.rt.memory;
    this.#nextLine = func.line;
    this.#slots = func.layout!.slots;
    const variable = (name: string, type: GoType<unknown>): Variable => {
      const slot = this.#slots.get(name)!;
      return { name, type, slot, codec: codecs.codec(type) };
    };
    const entries = (fields: Fields) => Object.entries(fields).map(([n, t]) => variable(n, t));
    this.params = entries(decl.params);
    const locals = entries(decl.locals);
    this.#unzeroed = locals.filter(
      ({ slot: { type } }) => type.ptrBytes !== type.size || type.size !== this.#ptrSize,
    );
    this.#view = viewClass([...this.params, ...locals]);
    const temps = this.#slots.get(tempName);
    this.tempsOffset = temps === undefined ? 0 : -temps.off;
    this.temps = temps?.type.len ?? 0;
  }

  /** The variables of a new frame, all of its locals zero: the object through which the body reads and writes them. */
  enter(frame: Frame): object {
    for (const { slot } of this.#unzeroed) {
      this.#memory.clear(frame[slot.base] + slot.off, slot.type.size);
    }
    return new this.#view(frame);
  }

  /** The argument for a parameter. */
  argument(args: Readonly<Record<string, unknown>>, name: string): unknown {
    const value = args[name];
    if (value !== undefined) return value;
    throw new ScenarioError(`${this.decl.name} is called without its argument ${name}`);
  }

  /** Stores the arguments of a call in its frame. */
  storeArgs(frame: Frame, args: Readonly<Record<string, unknown>>): void {
    for (const { name, slot, codec } of this.params) {
      codec.store(frame.argp + slot.off, this.argument(args, name));
    }
  }

  /** Gives a new frame the open-coded defers that the function declares, if any. */
  beginOpenDefers(rt: Runtime, frame: Frame): void {
    const bits = this.#slots.get(deferBitsName);
    if (bits === undefined) return;
    beginOpenDefers(rt, frame, {
      deferBitsOffset: -bits.off,
      slotsOffset: -this.#slots.get(deferSlotsName)!.off,
      bodies: [],
    });
  }

  get maxOpenDefers(): number {
    return this.#slots.get(deferSlotsName)?.type.len ?? 0;
  }

  /** Distance below varp of the frame's n-th defer record; undefined where the function declares none. */
  deferRecord(n: number): number | undefined {
    const slot = this.#slots.get(defersName);
    if (slot === undefined) return undefined;
    const { len = 0, elem } = slot.type;
    if (n < len) return -slot.off - n * elem!.size;
    throw new ScenarioError(
      `${this.decl.name} declares ${len} defers with a record in its frame and defers once more: declare ` +
        'them all, or none, and they are records in the heap',
    );
  }

  /** Distance below varp of the closure for its n-th defer statement, which calls a function of that closure type. */
  closureOffset(n: number, type: Type): number {
    const key = `${n} ${type.string}`;
    const known = this.#closures.get(key);
    if (known !== undefined) return known;
    const slot = this.#slots.get(closuresName)!;
    const used = alignUp(this.#closureBytes, type.align);
    if (used + type.size > slot.type.size) {
      throw new ScenarioError(
        `${this.decl.name} has no room for what its defer statements call with: declare it with ` +
          `closureWords: ${Math.ceil((used + type.size) / this.#ptrSize)}`,
      );
    }
    this.#closureBytes = used + type.size;
    const offset = -slot.off - used;
    this.func.addStackObject(-offset, type, this.#ptrSize);
    this.#closures.set(key, offset);
    return offset;
  }

  /** The operations that follow stand on this line of the source, from this column on. */
  setPosition(line: number, column: number): void {
    const position = `@${line}:${column}`;
    if (position === this.#position) return;
    this.#position = position;
    this.#nextLine = line;
    this.#lastOp = '';
  }

  /**
   * Return pc of an operation of the body. Each kind of operation (of one type or callee) is a line of
   * its own unless the script tells lines; `temp` is the type of the value in the temporaries there.
   */
  site(op: string, key: unknown, temp?: Type): number {
    if (op === this.#lastOp && key === this.#lastKey) return this.#lastPc;
    const place = op + this.#position;
    let byKey = this.#sites.get(place);
    if (byKey === undefined) {
      byKey = new Map();
      this.#sites.set(place, byKey);
    }
    let pc = byKey.get(key);
    if (pc === undefined) {
      const map = temp === undefined ? variablesLive : this.#tempMap(temp);
      if (this.#position === '') this.#nextLine++;
      pc = this.#newSite(map);
      byKey.set(key, pc);
    }
    this.#lastOp = op;
    this.#lastKey = key;
    this.#lastPc = pc;
    return pc;
  }

  #newSite(map: number): number {
    const { name, frame } = this.decl;
    const { calls = defaultCalls } = frame;
    if (++this.#places > calls) {
      throw new ScenarioError(
        `${name} does more than ${calls} different operations, the types that they are for counted: ` +
          `declare it with calls: ${calls * 4}`,
      );
    }
    return this.func.callSite(this.#nextLine, map, this.#places);
  }

  /** Index of the map in which the temporaries hold a value of the type. */
  #tempMap(type: Type): number {
    let index = this.#tempMaps.get(type);
    if (index === undefined) {
      const ptrSize = this.#ptrSize;
      const mask = pointerMask(type, ptrSize);
      const words: number[] = [];
      for (let i = 0; i * ptrSize < type.ptrBytes; i++) {
        if ((mask[i >> 3]! >> (i & 7)) & 1) words.push(this.tempsOffset / ptrSize - i);
      }
      index = this.func.addStackMap(variablesLive, words);
      this.#tempMaps.set(type, index);
    }
    return index;
  }
}

/** A class with an accessor for each variable of a frame. */
function viewClass(variables: readonly Variable[]): new (frame: Frame) => object {
  class View {
    readonly frame: Frame;
    constructor(frame: Frame) {
      this.frame = frame;
    }
  }
  for (const { name, slot, codec } of variables) {
    const { get, set } =
      slot.base === 'varp' ? localAccess(slot.off, codec) : paramAccess(slot.off, codec);
    Object.defineProperty(View.prototype, name, { enumerable: true, get, set });
  }
  return View;
}

interface FrameView {
  readonly frame: Frame;
}

interface Access {
  get(this: FrameView): unknown;
  set(this: FrameView, value: unknown): void;
}

function localAccess(off: number, codec: Codec): Access {
  const { pointerIn: memory } = codec;
  if (memory !== undefined) {
    return {
      get() {
        return memory.readUintptr(this.frame.varp + off);
      },
      set(value) {
        memory.writeUintptr(this.frame.varp + off, checkPointer(value));
      },
    };
  }
  return {
    get() {
      return codec.load(this.frame.varp + off);
    },
    set(value) {
      codec.store(this.frame.varp + off, value);
    },
  };
}

function paramAccess(off: number, codec: Codec): Access {
  return {
    get() {
      return codec.load(this.frame.argp + off);
    },
    set(value) {
      codec.store(this.frame.argp + off, value);
    },
  };
}

/** A script linked into a world. */
export class Program {
  readonly world: World;
  readonly resolver: TypeResolver;
  /** Codecs of values in the heap and the globals, and of values in frames. */
  readonly heap: CodecTable;
  readonly stack: CodecTable;
  readonly #funcs = new Map<AnyFunc, LinkedFunc>();
  readonly #bySimFunc = new Map<SimFunc, LinkedFunc>();
  readonly #globals = new Map<Globals, object>();
  #nextLine = 10;

  constructor(
    world: World,
    scenario: Scenario,
    params: ParamValues<ParamSpecs>,
    onStore?: OnStore,
  ) {
    this.world = world;
    this.resolver = new TypeResolver(world);
    const { gc } = world;
    this.heap = new CodecTable(this.resolver, (p, v) => gc.writePointer(world, p, v), onStore);
    this.stack = new CodecTable(this.resolver, undefined, onStore);
    for (const vars of scenario.globals) this.#declare(vars);
    for (const [iface, concrete] of scenario.itabs(params)) {
      linkItab(world, this.resolver.type(iface), this.resolver.type(concrete));
    }
    for (const decl of scenario.funcs) this.linked(decl);
  }

  #declare(vars: Globals): void {
    const { firstmoduledata: md } = this.world;
    for (const [name, t] of Object.entries(vars.fields)) {
      const type = this.resolver.type(t);
      md.addGlobal(`${vars.pkg}.${name}`, type, type.ptrBytes > 0 ? 'bss' : 'noptrbss');
    }
  }

  /** The object through which a script reads and writes its globals. Linked programs only. */
  globals(vars: Globals): object {
    let view = this.#globals.get(vars);
    if (view !== undefined) return view;
    const { firstmoduledata: md } = this.world;
    view = {};
    for (const [name, t] of Object.entries(vars.fields)) {
      if (!md.hasGlobal(`${vars.pkg}.${name}`)) {
        throw new ScenarioError(`variable ${name} is not in the scenario's globals`);
      }
      const addr = md.addressOf(`${vars.pkg}.${name}`);
      const codec = this.heap.codec(t);
      Object.defineProperty(view, name, {
        enumerable: true,
        get: () => codec.load(addr),
        set: (value: unknown) => codec.store(addr, value),
      });
    }
    this.#globals.set(vars, view);
    return view;
  }

  /** The function of the table for a declaration, added when it is first asked for. */
  linked(decl: AnyFunc, isWrapper = false): LinkedFunc {
    let linked = this.#funcs.get(decl);
    if (linked === undefined) {
      linked = this.#link(decl, isWrapper);
      this.#funcs.set(decl, linked);
      this.#bySimFunc.set(linked.func, linked);
    }
    return linked;
  }

  /** The script's function of a frame's, undefined for one of the runtime. */
  of(func: SimFunc): LinkedFunc | undefined {
    return this.#bySimFunc.get(func);
  }

  #link(decl: AnyFunc, isWrapper: boolean): LinkedFunc {
    const { world, resolver } = this;
    const slots = (fields: Fields): SlotSpec[] =>
      Object.entries(fields).map(([name, t]) => ({ name, type: resolver.type(t) }));
    const params = slots(decl.params);
    const locals = slots(decl.locals);
    const hidden = hiddenLocals(world, decl.frame, isGenerator(decl.body));
    const live = [...params, ...locals, ...hidden.filter(({ name }) => !neverLive.has(name))];
    const { openDefers = 0, stackDefers = 0, outArgs } = decl.frame;
    const layout = layoutFrame(world.arch, {
      ...(outArgs !== undefined && { outArgs: outArgs * world.arch.ptrSize }),
      params,
      locals: [...locals, ...hidden],
      liveness: [live.map((s) => s.name)],
    });
    const func = world.symtab.addFunc({
      name: decl.name,
      file: sourceFile(decl.name),
      line: this.#nextLine,
      size: entryBytes + callBytes * (decl.frame.calls ?? defaultCalls),
      layout,
      deferreturn: openDefers + stackDefers > 0,
    });
    this.#nextLine += linesPerFunc;
    return new LinkedFunc(decl, func, this.stack, isWrapper);
  }
}

/** Locals that the compiler adds. */
function hiddenLocals(world: World, frame: FrameShape, blocks: boolean): SlotSpec[] {
  const { types } = world;
  const { openDefers = 0, stackDefers = 0, temps = defaultTemps } = frame;
  if (openDefers > 8) throw new ScenarioError('a function has at most 8 open-coded defers');
  if (openDefers > 0 && stackDefers > 0) {
    throw new ScenarioError('the compiler open-codes all defers of a function, or none');
  }
  const locals: SlotSpec[] = [];
  if (blocks && temps > 0) {
    locals.push({ name: tempName, type: types.arrayOf(temps, types.unsafePointer) });
  }
  if (openDefers + stackDefers > 0) {
    const { closureWords = (openDefers + stackDefers) * defaultClosureWords } = frame;
    locals.push({ name: closuresName, type: types.arrayOf(closureWords, types.uintptr) });
  }
  if (stackDefers > 0) {
    const record = world.sched.structs.get('_defer').type;
    locals.push({ name: defersName, type: types.arrayOf(stackDefers, record), addrTaken: true });
  }
  if (openDefers > 0) {
    const closures = types.arrayOf(openDefers, types.unsafePointer);
    locals.push({ name: deferBitsName, type: types.uint8 });
    locals.push({ name: deferSlotsName, type: closures, addrTaken: true });
  }
  return locals;
}

/** The source file of a function: `main.go`, `shop/order/order.go`. */
function sourceFile(name: string): string {
  const { pkgPath } = splitName(name);
  if (pkgPath === 'main') return 'main.go';
  return `${pkgPath}/${pkgPath.slice(pkgPath.lastIndexOf('/') + 1)}.go`;
}
