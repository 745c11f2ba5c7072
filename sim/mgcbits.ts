import { throw_ } from './errors.ts';
import { sysAlloc } from './mem.ts';
import type { Runtime } from './runtime2.ts';

/** Bytes of an arena of mark and allocation bits, its header included. @go runtime/mheap.go gcBitsChunkBytes */
const gcBitsChunkBytes = 64 << 10;

/** @go runtime/mheap.go gcBitsArena */
interface GcBitsArena {
  /** Bytes handed out. */
  free: number;
  bits: Uint8Array;
}

/**
 * Where spans get their mark and allocation bits. An arena's bits are all handed out in one cycle
 * and all forgotten two cycles later, so arenas are freed whole.
 *
 * @go runtime/mheap.go gcBitsArenas
 */
export class GcBitsArenas {
  private readonly rt: Runtime;
  private readonly capacity: number;
  /** Number of arenas to reuse. Their bits are made anew, so that stale references stay harmless. */
  private free = 0;
  /** Arenas that the coming cycle's mark bits come from; the last one is being filled. */
  private next: GcBitsArena[] = [];
  /** Arenas of the cycle now, and of the one before. */
  private current: GcBitsArena[] = [];
  private previous: GcBitsArena[] = [];
  /** Zero bits by their bytes. */
  private readonly zeroBits: Uint8Array[] = [];

  constructor(rt: Runtime) {
    this.rt = rt;
    this.capacity = gcBitsChunkBytes - rt.arch.sizes.gcBitsArenaHeader;
  }

  /** Zero bits for `nelems` objects, rounded up to 64. @go runtime/mheap.go newMarkBits */
  newMarkBits(nelems: number): Uint8Array {
    const bytesNeeded = ((nelems + 63) >>> 6) * 8;
    const head = this.reserve(bytesNeeded);
    return head.bits.subarray(head.free - bytesNeeded, head.free);
  }

  /** Takes `bytesNeeded` bytes off the end of an arena. */
  private reserve(bytesNeeded: number): GcBitsArena {
    const { rt } = this;
    let head = this.next[this.next.length - 1];
    if (head !== undefined && head.free + bytesNeeded <= this.capacity) {
      rt.unlaid.path(rt, markBitsPath);
    } else {
      rt.unlaid.path(rt, newArenaPath);
      head = this.newArena();
      if (bytesNeeded > this.capacity) throw_('markBits overflow');
      this.next.push(head);
    }
    head.free += bytesNeeded;
    return head;
  }

  /**
   * The allocation bits of a fresh span, zero until sweeping puts mark bits in their place: the same bytes for all
   * spans of a size. Nothing may set them. @go runtime/mheap.go newAllocBits
   */
  newAllocBits(nelems: number): Uint8Array {
    const bytesNeeded = ((nelems + 63) >>> 6) * 8;
    this.reserve(bytesNeeded);
    this.zeroBits[bytesNeeded] ??= new Uint8Array(bytesNeeded);
    return this.zeroBits[bytesNeeded];
  }

  /** A cycle starts: the mark bits become allocation bits. @go runtime/mheap.go nextMarkBitArenaEpoch */
  nextMarkBitArenaEpoch(): void {
    this.free += this.previous.length;
    this.previous = this.current;
    this.current = this.next;
    this.next = [];
  }

  /** @go runtime/mheap.go newArenaMayUnlock */
  private newArena(): GcBitsArena {
    if (this.free === 0) sysAlloc(this.rt, gcBitsChunkBytes, 'gcMiscSys');
    else this.free--;
    return { free: 0, bits: new Uint8Array(gcBitsChunkBytes) };
  }
}

/** What a run of bits needs of the stack, in the arena that is there or in a new one. */
const markBitsPath = ['runtime.newMarkBits'] as const;
const newArenaPath = [
  ...markBitsPath,
  'runtime.newArenaMayUnlock',
  'runtime.unlock2',
  'runtime.(*mLockProfile).recordUnlock',
] as const;
