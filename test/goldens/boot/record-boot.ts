/**
 * Records what a real go1.22.12 program does before main.main: every allocation, span, stack, off-heap
 * block, goroutine switch, in order, and the state that results. An overlay adds a log to package runtime;
 * the log is kept outside of the heap, so that the program's own addresses stay as they are, which is checked
 * against a program without the log.
 *
 *     npx tsx test/goldens/boot/record-boot.ts [--goarch ARCH] [--runs N]
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { objectsOf } from '../../../scenarios/twin/facts.ts';
import type { GoArch } from '../../../sim/arch.ts';
import { goarches } from '../../../sim/arch.ts';
import { buildGo, emulationFlags, goToolchain, goVersion } from '../../oracle/go-toolchain.ts';
import { runProgram } from '../../oracle/run-program.ts';
import { golden } from '../goldens.ts';
import { goldenPrograms } from '../programs.ts';
import { type BootLog, parseBootLog } from './parse-boot-log.ts';

/** An addition to a file of package runtime, on the line of `before`, so that line numbers stay. */
interface Patch {
  readonly file: string;
  /** The function: `before` is looked for from here on. */
  readonly within: string;
  readonly before: string;
  readonly add: string;
}

const addr = (name: string) => `uintptr(unsafe.Pointer(${name}))`;

