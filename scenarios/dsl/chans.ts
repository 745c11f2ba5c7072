/** Channels and select in a script. A value on its way lies in the temporaries of the frame. */
import { chanrecv, chansend, closechan, makechan } from '../../sim/chan.ts';
import { block, selectgo } from '../../sim/select.ts';
import type { Type } from '../../sim/type.ts';
import type { Codec } from './codec.ts';
import { ScenarioError } from './errors.ts';
import type { Blocking } from './func.ts';
import { hex } from './hex.ts';
import type { Machine } from './machine.ts';
import type { Chan, ChanType, GoType } from './types.ts';

/** A channel of any element type. */
// biome-ignore lint/suspicious/noExplicitAny: a channel type is neither more nor less than another
type AnyChan = ChanType<any>;

/** A case of select: receive from a channel, or send a value to one. */
export type SelectCase =
  | { readonly recv: AnyChan; readonly c: number }
  | { readonly send: AnyChan; readonly c: number; readonly value: unknown };

/** What select took: the case's index (-1: the default), and what it received. */
export interface Selected {
  readonly index: number;
  readonly value: unknown;
  /** False for a receive from a closed channel. */
  readonly ok: boolean;
}

/** What a receive gave; `ok` is false for a closed channel. */
export interface Received<T> {
  readonly value: T;
  readonly ok: boolean;
}

export function makeChan<T>(m: Machine, t: ChanType<T>, size: number): Chan<T> {
  const { world } = m;
  const elem = m.type(t.elem);
  m.at('makechan', elem);
  const c = m.within('runtime.makechan', () => makechan(world, elem, size));
  world.gc.hold(c);
  m.trace?.({ op: 'makechan', g: m.g.goid, type: elem, size, addr: hex(c) });
  return c as Chan<T>;
}

/** Distance below varp of a temporary for values of the type, after `used` bytes of others. */
function temporary(m: Machine, t: Type, used: number): number {
  const { decl, temps, tempsOffset } = m.running;
  const { ptrSize } = m.world.arch;
  if (used + t.size > temps * ptrSize) {
    throw new ScenarioError(
      `${decl.name} has no room for a ${t.string} of ${t.size} bytes on its way through a channel: ` +
        `declare the function with temps: ${Math.ceil((used + t.size) / ptrSize)}`,
    );
  }
  return tempsOffset - Math.ceil(used / ptrSize) * ptrSize;
}

export function* send<T>(m: Machine, t: ChanType<T>, c: Chan<T>, value: T): Blocking {
  const elem = m.type(t.elem);
  const off = temporary(m, elem, 0);
  const frame = m.g.frame!;
  m.program.stack.codec(t.elem).store(frame.varp - off, value);
  m.at('chansend', elem, elem);
  const addr = hex(frame.varp - off);
  m.trace?.({ op: 'send', g: m.g.goid, type: elem, chan: hex(c), addr });
  yield* chansend(m.world, c, frame.varp - off);
}

export function* recv<T>(m: Machine, t: ChanType<T>, c: Chan<T>): Blocking<T> {
  return (yield* recvOk(m, t, c, false)).value;
}

/** `commaOk`: the statement asks for both, or ranges over the channel. */
export function* recvOk<T>(
  m: Machine,
  t: ChanType<T>,
  c: Chan<T>,
  commaOk = true,
): Blocking<Received<T>> {
  const elem = m.type(t.elem);
  const off = temporary(m, elem, 0);
  const frame = m.g.frame!;
  m.world.memory.clear(frame.varp - off, elem.size);
  m.at('chanrecv', elem, elem);
  m.trace?.({ op: 'recv', g: m.g.goid, type: elem, chan: hex(c) });
  const { received } = yield* chanrecv(m.world, c, frame.varp - off, true, commaOk);
  return { value: m.program.stack.codec(t.elem).load(frame.varp - off), ok: received };
}

/** Receives without a place for the value. */
export function* discard<T>(m: Machine, t: ChanType<T>, c: Chan<T>): Blocking {
  const elem = m.type(t.elem);
  m.at('chanrecv', elem);
  m.trace?.({ op: 'discard', g: m.g.goid, type: elem, chan: hex(c) });
  yield* chanrecv(m.world, c, 0);
}

export function close(m: Machine, c: number): void {
  m.at('closechan');
  m.trace?.({ op: 'close', g: m.g.goid, chan: hex(c) });
  m.within('runtime.closechan', () => closechan(m.world, c));
}

/** A case with its place among the temporaries. */
interface PlacedCase {
  /** Position in the script's list. */
  readonly index: number;
  readonly c: number;
  readonly sends: boolean;
  readonly type: Type;
  readonly codec: Codec<unknown>;
  readonly off: number;
}

/** Sends first, as selectgo wants them; each with its value in place. */
function placed(m: Machine, cases: readonly SelectCase[]): PlacedCase[] {
  const { world, program } = m;
  const { ptrSize } = world.arch;
  const frame = m.g.frame!;
  const order = [...cases.entries()].sort(
    ([i, a], [j, b]) => Number('recv' in a) - Number('recv' in b) || i - j,
  );
  let used = 0;
  return order.map(([index, one]) => {
    const elem = ('send' in one ? one.send : one.recv).elem as GoType<unknown>;
    const type = m.type(elem);
    const codec: Codec<unknown> = program.stack.codec(elem);
    const off = temporary(m, type, used);
    used += Math.ceil(type.size / ptrSize) * ptrSize;
    if ('send' in one) codec.store(frame.varp - off, one.value);
    else world.memory.clear(frame.varp - off, type.size);
    return { index, c: one.c, sends: 'send' in one, type, codec, off };
  });
}

export function* select(
  m: Machine,
  cases: readonly SelectCase[],
  hasDefault: boolean,
): Blocking<Selected> {
  const { world } = m;
  const frame = m.g.frame!;
  if (cases.length === 0 && !hasDefault) {
    m.at('block');
    m.trace?.({ op: 'select', g: m.g.goid, cases: 0 });
    return yield* block(world);
  }
  const order = placed(m, cases);
  const temps = world.types.structOf(order.map(({ type }, k) => ({ name: `T${k}`, type })));
  m.at('selectgo', temps, temps);
  for (const { c, sends, type, off } of order) {
    const addr = hex(frame.varp - off);
    m.trace?.({ op: 'case', g: m.g.goid, type, chan: hex(c), sends, addr });
  }
  m.trace?.({ op: 'select', g: m.g.goid, cases: cases.length, hasDefault });
  const nsends = order.filter(({ sends }) => sends).length;
  const scases = order.map(({ c, off }) => ({ c, elem: () => frame.varp - off }));
  let parked = false;
  const choice = selectgo(world, scases, nsends, !hasDefault);
  let step = choice.next();
  for (; step.done !== true; step = choice.next()) {
    parked = true;
    yield;
  }
  const { index, recvOK } = step.value;
  m.trace?.({ op: 'selected', g: m.g.goid, index, parked });
  if (index < 0) return { index, value: undefined, ok: false };
  const taken = order[index]!;
  const value = taken.sends ? undefined : taken.codec.load(frame.varp - taken.off);
  return { index: taken.index, value, ok: recvOK };
}
