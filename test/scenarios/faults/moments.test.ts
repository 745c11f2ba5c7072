/** What comes at a moment that nobody chooses: a signal, another writer, a file that changes while it is read. */
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import seedrandom from 'seedrandom';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { golden } from '../../goldens/goldens.ts';
import { ended, scratchFolder, start } from '../command-line.ts';

const scratch = scratchFolder();
const dump = scratch.path('real.dump');
/** FAULTS_SEED=… draws other moments; the seed is in what a failed test says. */
const seed = process.env.FAULTS_SEED ?? '1';
/** As many moments as `npm run faults:long` takes. */
const isLong = process.env.FAULTS_LONG === '1';

beforeAll(() => writeFileSync(dump, golden('linked-list.amd64.4').dump));
afterAll(() => scratch.remove());

/** All files under a folder, with their bytes. */
function contents(folder: string): Map<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile());
  return new Map(
    files
      .map((entry) => `${entry.parentPath}/${entry.name}`)
      .sort()
      .map((path) => [path.slice(folder.length), readFileSync(path).toString('base64')]),
  );
}

/** Runs it to its end in a folder of its own; gives the time that took and what it wrote. */
async function undisturbed(argv: (folder: string) => string[], folder: string) {
  mkdirSync(folder);
  const begin = performance.now();
  expect(await ended(start(argv(folder)))).toMatchObject({ code: 0, stderr: '' });
  return { ms: performance.now() - begin, whole: contents(folder) };
}

test.each<[string, (folder: string) => string[]]>([
  ['run', (folder) => ['run', 'linked-list', '-o', `${folder}/o`, '--trace', `${folder}/t`]],
  ['explore', (folder) => ['explore', dump, '-o', `${folder}/o`]],
  ['feed suite', (folder) => ['feed', 'suite', '-o', `${folder}/o`]],
  ['twin', (folder) => ['twin', 'tree', '-o', `${folder}/o`]],
])('%s, ctrl-C at random: all that it writes is there, or nothing', async (name, argv) => {
  const { ms, whole } = await undisturbed(argv, scratch.path(`${name}-whole`));
  const random = seedrandom(`${seed}/${name}`);
  // Most of the time goes into starting; what is interesting is towards the end.
  const moments = Array.from({ length: isLong ? 20 : 2 }, () => ms * (0.3 + 0.8 * random()));
  const outcomes = await Promise.all(
    moments.map(async (moment, i) => {
      const folder = scratch.path(`${name}-${i}`);
      mkdirSync(folder);
      const child = start(argv(folder));
      const end = ended(child);
      setTimeout(() => child.kill('SIGINT'), moment);
      const { code, signal, stderr } = await end;
      expect({ seed, stderr, ended: signal ?? code }).toEqual({
        seed,
        stderr: '',
        ended: expect.toBeOneOf(['SIGINT', 0]),
      });
      // Either way: a signal may come when all is done but the last words.
      return [signal ?? code, readdirSync(folder), contents(folder)] as const;
    }),
  );
  for (const [ending, names, files] of outcomes) {
    if (names.length > 0 || ending === 0) expect({ seed, files }).toEqual({ seed, files: whole });
  }
});

test('runs that write one file at once: it is that of one of them, and nothing else stays', async () => {
  mkdirSync(scratch.path('one'));
  const out = scratch.path('one/o');
  const seeds = ['10', '20'];
  const argv = (n: string, to: string) => ['run', 'linked-list', '-p', `n=${n}`, '-o', to];
  const outcomes = await Promise.all(seeds.map((n) => ended(start(argv(n, out)))));
  expect(outcomes.map(({ code, stderr }) => ({ code, stderr }))).toEqual(
    seeds.map(() => ({ code: 0, stderr: '' })),
  );
  expect(readdirSync(scratch.path('one'))).toEqual(['o']);
  const alone = await Promise.all(
    seeds.map(async (n) => {
      await ended(start(argv(n, scratch.path(`alone-${n}`))));
      return readFileSync(scratch.path(`alone-${n}`)).toString('base64');
    }),
  );
  expect(new Set(alone).size).toBe(seeds.length);
  expect(alone).toContain(readFileSync(out).toString('base64'));
});

test.each(['inspect', 'redump', 'export', 'feed scrub'])(
  '%s, of a dump that grows and is cut meanwhile: an answer or one line, and no half file',
  async (name) => {
    const folder = scratch.path(`changing-${name}`);
    mkdirSync(folder);
    const file = `${folder}/d.dump`;
    const { dump: bytes } = golden('linked-list.amd64.4');
    writeFileSync(file, bytes);
    const options: Record<string, string[]> = {
      inspect: ['--records'],
      redump: ['-o', `${folder}/o`],
      export: ['--to', 'dot', '-o', `${folder}/o`],
      'feed scrub': ['-o', `${folder}/o`],
    };
    const child = start([...name.split(' '), file, ...(options[name] ?? [])]);
    const end = ended(child);
    const random = seedrandom(`${seed}/${name}`);
    const change = setInterval(() => {
      const length = Math.floor(random() * bytes.length);
      if (random() < 0.5) truncateSync(file, length);
      else appendFileSync(file, bytes.subarray(length));
    }, 3);
    const { code, signal, stderr } = await end;
    clearInterval(change);
    expect({ seed, signal }).toEqual({ seed, signal: null });
    expect([0, 1, 2]).toContain(code);
    expect(stderr).toMatch(/^(goheapsim: .*d\.dump: .*\n)?$/);
    expect(stderr).not.toContain('defect of goheapsim');
    expect(readdirSync(folder).sort()).toEqual(
      code === 0 && name in options && name !== 'inspect' ? ['d.dump', 'o'] : ['d.dump'],
    );
  },
);

test('a pipe that takes little at a time, and stops of the process, lose nothing', async () => {
  const child = start(['redump', dump, '-o', '-']);
  const end = ended(child);
  const got: Buffer[] = [];
  child.stdout!.removeAllListeners('data');
  child.stdout!.on('data', (piece: Buffer) => {
    got.push(piece);
    child.stdout!.pause();
    child.kill('SIGSTOP');
    setTimeout(() => {
      child.kill('SIGCONT');
      child.stdout!.resume();
    }, 2);
  });
  expect(await end).toMatchObject({ code: 0, stderr: '' });
  expect(Buffer.concat(got).equals(readFileSync(dump))).toBe(true);
});

test('a dump comes in pieces of one byte at first, and is read whole', async () => {
  const child = start(['verify', '-']);
  const end = ended(child);
  const bytes = readFileSync(dump);
  for (let i = 0; i < 200; i++) {
    child.stdin!.write(bytes.subarray(i, i + 1));
    await new Promise((done) => setImmediate(done));
  }
  child.stdin!.end(bytes.subarray(200));
  expect(await end).toMatchObject({ code: 0, stderr: '' });
});