const patches: readonly Patch[] = [
  {
    file: 'malloc.go',
    within: 'func mallocgc(',
    before: '\t\t\t\treturn x\n',
    add: `bootlog(1, userSize, ${addr('typ')}, uintptr(x), 1); `,
  },
  {
    file: 'malloc.go',
    within: 'func mallocgc(',
    before: '\treturn x\n}\n',
    add: `bootlog(1, userSize, ${addr('typ')}, uintptr(x), 0); `,
  },
  {
    file: 'malloc.go',
    within: 'func persistentalloc1(',
    before: '\treturn p\n}\n',
    add: `bootlog(4, size, align, ${addr('sysStat')}, ${addr('p')}); `,
  },
  {
    file: 'mfixalloc.go',
    within: 'func (f *fixalloc) alloc()',
    before: '\t\treturn v\n\t}\n',
    add: `bootlog(5, ${addr('f')}, f.size, uintptr(v), 1); `,
  },
  {
    file: 'mfixalloc.go',
    within: 'func (f *fixalloc) alloc()',
    before: '\treturn v\n}\n',
    add: `bootlog(5, ${addr('f')}, f.size, uintptr(v), 0); `,
  },
  {
    file: 'stack.go',
    within: 'func stackalloc(',
    before: '\treturn stack{uintptr(v), uintptr(v) + uintptr(n)}\n}\n',
    add: 'bootlog(2, uintptr(n), 0, uintptr(v), 0); ',
  },
  {
    file: 'stack.go',
    within: 'func stackfree(',
    before: '\tif n&(n-1) != 0 {\n',
    add: 'bootlog(3, n, 0, uintptr(v), 0); ',
  },
  {
    file: 'stack.go',
    within: 'func copystack(',
    before: '\tused := old.hi - gp.sched.sp\n',
    add: 'bootlog(9, uintptr(gp.goid), old.lo, old.hi-old.lo, newsize); ',
  },
  {
    file: 'mheap.go',
    within: 'func (h *mheap) allocSpan(',
    before: '\tpageTraceAlloc(pp, now, base, npages)\n',
    add: `bootlog(6, base, npages, uintptr(typ)<<8|uintptr(spanclass), ${addr('s')}); `,
  },
  {
    file: 'mheap.go',
    within: 'func (h *mheap) freeSpanLocked(',
    before: '\tswitch s.state.get() {\n',
    add: `bootlog(7, s.base(), s.npages, uintptr(typ), ${addr('s')}); `,
  },
  {
    file: 'mheap.go',
    within: 'func (h *mheap) grow(',
    before: '\treturn totalGrowth, true\n',
    add: 'bootlog(14, npage, v, nBase-v, totalGrowth); ',
  },
  {
    file: 'mpagecache.go',
    within: 'func (p *pageAlloc) allocToCache()',
    before: '\treturn c\n}\n',
    add: 'bootlog(15, c.base, uintptr(uint32(c.cache)), uintptr(uint32(c.cache>>32)), 0); ',
  },
  {
    file: 'mem.go',
    within: 'func sysAlloc(',
    before: '\treturn sysAllocOS(n)\n',
    add: `if p := sysAllocOS(n); p != nil { bootlog(8, n, uintptr(p), ${addr('sysStat')}, 0); return p }; `,
  },
  {
    file: 'mem.go',
    within: 'func sysReserve(',
    before: '\treturn sysReserveOS(v, n)\n',
    add: 'if p := sysReserveOS(v, n); p != nil { bootlog(10, uintptr(v), n, uintptr(p), 0); return p }; ',
  },
  {
    file: 'mem.go',
    within: 'func sysMap(',
    before: '\tsysMapOS(v, n)\n',
    add: `bootlog(11, uintptr(v), n, ${addr('sysStat')}, 0); `,
  },
  {
    file: 'mem.go',
    within: 'func sysUsed(',
    before: '\tsysUsedOS(v, n)\n',
    add: 'bootlog(12, uintptr(v), n, prepared, 0); ',
  },
  {
    file: 'mem.go',
    within: 'func sysUnused(',
    before: '\tsysUnusedOS(v, n)\n',
    add: 'bootlog(13, uintptr(v), n, 0, 0); ',
  },
  {
    file: 'proc.go',
    within: 'func newproc1(',
    before: '\treleasem(mp)\n\n\treturn newg\n',
    add: `bootlog(20, uintptr(newg.goid), ${addr('newg')}, newg.startpc, uintptr(callergp.goid)); `,
  },
  {
    file: 'proc.go',
    within: 'func execute(',
    before: '\tgogo(&gp.sched)\n',
    add: 'bootlog(21, uintptr(gp.goid), 0, 0, 0); ',
  },
  {
    file: 'proc.go',
    within: 'func gopark(',
    before: '\treleasem(mp)\n',
    add: 'bootlog(22, uintptr(gp.goid), uintptr(reason), 0, 0); ',
  },
  {
    file: 'proc.go',
    within: 'func ready(',
    before: '\trunqput(mp.p.ptr(), gp, next)\n',
    add: 'bootlog(23, uintptr(gp.goid), 0, 0, 0); ',
  },
  {
    file: 'proc.go',
    within: 'func newm1(',
    before: '\texecLock.rlock() // Prevent process clone.\n\tnewosproc(mp)\n',
    add: `bootlog(24, uintptr(mp.id), ${addr('mp')}, 0, 0); `,
  },
  {
    // No preemption and no P taken from a system call: what a machine does that is fast enough. The
    // emulated ones are not.
    file: 'proc.go',
    within: 'func retake(',
    before: '\tn := 0\n',
    add: 'if !bootlogDone { return 0 }; ',
  },
  {
    file: 'iface.go',
    within: 'func itabAdd(',
    before: '\tt.add(m)\n}\n',
    add: `bootlog(25, ${addr('m')}, ${addr('m.inter')}, ${addr('m._type')}, t.size); `,
  },
  {
    file: 'heapdump.go',
    within: 'func writeheapdump_m(',
    before: '\tdumpfd = fd\n',
    add: 'if fd == 3 { bootlogFlush() }; ',
  },
];

function apply(text: string, patch: Patch): string {
  const start = text.indexOf(patch.within);
  const at = start < 0 ? -1 : text.indexOf(patch.before, start);
  if (at < 0) throw new Error(`${patch.file}: nothing like ${JSON.stringify(patch)}`);
  return text.slice(0, at) + patch.add + text.slice(at).trimStart();
}

/** Writes the patched files and the overlay that puts them in place; returns the overlay's path. */
function writeOverlay(folder: string): string {
  const runtime = join(goToolchain().goroot, 'src/runtime');
  const texts = new Map<string, string>();
  for (const patch of patches) {
    const text = texts.get(patch.file) ?? readFileSync(join(runtime, patch.file), 'utf8');
    texts.set(patch.file, apply(text, patch));
  }
  texts.set('bootlog.go', readFileSync(new URL('bootlog.go', import.meta.url), 'utf8'));
  const replace: Record<string, string> = {};
  for (const [file, text] of texts) {
    writeFileSync(join(folder, file), text);
    replace[join(runtime, file)] = join(folder, file);
  }
  writeFileSync(join(folder, 'overlay.json'), JSON.stringify({ Replace: replace }));
  return join(folder, 'overlay.json');
}

