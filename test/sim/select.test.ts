import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { chanlen, chanrecv, chansend, closechan, makechan } from '../../sim/chan.ts';
import { runFrame } from '../../sim/panic.ts';
import { Gosched } from '../../sim/proc.ts';
import { Gdead, Gwaiting } from '../../sim/runtime2.ts';
import { block, type Scase, selectgo } from '../../sim/select.ts';
import { waitReasonStrings } from '../../sim/waitreason.ts';
import { type GoroutineWorld, goroutineWorld } from './goroutine-world.ts';

const drop = () => 0;
const recvOf = (c: number): Scase => ({ c, elem: drop });

function chans({ rt }: GoroutineWorld, n: number, size: number): number[] {
  return Array.from({ length: n }, () => makechan(rt, rt.types.int64, size));
}

/** Which case each of `times` selects takes while all `n` are ready. */
function takenOf(seed: string, n: number, times: number): number[] {
  const world = goroutineWorld({ seed });
  const { rt } = world;
  const ready = chans(world, n, 1);
  for (const c of ready) closechan(rt, c);
  const taken: number[] = [];
  world.go('selects', function* () {
    for (let i = 0; i < times; i++) {
      taken.push((yield* selectgo(rt, ready.map(recvOf), 0, true)).index);
    }
  });
  world.run();
  return taken;
}

describe('fairness', () => {
  it('the seed decides: the same again for the same, another order for another', () => {
    expect(takenOf('a', 4, 50)).toEqual(takenOf('a', 4, 50));
    expect(takenOf('a', 4, 50)).not.toEqual(takenOf('b', 4, 50));
  });

  test.each([2, 3, 5, 8])('of %i ready cases each is taken as often as any other', (n) => {
    const times = 400 * n;
    const counts = new Array<number>(n).fill(0);
    for (const i of takenOf('fair', n, times)) counts[i]!++;
    // Chi-squared with at most 7 degrees of freedom passes 24.3 once in a thousand seeds.
    const chi2 = counts.reduce((sum, c) => sum + (c - 400) ** 2 / 400, 0);
    expect(chi2).toBeLessThan(24.3);
  });

  it('every order of looking is as likely as any other', () => {
    // With k of 4 cases ready, the first ready one in the order is taken: all 24 orders, told apart by
    // making what was taken unready and asking again.
    const world = goroutineWorld({ seed: 'orders' });
    const { rt } = world;
    const random: number[] = [];
    const { cheaprand } = rt;
    (rt as { cheaprand: () => number }).cheaprand = () => {
      const x = random.shift();
      return x ?? cheaprand();
    };
    const orders = new Map<string, number>();
    const cs = chans(world, 4, 1);
    for (const c of cs) closechan(rt, c);
    const [blocked] = chans(world, 1, 0);
    world.go('selects', function* () {
      for (let i = 0; i < 2400; i++) {
        const draws = Array.from({ length: 4 }, () => cheaprand());
        const order: number[] = [];
        // The cases that were taken turn to a channel that blocks, which leaves the order as it is.
        const cases = cs.map(recvOf);
        for (let k = 0; k < 4; k++) {
          random.splice(0, random.length, ...draws);
          const { index } = yield* selectgo(rt, cases, 0, false);
          order.push(index);
          cases[index] = recvOf(blocked!);
        }
        orders.set(order.join(), (orders.get(order.join()) ?? 0) + 1);
      }
    });
    world.run();
    expect(orders.size).toBe(24);
    const chi2 = [...orders.values()].reduce((sum, c) => sum + (c - 100) ** 2 / 100, 0);
    // 23 degrees of freedom: 49.7 once in a thousand seeds.
    expect(chi2).toBeLessThan(49.7);
  });

  it('draws one number for each case with a channel, none for a nil one', () => {
    const world = goroutineWorld();
    const { rt } = world;
    const [c] = chans(world, 1, 1);
    let drawn = 0;
    const { cheaprand } = rt;
    (rt as { cheaprand: () => number }).cheaprand = () => {
      drawn++;
      return cheaprand();
    };
    world.go('selects', function* () {
      yield* selectgo(rt, [recvOf(0), recvOf(c!), recvOf(0), recvOf(c!)], 0, false);
    });
    world.run();
    expect(drawn).toBe(2);
  });
});

describe('a select that waits', () => {
  it.each(['386', 'amd64', 's390x'] as const)(
    '%s: has a sudog for each channel, in the order of their addresses',
    (goarch) => {
      fc.assert(
        fc.property(fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 8 }), (picks) => {
          const world = goroutineWorld({ goarch });
          const { rt } = world;
          const cs = [0, ...chans(world, 5, 0)];
          const cases = picks.map((i) => recvOf(cs[i]!));
          const g = world.go('selects', function* () {
            yield* selectgo(rt, cases, 0, true);
          });
          expect(() => world.run()).toThrow('deadlock');
          expect(waitReasonStrings[g.waitreason]).toBe('select');
          const { off } = rt.sched.structs.get('sudog');
          const waiting: number[] = [];
          const at = (s: number, field: string) => rt.memory.readUintptr(s + off[field]!);
          for (let s = g.waiting?.addr ?? 0; s !== 0; s = at(s, 'waitlink')) {
            waiting.push(at(s, 'c'));
            expect(rt.memory.readUint8(s + off.isSelect!)).toBe(1);
          }
          const want = cases.map(({ c }) => c).filter((c) => c !== 0);
          expect(waiting).toEqual(want.toSorted((a, b) => a - b));
        }),
        { numRuns: 15, seed: 20240206 },
      );
    },
  );

  it('is woken once, though several could: the other senders go on waiting', () => {
    const world = goroutineWorld();
    const { rt } = world;
    const [c, d] = chans(world, 2, 0);
    const element = makechan(rt, rt.types.int64, 1) + rt.sched.structs.get('hchan').size;
    const taken: number[] = [];
    world.go('selects', function* () {
      taken.push((yield* selectgo(rt, [recvOf(c!), recvOf(d!)], 0, true)).index);
    });
    const senders = [d!, c!].map((ch, i) =>
      world.go(`sends${i}`, function* () {
        yield* chansend(rt, ch, element);
      }),
    );
    expect(() => world.run()).toThrow('deadlock');
    expect(taken).toEqual([1]);
    expect(senders.map((g) => g.status)).toEqual([Gdead, Gwaiting]);
  });

  it('with nil channels only waits forever, as select {} does', () => {
    const world = goroutineWorld();
    const { rt } = world;
    const nils = world.go('nils', function* () {
      yield* selectgo(rt, [recvOf(0), recvOf(0)], 0, true);
    });
    const none = world.go('none', () => block(rt));
    expect(() => world.run()).toThrow('deadlock');
    const reasons = [nils, none].map((g) => waitReasonStrings[g.waitreason]);
    expect(reasons).toEqual(['select', 'select (no cases)']);
  });
});

