import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { firstPlace } from '../../../scenarios/commands/twin.ts';
import { explainCommand } from '../../../scenarios/explain-command.ts';
import type { CheckResult } from '../../../scenarios/twin/check.ts';
import { ended, goheapsim, scratchFolder, start } from '../command-line.ts';

const scratch = scratchFolder();
afterAll(() => scratch.remove());

test('writes the program and says how to build and run it', async () => {
  const folder = scratch.path('list');
  const { code, stdout } = await goheapsim(['twin', 'linked-list', '-p', 'n=2', '-o', folder]);
  expect(code).toBe(0);
  expect(readFileSync(`${folder}/go.mod`, 'utf8')).toBe('module twin\n\ngo 1.22\n');
  const source = readFileSync(`${folder}/main.go`, 'utf8');
  expect(source).toContain('(*Node)(p(1, 0)).next = (*Node)(p(0, 0))');
  expect(stdout).toContain('env -i GOMAXPROCS=1 GOGC=off ./prog 3>dump1.dump');
});

test('a file of one’s own; as JSON', async () => {
  const file = scratch.path('my.ts');
  writeFileSync(
    file,
    "import { int, scenario } from 'goheapsim/scenarios';\n" +
      "export default scenario({ question: 'One?', main(go) { go.new(int, 5); go.writeHeapDump('end'); } });\n",
  );
  const { code, stdout } = await ended(start(['twin', file, '-o', scratch.path('mine'), '--json']));
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    goarch: 'amd64',
    files: ['main.go', 'go.mod'],
    allocations: 1,
    dumps: [{ name: 'end', descriptor: 3 }],
  });
});

test('what no twin can do is exit code 2, with its place, and no program', async () => {
  const folder = scratch.path('none');
  const file = scratch.path('profile.ts');
  writeFileSync(
    file,
    "import { scenario } from 'goheapsim/scenarios';\n" +
      "export default scenario({ question: '?', main: (go) => void go.runtime.memProfile(true) });\n",
  );
  const { code, stderr } = await goheapsim(['twin', file, '-o', folder]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^goheapsim: .*profile.ts:\d+:\d+: no twin of MemProfile/);
  expect(() => readFileSync(`${folder}/main.go`)).toThrow('ENOENT');
});

test('a script that does nothing any more is ended', async () => {
  const file = scratch.path('idle.ts');
  writeFileSync(
    file,
    "import { scenario } from 'goheapsim/scenarios';\n" +
      "export default scenario({ question: 'Never?', main() { for (;;); } });\n",
  );
  const args = ['twin', file, '-o', scratch.path('idle'), '--max-idle', '1'];
  const { code, stderr } = await ended(start(args));
  expect(code).toBe(2);
  expect(stderr).toContain('the script did nothing for 1 second');
});

test('where real Go differs, the command is told that explains the model’s decision', async () => {
  const differences = [
    'objects: real Go: 0xc000014000, 16 bytes, no pointers; not in the model [no span of the model there]',
    'objects: real Go: 0xc00008a000, 32 bytes, no pointers; in the model: 0xc000082000, 16 bytes, no pointers [x]',
  ];
  const dumps = [{ differences: [] }, { differences }] as unknown as CheckResult['dumps'];
  expect(firstPlace({ dumps })).toBe('0xc000082000');
  expect(firstPlace({ dumps: [] })).toBeUndefined();
  const args = { goarch: '386', seed: 'a b', gogc: 'off', param: ['keys=50'] };
  expect(explainCommand('./my tree.ts', args)).toBe(
    "goheapsim explain './my tree.ts' -p keys=50 --seed 'a b' --goarch 386 --gogc off",
  );
  const command = `${explainCommand('tree', { ...args, seed: '1' })} --addr 0x8402000`;
  const { code, stdout } = await goheapsim(command.split(' ').slice(1));
  expect(code).toBe(0);
  expect(stdout).toContain('0x8402000');
});
