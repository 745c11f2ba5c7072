/** The GOARCH of a log: by its program, by --goarch, else by what it shows. */
import { writeFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { LogParser } from '../../../scenarios/replay/log-parser.ts';
import { logTarget } from '../../../scenarios/replay/log-target.ts';
import { goheapsim, scratchFolder } from '../command-line.ts';
import { logText } from '../log-text.ts';

const facts = {
  log: 'log',
  assembly: undefined,
  addr: 0xc000022000,
  program: undefined,
  option: undefined,
};
const low = 0x8416010;
const arm = { name: 'prog', goarch: 'arm' } as const;

describe('logTarget', () => {
  test.each([
    ['asm_386.s', '386', 0],
    ['asm_amd64.s', 'amd64', 0],
    ['asm_arm64.s', 'arm64', 0],
    ['asm_mipsx.s', 'mipsle', 1],
    ['asm_ppc64x.s', 'ppc64le', 1],
  ])('takes %s for %s', (assembly, goarch, notes) => {
    const target = logTarget({ ...facts, assembly });
    expect([target.goarch, target.from, target.notes.length]).toEqual([goarch, 'log', notes]);
  });

  test.each([
    ['a program', { program: arm, addr: low }, 'arm', 'binary', 0],
    ['a program as the log shows', { program: arm, assembly: 'asm_arm.s' }, 'arm', 'binary', 0],
    ['an option', { option: 'mips', assembly: 'asm_mipsx.s', addr: low }, 'mips', 'option', 0],
    ['an option unlike the log', { option: 's390x', assembly: 'asm_386.s' }, 's390x', 'option', 1],
    ['a high address alone', {}, 'amd64', 'log', 1],
  ] as const)('by %s', (_, known, goarch, from, notes) => {
    const target = logTarget({ ...facts, ...known });
    expect([target.goarch, target.from, target.notes.length]).toEqual([goarch, from, notes]);
  });

  test.each([
    ['a low address alone', { addr: low }, /32-bit program.*0x8416010.*--goarch/],
    ['a high address and a 32-bit option', { option: '386' }, /64-bit program.*--goarch is 386/],
    ['a program and another option', { program: arm, option: '386' }, /program for arm, not 386/],
    [
      'a program and another log',
      { program: arm, assembly: 'asm_mipsx.s' },
      /prog: a program for arm, and log is of one for mipsle or mips/,
    ],
  ] as const)('refuses %s', (_, known, words) => {
    expect(() => logTarget({ ...facts, ...known })).toThrow(words);
  });
});

test.each([
  ['runtime/asm_386.s:243 +0x161', 'asm_386.s'],
  ['/usr/lib/go/src/runtime/asm_s390x.s:9 +0x1', 'asm_s390x.s'],
  ['crypto/md5/asm_arm.s:9 +0x1', undefined],
])('the parser finds a stack that begins at %s', (place, assembly) => {
  const parser = new LogParser(() => undefined);
  const stack = `runtime.rt0_go()\n\t${place} fp=0x2 sp=0x1 pc=0x1\n\n`;
  parser.push(new TextEncoder().encode(`tracealloc(0x1000, 0x10)\ngoroutine 0:\n${stack}`));
  expect(parser.assembly).toBe(assembly);
});

describe('a log without --binary', () => {
  const scratch = scratchFolder();
  afterAll(() => scratch.remove());
  const log = scratch.path('log');
  const small = { ptrSize: 4, assembly: 'asm_386.s', heap: low } as const;
  const node = { size: 8, name: 'main.node', typ: 0x80af680 };

  test.each([
    ['of 386 is one of 386', small, [], '386, as the log shows', '(linux/386)'],
    [
      'of mips tells no byte order',
      { ...small, assembly: 'asm_mipsx.s' },
      [],
      'mipsle, as the log shows\n    a log tells no byte order: --goarch mips if it is not mipsle',
      '\na log tells no byte order: --goarch mips if it is not mipsle\n',
    ],
    [
      'is what --goarch says',
      { ...small, assembly: 'asm_mipsx.s' },
      ['--goarch', 'mips'],
      'mips\n',
      '(linux/mips)',
    ],
  ])('%s', async (_, target, options, replayed, shown) => {
    writeFileSync(log, logText([node], target));
    const { stdout } = await goheapsim(['replay', log, ...options]);
    expect(stdout).toContain(`target      go1.22.12 linux/${replayed}`);
    const spans = await goheapsim(['spans', log, ...options]);
    expect([spans.code, spans.stdout]).toEqual([0, expect.stringContaining(shown)]);
  });

  test('that shows nothing but low addresses is refused, with what to say', async () => {
    writeFileSync(log, logText([node], { ...small, assembly: '' }));
    const { code, stderr } = await goheapsim(['explain', log, '--step', '1']);
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('as --goarch 386, or the program by --binary'),
    ]);
  });
});
