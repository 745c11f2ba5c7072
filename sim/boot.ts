/**
 * From an empty heap to main.main: what rt0_go, schedinit, runtime.main and the initialisers of the
 * packages that every dumping program links (runtime/debug imports fmt, os and unicode) allocate and
 * start, step by step and in order, on any GOARCH.
 *
 * The order and the sizes were recorded on go1.22.12 programs, run with GOMAXPROCS=1 as their whole
 * environment: test/goldens/boot, whose script makes the recordings.
 *
 * @go runtime/proc.go schedinit, main; runtime/asm_*.s rt0_go
 */
import { chanrecv, chansend, makechan } from './chan.ts';
import type { GoArch } from './arch.ts';
import { itabsinit } from './iface.ts';
import { mallocgc, mallocinit, newarray, newobject } from './malloc.ts';
import { allocmcache } from './mcache.ts';
import { PageCache } from './mpagecache.ts';
import { gopark, malg, newproc, runUntil, schedule } from './proc.ts';
import { G, Grunning, M, P, type Runtime } from './runtime2.ts';
import { enter, leave } from './runtimefuncs.ts';
import { growslice } from './slice.ts';
import { stackalloc } from './stack.ts';
import { gostringn } from './string.ts';
import { bgscavenge, bgsweep, forcegchelper } from './sysgoroutines.ts';
import type { FieldSpec, Type } from './type.ts';

/** What the program is given by the system. */
export interface Environment {
  /** argv. The bytes are on the initial stack; only the slice of strings is in the heap. */
  readonly args: readonly string[];
  /** `NAME=value` each; copied to the heap. */
  readonly envs: readonly string[];
}

/** Variables of the runtime and the standard library that keep boot objects alive. */
const bootGlobals = {
  'internal/cpu.options': 3,
  'runtime.modulesSlice': 1,
  'runtime.argslice': 3,
  'runtime.envs': 3,
  'runtime.godebugEnv': 1,
  'runtime.allp': 3,
  'runtime.idlepMask': 3,
  'runtime.timerpMask': 3,
  'runtime.stealOrder': 3,
  'runtime.allm': 1,
  'runtime.gcrash': 1,
  'runtime.main_init_done': 1,
  'runtime.scavenger': 1,
  'sync.expunged': 1,
  'syscall.envs': 3,
  'syscall.mapper': 1,
  'syscall.origRlimitNofile': 1,
  'os.Stdin': 1,
  'os.Stdout': 1,
  'os.Stderr': 1,
  'os.Args': 3,
  'unicode.FoldCategory': 1,
  'unicode.FoldScript': 1,
} as const;

type BootGlobal = keyof typeof bootGlobals;

/** Declares the variables that {@link boot} fills, before the module's segments are laid out. */
export function declareBootGlobals(rt: Runtime): void {
  const { types, firstmoduledata } = rt;
  for (const [name, words] of Object.entries(bootGlobals)) {
    const type = words === 3 ? types.sliceOf(types.uint8) : types.unsafePointer;
    firstmoduledata.addGlobal(name, type, 'bss');
  }
}

/** Lengths of internal/cpu.options: the literal, then as appends lengthen it. @go internal/cpu/cpu_*.go doinit */
const cpuOptions: Partial<Record<GoArch, readonly [literal: number, ...appended: number[]]>> = {
  amd64: [6, 11, 16, 19],
  386: [6, 11, 16, 19],
  arm: [3],
  arm64: [9],
  mips64: [1],
  mips64le: [1],
  ppc64: [3],
  ppc64le: [3],
  s390x: [10],
};

/** Everything before the first goroutine runs. @go runtime/proc.go schedinit */
export function schedinit(rt: Runtime, env: Environment): void {
  const { types } = rt;
  mallocinit(rt);
  cpuinit(rt);
  const m0 = rt.m;
  mcommoninit(rt, m0);
  modulesinit(rt);
  itabsinit(rt);
  storeSlice(rt, 'runtime.argslice', newarray(rt, types.string, env.args.length), env.args.length);
  goenvs(rt, env.envs);
  store(rt, 'runtime.godebugEnv', newobject(rt, types.string));
  rt.gcController.init(rt.gogc, rt.memoryLimit);
  stackalloc(rt, 16384);
  procresize(rt);
}

