/**
 * Reads the log that a Go program writes to standard error under GODEBUG=allocfreetrace=1: streaming,
 * line by line, so that logs of many gigabytes need no memory.
 *
 * Each record is a line that says what happened, the goroutine that did it, its stack and an empty
 * line. What the program itself prints to standard error may stand between records, in front of one on
 * its line, or in it; such lines are passed over, and a record that another one breaks off is taken as
 * far as it goes.
 *
 * @go runtime/mprof.go tracealloc, tracefree, tracegc
 */

/** Functions that say what a record is about, where one is on its stack. */
const telling = {
  'runtime.procresize': 1,
  'syscall.runtime_envs': 2,
  'os.runtime_args': 4,
  'runtime.sweepone': 8,
  'runtime.(*mheap).reclaimChunk': 16,
  'runtime.mallocgc': 64,
  'runtime.tracealloc': 128,
} as const;

/** Bits of {@link RecordStack.functions}. */
export const calledBy = {
  procresize: telling['runtime.procresize'],
  envs: telling['syscall.runtime_envs'],
  args: telling['os.runtime_args'],
  sweepone: telling['runtime.sweepone'],
  reclaim: telling['runtime.(*mheap).reclaimChunk'],
  mallocgc: telling['runtime.mallocgc'],
  tracealloc: telling['runtime.tracealloc'],
  /** The goroutine is one of the runtime's own. */
  system: 32,
} as const;

const tellingFunctions = new Map<string, number>(Object.entries(telling));

/** What a record says of the goroutine that wrote it. */
export interface RecordStack {
  /** Line of the log, from 1. */
  readonly line: number;
  goid: number;
  /** Address of its g. */
  gp: number;
  /** Frame pointer of its oldest frame if that is runtime.goexit, 0 if the stack shows none. */
  goexitFp: number;
  /** sp of the youngest frame that the record shows. */
  sp: number;
  /** The goroutine that created it, 0 if that is not told. */
  parent: number;
  /** Which of the telling functions are on the stack: {@link calledBy}. */
  functions: number;
}

export interface AllocRecord extends RecordStack {
  readonly kind: 'alloc';
  readonly addr: number;
  /** Bytes of the slot, less those of a malloc header. */
  readonly size: number;
  /** What rtype.string() says of the type, '' where there is none. */
  readonly typeName: string;
  /** What mallocgc was called with, the type by its address; undefined where the request was made on the system stack. */
  request: { readonly size: number; readonly typ: number; readonly needzero: boolean } | undefined;
  /** Frame of mallocgc, 0 and 0 on the system stack. */
  mallocFp: number;
  mallocSp: number;
}

export interface FreeRecord extends RecordStack {
  readonly kind: 'free';
  readonly addr: number;
  readonly size: number;
}

/** A collection: the stacks of all goroutines, of which each is told with its goexit frame. */
export interface GcRecord {
  readonly kind: 'gc';
  readonly line: number;
  readonly goroutines: RecordStack[];
}

export type LogRecord = AllocRecord | FreeRecord | GcRecord;

const allocLine = /tracealloc\((0x[0-9a-f]+), (0x[0-9a-f]+)(?:, (.*))?\)$/;
const freeLine = /tracefree\((0x[0-9a-f]+), (0x[0-9a-f]+)\)$/;
const gcLine = /tracegc\(\)$/;
const goroutineLine = /^goroutine (\d+) gp=(0x[0-9a-f]+) m=\S+ .*\[.*\]:$/;
const mallocLine = /^runtime\.mallocgc\((0x[0-9a-f]+), (0x[0-9a-f]+)\??, 0x([01])\??\)$/;
const parentLine = / in goroutine (\d+)$/;
const frameLine = /^\t.* fp=(0x[0-9a-f]+) sp=(0x[0-9a-f]+) pc=0x[0-9a-f]+$/;

const assemblyLine = /^\t(?:.*\/)?runtime\/(asm_\w+\.s):\d+ /;

/** Which frame the next line with its registers belongs to. */
type FrameName = 'mallocgc' | 'goexit' | 'other';

/** Takes a log in pieces and hands on its records. */
export class LogParser {
  readonly #emit: (record: LogRecord) => void;
  readonly #decoder = new TextDecoder('latin1');
  #rest = '';
  #line = 0;
  readonly #names = new TypeNames();
  #record: LogRecord | undefined;
  /** The stack that is being read: the record's own, or that of a goroutine of a collection. */
  #stack: RecordStack | undefined;
  #frame: FrameName = 'other';
  /** Records that ended before their empty line. */
  brokenOff = 0;
  /** The file that the first stack begins in, if it is one of Go's own for a GOARCH: `asm_386.s`. */
  assembly: string | undefined;

  constructor(emit: (record: LogRecord) => void) {
    this.#emit = emit;
  }

  /** Lines so far. */
  get lines(): number {
    return this.#line;
  }

  push(chunk: Uint8Array): void {
    const text = this.#rest + this.#decoder.decode(chunk, { stream: true });
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      this.#takeLine(text.slice(from, end));
      from = end + 1;
    }
    this.#rest = text.slice(from);
    // A line without end is no line of a log; only its end could still begin a record.
    if (this.#rest.length > maxLine) this.#rest = this.#rest.slice(-maxLine);
  }

