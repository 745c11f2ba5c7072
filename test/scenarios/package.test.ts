/**
 * The package as somebody installs it: packed, installed by npm in an empty folder, with nothing beside it
 * but the dependencies that it declares, and run by the same bare Node.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { scratchFolder } from './command-line.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const scratch = scratchFolder();
const installed = scratch.path('node_modules/goheapsim');

beforeAll(() => {
  execFileSync('npm', ['pack', '--silent', '--pack-destination', scratch.path('.')], {
    cwd: root,
    stdio: 'ignore',
  });
  const tarball = scratch.files().find((name) => name.endsWith('.tgz'))!;
  if (!install(scratch.path(tarball))) unpack(scratch.path(tarball));
});
afterAll(() => scratch.remove());

/** As a user does it, without leave for any script of a dependency. False where no registry is to be had. */
function install(tarball: string): boolean {
  writeFileSync(scratch.path('package.json'), '{"private":true}');
  const argv = ['install', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'];
  const { status, stderr } = spawnSync('npm', [...argv, tarball], {
    cwd: scratch.path('.'),
    encoding: 'utf8',
    timeout: 240_000,
  });
  if (status === 0) return true;
  if (process.env.REQUIRE_ORACLES === '1') throw new Error(stderr);
  process.stderr.write('NOT INSTALLED from the registry: npm install failed\n');
  return false;
}

/** The same without a registry: the dependencies are our own. */
function unpack(tarball: string): void {
  rmSync(scratch.path('node_modules'), { recursive: true, force: true });
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['xzf', tarball, '--strip-components=1', '-C', installed]);
  for (const name of Object.keys(manifest.dependencies)) {
    const link = scratch.path(`node_modules/${name}`);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(`${root}/node_modules/${name}`, link);
  }
}

const run = (command: string, ...argv: string[]) => {
  const { status, stdout, stderr } = spawnSync(command, argv, {
    cwd: scratch.path('.'),
    encoding: 'utf8',
  });
  return { code: status, stdout, stderr };
};
const cli = (...argv: string[]) =>
  run(process.execPath, `${installed}/${manifest.bin.goheapsim}`, ...argv);
const tsc = (...options: string[]) =>
  run(
    process.execPath,
    `${root}/node_modules/typescript/bin/tsc`,
    '--noEmit',
    '--strict',
    '--target',
    'es2022',
    ...options,
  );

test('holds the product, and no test of it', () => {
  expect(readdirSync(installed).sort()).toEqual(
    expect.arrayContaining(['LICENSE', 'dump', 'package.json', 'scenarios', 'sim']),
  );
  expect(readdirSync(installed)).not.toContain('test');
});

test('its dependencies are few, of exact versions, and need no scripts of theirs', () => {
  expect(Object.keys(manifest.dependencies).length).toBeLessThanOrEqual(20);
  for (const version of Object.values(manifest.dependencies)) {
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  }
  // It bundles the page by esbuild, whose own script did not run.
  expect(cli('explore', 'linked-list', '-p', 'n=5', '-o', 'page.html')).toMatchObject({ code: 0 });
});

test('the command line runs the main job without arguments, from the build in the package', () => {
  const outcome = cli();
  expect(outcome).toMatchObject({ code: 0, stderr: '' });
  expect(outcome.stdout).toContain('goheapsim inspect linked-list.dump');
  expect(cli('verify', 'linked-list.dump')).toMatchObject({ code: 0, stderr: '' });
  const builds = readdirSync(`${installed}/out/cli`).filter((name) => name !== 'stamp.json');
  expect(builds).toHaveLength(1);
});

test('a new scenario runs, and its types are checked, both ways of resolving modules', () => {
  expect(cli('new', 'my.ts')).toMatchObject({ code: 0, stderr: '' });
  expect(cli('run', 'my.ts')).toMatchObject({ code: 0, stderr: '' });
  expect(readFileSync(scratch.path('my.dump'), 'latin1')).toMatch(/^go1\.7 heap dump\n/);
  const wrong = readFileSync(scratch.path('my.ts'), 'utf8').replace('val: i }', "val: 'i' }");
  writeFileSync(scratch.path('wrong.ts'), wrong);
  for (const options of [
    ['--module', 'nodenext'],
    ['--module', 'esnext', '--moduleResolution', 'bundler'],
  ]) {
    expect(tsc(...options, 'my.ts')).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(tsc(...options, 'wrong.ts').stdout).toMatch(
      /^wrong\.ts\(\d+,\d+\): error TS2322: Type 'string' is not assignable to type 'number'/,
    );
  }
});

/** The example in sim/index.ts, as a program of its own. */
function exampleOfSim(): string {
  const source = readFileSync(`${root}/sim/index.ts`, 'utf8');
  const comment = source.slice(0, source.indexOf('*/'));
  return [...comment.matchAll(/^ \* {5}(.*)$/gm)].map(([, line]) => line).join('\n');
}

test("the model's own example, in plain JavaScript, gives a dump that verifies", () => {
  const names = ['World', 'layoutFrame', 'runProgram', 'newobject', 'stopTheWorld'];
  writeFileSync(
    scratch.path('model.mjs'),
    [
      `import { ${names.join(', ')}, startTheWorld } from 'goheapsim/sim';`,
      "import { verifyDump, writeheapdumpM } from 'goheapsim/dump';",
      'const file = [];',
      exampleOfSim(),
      'const { ok, params } = verifyDump(Buffer.concat(file));',
      'console.log(ok, params.architecture);',
    ].join('\n'),
  );
  expect(run(process.execPath, 'model.mjs')).toEqual({
    code: 0,
    stdout: 'true arm64\n',
    stderr: '',
  });
});

test('a scenario can be run from a program', () => {
  writeFileSync(
    scratch.path('own.mjs'),
    [
      "import { int, runScenario, scenario } from 'goheapsim/scenarios';",
      "import { readDump } from 'goheapsim/dump';",
      'const pieces = [];',
      "const one = scenario({ question: 'One?', main(go) { go.new(int); go.writeHeapDump(); } });",
      'runScenario(one, { openDump: () => ({ write: (bytes) => pieces.push(bytes.slice()) }) });',
      'console.log([...readDump(Buffer.concat(pieces))].at(-1).kind);',
    ].join('\n'),
  );
  expect(run(process.execPath, 'own.mjs')).toEqual({ code: 0, stdout: 'eof\n', stderr: '' });
});
