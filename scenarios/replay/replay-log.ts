/** A log, read and run through the model. */
import { archOf, type GoArch } from '../../sim/arch.ts';
import { alignDown } from '../../sim/uintptr.ts';
import { openDumpFile } from '../input.ts';
import { UsageError } from '../usage-error.ts';
import { type EnvironmentHints, environmentOf } from './boot-environment.ts';
import { readElfFile } from './elf-file.ts';
import { type AllocRecord, calledBy, LogParser, type LogRecord } from './log-parser.ts';
import { Replayer } from './replayer.ts';
import { RequestTypes } from './request-types.ts';

export interface ReplayRequest extends EnvironmentHints {
  /** File of the log, - for standard input. */
  readonly log: string;
  readonly binary: string | undefined;
  readonly goarch: GoArch | undefined;
  readonly allocHeaders: boolean;
  /** Requests to read at most. */
  readonly limit: number;
  /** Hears now and then how many bytes were read. */
  readonly heard?: (bytes: number) => void;
}

/** A log as it was read. */
interface ReadLog {
  readonly name: string;
  readonly bytes: number;
  readonly lines: number;
  readonly records: readonly LogRecord[];
  /** Records that ended before their end. */
  readonly brokenOff: number;
}

export interface ReplayResult {
  readonly log: ReadLog;
  readonly goarch: GoArch;
  readonly replayer: Replayer;
}

/** Reads the records of a log, up to `limit` allocations. @throws {EnvironmentError} @throws {UsageError} for a folder */
function readLog(path: string, limit: number, heard?: (bytes: number) => void): ReadLog {
  const file = openDumpFile(path);
  const records: LogRecord[] = [];
  let allocs = 0;
  let bytes = 0;
  const parser = new LogParser((record) => {
    if (record.kind === 'alloc' && ++allocs > limit) return;
    if (allocs <= limit) records.push(record);
  });
  try {
    for (const chunk of file.chunks()) {
      bytes += chunk.length;
      parser.push(chunk);
      heard?.(bytes);
      if (allocs > limit) break;
    }
    if (allocs <= limit) parser.end();
  } finally {
    file.close();
  }
  const { lines, brokenOff } = parser;
  return { name: file.name, bytes, lines, records, brokenOff };
}

/**
 * Reads a log and predicts its addresses.
 *
 * @throws {UsageError} where the file is no log, or program and log do not go together
 * @throws {EnvironmentError} where a file cannot be read
 */
export function replayLog(request: ReplayRequest): ReplayResult {
  const elf = request.binary === undefined ? undefined : readElfFile(request.binary);
  if (elf !== undefined && request.goarch !== undefined && request.goarch !== elf.goarch) {
    throw new UsageError(`${elf.name}: a program for ${elf.goarch}, not ${request.goarch}`);
  }
  const goarch = elf?.goarch ?? request.goarch ?? 'amd64';
  const log = readLog(request.log, request.limit, request.heard);
  const allocs = log.records.filter((record) => record.kind === 'alloc');
  mustBeWhole(log.name, allocs);
  const { ptrSize } = archOf(goarch);
  const env = environmentOf(allocs, ptrSize, request);
  const types = new RequestTypes(elf);
  types.learn(allocs, ptrSize);
  const { allocHeaders } = request;
  const heapStart = heapStartOf(allocs[0]!, goarch);
  const replayer = new Replayer(log.records, { goarch, allocHeaders, env, types, heapStart });
  replayer.run();
  return { log, goarch, replayer };
}

/**
 * On 32-bit targets the heap lies where the program ends, or where the system would have it: its first
 * arena is told by the first address. Undefined where it is always the same.
 */
function heapStartOf({ addr }: AllocRecord, goarch: GoArch): number | undefined {
  const { ptrSize, heapArenaBytes } = archOf(goarch);
  return ptrSize === 8 ? undefined : alignDown(addr, heapArenaBytes);
}

/** @throws {UsageError} for what is no log, or one that the model cannot follow */
function mustBeWhole(name: string, allocs: readonly AllocRecord[]): void {
  const [first] = allocs;
  if (first === undefined) {
    throw new UsageError(
      `${name}: not a log of GODEBUG=allocfreetrace=1: no allocation is in it. Make one with Go 1.22: ` +
        'env -i GOMAXPROCS=1 GOGC=off GODEBUG=allocfreetrace=1 ./prog 2>log',
    );
  }
  if ((first.functions & calledBy.procresize) === 0) {
    throw new UsageError(`${name}: its beginning is missing: a log begins when the program starts`);
  }
  if (allocs.filter(({ typeName }) => typeName === 'runtime.p').length > 1) {
    throw new UsageError(
      `${name}: a log of a program on several processors, which nobody can follow: make it with GOMAXPROCS=1`,
    );
  }
}
