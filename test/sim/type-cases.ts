/** Types written twice: as Go source and as calls of a TypeTable. */
import type { BasicTypeName, Type, TypeTable } from '../../sim/type.ts';

export interface TypeCase {
  /** The type in Go source of package main. */
  readonly go: string;
  readonly make: (t: TypeTable) => Type;
}

import { apiPath, libPath } from './type-program.ts';

const point = (t: TypeTable) =>
  t.named(
    'main',
    'Point',
    t.structOf([
      { name: 'X', type: t.int32 },
      { name: 'Y', type: t.int32 },
    ]),
  );
const error = (t: TypeTable) =>
  t.named('', 'error', t.interfaceOf([{ name: 'Error', type: t.funcOf([], [t.string]) }]));
const any = (t: TypeTable) => t.interfaceOf([]);
const node = (t: TypeTable): Type =>
  t.named(
    'main',
    'Node',
    () =>
      t.structOf([
        { name: 'next', type: t.ptrTo(node(t)) },
        { name: 'val', type: t.int },
      ]),
    () => ({ pointer: [{ name: 'Next', type: t.funcOf([], [t.ptrTo(node(t))]) }] }),
  );
const shape = (t: TypeTable): Type =>
  t.named(
    'main',
    'Shape',
    t.structOf([
      { name: 'name', type: t.string },
      { name: 'at', type: point(t) },
    ]),
    () => ({
      value: [
        { name: 'less', type: t.funcOf([shape(t)], [t.bool]) },
        { name: 'Area', type: t.funcOf([], [t.float64]) },
      ],
      pointer: [{ name: 'Scale', type: t.funcOf([t.float64], []) }],
    }),
  );
const embed = (name: string, type: Type, pkgPath = 'main') => ({
  name,
  type,
  pkgPath,
  embedded: true,
});
const stringer = (t: TypeTable) =>
  t.named('fmt', 'Stringer', t.interfaceOf([{ name: 'String', type: t.funcOf([], [t.string]) }]));
const square = (t: TypeTable) =>
  t.named('main', 'Square', t.structOf([embed('Shape', shape(t)), { name: 'side', type: t.int }]));
const ref = (t: TypeTable) =>
  t.named('main', 'Ref', t.structOf([embed('Shape', t.ptrTo(shape(t)))]));
const other = (t: TypeTable) =>
  t.named('main', 'Other', t.structOf([]), {
    value: ['Corners', 'Area'].map((name) => ({ name, type: t.funcOf([], [t.int]) })),
  });
const ambiguous = (t: TypeTable) =>
  t.named('main', 'Ambiguous', t.structOf([embed('Shape', shape(t)), embed('Other', other(t))]));
const base = (t: TypeTable) =>
  t.named(libPath, 'Base', t.structOf([{ name: 'id', type: t.int32, pkgPath: libPath }]), {
    value: [{ name: 'Name', type: t.funcOf([], [t.string]) }],
    pointer: [{ name: 'reset', pkgPath: libPath }],
  });
const libT = (t: TypeTable) =>
  t.named(
    libPath,
    'T',
    t.structOf([
      { name: 'X', type: t.int },
      { name: 'y', type: t.string, pkgPath: libPath },
      { name: '_', type: t.int8, pkgPath: libPath },
    ]),
  );
const libIface = (t: TypeTable) =>
  t.named(
    libPath,
    'Iface',
    t.interfaceOf([
      { name: 'hidden', pkgPath: libPath },
      { name: 'M', type: t.funcOf([libT(t)], [t.ptrTo(libT(t))]) },
    ]),
  );
const apiID = (t: TypeTable) =>
  t.named(apiPath, 'ID', t.arrayOf(16, t.uint8), {
    value: [{ name: 'String', type: t.funcOf([], [t.string]) }],
  });
const atomicInt64 = (t: TypeTable) => {
  const pkgPath = 'sync/atomic';
  return t.named(
    pkgPath,
    'Int64',
    t.structOf([
      { name: '_', type: t.named(pkgPath, 'noCopy', t.structOf([])), pkgPath },
      { name: '_', type: t.named(pkgPath, 'align64', t.structOf([])), pkgPath },
      { name: 'v', type: t.int64, pkgPath },
    ]),
    {
      pointer: ['Load', 'Store', 'Swap', 'CompareAndSwap', 'Add'].map((name) => ({ name })),
    },
  );
};
const align = (t: TypeTable) =>
  t.named(
    'main',
    'Align',
    t.structOf([
      { name: 'b', type: t.uint8 },
      { name: 'n', type: atomicInt64(t) },
    ]),
  );
