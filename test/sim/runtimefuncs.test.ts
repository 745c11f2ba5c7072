import { describe, expect, it, test } from 'vitest';
import type { DumpRecord } from '../../dump/index.ts';
import { readDump } from '../../dump/index.ts';
import { type Arch, archOf, type GoArch, goarches } from '../../sim/arch.ts';
import { chanrecv, chansend, makechan } from '../../sim/chan.ts';
import { ModuleData } from '../../sim/moduledata.ts';
import { Gosched } from '../../sim/proc.ts';
import {
  addRuntimeFuncs,
  call,
  enter,
  leave,
  type RuntimeCallSite,
  type RuntimeFuncSpec,
  runtimeFuncSpecs,
} from '../../sim/runtimefuncs.ts';
import { popFrame } from '../../sim/stack.ts';
import { Symtab } from '../../sim/symtab.ts';
import { framesOf } from '../../sim/traceback.ts';
import { type GoldenEntry, goldens } from '../goldens/goldens.ts';
import { goroutineWorld } from './goroutine-world.ts';

type FrameRecord = Extract<DumpRecord, { kind: 'stackFrame' }>;

/** Offsets from sp of the pointers that a bitmap tells of, where it begins at `start`. */
function offsetsOf(bits: string | undefined, start: number, ptrSize: number): number[] {
  return [...(bits ?? '')].flatMap((bit, i) => (bit === '1' ? [start + i * ptrSize] : []));
}

/** What a frame of a real dump must be by the table; the reason why it is not, or undefined. */
class GoldenFrames {
  readonly #specs: ReadonlyMap<string, RuntimeFuncSpec>;
  readonly #arch: Arch;
  /** The frame before, which this one called: its name, and its live arguments by the table. */
  #callee: { name: string; args: string | undefined } | undefined;
  checked = 0;

  constructor(goarch: GoArch) {
    this.#arch = archOf(goarch);
    this.#specs = new Map(runtimeFuncSpecs(goarch).map((spec) => [spec.name, spec]));
  }

  goroutine(): void {
    this.#callee = undefined;
  }

  /** Takes the next frame, youngest first. */
  frame(r: FrameRecord): string | undefined {
    const name = String(r.name);
    const callee = this.#callee;
    const spec = this.#specs.get(name);
    const off = Number(r.pc) - Number(r.entryPC);
    const site = spec?.sites.find((s) => s.off === off && calls(s, callee?.name));
    this.#callee = { name, args: site === undefined ? spec?.args0 : site.args };
    if (name.startsWith('main.')) return undefined;
    if (spec === undefined) return `${name} is not in the table`;
    this.checked++;
    if (off < 0 || off >= spec.size) return `${name}+${off} is outside of ${spec.size} bytes`;
    const { ptrSize, usesLR } = this.#arch;
    const returnAddress = usesLR ? 0 : ptrSize;
    if (callee === undefined && (off === 0 || site === undefined)) {
      // It has not begun, or was preempted in its prologue.
      return r.contents.length === returnAddress ? undefined : `${name}+${off} has a frame`;
    }
    if (r.contents.length !== spec.frame + returnAddress) {
      return `${name}: frame of ${r.contents.length} bytes, ${spec.frame} in the table`;
    }
    if (site === undefined) return `${name}+${off} calls ${callee?.name}: no such site`;
    if (Number(r.continuationPC) !== this.#continuation(r, spec, callee?.name)) {
      return `${name}: goes on at ${r.continuationPC}`;
    }
    return this.#pointers(r, spec, site, callee);
  }

  /** Where a frame goes on: after a call, or in its deferreturn where a signal stopped it. */
  #continuation(r: FrameRecord, spec: RuntimeFuncSpec, callee: string | undefined): number {
    if (callee !== 'runtime.sigpanic') return Number(r.pc);
    return spec.deferreturn === 0 ? 0 : Number(r.entryPC) + spec.deferreturn + 1;
  }

  #pointers(
    r: FrameRecord,
    spec: RuntimeFuncSpec,
    site: RuntimeCallSite,
    callee: { name: string; args: string | undefined } | undefined,
  ): string | undefined {
    if (callee?.name.startsWith('main.') === true || spec.locals0 === undefined) return undefined;
    const { ptrSize, usesLR, framePointerEnabled, minFrameSize } = this.#arch;
    let varp = r.contents.length - (usesLR ? 0 : ptrSize);
    if (varp > 0 && framePointerEnabled) varp -= ptrSize;
    const locals = site.locals ?? spec.locals0;
    const want = [
      ...offsetsOf(callee?.args, minFrameSize, ptrSize),
      ...offsetsOf(locals, varp - locals.length * ptrSize, ptrSize),
    ];
    const got = r.pointers.map(Number);
    const same = want.length === got.length && want.every((off, i) => off === got[i]);
    return same ? undefined : `${spec.name}+${site.off}: pointers at ${got}, by the table ${want}`;
  }
}

