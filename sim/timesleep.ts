/**
 * time.Sleep and timers that send on a channel.
 *
 * @go runtime/time.go timeSleep, time/sleep.go NewTimer
 */
import { newobject } from './malloc.ts';
import { gopark, goready } from './proc.ts';
import type { Runtime } from './runtime2.ts';
import { enter, inFrame, leave } from './runtimefuncs.ts';
import { addtimer, modtimer, Timer } from './time.ts';
import { waitReasonSleep } from './waitreason.ts';

/** time.Sleep(ns) in virtual time. @go runtime/time.go timeSleep */
export function* timeSleep(rt: Runtime, ns: number): Generator<void, void, void> {
  if (ns <= 0) return;
  const gp = rt.m.curg!;
  const own = enter(rt, 'time.Sleep');
  const struct = rt.sched.structs.get('timer');
  if (gp.timer === 0) rt.sched.setTimer(rt, gp, newobject(rt, struct.type));
  const fire = () => goready(rt, gp);
  const when = rt.nanotime + ns;
  const t = new Timer(gp.timer, fire);
  const { off } = struct;
  rt.gc.writePointer(rt, t.addr + off['arg.data']!, gp.addr);
  rt.memory.writeUint64(t.addr + off.nextwhen!, BigInt(Math.trunc(when)));
  yield* gopark(rt, waitReasonSleep, () => {
    rt.memory.writeUint64(t.addr + off.when!, BigInt(Math.trunc(when)));
    inFrame(rt, 'runtime.resetForSleep', () => {
      modtimer(rt, rt.m.p!, t, when);
    });
  });
  leave(rt, own);
}

/**
 * Starts a time.Timer for channel `c`: the object in the heap that has the timer behind its channel.
 * `fire` is called when it is time.
 *
 * @go time/sleep.go NewTimer, runtime/time.go startTimer
 */
export function newTimer(rt: Runtime, c: number, ns: number, fire: () => void): number {
  const { types, memory, sched, arch } = rt;
  const { type: timer, off } = sched.structs.get('timer');
  const t = types.named('time', 'Timer', () =>
    types.structOf([
      { name: 'C', type: types.unsafePointer },
      { name: 'r', type: timer },
    ]),
  );
  const p = newobject(rt, t);
  rt.gc.writePointer(rt, p, c);
  const r = p + arch.ptrSize;
  rt.gc.writePointer(rt, r + off['arg.data']!, c);
  const when = rt.nanotime + ns;
  memory.writeUint64(r + off.when!, BigInt(Math.trunc(when)));
  inFrame(rt, 'time.startTimer', () =>
    inFrame(rt, 'runtime.addtimer', () => {
      addtimer(rt, rt.m.p!, new Timer(r, fire), when);
    }),
  );
  return p;
}
