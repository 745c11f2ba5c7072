/** Sessions that are closed but still in one list: each round leaves more in the heap than the one before. */
import {
  func,
  type GoString,
  globals,
  int,
  intParam,
  map,
  type Ptr,
  ptr,
  type Slice,
  type StructType,
  scenario,
  slice,
  string,
  struct,
  uint8,
} from '../index.ts';

interface Session {
  id: number;
  user: GoString;
  data: Slice<number>;
  before: Ptr<Session>;
}
const Session: StructType<Session> = struct('main.Session', () => ({
  id: int,
  user: string,
  data: slice(uint8),
  before: ptr(Session),
}));
const SessionPtr = ptr(Session);
const ByID = map(int, SessionPtr);
const Cache = struct('main.Cache', { byID: ByID, recent: slice(SessionPtr) });

const vars = globals({ cache: ptr(Cache), nextID: int });

const newCache = func('main.newCache', { locals: { c: ptr(Cache) } }, (go, f) => {
  f.c = go.new(Cache);
  go.at(Cache, f.c).byID = go.makeMap(ByID);
  go.globals(vars).cache = f.c;
});

const open = func(
  'main.(*Cache).open',
  { params: { c: ptr(Cache), id: int, size: int }, locals: { s: SessionPtr } },
  (go, f) => {
    const { id, size } = f;
    const c = go.at(Cache, f.c);
    f.s = go.new(Session, { id });
    const s = go.at(Session, f.s);
    s.user = go.concat(go.str('user-'), go.strconv.itoa(id));
    s.data = go.makeSlice(uint8, size);
    go.mapSet(ByID, c.byID, id, f.s);
    c.recent = go.append(SessionPtr, c.recent, f.s);
  },
);

/** The defect: the session leaves the map, not the list. */
const close = func('main.(*Cache).close', { params: { c: ptr(Cache), id: int } }, (go, f) => {
  go.mapDelete(ByID, go.at(Cache, f.c).byID, f.id);
});

/** Builds a page, which is garbage as soon as it is sent. */
const serve = func('main.serve', { locals: { page: slice(uint8) } }, (go, f) => {
  while (f.page.len < 500) f.page = go.appendString(f.page, go.str('one more line of the page. '));
});

const round = func('main.round', { params: { sessions: int, stay: int } }, (go, f) => {
  const { sessions, stay } = f;
  const v = go.globals(vars);
  const first = v.nextID;
  for (let i = 0; i < sessions; i++) {
    const id = v.nextID++;
    go.call(open, { c: v.cache, id, size: 16 + go.rand.intn(240) });
    go.call(serve);
  }
  for (let id = first; id < first + sessions - stay; id++) go.call(close, { c: v.cache, id });
});

export default scenario({
  question:
    'Which objects does a leaking cache add from one collection to the next, and who holds them?',
  params: {
    rounds: intParam(3, {
      min: 1,
      max: 1000,
      help: 'rounds, with a collection and a dump after each',
    }),
    sessions: intParam(400, { min: 1, max: 1_000_000, help: 'sessions opened in a round' }),
    stay: intParam(10, { max: 1_000_000, help: 'of them, those still open at its end' }),
  },
  globals: vars,
  memProfileRate: 2048,
  *main(go, { rounds, sessions, stay }) {
    go.call(newCache);
    for (let i = 1; i <= rounds; i++) {
      go.call(round, { sessions, stay });
      yield* go.runtime.GC();
      go.writeHeapDump(`round-${i}`);
    }
  },
});
