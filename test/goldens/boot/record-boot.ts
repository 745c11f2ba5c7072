/**
 * Records what a real go1.22.12 program does before main.main: every allocation, span, stack, off-heap
 * block, goroutine switch, in order, and the state that results. An overlay adds a log to package runtime;
 * the log is kept outside of the heap, so that the program's own addresses stay as they are, which is checked
 * against a program without the log.
 *
 *     npx tsx test/goldens/boot/record-boot.ts [--goarch ARCH] [--runs N]
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { GoArch } from '../../../sim/arch.ts';
import { goarches } from '../../../sim/arch.ts';
import { buildGo, goToolchain } from '../../oracle/go-toolchain.ts';
import { runProgram } from '../../oracle/run-program.ts';
import { goldenPrograms } from '../programs.ts';

/** An addition to a file of package runtime: `add` goes before the `nth` place that `before` is found at. */
interface Patch {
  readonly file: string;
  /** Text that must stand before the place, the nearest of it: names the function. */
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
    add: `\t\t\t\tbootlog(1, userSize, ${addr('typ')}, uintptr(x), 1)\n`,
  },
  {
    file: 'malloc.go',
    within: 'func mallocgc(',
    before: '\treturn x\n}\n',
    add: `\tbootlog(1, userSize, ${addr('typ')}, uintptr(x), 0)\n`,
  },
  {
    file: 'malloc.go',
    within: 'func persistentalloc1(',
    before: '\treturn p\n}\n',
    add: `\tbootlog(4, size, align, ${addr('sysStat')}, ${addr('p')})\n`,
  },
  {
    file: 'mfixalloc.go',
    within: 'func (f *fixalloc) alloc()',
    before: '\t\treturn v\n\t}\n',
    add: `\t\tbootlog(5, ${addr('f')}, f.size, uintptr(v), 1)\n`,
  },
  {
    file: 'mfixalloc.go',
    within: 'func (f *fixalloc) alloc()',
    before: '\treturn v\n}\n',
    add: `\tbootlog(5, ${addr('f')}, f.size, uintptr(v), 0)\n`,
  },
  {
    file: 'stack.go',
    within: 'func stackalloc(',
    before: '\treturn stack{uintptr(v), uintptr(v) + uintptr(n)}\n}\n',
    add: '\tbootlog(2, uintptr(n), 0, uintptr(v), 0)\n',
  },
  {
    file: 'stack.go',
    within: 'func stackfree(',
    before: '\tif n&(n-1) != 0 {\n',
    add: '\tbootlog(3, n, 0, uintptr(v), 0)\n',
  },
  {
    file: 'stack.go',
    within: 'func copystack(',
    before: '\tused := old.hi - gp.sched.sp\n',
    add: '\tbootlog(9, uintptr(gp.goid), old.lo, old.hi-old.lo, newsize)\n',
  },
  {
    file: 'mheap.go',
    within: 'func (h *mheap) allocSpan(',
    before: '\tpageTraceAlloc(pp, now, base, npages)\n',
    add: `\tbootlog(6, base, npages, uintptr(typ)<<8|uintptr(spanclass), ${addr('s')})\n`,
  },
  {
    file: 'mheap.go',
    within: 'func (h *mheap) freeSpanLocked(',
    before: '\tswitch s.state.get() {\n',
    add: `\tbootlog(7, s.base(), s.npages, uintptr(typ), ${addr('s')})\n`,
  },
  {
    file: 'mheap.go',
    within: 'func (h *mheap) grow(',
    before: '\treturn totalGrowth, true\n',
    add: '\tbootlog(14, npage, v, nBase-v, totalGrowth)\n',
  },
  {
    file: 'mpagecache.go',
    within: 'func (p *pageAlloc) allocToCache()',
    before: '\treturn c\n}\n',
    add: '\tbootlog(15, c.base, uintptr(uint32(c.cache)), uintptr(uint32(c.cache>>32)), 0)\n',
  },
  {
    file: 'mem.go',
    within: 'func sysAlloc(',
    before: '\treturn sysAllocOS(n)\n',
    add: `\tbootlog(8, n, 0, ${addr('sysStat')}, 0)\n`,
  },
  {
    file: 'mem.go',
    within: 'func sysReserve(',
    before: '\treturn sysReserveOS(v, n)\n',
    add: '\tbootlog(10, uintptr(v), n, 0, 0)\n',
  },
  {
    file: 'mem.go',
    within: 'func sysMap(',
    before: '\tsysMapOS(v, n)\n',
    add: `\tbootlog(11, uintptr(v), n, ${addr('sysStat')}, 0)\n`,
  },
  {
    file: 'mem.go',
    within: 'func sysUsed(',
    before: '\tsysUsedOS(v, n)\n',
    add: '\tbootlog(12, uintptr(v), n, prepared, 0)\n',
  },
  {
    file: 'mem.go',
    within: 'func sysUnused(',
    before: '\tsysUnusedOS(v, n)\n',
    add: '\tbootlog(13, uintptr(v), n, 0, 0)\n',
  },
  {
    file: 'proc.go',
    within: 'func newproc1(',
    before: '\treleasem(mp)\n\n\treturn newg\n',
    add: `\tbootlog(20, uintptr(newg.goid), ${addr('newg')}, newg.startpc, uintptr(callergp.goid))\n`,
  },
  {
    file: 'proc.go',
    within: 'func execute(',
    before: '\tgogo(&gp.sched)\n',
    add: '\tbootlog(21, uintptr(gp.goid), 0, 0, 0)\n',
  },
  {
    file: 'proc.go',
    within: 'func gopark(',
    before: '\treleasem(mp)\n',
    add: '\tbootlog(22, uintptr(gp.goid), uintptr(reason), 0, 0)\n',
  },
  {
    file: 'proc.go',
    within: 'func ready(',
    before: '\trunqput(mp.p.ptr(), gp, next)\n',
    add: '\tbootlog(23, uintptr(gp.goid), 0, 0, 0)\n',
  },
  {
    file: 'proc.go',
    within: 'func newm1(',
    before: '\texecLock.rlock() // Prevent process clone.\n\tnewosproc(mp)\n',
    add: `\tbootlog(24, uintptr(mp.id), ${addr('mp')}, 0, 0)\n`,
  },
  {
    file: 'iface.go',
    within: 'func itabAdd(',
    before: '\tt.add(m)\n}\n',
    add: `\tbootlog(25, ${addr('m')}, ${addr('m.inter')}, ${addr('m._type')}, t.size)\n`,
  },
  {
    file: 'heapdump.go',
    within: 'func writeheapdump_m(',
    before: '\t// Set dump file.\n',
    add: '\tif fd == 3 {\n\t\tbootlogFlush()\n\t}\n',
  },
];

