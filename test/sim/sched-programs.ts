/**
 * Small programs of goroutines that wait for each other: as data, as Go source, and run on the model.
 * Both tell the order in which the goroutines do things. All run on one P.
 */
import { chanrecv, chansend, makechan } from '../../sim/chan.ts';
import { RuntimeThrow } from '../../sim/errors.ts';
import { mallocgc } from '../../sim/malloc.ts';
import { Gosched, runUntil } from '../../sim/proc.ts';
import { newproc } from '../../sim/proc-new.ts';
import {
  notifyListAdd,
  notifyListNotifyAll,
  notifyListNotifyOne,
  notifyListWait,
  semacquire1,
  semrelease1,
} from '../../sim/sema.ts';
import { waitReasonSyncMutexLock } from '../../sim/waitreason.ts';
import { type GoroutineWorld, goroutineWorld } from './goroutine-world.ts';

export type Op =
  | { readonly op: 'go'; readonly body: readonly Op[] }
  /** `n` goroutines of one body. */
  | { readonly op: 'many'; readonly n: number; readonly body: readonly Op[] }
  | { readonly op: 'gosched' }
  | { readonly op: 'acquire'; readonly s: number; readonly lifo: boolean }
  | { readonly op: 'release'; readonly s: number; readonly handoff: boolean }
  | { readonly op: 'wait' | 'notifyOne' | 'notifyAll'; readonly l: number }
  | { readonly op: 'send' | 'recv'; readonly c: number };

/** Semaphores, lists of waiters and channels that every program has; the channels' capacities. */
export const places = { semas: 3, lists: 2, chans: [0, 1, 3] } as const;

const goHeader = `package main

import (
	"os"
	"runtime"
	"strconv"
	"unsafe"
)

type notifyList struct {
	wait, notify uint32
	lock         uintptr
	head, tail   unsafe.Pointer
}

//go:linkname acquire sync.runtime_SemacquireMutex
func acquire(addr *uint32, lifo bool, skipframes int)

//go:linkname release sync.runtime_Semrelease
func release(addr *uint32, handoff bool, skipframes int)

//go:linkname notifyAdd sync.runtime_notifyListAdd
func notifyAdd(l *notifyList) uint32

//go:linkname notifyWait sync.runtime_notifyListWait
func notifyWait(l *notifyList, t uint32)

//go:linkname notifyAll sync.runtime_notifyListNotifyAll
func notifyAll(l *notifyList)

//go:linkname notifyOne sync.runtime_notifyListNotifyOne
func notifyOne(l *notifyList)

var (
	sema  [${places.semas}]uint32
	list  [${places.lists}]notifyList
	chans = [...]chan int{${places.chans.map((n) => `make(chan int, ${n})`).join(', ')}}
	next  int
)

// Goroutines count from 0, operations in each from 1: what is told is which has begun or is done.
func begin() int { id := next; next++; done(id, 0); return id }

func done(id, op int) { println(id, op) }

func main() {
	n, _ := strconv.Atoi(os.Args[1])
	runtime.Gosched()
	go programs[n]()
	select {}
}
`;

/** A Go program that runs the one of the programs whose number it is given, until nothing can go on. */
export function goSource(programs: readonly (readonly Op[])[]): Record<string, string> {
  const parts = [goHeader];
  programs.forEach((ops, number) => {
    parts.push(`func p${number}() {\n${goBody(ops)}}\n`);
  });
  parts.push(`var programs = []func(){${programs.map((_, i) => `p${i}`).join(', ')}}\n`);
  return { 'main.go': parts.join('\n'), 'empty.s': '' };
}

function goBody(ops: readonly Op[]): string {
  const lines = ops.map((o, i) => `${goOp(o)}; done(id, ${i + 1})`);
  return ['id := begin()', '_ = id', ...lines].map((line) => `\t${line}\n`).join('');
}

