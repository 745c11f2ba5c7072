/** sync.RWMutex and sync.Once, threads of their own, system calls that wait, timers with channels. */
import { expect, test } from 'vitest';
import {
  type Blocking,
  chan,
  func,
  globals,
  Mutex,
  Once,
  RWMutex,
  scenario,
  struct,
  Time,
  uint8,
} from '../../../scenarios/index.ts';
import { run, runMain } from './run.ts';

const Locks = struct('main.Locks', { rw: RWMutex, once: Once, mu: Mutex });
const vars = globals({ locks: Locks });

test('readers share a RWMutex, a writer waits for them and keeps later readers out', () => {
  const log: string[] = [];
  const reader = func('main.reader', {}, function* (go): Blocking {
    const rw = go.field(Locks, go.addressOf(vars, 'locks'), 'rw');
    yield* go.sync.rLock(rw);
    log.push('reads');
    yield* go.runtime.Gosched();
    log.push('has read');
    yield* go.sync.rUnlock(rw);
  });
  const writer = func('main.writer', {}, function* (go): Blocking {
    const rw = go.field(Locks, go.addressOf(vars, 'locks'), 'rw');
    yield* go.sync.wLock(rw);
    log.push('writes');
    yield* go.runtime.Gosched();
    log.push('has written');
    yield* go.sync.wUnlock(rw);
  });
  runMain(
    function* (go) {
      for (const f of [reader, reader, writer, reader]) {
        go.go(f);
        if (f === reader && log.length < 2) continue;
        yield* go.runtime.Gosched();
      }
      for (let i = 0; i < 10; i++) yield* go.runtime.Gosched();
    },
    { globals: vars },
  );
  expect(log.filter((what) => what === 'reads').length).toBe(3);
  const from = log.indexOf('writes');
  expect(log[from + 1]).toBe('has written');
  expect(log.slice(0, from).filter((what) => what === 'reads').length).toBe(
    log.slice(0, from).filter((what) => what === 'has read').length,
  );
});

test('Once calls one function once, others wait for it, and a panic counts as done', () => {
  const log: string[] = [];
  const slow = func('main.slow', {}, function* (go): Blocking {
    log.push('begins');
    yield* go.runtime.Gosched();
    log.push('ends');
  });
  const fails = func('main.fails', {}, (go) => go.panic('no'));
  const user = func('main.user', {}, function* (go): Blocking {
    const once = go.field(Locks, go.addressOf(vars, 'locks'), 'once');
    yield* go.sync.do(once, slow);
    log.push('goes on');
  });
  const other = globals({ second: Once }, 'other');
  const rescue = func('main.rescue', {}, (go) => void go.recover());
  const guarded = func('main.guarded', { openDefers: 1 }, function* (go): Blocking {
    go.defer(rescue);
    yield* go.sync.do(go.addressOf(other, 'second'), fails);
  });
  runMain(
    function* (go) {
      for (let i = 0; i < 3; i++) go.go(user);
      for (let i = 0; i < 5; i++) yield* go.runtime.Gosched();
      yield* go.call(guarded);
      yield* go.sync.do(go.addressOf(other, 'second'), slow);
    },
    { globals: [vars, other] },
  );
  expect(log).toEqual(['begins', 'ends', 'goes on', 'goes on', 'goes on']);
});

test('a read of an empty pipe keeps its thread, and goes on once there are bytes', () => {
  const got: number[] = [];
  const reader = func('main.reader', { params: { fd: uint8 } }, function* (go, f): Blocking {
    const b = go.makeSlice(uint8, 4);
    const n = yield* go.syscall.read(f.fd, b);
    for (let i = 0; i < n; i++) got.push(go.get(uint8, b, i));
  });
  const { dumps } = run(
    scenario({
      question: 'How does a system call that waits look?',
      *main(go) {
        const [from, to] = go.syscall.pipe();
        go.go(reader, { fd: from });
        yield* go.runtime.Gosched();
        go.writeHeapDump();
        go.syscall.write(to, go.bytes(go.str('abc')));
        yield* go.runtime.Gosched();
        go.writeHeapDump();
      },
    }),
  );
  expect(got).toEqual([97, 98, 99]);
  const states = dumps.map((dump) => {
    const threads = dump.filter((r) => r.kind === 'osThread').length;
    const waits = dump.flatMap((r) =>
      r.kind === 'goroutine' && Number(r.status) === 3 ? [r.m] : [],
    );
    return { threads, waits: waits.filter((m) => Number(m) !== 0).length };
  });
  expect(states).toEqual([
    { threads: 3, waits: 1 },
    { threads: 3, waits: 0 },
  ]);
});

test('a goroutine that is locked to its thread leaves the P to another, and runs there again', () => {
  const threads: number[] = [];
  const Ints = chan(uint8);
  const locked = func('main.locked', { params: { c: Ints } }, function* (go, f): Blocking {
    go.runtime.LockOSThread();
    yield* go.recv(Ints, f.c);
    yield* go.recv(Ints, f.c);
    go.runtime.UnlockOSThread();
  });
  const { dumps } = run(
    scenario({
      question: 'How many threads has a program?',
      locals: { c: Ints },
      *main(go, _params, frame) {
        frame.c = go.makeChan(Ints);
        go.writeHeapDump();
        go.go(locked, { c: frame.c });
        yield* go.runtime.Gosched();
        go.writeHeapDump();
        yield* go.send(Ints, frame.c, 1);
        yield* go.send(Ints, frame.c, 1);
        yield* go.runtime.Gosched();
        go.writeHeapDump();
      },
    }),
  );
  for (const dump of dumps) threads.push(dump.filter((r) => r.kind === 'osThread').length);
  expect(threads).toEqual([3, 4, 4]);
});

test('time.After sends once it is time', () => {
  const log: (number | boolean)[] = [];
  runMain(
    function* (go) {
      const before = go.time.now();
      const { ok } = yield* go.recvOk(chan(Time), go.time.after(5e9));
      log.push(ok, go.time.now() - before >= 5e9);
    },
    { temps: 8 },
  );
  expect(log).toEqual([true, true]);
});
