/** `classes`: the table of size classes. */
import { classToSize, numSizeClasses } from '../../sim/sizeclasses.ts';
import { count, percent, table } from '../format.ts';
import { type ClassingTarget, classing, spanLayout } from '../timeline/classing.ts';

/** A size class; what differs for spans whose objects have pointers is in `pointers`. */
export interface SizeClass {
  readonly sizeclass: number;
  readonly size: number;
  readonly spanPages: number;
  readonly slots: number;
  readonly tail: number;
  readonly pointers: { readonly slots: number; readonly heapBits: number; readonly tail: number };
  /** The greatest size that it takes of objects without and with pointers. */
  readonly most: number;
  readonly mostWithPointers: number;
  /** The greatest part of a span without pointers that can go to waste, all objects being of one size: 0 to 1. */
  readonly maxWaste: number;
}

export function sizeClasses(target: ClassingTarget): SizeClass[] {
  const classes: SizeClass[] = [];
  for (let sizeclass = 1; sizeclass < numSizeClasses; sizeclass++) {
    const size = classToSize[sizeclass]!;
    const { spanPages, slots, tail } = spanLayout(target, sizeclass, true);
    const pointers = spanLayout(target, sizeclass, false);
    const least = classToSize[sizeclass - 1]! + 1;
    classes.push({
      sizeclass,
      size,
      spanPages,
      slots,
      tail,
      pointers: { slots: pointers.slots, heapBits: pointers.heapBits, tail: pointers.tail },
      most: mostOf(target, sizeclass, false),
      mostWithPointers: mostOf(target, sizeclass, true),
      maxWaste: ((size - least) * slots + tail) / (spanPages * 8192),
    });
  }
  return classes;
}

function mostOf(target: ClassingTarget, sizeclass: number, pointers: boolean): number {
  const size = classToSize[sizeclass]!;
  for (const most of [size, size - 8]) {
    const c = classing(target, most, pointers);
    if (c.path !== 'large' && c.slot === size) return most;
  }
  return 0;
}

export function sizeClassTable(target: ClassingTarget): string[] {
  const rows = [
    ['class', 'bytes', 'pages', 'slots', 'tail', 'waste', 'ptr: slots', 'bits', 'tail', 'most'],
  ];
  for (const c of sizeClasses(target)) {
    rows.push([
      String(c.sizeclass),
      count(c.size),
      String(c.spanPages),
      count(c.slots),
      count(c.tail),
      percent(c.maxWaste, 1),
      count(c.pointers.slots),
      count(c.pointers.heapBits),
      count(c.pointers.tail),
      count(c.mostWithPointers),
    ]);
  }
  return table(rows, { right: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] });
}

/** Notes below the table. */
export const classNotes = [
  'waste: the most of a span that can be lost, if all objects have the least size of the class.',
  'ptr: of spans whose objects have pointers; most: the greatest size of such an object.',
] as const;

/** Objects of one size in a dump. */
export interface UsedSize {
  readonly size: number;
  /** 0 where the size is of no class: a large object. */
  readonly sizeclass: number;
  readonly objects: number;
  readonly spans: number;
  /** Slots of these spans, as far as the dump tells. */
  readonly slots: number;
}

/** Lines for what a dump's objects tell. */
export function usedSizeTable(sizes: readonly UsedSize[]): string[] {
  const rows = [['class', 'bytes', 'objects', 'spans', 'slots', 'used', 'free bytes']];
  for (const { size, sizeclass, objects, spans, slots } of sizes) {
    rows.push([
      sizeclass === 0 ? 'large' : String(sizeclass),
      count(size),
      count(objects),
      count(spans),
      count(slots),
      percent(objects, slots),
      count((slots - objects) * size),
    ]);
  }
  return table(rows, { right: [0, 1, 2, 3, 4, 5, 6] });
}
