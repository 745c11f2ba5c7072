/**
 * Makes sim/runtimefuncs-table.ts and sim/runtimetypes-table.ts from real Go: builds a program that
 * parks goroutines in every way, runs it for all GOARCHes, and reads its dumps, its function tables
 * and its DWARF.
 *
 * Run `npx tsx test/goldens/runtimefuncs.ts` with the pinned Go and qemu-user-static at hand.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type GoArch, goarches } from '../../sim/arch.ts';
import { buildGo } from '../oracle/go-toolchain.ts';
import { type RunResult, runProgram } from '../oracle/run-program.ts';

const here = fileURLToPath(new URL('runtimefuncs/', import.meta.url));
const sim = fileURLToPath(new URL('../../sim/', import.meta.url));

/** What leads to an allocation on the stack of an m's g0: its calls, from the first that has frames there. */
const systemStackCalls = [
  'runtime.systemstack>*',
  'runtime.mcall>*',
  'runtime.newproc.func1>runtime.newproc1',
  'runtime.newproc1>runtime.malg',
  'runtime.newproc1>runtime.allgadd',
  'runtime.allgadd>runtime.growslice',
  'runtime.malg>runtime.newobject',
  'runtime.main.func1>runtime.newm',
  'runtime.newm>runtime.allocm',
  'runtime.allocm>runtime.newobject',
  'runtime.allocm>runtime.mcommoninit',
  'runtime.allocm>runtime.malg:2117',
  'runtime.mcommoninit>runtime.malg',
  'runtime.mstart>runtime.mstart0',
  'runtime.mstart0>runtime.mstart1',
  'runtime.mstart1>*',
  'runtime.sysmon>runtime.retake',
  'runtime.retake>runtime.handoffp',
  'runtime.handoffp>runtime.startm:2911',
  'runtime.handoffp>runtime.startm:2928#spinning',
  'runtime.startm>runtime.newm',
  'runtime.entersyscallblock_handoff>runtime.handoffp',
  'runtime.park_m>*',
  'runtime.park_m>runtime.schedule',
  'runtime.gosched_m>runtime.goschedImpl',
  'runtime.goschedImpl>runtime.schedule',
  'runtime.goyield_m>runtime.schedule',
  'runtime.goexit0>runtime.schedule',
  'runtime.schedule>runtime.stoplockedm',
  'runtime.stoplockedm>runtime.handoffp',
  'runtime.resetForSleep>runtime.modtimer',
  'runtime.modtimer>runtime.doaddtimer',
  'runtime.doaddtimer>runtime.growslice',
];

