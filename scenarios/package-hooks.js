/**
 * Resolves this package's own name to this installation, wherever the importing script lies: a
 * scenario of the user's finds `goheapsim/scenarios` without an install of its own, and never a
 * second copy of the runtime.
 */
export async function resolve(specifier, context, next) {
  const part = /^goheapsim\/(sim|dump|scenarios)$/.exec(specifier)?.[1];
  if (part === undefined) return next(specifier, context);
  return next(new URL(`../${part}/index.ts`, import.meta.url).href, context);
}
