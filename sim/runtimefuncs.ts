/**
 * Go's own functions as far as their frames show on a stopped stack: sizes, pointer maps and call
 * sites of real go1.22.12 (runtimefuncs-table.ts), and calling them on a simulated stack.
 *
 * @go runtime/symtab.go
 */
import type { Arch, GoArch } from './arch.ts';
import type { Runtime } from './runtime2.ts';
import { runtimeFuncTable } from './runtimefuncs-table.ts';
import { type Frame, popFrame, pushFrame } from './stack.ts';
import {
  type Func,
  type Funcval,
  type SourcePosition,
  type Stackmap,
  type Symtab,
  stackmapOf,
} from './symtab.ts';

/**
 * A place in a function where it calls `callee`, or leaves its stack for the scheduler's ('stop').
 * Where it calls the same function in several places, the others are `callee#place`.
 */
export interface RuntimeCallSite extends SourcePosition {
  readonly callee: string;
  /** Where the inlined function that makes the call is called, and so on outwards. */
  readonly inlinedAt: readonly SourcePosition[];
  /** Live pointers there, one character a word; undefined where the function has no such map. */
  readonly locals: string | undefined;
  readonly args: string | undefined;
}

/** One line of the table. */
export interface RuntimeFuncSpec {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  /** Bytes of code, of arguments, of the frame. */
  readonly size: number;
  readonly args: number;
  readonly frame: number;
  readonly deferreturn: number;
  readonly locals0: string | undefined;
  readonly args0: string | undefined;
  readonly objects: readonly {
    readonly off: number;
    readonly size: number;
    readonly ptrdata: number;
    readonly gcdata: Uint8Array;
  }[];
  readonly sites: readonly RuntimeCallSite[];
}

/** Functions of the table that check no stack. */
const nosplit: ReadonlySet<string> = new Set([
  'runtime.chanrecv1',
  'runtime.chanrecv2',
  'runtime.chansend1',
  'runtime.goexit',
  'runtime.systemstack_switch',
  'syscall.Syscall',
  'syscall.RawSyscall6',
]);

function bits(text: string): string | undefined {
  return text === '-' ? undefined : text;
}

function hexBytes(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) =>
    Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16),
  );
}

function parseObjects(text: string): RuntimeFuncSpec['objects'] {
  if (text === '-') return [];
  return text.split(',').map((object) => {
    const [, off, size, ptrdata, mask] = /^(-?\d+)\+(\d+)\/(-?\d+):(.*)$/.exec(object)!;
    const gcdata = hexBytes(mask!);
    return { off: Number(off), size: Number(size), ptrdata: Math.max(Number(ptrdata), 0), gcdata };
  });
}

function parsePosition(text: string): SourcePosition {
  const [, off, line, after, file] = /^(\d+):(-?\d+)(?:\/(-?\d+))?(?:~(.*))?$/.exec(text)!;
  return { off: Number(off), line: Number(line), after: Number(after ?? line), file };
}

function parseSite(text: string): RuntimeCallSite {
  const at = text.lastIndexOf('@');
  const [place, locals, args] = text.slice(at + 1).split(',');
  const [call, ...inlinedAt] = place!.split('^').map(parsePosition);
  return {
    callee: text.slice(0, at),
    ...call!,
    inlinedAt,
    locals: bits(locals!),
    args: bits(args!),
  };
}

function parseRuntimeFunc(line: string): RuntimeFuncSpec {
  const [name, place, size, args, frame, deferreturn, maps0, objects, ...sites] = line.split(' ');
  const colon = place!.lastIndexOf(':');
  const [locals0, args0] = maps0!.split(',');
  return {
    name: name!,
    file: place!.slice(0, colon),
    line: Number(place!.slice(colon + 1)),
    size: Number(size),
    args: Number(args),
    frame: Number(frame),
    deferreturn: Number(deferreturn),
    locals0: bits(locals0!),
    args0: bits(args0!),
    objects: parseObjects(objects!),
    sites: sites.map(parseSite),
  };
}

