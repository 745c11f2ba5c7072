/** Scripts that fail or never end, run as a user does: one line on standard error, 2, and no file. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { ended, scratchFolder, start } from './command-line.ts';

const scratch = scratchFolder();
afterEach(() => scratch.clear());
afterAll(() => scratch.remove());

/** `main` is line 6 of the file, `declarations` line 2; each writes a dump before it fails. */
function script(main: string, declarations = '', head = 'main(go)'): string {
  const file = scratch.path('s.ts');
  writeFileSync(
    file,
    [
      "import { any, chan, func, globals, int, nil, ptr, scenario, struct } from 'goheapsim/scenarios';",
      declarations,
      'export default scenario({',
      "  question: 'What happens?',",
      `  ${head} {`,
      `    go.writeHeapDump(); ${main}`,
      '  },',
      '});',
      '',
    ].join('\n'),
  );
  return file;
}

async function fails(file: string, message: string | RegExp, ...options: string[]): Promise<void> {
  const before = scratch.files();
  const outcome = await ended(start(['run', file, '-o', scratch.path('out'), ...options]));
  expect(outcome).toMatchObject({ code: 2, signal: null, stdout: '' });
  const said = outcome.stderr.replaceAll(file, 's.ts');
  if (typeof message === 'string') expect(said).toBe(`goheapsim: ${message}\n`);
  else expect(said).toMatch(message);
  expect(said).toMatch(/^goheapsim: [^\n]*\n$/);
  expect(scratch.files()).toEqual(before);
}

const generator = '*main(go)';

describe('what ends a Go program', () => {
  test.each<[string, string, string, string, string?]>([
    ['a panic', 'main(go)', 'go.panic("no more");', 's.ts:6:28: panic: no more'],
    [
      'a panic of a value',
      'main(go)',
      'go.panic(go.toInterface(any, int, 42));',
      's.ts:6:28: panic: 42',
    ],
    [
      'a panic in a goroutine',
      generator,
      'go.go(f); yield* go.time.sleep(1);',
      's.ts:2:43: panic: in f',
      "const f = func('main.f', {}, (go) => { go.panic('in f'); });",
    ],
    [
      'a panic in a deferred call of a panic',
      'main(go)',
      "go.defer(f); go.panic('first');",
      's.ts:2:43: panic: first panic: in f',
      "const f = func('main.f', {}, (go) => { go.panic('in f'); });",
    ],
    [
      'a nil pointer',
      'main(go)',
      'go.load(int, nil);',
      's.ts:6:28: panic: runtime error: invalid memory address or nil pointer dereference',
    ],
    [
      'an index out of range',
      'main(go)',
      'go.get(int, go.makeSlice(int, 3), 5);',
      's.ts:6:28: panic: runtime error: index out of range [5] with length 3',
    ],
    [
      'a channel closed twice',
      'main(go)',
      'const c = go.makeChan(chan(int)); go.close(c); go.close(c);',
      's.ts:6:75: panic: close of closed channel',
    ],
    [
      'a deadlock',
      generator,
      'yield* go.recv(chan(int), go.makeChan(chan(int)));',
      's.ts: fatal error: all goroutines are asleep - deadlock!',
    ],
    [
      'main gone by Goexit',
      generator,
      'yield* go.runtime.Goexit();',
      's.ts: fatal error: no goroutines (main called runtime.Goexit) - deadlock!',
    ],
  ])('%s, in Go’s words', async (_title, head, main, message, declarations) => {
    await fails(script(main, declarations, head), message);
  });

  test('a stack that reaches Go’s limit', async () => {
    const file = script(
      'go.call(f, { n: 0 });',
      "import { array, uint8 } from 'goheapsim/scenarios'; const f: any = func('main.f', " +
        '{ params: { n: int }, locals: { b: array(1 << 20, uint8) } }, (go, { n }) => go.call(f, { n }));',
    );
    await fails(file, /^goheapsim: s\.ts:2:\d+: fatal error: stack overflow$/m);
  });
});

