/**
 * The format "go1.7 heap dump" as data: every record, its fields, their encoding and where Go writes
 * them. Reader, inspector, hexdump, verifier and documentation are driven by this table, and it is
 * all that the reading half knows of the format.
 *
 * Encodings:
 * - `uvarint`: a 64-bit unsigned integer, seven bits a byte, least significant first;
 * - `address`: a uvarint that is an address (or another machine word) of the dumped program;
 * - `bool`: a uvarint that is 0 or 1;
 * - `string`: a uvarint length, then that many bytes, in UTF-8 by custom only;
 * - `memory`: the same, holding memory of the dumped program;
 * - `fieldList`: pairs of uvarints (kind, offset) and a closing kind 0: where the pointers lie in the
 *   memory before it;
 * - `repeat`: the fields of `of`, `count` times; 'declared' means that a uvarint says how often.
 */

/** A 64-bit quantity: a number where exact (at most 2^53), else a bigint. */
export type Uint64 = number | bigint;

/** Text of a dump: a string where the bytes are valid UTF-8, else the bytes themselves. */
export type Text = string | Uint8Array;

type ScalarType = 'uvarint' | 'address' | 'bool' | 'string' | 'memory' | 'fieldList';

export interface ScalarSpec {
  readonly name: string;
  readonly type: ScalarType;
  readonly doc: string;
  /** The expression that Go writes. */
  readonly go: string;
  /** Encoding in older formats, by header. */
  readonly formerly?: { readonly [header: string]: 'uvarint' };
}

interface RepeatSpec {
  readonly name: string;
  readonly type: 'repeat';
  readonly count: number | 'declared';
  readonly of: readonly ScalarSpec[];
  readonly doc: string;
  readonly go: string;
}

export type FieldSpec = ScalarSpec | RepeatSpec;

export interface RecordSpec {
  readonly tag: number;
  readonly kind: string;
  readonly title: string;
  readonly doc: string;
  /** The function of runtime/heapdump.go that writes the record. */
  readonly go: string;
  readonly fields: readonly FieldSpec[];
}

/** Headers of the formats that are read; the last one is what Go 1.7 and later write. */
export const dumpHeaders = [
  'go1.4 heap dump\n',
  'go1.5 heap dump\n',
  'go1.6 heap dump\n',
  'go1.7 heap dump\n',
] as const;

/** Bytes of every header. */
export const headerLength = 16;

/** Kinds in a field list. Go 1.22 writes `eol` and `ptr`; `iface` and `eface` are of Go 1.4. */
export const fieldKind = { eol: 0, ptr: 1, iface: 2, eface: 3 } as const;

/** The object's tag, which the reader's fast path looks for. */
export const tagObject = 1;

/** The tag of the record that ends a dump. */
export const tagEOF = 0;

const contents = (doc: string, go: string) =>
  ({ name: 'contents', type: 'memory', doc, go }) as const;

const pointers = (go: string) =>
  ({
    name: 'pointers',
    type: 'fieldList',
    doc: 'offsets in `contents` at which a pointer lies',
    go,
  }) as const;

const uvarint = <N extends string>(name: N, doc: string, go: string) =>
  ({ name, type: 'uvarint', doc, go }) as const;

const stat = <N extends string>(name: N, go: string) =>
  ({ name, type: 'uvarint', doc: `MemStats.${go}`, go: `m.${go}` }) as const;

const finalizerFields = [
  { name: 'address', type: 'address', doc: 'the object with the finalizer', go: 'obj' },
  { name: 'funcval', type: 'address', doc: 'the closure to call', go: 'fn' },
  { name: 'entryPC', type: 'address', doc: 'entry pc of the finalizer', go: 'fn.fn' },
  { name: 'argType', type: 'address', doc: "type of the finalizer's parameter", go: 'fint' },
  { name: 'objectType', type: 'address', doc: 'type of the pointer to the object', go: 'ot' },
] as const;