/** Calls on a goroutine's stack that lead to an allocation. */
const allocatingCalls = [
  'runtime.LockOSThread>runtime.startTemplateThread',
  'runtime.startTemplateThread>runtime.newm',
  'runtime.acquireSudog>runtime.newobject',
  'runtime.chansend>runtime.acquireSudog',
  'runtime.chanrecv>runtime.acquireSudog',
  'runtime.selectgo>runtime.acquireSudog',
  'runtime.semacquire1>runtime.acquireSudog',
  'sync.runtime_notifyListWait>runtime.acquireSudog',
  'runtime.deferproc>runtime.newdefer',
  'runtime.newdefer>runtime.newobject',
  'runtime.gopanic>runtime.newobject',
  'runtime.panicdottypeE>runtime.newobject',
  'runtime.goPanicIndex>runtime.convTnoptr',
  'runtime.gcBgMarkWorker>runtime.newobject',
  'runtime.gcenable>runtime.makechan',
  'runtime.gcenable>runtime.newobject',
  'runtime.gcenable>runtime.newobject:204#second',
  'runtime.main>runtime.makechan',
  'runtime.bgscavenge>runtime.(*scavengerState).init',
  'runtime.(*scavengerState).init>runtime.newobject',
  'runtime.(*scavengerState).sleep>runtime.modtimer',
  'runtime.addtimer>runtime.doaddtimer',
  'time.startTimer>runtime.addtimer',
  'time.Sleep>runtime.newobject',
  'time.NewTimer>runtime.makechan',
  'time.NewTimer>runtime.newobject',
  'time.NewTimer>time.startTimer',
  'runtime.makechan>runtime.newobject',
  'runtime.makemap>runtime.newobject',
  'runtime.makemap>runtime.newobject:332#extra',
  'runtime.makemap>runtime.makeBucketArray',
  'runtime.makemap_small>runtime.newobject',
  'runtime.makeBucketArray>runtime.newarray',
  'runtime.hashGrow>runtime.makeBucketArray',
  'runtime.hashGrow>runtime.newobject',
  'runtime.(*hmap).newoverflow>runtime.mallocgc:264',
  'runtime.(*hmap).newoverflow>runtime.newobject:277#extra',
  'runtime.(*hmap).newoverflow>runtime.newobject:280#overflow',
  'runtime.(*hmap).newoverflow>runtime.growslice',
  'runtime.mapassign>runtime.mallocgc:605',
  'runtime.mapassign>runtime.mallocgc:673#key',
  'runtime.mapassign>runtime.mallocgc:678#elem',
  ...['', '_fast32', '_fast64', '_faststr'].flatMap((variant) => [
    `runtime.mapassign${variant}>runtime.mallocgc`,
    `runtime.mapassign${variant}>runtime.hashGrow`,
    `runtime.mapassign${variant}>runtime.growWork${variant}`,
    `runtime.mapassign${variant}>runtime.(*hmap).newoverflow`,
    `runtime.growWork${variant}>runtime.evacuate${variant}`,
    `runtime.growWork${variant}>runtime.evacuate${variant}$#second`,
    `runtime.evacuate${variant}>runtime.(*hmap).newoverflow`,
  ]),
];

/** Functions that show in no parked stack but take stack space on the way, and calls to look for. */
const wanted = [
  'runtime.runfinq>runtime.lock2:190',
  'runtime.lock2',
  'time.Sleep>runtime.gopark',
  'runtime.(*scavengerState).sleep>runtime.gopark',
  'runtime.bgscavenge>runtime.(*scavengerState).sleep',
  'runtime.bgscavenge>runtime.(*scavengerState).park:653#first',
  'runtime.bgscavenge>runtime.(*scavengerState).park:658!',
  'runtime.(*scavengerState).park>runtime.gopark',
  'runtime.sigpanic>runtime.gopanic:261$',
  'runtime.rt0_go>runtime.newproc',
  'runtime.main>runtime.gcenable',
  'runtime.gcenable>runtime.newproc',
  'runtime.gcenable>runtime.chanrecv1',
  'runtime.gcenable.gowrap1>runtime.bgsweep',
  'runtime.gcenable.gowrap2>runtime.bgscavenge',
  'runtime.init.5>runtime.newproc',
  'runtime.createfing>runtime.newproc',
  'runtime.gcBgMarkStartWorkers>runtime.newproc',
  'runtime.bgsweep>runtime.chansend1',
  'runtime.bgscavenge>runtime.chansend1',
  'runtime.bgsweep>runtime.gopark#first',
  'runtime.bgsweep>runtime.gopark',
  'runtime.chanrecv>runtime.gopark:469#nil',
  'runtime.chansend>runtime.gopark:165#nil',
  'runtime.bgsweep>runtime.goschedIfBusy',
  'runtime.goschedIfBusy>runtime.mcall',
  'runtime.runfinq>runtime.gopark',
  'runtime.runfinq>runtime.call16',
  'runtime.runfinq>runtime.call32',
  'runtime.GC>runtime.gcWaitOnMark',
  'runtime.GC>runtime.gcStart',
  'runtime.GC>runtime.mcall',
  'runtime.gcWaitOnMark>runtime.gopark',
  'os.(*file).close',
  ...systemStackCalls,
  ...allocatingCalls,
  'runtime.newobject',
  'runtime.mallocgc',
  'runtime.profilealloc',
  'runtime.mProf_Malloc',
  'runtime.stkbucket',
  'runtime.newBucket',
  'runtime.persistentalloc',
  'runtime.(*mcache).nextFree',
  'runtime.(*mcache).refill',
  'runtime.(*mcache).allocLarge',
  'runtime.(*mcentral).cacheSpan',
  'runtime.(*mcentral).grow',
  'runtime.(*mcentral).uncacheSpan',
  'runtime.(*spanSet).push',
  'runtime.(*atomicHeadTailIndex).incTail',
  'runtime.(*spanSetBlockAlloc).alloc',
  'runtime.(*sweepLocked).sweep',
  'runtime.newMarkBits',
  'runtime.newArenaMayUnlock',
  'runtime.(*mheap).freeSpan',
  'runtime.sweepone',
  'runtime.deductSweepCredit',
  'runtime.gcAssistAlloc',
  'runtime.(*mheap).alloc',
  'runtime.gcStart',
  'runtime.(*gcControllerState).startCycle',
  'runtime.(*gcControllerState).revise',
  'runtime.(*gcControllerState).heapGoalInternal',
  'runtime.clearpools',
  'runtime.gcMarkTinyAllocs',
  'runtime.greyobject',
  'runtime.semrelease1',
  'runtime.unlock2',
  'runtime.(*mLockProfile).recordUnlock',
  'runtime.GC',
  'runtime.growslice',
  'runtime.makeslice',
  'runtime.makechan',
  'runtime.makemap',
  'runtime.makemap_small',
  'runtime.mapassign',
  'runtime.mapaccess1',
  'runtime.hashGrow',
  'runtime.growWork',
  'runtime.evacuate',
  ...['fast32', 'fast64', 'faststr'].flatMap((variant) => [
    `runtime.mapassign_${variant}`,
    `runtime.growWork_${variant}`,
    `runtime.evacuate_${variant}`,
  ]),
  'runtime.(*hmap).newoverflow',
  'runtime.makeBucketArray',
  'runtime.newarray',
  'runtime.newproc',
  'runtime.deferproc',
  'runtime.newdefer',
  'runtime.(*_panic).nextDefer',
  'runtime.(*_panic).nextFrame',
  'runtime.acquireSudog',
  'runtime.closechan',
  'runtime.selectgo',
  'runtime.SetFinalizer',
  'runtime.concatstrings',
  'runtime.rawstring',
];

