/** Finds a dump by its id: a case of the suite, or a mutant `<base>.<operation>.<number>`. */
import { operationOf } from '../../dump/feed/catalogue.ts';
import { mutantOf } from '../../dump/feed/stream.ts';
import { didYouMean } from '../suggest.ts';
import { UsageError } from '../usage-error.ts';
import {
  digestOfBase,
  type FeedItem,
  itemOfCase,
  itemOfMutant,
  type NamedBase,
  suiteBase,
  withPartner,
} from './cases.ts';
import { namedBase } from './options.ts';
import { suiteCases } from './suite/index.ts';

/** Dumps of the user's that a mutant may be of: files, or cases of the suite. */
export interface GivenDumps {
  readonly bases?: readonly string[] | undefined;
  /** What splices go on as. */
  readonly partners?: readonly string[] | undefined;
}

/**
 * @param given the dump that a mutant is of, unless that is a case of the suite, and the one that it goes on as
 * @throws {UsageError} when there is none, or the file is another dump
 */
export function itemById(command: string, id: string, given: GivenDumps = {}): FeedItem {
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
  const [, names = '', op = '', index = ''] = mutant;
  const [name = '', partner] = names.split(/\.with-(?=[0-9a-f]{8}$)/);
  const operation = operationOf(op);
  if (operation === undefined) {
    throw new UsageError(
      `${command}: ${id}: there is no operation ${op}: see feed mutate --operations`,
    );
  }
  const own = baseOf(command, name, given.bases ?? []);
  const base =
    partner === undefined ? own : withPartner(own, partnerOf(command, id, partner, given));
  const place = Number(index);
  const made = place < operation.count(base.base) ? mutantOf(base.base, op, place) : undefined;
  if (made === undefined) {
    throw new UsageError(`${command}: ${id}: ${op} has no mutant ${index} of this base`);
  }
  return itemOfMutant(base, made);
}

function baseOf(command: string, name: string, files: readonly string[]): NamedBase {
  const ofSuite = suiteBase(name);
  if (ofSuite !== undefined) return ofSuite;
  const digits: string[] = [];
  for (const file of files) {
    const base = namedBase(file);
    if (!base.origin.startsWith('sha256:')) continue;
    if (base.name.slice(-8) === name.slice(-8)) return { ...base, name };
    digits.push(base.name.slice(-8));
  }
  if (digits.length === 0) {
    throw new UsageError(
      `${command}: ${name} is no case of the suite: name the dump with --base FILE`,
    );
  }
  throw new UsageError(
    `${command}: ${files.join(', ')} is not the dump that ${name} was made of: the digits at its end would be ${digits.join(' or ')}`,
  );
}

function partnerOf(
  command: string,
  id: string,
  digits: string,
  { bases = [], partners = [] }: GivenDumps,
): NamedBase {
  for (const file of [...partners, ...bases]) {
    const base = namedBase(file);
    if (digestOfBase(base).startsWith(digits)) return base;
  }
  throw new UsageError(
    `${command}: ${id} goes on as another dump, whose SHA-256 begins with ${digits}: name it with ${command === 'feed run' ? '--base' : '--with'} FILE`,
  );
}
