/**
 * What package initialisers allocate before main.main: those of the packages that every program with
 * debug.WriteHeapDump links, which imports fmt, os and unicode through runtime/debug.
 *
 * Recorded on go1.22.12 (test/goldens/boot).
 *
 * @go internal/cpu/cpu.go, sync/map.go, syscall/rlimit.go, os/file.go, os/proc.go, unicode/tables.go
 */
import type { GoArch } from './arch.ts';
import { linkItab } from './iface.ts';
import { newobject } from './malloc.ts';
import type { Runtime } from './runtime2.ts';
import { growslice } from './slice.ts';
import { needStack } from './stack.ts';
import type { FieldSpec, Type } from './type.ts';

/** Words of the variables that keep what is allocated before main.main alive. */
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
  'runtime.main_init_done': 1,
  'runtime.scavenger': 1,
  'sync.expunged': 1,
  'syscall.envs': 3,
  'syscall.mapper': 1,
  'os.Stdin': 1,
  'os.Stdout': 1,
  'os.Stderr': 1,
  'os.Args': 3,
  'unicode.FoldCategory': 1,
  'unicode.FoldScript': 1,
} as const;

export type BootGlobal = keyof typeof bootGlobals;

/** Declares those variables, before the program is linked. */
export function declareBootGlobals(rt: Runtime): void {
  const { types, firstmoduledata } = rt;
  for (const [name, words] of Object.entries(bootGlobals)) {
    const type = words === 3 ? types.sliceOf(types.uint8) : types.unsafePointer;
    firstmoduledata.addGlobal(name, type, 'bss');
  }
}

/** Stores a word of one of the variables. */
export function store(rt: Runtime, name: BootGlobal, value: number, word = 0): void {
  const slot = rt.firstmoduledata.addressOf(name) + word * rt.arch.ptrSize;
  rt.memory.writeUintptr(slot, value);
}

export function storeSlice(
  rt: Runtime,
  name: BootGlobal,
  array: number,
  len: number,
  cap = len,
): void {
  store(rt, name, array);
  store(rt, name, len, 1);
  store(rt, name, cap, 2);
}

/** Lengths of internal/cpu.options: of the literal, then as appends lengthen it. @go internal/cpu/cpu_*.go doinit */
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