interface BootRun {
  readonly log: BootLog;
  readonly objects: readonly string[];
  readonly entry: Uint8Array;
}

/** The parts of a log that must not differ between runs: not the kernel's and the random generator's choices. */
function comparable(log: BootLog): string {
  const spansOnly = Object.entries(log.state).filter(
    ([name]) => name !== 'allm' && name !== 'allp',
  );
  return JSON.stringify([log.events, spansOnly]);
}

/**
 * The log that most runs have, of those with the fewest objects and then the fewest events: a thread more, which
 * depends on the machine's load, only ever adds.
 */
function choose(runs: readonly BootRun[]): { chosen: BootRun; agreeing: number } {
  const fewest = (values: readonly BootRun[], size: (run: BootRun) => number) => {
    const least = Math.min(...values.map(size));
    return values.filter((run) => size(run) === least);
  };
  const lean = fewest(runs, ({ objects }) => objects.length);
  const votes = new Map<string, BootRun[]>();
  for (const run of fewest(lean, ({ log }) => log.events.length)) {
    votes.set(comparable(run.log), [...(votes.get(comparable(run.log)) ?? []), run]);
  }
  const [most] = [...votes.values()].sort((a, b) => b.length - a.length);
  return { chosen: most![0]!, agreeing: most!.length };
}

/** Objects of a run without the log that the run with it has too, at the same place in the order. */
function agreement(objects: readonly string[], pristine: readonly string[]) {
  const equal = pristine.filter((object, index) => object === objects[index]).length;
  return { objects: pristine.length, equal };
}

function recordBoot(goarch: GoArch, overlay: string, count: number): void {
  const program = goldenPrograms.find(({ name }) => name === 'linked-list')!;
  const options = { goarch, module: 'goldens/linked-list' };
  const logged = buildGo(
    { files: program.files() },
    { ...options, flags: [`-overlay=${overlay}`] },
  );
  const runs = Array.from({ length: count }, () => {
    const run = runProgram(logged, { goarch });
    if (run.status !== 0) throw new Error(`${goarch}: ${run.stderr.subarray(0, 1000)}`);
    const entry = run.descriptors.get(3)!;
    return { log: parseBootLog(run.stderr.toString()), objects: objectsOf(entry), entry };
  });
  const { chosen, agreeing } = choose(runs);
  const pristine = objectsOf(golden(`linked-list.${goarch}.3`).dump);
  const checked = agreement(chosen.objects, pristine);
  const { events, stacks, functions, types, state } = chosen.log;
  const list = (values: readonly unknown[]) =>
    `[\n${values.map((value) => JSON.stringify(value)).join(',\n')}\n]`;
  const text = `{
"goarch": "${goarch}", "goVersion": "${goVersion}", "environment": ["GOMAXPROCS=1"], "ncpu": ${availableParallelism()},
"flags": ${JSON.stringify(['-trimpath', ...emulationFlags(goarch)])}, "runs": ${count}, "agreeing": ${agreeing},
"objectsWithoutLog": ${checked.objects}, "equalObjects": ${checked.equal},
"objects": ${list(chosen.objects)},
"events": ${list(events)},
"stacks": ${list(stacks)},
"functions": ${list(functions)},
"types": ${list(types)},
"state": {
${Object.entries(state)
  .map(([name, lines]) => `"${name}": ${list(lines)}`)
  .join(',\n')}
}
}
`;
  writeFileSync(new URL(`${goarch}.json`, import.meta.url), text);
  process.stdout.write(
    `${goarch}: ${events.length} events, ${agreeing}/${count} runs, ` +
      `${checked.equal}/${checked.objects} objects as without the log\n`,
  );
}

function main(): void {
  const { values } = parseArgs({
    options: { goarch: { type: 'string' }, runs: { type: 'string', default: '20' } },
  });
  const folder = mkdtempSync(join(tmpdir(), 'goheapsim-overlay-'));
  try {
    const overlay = writeOverlay(folder);
    for (const goarch of goarches) {
      if (values.goarch !== undefined && values.goarch !== goarch) continue;
      recordBoot(goarch, overlay, Number(values.runs));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main();
