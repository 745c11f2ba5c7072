/** Where scenarios are: the library and the lessons that ship, and the user's own files. */
import { readdirSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { packageRoot } from './modules.ts';
import { didYouMean } from './suggest.ts';
import { UsageError } from './usage-error.ts';

const libraryFolder = new URL('scenarios/library/', packageRoot);
const lessonFolder = new URL('scenarios/lessons/', packageRoot);

/** The names of the library's scenarios, sorted. */
export function libraryNames(): string[] {
  return readdirSync(libraryFolder)
    .filter((file) => /^[a-z][a-z0-9-]*\.ts$/.test(file) && file !== 'index.ts')
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
}

/** The files of the lessons by name: lesson-01, lesson-02, … */
function lessonFiles(): Map<string, string> {
  const files = readdirSync(lessonFolder).filter((file) => /^\d\d-[a-z-]+\.ts$/.test(file));
  return new Map(files.sort().map((file) => [`lesson-${file.slice(0, 2)}`, file]));
}

/** The names of the lessons' scenarios, by number. */
export function lessonNames(): string[] {
  return [...lessonFiles().keys()];
}

/** Whether a scenario that ships has the name. */
export function isShipped(name: string): boolean {
  return libraryNames().includes(name) || lessonFiles().has(name);
}

/** A scenario that was found: its module, and the name by which its files are called. */
export interface ScenarioFile {
  readonly name: string;
  readonly url: string;
  readonly path: string;
  readonly isLibrary: boolean;
}

/** Finds a scenario that ships by name, or a file. @throws {UsageError} with a suggestion */
export function findScenario(given: string): ScenarioFile {
  if (/\.[cm]?[jt]s$/.test(given) || /[/\\]/.test(given)) return fileOf(given);
  const names = libraryNames();
  const lesson = lessonFiles().get(given);
  if (lesson !== undefined) return shipped(given, new URL(lesson, lessonFolder));
  if (names.includes(given)) return shipped(given, new URL(`${given}.ts`, libraryFolder));
  throw new UsageError(
    `unknown scenario "${given}".${didYouMean(given, [...names, ...lessonNames()])} goheapsim list shows all; ` +
      'a file of your own ends in .ts',
  );
}

function shipped(name: string, url: URL): ScenarioFile {
  return { name, url: url.href, path: fileURLToPath(url), isLibrary: true };
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
