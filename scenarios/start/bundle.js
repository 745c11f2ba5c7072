/** Makes JavaScript of the sources: a file for each entry, and files for what several of them share. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { isEntry } from './entries.js';
import { root } from './sources.js';

/**
 * @param {readonly string[]} names of all sources
 * @param {URL} folder where to
 */
export async function bundle(names, folder) {
  await build({
    absWorkingDir: fileURLToPath(root),
    entryPoints: names.filter(isEntry),
    outbase: '.',
    outdir: fileURLToPath(folder),
    chunkNames: 'parts/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: true,
    sourcesContent: false,
    charset: 'utf8',
    minifyWhitespace: true,
    tsconfigRaw: {},
    logLevel: 'silent',
    plugins: [{ name: 'built-modules', setup: useBuiltModules }],
  });
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
