/**
 * The simulator as one script for a page's worker, with the modules that a scenario's script imports. The script itself is left
 * out: the page has it as text, to be changed.
 */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { packageRoot } from '../modules.ts';
import { licenceComment } from '../start/licences.js';

/** A file of scenarios/explorer. */
const own = (path: string): string =>
  fileURLToPath(new URL(`scenarios/explorer/${path}`, packageRoot));

/** What every script may import, whether it does so or not. */
const always = ['goheapsim/scenarios'];

/** This package's own name leads to this installation, and file: URLs to files, as they do for the command line. */
const selfPlugin: Plugin = {
  name: 'goheapsim',
  setup({ onResolve }) {
    onResolve({ filter: /^goheapsim\/(sim|dump|scenarios)$/ }, ({ path }) => ({
      path: own(`../../${path.slice('goheapsim/'.length)}/index.ts`),
    }));
    onResolve({ filter: /^file:/ }, ({ path }) => ({ path: fileURLToPath(path) }));
  },
};

const common = {
  bundle: true,
  write: false,
  format: 'iife',
  platform: 'browser',
  target: 'es2022',
  charset: 'ascii',
  legalComments: 'inline',
  tsconfigRaw: { compilerOptions: {} },
  logLevel: 'silent',
} as const;

/** What a script imports, but for types. */
async function importsOf(path: string): Promise<string[]> {
  const specifiers = new Set<string>();
  const listing: Plugin = {
    name: 'listing',
    setup({ onResolve }) {
      onResolve({ filter: /.*/ }, ({ path: specifier, kind }) => {
        if (kind === 'entry-point') return undefined;
        specifiers.add(specifier);
        return { path: specifier, external: true };
      });
    },
  };
  await build({ ...common, entryPoints: [path], plugins: [listing] });
  return [...specifiers];
}

export type Engine = { readonly script: string } | { readonly whyNot: string };

/** The engine for a script; why there can be none, where it imports what a browser does not have. */
export async function engineFor(path: string): Promise<Engine> {
  const modules = [...new Set([...(await importsOf(path)), ...always])];
  const lines = modules.map(
    (specifier, i) => `import * as m${i} from ${JSON.stringify(specifier)};`,
  );
  const pairs = modules.map((specifier, i) => `[${JSON.stringify(specifier)}, m${i}]`);
  const worker = JSON.stringify(own('page/live/worker.ts'));
  const contents = `import { serve } from ${worker};\n${lines.join('\n')}\nserve(new Map([${pairs}]));\n`;
  try {
    const { outputFiles, metafile } = await build({
      ...common,
      minify: true,
      metafile: true,
      stdin: { contents, resolveDir: dirname(path), loader: 'ts' },
      plugins: [selfPlugin],
    });
    return { script: outputFiles[0]!.text + licenceComment(metafile, process.cwd()) };
  } catch (error) {
    const missing = /Could not resolve "([^"]+)"/.exec(String(error))?.[1];
    if (missing === undefined) throw error;
    return { whyNot: `the script imports ${missing}, which no page has` };
  }
}
