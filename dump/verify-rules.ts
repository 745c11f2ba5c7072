/** What holds in every dump that go1.22 on linux writes, besides that it can be read. */
import type { Severity } from './dump-error.ts';
import type { DumpRecord } from './records.ts';

export interface VerifyRule {
  readonly severity: Severity;
  /** What holds. */
  readonly rule: string;
  /** Where it comes from: the format's description, or Go's source. */
  readonly spec: string;
}

const error = (rule: string, spec: string) => ({ severity: 'error', rule, spec }) as const;
const warning = (rule: string, spec: string) => ({ severity: 'warning', rule, spec }) as const;

const wiki = 'go.dev/wiki heapdump15-through-heapdump17';
const dumpgoroutine = 'runtime/heapdump.go dumpgoroutine';
const dumpframe = 'runtime/heapdump.go dumpframe';
const dumpobjs = 'runtime/heapdump.go dumpobjs';
const readmemstats = 'runtime/mstats.go readmemstats_m';

export const verifyRules = {
  wire: error('the dump can be framed into records up to its EOF', wiki),
  bool: error('a bool is 0 or 1', wiki),
  trailing: error('nothing follows the EOF record', wiki),
  'minimal-varint': warning('numbers take as few bytes as can be', 'runtime/heapdump.go dumpint'),
  'legacy-field-kind': warning('field kinds are 0 or 1', wiki),
  order: error(
    'params, types and itabs, objects, goroutines, OS threads, data, bss, finalizers, queued finalizers, mem stats, profile, samples, EOF',
    'runtime/heapdump.go mdump',
  ),
  'params-first': error('the parameters are the first record', 'runtime/heapdump.go mdump'),
  once: error('there is one each of params, data, bss and mem stats', 'runtime/heapdump.go mdump'),
  'other-root': warning('no root of another sort is written', 'dumpotherroot has no caller'),
  'pointer-size': error('pointers have 4 or 8 bytes', 'internal/goarch PtrSize'),
  architecture: error(
    'pointer size and byte order are those of the architecture',
    'internal/goarch zgoarch_*.go',
  ),
  'heap-range': error('the heap range is made of whole arenas', 'runtime/heapdump.go dumpparams'),
  'object-in-heap': error('an object lies in the heap range', dumpobjs),
  'object-size': error('an object has a size class or whole pages', 'runtime/sizeclasses.go'),
  'object-alignment': error(
    'a slot starts at a multiple of 8, a large object at a page',
    'runtime/mheap.go (*mspan).initHeapBits',
  ),
  'object-overlap': error('objects do not overlap', dumpobjs),
  'field-aligned': error(
    'pointer offsets are multiples of the pointer size',
    'runtime/heapdump.go dumpbv',
  ),
  'field-bounds': error('pointer offsets lie within the contents', 'runtime/heapdump.go dumpbv'),
  'field-order': error('pointer offsets rise', 'runtime/heapdump.go dumpbv'),
  'type-itab': error('after a type comes an itab of it', 'runtime/heapdump.go itab_callback'),
  'itab-type': error('the type of an itab was written before', 'runtime/heapdump.go itab_callback'),
  'itab-unique': error('an itab is written once', 'runtime/iface.go iterate_itabs'),
  'type-again': error(
    'a type is written again only after four others of its bucket were used',
    'runtime/heapdump.go dumptype',
  ),
  'type-same': error('a type is written each time alike', 'runtime/heapdump.go dumptype'),
  'type-cache': warning(
    'a type cache of 256 buckets of four would have forgotten and kept the same types',
    'runtime/heapdump.go dumptype',
  ),
  orphan: error('frames, defers and panics follow their goroutine', dumpgoroutine),
  'goroutine-unique': error(
    'goroutines have their own ids and addresses',
    'runtime/proc.go newproc1',
  ),
  'goroutine-status': error('a goroutine is runnable, in a system call or waiting', 'dumpgs'),
  'goroutine-thread': error("a goroutine's m is an OS thread of the dump", dumpgoroutine),
  'goroutine-object': error('a goroutine lies in an object', 'runtime/proc.go malg'),
  'defer-chain': error(
    'the defer records are the chain that starts at the goroutine',
    dumpgoroutine,
  ),
  'panic-chain': error(
    'the panic records are the chain that starts at the goroutine',
    dumpgoroutine,
  ),
  'frame-depth': error('frames count from 0', dumpframe),
  'frame-child': error("a frame's child is the frame before it", dumpframe),
  'frame-order': error('a frame lies above the frame that it called', dumpframe),
  'frame-pc': error('the pc of a frame is not below its function', dumpframe),
  'frame-in-object': error('no frame lies in an object', 'runtime/stack.go stackalloc'),
  'thread-unique': error(
    'OS threads have their own ids and addresses',
    'runtime/proc.go mReserveID',
  ),
  'segment-overlap': error(
    'data and bss lie apart from each other and the heap',
    'runtime/symtab.go moduledata',
  ),
  'finalizer-object': error(
    'the object of a finalizer is in the dump',
    'runtime/mfinal.go SetFinalizer',
  ),
  'finalizer-function': error('a finalizer has a function', 'runtime/mfinal.go SetFinalizer'),
  'stats-sum': error('the statistics add up', readmemstats),
  'stats-objects': error('no more is in the dump than the statistics say', readmemstats),
  'stats-pauses': error(
    'the pauses add up and there is one for each collection',
    'runtime/mgc.go gcMarkTermination',
  ),
  'profile-unique': error('a profile record is written once', 'runtime/mprof.go iterate_memprof'),
  'profile-frees': error('no more is freed than was allocated', 'runtime/mprof.go memRecord'),
  'sample-bucket': error(
    'the profile record of a sample is in the dump',
    'runtime/heapdump.go dumpmemprof',
  ),
  'sample-object': error('a sampled object is in the dump', 'runtime/heapdump.go dumpmemprof'),
} as const satisfies { readonly [id: string]: VerifyRule };

export type VerifyRuleId = keyof typeof verifyRules;

/** Reports that a field of a record breaks a rule; `item` is the index in a list. */
export type Report = (
  rule: VerifyRuleId,
  record: DumpRecord,
  field: string,
  message: string,
  item?: number,
) => void;
