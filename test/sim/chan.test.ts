import fc from 'fast-check';
import { expect, it } from 'vitest';
import { goarches } from '../../sim/arch.ts';
import { chancap, chanlen, chanrecv, chansend, closechan, makechan } from '../../sim/chan.ts';
import { runFrame } from '../../sim/panic.ts';
import { Gosched } from '../../sim/proc.ts';
import { Gdead, Gwaiting } from '../../sim/runtime2.ts';
import { selectgo } from '../../sim/select.ts';
import { waitReasonStrings } from '../../sim/waitreason.ts';
import { goroutineWorld } from './goroutine-world.ts';

const int64 = (world: ReturnType<typeof goroutineWorld>) => world.rt.types.int64;

function scratch(world: ReturnType<typeof goroutineWorld>): number {
  const { rt } = world;
  const frame = rt.m.curg!.frame!;
  return frame.varp - 8;
}

it.each(goarches)(
  '%s: values come out in the order they went in, for every buffer size',
  (goarch) => {
    for (const size of [0, 1, 3]) {
      const world = goroutineWorld({ goarch });
      const { rt } = world;
      const locals = [{ name: 'v', type: int64(world) }];
      const c = makechan(rt, int64(world), size);
      const got: bigint[] = [];
      world.go(
        'sender',
        function* () {
          for (let i = 1n; i <= 10n; i++) {
            rt.memory.writeUint64(scratch(world), i);
            yield* chansend(rt, c, scratch(world));
          }
          closechan(rt, c);
        },
        locals,
      );
      world.go(
        'receiver',
        function* () {
          for (;;) {
            const { received } = yield* chanrecv(rt, c, scratch(world), true, true);
            if (!received) return;
            got.push(rt.memory.readUint64(scratch(world)));
          }
        },
        locals,
      );
      world.run();
      expect(got).toEqual([1n, 2n, 3n, 4n, 5n, 6n, 7n, 8n, 9n, 10n]);
      expect(chanlen(rt, c)).toBe(0);
      expect(chancap(rt, c)).toBe(size);
    }
  },
);

it('a nil channel blocks forever with its own wait reasons', () => {
  const world = goroutineWorld();
  const { rt } = world;
  const r = world.go('r', function* () {
    yield* chanrecv(rt, 0, 0);
  });
  const s = world.go('s', function* () {
    yield* chansend(rt, 0, 0);
  });
  expect(() => world.run()).toThrow('all goroutines are asleep - deadlock!');
  expect(r.status).toBe(Gwaiting);
  expect(waitReasonStrings[r.waitreason]).toBe('chan receive (nil chan)');
  expect(waitReasonStrings[s.waitreason]).toBe('chan send (nil chan)');
});

it('closing twice, closing nil and sending on a closed channel panic with Go’s words', () => {
  for (const [act, message] of [
    ['close', 'panic: close of closed channel'],
    ['nil', 'panic: close of nil channel'],
    ['send', 'panic: send on closed channel'],
  ] as const) {
    const world = goroutineWorld();
    const { rt } = world;
    const c = makechan(rt, int64(world), 0);
    closechan(rt, c);
    world.go('main', function* () {
      yield* runFrame(rt, rt.m.curg!.frame!, act === 'send' ? send() : close());
    });
    function* send() {
      yield* chansend(rt, c, 0);
    }
    function* close() {
      closechan(rt, act === 'nil' ? 0 : c);
      yield* Gosched(rt);
    }
    expect(() => world.run()).toThrow(message);
  }
});

it('a sudog goes back to the cache and is used again: one object for any number of blocks', () => {
  const world = goroutineWorld();
  const { rt } = world;
  const c = makechan(rt, int64(world), 0);
  world.go('a', function* () {
    for (let i = 0; i < 100; i++) yield* chanrecv(rt, c, 0);
  });
  world.go(
    'b',
    function* () {
      for (let i = 0; i < 100; i++) yield* chansend(rt, c, scratch(world));
    },
    [{ name: 'v', type: int64(world) }],
  );
  world.run();
  expect(rt.sched.sudogs.size).toBeLessThanOrEqual(2);
});

it('select takes a ready case, its default, or waits for one and leaves no other queue', () => {
  const world = goroutineWorld();
  const { rt } = world;
  const chans = [0, 1, 2].map(() => makechan(rt, int64(world), 0));
  const taken: number[] = [];
  world.go('selecter', function* () {
    const none = yield* selectgo(
      rt,
      chans.map((c) => ({ c, elem: () => 0 })),
      0,
      false,
    );
    expect(none.index).toBe(-1);
    for (let i = 0; i < 6; i++) {
      const r = yield* selectgo(
        rt,
        chans.map((c) => ({ c, elem: () => 0 })),
        0,
        true,
      );
      expect(r.recvOK).toBe(true);
      taken.push(r.index);
    }
  });
  world.go(
    'sender',
    function* () {
      for (const i of [2, 0, 1, 1, 2, 0]) {
        yield* chansend(rt, chans[i]!, scratch(world));
        yield* Gosched(rt);
      }
    },
    [{ name: 'v', type: int64(world) }],
  );
  world.run();
  expect(taken).toEqual([2, 0, 1, 1, 2, 0]);
  const { off } = rt.sched.structs.get('hchan');
  for (const c of chans) expect(rt.memory.readUintptr(c + off['recvq.first']!)).toBe(0);
});

it('any mix of producers and consumers conserves the values, in order for each producer', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 0, max: 5 }),
      fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 30 }),
      (producers, consumers, size, pauses) => {
        const world = goroutineWorld();
        const { rt } = world;
        const c = makechan(rt, int64(world), size);
        const locals = [{ name: 'v', type: int64(world) }];
        const got: number[] = [];
        let live = producers;
        for (let p = 0; p < producers; p++) {
          world.go(
            `p${p}`,
            function* () {
              for (let i = 0; i < pauses.length; i++) {
                rt.memory.writeUint64(scratch(world), BigInt(p * 1000 + i));
                yield* chansend(rt, c, scratch(world));
                for (let k = 0; k < pauses[i]!; k++) yield* Gosched(rt);
              }
              if (--live === 0) closechan(rt, c);
            },
            locals,
          );
        }
        for (let k = 0; k < consumers; k++) {
          world.go(
            `c${k}`,
            function* () {
              for (;;) {
                const r = yield* chanrecv(rt, c, scratch(world), true, true);
                if (!r.received) return;
                got.push(Number(rt.memory.readUint64(scratch(world))));
              }
            },
            locals,
          );
        }
        world.run();
        expect(got.length).toBe(producers * pauses.length);
        expect(new Set(got).size).toBe(got.length);
        if (consumers === 1) {
          for (let p = 0; p < producers; p++) {
            const mine = got.filter((v) => Math.floor(v / 1000) === p);
            expect(mine).toEqual(mine.toSorted((a, b) => a - b));
          }
        }
        expect(rt.allgs.every((g) => g.status === Gdead)).toBe(true);
      },
    ),
    { numRuns: 30 },
  );
});