export const recordTable = [
  {
    tag: 0,
    kind: 'eof',
    title: 'EOF',
    doc: 'Ends the dump; nothing may follow it.',
    go: 'mdump',
    fields: [],
  },
  {
    tag: 1,
    kind: 'object',
    title: 'object',
    doc: 'A slot of a heap span: the whole size class, a malloc header included.',
    go: 'dumpobj',
    fields: [
      { name: 'address', type: 'address', doc: 'first byte of the slot', go: 'obj' },
      contents('bytes of the slot', 'dumpmemrange(obj, size)'),
      pointers('dumpfields(bv)'),
    ],
  },
  {
    tag: 2,
    kind: 'otherRoot',
    title: 'other root',
    doc: 'A root outside data, bss and stacks. No Go release with this header writes one.',
    go: 'dumpotherroot',
    fields: [
      { name: 'description', type: 'string', doc: 'where the root came from', go: 'description' },
      { name: 'address', type: 'address', doc: 'what the root points to', go: 'to' },
    ],
  },
  {
    tag: 3,
    kind: 'type',
    title: 'type',
    doc: 'A type that an itab names; written again when the type cache has forgotten it.',
    go: 'dumptype',
    fields: [
      { name: 'address', type: 'address', doc: 'the type descriptor', go: 't' },
      { name: 'size', type: 'uvarint', doc: 'bytes of a value', go: 't.Size_' },
      {
        name: 'name',
        type: 'string',
        doc: 'package path, dot, name; a type without a package path as Go prints it',
        go: 'pkgpath + "." + name, or rt.string()',
      },
      {
        name: 'isPointer',
        type: 'bool',
        doc: "whether an interface's data word for this type is a pointer that the collector follows",
        go: 't.Kind_&kindDirectIface == 0 || t.PtrBytes != 0',
      },
    ],
  },
  {
    tag: 4,
    kind: 'goroutine',
    title: 'goroutine',
    doc: 'A goroutine; its stack frames, defers and panics follow it.',
    go: 'dumpgoroutine',
    fields: [
      { name: 'address', type: 'address', doc: 'the g', go: 'gp' },
      { name: 'sp', type: 'address', doc: 'stack pointer of its youngest frame', go: 'sp' },
      { name: 'id', type: 'uvarint', doc: 'goid', go: 'gp.goid' },
      {
        name: 'creationPC',
        type: 'address',
        doc: 'pc of the go statement that made it',
        go: 'gp.gopc',
      },
      {
        name: 'status',
        type: 'uvarint',
        doc: '0 idle, 1 runnable, 3 syscall, 4 waiting',
        go: 'readgstatus(gp)',
      },
      {
        name: 'isSystem',
        type: 'bool',
        doc: 'started by the runtime',
        go: 'isSystemGoroutine(gp, false)',
      },
      { name: 'isBackground', type: 'bool', doc: 'always false since Go 1.5', go: 'false' },
      {
        name: 'waitSince',
        type: 'uvarint',
        doc: 'about when it began to wait: nanoseconds, or 0 if no collection has seen it wait',
        go: 'gp.waitsince',
      },
      {
        name: 'waitReason',
        type: 'string',
        doc: 'why it waits; of meaning only when waiting',
        go: 'gp.waitreason.String()',
      },
      { name: 'ctxt', type: 'address', doc: 'closure context', go: 'gp.sched.ctxt' },
      { name: 'm', type: 'address', doc: 'its OS thread, or 0', go: 'gp.m' },
      { name: 'defer', type: 'address', doc: 'youngest defer record, or 0', go: 'gp._defer' },
      { name: 'panic', type: 'address', doc: 'youngest panic record, or 0', go: 'gp._panic' },
    ],
  },
  {
    tag: 5,
    kind: 'stackFrame',
    title: 'stack frame',
    doc: 'A frame of the goroutine before it, youngest first.',
    go: 'dumpframe',
    fields: [
      { name: 'sp', type: 'address', doc: 'lowest address of the frame', go: 's.sp' },
      { name: 'depth', type: 'uvarint', doc: '0 is the youngest', go: 'child.depth' },
      { name: 'childSP', type: 'address', doc: 'sp of the frame it called, or 0', go: 'child.sp' },
      contents('bytes of the frame', 'dumpmemrange(s.sp, s.fp-s.sp)'),
      { name: 'entryPC', type: 'address', doc: 'entry of the function', go: 'f.entry()' },
      { name: 'pc', type: 'address', doc: 'where it stands', go: 's.pc' },
      {
        name: 'continuationPC',
        type: 'address',
        doc: 'where it may go on, or 0',
        go: 's.continpc',
      },
      { name: 'name', type: 'string', doc: 'the function', go: 'funcname(f)' },
      pointers('dumpbv(&child.args), dumpbv(&bv)'),
    ],
  },
  {
    tag: 6,
    kind: 'params',
    title: 'dump params',
    doc: 'What a reader must know before anything else.',
    go: 'dumpparams',
    fields: [
      { name: 'bigEndian', type: 'bool', doc: 'byte order of pointers', go: 'byte order test' },
      { name: 'pointerSize', type: 'uvarint', doc: 'bytes of a pointer', go: 'goarch.PtrSize' },
      { name: 'heapStart', type: 'address', doc: 'base of the lowest arena', go: 'arenaStart' },
      { name: 'heapEnd', type: 'address', doc: 'end of the highest arena', go: 'arenaEnd' },
      {
        name: 'architecture',
        type: 'string',
        doc: 'GOARCH',
        go: 'goarch.GOARCH',
        formerly: { 'go1.4 heap dump\n': 'uvarint' },
      },
      {
        name: 'goVersion',
        type: 'string',
        doc: 'version of Go; GOEXPERIMENT up to Go 1.9',
        go: 'buildVersion',
      },
      { name: 'ncpu', type: 'uvarint', doc: 'number of CPUs', go: 'ncpu' },
    ],
  },
  {
    tag: 7,
    kind: 'finalizer',
    title: 'registered finalizer',
    doc: 'A finalizer whose object is not known to be dead.',
    go: 'dumpfinalizer',
    fields: finalizerFields,
  },
  {
    tag: 8,
    kind: 'itab',
    title: 'itab',
    doc: 'Method table of a pair of interface and type.',
    go: 'itab_callback',
    fields: [
      { name: 'address', type: 'address', doc: 'the itab', go: 'tab' },
      { name: 'type', type: 'address', doc: 'its concrete type', go: 'tab._type' },
    ],
  },
  {
    tag: 9,
    kind: 'osThread',
    title: 'OS thread',
    doc: 'An m.',
    go: 'dumpms',
    fields: [
      { name: 'address', type: 'address', doc: 'the m', go: 'mp' },
      { name: 'id', type: 'uvarint', doc: "Go's number for it", go: 'mp.id' },
      { name: 'osID', type: 'uvarint', doc: "the system's number for it", go: 'mp.procid' },
    ],
  },
  {
    tag: 10,
    kind: 'memStats',
    title: 'mem stats',
    doc: 'runtime.MemStats up to NumGC.',
    go: 'dumpmemstats',
    fields: [
      stat('alloc', 'Alloc'),
      stat('totalAlloc', 'TotalAlloc'),
      stat('sys', 'Sys'),
      stat('lookups', 'Lookups'),
      stat('mallocs', 'Mallocs'),
      stat('frees', 'Frees'),
      stat('heapAlloc', 'HeapAlloc'),
      stat('heapSys', 'HeapSys'),
      stat('heapIdle', 'HeapIdle'),
      stat('heapInuse', 'HeapInuse'),
      stat('heapReleased', 'HeapReleased'),
      stat('heapObjects', 'HeapObjects'),
      stat('stackInuse', 'StackInuse'),
      stat('stackSys', 'StackSys'),
      stat('mSpanInuse', 'MSpanInuse'),
      stat('mSpanSys', 'MSpanSys'),
      stat('mCacheInuse', 'MCacheInuse'),
      stat('mCacheSys', 'MCacheSys'),
      stat('buckHashSys', 'BuckHashSys'),
      stat('gcSys', 'GCSys'),
      stat('otherSys', 'OtherSys'),
      stat('nextGC', 'NextGC'),
      stat('lastGC', 'LastGC'),
      stat('pauseTotalNs', 'PauseTotalNs'),
      {
        name: 'pauseNs',
        type: 'repeat',
        count: 256,
        of: [uvarint('', 'ns of one pause', 'm.PauseNs[i]')],
        doc: 'ring of the last pauses, the latest at (numGC+255)%256',
        go: 'm.PauseNs',
      },
      stat('numGC', 'NumGC'),
    ],
  },
  {
    tag: 11,
    kind: 'queuedFinalizer',
    title: 'queued finalizer',
    doc: 'A finalizer whose object was found dead and which waits to run.',
    go: 'finq_callback',
    fields: finalizerFields,
  },
  {
    tag: 12,
    kind: 'dataSegment',
    title: 'data segment',
    doc: 'Initialized globals with pointers.',
    go: 'dumproots',
    fields: [
      { name: 'address', type: 'address', doc: 'start of the segment', go: 'firstmoduledata.data' },
      contents('bytes of the segment', 'firstmoduledata.data .. edata'),
      pointers('dumpfields(firstmoduledata.gcdatamask)'),
    ],
  },
  {
    tag: 13,
    kind: 'bss',
    title: 'bss segment',
    doc: 'Globals with pointers that start as zero.',
    go: 'dumproots',
    fields: [
      { name: 'address', type: 'address', doc: 'start of the segment', go: 'firstmoduledata.bss' },
      contents('bytes of the segment', 'firstmoduledata.bss .. ebss'),
      pointers('dumpfields(firstmoduledata.gcbssmask)'),
    ],
  },
  {
    tag: 14,
    kind: 'defer',
    title: 'defer record',
    doc: 'A deferred call of the goroutine before it, youngest first.',
    go: 'dumpgoroutine',
    fields: [
      { name: 'address', type: 'address', doc: 'the record', go: 'd' },
      { name: 'goroutine', type: 'address', doc: 'the g', go: 'gp' },
      { name: 'argp', type: 'address', doc: 'sp of the frame that deferred', go: 'd.sp' },
      { name: 'pc', type: 'address', doc: 'pc of the defer statement', go: 'd.pc' },
      { name: 'funcval', type: 'address', doc: 'the deferred closure, or 0', go: 'fn' },
      { name: 'entryPC', type: 'address', doc: "the closure's entry, or 0", go: 'fn.fn' },
      { name: 'link', type: 'address', doc: 'next older record, or 0', go: 'd.link' },
    ],
  },
  {
    tag: 15,
    kind: 'panic',
    title: 'panic record',
    doc: 'A panic of the goroutine before it, youngest first.',
    go: 'dumpgoroutine',
    fields: [
      { name: 'address', type: 'address', doc: 'the record', go: 'p' },
      { name: 'goroutine', type: 'address', doc: 'the g', go: 'gp' },
      { name: 'argType', type: 'address', doc: 'type word of the argument', go: 'eface._type' },
      { name: 'argData', type: 'address', doc: 'data word of the argument', go: 'eface.data' },
      { name: 'defer', type: 'address', doc: 'running defer; 0 since Go 1.22', go: '0' },
      { name: 'link', type: 'address', doc: 'next older record, or 0', go: 'p.link' },
    ],
  },
  {
    tag: 16,
    kind: 'memProf',
    title: 'alloc/free profile record',
    doc: 'A bucket of the memory profile: a call stack and a size.',
    go: 'dumpmemprof_callback',
    fields: [
      { name: 'id', type: 'address', doc: 'the bucket', go: 'b' },
      { name: 'size', type: 'uvarint', doc: 'bytes of each allocation', go: 'size' },
      {
        name: 'frames',
        type: 'repeat',
        count: 'declared',
        of: [
          { name: 'func', type: 'string', doc: 'function, or (0x…)', go: 'funcname(f)' },
          { name: 'file', type: 'string', doc: 'file, or ?', go: 'file' },
          { name: 'line', type: 'uvarint', doc: 'line, or 0', go: 'line' },
        ],
        doc: 'the call stack, youngest first',
        go: 'nstk',
      },
      { name: 'allocs', type: 'uvarint', doc: 'objects allocated', go: 'allocs' },
      { name: 'frees', type: 'uvarint', doc: 'objects freed', go: 'frees' },
    ],
  },
  {
    tag: 17,
    kind: 'allocSample',
    title: 'alloc sample record',
    doc: 'An object that the memory profile sampled.',
    go: 'dumpmemprof',
    fields: [
      { name: 'address', type: 'address', doc: 'the object', go: 'p' },
      { name: 'bucket', type: 'address', doc: 'id of its profile record', go: 'spp.b' },
    ],
  },
] as const satisfies readonly RecordSpec[];

