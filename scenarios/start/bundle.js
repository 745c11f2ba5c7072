/** Makes JavaScript of the sources: a file for each entry, and files for what several of them share. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { isEntry } from './entries.js';
import { licencesOf } from './licences.js';
import { root } from './sources.js';

/**
 * @param {readonly string[]} names of all sources
 * @param {URL} folder where to
 */
export async function bundle(names, folder) {
  const absWorkingDir = fileURLToPath(root);
  const { metafile } = await build({
    absWorkingDir,
    entryPoints: names.filter(isEntry),
    outbase: '.',
    outdir: fileURLToPath(folder),
    chunkNames: 'parts/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: true,
    sourcesContent: false,
    charset: 'utf8',
    minifyWhitespace: true,
    tsconfigRaw: {},
    metafile: true,
    logLevel: 'silent',
    plugins: [
      { name: 'built-modules', setup: useBuiltModules },
      { name: 'packages', setup: usePackages },
    ],
  });
  writeFileSync(new URL('LICENCES', folder), licencesOf(metafile, absWorkingDir));
}

/**
 * Puts built-modules.js in the place of scenarios/modules.ts.
 *
 * @param {import('esbuild').PluginBuild} context
 */
function useBuiltModules(context) {
  const path = fileURLToPath(new URL('./built-modules.js', import.meta.url));
  context.onResolve({ filter: /(^|\/)modules\.ts$/ }, () => ({ path }));
}

/**
 * Takes the packages in: one file is read faster than many small ones. esbuild stays where it is, with the program of its own that it starts.
 *
 * @param {import('esbuild').PluginBuild} context
 */
function usePackages(context) {
  const width = fileURLToPath(new URL('./text-width.js', import.meta.url));
  context.onResolve({ filter: /^esbuild$/ }, ({ path }) => ({ path, external: true }));
  context.onResolve({ filter: /^string-width$/ }, () => ({ path: width }));
}