function store(rt: Runtime, name: BootGlobal, value: number, word = 0): void {
  const slot = rt.firstmoduledata.addressOf(name) + word * rt.arch.ptrSize;
  rt.memory.writeUintptr(slot, value);
}

function storeSlice(rt: Runtime, name: BootGlobal, array: number, len: number, cap = len): void {
  store(rt, name, array);
  store(rt, name, len, 1);
  store(rt, name, cap, 2);
}

/** internal/cpu.Initialize's table of the options that GODEBUG=cpu.* can turn off. */
function cpuinit(rt: Runtime): void {
  const lengths = cpuOptions[rt.arch.goarch];
  if (lengths === undefined) return;
  const { types } = rt;
  const fields: FieldSpec[] = [
    { name: 'Name', type: types.string },
    { name: 'Feature', type: types.ptrTo(types.bool) },
    { name: 'Specified', type: types.bool },
    { name: 'Enable', type: types.bool },
  ];
  const option = types.named('internal/cpu', 'option', types.structOf(fields));
  const [literal, ...appended] = lengths;
  let s = { array: newobject(rt, types.arrayOf(literal, option)), len: literal, cap: literal };
  for (const len of appended) {
    s = len <= s.cap ? { ...s, len } : growslice(rt, s.array, len, s.cap, len - s.len, option);
  }
  storeSlice(rt, 'internal/cpu.options', s.array, s.len, s.cap);
}

/** The signal stack of a new M, and its place in allm. @go runtime/proc.go mcommoninit, runtime/os_linux.go mpreinit */
function mcommoninit(rt: Runtime, mp: M): void {
  mp.id = rt.sched.mnext++;
  mp.procid = firstThreadId + mp.id;
  mp.gsignal = malg(rt, 32 * 1024);
  mp.gsignal.m = mp;
  const { off } = rt.sched.structs.get('m');
  rt.memory.writeUintptr(mp.addr + off.gsignal!, mp.gsignal.addr);
  rt.memory.writeUintptr(mp.addr + off.alllink!, rt.allm?.addr ?? 0);
  mp.alllink = rt.allm;
  rt.allm = mp;
  store(rt, 'runtime.allm', mp.addr);
}

/** Thread id of m0. The kernel gives any; the model counts from here. */
const firstThreadId = 1000;

/** A new thread with its g0, idle. @go runtime/proc.go newm, allocm */
export function newm(rt: Runtime): M {
  const struct = rt.sched.structs.get('m');
  const mp = new M(newobject(rt, struct.type), 0);
  mcommoninit(rt, mp);
  mp.g0 = malg(rt, 16384);
  mp.g0.m = mp;
  rt.memory.writeUintptr(mp.addr + struct.off.g0!, mp.g0.addr);
  return mp;
}

/** The list of modules: one, whose descriptor is not in the heap. @go runtime/symtab.go modulesinit */
function modulesinit(rt: Runtime): void {
  const { types } = rt;
  const modules = newobject(rt, types.sliceOf(types.uint8));
  const array = growslice(rt, 0, 1, 0, 1, types.uintptr);
  rt.memory.writeUintptr(modules, array.array);
  rt.memory.writeUintptr(modules + rt.arch.ptrSize, 1);
  rt.memory.writeUintptr(modules + 2 * rt.arch.ptrSize, array.cap);
  store(rt, 'runtime.modulesSlice', modules);
}

function goenvs(rt: Runtime, envs: readonly string[]): void {
  const { types, memory } = rt;
  const { ptrSize } = rt.arch;
  const array = newarray(rt, types.string, envs.length);
  storeSlice(rt, 'runtime.envs', array, envs.length);
  envs.forEach((text, i) => {
    const s = gostringn(rt, new TextEncoder().encode(text));
    memory.writeUintptr(array + 2 * i * ptrSize, s.data);
    memory.writeUintptr(array + (2 * i + 1) * ptrSize, s.len);
  });
}

