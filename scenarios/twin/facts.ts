/** What two dumps of one program have in common: what a dump of the model and one of real Go must share. */
import {
  type DumpRecord,
  type ObjectView,
  type RecordOfKind,
  type Uint64,
  visitDump,
} from '../../dump/index.ts';

/** Address, size and pointers of every object, in order. */
export function objectsOf(dump: Uint8Array): string[] {
  const objects: string[] = [];
  visitDump(dump, {
    object: ({ address, size, pointers, pointerCount }) => {
      objects.push(`${address.toString(16)} ${size} ${pointers.subarray(0, pointerCount).join()}`);
    },
  });
  return objects;
}

/** One dump without times, thread ids, and what lies in binary or kernel memory. */
export interface WorldFacts {
  /** Address, size and pointer offsets of every object, in order. */
  readonly objects: readonly string[];
  /**
   * Every pointer in an object that points into the heap: object, offset, value. Without those that tie
   * goroutine 1 to its thread: a signal may make another thread run it.
   */
  readonly pointers: readonly string[];
  /**
   * MemStats without times. The runtime unpacks the pointer masks of the data and the bss segment into
   * memory that it counts as BuckHashSys and takes from a chunk counted as OtherSys: a byte for eight
   * words, and one that ends it. The segments of two programs differ in size, so this part, which the
   * dump's segment records tell, is moved back from BuckHashSys to OtherSys.
   *
   * @go runtime/mbitmap_allocheaders.go progToPointerMask, runtime/malloc.go persistentalloc1
   */
  readonly memStats: Readonly<Record<string, number>>;
  /** Address, id, status, wait reason, whether it is the system's. */
  readonly goroutines: readonly string[];
  /** Address and id. */
  readonly osThreads: readonly string[];
  readonly arenas: string;
  /** Types and itabs, by name. */
  readonly itabs: readonly string[];
  readonly finalizers: readonly string[];
}

/** Times, which differ from run to run. */
const times: ReadonlySet<string> = new Set(['lastGC', 'pauseTotalNs']);
const notStatistics: ReadonlySet<string> = new Set(['offset', 'length', 'tag', 'kind', 'pauseNs']);

/** Reads the pointers into the heap of every object. */
class HeapPointers {
  readonly all: {
    readonly object: Uint64;
    readonly size: number;
    readonly text: string;
    readonly value: number;
  }[] = [];
  #params = { wide: true, little: true, start: 0, end: 0 };

  setParams({ pointerSize, bigEndian, heapStart, heapEnd }: RecordOfKind<'params'>): void {
    const [start, end] = [Number(heapStart), Number(heapEnd)];
    this.#params = { wide: Number(pointerSize) === 8, little: !bigEndian, start, end };
  }

  add({ address, size, bytes, start, pointers, pointerCount }: ObjectView): void {
    const { wide, little, start: heapStart, end: heapEnd } = this.#params;
    const view = new DataView(bytes.buffer, bytes.byteOffset + start, size);
    for (let i = 0; i < pointerCount; i++) {
      const at = pointers[i]!;
      const value = wide ? Number(view.getBigUint64(at, little)) : view.getUint32(at, little);
      if (value < heapStart || value >= heapEnd) continue;
      const text = `${hex(address)}+${at}: ${hex(value)}`;
      this.all.push({ object: address, size, text, value });
    }
  }

  /**
   * All but those between goroutine 1 and a thread. Where on a goroutine's stack something lies depends on
   * the frames that the compiler makes, so such pointers tell only whose stack it is.
   */
  withoutThreadOf(main: number, threads: readonly number[], stacks: readonly Stack[]): string[] {
    const lies = (p: number, object: number, size: number) => p >= object && p < object + size;
    return this.all
      .filter(({ object, size, value }) => {
        const ofMain = lies(main, Number(object), size) && threads.includes(value);
        const ofThread = value === main && threads.some((m) => lies(m, Number(object), size));
        return !ofMain && !ofThread;
      })
      .map(({ text, value }) => {
        const stack = stacks.find(({ sp, end }) => sp <= value && value < end);
        return stack === undefined
          ? text
          : text.replace(/: .*/, `: stack of goroutine ${stack.id}`);
      });
  }
}

/** The part of a goroutine's stack that is in use. */
interface Stack {
  readonly id: Uint64;
  readonly sp: number;
  /** End of the frames told so far. */
  end: number;
}

export function worldFacts(dump: Uint8Array): WorldFacts {
  const facts = {
    objects: objectsOf(dump),
    pointers: [] as string[],
    memStats: {} as Record<string, number>,
    goroutines: [] as string[],
    osThreads: [] as string[],
    arenas: '',
    itabs: [] as string[],
    finalizers: [] as string[],
  };
  const pointers = new HeapPointers();
  const threads: number[] = [];
  const stacks: Stack[] = [];
  const typeNames = new Map<Uint64, string>();
  let main = 0;
  let ptrSize = 8;
  let maskBytes = 0;
  const record = (r: DumpRecord): void => {
    switch (r.kind) {
      case 'params':
        ptrSize = Number(r.pointerSize);
        pointers.setParams(r);
        facts.arenas = `${hex(r.heapStart)} to ${hex(r.heapEnd)}`;
        break;
      case 'dataSegment':
      case 'bss':
        maskBytes += Math.ceil(Number(r.size) / ptrSize / 8) + 1;
        break;
      case 'goroutine':
        if (Number(r.id) === 1) main = Number(r.address);
        stacks.push({ id: r.id, sp: Number(r.sp), end: Number(r.sp) });
        facts.goroutines.push(
          `${hex(r.address)} ${r.id} ${r.status} ${r.waitReason}${r.isSystem ? ' system' : ''}`,
        );
        break;
      case 'stackFrame':
        stacks.at(-1)!.end = Number(r.sp) + r.contents.length;
        break;
      case 'osThread':
        threads.push(Number(r.address));
        // m0 is a variable of the runtime.
        facts.osThreads.push(`${Number(r.id) === 0 ? 'm0' : hex(r.address)} ${r.id}`);
        break;
      case 'type':
        typeNames.set(r.address, String(r.name));
        facts.itabs.push(`type ${r.name}, ${r.size} bytes${r.isPointer ? ', a pointer' : ''}`);
        break;
      case 'itab':
        facts.itabs.push(`itab of ${typeNames.get(r.type)}`);
        break;
      case 'finalizer':
      case 'queuedFinalizer':
        facts.finalizers.push(`${r.kind} ${hex(r.address)}`);
        break;
      case 'memStats':
        for (const [name, value] of Object.entries(r)) {
          if (!times.has(name) && !notStatistics.has(name)) facts.memStats[name] = Number(value);
        }
        break;
      default:
    }
  };
  visitDump(dump, { record, object: (object) => pointers.add(object) });
  facts.pointers = pointers.withoutThreadOf(main, threads, stacks);
  facts.memStats.buckHashSys! -= maskBytes;
  facts.memStats.otherSys! += maskBytes;
  return facts;
}

const hex = (n: Uint64): string => n.toString(16);
