/** The commands that show the allocator, as a user runs them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ended, goheapsim, scratchFolder, start } from '../command-line.ts';
import { json, out } from './told.ts';

interface Row {
  readonly name: string;
  readonly func: string;
  readonly addr: number;
}

const scratch = scratchFolder();
const dump = scratch.path('list.dump');
const small = ['-p', 'n=600'];

beforeAll(async () => {
  const { code } = await goheapsim(['run', 'linked-list', ...small, '-o', dump]);
  expect(code).toBe(0);
});
afterAll(() => scratch.remove());

describe('size', () => {
  test.each([
    [['33'], { sizeclass: 5, slot: 48, unused: 15, spanclass: 11, slots: 170 }],
    [['16'], { sizeclass: 2, slot: 16, spanclass: 5, slots: 512 }],
    [['16', '--ptr'], { sizeclass: 2, slot: 16, spanclass: 4, slots: 504, heapBits: 128 }],
    [['512', '--ptr'], { slot: 512, header: 0 }],
    [['520', '--ptr'], { slot: 576, header: 8 }],
    [['1024'], { slot: 1024, header: 0 }],
    [['1024', '--ptr'], { slot: 1152, header: 8, unused: 120 }],
    [['2048', '--ptr'], { slot: 2304, header: 8 }],
    [['32760'], { path: 'small', slot: 32768 }],
    [['32761'], { path: 'large', slot: 32768, sizeclass: 0 }],
    [['32769'], { path: 'large', slot: 40960, spanPages: 5 }],
    [['40961'], { path: 'large', slot: 49152, spanPages: 6 }],
    [['15'], { path: 'tiny', slot: 16, spanclass: 5 }],
    [['0'], { path: 'zero', slot: 0 }],
    [['0x21'], { size: 33, slot: 48 }],
    [['0x0'], { path: 'zero' }],
    [['136', '--ptr', '--goarch', '386'], { header: 8, slot: 144 }],
    [['1024', '--ptr', '--goexperiment', 'noallocheaders'], { header: 0, slot: 1024 }],
  ])('%j', async (argv, want) => {
    expect(await json('size', ...argv)).toMatchObject(want);
  });

  test('says each step with its numbers', async () => {
    expect((await out('size', '33')).split('\n')).toEqual([
      '  size     33 B, no pointers (noscan), not tiny (>= 16)',
      '  class    (33+7)/8 = 5 -> size_to_class8[5] = 5 -> 48 B; 15 B unused (31.2 %)',
      '  span     spanClass 11 = 5<<1|noscan: 1 page, 170 slots of 48 B, 32 B of tail',
      '  append   a slice grown to 33 B gets 48 B of room',
      '  see also 32 B fits class 4 exactly',
      '',
    ]);
  });

  test('is wrong usage for what is no size', async () => {
    const { code, stderr } = await goheapsim(['size', 'many']);
    expect(code).toBe(2);
    expect(stderr).toBe('goheapsim: size: want a size such as 33, 0x21 or 40KiB, got "many"\n');
  });
});

describe('explain', () => {
  test('an allocation by the quick way', async () => {
    expect((await out('explain', 'linked-list', ...small, '--step', '4')).split('\n')).toEqual([
      'step 4  linked-list.ts:29  new(main.Node)  -> 0xc000014090',
      '  size     16 B of type main.Node, with pointers (scan), so never tiny',
      '  class    (16+7)/8 = 2 -> size_to_class8[2] = 2 -> 16 B; 0 B unused (0 %)',
      '  span     spanClass 4 = 2<<1; the mcache has 0xc000014000: 504 slots, 9 used',
      '  slot     ctz(allocCache) = 0, freeindex 9 -> slot 9 -> base + 9*16 =',
      '           0xc000014090',
      '  lock     none taken',
      '  zero     nothing to do: fresh from the system',
      '  stats    HeapAlloc +16, Mallocs +1; heap goal 4,194,304 B (4.7 % used)',
      '',
    ]);
  });

  test.each([
    [
      'a full span: refill and a fresh one',
      'linked-list',
      'refill',
      /mcentral\[4\]: nothing .* grow/s,
    ],
    ['the end of the allocCache window', 'linked-list', 'a multiple of 64', /nextFreeFast: 0/],
    ['tiny objects in one block', 'tiny-strings', 'is used up to', /\+\d+ <= 16 -> 0xc0/],
    ['a large object', 'large-buffers', 'the whole span', /its own, from the page heap/],
    ['the header', 'slice-grow', 'header', /B with pointers > 512 B -> 8 B of header/],
    ['a used span that is cleared', 'finalizers', 'held objects before', /zero +cleared/],
    ['a collection', 'finalizers', 'has marked', /cycle 1 starts[\s\S]*cycle 1 has marked \d/],
    ['another goroutine', 'channels', 'no longer', /goroutine \d+ runs, no longer \d+/],
  ])(
    '%s',
    async (_, scenario, search, pattern) => {
      const { code, stdout } = await goheapsim(['step', scenario], { stdin: [`/${search}`] });
      expect(code).toBe(0);
      const told = stdout.slice(stdout.indexOf('\nstep ', stdout.indexOf('step 0')));
      expect(told).toMatch(pattern);
    },
    60_000,
  );

  test('a collection: its phases in their order, then sweeping and the next goal', async () => {
    const lines = (await out('explain', 'lesson-09', '--step', '620')).split('\n');
    const at = (pattern: RegExp) => lines.findIndex((line) => pattern.test(line));
    const order = [
      /^ {2}GC {7}cycle 2 starts/,
      /^ {2}GC {7}mark: 27 root jobs, 44 objects greyed$/,
      /^ {2}GC {7}mark termination, world stopped$/,
      /^ {2}GC {7}cycle 2 has marked 44 objects, 22,968 B; sweepgen 2 -> 4, sweeping$/,
      /^ {2}sweep /,
      /^ {2}GC {7}next goal after cycle 2: 4,194,304 B$/,
    ].map(at);
    expect(order).not.toContain(-1);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  test('a collection over several steps: all that it marked is told where marking ends', async () => {
    const text = await out('explain', 'lesson-12', '--from', '78', '--to', '82');
    expect(text).toMatch(/mark: \d+ objects? greyed; it goes on in later steps/);
    const [cycle] = await json('gc', 'lesson-12');
    expect(text).toContain(`cycle 1 has marked ${cycle.markedObjects} objects, 3,971,176 B;`);
  });

  test('by address: the step that allocated the object around it', async () => {
    const text = await out('explain', 'linked-list', ...small, '--addr', '0xc000014098');
    expect(text).toMatch(/^step 4 /);
  });

  test('by address: of what was allocated before main.main its own allocation alone', async () => {
    const heap = await json('objects', 'linked-list', ...small, '--step', '0');
    const { address } = heap.find(({ type }: { type?: string }) => type === 'runtime.g');
    const at = ['explain', 'linked-list', ...small, '--addr', `0x${address.toString(16)}`];
    const text = await out(...at);
    expect(text).toMatch(/^step 0 /);
    expect(text.match(/^ {2}size /gm)).toHaveLength(1);
    expect(text).toContain('of type runtime.g, with pointers');
    expect(text).toMatch(/^ {2}slot .*0xc/m);
    expect(text.replace(/\s+/g, ' ')).toContain(` 0x${address.toString(16)} `);
    expect((await json(...at)).decisions.length).toBeGreaterThan(3);
    expect(await out('explain', 'linked-list', ...small, '--step', '0')).toContain(
      'explain linked-list --addr A tells of one of its objects',
    );
  });

  test('as data: events and statistics before and after', async () => {
    const [step] = (await out('explain', 'linked-list', ...small, '--step', '4', '--json')).split(
      '\n',
    );
    const { operation, events, before, after, place } = JSON.parse(step!);
    expect(operation).toEqual({ name: 'new', type: 'main.Node', addr: 0xc000014090 });
    expect(events).toMatchObject([{ name: 'malloc', size: 16, freeindex: 9, fast: true }]);
    expect(after.heapAlloc - before.heapAlloc).toBe(16);
    expect(place).toBe('linked-list.ts:29');
  });

  test.each([
    [['--step', '99999'], 'linked-list: no step 99,999: its last is 2,407'],
    [['--step', 'x'], 'explain: --step: want a whole number'],
    [['--addr', '0x10'], 'linked-list: nothing was allocated at 0x10'],
    [['--step', '1', '--all'], 'explain: give one of'],
    [['--from', '10', '--to', '5'], 'explain: --to 5 is before --from 10'],
    [['--from', '10', '--to', '99999'], 'linked-list: no step 99,999: its last is 2,407'],
  ])('%j is wrong usage', async (argv, message) => {
    const { code, stderr } = await goheapsim(['explain', 'linked-list', ...small, ...argv]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});

test("a scenario of the user's own, as a process", async () => {
  const file = scratch.path('mine.ts');
  expect((await goheapsim(['new', file])).code).toBe(0);
  const { code, stdout, stderr } = await ended(start(['explain', file, '-p', 'n=5']));
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^step \d+ {2}mine\.ts:\d+ {2}new\(main\.Node\) {2}-> 0xc0/);
}, 60_000);

describe('memstats', () => {
  test('of a scenario closes, and its parts are HeapInuse', async () => {
    const { checks, heap, memstats } = await json('memstats', 'linked-list', ...small);
    expect(checks.length).toBe(10);
    const parts = Object.values(heap as Record<string, number>).reduce((a, b) => a + b, 0);
    expect(parts).toBe(memstats.HeapInuse);
    expect(await out('memstats', 'linked-list', ...small)).toContain(
      'The ledger closes: 10 sums, each counted and walked.',
    );
  });

  test('of its dump has the same statistics, and says that spans are not in it', async () => {
    const live = await json('memstats', 'linked-list', ...small);
    const dumped = await json('memstats', dump);
    for (const name of ['HeapAlloc', 'Mallocs', 'Frees', 'HeapInuse', 'GCSys']) {
      expect([name, dumped.memstats[name]]).toEqual([name, live.memstats[name]]);
    }
    expect(await out('memstats', dump)).toContain('A dump holds no spans');
  });
});

describe('what lies where', () => {
  test.each([
    [
      '0xc000014098',
      [],
      {
        object: 'main.Node, 16 B asked for',
        made: 'at step 4: new(main.Node), linked-list.ts:29',
      },
    ],
    ['0xc000015ff0', [], { end: "pointer bits of the span's objects" }],
    ['0xc0000326e8', ['--step', '20'], { frame: 'main.build, sp + 64' }],
    ['0xc000014190', ['--step', '4'], { free: 'never used' }],
  ])('%s %j', async (address, argv, want) => {
    const { is } = await json('whatis', 'linked-list', address, ...small, ...argv);
    expect(is).toMatchObject(want);
  });

  test('of an object with a finalizer: which, while it waits and when it is queued', async () => {
    const steps = (await out('explain', 'lesson-15', '--all', '--json')).trim().split('\n');
    const rows = steps.map((line) => JSON.parse(line) as { step: number; operation: Row });
    const set = rows.find(({ operation: { func } }) => func === 'main.close')!;
    const address = `0x${set.operation.addr.toString(16)}`;
    const at = async (step: number) =>
      (await json('whatis', 'lesson-15', address, '--step', `${step}`)).is;
    expect(await at(set.step - 1)).not.toHaveProperty('finalizer');
    const { finalizer, made } = await at(set.step);
    expect(finalizer).toBe('main.close, called when nothing holds it');
    expect(made).toMatch(/^at step \d+: new\(main\.File\), 15-finalizers\.ts:\d+$/);
    const called = rows.find(({ operation: { name } }) => name === 'finalizer')!;
    expect((await at(called.step - 1)).finalizer).toBe('main.close, queued to be called');
    expect((await json('whatis', 'lesson-15', address)).is).not.toHaveProperty('finalizer');
  }, 60_000);

  test('an address in decimal, as JSON has it, where the digits name nothing in hexadecimal', async () => {
    const argv = ['linked-list', ...small];
    const decimal = String(0xc000014098);
    expect(await out('whatis', ...argv, decimal)).toBe(
      await out('whatis', ...argv, '0xc000014098'),
    );
    expect(await out('whatis', dump, decimal)).toBe(await out('whatis', dump, '0xc000014098'));
    expect(await out('why', ...argv, decimal)).toBe(await out('why', ...argv, '0xc000014098'));
    expect(await out('vis', ...argv, decimal)).toBe(await out('vis', ...argv, '0xc000014098'));
    const { stdout } = await goheapsim(['step', ...argv], { stdin: ['g 9', `w ${decimal}`, '?'] });
    expect(stdout).toContain('main.Node, 16 B asked for');
    expect(stdout).toContain('what lies at the address');
    expect((await goheapsim(['whatis', ...argv, '12'])).stdout).toContain('0x12 (18)');
  });

  test('nothing is there: exit code 1', async () => {
    expect((await goheapsim(['whatis', 'linked-list', '0x12', ...small])).code).toBe(1);
    expect((await goheapsim(['whatis', dump, '0x12'])).code).toBe(1);
  });

  test('in a dump: the record that has it', async () => {
    const { is } = await json('whatis', dump, '0xc000014098');
    expect(is).toEqual({ object: '0xc000014090, 16 bytes; the address is + 8' });
  });
});

describe('who holds it', () => {
  test('a list by its head: the chain is as long as the list', async () => {
    const { root, chain, reachable } = await json('why', 'linked-list', '0xc000014090', ...small);
    expect(reachable).toBe(true);
    expect(root.text).toMatch(/^global main\.head at 0x/);
    expect(chain).toHaveLength(600);
    const retained = await json(
      'why',
      'linked-list',
      `0x${chain[0].address.toString(16)}`,
      ...small,
    );
    expect(retained.retained).toBe(600 * 16);
  });

  test('the same in its dump, without names', async () => {
    const live = await json('why', 'linked-list', '0xc000014090', ...small);
    const dumped = await json('why', dump, '0xc000014090');
    const addresses = (list: { address: number }[]) => list.map(({ address }) => address);
    expect(addresses(dumped.chain)).toEqual(addresses(live.chain));
    expect(dumped.root.kind).toBe('bss');
  });

  test('while it is built: a frame', async () => {
    const { root } = await json('why', 'linked-list', '0xc000014090', ...small, '--step', '40');
    expect(root.text).toMatch(/^frame of main\.build, goroutine 1, at 0x/);
  });

  test('by which field, and how far into the object the pointer is', async () => {
    const list = await out('why', 'linked-list', '0xc000014090', ...small);
    expect(list).toMatch(/\n {2}-> 0x\w+ {2}16 B {2}main\.Node\n {2}\.next -> 0x\w+ {2}16 B/);
    const inside = ['lesson-14', '0xc000071f40', '--step', '28'];
    const text = await out('why', ...inside);
    expect(text).toContain('\n  -> 0xc000070000+8000  8,192 B  main.Page\n');
    expect(text).toContain('dominator  none: held by a root directly');
    expect((await json('why', ...inside)).root.pointer).toBe(0xc000071f40);
    const { chain, links } = await json('why', 'linked-list', '0xc000014090', ...small);
    expect(links[0]).toEqual({ offset: 0, pointer: chain[1].address, field: '.next' });
    // A pointer to an object after its malloc header is one to where it begins.
    const big = (await json('objects', 'channels')).find(
      ({ size, type, reachable }: { size: number; type?: string; reachable: boolean }) =>
        size > 512 &&
        size < 32768 &&
        reachable &&
        type !== undefined &&
        /^(runtime|main)\./.test(type),
    );
    expect(await out('why', 'channels', `0x${big.address.toString(16)}`)).not.toMatch(/0x\w+\+8 /);
  });

  test('dom and objects agree on what is retained', async () => {
    const dom = await json('dom', 'linked-list', ...small);
    const objects = await json('objects', 'linked-list', ...small);
    const held = objects.filter(({ reachable }: { reachable: boolean }) => reachable);
    expect(dom).toHaveLength(held.length);
    expect(dom[0]).toMatchObject({ type: 'main.Node', retained: 9600 });
    const roots = await json('roots', 'linked-list', ...small);
    expect(roots).toContainEqual(expect.objectContaining({ target: dom[0].address, kind: 'bss' }));
  });
});

test('objects, dom and why name what lies in the heap as the exports do: arrays of slices, and memory without a type', async () => {
  const [largest] = await json('dom', 'lesson-14');
  expect(largest).toMatchObject({ type: '[]uint8', size: 2 ** 20 });
  const { object } = await json('why', 'lesson-14', `0x${largest.address.toString(16)}`);
  expect(object.type).toBe('[]uint8');
  const types = (await json('objects', 'lesson-01')).map(({ type }: { type: string }) => type);
  expect(types).toContain('[]byte (noscan)');
  expect(types.filter((type: string) => /no type/.test(type))).toEqual([]);
});

test('spans of a scenario, and those inferred of its dump', async () => {
  const { spans } = await json('spans', 'linked-list', ...small, '--class', '2');
  const inferred = await json('spans', dump, '--class', '2');
  expect(inferred.inferred).toBe(true);
  const addresses = (list: { address: number }[]) => list.map(({ address }) => address);
  expect(addresses(inferred.spans)).toEqual(addresses(spans));
});

test('gc tells each collection once, with its steps', async () => {
  const cycles = await json('gc', 'finalizers');
  expect(cycles.map(({ cycle }: { cycle: number }) => cycle)).toEqual([1, 2]);
  for (const { start, done, marked, markedObjects } of cycles) {
    expect(done).toBeGreaterThanOrEqual(start);
    expect(marked).toBeGreaterThan(markedObjects * 8);
  }
}, 60_000);

test('step reads commands from its input, and says what it cannot do', async () => {
  const { code, stdout, stderr } = await goheapsim(['step', 'linked-list', ...small], {
    stdin: ['n', 'g 4', 'w 0xc000014090', 'p', 'foo', 'g 99999', 'v 0xc000014090', 'q', 'g 4'],
  });
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout.match(/^step \d+/gm)).toEqual(['step 0', 'step 1', 'step 4', 'step 3']);
  expect(stdout).toContain('main.Node, 16 B asked for');
  expect(stdout).toContain('no command "foo": h shows them');
  expect(stdout).toContain('steps are 0 to 2,407; this is 3');
});

test('step --json: an object a line for each step and answer, as explain, whatis and why have them', async () => {
  const { stdout } = await goheapsim(['step', 'linked-list', ...small, '--json'], {
    stdin: ['g 4', 'w 0xc000014090', 'y 0xc000014090', 'map', 'q'],
  });
  const [first, step, what, who, wrong, ...rest] = stdout
    .trim()
    .split('\n')
    .map((l) => JSON.parse(l));
  expect(rest).toEqual([]);
  expect(first.step).toBe(0);
  const at = ['--step', '4'];
  expect(step).toEqual(await json('explain', 'linked-list', ...small, ...at));
  expect(what).toEqual(await json('whatis', 'linked-list', '0xc000014090', ...small, ...at));
  expect(who).toMatchObject({ object: { address: 0xc000014090 }, reachable: false });
  expect(wrong.error).toContain('"map" has no JSON');
});

test('diff compares two steps of a scenario', async () => {
  const { code, stdout } = await goheapsim([
    ...['diff', 'linked-list', ...small, '--from', '4', '--to', '20', '--json'],
  ]);
  expect(code).toBe(1);
  expect(JSON.parse(stdout).objects).toMatchObject({ born: { count: 4, bytes: 64 } });
});

test('diff of two steps tells types, and the spans that came and went', async () => {
  const argv = ['diff', 'lesson-09', '--from', '600', '--to', '620'];
  const { code, stdout } = await goheapsim(argv);
  expect(code).toBe(1);
  expect(stdout).toMatch(/\n {2}died\n {4}0x\w+ {2}80 bytes {2}\[10\]uint64\n/);
  expect(stdout).toMatch(/\n {4}0x\w+ {2}1,792 bytes {2}contents differ\n/);
  expect(stdout).toContain('\nSpans +0 -1\n  -  0xc000070000  1 page  class 7 noscan\n');
  const { spans, objects } = JSON.parse((await goheapsim([...argv, '--json'])).stdout);
  const addressesAt = async (step: string) =>
    (await json('spans', 'lesson-09', '--step', step)).spans.map(
      ({ address }: { address: number }) => address,
    );
  const after = new Set(await addressesAt('620'));
  const gone = (await addressesAt('600')).filter((address: number) => !after.has(address));
  expect(spans.lost.map(({ base }: { base: number }) => base)).toEqual(gone);
  expect(objects.died.items[0].type).toBe('[10]uint64');
});

test('vis marks the malloc header, and says where the object is and what * means', async () => {
  const objects = await json('objects', 'lesson-06');
  const { address } = objects.find(({ type }: { type?: string }) => type === '[128]*uint64');
  const hexOf = (n: number) => `0x${n.toString(16)}`;
  const text = await out('vis', 'lesson-06', hexOf(address), '--slots', '1', '--words', '3');
  expect(text).toContain(`  ${hexOf(address)}  object at ${hexOf(address + 8)}  [128]*uint64`);
  expect(text).toMatch(/\n {4}\+0 {6}0x0\w+ {2}header: type \[128\]\*uint64\n {4}\+8 /);
  expect(text).toMatch(/\n {2}\*: a pointer word\n$/);
});

test.each([
  ['diff', 'linked-list', ...small, '--from', '4', '--to', '20', '--limit', '1'],
  ['memstats', 'lesson-11'],
])('%s %s: nothing is cut, and ASCII', async (...argv) => {
  const { stdout } = await goheapsim(argv, { env: { LC_ALL: 'C' } });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the characters of ASCII
  expect(stdout).toMatch(/^[\x00-\x7f]*$/);
  expect(stdout).not.toContain('~');
  expect((await goheapsim([...argv, '--ascii'])).stdout).toBe(stdout);
  for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  if (argv[0] === 'memstats') {
    expect(stdout).toMatch(
      /^ {2}Mallocs .* \/gc\/heap\/allocs:objects\n +\+ \/gc\/heap\/tiny\/allocs:objects$/m,
    );
  }
});

test('a locale without UTF-8 gets ASCII', async () => {
  const argv = ['vis', 'linked-list', '0xc000014000', ...small];
  const { stdout } = await goheapsim(argv, { env: { LANG: 'C' } });
  expect(stdout).toBe(await out(...argv, '--ascii'));
  expect((await goheapsim(argv, { env: { LANG: 'C.UTF-8' } })).stdout).not.toBe(stdout);
});

const shown: string[][] = [
  ['size', '1024', '--ptr'],
  ['classes'],
  ['classes', '--used', 'linked-list'],
  ['classes', '--used', dump],
  ['explain', 'linked-list'],
  ['explain', 'every-record', '--all'],
  ['explain', 'channels', '--all'],
  ['memstats', 'large-buffers'],
  ['memstats', dump],
  ['spans', 'channels'],
  ['spans', dump],
  ['pages', 'large-buffers'],
  ['pages', 'large-buffers', '--map'],
  ['pages', dump],
  ['pages', dump, '--map'],
  ['vis', 'linked-list', '0xc000014000'],
  ['vis', dump, '0xc000014000'],
  ['whatis', 'linked-list', '0xc000014098'],
  ['why', 'linked-list', '0xc000014090'],
  ['objects', 'channels'],
  ['roots', 'channels'],
  ['dom', 'channels'],
  ['gc', 'finalizers'],
];

describe.each(shown.map((argv) => ({ argv })))('$argv', ({ argv }) => {
  const onTerminal = { stdoutIsTTY: true, env: { LANG: 'en_US.UTF-8' } };

  test('fits 80 columns, the same bytes every time, without colour or other than ASCII where asked', async () => {
    const utf8 = await goheapsim(argv, onTerminal);
    expect(utf8.code).toBe(0);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
    const plain = utf8.stdout.replace(/\x1b\[\d+m/g, '');
    for (const line of plain.split('\n')) expect([line, line.length <= 80]).toEqual([line, true]);
    const noColor = { ...onTerminal, env: { ...onTerminal.env, NO_COLOR: '1' } };
    expect((await goheapsim(argv, noColor)).stdout).toBe(plain);
    const ascii = await goheapsim([...argv, '--ascii'], noColor);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the characters of ASCII
    expect(ascii.stdout).toMatch(/^[\x00-\x7f]*$/);
    expect(ascii.stdout.length).toBe(plain.length);
  }, 120_000);
});

test.each(['explain', 'step', 'gc'])(
  '%s of a dump says that it needs a run, and what tells of dumps',
  async (command) => {
    const { code, stderr } = await goheapsim([command, dump]);
    expect(code).toBe(2);
    expect(stderr).toContain(
      `goheapsim: ${command}: ${dump} is a heap dump: only a scenario or a log`,
    );
    expect(stderr).toContain('Of a dump spans, classes');
    const other = await goheapsim([command, './package.json']);
    expect(other.code).toBe(2);
    expect(other.stderr).toContain(`goheapsim: ${command}: ./package.json is no scenario`);
  },
);

test('figures of large heaps are not cut in the table of collections', async () => {
  const { stdout } = await goheapsim(['gc', 'lesson-12']);
  expect(stdout).toContain('next goal');
  expect(stdout).not.toContain('…');
});
