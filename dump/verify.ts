/** Checks a dump against the rules of verify-rules.ts, while it streams by. */
import { NumberList } from './byte-store.ts';
import type { Defect } from './dump-error.ts';
import { DumpError } from './dump-error.ts';
import { fieldOffset } from './field-offset.ts';
import { goarchFacts, hasModernHeap, heapPage, slotSizes, smallestArena } from './goarch-facts.ts';
import { ObjectIndex } from './object-index.ts';
import type { AsyncDumpInput, DumpInput, DumpVisitor, ObjectView } from './reader.ts';
import { DumpReader, ownObject } from './reader.ts';
import type { DumpRecord, RecordHandlers, RecordKind, RecordOfKind, Uint64 } from './records.ts';
import { dispatchRecord, hex, recordTable, tagObject } from './records.ts';
import { GoroutineChecks } from './verify-goroutines.ts';
import { checkMemStats } from './verify-memstats.ts';
import type { Report, VerifyRuleId } from './verify-rules.ts';
import { verifyRules } from './verify-rules.ts';
import { TypeChecks } from './verify-types.ts';

export interface VerifyOptions {
  /** Defects of one rule that are kept; the rest is only counted. Default 100. */
  readonly keep?: number;
}

export interface VerifyResult {
  /** Whether no rule of severity `error` is broken. */
  readonly ok: boolean;
  /** In the order in which they were found; at most `keep` of a rule. */
  readonly defects: readonly Defect[];
  /** How often each rule is broken. */
  readonly broken: ReadonlyMap<VerifyRuleId, number>;
  /** Records by kind. */
  readonly counts: ReadonlyMap<RecordKind, number>;
  /** Bytes that were read. */
  readonly bytes: number;
  readonly params: RecordOfKind<'params'> | undefined;
}

const phases: readonly (readonly RecordKind[])[] = [
  ['params'],
  ['type', 'itab'],
  ['object'],
  ['goroutine', 'stackFrame', 'defer', 'panic'],
  ['osThread'],
  ['dataSegment'],
  ['bss'],
  ['finalizer'],
  ['queuedFinalizer'],
  ['memStats'],
  ['memProf'],
  ['allocSample'],
  ['eof'],
];

/** Phase of each tag; other roots may stand anywhere. */
const phaseOfTag: readonly number[] = recordTable.map((spec) =>
  phases.findIndex((kinds) => kinds.includes(spec.kind)),
);

const wholeContents = 1 << 16;

class Verifier implements DumpVisitor {
  readonly defects: Defect[] = [];
  readonly broken = new Map<VerifyRuleId, number>();
  params: RecordOfKind<'params'> | undefined;
  readonly #keep: number;
  readonly #objects = new ObjectIndex();
  /** Objects, and their bytes, that may be a span's own pointer bits instead. */
  #phantoms = 0;
  #phantomBytes = 0;
  #pointerSize = 0;
  #modern = false;
  #heapStart: Uint64 = 0;
  #heapEnd: Uint64 = Number.POSITIVE_INFINITY;
  #phase = -1;
  #first = true;
  readonly #once = new Map<RecordKind, DumpRecord>();
  readonly #types: TypeChecks;
  readonly #goroutines: GoroutineChecks;
  readonly #buckets = new Set<Uint64>();
  /** Offset of the record of each run's first object. */
  readonly #runOffsets = new NumberList();
  readonly #report: Report = (rule, record, field, message, item) =>
    this.report(rule, record, field, message, item);
  readonly #handlers: RecordHandlers;

