/** What is imported by its name: the program, its thread, the libraries of scripts, and all scripts that ship. */
const entry =
  /^(sim\/index|dump\/index|scenarios\/(index|bin|worker|library\/[^/]+|lessons\/\d\d-[^/]+))\.ts$/;

/**
 * Whether a build has a module of this name.
 *
 * @param {string} name from the package's folder on, such as `sim/index.ts`
 */
export function isEntry(name) {
  return entry.test(name);
}

/**
 * The module that stands in a build for one of the sources; undefined where there is none.
 *
 * @param {string} url of the source
 * @param {string} root URL of the package's folder
 * @param {string} build URL of the build's folder
 */
export function builtUrl(url, root, build) {
  const name = url.startsWith(root) ? url.slice(root.length) : '';
  return isEntry(name) ? build + name.replace(/\.ts$/, '.js') : undefined;
}