const structs = [
  'g',
  'm',
  'p',
  'sudog',
  'hchan',
  'hmap',
  'mapextra',
  '_defer',
  '_panic',
  'timer',
  'semaRoot',
  'schedt',
];

interface Position {
  Off: number;
  Line: number;
  After: number;
  File: string;
}

interface Site extends Position {
  Inlined: Position[] | null;
  Locals: string;
  Args: string;
}

interface Func {
  File: string;
  Line: number;
  Size: number;
  Args: number;
  Frame: number;
  Deferreturn: number;
  Locals0: string;
  Args0: string;
  Objects: { Off: number; Size: number; Ptrdata: number; Mask: string }[] | null;
  Sites: Record<string, Site>;
}

interface Layout {
  Size: number;
  PtrBytes: number;
  Mask: string;
  Fields: { Name: string; Off: number; Kind: string; Count: number }[];
}

function capabilities(goarch: GoArch): string[] {
  if (goarch === '386') return ['timers', 'io'];
  return goarch.startsWith('mips64') ? ['signals'] : ['signals', 'timers', 'io'];
}

interface ProbeRun {
  readonly env: Record<string, string>;
  /** The finalizer has a result, which needs a larger frame to call it. */
  readonly result: boolean;
}

/** Without a heap goal the scavenger stays parked; else it sleeps, where timers work. */
function probeRuns(goarch: GoArch): ProbeRun[] {
  const parked = { GOMAXPROCS: '1', GOGC: 'off' };
  const asleep = goarch.startsWith('mips64') ? parked : { GOMAXPROCS: '1' };
  return [
    { env: parked, result: false },
    { env: asleep, result: true },
  ];
}