/** The table of a GOARCH. */
export function runtimeFuncSpecs(goarch: GoArch): RuntimeFuncSpec[] {
  return runtimeFuncTable[goarch].trim().split('\n').map(parseRuntimeFunc);
}

/** A function with the return pc of each of its known calls. */
export interface RuntimeFunc {
  readonly spec: RuntimeFuncSpec;
  readonly func: Func;
  readonly sites: ReadonlyMap<string, number>;
}

/** Maps of all indices: 0 is the entry's, then one for each call with others. */
function mapsOf(spec: RuntimeFuncSpec): {
  locals: Stackmap | undefined;
  args: Stackmap | undefined;
  index: ReadonlyMap<RuntimeCallSite, number>;
} {
  const locals = [spec.locals0];
  const args = [spec.args0];
  const index = new Map<RuntimeCallSite, number>();
  for (const site of spec.sites) {
    let i = locals.findIndex((l, k) => l === site.locals && args[k] === site.args);
    if (i < 0) {
      i = locals.length;
      locals.push(site.locals);
      args.push(site.args);
    }
    index.set(site, i);
  }
  const stackmap = (maps: (string | undefined)[]): Stackmap | undefined =>
    maps[0] === undefined ? undefined : stackmapOf(maps.map((m) => m ?? ''));
  return { locals: stackmap(locals), args: stackmap(args), index };
}

/** Adds one function of the table to a function table. */
function addRuntimeFunc(symtab: Symtab, spec: RuntimeFuncSpec): RuntimeFunc {
  const { locals, args, index } = mapsOf(spec);
  const func = symtab.addFunc({
    name: spec.name,
    file: spec.file,
    line: spec.line,
    size: spec.size,
    nosplit: nosplit.has(spec.name),
    frameSize: spec.frame,
    argsSize: Math.max(spec.args, 0),
    locals,
    args,
    stackObjects: spec.objects,
    deferreturn: spec.deferreturn,
    sites: spec.sites
      .filter((site) => site.off > 0)
      .map((site) => ({ ...site, stackMapIndex: index.get(site)! })),
  });
  const sites = new Map(spec.sites.map((site) => [site.callee, func.entry + site.off]));
  return { spec, func, sites };
}

/** Adds all functions of the table, in the order of their names. Do so once for each world. */
export function addRuntimeFuncs(arch: Arch, symtab: Symtab): RuntimeFuncs {
  const funcs = new RuntimeFuncs(symtab);
  for (const spec of runtimeFuncSpecs(arch.goarch)) funcs.add(addRuntimeFunc(symtab, spec));
  return funcs;
}

/** Go's own functions in a world's function table. */
export class RuntimeFuncs {
  readonly #byName = new Map<string, RuntimeFunc>();
  readonly #byFunc = new Map<Func, RuntimeFunc>();
  readonly #symtab: Symtab;

  constructor(symtab: Symtab) {
    this.#symtab = symtab;
  }

  /** The function value of a function of the table. */
  funcval(name: string): Funcval {
    return this.#symtab.funcval(this.get(name).func);
  }

  add(f: RuntimeFunc): void {
    this.#byName.set(f.spec.name, f);
    this.#byFunc.set(f.func, f);
  }

  /** The function of a name, which must be in the table. */
  get(name: string): RuntimeFunc {
    const f = this.#byName.get(name);
    if (f === undefined) throw new RangeError(`${name} is not among the runtime's functions`);
    return f;
  }

  has(name: string): boolean {
    return this.#byName.has(name);
  }

  of(fn: Func): RuntimeFunc | undefined {
    return this.#byFunc.get(fn);
  }

  /** Return pc of the call of `callee` in `fn`; 'main' stands for any function of the program. */
  site(fn: Func, callee: string): number | undefined {
    const sites = this.#byFunc.get(fn)?.sites;
    return sites?.get(callee);
  }
}

/**
 * Where the youngest frame of the running goroutine goes on after calling `callee`: a known site where
 * that frame is a function of the runtime ('main' for a function of the program), else the pc that the
 * program set.
 */
function returnPcOf(rt: Runtime, callee: string): number {
  const gp = rt.m.curg!;
  const top = gp.frame;
  return (top === null ? undefined : rt.sched.funcs.site(top.fn, callee)) ?? gp.sched.pc;
}