function goOp(o: Op): string {
  switch (o.op) {
    case 'go':
      return `go func() {\n${goBody(o.body)}}()`;
    case 'many':
      return `for i := 0; i < ${o.n}; i++ { go func() {\n${goBody(o.body)}}() }`;
    case 'gosched':
      return 'runtime.Gosched()';
    case 'acquire':
      return `acquire(&sema[${o.s}], ${o.lifo}, 0)`;
    case 'release':
      return `release(&sema[${o.s}], ${o.handoff}, 0)`;
    case 'wait':
      return `notifyWait(&list[${o.l}], notifyAdd(&list[${o.l}]))`;
    case 'notifyOne':
    case 'notifyAll':
      return `${o.op}(&list[${o.l}])`;
    case 'send':
      return `chans[${o.c}] <- 1`;
    case 'recv':
      return `<-chans[${o.c}]`;
    default:
      return o satisfies never;
  }
}

/** What the program's operations work on, on the model. */
interface Places {
  readonly semas: readonly number[];
  readonly lists: readonly number[];
  readonly chans: readonly number[];
  readonly element: number;
}

/** Runs a program on the model until nothing can go on; `schedtick` is the P's when its first goroutine starts. */
export function runOnModel(program: readonly Op[], schedtick = 0): string[] {
  const world = goroutineWorld();
  const { rt } = world;
  const { types } = rt;
  const log: string[] = [];
  let next = 0;
  const bytes = (n: number) => mallocgc(rt, n, null, true);
  const at: Places = {
    semas: Array.from({ length: places.semas }, () => bytes(16)),
    lists: Array.from({ length: places.lists }, () => bytes(32)),
    chans: places.chans.map((n) => makechan(rt, types.int, n)),
    element: bytes(16),
  };
  rt.allp[0]!.schedtick = schedtick;
  const fv = rt.symtab.funcval(world.func('spawned'));
  function* body(ops: readonly Op[]): Generator<void, void, void> {
    const id = next++;
    log.push(`${id} 0`);
    for (const [i, o] of ops.entries()) {
      if (o.op === 'go') newproc(rt, fv, () => body(o.body), 0);
      else if (o.op === 'many') {
        for (let k = 0; k < o.n; k++) newproc(rt, fv, () => body(o.body), 0);
      } else yield* blocking(world, at, o);
      log.push(`${id} ${i + 1}`);
    }
  }
  world.go('program', () => body(program));
  try {
    runUntil(rt, () => false);
  } catch (error) {
    if (!(error instanceof RuntimeThrow) || !error.message.includes('deadlock')) throw error;
  }
  return log;
}

type BlockingOp = Exclude<Op, { readonly op: 'go' | 'many' }>;

function* blocking(
  { rt }: GoroutineWorld,
  at: Places,
  o: BlockingOp,
): Generator<void, unknown, void> {
  switch (o.op) {
    case 'gosched':
      return yield* Gosched(rt);
    case 'acquire': {
      const wrapper = 'sync.runtime_SemacquireMutex';
      return yield* semacquire1(rt, at.semas[o.s]!, o.lifo, waitReasonSyncMutexLock, wrapper);
    }
    case 'release':
      return yield* semrelease1(rt, at.semas[o.s]!, o.handoff);
    case 'wait':
      return yield* notifyListWait(rt, at.lists[o.l]!, notifyListAdd(rt, at.lists[o.l]!));
    case 'notifyOne':
      return notifyListNotifyOne(rt, at.lists[o.l]!);
    case 'notifyAll':
      return notifyListNotifyAll(rt, at.lists[o.l]!);
    case 'send':
      return yield* chansend(rt, at.chans[o.c]!, at.element);
    case 'recv':
      return yield* chanrecv(rt, at.chans[o.c]!, 0);
    default:
      return o satisfies never;
  }
}

/** What a real program told before it found that nothing can go on. */
export function logOfGo(stderr: string): string[] {
  const lines = stderr.split('\n');
  const end = lines.findIndex((line) => line.startsWith('fatal error: '));
  if (lines[end] !== 'fatal error: all goroutines are asleep - deadlock!') {
    throw new Error(`the program ended otherwise: ${stderr.slice(0, 500)}`);
  }
  return lines.slice(0, end);
}