/** The table's site is a call of that function; 'main' stands for the program's. */
function calls(site: RuntimeCallSite, callee: string | undefined): boolean {
  const [name] = site.callee.split('#');
  if (callee === undefined) return name === 'stop';
  return name === (callee.startsWith('main.') ? 'main' : callee);
}

const recorded = (e: GoldenEntry) =>
  ['parked', 'deep-stacks', 'nil-dereference'].includes(e.program);

describe('the frames of the runtime in real dumps are those of the table', () => {
  test.each(goarches)('%s', (goarch) => {
    const wrong: string[] = [];
    const frames = new GoldenFrames(goarch);
    for (const { id, dump } of goldens((e) => e.goarch === goarch && recorded(e))) {
      for (const record of readDump(dump)) {
        if (record.kind === 'goroutine') frames.goroutine();
        if (record.kind !== 'stackFrame') continue;
        const defect = frames.frame(record);
        if (defect !== undefined) wrong.push(`${id}: ${defect}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(frames.checked).toBeGreaterThan(100);
  });
});

const bitsOf = ({ n, bytedata }: { n: number; bytedata: Uint8Array }) =>
  Array.from({ length: n }, (_, i) => ((bytedata[i >> 3]! >> (i & 7)) & 1).toString()).join('');

it.each(goarches)('%s: the pc of a call site tells its function, line and maps', (goarch) => {
  const arch = archOf(goarch);
  const symtab = new Symtab(arch, new ModuleData(arch, { text: 8 << 20 }));
  const funcs = addRuntimeFuncs(arch, symtab);
  let sites = 0;
  for (const spec of runtimeFuncSpecs(goarch)) {
    const { func } = funcs.get(spec.name);
    expect([func.end - func.entry, func.frameSize]).toEqual([spec.size, spec.frame]);
    for (const site of spec.sites.filter((s) => s.off > 0)) {
      const pc = funcs.site(func, site.callee)!;
      const where = `${spec.name} > ${site.callee}`;
      expect(pc - func.entry, where).toBe(site.off);
      expect(symtab.findfunc(pc - 1), where).toBe(func);
      expect(func.funcline(pc - 1).line, where).toBe(site.line);
      const index = func.stackMapIndex(pc - 1);
      if (site.locals) expect(bitsOf(func.locals!.bitmap(index)), where).toBe(site.locals);
      if (site.args) expect(bitsOf(func.args!.bitmap(index)), where).toBe(site.args);
      sites++;
    }
  }
  expect(sites).toBeGreaterThan(70);
});

it('a name that is not in the table is an error that says so', () => {
  const { rt } = goroutineWorld();
  expect(() => rt.sched.funcs.get('runtime.nope')).toThrow(
    "runtime.nope is not among the runtime's functions",
  );
});

it.each(goarches)('%s: calls nest on the stack and leave it as they found it', (goarch) => {
  const world = goroutineWorld({ goarch });
  const { rt } = world;
  const inner = world.func('inner');
  let depths: number[] = [];
  world.go('f', function* () {
    const gp = rt.m.curg!;
    const { sp, pc, bp } = gp.sched;
    const panic = enter(rt, 'runtime.gopanic');
    const main = call(rt, inner);
    expect(main.returnPc).toBe(rt.sched.funcs.site(panic.fn, 'main'));
    depths = [sp, panic.sp, main.sp];
    popFrame(rt, main);
    leave(rt, panic);
    expect(gp.sched).toMatchObject({ sp, pc, bp });
    yield* Gosched(rt);
  });
  world.run();
  expect(depths).toEqual(depths.toSorted((a, b) => b - a));
  expect(new Set(depths).size).toBe(3);
});

it.each(goarches)('%s: a nil channel blocks in a line of its own', (goarch) => {
  const world = goroutineWorld({ goarch });
  const { rt } = world;
  const c = makechan(rt, rt.types.int64, 0);
  const ops = {
    recv: () => chanrecv(rt, c, 0),
    recvNil: () => chanrecv(rt, 0, 0),
    sendNil: () => chansend(rt, 0, 0),
  };
  const parked = Object.entries(ops).map(([name, op]) =>
    world.go(name, function* () {
      yield* op();
    }),
  );
  expect(() => world.run()).toThrow('all goroutines are asleep');
  const lines = parked.map((g) => {
    const [, frame] = Array.from(framesOf(rt, g), (f) => ({ name: f.fn.name, fn: f.fn, pc: f.pc }));
    return `${frame!.name}:${frame!.fn.funcline(frame!.pc - 1).line}`;
  });
  expect(lines).toEqual(['runtime.chanrecv:583', 'runtime.chanrecv:469', 'runtime.chansend:165']);
});
