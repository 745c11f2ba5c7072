/** A small server under load: a goroutine for each request, workers, sessions behind a mutex, handlers behind an interface. */
import {
  any,
  type Blocking,
  bool,
  type Chan,
  chan,
  func,
  type Go,
  type GoString,
  globals,
  int,
  int64,
  interfaceType,
  intParam,
  Mutex,
  map,
  nil,
  type Ptr,
  ptr,
  type Slice,
  type StructType,
  scenario,
  slice,
  string,
  struct,
  uint8,
  WaitGroup,
} from '../index.ts';

const Bytes = slice(uint8);

const Session = struct('main.Session', {
  user: string,
  seen: int64,
  visits: int,
  trail: slice(string),
});
const SessionPtr = ptr(Session);
const Sessions = map(string, SessionPtr);

interface Request {
  id: number;
  user: GoString;
  body: Slice<number>;
  reply: Chan<GoString>;
}
const Reply = chan(string);
const Request: StructType<Request> = struct('main.Request', {
  id: int,
  user: string,
  body: Bytes,
  reply: Reply,
});
const RequestPtr = ptr(Request);
const Jobs = chan(RequestPtr);

const Handler = interfaceType('main.Handler', ['Serve']);
const serves = { ptrMethods: ['Serve'] };
const Pages = struct('main.Pages', { title: string, served: int }, serves);
const Uploads = struct('main.Uploads', { bytes: int64, last: Bytes }, serves);
const Broken = struct('main.Broken', { failures: int }, serves);
const PagesPtr = ptr(Pages);
const UploadsPtr = ptr(Uploads);
const BrokenPtr = ptr(Broken);
/** What Broken panics with. */
const Failure = struct('main.Failure', { request: int, page: string });

const Server = struct('main.Server', {
  mu: Mutex,
  sessions: Sessions,
  handlers: slice(Handler),
  jobs: Jobs,
  pending: WaitGroup,
  failures: slice(any),
  closed: bool,
});
const ServerPtr = ptr(Server);

const vars = globals({ server: ServerPtr });

const millisecond = 1e6;

/** Answers jobs until there are no more, each after some work. */
const work = func(
  'main.(*Server).work',
  { params: { jobs: Jobs }, locals: { r: RequestPtr, answer: string } },
  function* (go, f): Blocking {
    for (;;) {
      f.r = nil;
      const { value, ok } = yield* go.recvOk(Jobs, f.jobs);
      if (!ok) return;
      f.r = value;
      const { id, user, reply } = go.at(Request, f.r);
      yield* go.time.sleep((1 + (id % 3)) * millisecond);
      f.answer = go.concat(go.str('result '), go.strconv.itoa(id), go.str(' for '), user);
      yield* go.send(Reply, reply, f.answer);
    }
  },
);

/** Finds the user's session or makes one, under the lock. */
const visit = func(
  'main.(*Server).visit',
  { params: { s: ServerPtr, user: string, page: string }, locals: { found: SessionPtr } },
  function* (go, f): Blocking {
    const { sessions } = go.at(Server, f.s);
    const mu = go.field(Server, f.s, 'mu');
    yield* go.sync.lock(mu);
    f.found = go.mapGet(Sessions, sessions, f.user) ?? nil;
    if (f.found === nil) {
      yield* go.time.sleep(millisecond / 4);
      f.found = go.new(Session, { user: f.user });
      go.mapSet(Sessions, sessions, f.user, f.found);
    }
    const session = go.at(Session, f.found);
    session.visits++;
    session.seen = go.time.now();
    session.trail = go.append(string, session.trail, f.page);
    yield* go.sync.unlock(mu);
  },
);

/** Forgets the sessions that nobody has used for a while. */
const expire = func(
  'main.(*Server).expire',
  { params: { s: ServerPtr } },
  function* (go, f): Blocking {
    while (!go.at(Server, f.s).closed) {
      yield* go.time.sleep(5 * millisecond);
      const mu = go.field(Server, f.s, 'mu');
      yield* go.sync.lock(mu);
      const { sessions } = go.at(Server, f.s);
      for (const [user, session] of go.range(Sessions, sessions)) {
        const idle = go.time.now() - go.at(Session, session).seen;
        if (idle > 8 * millisecond) go.mapDelete(Sessions, sessions, user);
      }
      yield* go.sync.unlock(mu);
    }
  },
);

/** Lets a worker find the answer and builds the page in a buffer that grows. */
const servePage = func(
  'main.(*Pages).Serve',
  { params: { p: PagesPtr, r: RequestPtr }, locals: { page: Bytes, answer: string } },
  function* (go, f): Blocking {
    const p = go.at(Pages, f.p);
    p.served++;
    yield* go.send(Jobs, go.at(Server, go.globals(vars).server).jobs, f.r);
    f.answer = yield* go.recv(Reply, go.at(Request, f.r).reply);
    for (const part of [p.title, f.answer, f.answer, p.title]) {
      f.page = go.appendString(f.page, part);
    }
  },
);

/** Reads the body piece by piece and keeps it until the next upload. */
const serveUpload = func(
  'main.(*Uploads).Serve',
  { params: { u: UploadsPtr, r: RequestPtr } },
  function* (go, f): Blocking {
    const { body } = go.at(Request, f.r);
    for (let read = 0; read < body.len; read += 1024) yield* go.time.sleep(millisecond / 2);
    const u = go.at(Uploads, f.u);
    u.bytes += body.len;
    u.last = body;
  },
);

