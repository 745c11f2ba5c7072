/** Stacks and their owners: depths, gaps, frames of no bytes, wait reasons, deferred calls, call stacks of the profile. */
import { goarchFacts } from '../../../dump/goarch-facts.ts';
import { waitReasonStrings } from '../../../sim/waitreason.ts';
import { recordCase, type SuiteCase } from './case.ts';
import { deferRecord, goexit, panicRecord, profileRecord } from './kinds.ts';
import { le8, place, type SuiteTarget, suiteTargets, World } from './world.ts';

const depths = [0, 1, 32, 500];

export function* stackCases(): Generator<SuiteCase> {
  for (const depth of depths) {
    // Addresses of one byte, so that a deep stack is a small dump.
    const frames = Array.from({ length: depth }, (_, i) => ({
      name: `f${i}`,
      contents: new Uint8Array(0),
      ...{ sp: 0x60, childSP: i === 0 ? 0 : 0x60 },
      ...{ entryPC: 0x10, pc: 0x20, continuationPC: 0x20 },
    }));
    yield recordCase(
      `stack-depth-${depth}`,
      new World().goroutine({ sp: 0x60 }, frames).canary().goroutine().canary().end(),
      {
        reason: `a goroutine of ${depth} frames, then a canary and another goroutine`,
        specRef: 'runtime/heapdump.go dumpgoroutine',
        bugType: 'stack-depth',
      },
    );
    const stack = Array.from({ length: depth }, (_, i) => ({ func: `f${i}`, file: 'f', line: i }));
    yield recordCase(
      `stack-profile-${depth}`,
      new World()
        .object(0, 0, 0)
        .add(profileRecord({ frames: stack }))
        .canary()
        .add({ kind: 'allocSample', address: le8.heapStart, bucket: place.bucket })
        .end(),
      {
        reason: `a profile record of ${depth} frames, then a canary`,
        specRef: 'runtime/heapdump.go dumpmemprof_callback',
        bugType: 'stack-depth',
      },
    );
  }
  yield* frameCases();
  yield* goexitCases();
  yield* goroutineCases();
  yield* unknownCases();
  yield* chainCases();
}

function* frameCases(): Generator<SuiteCase> {
  for (const target of suiteTargets) {
    const world = new World(target).object(0, 0, 0);
    const words = world.words(0, 0);
    const gap = { sp: world.stack(0x400), contents: words };
    yield recordCase(
      `stack-gap-${target.id}`,
      world
        .goroutine({}, [{ name: 'main.leaf' }, { name: 'main.main', ...gap }])
        .canary()
        .end(),
      {
        reason: 'a frame that does not begin where the one before it ends',
        specRef: 'runtime/heapdump.go dumpframe',
        bugType: 'frames-adjacent',
      },
    );
  }
}

/** A target for each architecture: the bytes of runtime.goexit's frame are what a call pushes. */
function* goexitCases(): Generator<SuiteCase> {
  const pushed: Readonly<Record<string, number>> = { amd64: 8, '386': 4 };
  for (const [architecture, { pointerSize, bigEndian }] of Object.entries(goarchFacts)) {
    if (architecture === 'wasm') continue;
    const like = suiteTargets.find(
      (each) => each.pointerSize === pointerSize && each.bigEndian === bigEndian,
    )!;
    const target: SuiteTarget = { ...like, architecture, goexitSize: pushed[architecture] ?? 0 };
    const world = new World(target);
    world.goroutine({}, [{ name: 'main.main' }, goexit(world)]);
    yield recordCase(`stack-goexit-${architecture}`, world.canary().end(), {
      reason: `runtime.goexit on ${architecture}: a frame of ${target.goexitSize} bytes`,
      specRef: 'runtime/heapdump.go dumpframe',
      bugType: 'empty-frame',
    });
  }
}

function* goroutineCases(): Generator<SuiteCase> {
  const world = new World();
  for (const waitReason of waitReasonStrings) world.goroutine({ waitReason }, []).canary();
  yield recordCase('goroutine-wait-reasons', world.end(), {
    reason: 'a waiting goroutine for every wait reason of Go 1.22, each followed by a canary',
    specRef: 'runtime/runtime2.go waitReasonStrings',
    bugType: 'unknown-enum',
  });
  const statuses = new World();
  for (const status of [1, 3, 4]) {
    statuses.goroutine({ status, waitReason: status === 4 ? 'sleep' : '' }).canary();
  }
  yield recordCase('goroutine-statuses', statuses.end(), {
    reason: 'a runnable goroutine, one in a system call, one that waits',
    specRef: 'runtime/heapdump.go dumpgs',
    bugType: 'unknown-enum',
  });
  const flags = new World().goroutine({ isSystem: true }).goroutine({ isBackground: true });
  yield recordCase('goroutine-flags', flags.goroutine({ waitSince: 12345 }).canary().end(), {
    reason: 'a system goroutine, one marked as background, one that has waited since 12345 ns',
    specRef: 'runtime/heapdump.go dumpgoroutine',
  });
}

/** What Go writes where it knows no function. */
function* unknownCases(): Generator<SuiteCase> {
  const frames = [
    { func: '(0x46f3a1)', file: '?', line: 0 },
    { func: '(0x0)', file: '?', line: 0 },
    { func: 'main.main', file: '/a:b/main.go', line: 0 },
  ];
  const world = new World().object(0, 0, 0).add(profileRecord({ frames })).canary();
  yield recordCase('profile-unknown-pc', world.end(), {
    reason: 'call stack with pcs of no function: (0x…), file ?, line 0',
    specRef: 'runtime/heapdump.go dumpmemprof_callback',
    bugType: 'unknown-function',
  });
  const noWay = new World().goroutine({}, [{ name: 'main.main', continuationPC: 0 }]).canary();
  yield recordCase('stack-no-continuation', noWay.end(), {
    reason: 'a frame that may go on nowhere: continuation pc 0',
    specRef: 'runtime/heapdump.go dumpframe',
  });
}

function* chainCases(): Generator<SuiteCase> {
  const world = new World();
  world.goroutine({ defer: world.stack(0x20) });
  const nil = deferRecord(world, { funcval: 0, entryPC: 0 });
  yield recordCase('defer-nil', world.add(nil).canary().end(), {
    reason: 'a deferred call of a nil function: closure 0, entry pc 0',
    specRef: 'runtime/heapdump.go dumpgoroutine',
    bugType: 'nil-function',
  });
  const chain = new World();
  const at = (i: number) => chain.stack(0x20 + 0x40 * i);
  chain.goroutine({ defer: at(0), panic: at(3) });
  for (const i of [0, 1, 2]) {
    chain.add(deferRecord(chain, { address: at(i), link: i < 2 ? at(i + 1) : 0 }));
  }
  for (const i of [3, 4]) {
    chain.add(panicRecord(chain, { address: at(i), link: i < 4 ? at(i + 1) : 0 }));
  }
  yield recordCase('defer-panic-chains', chain.canary().end(), {
    reason: 'a goroutine with three deferred calls and two panics, each chain by its links',
    specRef: 'runtime/heapdump.go dumpgoroutine',
    bugType: 'chain-order',
  });
}
