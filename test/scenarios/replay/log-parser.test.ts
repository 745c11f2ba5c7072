/** The parser of allocation logs: whole records, broken ones, and what stands between them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calledBy, LogParser, type LogRecord } from '../../../scenarios/replay/log-parser.ts';

function parse(text: string, pieces: readonly number[] = []): LogRecord[] & { brokenOff?: number } {
  const records: LogRecord[] & { brokenOff?: number } = [];
  const parser = new LogParser((record) => records.push(record));
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  for (const length of [...pieces, bytes.length]) {
    parser.push(bytes.subarray(at, at + length));
    at += length;
  }
  parser.end();
  records.brokenOff = parser.brokenOff;
  return records;
}

const header = 'goroutine 6 gp=0xc000007180 m=0 mp=0x5a8ba0 [running]:';
const goexit = [
  'runtime.goexit({})',
  '\truntime/asm_amd64.s:1695 +0x1 fp=0xc00005efe8 sp=0xc00005efe0 pc=0x45a1a1',
  'created by main.main in goroutine 1',
  '\tmain.go:9 +0x1a',
];
const whole = [
  'tracealloc(0xc0000120a0, 0x30, main.node)',
  header,
  'runtime.mallocgc(0x28, 0x465720, 0x1)',
  '\truntime/malloc.go:1288 +0x7a6 fp=0xc00005ed50 sp=0xc00005ecc8 pc=0x40d906',
  'runtime.newobject(...)',
  '\truntime/malloc.go:1390',
  'main.main()',
  '\t./main.go:7 +0x1d fp=0xc00005efe0 sp=0xc00005ed50 pc=0x401000',
  ...goexit,
  '',
];
const onSystemStack = [
  'tracealloc(0xc000008380, 0x1c0, runtime.g)',
  header,
  'runtime.systemstack_switch()',
  '\truntime/asm_amd64.s:474 +0x8 fp=0xc0000365d0 sp=0xc0000365c0 pc=0x459da8',
  'runtime.newproc(0x180ffffffff?)',
  '\truntime/proc.go:4877 +0x4b fp=0xc000036608 sp=0xc0000365d0 pc=0x43adcb',
  '',
];
const free = [
  'tracefree(0xc0000120a0, 0x30)',
  header,
  'runtime.(*sweepLocked).sweep(0x0?, 0x0)',
  '\truntime/mgcsweep.go:608 +0x5 fp=0xc00003bfb0 sp=0xc00003be90 pc=0x41f1c5',
  '',
];
const gc = ['tracegc()', header, 'main.main()', ...goexit, '', 'end tracegc', ''];
const text = (...records: string[][]): string => records.flat().join('\n').concat('\n');

const wholeRecord = {
  kind: 'alloc',
  line: 1,
  addr: 0xc0000120a0,
  size: 0x30,
  typeName: 'main.node',
  goid: 6,
  gp: 0xc000007180,
  request: { size: 0x28, typ: 0x465720, needzero: true },
  goexitFp: 0xc00005efe8,
  sp: 0xc00005ecc8,
  mallocFp: 0xc00005ed50,
  mallocSp: 0xc00005ecc8,
  parent: 1,
  functions: calledBy.mallocgc,
};

describe('a record', () => {
  test('of a request has size, type, goroutine, frame of mallocgc and end of the stack', () => {
    expect([...parse(text(whole))]).toEqual([wholeRecord]);
  });

  test('made on the system stack has no request', () => {
    const [record] = parse(text(onSystemStack));
    expect(record).toMatchObject({ request: undefined, goexitFp: 0, mallocSp: 0 });
    expect(record).toMatchObject({ functions: 0, sp: 0xc0000365c0 });
  });

  test('of what is freed has address and size, and who sweeps', () => {
    expect(parse(text(free))[0]).toMatchObject({ kind: 'free', addr: 0xc0000120a0, size: 0x30 });
    const bySweeper = free.toSpliced(4, 0, 'runtime.sweepone()', '\t/x/mgcsweep.go:390 +0x1');
    expect(parse(text(bySweeper))[0]).toMatchObject({ functions: calledBy.sweepone });
  });

  test.each([
    ['runtime.procresize(0x1)', calledBy.procresize],
    ['runtime.tracealloc(0xc0000d8000, 0x10000, 0x4a5720)', calledBy.tracealloc],
    ['created by runtime.gcenable in goroutine 1', calledBy.system],
    ['syscall.runtime_envs()', calledBy.envs],
    ['os.runtime_args(...)', calledBy.args],
    ['runtime.(*mheap).reclaimChunk(0x5dbc60, 0x0, 0x200)', calledBy.reclaim],
    ['main.procresize(0x1)', 0],
  ])('knows %s on its stack', (line, functions) => {
    const [record] = parse(text(whole.toSpliced(4, 0, line)));
    expect(record).toMatchObject({ functions: functions | calledBy.mallocgc });
  });

  test('of a collection has the goroutines', () => {
    const [record] = parse(text(gc, whole));
    expect(record).toMatchObject({ kind: 'gc', goroutines: [{ goid: 6, goexitFp: 0xc00005efe8 }] });
  });

  test.each([
    ['tracealloc(0x1, 0x10)', ''],
    ['tracealloc(0x1, 0x10, uint8)', 'uint8'],
    ['tracealloc(0x1, 0x10, func(int) (string, error))', 'func(int) (string, error)'],
    ['tracealloc(0x1, 0x10, struct { F uintptr; X0 *int })', 'struct { F uintptr; X0 *int }'],
    ['tracealloc(0x1, 0x10, struct { a int "json:\\"x)\\"" })', 'struct { a int "json:\\"x)\\"" }'],
  ])('%s has type %j', (line, typeName) => {
    expect(parse(text([line, header, '']))[0]).toMatchObject({ addr: 1, typeName });
  });
});

describe('around and in records', () => {
  test('what the program prints is passed over, also in front of a record on its line', () => {
    const noise = ['hello', '', 'tracealloc is a word', 'goroutine 7 [running]:', '\tx'];
    const [first, ...rest] = whole;
    const records = parse(text(noise, [`no line end${first}`, ...rest], noise));
    expect(records).toHaveLength(1);
    expect(records[0]).toEqual({ ...wholeRecord, line: noise.length + 1 });
  });

  test.each(whole.slice(1, -1).map((line, i) => [line, i + 1] as const))(
    'a line of the program before %j harms nothing',
    (_line, at) => {
      const lines = whole.toSpliced(at, 0, 'progress: 50 %');
      expect([...parse(text(lines))]).toEqual([wholeRecord]);
    },
  );

  test.each(Array.from({ length: whole.length - 2 }, (_, i) => i + 1))(
    'a log cut after %i lines of its second record keeps the first',
    (lines) => {
      const records = parse(text(whole, whole.slice(0, lines)));
      expect(records[0]).toEqual(wholeRecord);
      expect(records).toHaveLength(lines > 1 ? 2 : 1);
      expect(records.brokenOff).toBe(1);
    },
  );

  test('a record that another one breaks off ends there', () => {
    const records = parse(text(whole.slice(0, 6), free));
    expect(records.map(({ kind }) => kind)).toEqual(['alloc', 'free']);
    expect(records.brokenOff).toBe(1);
  });

  test.each([
    '',
    '\n\n\n',
    'tracealloc(',
    'tracealloc(0xzz, 0x10)',
    'tracealloc(0x10)',
    'go1.7 heap dump\n\0\x01\x02',
    'goroutine 1 gp=0x1 m=0 mp=0x2 [running]:\nruntime.goexit({})\n',
    'tracealloc(0x1, 0x10)\n\n',
  ])('%j has no record', (log) => {
    expect(parse(log)).toHaveLength(0);
  });

  test('bytes of any kind are read to the end', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const parser = new LogParser(() => undefined);
        parser.push(bytes);
        parser.push(new TextEncoder().encode(text(whole)));
        parser.end();
        expect(parser.lines).toBeGreaterThanOrEqual(whole.length);
      }),
    );
  });

  test('pieces of any length give the same records', () => {
    const log = text(whole, onSystemStack, gc, free, whole);
    const expected = parse(log);
    expect(expected).toHaveLength(5);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 30 }), (pieces) => {
        expect(parse(log, pieces)).toEqual(expected);
      }),
    );
  });
});
