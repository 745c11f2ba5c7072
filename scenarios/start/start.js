/**
 * How the program starts: from a build of its sources, which is made when there is none for them as they are. Where
 * none can be made, and for scripts among the sources that are not in it, the sources themselves run.
 */
import { pathToFileURL } from 'node:url';
import { findBuild } from './builds.js';
import { isEntry } from './entries.js';
import { root } from './sources.js';

/**
 * Imports a module of scenarios/.
 *
 * @param {'bin' | 'worker'} module
 * @param {readonly string[]} scripts what may be scripts that it will import: paths or URLs
 */
export async function start(module, scripts) {
  const build = scripts.some(isInternal) ? undefined : await findBuild();
  if (build !== undefined) {
    await import(new URL(`scenarios/${module}.js`, build).href);
    return;
  }
  const { registerTypeScript } = await import('./typescript.js');
  registerTypeScript(undefined);
  await import(new URL(`scenarios/${module}.ts`, root).href);
}

/**
 * Whether a script lies among our sources and no build has it. It may import anything there.
 *
 * @param {string} script
 */
function isInternal(script) {
  if (!/\.[cm]?[jt]s$/.test(script)) return false;
  const { href } = script.startsWith('file:') ? new URL(script) : pathToFileURL(script);
  const name = href.startsWith(root.href) ? href.slice(root.href.length) : '';
  return /^(sim|dump|scenarios|test)\//.test(name) && !isEntry(name);
}
