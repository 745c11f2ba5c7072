/** A log, read and run through the model. */
import { archOf, type GoArch } from '../../sim/arch.ts';
import type { Observer } from '../../sim/observer.ts';
import { alignDown } from '../../sim/uintptr.ts';
import { type ElfFile, readElfFile } from '../elf-file.ts';
import { type DumpInput, openDumpFile } from '../input.ts';
import { StopRun } from '../timeline/stop-run.ts';
import { UsageError } from '../usage-error.ts';
import { environmentOf } from './boot-environment.ts';
import type { LogHints } from './log-options.ts';
import { type AllocRecord, calledBy, LogParser, type LogRecord } from './log-parser.ts';
import { type LogTarget, logTarget } from './log-target.ts';
import { RecordWindow } from './record-window.ts';
import { Replayer } from './replayer.ts';
import { RequestTypes } from './request-types.ts';

export interface ReplayRequest extends LogHints {
  /** File of the log, - for standard input. */
  readonly log: DumpInput;
  /** Requests to read at most. */
  readonly limit: number;
  /** Hears each request and what the allocator does for it. A {@link StopRun} that it throws ends the replay there. */
  readonly observer?: Observer;
  /** Hears now and then how many bytes were read. */
  readonly heard?: (bytes: number) => void;
}

/** What is known of a log when it was read. */
interface ReadLog {
  readonly name: string;
  readonly bytes: number;
  readonly lines: number;
  /** Records that ended before their end. */
  readonly brokenOff: number;
}

export interface FreeReplay {
  readonly log: ReadLog;
  readonly target: LogTarget;
  /** The model that was never told an address. */
  readonly replayer: Replayer;
  readonly types: RequestTypes;
}

export interface ReplayResult extends FreeReplay {
  /** The model that was put right after each disagreement. */
  readonly corrected: Replayer;
}

/** The ways to follow one log. */
interface Replayers {
  /** Never told an address. */
  readonly free: Replayer;
  /** Put right after each disagreement; undefined where nobody asks for it. */
  readonly corrected: Replayer | undefined;
}

/** A log on its way through the model, record by record. */
class Session {
  readonly #request: ReplayRequest;
  readonly #name: string;
  readonly #program: ElfFile | undefined;
  #target: LogTarget | undefined;
  readonly parser = new LogParser((record) => this.#push(record));
  readonly #corrects: boolean;
  readonly types: RequestTypes;
  readonly #window = new RecordWindow();
  #replayers: Replayers | undefined;
  #allocs = 0;
  #processors = 0;

  constructor(request: ReplayRequest, name: string, elf: ElfFile | undefined, corrects: boolean) {
    this.#request = request;
    this.#corrects = corrects;
    this.#name = name;
    this.#program = elf;
    this.types = new RequestTypes(elf);
  }

  /** Whether as many requests were read as are wanted. */
  get full(): boolean {
    return this.#allocs >= this.#request.limit;
  }

  #push(record: LogRecord): void {
    if (this.full) return;
    if (record.kind === 'alloc') this.#check(record);
    const at = this.#window.push(record);
    if (this.#replayers !== undefined) this.#lookAhead(record, at);
    this.#run();
  }

  /** @throws {UsageError} for a log that the model cannot follow */
  #check({ functions, typeName }: AllocRecord): void {
    this.#allocs++;
    if (this.#allocs === 1 && (functions & calledBy.procresize) === 0) {
      throw new UsageError(
        `${this.#name}: its beginning is missing: a log begins when the program starts`,
      );
    }
    if (typeName === 'runtime.p' && ++this.#processors > 1) {
      throw new UsageError(
        `${this.#name}: a log of a program on several processors, which nobody can follow: ` +
          'make it with GOMAXPROCS=1',
      );
    }
  }