type Table = (typeof recordTable)[number];

/** Every kind of record. */
export type RecordKind = Table['kind'];

type ScalarValue<T> = T extends 'bool'
  ? boolean
  : T extends 'string'
    ? Text
    : T extends 'memory'
      ? Uint8Array
      : T extends 'fieldList'
        ? readonly Uint64[]
        : Uint64;

type ScalarsOf<F extends FieldSpec> = {
  [S in F as S['name']]: ScalarValue<S['type']>;
};

type FieldValue<F> = F extends { type: 'repeat'; of: infer Of }
  ? Of extends readonly ScalarSpec[]
    ? Of[number]['name'] extends ''
      ? readonly Uint64[]
      : readonly ScalarsOf<Of[number]>[]
    : never
  : F extends { type: infer T }
    ? ScalarValue<T>
    : never;

type FieldsOf<F extends FieldSpec> = { [S in F as S['name']]: FieldValue<S> };

type SizeOf<F extends FieldSpec> = 'memory' extends F['type'] ? { size: Uint64 } : unknown;

/** What every record has. */
export interface RecordPlace {
  /** Offset of its tag in the dump. */
  readonly offset: Uint64;
  /** Bytes of the record, its tag included. */
  readonly length: Uint64;
  /** Position among the records of its kind. */
  readonly index: number;
}

