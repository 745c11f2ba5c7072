/** Rules of verify: each is broken by the one change made for it. That no real dump breaks one is in real-dumps.test.ts. */
import { describe, expect, it } from 'vitest';
import { FieldCursor, fieldReady } from '../../dump/field-cursor.ts';
import type { RecordKind } from '../../dump/records.ts';
import { verifyDump, verifyDumpAsync } from '../../dump/verify.ts';
import type { VerifyRuleId } from '../../dump/verify-rules.ts';
import { verifyRules } from '../../dump/verify-rules.ts';
import type { PlainRecord } from './encoder.ts';
import { encodeDump, everyKind } from './encoder.ts';

type Change = { readonly [name: string]: unknown };

const all = everyKind();
const heap = 0xc000000000;
const find = (kind: RecordKind) => all.find((record) => record.kind === kind)!;

/** Changes the nth record of a kind. */
const change = (kind: RecordKind, fields: Change, n = 0) => {
  let seen = 0;
  return all.map((record) =>
    record.kind === kind && seen++ === n ? ({ ...record, ...fields } as PlainRecord) : record,
  );
};
const drop = (...kinds: RecordKind[]) => all.filter(({ kind }) => !kinds.includes(kind));
/** Puts records before the first of a kind. */
const insert = (before: RecordKind, ...records: PlainRecord[]) => {
  const at = all.findIndex(({ kind }) => kind === before);
  return [...all.slice(0, at), ...records, ...all.slice(at)];
};
const object = (address: number, size: number): PlainRecord => ({
  kind: 'object',
  address,
  contents: new Uint8Array(size),
});
const type = (address: number) => ({ ...find('type'), address });
const itab = (address: number, of: number): PlainRecord => ({ kind: 'itab', address, type: of });

/** The rule, the change that breaks it and no other, and the path of the defect. */
const cases: readonly (readonly [
  rule: VerifyRuleId,
  records: readonly PlainRecord[],
  path: string,
])[] = [
  ['wire', drop('eof'), 'eof'],
  ['bool', change('type', { isPointer: true }), ''],
  ['order', [...drop('osThread', 'eof'), find('osThread'), { kind: 'eof' }], 'osThread#0'],
  ['once', insert('finalizer', { ...find('bss'), address: 0x530000 }), 'bss#1'],
  ['once', drop('memStats'), 'eof#0'],
  ['other-root', insert('osThread', { kind: 'otherRoot' }), 'otherRoot#0'],
  [
    'pointer-size',
    change('params', { pointerSize: 16, architecture: 'pdp11' }),
    'params#0.pointerSize',
  ],
  ['architecture', change('params', { bigEndian: true }), 'params#0.bigEndian'],
  ['heap-range', change('params', { heapEnd: heap + 0x3ffffff }), 'params#0.heapEnd'],
  ['object-in-heap', insert('goroutine', object(heap + 0x4000000, 16)), 'object#3.address'],
  ['object-size', insert('goroutine', object(heap + 0x8000, 40)), 'object#3.size'],
  ['object-size', insert('goroutine', object(heap + 0x8000, 32776)), 'object#3.size'],
  ['object-alignment', insert('goroutine', object(heap + 0x8004, 16)), 'object#3.address'],
  ['object-alignment', insert('goroutine', object(heap + 0x8008, 40960)), 'object#3.address'],
  ['object-overlap', insert('goroutine', object(heap + 8, 16)), 'object#3.address'],
  ['field-aligned', change('object', { pointers: [0, 4] }), 'object#0.fields[1].offset'],
  ['field-bounds', change('object', { pointers: [0, 16] }), 'object#0.fields[1].offset'],
  ['field-order', change('object', { pointers: [8, 0] }), 'object#0.fields[1].offset'],
  ['field-order', change('stackFrame', { pointers: [8, 8] }), 'stackFrame#0.fields[1].offset'],
  ['field-bounds', change('bss', { pointers: [2 ** 40] }), 'bss#0.fields[0].offset'],
  ['type-itab', insert('type', type(0x470100)), 'type#0'],
  ['itab-type', insert('object', itab(0x480010, 5)), 'itab#1.type'],
  ['itab-unique', insert('object', itab(0x480000, 0x470000)), 'itab#1.address'],
  ['type-again', insert('object', type(0x470000), itab(0x480010, 0x470000)), 'type#1'],
  ['orphan', insert('goroutine', find('defer')), 'defer#0'],
  [
    'goroutine-unique',
    insert('osThread', { ...find('goroutine'), address: heap + 0x2010, defer: 0, panic: 0 }),
    'goroutine#1.id',
  ],
  ['goroutine-status', change('goroutine', { status: 2 }), 'goroutine#0.status'],
  ['goroutine-thread', change('goroutine', { m: 5 }), 'goroutine#0.m'],
  [
    'goroutine-object',
    insert('osThread', { ...find('goroutine'), address: 5, id: 9, defer: 0, panic: 0 }),
    'goroutine#1.address',
  ],
  ['defer-chain', change('goroutine', { defer: 5 }), 'defer#0.address'],
  ['defer-chain', change('defer', { link: 5 }), 'goroutine#0.defer'],
  ['defer-chain', change('defer', { goroutine: 5 }), 'defer#0.goroutine'],
  ['panic-chain', drop('panic'), 'goroutine#0.panic'],
  ['frame-depth', change('stackFrame', { depth: 2 }, 1), 'stackFrame#1.depth'],
  ['frame-child', change('stackFrame', { childSP: 5 }, 1), 'stackFrame#1.childSP'],
  ['frame-order', change('stackFrame', { sp: heap + 0x6018 }, 1), 'stackFrame#1.sp'],
  ['frame-pc', change('stackFrame', { pc: 0x400fff }), 'stackFrame#0.pc'],
  ['frame-in-object', insert('goroutine', object(heap + 0x6010, 8)), 'stackFrame#0.sp'],
  [
    'thread-unique',
    insert('dataSegment', { kind: 'osThread', address: 1, id: 0 }),
    'osThread#1.id',
  ],
  ['segment-overlap', change('bss', { address: 0x510008 }), 'bss#0.address'],
  ['finalizer-object', change('finalizer', { address: heap + 0x100 }), 'finalizer#0.address'],
  ['finalizer-function', change('queuedFinalizer', { funcval: 0 }), 'queuedFinalizer#0.funcval'],
  ['stats-sum', change('memStats', { sys: 300301 }), 'memStats#0.sys'],
  ['stats-sum', change('memStats', { heapReleased: 100001 }), 'memStats#0.heapReleased'],
  ['stats-objects', change('memStats', { mallocs: 52, heapObjects: 2 }), 'memStats#0.heapObjects'],
  ['stats-objects', change('memStats', { alloc: 479, heapAlloc: 479 }), 'memStats#0.heapAlloc'],
  ['stats-pauses', change('memStats', { pauseTotalNs: 31 }), 'memStats#0.pauseTotalNs'],
  ['stats-pauses', change('memStats', { numGC: 1 }), 'memStats#0.pauseNs'],
  ['stats-pauses', change('memStats', { lastGC: 0 }), 'memStats#0.lastGC'],
  ['profile-unique', insert('allocSample', find('memProf')), 'memProf#1.id'],
  ['profile-frees', change('memProf', { frees: 3 }), 'memProf#0.frees'],
  ['sample-bucket', change('allocSample', { bucket: 5 }), 'allocSample#0.bucket'],
  ['sample-object', change('allocSample', { address: 5 }), 'allocSample#0.address'],
];

