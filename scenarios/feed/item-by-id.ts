/** Finds a dump by its id: a case of the suite, or a mutant `<base>.<operation>.<number>`. */
import { operationOf } from '../../dump/feed/catalogue.ts';
import { mutantOf } from '../../dump/feed/stream.ts';
import { didYouMean } from '../suggest.ts';
import { UsageError } from '../usage-error.ts';
import { type FeedItem, itemOfCase, itemOfMutant, type NamedBase, suiteBase } from './cases.ts';
import { readBase } from './options.ts';
import { suiteCases } from './suite/index.ts';

/**
 * @param baseFile the dump that a mutant is of, unless that is a case of the suite
 * @throws {UsageError} when there is none, or the file is another dump
 */
export function itemById(command: string, id: string, baseFile?: string): FeedItem {
  const ids: string[] = [];
  for (const suiteCase of suiteCases()) {
    if (suiteCase.id === id) return itemOfCase(suiteCase);
    ids.push(suiteCase.id);
  }
  const mutant = /^(.+)\.([A-Z]\d+)\.(\d{1,15})$/.exec(id);
  if (mutant === null) {
    const advice = didYouMean(id, ids) || ' Ids are in the manifest: goheapsim feed suite -o DIR';
    throw new UsageError(`${command}: there is no dump "${id}".${advice}`);
  }
  const [, name = '', op = '', index = ''] = mutant;
  const operation = operationOf(op);
  if (operation === undefined) {
    throw new UsageError(
      `${command}: ${id}: there is no operation ${op}: see feed mutate --operations`,
    );
  }
  const base = baseOf(command, name, baseFile);
  const place = Number(index);
  const made = place < operation.count(base.base) ? mutantOf(base.base, op, place) : undefined;
  if (made === undefined) {
    throw new UsageError(`${command}: ${id}: ${op} has no mutant ${index} of this base`);
  }
  return itemOfMutant(base, made);
}

function baseOf(command: string, name: string, baseFile: string | undefined): NamedBase {
  const ofSuite = suiteBase(name);
  if (ofSuite !== undefined) return ofSuite;
  if (baseFile === undefined) {
    throw new UsageError(
      `${command}: ${name} is no case of the suite: name the dump with --base FILE`,
    );
  }
  const base = readBase(baseFile);
  if (base.name.slice(-8) === name.slice(-8)) return { ...base, name };
  throw new UsageError(
    `${command}: ${baseFile} is not the dump that ${name} was made of: the digits at its end would be ${base.name.slice(-8)}`,
  );
}
