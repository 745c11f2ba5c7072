/**
 * Where this program's files are, and how modules that are found at run time are imported. In a build
 * start/built-modules.js stands for this module.
 */

/** The folder that has sim/, dump/ and scenarios/. */
export const packageRoot = new URL('../', import.meta.url);

/** What a worker thread starts with. */
export const workerUrl = new URL('./worker.js', import.meta.url);

/** Imports a scenario's module by its URL. */
export function importScript(url: string): Promise<object> {
  return import(url) as Promise<object>;
}
