/** The licences of packages whose code becomes part of a file of ours: they ask to go with it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const inPackage = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/;

/**
 * @param {import('esbuild').Metafile} metafile of a build whose paths begin at the folder
 * @param {string} folder
 * @returns {string} '' if no package is in it
 */
export function licencesOf(metafile, folder) {
  const packages = new Set(
    Object.keys(metafile.inputs).flatMap(
      (path) => inPackage.exec(resolve(folder, path))?.[1] ?? [],
    ),
  );
  return [...packages].sort().map(licenceOf).join('\n');
}

/** @param {string} folder of a package */
function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e(\.\w+)?$/i.test(entry));
  const text = file === undefined ? '' : `\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
  return `${name} ${version}, licence ${license}\n${text}`;
}

/**
 * The same as a comment of JavaScript.
 *
 * @param {import('esbuild').Metafile} metafile
 * @param {string} folder
 */
export function licenceComment(metafile, folder) {
  const text = licencesOf(metafile, folder);
  return text === '' ? '' : `/*!\n${text.replaceAll('*/', '* /').replaceAll('<', '‹')}*/\n`;
}
