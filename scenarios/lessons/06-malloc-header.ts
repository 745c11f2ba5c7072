/** Lesson 6: objects with pointers above 512 B begin with a header of 8 B. */
import { mallocHeaderSize } from '../../sim/mbitmap.ts';
import { maxSmallSize } from '../../sim/sizeclasses.ts';
import { array, func, globals, int, intParam, nil, ptr, slice, uint64 } from '../index.ts';
import { spanAt } from './at-address.ts';
import { lesson } from './lesson.ts';

const P = ptr(uint64);
const vars = globals({
  pointers: ptr(uint64),
  numbers: ptr(uint64),
  growing: slice(P),
  counts: slice(uint64),
});

/** Capacities from 64 elements on, as append goes from one to the next. */
const capacities = func('main.capacities', { params: { pointers: int } }, (go, { pointers }) => {
  const v = go.globals(vars);
  const caps: number[] = [];
  for (let cap = 0; caps.length < 6; ) {
    if (pointers) v.growing = go.append(P, v.growing, nil);
    else v.counts = go.append(uint64, v.counts, 0);
    const now = (pointers ? v.growing : v.counts).cap;
    if (now !== cap && now >= 64) caps.push(now);
    cap = now;
  }
  return caps;
});

export default lesson({
  question: 'Why did 1024 bytes become 1152, and cap 143?',
  params: { words: intParam(128, { min: 2, max: 4000, help: 'pointers in the object' }) },
  globals: vars,
  main(go, { words }) {
    const v = go.globals(vars);
    const Pointers = array(words, P);
    v.numbers = go.new(array(words, uint64)) as unknown as typeof v.numbers;
    v.pointers = go.new(Pointers) as unknown as typeof v.pointers;
    go.mark('made', {
      size: go.sizeof(Pointers),
      pointers: v.pointers,
      numbers: v.numbers,
      mod16: v.pointers % 16,
    });
    const [p1, p2, p3, p4, p5, p6] = go.call(capacities, { pointers: 1 }) as Six;
    go.mark('pointers', { p1, p2, p3, p4, p5, p6 });
    const [n1, n2, n3, n4, n5, n6] = go.call(capacities, { pointers: 0 }) as Six;
    go.mark('numbers', { n1, n2, n3, n4, n5, n6 });
    go.writeHeapDump();
  },
  lesson: {
    title: 'The malloc header',
    order: 6,
    units: { mod16: 'B' },
    story: [
      {
        at: 'made',
        figures: ({ world, known }) => {
          const [scan, noscan] = [spanAt(world, known.pointers!), spanAt(world, known.numbers!)];
          return {
            scanSlot: scan.elemsize,
            noscanSlot: noscan.elemsize,
            headerAbove: world.mheap.minSizeForMallocHeader,
            maxSmall: maxSmallSize - mallocHeaderSize,
            header: (known.pointers! - scan.startAddr) % scan.elemsize,
          };
        },
        ask: {
          question: '{size} B without pointers take {noscanSlot} B. And {size} B of pointers?',
          answer: '{scanSlot} B',
        },
        text:
          'Since Go 1.22 an object with pointers above {headerAbove} B has its type in front of it: a malloc header of ' +
          '8 B, from which the collector knows where its pointers are. Here it is {header} B, so the slot is ' +
          "{scanSlot} B, and the object's address modulo 16 is {mod16}. An object of up to {headerAbove} B has bits at " +
          'the end of its span instead, one of more than {maxSmall} B is alone in its span, which knows the type.',
        look: 'explain --step {step}',
      },
      {
        at: 'pointers',
        ask: {
          question: 'A []*T grows by append. From cap {p1} on: what comes next?',
          answer: '{p2}',
        },
        text: 'append doubles, rounds up to a slot, and the header takes one element of it: {p1}, {p2}, {p3}, {p4}, {p5}, {p6}.',
        look: 'explain --step {step}',
      },
      {
        at: 'numbers',
        text: 'A slice of numbers has no header: {n1}, {n2}, {n3}, {n4}, {n5}, {n6}.',
        look: 'size 1024 --ptr',
      },
    ],
    try: {
      param: 'words=64',
      see: '{size} B of pointers fit a slot of {scanSlot} B: no header ({header} B), and the address modulo 16 is {mod16}.',
      shows: (changed, was) =>
        changed.scanSlot === 512 && changed.header === 0 && was.header === 8 && changed.mod16 === 0,
    },
  },
});

type Six = [number, number, number, number, number, number];