const serveBroken = func(
  'main.(*Broken).Serve',
  { params: { b: BrokenPtr, r: RequestPtr } },
  (go, f) => {
    go.at(Broken, f.b).failures++;
    const { id } = go.at(Request, f.r);
    go.panic(go.toInterface(any, Failure, { request: id, page: go.str('/broken') }));
  },
);

/** `h.Serve(r)`: the method of the handler's own type. */
function* serve(go: Go, h: Parameters<Go['assert']>[1], r: Ptr<Request>): Blocking {
  const p = go.assert(Handler, h, PagesPtr);
  if (p !== undefined) return yield* go.call(servePage, { p, r });
  const u = go.assert(Handler, h, UploadsPtr);
  if (u !== undefined) return yield* go.call(serveUpload, { u, r });
  go.call(serveBroken, { b: go.assert(Handler, h, BrokenPtr)!, r });
}

/** Keeps the server alive when a handler panics. */
const recovered = func('main.(*Server).recovered', { params: { s: ServerPtr } }, (go, f) => {
  const failure = go.recover();
  if (failure === null) return;
  const s = go.at(Server, f.s);
  s.failures = go.append(any, s.failures, failure);
});

const done = func('main.(*Server).done', { params: { s: ServerPtr } }, function* (go, f): Blocking {
  yield* go.sync.add(go.field(Server, f.s, 'pending'), -1);
});

/** A request's goroutine. */
const handle = func(
  'main.(*Server).handle',
  { params: { s: ServerPtr, r: RequestPtr }, openDefers: 2 },
  function* (go, f): Blocking {
    go.defer(done, { s: f.s });
    go.defer(recovered, { s: f.s });
    const { id, user } = go.at(Request, f.r);
    const page = go.concat(go.str('/page/'), go.strconv.itoa(id % 40));
    yield* go.call(visit, { s: f.s, user, page });
    const { handlers } = go.at(Server, f.s);
    yield* serve(go, go.get(Handler, handlers, id % handlers.len), f.r);
  },
);

/** Starts a goroutine for a request of a random user. */
const accept = func(
  'main.(*Server).accept',
  { params: { s: ServerPtr, id: int, users: int }, locals: { r: RequestPtr } },
  function* (go, f): Blocking {
    const { id } = f;
    f.r = go.new(Request, { id });
    const r = go.at(Request, f.r);
    r.user = go.concat(go.str('user-'), go.strconv.itoa(go.rand.intn(f.users)));
    r.body = go.makeSlice(uint8, go.rand.intn(8) === 0 ? 4096 : go.rand.intn(512));
    r.reply = go.makeChan(Reply);
    yield* go.sync.add(go.field(Server, f.s, 'pending'), 1);
    go.go(handle, { s: f.s, r: f.r });
  },
);

const start = func(
  'main.start',
  { params: { workers: int }, locals: { s: ServerPtr } },
  (go, f) => {
    f.s = go.new(Server);
    const s = go.at(Server, f.s);
    go.globals(vars).server = f.s;
    s.sessions = go.makeMap(Sessions);
    s.jobs = go.makeChan(Jobs, f.workers);
    const pages = go.toInterface(Handler, PagesPtr, go.new(Pages, { title: go.str('Welcome') }));
    const uploads = go.toInterface(Handler, UploadsPtr, go.new(Uploads));
    const broken = go.toInterface(Handler, BrokenPtr, go.new(Broken));
    s.handlers = go.append(Handler, s.handlers, pages, pages, pages, uploads, broken);
    for (let i = 0; i < f.workers; i++) go.go(work, { jobs: s.jobs });
    go.go(expire, { s: f.s });
  },
);

export default scenario({
  question:
    'What does the heap of a server hold in the middle of its work, and what is left when all requests are done?',
  params: {
    requests: intParam(400, { min: 2, max: 1_000_000, help: 'requests in all' }),
    burst: intParam(40, { min: 1, max: 10_000, help: 'requests that come at once' }),
    users: intParam(80, { min: 1, max: 1_000_000, help: 'users that send them' }),
    workers: intParam(4, { min: 1, max: 1000, help: 'goroutines that work on jobs' }),
  },
  globals: vars,
  itabs: [
    [Handler, PagesPtr],
    [Handler, UploadsPtr],
    [Handler, BrokenPtr],
  ],
  *main(go, { requests, burst, users, workers }) {
    go.call(start, { workers });
    const { server } = go.globals(vars);
    let dumped = false;
    for (let id = 1; id <= requests; id++) {
      yield* go.call(accept, { s: server, id, users });
      if (id % burst !== 0) continue;
      yield* go.time.sleep(3 * millisecond);
      if (id % (4 * burst) === 0) yield* go.runtime.GC();
      if (dumped || id < requests / 2) continue;
      go.writeHeapDump('busy');
      dumped = true;
    }
    yield* go.sync.waitFor(go.field(Server, server, 'pending'));
    go.close(go.at(Server, server).jobs);
    go.at(Server, server).closed = true;
    yield* go.time.sleep(10 * millisecond);
    yield* go.runtime.GC();
    go.writeHeapDump('idle');
  },
});
