/**
 * How the program starts: from a build of its sources, which is made when there is none for them as they are. Where
 * none can be made, and for scripts among the sources that are not in it, the sources themselves run.
 */
import { pathToFileURL } from 'node:url';
import { findBuild } from './builds.js';
import { beginEarly } from './early-thread.js';
import { isEntry } from './entries.js';
import { root } from './sources.js';

/**
 * Runs the program.
 *
 * @param {readonly string[]} args of the command line
 */
export async function startProgram(args) {
  const internal = args.some(isInternal);
  const early = internal ? undefined : beginEarly(args);
  // What goes wrong in it before it is the program's is told by the one that is begun in its place.
  early?.worker.on('error', () => {});
  const build = internal ? undefined : await findBuild();
  early?.tell(build);
  const { program } = await importFrom(build, 'bin');
  await program(args, build && early?.worker);
}

/**
 * Runs what a thread does.
 *
 * @param {string} script URL of the scenario that it will import; '' if there is none
 */
export async function startWorker(script) {
  await importFrom(isInternal(script) ? undefined : await findBuild(), 'worker');
}

/**
 * @param {URL | undefined} build
 * @param {'bin' | 'worker'} module of scenarios/
 */
async function importFrom(build, module) {
  if (build !== undefined) return import(new URL(`scenarios/${module}.js`, build).href);
  const { registerTypeScript } = await import('./typescript.js');
  registerTypeScript(undefined);
  return import(new URL(`scenarios/${module}.ts`, root).href);
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
