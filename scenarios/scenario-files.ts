/** Where scenarios are: the library that ships, and the user's own files. */
import { readdirSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { didYouMean } from './suggest.ts';
import { UsageError } from './usage-error.ts';

const libraryFolder = new URL('./library/', import.meta.url);

/** The names of the library's scenarios, sorted. */
export function libraryNames(): string[] {
  return readdirSync(libraryFolder)
    .filter((file) => /^[a-z][a-z0-9-]*\.ts$/.test(file) && file !== 'index.ts')
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
}

/** A scenario that was found: its module, and the name by which its files are called. */
export interface ScenarioFile {
  readonly name: string;
  readonly url: string;
  readonly path: string;
  readonly isLibrary: boolean;
}

/** Finds a library scenario by name, or a file. @throws {UsageError} with a suggestion */
export function findScenario(given: string): ScenarioFile {
  if (/\.[cm]?[jt]s$/.test(given) || /[/\\]/.test(given)) return fileOf(given);
  const names = libraryNames();
  if (names.includes(given)) {
    const url = new URL(`${given}.ts`, libraryFolder);
    return { name: given, url: url.href, path: fileURLToPath(url), isLibrary: true };
  }
  throw new UsageError(
    `unknown scenario "${given}".${didYouMean(given, names)} goheapsim list shows all; ` +
      'a file of your own ends in .ts',
  );
}

function fileOf(given: string): ScenarioFile {
  const path = resolve(given);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) {
    throw new UsageError(
      `${given}: no such scenario file; goheapsim new ${given} makes a first one`,
    );
  }
  if (!stats.isFile()) throw new UsageError(`${given} is not a file: name a scenario, a .ts file`);
  const base = path.slice(path.lastIndexOf('/') + 1).replace(/\.[cm]?[jt]s$/, '');
  return { name: base, url: pathToFileURL(path).href, path, isLibrary: false };
}