/** The scavenger's first timer, at a time of its own, ends a program of qemu-mips64: try again then. */
function runProbe(program: string, goarch: GoArch, { env, result }: ProbeRun): RunResult {
  const args = [...capabilities(goarch), ...(result ? ['result'] : [])];
  for (let attempt = 1; ; attempt++) {
    const run = runProgram(program, { goarch, args, descriptors: 1, env });
    if (run.status === 0) return run;
    const why = run.stderr.toString().split('\n', 1)[0];
    if (attempt === 100) throw new Error(`${goarch}: status ${run.status}: ${why}`);
  }
}

function tool(name: string, args: readonly string[]): unknown {
  const program = buildGo({ folder: join(here, name) }, { module: name });
  const run = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (run.status !== 0) throw new Error(`${name} ${args.join(' ')}: ${run.stderr}`);
  return JSON.parse(run.stdout);
}

function positionText({ Off, Line, After, File }: Position): string {
  return `${Off}:${Line}${After === Line ? '' : `/${After}`}${File === '' ? '' : `~${File}`}`;
}

function siteText(callee: string, site: Site): string {
  const place = [site, ...(site.Inlined ?? [])].map(positionText).join('^');
  return `${callee || 'stop'}@${place},${site.Locals},${site.Args}`;
}

/** A function as one line; {@link parseRuntimeFunc} of sim/runtimefuncs.ts reads it. */
function funcLine(name: string, f: Func): string {
  const objects = (f.Objects ?? [])
    .map((o) => `${o.Off}+${o.Size}/${o.Ptrdata}:${o.Mask}`)
    .join(',');
  const sites = Object.entries(f.Sites)
    .filter(([callee]) => callee !== 'main' || !name.startsWith('main.'))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([callee, site]) => siteText(callee, site));
  return [
    name,
    `${f.File}:${f.Line}`,
    f.Size,
    f.Args,
    f.Frame,
    f.Deferreturn,
    `${f.Locals0},${f.Args0}`,
    objects || '-',
    ...sites,
  ].join(' ');
}

function funcTable(): string {
  const scratch = mkdtempSync(join(tmpdir(), 'runtimefuncs-'));
  const rows: string[] = [];
  try {
    for (const goarch of goarches) {
      const program = buildGo({ folder: join(here, 'probe') }, { goarch, module: 'probe' });
      const dumps = probeRuns(goarch).map((one, index) => {
        const run = runProbe(program, goarch, one);
        const dump = join(scratch, `${goarch}.${index}`);
        writeFileSync(dump, run.descriptors.get(3)!);
        return dump;
      });
      const funcs = tool('frames', [program, dumps.join(','), ...wanted]) as Record<string, Func>;
      // A goroutine is preempted by a signal now and then, nowhere in particular.
      const lines = Object.keys(funcs)
        .filter((name) => !name.startsWith('runtime.asyncPreempt'))
        .sort()
        .map((name) => funcLine(name, funcs[name]!));
      process.stdout.write(`${goarch}: ${lines.length} functions\n`);
      rows.push(`  '${goarch}': \`\n${lines.join('\n')}\n\`,`);
    }
  } finally {
    rmSync(scratch, { recursive: true });
  }
  return `/**
 * Frames of Go's own functions as a stopped stack of go1.22.12 shows them, by GOARCH: made from real
 * dumps and function tables by \`npx tsx test/goldens/runtimefuncs.ts\`.
 *
 * A line is: name, file:line, bytes of code, of arguments (-2147483648: unknown), of the frame (greatest
 * sp delta), offset of the deferreturn call, locals and argument bitmaps of index 0, stack objects
 * (off+size/ptrdata:mask), then for each callee \`callee@offset:line,locals,args\`: offset of the return
 * pc and the bitmaps there, a character a word, \`-\` where the function has no table. \`line/after\`: what
 * follows the call is of another line; \`~file\`: of another file, as the call is in an inlined function,
 * and after each \`^\` is where that is called. The callee \`main\` stands for any function of the program,
 * \`*\` for one called through a register, \`stop\` for the place where a goroutine leaves its stack;
 * \`callee#place\` is a further call of the same callee: before the loop, or for a nil channel.
 */
import type { GoArch } from './arch.ts';

export const runtimeFuncTable: { readonly [goarch in GoArch]: string } = {
${rows.join('\n')}
};
`;
}