describe('closed channels', () => {
  test.each([true, false])('a receive case gets the zero value (waiting: %s)', (waiting) => {
    const world = goroutineWorld();
    const { rt } = world;
    const [c] = chans(world, 1, 0);
    if (!waiting) closechan(rt, c!);
    let seen: unknown;
    world.go('selects', function* () {
      seen = yield* selectgo(rt, [recvOf(c!), recvOf(0)], 0, true);
    });
    world.go('closes', function* () {
      if (waiting) closechan(rt, c!);
      yield* Gosched(rt);
    });
    world.run();
    expect(seen).toEqual({ index: 0, recvOK: false });
  });

  test.each([true, false])('a send case panics (waiting: %s)', (waiting) => {
    const world = goroutineWorld();
    const { rt } = world;
    const [c] = chans(world, 1, 0);
    if (!waiting) closechan(rt, c!);
    world.go('selects', function* () {
      function* body(): Generator<void, void, void> {
        yield* selectgo(rt, [recvOf(c!), recvOf(0)], 1, true);
      }
      yield* runFrame(rt, rt.m.curg!.frame!, body());
    });
    world.go('closes', function* () {
      if (waiting) closechan(rt, c!);
      yield* Gosched(rt);
    });
    expect(() => world.run()).toThrow('panic: send on closed channel');
  });
});

it('any mix of selects, sends and receives conserves values and leaves no waiter behind', () => {
  const anyCase = fc.record({ c: fc.nat({ max: 2 }), send: fc.boolean() });
  const anyAct = fc.record({
    cases: fc.array(anyCase, { minLength: 1, maxLength: 4 }),
    block: fc.boolean(),
    yields: fc.nat({ max: 2 }),
  });
  const anyBody = fc.array(anyAct, { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(fc.string(), fc.array(anyBody, { minLength: 2, maxLength: 5 }), (seed, bodies) => {
      const world = goroutineWorld({ seed });
      const { rt } = world;
      const cs = [0, 1, 3].map((size) => makechan(rt, rt.types.int64, size));
      const sent: bigint[] = [];
      const got: bigint[] = [];
      let next = 1n;
      for (const [i, body] of bodies.entries()) {
        world.go(
          `g${i}`,
          function* () {
            const { frame } = rt.m.curg!;
            const { off } = frame!.fn.layout!.slots.get('v')!;
            const v = () => frame!.varp + off;
            for (const act of body) {
              const sends = act.cases.filter((x) => x.send);
              const cases = [...sends, ...act.cases.filter((x) => !x.send)];
              const value = next++;
              rt.memory.writeUint64(v(), value);
              const scases = cases.map((x) => ({ c: cs[x.c]!, elem: v }));
              const r = yield* selectgo(rt, scases, sends.length, act.block);
              if (r.index >= sends.length) got.push(rt.memory.readUint64(v()));
              else if (r.index >= 0) sent.push(value);
              for (let k = 0; k < act.yields; k++) yield* Gosched(rt);
            }
          },
          [{ name: 'v', type: rt.types.int64, addrTaken: true }],
        );
      }
      try {
        world.run();
      } catch (error) {
        expect((error as Error).message).toContain('deadlock');
      }
      world.go(
        'drains',
        function* () {
          const { frame } = rt.m.curg!;
          const at = frame!.varp - 8;
          // A sender that goes on may send again: as often as any body is long.
          for (let round = 0; round < 30; round++) {
            for (const c of cs) {
              while (chanlen(rt, c) > 0) {
                yield* chanrecv(rt, c, at, false);
                got.push(rt.memory.readUint64(at));
              }
            }
            yield* Gosched(rt);
          }
        },
        [{ name: 'v', type: rt.types.int64 }],
      );
      try {
        world.run();
      } catch (error) {
        expect((error as Error).message).toContain('deadlock');
      }
      const { off } = rt.sched.structs.get('hchan');
      const waiting = rt.allgs.filter((g) => g.status === Gwaiting);
      if (waiting.length === 0) {
        for (const c of cs) {
          expect(rt.memory.readUintptr(c + off['recvq.first']!)).toBe(0);
          expect(rt.memory.readUintptr(c + off['sendq.first']!)).toBe(0);
        }
      }
      expect(new Set(got).size).toBe(got.length);
      const order = (a: bigint, b: bigint) => (a < b ? -1 : 1);
      expect(got.toSorted(order)).toEqual(sent.toSorted(order));
    }),
    { numRuns: 60, seed: 20240206 },
  );
});