type RecordOf<S extends Table> = S extends Table
  ? RecordPlace &
      Readonly<
        { tag: S['tag']; kind: S['kind'] } & FieldsOf<S['fields'][number]> &
          SizeOf<S['fields'][number]>
      >
  : never;

/**
 * A record as the reader gives it: discriminated by `kind`, with the fields of the table. A memory
 * field gives two: `size`, its declared bytes, and `contents`, empty where the reader was told not
 * to keep it. `pointers` are offsets.
 */
export type DumpRecord = RecordOf<Table>;

/** The record type of one kind. */
export type RecordOfKind<K extends RecordKind> = Extract<DumpRecord, { kind: K }>;

/** Finds the entry of a tag; undefined for a tag that the format does not have. */
export function recordSpecOf(tag: number): (typeof recordTable)[number] | undefined {
  return recordTable[tag];
}

/** One function for each kind of record that somebody cares for. */
export type RecordHandlers = {
  readonly [K in RecordKind]?: (record: RecordOfKind<K>) => void;
};

/** Calls the handler of the record's kind, if there is one. */
export function dispatchRecord(handlers: RecordHandlers, record: DumpRecord): void {
  (handlers[record.kind] as ((record: DumpRecord) => void) | undefined)?.(record);
}

/** An address as messages show it: 0xc000012000. */
export function hex(value: Uint64): string {
  return `0x${value.toString(16)}`;
}