const tree = (t: TypeTable): Type => t.named('main', 'Tree', () => t.sliceOf(tree(t)));
const handler = (t: TypeTable): Type =>
  t.named('main', 'Handler', () => t.funcOf([handler(t)], [handler(t)]));
const loop = (t: TypeTable): Type => t.named('main', 'Loop', () => t.chanOf(loop(t)));
const self = (t: TypeTable): Type => t.named('main', 'Self', () => t.ptrTo(self(t)));
const mapM = (t: TypeTable): Type => t.named('main', 'M', () => t.mapOf(t.string, mapM(t)));
const walker = (t: TypeTable): Type =>
  t.named('main', 'Walker', () =>
    t.interfaceOf([
      { name: 'stop', type: t.funcOf([t.funcOf([walker(t)], [])], []) },
      { name: 'Walk', type: t.funcOf([], [walker(t)]) },
    ]),
  );
const dir = (t: TypeTable): Type =>
  t.named('main', 'Dir', () =>
    t.structOf([
      { name: 'name', type: t.string },
      { name: 'sub', type: t.mapOf(t.string, dir(t)) },
    ]),
  );
const bigDir = (t: TypeTable): Type =>
  t.named('main', 'BigDir', () =>
    t.structOf([
      { name: 'pad', type: t.arrayOf(130, t.uint8) },
      { name: 'sub', type: t.mapOf(t.int16, bigDir(t)) },
    ]),
  );
const wide = (t: TypeTable): Type =>
  t.named('main', 'Wide', () => {
    const item = t.structOf([
      { name: 'k', type: t.uint8 },
      { name: 'v', type: wide(t) },
    ]);
    const sent = t.structOf([
      { name: 'v', type: wide(t) },
      { name: 'err', type: error(t) },
    ]);
    return t.structOf([
      { name: 'rows', type: t.ptrTo(t.arrayOf(4, wide(t))) },
      { name: 'list', type: t.sliceOf(item) },
      { name: 'ch', type: t.chanOf(sent) },
      { name: 'n', type: t.uint8 },
    ]);
  });
const mutualA = (t: TypeTable): Type =>
  t.named('main', 'A', () =>
    t.structOf([
      { name: 'b', type: t.ptrTo(mutualB(t)) },
      { name: 'x', type: t.uint8 },
    ]),
  );
const mutualB = (t: TypeTable): Type =>
  t.named('main', 'B', () =>
    t.structOf([
      { name: 'a', type: mutualA(t) },
      { name: 'n', type: t.int64 },
    ]),
  );
const list = (t: TypeTable, of: Type) =>
  t.named(
    'main',
    `List[${of.linkString}]`,
    t.structOf([
      { name: 'head', type: t.ptrTo(of) },
      { name: 'last', type: of },
    ]),
  );
const s = (t: TypeTable, ...types: Type[]) =>
  t.structOf(types.map((type, i) => ({ name: String.fromCharCode(97 + i), type })));

const basics: readonly [BasicTypeName, (t: TypeTable) => Type][] = [
  ['bool', (t) => t.bool],
  ['int', (t) => t.int],
  ['int8', (t) => t.int8],
  ['int16', (t) => t.int16],
  ['int32', (t) => t.int32],
  ['int64', (t) => t.int64],
  ['uint', (t) => t.uint],
  ['uint8', (t) => t.uint8],
  ['uint16', (t) => t.uint16],
  ['uint32', (t) => t.uint32],
  ['uint64', (t) => t.uint64],
  ['uintptr', (t) => t.uintptr],
  ['float32', (t) => t.float32],
  ['float64', (t) => t.float64],
  ['complex64', (t) => t.complex64],
  ['complex128', (t) => t.complex128],
  ['string', (t) => t.string],
  ['unsafe.Pointer', (t) => t.unsafePointer],
];