  constructor(keep: number) {
    this.#keep = keep;
    const report = this.#report;
    this.#types = new TypeChecks(report);
    this.#goroutines = new GoroutineChecks(report, this.#objects);
    const types = this.#types;
    const goroutines = this.#goroutines;
    this.#handlers = {
      params: (record) => this.#params(record),
      type: (record) => types.type(record),
      itab: (record) => types.itab(record),
      otherRoot: (record) => report('other-root', record, '', 'Go 1.22 writes none'),
      goroutine: (record) => goroutines.goroutine(record),
      stackFrame: (record) => {
        this.#fields(record, Number(record.size), record.pointers, record.pointers.length);
        goroutines.frame(record);
      },
      defer: (record) => goroutines.defer(record),
      panic: (record) => goroutines.panic(record),
      osThread: (record) => goroutines.thread(record),
      dataSegment: (record) => this.#segment(record),
      bss: (record) => this.#segment(record),
      finalizer: (record) => this.#finalizer(record),
      queuedFinalizer: (record) => this.#finalizer(record),
      memStats: (record) => {
        checkMemStats(record, report, {
          objects: this.#objects.length - this.#phantoms,
          bytes: this.#objects.bytes - this.#phantomBytes,
          allBytes: this.#objects.bytes,
        });
      },
      memProf: (record) => this.#bucket(record),
      allocSample: (record) => this.#sample(record),
    };
  }

  report(rule: VerifyRuleId, record: DumpRecord, field: string, message: string, item = 0): void {
    const count = this.broken.get(rule) ?? 0;
    if (count >= this.#keep) {
      // Finding the place of a pointer takes a walk over the whole list.
      this.broken.set(rule, count + 1);
      return;
    }
    const part = field === 'pointers' ? `fields[${item}].offset` : field;
    const path = `${record.kind}#${record.index}${part === '' ? '' : `.${part}`}`;
    const offset = fieldOffset(record, field, item);
    this.#add({
      rule,
      severity: verifyRules[rule].severity,
      message: `${path}: ${message}`,
      offset,
      path,
      firstErrorOffset: offset,
    });
  }

  #add(defect: Defect): void {
    const rule = defect.rule as VerifyRuleId;
    const count = (this.broken.get(rule) ?? 0) + 1;
    this.broken.set(rule, count);
    if (count <= this.#keep) this.defects.push(defect);
  }

  defect(defect: Defect): void {
    this.#add({ ...defect, severity: verifyRules[defect.rule as VerifyRuleId].severity });
  }

  failure(error: DumpError): void {
    const { message, offset, path, firstErrorOffset } = error;
    this.#add({ rule: 'wire', severity: 'error', message, offset, path, firstErrorOffset });
  }

  object(object: ObjectView): void {
    if (this.#phase !== phaseOfTag[tagObject] || this.#first) this.#enter(ownObject(object));
    this.#object(object);
  }

  record(record: Exclude<DumpRecord, { kind: 'object' }>): void {
    this.#enter(record);
    dispatchRecord(this.#handlers, record);
  }

  /** Checks the place of a record among the others. */
  #enter(record: DumpRecord): void {
    if (this.#first && record.kind !== 'params') {
      this.#report('params-first', record, '', 'want params first');
    }
    this.#first = false;
    const phase = phaseOfTag[record.tag]!;
    if (phase >= 0) {
      if (phase < this.#phase) {
        const after = phases[this.#phase]!.join(' or ');
        this.#report('order', record, '', `want none after ${after}`);
      }
      this.#phase = phase;
    }
    if (
      phases[phase]?.length === 1 &&
      ['params', 'dataSegment', 'bss', 'memStats'].includes(record.kind)
    ) {
      if (this.#once.has(record.kind)) this.#report('once', record, '', 'want only one');
      else this.#once.set(record.kind, record);
    }
    if (record.kind === 'eof') this.#end(record);
    if (record.kind !== 'stackFrame' && record.kind !== 'defer' && record.kind !== 'panic') {
      this.#goroutines.close();
    }
    if (record.kind !== 'itab') this.#types.close();
  }

  #params(record: RecordOfKind<'params'>): void {
    const report = this.#report;
    const { pointerSize, bigEndian, architecture, heapStart, heapEnd } = record;
    this.params ??= record;
    this.#modern = hasModernHeap(record.goVersion);
    if (pointerSize === 4 || pointerSize === 8) this.#pointerSize = pointerSize;
    else report('pointer-size', record, 'pointerSize', `want 4 or 8, got ${pointerSize}`);
    const facts = typeof architecture === 'string' ? goarchFacts[architecture] : undefined;
    if (facts !== undefined && facts.pointerSize !== pointerSize) {
      report(
        'architecture',
        record,
        'pointerSize',
        `want ${facts.pointerSize} on ${architecture}, got ${pointerSize}`,
      );
    }
    if (facts !== undefined && facts.bigEndian !== bigEndian) {
      report(
        'architecture',
        record,
        'bigEndian',
        `want ${facts.bigEndian} on ${architecture}, got ${bigEndian}`,
      );
    }
    this.#heapStart = heapStart;
    this.#heapEnd = heapEnd;
    if (heapEnd <= heapStart) {
      report(
        'heap-range',
        record,
        'heapEnd',
        `want more than ${hex(heapStart)}, got ${hex(heapEnd)}`,
      );
    } else if (this.#modern) {
      for (const name of ['heapStart', 'heapEnd'] as const) {
        if (BigInt(record[name]) % BigInt(smallestArena) !== 0n) {
          report('heap-range', record, name, `want a multiple of 4 MiB, got ${hex(record[name])}`);
        }
      }
    }
  }

  #object(view: ObjectView): void {
    const { address, size } = view;
    const large = size > 32768;
    if (this.#modern && !(large ? size % heapPage === 0 : slotSizes.has(size))) {
      this.#report('object-size', ownObject(view), 'size', `${size} is no size of a slot`);
    }
    if (
      typeof address !== 'number' ||
      address < this.#heapStart ||
      address + size > this.#heapEnd
    ) {
      const range = `[${hex(this.#heapStart)}, ${hex(this.#heapEnd)})`;
      this.#report(
        'object-in-heap',
        ownObject(view),
        'address',
        `want ${size} bytes within ${range}, got ${hex(address)}`,
      );
    }
    if (typeof address !== 'number') return;
    const alignment = large && this.#modern ? heapPage : 8;
    if (address % alignment !== 0) {
      this.#report(
        'object-alignment',
        ownObject(view),
        'address',
        `want a multiple of ${alignment}, got ${hex(address)}`,
      );
    }
    this.#offsets(view);
    if (size > 0) {
      const { runs } = this.#objects;
      this.#objects.add(address, size);
      if (this.#objects.runs > runs) this.#runOffsets.push(view.offset);
    }
    const bitmap = heapPage - heapPage / (8 * this.#pointerSize);
    if (size <= 512 && (address % heapPage) + size > bitmap) {
      this.#phantoms++;
      this.#phantomBytes += size;
    }
  }

  /** The hot path of #fields: nothing is made unless an offset is wrong. */
  #offsets(view: ObjectView): void {
    const { pointers, pointerCount, size } = view;
    const pointerSize = this.#pointerSize === 0 ? 1 : this.#pointerSize;
    let least = 0;
    for (let i = 0; i < pointerCount; i++) {
      const offset = pointers[i]!;
      if (offset < least || offset % pointerSize !== 0 || offset + pointerSize > size) {
        const record = ownObject(view);
        this.#fields(record, size, record.pointers, pointerCount);
        return;
      }
      least = offset + 1;
    }
  }

  #fields(record: DumpRecord, size: number, pointers: ArrayLike<Uint64>, count: number): void {
    const pointerSize = this.#pointerSize === 0 ? 1 : this.#pointerSize;
    let previous: Uint64 = -1;
    for (let i = 0; i < count; i++) {
      const offset = pointers[i]!;
      if (BigInt(offset) % BigInt(pointerSize) !== 0n) {
        this.#report(
          'field-aligned',
          record,
          'pointers',
          `want a multiple of ${pointerSize}, got ${offset}`,
          i,
        );
      }
      if (offset > size - pointerSize) {
        this.#report(
          'field-bounds',
          record,
          'pointers',
          `want at most ${size - pointerSize}, got ${offset}`,
          i,
        );
      }
      if (offset <= previous) {
        this.#report(
          'field-order',
          record,
          'pointers',
          `want more than ${previous}, got ${offset}`,
          i,
        );
      }
      previous = offset;
    }
  }

  #segment(record: RecordOfKind<'dataSegment' | 'bss'>): void {
    const { address, size } = record;
    this.#fields(record, Number(size), record.pointers, record.pointers.length);
    const end = Number(address) + Number(size);
    const data = this.#once.get('dataSegment') as RecordOfKind<'dataSegment'> | undefined;
    if (record.kind === 'bss' && data !== undefined) {
      const dataEnd = Number(data.address) + Number(data.size);
      if (Number(address) < dataEnd && end > Number(data.address)) {
        this.#report('segment-overlap', record, 'address', 'it overlaps the data segment');
      }
    }
    if (this.#objects.intersects(Number(address), end)) {
      this.#report('segment-overlap', record, 'address', 'it overlaps objects');
    }
  }

  #finalizer(record: RecordOfKind<'finalizer' | 'queuedFinalizer'>): void {
    if (record.funcval === 0)
      this.#report('finalizer-function', record, 'funcval', 'want a function, got 0');
    if (this.#objects.find(Number(record.address)) < 0) {
      this.#report('finalizer-object', record, 'address', `no object at ${hex(record.address)}`);
    }
  }

  #bucket(record: RecordOfKind<'memProf'>): void {
    if (this.#buckets.has(record.id))
      this.#report('profile-unique', record, 'id', 'it was written before');
    this.#buckets.add(record.id);
    if (record.frees > record.allocs) {
      this.#report(
        'profile-frees',
        record,
        'frees',
        `want at most ${record.allocs}, got ${record.frees}`,
      );
    }
  }

  #sample(record: RecordOfKind<'allocSample'>): void {
    if (!this.#buckets.has(record.bucket)) {
      this.#report('sample-bucket', record, 'bucket', `no profile record ${hex(record.bucket)}`);
    }
    if (this.#objects.find(Number(record.address)) < 0) {
      this.#report('sample-object', record, 'address', `no object at ${hex(record.address)}`);
    }
  }

  #end(record: RecordOfKind<'eof'>): void {
    for (const kind of ['params', 'dataSegment', 'bss', 'memStats'] as const) {
      if (!this.#once.has(kind))
        this.#report('once', record, '', `want one ${kind} before it, got none`);
    }
    this.#types.close();
    this.#types.finish();
    this.#goroutines.close();
    this.#goroutines.finish();
    this.#objects.overlaps((lower, upper, run) => {
      const path = `object#${upper}.address`;
      const offset = this.#runOffsets.at(run) + 1;
      const address = hex(this.#objects.addressOf(upper));
      this.#add({
        rule: 'object-overlap',
        severity: 'error',
        message: `${path}: ${address} lies in object#${lower}`,
        offset,
        path,
        firstErrorOffset: offset,
      });
    });
  }
}