/** Offset of the first byte of the field with a path; of the record for a record's path. */
function offsetOf(dump: Uint8Array, path: string): number {
  const cursor = new FieldCursor(() => {});
  cursor.push(dump);
  cursor.end();
  while (cursor.advance() === fieldReady) {
    if ([path, `${path}.tag`, `${path}.length`, `${path}[0]`].includes(cursor.path()))
      return cursor.offset;
  }
  return -1;
}

describe('a dump that Go would not write', () => {
  it('starts from one without defects', () => {
    expect(verifyDump(encodeDump(all))).toMatchObject({ ok: true, defects: [] });
  });

  const broken = cases.filter(([, , path]) => path !== '');
  it.each(broken)('breaks %s, and says where', (rule, records, path) => {
    const dump = encodeDump(records);
    const result = verifyDump(dump);
    expect(result.defects.map((defect) => [defect.rule, defect.path])).toEqual([[rule, path]]);
    expect(result.ok).toBe(verifyRules[rule].severity !== 'error');
    const [defect] = result.defects;
    expect(defect!.message).toMatch(/^[a-zA-Z]+(#|: )/);
    if (rule !== 'wire') expect(defect!.offset).toBe(offsetOf(dump, path));
  });

  it('without params first breaks that and the order', () => {
    const dump = encodeDump([find('osThread'), ...drop('osThread')]);
    expect(new Set(verifyDump(dump).broken.keys())).toContain('params-first');
  });

  it('with a type that changed breaks type-same', () => {
    const more = [1, 2, 3, 4, 5].flatMap((i) => [
      type(0x470000 + 64 * i),
      itab(0x480000 + 64 * i, 0x470000 + 64 * i),
    ]);
    const again = { ...type(0x470000), size: 24 };
    const dump = encodeDump(insert('object', ...more, again, itab(0x490000, 0x470000)));
    expect(verifyDump(dump).defects).toMatchObject([{ rule: 'type-same', path: 'type#6.size' }]);
  });

  it('with 1025 types that are all used twice breaks type-cache', () => {
    const addresses = Array.from({ length: 1025 }, (_, i) => 0x700000 + 64 * i);
    const first = addresses.flatMap((at) => [type(at), itab(at + 0x100000, at)]);
    const second = addresses.map((at) => itab(at + 0x200000, at));
    const result = verifyDump(encodeDump(insert('object', ...first, ...second)));
    expect([...result.broken.keys()]).toEqual(['type-cache']);
  });

  it('with wire defects that can be read past tells them', () => {
    const bytes = Array.from(encodeDump(all));
    const flag = offsetOf(Uint8Array.from(bytes), 'goroutine#0.isSystem');
    bytes[flag] = 2;
    bytes.push(7);
    expect(verifyDump(Uint8Array.from(bytes)).defects).toMatchObject([
      { rule: 'bool', severity: 'error', offset: flag, path: 'goroutine#0.isSystem' },
      { rule: 'trailing', severity: 'error', offset: bytes.length - 1 },
    ]);
  });

  it('every rule has a case', () => {
    const tried = new Set(cases.map(([rule]) => rule));
    const elsewhere = ['params-first', 'type-same', 'type-cache', 'trailing'];
    const untried = Object.keys(verifyRules).filter(
      (rule) => !tried.has(rule as VerifyRuleId) && !elsewhere.includes(rule),
    );
    expect(untried).toEqual(['minimal-varint', 'legacy-field-kind']);
  });

  it('keeps as many defects of a rule as it is told, and counts all', async () => {
    const objects = Array.from({ length: 50 }, (_, i) => object(heap + 0x8000 + 64 * i, 40));
    const dump = encodeDump(insert('goroutine', ...objects));
    const result = await verifyDumpAsync(dump, { keep: 3 });
    expect(result.defects).toHaveLength(3);
    expect(result.broken.get('object-size')).toBe(50);
  });
});