const written: readonly [string, (t: TypeTable) => Type][] = [
  ...basics,
  // Named types of every kind.
  [
    'Int',
    (t) =>
      t.named('main', 'Int', t.int, {
        value: [{ name: 'String', type: t.funcOf([], [t.string]) }],
      }),
  ],
  ['Str', (t) => t.named('main', 'Str', t.string)],
  ['Float', (t) => t.named('main', 'Float', t.float64, { value: [{ name: 'Twice' }] })],
  ['Flag', (t) => t.named('main', 'Flag', t.bool)],
  ['IntPtr', (t) => t.named('main', 'IntPtr', t.ptrTo(t.int))],
  ['Bytes', (t) => t.named('main', 'Bytes', t.sliceOf(t.uint8))],
  ['Grid', (t) => t.named('main', 'Grid', t.arrayOf(3, t.arrayOf(5, node(t))))],
  ['Ages', (t) => t.named('main', 'Ages', t.mapOf(t.string, t.int))],
  ['Queue', (t) => t.named('main', 'Queue', t.chanOf(node(t), 'send'))],
  ['Op', (t) => t.named('main', 'Op', t.funcOf([node(t), t.sliceOf(t.int)], [error(t)], true))],
  ['Any', (t) => t.named('main', 'Any', any(t))],
  ['Empty', (t) => t.named('main', 'Empty', t.structOf([]))],
  ['Node', node],
  ['*Node', (t) => t.ptrTo(node(t))],
  ['**Node', (t) => t.ptrTo(t.ptrTo(node(t)))],
  ['Shape', shape],
  ['*Shape', (t) => t.ptrTo(shape(t))],
  ['error', error],
  ['*error', (t) => t.ptrTo(error(t))],
  ['List[int]', (t) => list(t, t.int)],
  ['List[er.T]', (t) => list(t, libT(t))],
  ['List[List[*Node]]', (t) => list(t, list(t, t.ptrTo(node(t))))],
  ['er.T', libT],
  ['*er.T', (t) => t.ptrTo(libT(t))],
  ['er.Iface', libIface],
  ['er.Base', base],
  ['*er.Base', (t) => t.ptrTo(base(t))],
  ['api.ID', apiID],
  ['[]*api.ID', (t) => t.sliceOf(t.ptrTo(apiID(t)))],
  // Arrays.
  ['[0]int', (t) => t.arrayOf(0, t.int)],
  ['[0]func()', (t) => t.arrayOf(0, t.funcOf([], []))],
  ['[0]string', (t) => t.arrayOf(0, t.string)],
  ['[1]string', (t) => t.arrayOf(1, t.string)],
  ['[1]*int', (t) => t.arrayOf(1, t.ptrTo(t.int))],
  ['[1]float32', (t) => t.arrayOf(1, t.float32)],
  ['[2]float32', (t) => t.arrayOf(2, t.float32)],
  ['[3]*Node', (t) => t.arrayOf(3, t.ptrTo(node(t)))],
  ['[13]int16', (t) => t.arrayOf(13, t.int16)],
  ['[7]any', (t) => t.arrayOf(7, any(t))],
  ['[100]Node', (t) => t.arrayOf(100, node(t))],
  ['[5][3]string', (t) => t.arrayOf(5, t.arrayOf(3, t.string))],
  // Masks of the greatest size, and GC programs.
  ['[16384]*int', (t) => t.arrayOf(16384, t.ptrTo(t.int))],
  ['[16385]*int', (t) => t.arrayOf(16385, t.ptrTo(t.int))],
  ['[8192]Node', (t) => t.arrayOf(8192, node(t))],
  ['[8193]Node', (t) => t.arrayOf(8193, node(t))],
  ['[10000]string', (t) => t.arrayOf(10000, t.string)],
  ['[9000]any', (t) => t.arrayOf(9000, any(t))],
  ['[300][7]any', (t) => t.arrayOf(300, t.arrayOf(7, any(t)))],
  ['[3000][7]any', (t) => t.arrayOf(3000, t.arrayOf(7, any(t)))],
  ['[200][200][1]*int', (t) => t.arrayOf(200, t.arrayOf(200, t.arrayOf(1, t.ptrTo(t.int))))],
  [
    '[1000000]struct { a *int; b [100]int; c string; d [3]int8 }',
    (t) =>
      t.arrayOf(
        1000000,
        s(t, t.ptrTo(t.int), t.arrayOf(100, t.int), t.string, t.arrayOf(3, t.int8)),
      ),
  ],
  [
    '[400]struct { a [150]*int; b [31]int; c any }',
    (t) => t.arrayOf(400, s(t, t.arrayOf(150, t.ptrTo(t.int)), t.arrayOf(31, t.int), any(t))),
  ],
  [
    'struct { a [20000]int; b *int; c [100000]int }',
    (t) => s(t, t.arrayOf(20000, t.int), t.ptrTo(t.int), t.arrayOf(100000, t.int)),
  ],
  [
    'struct { a *int; b [17000]*int; c int8; d [20]any; e [50]Empty }',
    (t) =>
      s(
        t,
        t.ptrTo(t.int),
        t.arrayOf(17000, t.ptrTo(t.int)),
        t.int8,
        t.arrayOf(20, any(t)),
        t.arrayOf(50, t.named('main', 'Empty', t.structOf([]))),
      ),
  ],
  [
    'struct { a [16400]string; b struct { a [2]*int; b [32]int16 }; c [10][10]struct { a *int } ; d func() }',
    (t) =>
      s(
        t,
        t.arrayOf(16400, t.string),
        s(t, t.arrayOf(2, t.ptrTo(t.int)), t.arrayOf(32, t.int16)),
        t.arrayOf(10, t.arrayOf(10, s(t, t.ptrTo(t.int)))),
        t.funcOf([], []),
      ),
  ],
  [
    'struct { a [20000]struct { a int8; b [1]*int } ; b int; c [1]unsafe.Pointer }',
    (t) =>
      s(
        t,
        t.arrayOf(20000, s(t, t.int8, t.arrayOf(1, t.ptrTo(t.int)))),
        t.int,
        t.arrayOf(1, t.unsafePointer),
      ),
  ],
  // Structs: padding, a last field without size, blank fields, tags, one field.
  ['struct {}', (t) => t.structOf([])],
  [
    'struct { a int8; b int64; c int8; d int32; e int16 }',
    (t) => s(t, t.int8, t.int64, t.int8, t.int32, t.int16),
  ],
  ['struct { a int32; b Empty }', (t) => s(t, t.int32, t.named('main', 'Empty', t.structOf([])))],
  ['struct { a *int; b [0]int64 }', (t) => s(t, t.ptrTo(t.int), t.arrayOf(0, t.int64))],
  ['struct { a [0]int64; b byte }', (t) => s(t, t.arrayOf(0, t.int64), t.uint8)],
  [
    'struct { a Empty; b [0]string }',
    (t) => s(t, t.named('main', 'Empty', t.structOf([])), t.arrayOf(0, t.string)),
  ],
  [
    'struct { a complex64; b bool; c complex128; d float32 }',
    (t) => s(t, t.complex64, t.bool, t.complex128, t.float32),
  ],
  [
    'struct { a int16; b struct { a int8; b *int; c int8 }; c string }',
    (t) => s(t, t.int16, s(t, t.int8, t.ptrTo(t.int), t.int8), t.string),
  ],
  ['struct { a, b int32 }', (t) => s(t, t.int32, t.int32)],
  ['struct { a int64; b int32 }', (t) => s(t, t.int64, t.int32)],
  ['struct { a int }', (t) => s(t, t.int)],
  ['struct { a func() }', (t) => s(t, t.funcOf([], []))],
  ['struct { a [1]map[int]int }', (t) => s(t, t.arrayOf(1, t.mapOf(t.int, t.int)))],
  [
    'struct { _ int; X *int; _ int }',
    (t) =>
      t.structOf([
        { name: '_', type: t.int },
        { name: 'X', type: t.ptrTo(t.int) },
        { name: '_', type: t.int },
      ]),
  ],
  ['struct { _ int32 }', (t) => t.structOf([{ name: '_', type: t.int32 }])],
  [
    'struct { X int32 `json:"x,omitempty"`; Y string "\\a\\x01\\x7f\\u00a0é\\u2028\\U0001d173日\\\\\\"" }',
    (t) =>
      t.structOf([
        { name: 'X', type: t.int32, tag: 'json:"x,omitempty"' },
        { name: 'Y', type: t.string, tag: '\x07\x01\x7f\u00a0é\u2028\u{1d173}日\\"' },
      ]),
  ],
  [
    'struct { Äpfel, ärger int }',
    (t) =>
      t.structOf([
        { name: 'Äpfel', type: t.int },
        { name: 'ärger', type: t.int },
      ]),
  ],
  ['Align', align],
  ['[3]Align', (t) => t.arrayOf(3, align(t))],
  // Embedded fields and the methods that they promote.
  ['Square', square],
  ['*Square', (t) => t.ptrTo(square(t))],
  ['Ref', ref],
  ['*Ref', (t) => t.ptrTo(ref(t))],
  [
    'Hiding',
    (t) =>
      t.named(
        'main',
        'Hiding',
        t.structOf([embed('Shape', t.ptrTo(shape(t))), { name: 'Area', type: t.int }]),
      ),
  ],
  ['Ambiguous', ambiguous],
  [
    'Deep',
    (t) =>
      t.named(
        'main',
        'Deep',
        t.structOf([
          embed('Ambiguous', ambiguous(t)),
          embed('Stringer', stringer(t)),
          embed('Base', base(t)),
        ]),
      ),
  ],
  [
    '*Deep',
    (t) =>
      t.ptrTo(
        t.named(
          'main',
          'Deep',
          t.structOf([
            embed('Ambiguous', ambiguous(t)),
            embed('Stringer', stringer(t)),
            embed('Base', base(t)),
          ]),
        ),
      ),
  ],
  ['Alone', (t) => t.named('main', 'Alone', t.structOf([embed('Stringer', stringer(t))]))],
  [
    'struct { Shape; n int }',
    (t) => t.structOf([embed('Shape', shape(t)), { name: 'n', type: t.int }]),
  ],
  [
    '*struct { Shape; n int }',
    (t) => t.ptrTo(t.structOf([embed('Shape', shape(t)), { name: 'n', type: t.int }])),
  ],
  ['struct { er.Base }', (t) => t.structOf([embed('Base', base(t))])],
  ['*struct { er.Base }', (t) => t.ptrTo(t.structOf([embed('Base', base(t))]))],
  [
    'struct { *er.T; int; error }',
    (t) =>
      t.structOf([embed('T', t.ptrTo(libT(t))), embed('int', t.int), embed('error', error(t))]),
  ],
  [
    'struct { Renamed; Vec }',
    (t) => t.structOf([embed('Renamed', node(t)), embed('Vec', t.sliceOf(node(t)))]),
  ],
  ['struct { *Renamed }', (t) => t.structOf([embed('Renamed', t.ptrTo(node(t)))])],
  [
    'struct { List[int]; any }',
    (t) => t.structOf([embed('List', list(t, t.int)), embed('any', any(t))]),
  ],
  // Maps: keys and elements with and without pointers, kept behind one, compared in special ways.
  ['map[int]int', (t) => t.mapOf(t.int, t.int)],
  ['map[string]*Node', (t) => t.mapOf(t.string, t.ptrTo(node(t)))],
  ['map[int8]bool', (t) => t.mapOf(t.int8, t.bool)],
  ['map[bool]struct{}', (t) => t.mapOf(t.bool, t.structOf([]))],
  ['map[int32]int64', (t) => t.mapOf(t.int32, t.int64)],
  ['map[float64]any', (t) => t.mapOf(t.float64, any(t))],
  ['map[any]error', (t) => t.mapOf(any(t), error(t))],
  ['map[[128]byte][128]byte', (t) => t.mapOf(t.arrayOf(128, t.uint8), t.arrayOf(128, t.uint8))],
  ['map[[129]byte][129]byte', (t) => t.mapOf(t.arrayOf(129, t.uint8), t.arrayOf(129, t.uint8))],
  ['map[struct { a [40]string }]int8', (t) => t.mapOf(s(t, t.arrayOf(40, t.string)), t.int8)],
  [
    'map[[2]complex64]struct { a [200]*int }',
    (t) => t.mapOf(t.arrayOf(2, t.complex64), s(t, t.arrayOf(200, t.ptrTo(t.int)))),
  ],
  [
    'map[struct { a int32; b any }]map[string][]int',
    (t) => t.mapOf(s(t, t.int32, any(t)), t.mapOf(t.string, t.sliceOf(t.int))),
  ],
  ['map[api.ID]er.T', (t) => t.mapOf(apiID(t), libT(t))],
  // Channels, funcs, interfaces.
  ['chan int', (t) => t.chanOf(t.int)],
  ['<-chan *Node', (t) => t.chanOf(t.ptrTo(node(t)), 'recv')],
  ['chan<- struct{}', (t) => t.chanOf(t.structOf([]), 'send')],
  ['chan (<-chan int)', (t) => t.chanOf(t.chanOf(t.int, 'recv'))],
  ['chan<- (chan<- int)', (t) => t.chanOf(t.chanOf(t.int, 'send'), 'send')],
  ['<-chan (<-chan int)', (t) => t.chanOf(t.chanOf(t.int, 'recv'), 'recv')],
  ['chan Queue', (t) => t.chanOf(t.named('main', 'Queue', t.chanOf(node(t), 'send')))],
  ['func()', (t) => t.funcOf([], [])],
  ['func(int) string', (t) => t.funcOf([t.int], [t.string])],
  [
    'func(a, b *Node, c ...any) (int, error)',
    (t) =>
      t.funcOf([t.ptrTo(node(t)), t.ptrTo(node(t)), t.sliceOf(any(t))], [t.int, error(t)], true),
  ],
  [
    'func(func(...int), []int) func(er.T) chan<- int',
    (t) =>
      t.funcOf(
        [t.funcOf([t.sliceOf(t.int)], [], true), t.sliceOf(t.int)],
        [t.funcOf([libT(t)], [t.chanOf(t.int, 'send')])],
      ),
  ],
  ['any', any],
  [
    'interface { Read([]byte) (int, error); Close() error; flush(); Walker }',
    (t) =>
      t.interfaceOf([
        { name: 'Read', type: t.funcOf([t.sliceOf(t.uint8)], [t.int, error(t)]) },
        { name: 'Close', type: t.funcOf([], [error(t)]) },
        { name: 'flush' },
        { name: 'Walk', type: t.funcOf([], [walker(t)]) },
        { name: 'stop', type: t.funcOf([t.funcOf([walker(t)], [])], []) },
      ]),
  ],
  [
    'interface { er.Iface; M2(...string) }',
    (t) =>
      t.interfaceOf([
        ...libIface(t).methods,
        { name: 'M2', type: t.funcOf([t.sliceOf(t.string)], [], true) },
      ]),
  ],
  ['[]string', (t) => t.sliceOf(t.string)],
  [
    '[]interface{ Walk() Walker }',
    (t) => t.sliceOf(t.interfaceOf([{ name: 'Walk', type: t.funcOf([], [walker(t)]) }])),
  ],
  // Types that refer to themselves.
  ['Tree', tree],
  ['Handler', handler],
  ['Loop', loop],
  ['Self', self],
  ['M', mapM],
  ['Walker', walker],
  ['Dir', dir],
  [
    'map[string]Dir',
    (t) => {
      dir(t);
      return t.mapOf(t.string, dir(t));
    },
  ],
  ['BigDir', bigDir],
  [
    'map[int16]BigDir',
    (t) => {
      bigDir(t);
      return t.mapOf(t.int16, bigDir(t));
    },
  ],
  ['Wide', wide],
  [
    '[4]Wide',
    (t) => {
      wide(t);
      return t.arrayOf(4, wide(t));
    },
  ],
  [
    'struct { v Wide; err error }',
    (t) => {
      wide(t);
      return t.structOf([
        { name: 'v', type: wide(t) },
        { name: 'err', type: error(t) },
      ]);
    },
  ],
  ['A', mutualA],
  ['B', mutualB],
];

export const typeCases: readonly TypeCase[] = written.map(([go, make]) => ({ go, make }));

/** A type declared in a function cannot be named elsewhere: `local()` gives it. */
export const localCase: TypeCase = {
  go: 'local()',
  make: (t) => t.named('main', 'Local·1', t.structOf([{ name: 'p', type: t.ptrTo(node(t)) }])),
};
