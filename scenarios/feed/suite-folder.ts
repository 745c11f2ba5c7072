/** The suite as a folder, and what lies beside any manifest. */
import { readFileSync } from 'node:fs';
import { toJson } from '../format.ts';
import { packageRoot } from '../modules.ts';
import { itemOfCase } from './cases.ts';
import type { FeedCase } from './manifest.ts';
import type { FolderWriter } from './output-folder.ts';
import { suiteCases } from './suite/index.ts';

/** Files that lie beside a manifest, as they are in the package. */
const beside = {
  'manifest.schema.json': 'manifest.schema.json',
  'README.md': 'manifest-readme.md',
};

/** Writes the schema of a manifest, and a README that says how to read it. */
export function writeBeside(folder: FolderWriter): void {
  for (const [name, source] of Object.entries(beside)) {
    folder.write(name, readFileSync(new URL(`scenarios/feed/${source}`, packageRoot), 'utf8'));
  }
}

/** Writes dumps, if there are to be any, manifest, its schema and a README. */
export async function writeSuite(
  folder: FolderWriter,
  each: (line: FeedCase) => void,
  withDumps = true,
): Promise<void> {
  const manifest = folder.open('manifest.jsonl');
  for (const suiteCase of suiteCases()) {
    const item = itemOfCase(suiteCase);
    const file = `dumps/${item.id}.dump`;
    const hasFile = withDumps && !item.large;
    const line = hasFile ? item.line(file) : item.line();
    if (hasFile) folder.write(file, item.content.chunks());
    manifest.write(`${toJson(line)}\n`);
    each(line);
    await folder.turn();
  }
  manifest.end();
  writeBeside(folder);
}