  #lookAhead(record: LogRecord, at: number): void {
    const { free, corrected } = this.#replayers!;
    if (record.kind === 'alloc') this.types.learn(record, free.world.arch.ptrSize);
    free.lookAhead(record, at);
    corrected?.lookAhead(record, at);
  }

  #run(): void {
    const window = this.#window;
    while (window.ready) {
      this.#replayers ??= this.#begin();
      const { free, corrected } = this.#replayers;
      const record = window.at(window.next);
      free.replay(record, window.next);
      corrected?.replay(record, window.next);
      window.take();
    }
  }

  /** Makes the worlds, by what the first records tell of the program. */
  #begin(): Replayers {
    const window = this.#window;
    const allocs = [...window].filter((record) => record.kind === 'alloc');
    const { allocHeaders, observer } = this.#request;
    this.#target = logTarget({
      log: this.#name,
      assembly: this.parser.assembly,
      addr: allocs[0]!.addr,
      program: this.#program,
      option: this.#request.goarch,
    });
    const { goarch } = this.#target;
    const env = environmentOf(allocs, archOf(goarch).ptrSize, this.#request);
    const types = this.types;
    types.begin(allocs);
    const heapStart = firstArenaOf(allocs[0]!, goarch);
    const options = { goarch, allocHeaders, env, types, heapStart };
    this.#replayers = {
      free: new Replayer(window, { ...options, observer, corrects: false }),
      corrected: this.#corrects ? new Replayer(window, { ...options, corrects: true }) : undefined,
    };
    for (let at = window.next; at < window.end; at++) this.#lookAhead(window.at(at), at);
    return this.#replayers;
  }

  /** Replays what was read and is left. @throws {UsageError} if nothing was read that could be replayed */
  end(): void {
    if (this.#allocs === 0) {
      throw new UsageError(
        `${this.#name}: not a log of GODEBUG=allocfreetrace=1: no allocation is in it. Make one with ` +
          'Go 1.22: env -i GOMAXPROCS=1 GOGC=off GODEBUG=allocfreetrace=1 ./prog 2>log',
      );
    }
    this.#window.close();
    this.#run();
  }

  /** What came of it. */
  get result(): Replayers & { readonly target: LogTarget } {
    return { target: this.#target!, ...this.#replayers! };
  }
}

/**
 * Reads a log and predicts its addresses. Memory is that of the model's heap and of the records between two
 * collections, however long the log is.
 *
 * @throws {UsageError} where the file is no log, or program and log do not go together
 * @throws {EnvironmentError} where a file cannot be read
 */
export function replayLog(request: ReplayRequest): ReplayResult {
  const { corrected, ...replay } = read(request, true);
  return { ...replay, corrected: corrected! };
}

/** The same by the one model that was never told an address: half the memory, and half the time. */
export function replayFreely(request: ReplayRequest): FreeReplay {
  const { corrected: _, ...replay } = read(request, false);
  return replay;
}

function read(
  request: ReplayRequest,
  corrects: boolean,
): FreeReplay & Pick<Replayers, 'corrected'> {
  const elf = request.binary === undefined ? undefined : readElfFile(request.binary);
  const file = openDumpFile(request.log);
  let bytes = 0;
  try {
    const session = new Session(request, file.name, elf, corrects);
    const { parser } = session;
    try {
      for (const chunk of file.chunks()) {
        bytes += chunk.length;
        parser.push(chunk);
        request.heard?.(bytes);
        if (session.full) break;
      }
      if (!session.full) parser.end();
      session.end();
    } catch (error) {
      if (!(error instanceof StopRun)) throw error;
    }
    const { target, free, corrected } = session.result;
    const { lines, brokenOff } = parser;
    return {
      log: { name: file.name, bytes, lines, brokenOff },
      target,
      replayer: free,
      corrected,
      types: session.types,
    };
  } finally {
    file.close();
  }
}

/**
 * On 32-bit targets the heap begins behind the program's break, which the system places at random behind the program:
 * what the executable tells (heapStartOf of sim/malloc.ts) is the least that it may be. The first address of the log tells
 * its arena. Undefined where it is always the same.
 */
function firstArenaOf({ addr }: AllocRecord, goarch: GoArch): number | undefined {
  const { ptrSize, heapArenaBytes } = archOf(goarch);
  return ptrSize === 8 ? undefined : alignDown(addr, heapArenaBytes);
}
