/** What scenarios/modules.ts is in a build. */
import { builtUrl } from './entries.js';

/** `file:///…/out/cli/DIGEST/` */
const build = /^.*\/out\/cli\/[^/]+\//.exec(import.meta.url)?.[0] ?? '';

export const packageRoot = new URL('../../../', build);

export const workerUrl = new URL('scenarios/worker.js', build);

/** @type {typeof import('../modules.ts').importScript} */
export async function importScript(url) {
  // Only now, so that places in a script are those of its source and all else loads without its map.
  process.setSourceMapsEnabled(true);
  const built = builtUrl(url, packageRoot.href, build);
  if (built !== undefined) return import(built);
  const { registerTypeScript } = await import(
    new URL('scenarios/start/typescript.js', packageRoot).href
  );
  registerTypeScript(build);
  return import(url);
}