/** The table of the options that GODEBUG=cpu.* can turn off. @go internal/cpu/cpu.go Initialize */
export function cpuinit(rt: Runtime): void {
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

/** Where the initialisers' calls outgrow the main goroutine's first stack. */
const deepInit: Partial<Record<GoArch, 'syscall' | 'unicode'>> = {
  arm64: 'syscall',
  ppc64: 'syscall',
  ppc64le: 'syscall',
  mips64: 'unicode',
  mips64le: 'unicode',
};

/** The same with GOEXPERIMENT=noallocheaders, whose mallocgc has a smaller frame. */
const deepInitNoAllocHeaders: typeof deepInit = {
  arm64: 'unicode',
  ppc64: 'syscall',
  ppc64le: 'syscall',
};

/** The interface error. */
export function errorType({ types }: Runtime): Type {
  const methods = [{ name: 'Error', type: types.funcOf([], [types.string]) }];
  return types.named('', 'error', types.interfaceOf(methods));
}

/** Types of those packages that are converted to error somewhere, in the linker's order. */
const errorTypes: readonly (readonly [
  pkgPath: string,
  name: string,
  receiver: 'value' | 'pointer',
])[] = [
  ['runtime', 'errorString', 'value'],
  ['syscall', 'Errno', 'value'],
  ['errors', 'errorString', 'pointer'],
  ['io/fs', 'PathError', 'pointer'],
  ['internal/poll', 'errNetClosing', 'value'],
  ['internal/poll', 'DeadlineExceededError', 'pointer'],
];

/** Has the linker make the itabs of those packages. */
export function linkBootItabs(rt: Runtime): void {
  const { types } = rt;
  const error = errorType(rt);
  const methods = [{ name: 'Error', type: types.funcOf([], [types.string]) }];
  const underlying: Record<string, Type> = {
    errorString: types.string,
    Errno: types.uintptr,
  };
  for (const [pkgPath, name, receiver] of errorTypes) {
    const t = types.named(pkgPath, name, underlying[name] ?? types.structOf([]), {
      [receiver]: methods,
    });
    linkItab(rt, error, receiver === 'value' ? t : types.ptrTo(t));
  }
  const common = [{ name: 'String', type: types.funcOf([], [types.string]) }];
  const pkg = 'internal/reflectlite';
  const rtypeFields = [{ name: 'Type', type: types.unsafePointer, embedded: true }];
  const rtype = types.named(pkg, 'rtype', types.structOf(rtypeFields), { value: common });
  linkItab(rt, types.named(pkg, 'Type', types.interfaceOf(common)), rtype);
}

/** Runs the initialisers that allocate, in the order of the link. @go runtime/proc.go doInit */
export function doInit(rt: Runtime): void {
  const { types } = rt;
  const deep = (at: 'syscall' | 'unicode'): void => {
    const { sched, stackguard0 } = rt.m.curg!;
    const deepest = rt.allocHeaders ? deepInit : deepInitNoAllocHeaders;
    if (deepest[rt.arch.goarch] === at) needStack(rt, sched.sp - stackguard0);
  };
  store(rt, 'sync.expunged', newobject(rt, types.interfaceOf([])));
  copyStrings(rt, 'runtime.envs', 'syscall.envs');
  deep('syscall');
  store(rt, 'syscall.mapper', newobject(rt, rt.sched.structs.get('hmap').type));
  const rlimit = types.structOf([
    { name: 'Cur', type: types.uint64 },
    { name: 'Max', type: types.uint64 },
  ]);
  // Kept only where the limit of open files could be raised; here it is as high as it may be.
  newobject(rt, rlimit);
  openStandardFiles(rt);
  copyStrings(rt, 'runtime.argslice', 'os.Args');
  newFoldMap(rt, 'unicode.FoldCategory', () => deep('unicode'));
  newFoldMap(rt, 'unicode.FoldScript');
}

/** `append([]string{}, from...)`. @go runtime/runtime.go syscall_runtime_envs, os_runtime_args */
function copyStrings(rt: Runtime, from: BootGlobal, to: BootGlobal): void {
  const { memory, firstmoduledata, types } = rt;
  const { ptrSize } = rt.arch;
  const array = memory.readUintptr(firstmoduledata.addressOf(from));
  const len = memory.readUintptr(firstmoduledata.addressOf(from) + ptrSize);
  if (len === 0) return;
  const s = growslice(rt, 0, len, 0, len, types.string);
  memory.copy(s.array, array, len * 2 * ptrSize);
  storeSlice(rt, to, s.array, len, s.cap);
}

/** A map of one entry whose buckets come with it. */
function newFoldMap(rt: Runtime, name: BootGlobal, beforeBucket?: () => void): void {
  const { types } = rt;
  const hmap = rt.sched.structs.get('hmap');
  const table = types.named('unicode', 'RangeTable', types.structOf([]));
  const { bucket } = types.mapOf(types.string, types.ptrTo(table)).map!;
  const h = newobject(rt, hmap.type);
  store(rt, name, h);
  rt.memory.writeUintptr(h, 1);
  beforeBucket?.();
  rt.gc.writePointer(rt, h + hmap.off.buckets!, newobject(rt, bucket));
}

/** os.Stdin, os.Stdout and os.Stderr, each with its finalizer. @go os/file_unix.go newFile */
function openStandardFiles(rt: Runtime): void {
  const { types } = rt;
  const { File, file, sysfd } = osFile(rt);
  const error = errorType(rt);
  const closeType = types.funcOf([types.ptrTo(file)], [error]);
  const close = rt.sched.funcs.funcval('os.(*file).close');
  for (const [fd, name] of (['os.Stdin', 'os.Stdout', 'os.Stderr'] as const).entries()) {
    const f = newobject(rt, File);
    store(rt, name, f);
    const inner = newobject(rt, file);
    rt.gc.writePointer(rt, f, inner);
    rt.memory.writeUintptr(inner + sysfd, fd);
    rt.mfinal.setFinalizer(rt, inner, types.ptrTo(file), close, closeType);
  }
}

/** os.File, a pointer to os.file. @go os/file_unix.go file, internal/poll/fd_unix.go FD */
function osFile(rt: Runtime): { File: Type; file: Type; sysfd: number } {
  const { types } = rt;
  const fdMutex = types.structOf([
    { name: 'state', type: types.uint64 },
    { name: 'rsema', type: types.uint32 },
    { name: 'wsema', type: types.uint32 },
  ]);
  const pfd = types.structOf([
    { name: 'fdmu', type: fdMutex },
    { name: 'Sysfd', type: types.int },
    { name: 'SysFile', type: types.structOf([{ name: 'iovecs', type: types.unsafePointer }]) },
    { name: 'pd', type: types.uintptr },
    { name: 'csema', type: types.uint32 },
    { name: 'isBlocking', type: types.uint32 },
    { name: 'IsStream', type: types.bool },
    { name: 'ZeroReadIsEOF', type: types.bool },
    { name: 'isFile', type: types.bool },
  ]);
  const fields: FieldSpec[] = [
    { name: 'pfd', type: pfd },
    { name: 'name', type: types.string },
    { name: 'dirinfo', type: types.unsafePointer },
    { name: 'nonblock', type: types.bool },
    { name: 'stdoutOrErr', type: types.bool },
    { name: 'appendMode', type: types.bool },
  ];
  const file = types.named('os', 'file', types.structOf(fields));
  const embedded: FieldSpec = { name: 'file', type: types.ptrTo(file), embedded: true };
  return { File: types.named('os', 'File', types.structOf([embedded])), file, sysfd: fdMutex.size };
}
