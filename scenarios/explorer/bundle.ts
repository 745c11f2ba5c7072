/** The page's script, made from its TypeScript when a page is written: nothing to build, nothing to go stale. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';
import { packageRoot } from '../modules.ts';
import { licenceComment } from '../start/licences.js';

const pageFolder = new URL('scenarios/explorer/page/', packageRoot);

/** A script of page/ with all that it imports, as one file that needs nothing else. */
export async function bundleScript(entry: string): Promise<string> {
  const result = await build({
    entryPoints: [fileURLToPath(new URL(entry, pageFolder))],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    charset: 'ascii',
    legalComments: 'inline',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    tsconfigRaw: { compilerOptions: {} },
    logLevel: 'silent',
    metafile: true,
  });
  return result.outputFiles[0]!.text + licenceComment(result.metafile, process.cwd());
}

/** All style sheets of page/styles, base.css first. */
export async function bundleStyles(): Promise<string> {
  const folder = new URL('styles/', pageFolder);
  const names = readdirSync(folder).filter((name) => name.endsWith('.css'));
  names.sort((a, b) => Number(b === 'base.css') - Number(a === 'base.css') || (a < b ? -1 : 1));
  const text = names.map((name) => readFileSync(new URL(name, folder), 'utf8')).join('\n');
  return (await transform(text, { loader: 'css', minify: true, charset: 'ascii' })).code;
}