describe('what a script does wrongly', () => {
  const blocking = "const f = func('main.f', {}, function* (go) { yield* go.runtime.GC(); });";
  test.each<[string, string, string | RegExp, string?, string?]>([
    ['throws', "throw new TypeError('no more');", 's.ts:6:31: TypeError: no more'],
    ['throws no Error', "throw 'text';", 's.ts: it threw text'],
    ['throws null', 'throw null;', 's.ts: it threw null'],
    [
      'blocks in a plain function',
      'go.runtime.GC();',
      's.ts:6:36: go.runtime.GC() can block, but main.main is a plain function: make it a ' +
        'generator (function*, *main) and write yield* go.runtime.GC()',
    ],
    [
      'calls what blocks from a plain function',
      'go.call(f);',
      's.ts:6:28: go.call(main.f) can block, but main.main is a plain function: make it a ' +
        'generator (function*, *main) and write yield* go.call(main.f)',
      blocking,
    ],
    [
      'forgets yield* before another operation',
      'go.runtime.GC(); go.new(int);',
      's.ts:6:45: go.runtime.GC() did nothing, since it can block: write yield* go.runtime.GC()',
      '',
      generator,
    ],
    [
      'forgets yield* at the end',
      'go.call(f);',
      's.ts: go.call(main.f) did nothing, since it can block: write yield* go.call(main.f)',
      blocking,
      generator,
    ],
    [
      'is async',
      '',
      's.ts:3:16: main is an async function: a scenario waits with yield*, in a generator ' +
        '(function*, *main)',
      '',
      'async main(go)',
    ],
    [
      'gives back a generator',
      'return help(go);',
      's.ts: main.main gives back a generator, which nobody runs: make main.main itself one ' +
        '(function*, *main) and write yield* before the call',
      'function* help(go: any) { yield* go.runtime.GC(); }',
    ],
    [
      'leaves out an argument',
      'go.call(f as any);',
      's.ts:6:28: main.f is called without its argument n',
      "const f = func('main.f', { params: { n: int } }, () => {});",
    ],
    [
      'nests calls too deeply',
      'go.call(f);',
      /^goheapsim: s\.ts:2:\d+: .*deeper than the stack/,
      "const f: any = func('main.f', {}, (go) => go.call(f));",
    ],
  ])('%s', async (_title, main, message, declarations, head) => {
    await fails(script(main, declarations, head), message);
  });
});

describe('a script that never ends', () => {
  const idle =
    's.ts: the script did nothing for 1 second: does it loop without an operation, or with ' +
    'Gosched alone? (--max-idle)';

  test('without an operation', async () => {
    await fails(script('for (;;);'), idle, '--max-idle', '1');
  });

  test('as it is loaded', async () => {
    await fails(script('', 'for (;;);'), idle, '--max-idle', '1');
  });

  test('with Gosched alone', async () => {
    const file = script('for (;;) yield* go.runtime.Gosched();', '', generator);
    await fails(file, idle, '--max-idle', '1');
  });

  test('with operations', async () => {
    const message = 's.ts:6:37: the script did more than 100,000 operations (--max-steps)';
    await fails(script('for (;;) go.new(int);'), message, '--max-steps', '100000');
  });

  test('with ever more memory', async () => {
    const file = script(
      'const v = go.globals(vars); for (;;) v.head = go.new(Node, { next: v.head });',
      "const Node: any = struct('main.Node', () => ({ next: ptr(Node) })); " +
        'const vars = globals({ head: ptr(Node) });',
      'globals: vars, main(go)',
    );
    const message =
      's.ts:6:74: the simulated heap needs more than its limit of 64 MiB (--max-heap)';
    await fails(file, message, '--max-heap', '64MiB');
  });
});

test('a slow script that goes on is not ended', async () => {
  const file = script(
    'const t = Date.now(); for (let i = 1; i < 10; i++) { while (Date.now() < t + 500 * i); go.new(int); }',
  );
  const run = start(['run', file, '-o', scratch.path('out'), '--max-idle', '3']);
  expect(await ended(run)).toMatchObject({ code: 0, stderr: '' });
});

test('what a script prints does not get into a dump on standard output', async () => {
  const file = script("for (let i = 0; i < 1000; i++) console.log('hello');");
  const hello = 'hello\n'.repeat(1000);
  const child = start(['run', file, '-o', '-']);
  const pieces: Buffer[] = [];
  child.stdout!.on('data', (piece: Buffer) => pieces.push(piece));
  expect(await ended(child)).toMatchObject({ code: 0, stderr: hello });
  const plain = start(['run', file, '-o', scratch.path('out')]);
  const { stdout } = await ended(plain);
  expect(stdout.slice(0, hello.length)).toBe(hello);
  expect(stdout).toContain('What to try next');
  expect(Buffer.concat(pieces).equals(readFileSync(scratch.path('out')))).toBe(true);
});

test('SIGTERM in the midst of operations leaves what was there', async () => {
  mkdirSync(scratch.path('d'));
  writeFileSync(scratch.path('d/out'), 'old');
  const child = start(['run', script('for (;;) go.new(int);'), '-o', scratch.path('d/out')]);
  const end = ended(child);
  setTimeout(() => child.kill('SIGTERM'), 1500);
  expect(await end).toMatchObject({ code: null, signal: 'SIGTERM', stdout: '', stderr: '' });
  expect(readFileSync(scratch.path('d/out'), 'utf8')).toBe('old');
  expect(scratch.files()).toEqual(['d', 's.ts']);
});
