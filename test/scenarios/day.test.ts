/** A day of a small service under steady load: neither the simulated heap nor the model's own memory grows. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import {
  type Blocking,
  chan,
  func,
  type Go,
  globals,
  int,
  map,
  nil,
  type Ptr,
  ptr,
  runScenario,
  type StructType,
  scenario,
  slice,
  string,
  struct,
  uint8,
} from '../../scenarios/index.ts';

const Bytes = slice(uint8);
interface Session {
  user: number;
  visits: number;
  before: Ptr<Session>;
}
const Session: StructType<Session> = struct('main.Session', () => ({
  user: int,
  visits: int,
  before: ptr(Session),
}));
const Sessions = map(string, ptr(Session));
const Replies = chan(int);
const vars = globals({ sessions: Sessions, replies: Replies });

const second = 1e9;
const hours = 24;
const users = 50;

/** Answers after a while; a user's session is made anew now and then, so that the old one is garbage. */
const handle = func(
  'main.handle',
  { params: { n: int, replies: Replies }, locals: { body: Bytes, session: ptr(Session) } },
  function* (go, f): Blocking {
    f.body = go.makeSlice(uint8, 100 + (f.n % 37) * 50);
    const user = f.n % users;
    const name = go.concat(go.str('user '), go.strconv.itoa(user));
    const { sessions } = go.globals(vars);
    const found = go.mapGet(Sessions, sessions, name) ?? nil;
    f.session = found === nil || f.n % 7 === 0 ? go.new(Session, { user }) : found;
    go.at(Session, f.session).visits++;
    go.mapSet(Sessions, sessions, name, f.session);
    yield* go.time.sleep((1 + (f.n % 5)) * 1e6);
    yield* go.send(Replies, f.replies, go.at(Session, f.session).visits);
  },
);

interface Sample {
  readonly goroutines: number;
  readonly heapSys: number;
  readonly heapInuse: number;
  readonly stackInuse: number;
  readonly otherSys: number;
  /** Bytes of the process that are in use by the model. */
  readonly host: number;
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function* sample(go: Go): Blocking<Sample> {
  yield* go.runtime.GC();
  const stats = go.runtime.readMemStats();
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return {
    goroutines: go.runtime.numGoroutine(),
    heapSys: Number(stats.HeapSys),
    heapInuse: Number(stats.HeapInuse),
    stackInuse: Number(stats.StackInuse),
    otherSys: Number(stats.MSpanSys) + Number(stats.GCSys) + Number(stats.OtherSys),
    host: heapUsed + arrayBuffers,
  };
}

test('24 simulated hours leave as much in use as the first few', () => {
  const samples: Sample[] = [];
  const main = function* (go: Go): Blocking {
    go.globals(vars).sessions = go.makeMap(Sessions);
    go.globals(vars).replies = go.makeChan(Replies, 0);
    const { replies } = go.globals(vars);
    for (let n = 0; n < hours * 1800; n++) {
      go.go(handle, { n, replies });
      yield* go.recv(Replies, replies);
      yield* go.time.sleep(2 * second);
      if ((n + 1) % 1800 === 0) samples.push(yield* sample(go));
    }
    go.writeHeapDump();
  };
  const service = scenario({ question: 'Does a day leak?', globals: vars, main });
  runScenario(service, { openDump: () => ({ write: () => {} }) });
  expect(samples).toHaveLength(hours);
  const early = samples.slice(2, 5);
  const late = samples.slice(-3);
  const most = (of: readonly Sample[], name: keyof Sample): number =>
    Math.max(...of.map((one) => one[name]));
  for (const name of ['goroutines', 'heapSys', 'heapInuse', 'stackInuse', 'otherSys'] as const) {
    expect(most(late, name), name).toBeLessThanOrEqual(most(early, name));
  }
  // What the engine of JavaScript keeps varies by some hundred KiB.
  expect(most(late, 'host') - most(early, 'host')).toBeLessThan(2 << 20);
});
