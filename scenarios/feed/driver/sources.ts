/** Which dumps the options of the command line ask for. */
import { UsageError } from '../../usage-error.ts';
import { type FeedItem, type NamedBase, withPartner } from '../cases.ts';
import { itemById } from '../item-by-id.ts';
import { namedBase } from '../options.ts';
import { limitsOf, type SuiteCase } from '../suite/case.ts';
import { suiteCases } from '../suite/index.ts';
import { baseCaseId } from '../suite/kinds.ts';
import { type CaseSource, type FeedDump, readManifest } from './cases.ts';
import { havocSource, mutantSource } from './mutants.ts';

/** Options that decide which dumps are run. */
export interface SourceOptions {
  readonly cases?: string | undefined;
  readonly mutants?: boolean | undefined;
  readonly havoc?: boolean | undefined;
  readonly base?: readonly string[] | undefined;
  readonly op?: readonly string[] | undefined;
  readonly seed: string;
  readonly count?: number | undefined;
  readonly from?: number | undefined;
  readonly shard?: string | undefined;
  readonly only?: readonly string[] | undefined;
  readonly large?: boolean | undefined;
}

const defaultMutants = 1000;

/** @throws {UsageError} when the options contradict each other, or there is nothing to run */
export function caseSource(options: SourceOptions): CaseSource {
  const { mutants = false, havoc = false, cases, only } = options;
  if (mutants && havoc) throw new UsageError('feed run: --mutants or --havoc, not both');
  if (havoc && options.op !== undefined) throw new UsageError('feed run: --op needs --mutants');
  if (only !== undefined) return shardOf(onlyThese(only, options), options);
  if (!mutants && !havoc) {
    for (const name of ['base', 'op', 'count', 'from'] as const) {
      if (name === 'base' && cases !== undefined) continue;
      if (options[name] !== undefined) throw new UsageError(`feed run: --${name} needs --mutants`);
    }
  } else if (cases !== undefined) {
    throw new UsageError(
      'feed run: --cases are dumps as they are; mutants are made of --base FILE',
    );
  }
  let source: CaseSource;
  if (mutants)
    source = mutantSource(basesOf(options), options.seed, lastMutant(options), options.op);
  else if (havoc) source = havocSource(basesOf(options), options.seed, lastMutant(options));
  else source = cases === undefined ? suiteSource(options.large === true) : folderSource(options);
  return shardOf(source, options);
}

function lastMutant({ count = defaultMutants, from = 0 }: SourceOptions): number {
  return from + count;
}

/** With several each is spliced with the next. */
function basesOf({ base = [baseCaseId] }: SourceOptions): NamedBase[] {
  const bases = base.map(namedBase);
  if (bases.length === 1) return bases;
  return bases.map((one, at) => withPartner(one, bases[(at + 1) % bases.length]!));
}

/** The dumps of a folder; `--base` names the dump that its mutants are of, where they have no files. */
function folderSource({ cases = '', base, large = false }: SourceOptions): CaseSource {
  let suite: ReadonlyMap<string, SuiteCase> | undefined;
  const ofSuite = (id: string): SuiteCase | undefined => {
    suite ??= new Map([...suiteCases()].map((suiteCase) => [suiteCase.id, suiteCase]));
    return suite.get(id);
  };
  const maker = {
    isLarge: (id: string) => ofSuite(id)?.large === true,
    make: (id: string) => ofSuite(id)?.content ?? itemById('feed run', id, { bases: base }).content,
  };
  return readManifest(cases, maker, large);
}

/** The cases of the suite; those that are made while they are written only if asked for. */
function suiteSource(withLarge: boolean): CaseSource {
  const cases: SuiteCase[] = [];
  for (const suiteCase of suiteCases()) if (withLarge || !suiteCase.large) cases.push(suiteCase);
  return {
    description: `the suite of ${cases.length} dumps`,
    count: cases.length,
    at: (index) => dumpOfSuite(cases[index]!),
  };
}

function dumpOfSuite({ id, verdict, recipe, base, content, known, facts }: SuiteCase): FeedDump {
  const length = known?.bytes ?? content.length;
  return {
    id,
    verdict,
    recipe,
    base,
    facts,
    limits: limitsOf(length),
    content: { length, bytes: () => content.bytes(), chunks: () => content.chunks() },
  };
}

/** The dumps of a folder, of the suite, or any mutants, that have these ids. */
function onlyThese(texts: readonly string[], options: SourceOptions): CaseSource {
  const { cases, base } = options;
  const ids = [...new Set(texts.flatMap((text) => text.split(',')).filter((id) => id !== ''))];
  const dumps =
    cases === undefined
      ? ids.map((id) => dumpOfItem(itemById('feed run', id, { bases: base })))
      : [];
  const folder = cases === undefined ? undefined : folderSource({ ...options, large: true });
  for (const id of folder === undefined ? [] : ids) dumps.push(findDump(folder!, id));
  return {
    description: `${folder === undefined ? 'dumps by id' : folder.description}: ${ids.join(', ')}`,
    count: dumps.length,
    at: (index) => dumps[index]!,
  };
}

function findDump(source: CaseSource, id: string): FeedDump {
  for (let index = 0; index < source.count; index++) {
    const dump = source.at(index);
    if (dump?.id === id) return dump;
  }
  throw new UsageError(`feed run: --only: there is no dump ${id} in ${source.description}`);
}

function dumpOfItem({ id, content, line }: FeedItem): FeedDump {
  const about = line();
  const { recipe, base, facts, limits } = about;
  return { id, verdict: about, recipe, base, facts: () => facts, limits, content };
}

/** Shard k of n takes each n-th dump, from the k-th on; `from` leaves out those before it. */
function shardOf(source: CaseSource, { shard, from = 0 }: SourceOptions): CaseSource {
  if (shard === undefined && from === 0) return source;
  const [, k = '', n = ''] = /^(\d+)\/(\d+)$/.exec(shard ?? '1/1') ?? [];
  const [part, parts] = [Number(k), Number(n)];
  if (!(part >= 1 && part <= parts)) {
    throw new UsageError(`feed run: --shard: want k/n, with k from 1 to n, got "${shard}"`);
  }
  const first = from + part - 1;
  const count = Math.max(0, Math.ceil((source.count - first) / parts));
  return {
    description: `${source.description}, from ${from}, shard ${part}/${parts}`,
    count,
    at: (index) => source.at(first + index * parts),
  };
}