function apply(text: string, patch: Patch): string {
  const start = text.indexOf(patch.within);
  const at = start < 0 ? -1 : text.indexOf(patch.before, start);
  if (at < 0) throw new Error(`${patch.file}: nothing like ${JSON.stringify(patch)}`);
  return text.slice(0, at) + patch.add + text.slice(at);
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

const main = () => {
  const { values } = parseArgs({ options: { goarch: { type: 'string' }, out: { type: 'string' } } });
  const folder = mkdtempSync(join(tmpdir(), 'goheapsim-overlay-'));
  try {
    const overlay = writeOverlay(folder);
    const program = goldenPrograms.find(({ name }) => name === 'linked-list')!;
    for (const goarch of goarches) {
      if (values.goarch !== undefined && values.goarch !== goarch) continue;
      const options = { goarch: goarch as GoArch, module: 'goldens/linked-list' };
      const logged = buildGo({ files: program.files() }, { ...options, flags: [`-overlay=${overlay}`] });
      const run = runProgram(logged, { goarch });
      writeFileSync(`/tmp/F/boot.${goarch}.txt`, run.stderr);
      writeFileSync(`/tmp/F/boot.${goarch}.3`, run.descriptors.get(3)!);
      process.stdout.write(`${goarch} ${run.status} ${run.stderr.length} ${run.descriptors.get(3)!.length}\n`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

main();