function resultOf(verifier: Verifier, reader: DumpReader): VerifyResult {
  const counts = new Map<RecordKind, number>();
  for (const { kind, tag } of recordTable) {
    const count = reader.cursor.counts[tag]!;
    if (count > 0) counts.set(kind, count);
  }
  const { defects, broken, params } = verifier;
  const ok = [...broken.keys()].every((rule) => verifyRules[rule].severity !== 'error');
  return { ok, defects, broken, counts, bytes: reader.cursor.position, params };
}

/** Runs a step of the reading; a dump that cannot be read on becomes a defect. */
function attempt(verifier: Verifier, run: () => void): boolean {
  try {
    run();
    return true;
  } catch (error) {
    if (!(error instanceof DumpError)) throw error;
    verifier.failure(error);
    return false;
  }
}

/** Checks a dump. Never throws for what is in it. */
export function verifyDump(input: DumpInput, options: VerifyOptions = {}): VerifyResult {
  const verifier = new Verifier(options.keep ?? 100);
  const reader = new DumpReader(verifier, { maxContents: wholeContents });
  let readable = true;
  for (const chunk of input instanceof Uint8Array ? [input] : input) {
    readable = attempt(verifier, () => reader.push(chunk));
    if (!readable) break;
  }
  if (readable) attempt(verifier, () => reader.end());
  return resultOf(verifier, reader);
}

/** As verifyDump, for input that comes in time. */
export async function verifyDumpAsync(
  input: AsyncDumpInput,
  options: VerifyOptions = {},
): Promise<VerifyResult> {
  const verifier = new Verifier(options.keep ?? 100);
  const reader = new DumpReader(verifier, { maxContents: wholeContents });
  let readable = true;
  for await (const chunk of input instanceof Uint8Array ? [input] : input) {
    readable = attempt(verifier, () => reader.push(chunk));
    if (!readable) break;
  }
  if (readable) attempt(verifier, () => reader.end());
  return resultOf(verifier, reader);
}
