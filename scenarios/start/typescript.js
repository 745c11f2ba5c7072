/** Lets Node import TypeScript: scripts of the user's, and our own sources where they run without a build. */
import { register as registerHooks } from 'node:module';
import { register } from 'tsx/esm/api';
import { root } from './sources.js';

let registered = false;

/**
 * @param {string | undefined} build the folder of the build that runs, a URL; undefined: the sources run
 */
export function registerTypeScript(build) {
  if (registered) return;
  registered = true;
  register({ tsconfig: false });
  registerHooks(new URL('./hooks.js', import.meta.url), { data: { root: root.href, build } });
}
