/**
 * Module hooks for the user's own scenarios, wherever they lie.
 *
 * This package's own name leads to this installation, and to its modules as they run: a script finds `goheapsim/scenarios`
 * without an install of its own, and never a second copy of the runtime. And a .ts file is an ES module, also where no
 * package.json says so.
 */
import { builtUrl } from './entries.js';

let root = '';
/** @type {string | undefined} */
let build;

/** @param {{ root: string, build: string | undefined }} data */
export function initialize(data) {
  ({ root, build } = data);
}

/** @type {import('node:module').ResolveHook} */
export async function resolve(specifier, context, next) {
  const part = /^goheapsim\/(sim|dump|scenarios)$/.exec(specifier)?.[1];
  const target = part === undefined ? specifier : `${root}${part}/index.ts`;
  const resolved = await next(target, context);
  const url = runningUrl(resolved.url);
  return /^file:.*\.m?ts(\?|$)/.test(url)
    ? { ...resolved, url, format: 'module' }
    : { ...resolved, url };
}

/**
 * @param {string} url of a module, maybe one of our sources
 * @returns {string} the module that runs for it
 */
function runningUrl(url) {
  if (build === undefined || !isOwnSource(url)) return url;
  const built = builtUrl(url, root, build);
  if (built !== undefined) return built;
  throw new Error(
    `${url.slice(root.length)} is inside goheapsim: import goheapsim/scenarios, /sim or /dump`,
  );
}

/** @param {string} url */
function isOwnSource(url) {
  return /^(sim|dump|scenarios)\/.*\.ts$/.test(url.startsWith(root) ? url.slice(root.length) : '');
}