/**
 * Calls the function of that name on the running goroutine, from the call site `site` of the running function.
 * `args` are the words of its arguments, as far as they show in a dump.
 */
export function enter(rt: Runtime, name: string, site = name, args: readonly number[] = []): Frame {
  const frame = pushFrame(rt, rt.sched.funcs.get(name).func, returnPcOf(rt, site));
  setArgs(rt, frame, args);
  return frame;
}

/** Writes words of a call's arguments: those that point into the stack once the call has made it grow. */
export function setArgs(rt: Runtime, { argp }: Frame, args: readonly number[]): void {
  for (const [i, arg] of args.entries()) rt.memory.writeUintptr(argp + i * rt.arch.ptrSize, arg);
}

/** Returns from a function that {@link enter} called. */
export function leave(rt: Runtime, frame: Frame): void {
  popFrame(rt, frame);
}

/**
 * Runs what a function of the runtime does in its frame, called from the call site `site`; without a
 * frame where nothing runs that has a stack.
 */
export function inFrame<T>(rt: Runtime, name: string, run: () => T, site = name): T {
  const { m, sched } = rt;
  if (m.g0frames.length > 0) return onSystemStack(rt, [name], run, site);
  if (m.curg === null || m.curg.frame === null || !sched.funcs.has(name)) return run();
  const frame = enter(rt, name, site);
  const result = run();
  leave(rt, frame);
  return result;
}

/**
 * Runs something on the stack of the running m's g0, in the last of the functions of `path`, each of which
 * calls the next; the first switches to that stack, unless something runs there already.
 */
export function onSystemStack<T>(
  rt: Runtime,
  path: readonly string[],
  run: () => T,
  site = path[0]!,
): T {
  const { g0frames } = rt.m;
  const depth = g0frames.length;
  for (const [i, name] of path.entries()) {
    atCall(rt, i === 0 ? site : name);
    const { func } = rt.sched.funcs.get(name);
    g0frames.push({ fn: func, pc: func.entry + rt.arch.pcQuantum });
  }
  const result = run();
  g0frames.length = depth;
  return result;
}

/** The youngest function, of g0's stack if anything runs there, is at its call of `callee`. */
export function atCall(rt: Runtime, callee: string): void {
  const { m, sched } = rt;
  const top = m.g0frames.at(-1);
  if (top !== undefined) {
    top.pc = sched.funcs.site(top.fn, callee) ?? sched.funcs.site(top.fn, '*') ?? top.pc;
  } else if (m.curg !== null && m.curg.frame !== null) {
    m.curg.sched.pc = returnPcOf(rt, callee);
  }
}

/**
 * Calls a function of the program: from the call site `returnPc` in the running one, or where that is
 * a function of the runtime (gopanic calling a deferred function), from its own.
 */
export function call(rt: Runtime, fn: Func, returnPc?: number): Frame {
  return pushFrame(rt, fn, returnPc ?? returnPcOf(rt, 'main'));
}

/** Distances below varp, in words, of the locals that are live where a function of the runtime calls `callee`; ascending addresses. */
export function liveWords(rt: Runtime, fn: Func, callee: string): number[] {
  const pc = rt.sched.funcs.site(fn, callee);
  if (pc === undefined || fn.locals === undefined || fn.locals.n <= 0) return [];
  const { n, bytedata } = fn.locals.bitmap(fn.stackMapIndex(pc - 1));
  const words: number[] = [];
  for (let i = 0; i < n; i++) {
    if (((bytedata[i >> 3]! >> (i & 7)) & 1) !== 0) words.push(n - i);
  }
  return words;
}

/** Stores pointers in these locals. A place on the running stack moves with it. */
export function holdInFrame(
  rt: Runtime,
  { fn, varp }: Frame,
  callee: string,
  pointers: readonly number[],
): void {
  const words = liveWords(rt, fn, callee);
  for (const [i, word] of words.slice(0, pointers.length).entries()) {
    rt.memory.writeUintptr(varp - word * rt.arch.ptrSize, pointers[i]!);
  }
}
