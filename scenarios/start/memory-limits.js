/** Memory that a thread for a script may take. */

/** JavaScript objects of a script, MiB; the simulated memory is not among them. */
const scriptHeapMiB = 2048;
/** Stack of the thread, MiB, of which only what is used takes memory: calls of a script nest on it. */
const scriptStackMiB = 64;

/**
 * The user's own --max-old-space-size counts, if there is one.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {import('node:worker_threads').ResourceLimits}
 */
export function memoryLimits(env) {
  const chosen = `${process.execArgv.join(' ')} ${env.NODE_OPTIONS ?? ''}`;
  const stack = { stackSizeMb: scriptStackMiB };
  return /max[-_]old[-_]space[-_]size/.test(chosen)
    ? stack
    : { ...stack, maxOldGenerationSizeMb: scriptHeapMiB };
}