/** Size, mask and fields; where the executable has no type descriptor, the mask by the fields' kinds. */
function layoutText(l: Layout, ptrSize: number): string {
  let { PtrBytes: ptrBytes, Mask: mask } = l;
  if (ptrBytes < 0) {
    const bits = new Uint8Array(Math.ceil(l.Size / ptrSize / 8));
    ptrBytes = 0;
    for (const f of l.Fields.filter((field) => field.Kind === 'ptr')) {
      for (let i = 0; i < f.Count; i++) {
        const word = f.Off / ptrSize + i;
        bits[word >> 3]! |= 1 << (word & 7);
        ptrBytes = Math.max(ptrBytes, (word + 1) * ptrSize);
      }
    }
    mask = Buffer.from(bits.subarray(0, Math.ceil(ptrBytes / ptrSize / 8))).toString('hex');
  }
  const fields = l.Fields.map((f) => ({ name: fieldName(f.Name), off: f.Off }))
    .filter((f) => !f.name.startsWith('pad') && f.name !== '_')
    .map((f) => `${f.name}:${f.off}`);
  const lines: string[] = [];
  for (const field of fields) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + field.length < 79)
      lines.push(`${lines.pop()} ${field}`);
    else lines.push(field);
  }
  const text = lines.map((x, i) => `        '${x}${i < lines.length - 1 ? ' ' : ''}'`).join(' +\n');
  return `{
      size: ${l.Size},
      ptrBytes: ${ptrBytes},
      mask: '${mask}',
      fields:
${text},
    }`;
}

/** DWARF's name without the wrappers of atomic types. */
function fieldName(name: string): string {
  return name
    .replace(/\b(u\.)?value$/, '')
    .replace(/\.$/, '')
    .replace('traceSchedResourceState.', '');
}

function layoutTable(): string {
  const variants: Record<string, GoArch> = {
    32: '386',
    64: 'amd64',
    mips: 'mips',
    mips64: 'mips64',
  };
  const programs = goarches.map((goarch) =>
    buildGo({ folder: join(here, 'probe') }, { goarch, module: 'probe' }),
  );
  const all = tool('layouts', programs) as Record<string, Record<string, Layout>>;
  const of = (goarch: GoArch, name: string): Layout =>
    all[programs[goarches.indexOf(goarch)]!]![`runtime.${name}`]!;
  const rows = structs.map((name) => {
    const keys = name === 'm' ? Object.keys(variants) : ['32', '64'];
    const entries = keys.map((key) => {
      const quoted = /^\d/.test(key) ? `'${key}'` : key;
      const ptrSize = key === '32' || key === 'mips' ? 4 : 8;
      return `    ${quoted}: ${layoutText(of(variants[key]!, name), ptrSize)},`;
    });
    return `  ${name}: {\n${entries.join('\n')}\n  },`;
  });
  return `/**
 * Layouts of the runtime's own structures: size, pointer mask, offset of each field, by pointer
 * size; mips and mips64 have a larger m. Made from the DWARF and the type descriptors of
 * go1.22.12 executables by \`npx tsx test/goldens/runtimefuncs.ts\`.
 *
 * @go runtime/runtime2.go, runtime/chan.go, runtime/map.go, runtime/sema.go, runtime/time.go
 */

/** \`mask\`: hex bytes, bit i set if word i holds a pointer. \`fields\`: \`name:offset\`, nested names joined by dots. */
export interface RuntimeLayout {
  readonly size: number;
  readonly ptrBytes: number;
  readonly mask: string;
  readonly fields: string;
}

export type LayoutKey = '32' | '64' | 'mips' | 'mips64';

export const runtimeLayouts = {
${rows.join('\n')}
} as const satisfies Record<string, Partial<Record<LayoutKey, RuntimeLayout>>>;
`;
}

writeFileSync(join(sim, 'runtimefuncs-table.ts'), funcTable());
writeFileSync(join(sim, 'runtimetypes-table.ts'), layoutTable());