/** Ps and their caches; the first takes over m0's mcache. @go runtime/proc.go procresize */
function procresize(rt: Runtime): void {
  const { types, memory } = rt;
  const n = rt.gomaxprocs;
  const struct = rt.sched.structs.get('p');
  const allp = newarray(rt, types.ptrTo(struct.type), n);
  storeSlice(rt, 'runtime.allp', allp, n);
  const maskWords = Math.ceil(n / 32);
  for (const name of ['runtime.idlepMask', 'runtime.timerpMask'] as const) {
    storeSlice(rt, name, mallocgc(rt, 4 * maskWords, null, true), maskWords);
  }
  for (let id = 0; id < n; id++) {
    const pp = new P(newobject(rt, struct.type), id);
    pp.mcache = id === 0 ? rt.mcache0 : allocmcache(rt);
    pp.pcache = new PageCache();
    memory.writeUintptr(allp + id * rt.arch.ptrSize, pp.addr);
    rt.allp.push(pp);
  }
  const p0 = rt.allp[0]!;
  rt.mcache0 = null;
  rt.m.p = p0;
  p0.m = rt.m;
  p0.status = 1;
  stealOrder(rt, n);
}

/** The numbers below n that are prime to it, by which a P steps through the others. @go runtime/proc.go (*randomOrder).reset */
function stealOrder(rt: Runtime, n: number): void {
  let s = { array: 0, len: 0, cap: 0 };
  for (let i = 1; i <= n; i++) {
    if (gcd(i, n) !== 1) continue;
    const len = s.len + 1;
    s = len <= s.cap ? { ...s, len } : growslice(rt, s.array, len, s.cap, 1, rt.types.uint32);
    rt.memory.writeUint32(s.array + 4 * (len - 1), i);
  }
  storeSlice(rt, 'runtime.stealOrder', s.array, s.len, s.cap);
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

/** A generator that runs as a goroutine's body. */
type Body = () => Generator<void, void, void>;

/**
 * Starts the main goroutine and runs the world up to the point where main.main is about to be called;
 * from there `mainMain` runs, when the world is next scheduled.
 */
export function bootMain(rt: Runtime, mainMain: Body): void {
  const { funcs } = rt.sched;
  let reachedMain = false;
  const atMain = () => {
    reachedMain = true;
  };
  const body = () => runtimeMain(rt, mainMain, atMain);
  newproc(rt, funcs.funcval('runtime.main'), body, funcs.get('runtime.rt0_go').func.entry + 1);
  schedule(rt);
  newm(rt);
  runUntil(rt, () => reachedMain);
}

/** @go runtime/proc.go main */
function* runtimeMain(rt: Runtime, mainMain: Body, atMain: () => void): Generator<void, void, void> {
  const { funcs } = rt.sched;
  rt.stackpool.maxstacksize = rt.arch.ptrSize === 8 ? 1_000_000_000 : 250_000_000;
  newm(rt);
  newproc(rt, funcs.funcval('runtime.forcegchelper'), () => forcegchelper(rt), mainPc(rt));
  yield* gcenable(rt);
  store(rt, 'runtime.main_init_done', makechan(rt, rt.types.bool, 0));
  doInit(rt);
  atMain();
  yield;
  yield* mainMain();
}

function mainPc(rt: Runtime): number {
  return rt.m.curg!.sched.pc;
}

/** Starts the background sweeper and scavenger and waits until both run. @go runtime/mgc.go gcenable */
function* gcenable(rt: Runtime): Generator<void, void, void> {
  const { funcs } = rt.sched;
  const { types } = rt;
  const own = enter(rt, 'runtime.gcenable');
  const c = makechan(rt, types.int, 2);
  const closure = types.structOf([
    { name: 'F', type: types.uintptr },
    { name: 'X0', type: types.chanOf(types.int) },
  ]);
  const start = (name: string, body: Body) => {
    const fn = funcs.funcval(name);
    const addr = newobject(rt, closure);
    rt.memory.writeUintptr(addr, fn.fn);
    rt.memory.writeUintptr(addr + rt.arch.ptrSize, c);
    newproc(rt, { addr, fn: fn.fn }, body, mainPc(rt));
  };
  start('runtime.gcenable.gowrap1', () => bgsweep(rt, c));
  start('runtime.gcenable.gowrap2', () => bgscavenge(rt, c));
  yield* chanrecv(rt, c, 0);
  yield* chanrecv(rt, c, 0);
  rt.memstats.enablegc = true;
  leave(rt, own);
}

/** Initialisers of the packages under runtime/debug that allocate: sync, syscall, os, unicode. */
function doInit(rt: Runtime): void {
  const { types, memory, mfinal } = rt;
  const { ptrSize } = rt.arch;
  const word = (name: BootGlobal) => memory.readUintptr(rt.firstmoduledata.addressOf(name));
  const copyStrings = (from: BootGlobal, to: BootGlobal) => {
    const len = memory.readUintptr(rt.firstmoduledata.addressOf(from) + ptrSize);
    const s = growslice(rt, 0, len, 0, len, types.string);
    memory.copy(s.array, word(from), len * 2 * ptrSize);
    storeSlice(rt, to, s.array, len, s.cap);
  };
  store(rt, 'sync.expunged', newobject(rt, types.interfaceOf([])));
  copyStrings('runtime.envs', 'syscall.envs');
  const hmap = rt.sched.structs.get('hmap').type;
  store(rt, 'syscall.mapper', newobject(rt, hmap));
  const rlimit = types.structOf([
    { name: 'Cur', type: types.uint64 },
    { name: 'Max', type: types.uint64 },
  ]);
  store(rt, 'syscall.origRlimitNofile', newobject(rt, rlimit));
  const file = osFile(rt);
  for (const [fd, name] of (['os.Stdin', 'os.Stdout', 'os.Stderr'] as const).entries()) {
    const f = newobject(rt, file.File);
    const inner = newobject(rt, file.file);
    store(rt, name, f);
    rt.gc.writePointer(rt, f, inner);
    memory.writeUintptr(inner + file.sysfd, fd);
    mfinal.setFinalizer(rt, inner, types.ptrTo(file.file), file.close, file.closeType);
  }
  copyStrings('runtime.argslice', 'os.Args');
  const bucket = types.mapOf(types.string, types.ptrTo(types.named('unicode', 'RangeTable', types.structOf([])))).map!.bucket;
  for (const name of ['unicode.FoldCategory', 'unicode.FoldScript'] as const) {
    const h = newobject(rt, hmap);
    store(rt, name, h);
    const b = newobject(rt, bucket);
    rt.gc.writePointer(rt, h + rt.sched.structs.get('hmap').off.buckets!, b);
    memory.writeUintptr(h, 1);
  }
}

/** os.File, a pointer to os.file, and its finalizer (*file).close. @go os/file_unix.go newFile */
function osFile(rt: Runtime) {
  const { types } = rt;
  const fdMutex: Type = types.structOf([
    { name: 'state', type: types.uint64 },
    { name: 'rsema', type: types.uint32 },
    { name: 'wsema', type: types.uint32 },
  ]);
  const sysFile = types.structOf([{ name: 'iovecs', type: types.unsafePointer }]);
  const pfd = types.structOf([
    { name: 'fdmu', type: fdMutex },
    { name: 'Sysfd', type: types.int },
    { name: 'SysFile', type: sysFile },
    { name: 'pd', type: types.uintptr },
    { name: 'csema', type: types.uint32 },
    { name: 'isBlocking', type: types.uint32 },
    { name: 'IsStream', type: types.bool },
    { name: 'ZeroReadIsEOF', type: types.bool },
    { name: 'isFile', type: types.bool },
  ]);
  const file = types.named('os', 'file', types.structOf([
    { name: 'pfd', type: pfd },
    { name: 'name', type: types.string },
    { name: 'dirinfo', type: types.unsafePointer },
    { name: 'nonblock', type: types.bool },
    { name: 'stdoutOrErr', type: types.bool },
    { name: 'appendMode', type: types.bool },
  ]));
  const File = types.named('os', 'File', types.structOf([{ name: 'file', type: types.ptrTo(file), embedded: true }]));
  const error = types.named('', 'error', types.interfaceOf([{ name: 'Error', type: types.funcOf([], [types.string]) }]));
  return {
    File,
    file,
    sysfd: fdMutex.size,
    close: rt.sched.funcs.funcval('os.(*file).close'),
    closeType: types.funcOf([types.ptrTo(file)], [error]),
  };
}