  /** Ends the log. A record that has no empty line yet counts if its stack has begun. */
  end(): void {
    if (this.#rest !== '') this.#takeLine(this.#rest);
    this.#rest = '';
    if (this.#record !== undefined) this.#breakOff();
  }

  #takeLine(line: string): void {
    this.#line++;
    if (this.#record === undefined) {
      this.#begin(line);
      return;
    }
    if (line === '') {
      this.#endRecord();
    } else if (line.charCodeAt(0) === tab) {
      this.#registers(line);
    } else if (line.startsWith('goroutine ')) {
      this.#goroutine(line);
    } else if (line.startsWith('trace') && this.#begin(line, true)) {
      return;
    } else {
      this.#function(line);
    }
  }

  /** Starts a record if the line is the first one of one; `within` another, that breaks off. */
  #begin(line: string, within = false): boolean {
    const record = recordOf(line, this.#line, this.#names);
    if (record === undefined) return false;
    if (within) this.#breakOff();
    this.#record = record;
    this.#stack = record.kind === 'gc' ? undefined : record;
    this.#frame = 'other';
    return true;
  }

  #breakOff(): void {
    this.brokenOff++;
    const record = this.#record!;
    this.#record = undefined;
    // Without its goroutine, a request may be cut where it says what was asked for.
    if (record.kind === 'gc' || record.goid >= 0) this.#emit(record);
  }

  #endRecord(): void {
    const record = this.#record!;
    // A collection's record has an empty line after each goroutine; it ends with its own last line.
    if (record.kind === 'gc') return;
    this.#record = undefined;
    if (record.goid < 0) this.brokenOff++;
    else this.#emit(record);
  }

  #goroutine(line: string): void {
    const found = goroutineLine.exec(line);
    if (found === null) return;
    const record = this.#record!;
    if (record.kind === 'gc') {
      this.#stack = emptyStack(this.#line);
      record.goroutines.push(this.#stack);
    }
    this.#stack!.goid = Number(found[1]);
    this.#stack!.gp = Number(found[2]);
  }

  #function(line: string): void {
    const record = this.#record!;
    if (record.kind === 'gc' && line === 'end tracegc') {
      this.#record = undefined;
      this.#emit(record);
      return;
    }
    if (line.startsWith('created by ') && this.#stack !== undefined) {
      this.#stack.parent = Number(parentLine.exec(line)?.[1] ?? 0);
      if (line.startsWith('created by runtime.')) this.#stack.functions |= calledBy.system;
      return;
    }
    if (!line.endsWith(')')) return;
    this.#frame = 'other';
    const name = line.slice(0, line.lastIndexOf('('));
    const bit = tellingFunctions.get(name);
    if (bit !== undefined && this.#stack !== undefined) this.#stack.functions |= bit;
    if (name === 'runtime.goexit') this.#frame = 'goexit';
    if (record.kind !== 'alloc') return;
    if (name === 'runtime.mallocgc' && record.request === undefined && record.sp === 0) {
      const found = mallocLine.exec(line);
      if (found === null) return;
      const [, size, typ, needzero] = found;
      record.request = { size: Number(size), typ: Number(typ), needzero: needzero === '1' };
      this.#frame = 'mallocgc';
    }
  }

  #registers(line: string): void {
    const stack = this.#stack;
    if (stack === undefined) return;
    this.assembly ??= assemblyLine.exec(line)?.[1];
    if (this.#frame === 'other' && stack.sp !== 0) return;
    const found = frameLine.exec(line);
    if (found === null) return;
    const fp = Number(found[1]);
    const sp = Number(found[2]);
    if (stack.sp === 0) stack.sp = sp;
    if (this.#frame === 'goexit') {
      stack.goexitFp = fp;
    } else if (this.#frame === 'mallocgc') {
      const record = this.#record as AllocRecord;
      record.mallocFp = fp;
      record.mallocSp = sp;
    }
    this.#frame = 'other';
  }
}

const tab = 9;
/** No line of a log is longer: types' names are the longest part. */
const maxLine = 1 << 20;

function emptyStack(line: number): RecordStack {
  return { line, goid: -1, gp: 0, goexitFp: 0, sp: 0, parent: 0, functions: 0 };
}

/** One string for each type: what a pattern finds keeps the piece of the log that it was found in. */
class TypeNames {
  readonly #known = new Map<string, string>();

  get(name: string): string {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const bytes = Buffer.from(name, 'latin1');
    const text = bytes.toString('utf8');
    this.#known.set(bytes.toString('latin1'), text);
    return text;
  }
}

/** The record that begins with `text`, or undefined. */
function recordOf(text: string, line: number, names: TypeNames): LogRecord | undefined {
  if (!text.includes('trace')) return undefined;
  const alloc = allocLine.exec(text);
  if (alloc !== null) {
    return {
      kind: 'alloc',
      ...emptyStack(line),
      addr: Number(alloc[1]),
      size: Number(alloc[2]),
      typeName: names.get(alloc[3] ?? ''),
      request: undefined,
      mallocFp: 0,
      mallocSp: 0,
    };
  }
  const free = freeLine.exec(text);
  if (free !== null) {
    const [, addr, size] = free;
    return { kind: 'free', ...emptyStack(line), addr: Number(addr), size: Number(size) };
  }
  return gcLine.test(text) ? { kind: 'gc', line, goroutines: [] } : undefined;
}
