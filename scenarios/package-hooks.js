/**
 * Module hooks for the user's own scenarios, wherever they lie.
 *
 * This package's own name leads to this installation: a script finds `goheapsim/scenarios` without an
 * install of its own, and never a second copy of the runtime. And a .ts file is an ES module, also
 * where no package.json says so.
 */
export async function resolve(specifier, context, next) {
  const part = /^goheapsim\/(sim|dump|scenarios)$/.exec(specifier)?.[1];
  const target =
    part === undefined ? specifier : new URL(`../${part}/index.ts`, import.meta.url).href;
  const resolved = await next(target, context);
  return /^file:.*\.m?ts(\?|$)/.test(resolved.url) ? { ...resolved, format: 'module' } : resolved;
}
