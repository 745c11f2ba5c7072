/** Which dumps the options of the command line ask for. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { systemFailure, UsageError } from '../../usage-error.ts';
import { limitsOf, type SuiteCase } from '../suite/case.ts';
import { suiteCases } from '../suite/index.ts';
import { type CaseSource, type FeedDump, readManifest, selection } from './cases.ts';
import { havocSource, mutantSource, type NamedBase } from './mutants.ts';

/** Options that decide which dumps are run. */
export interface SourceOptions {
  readonly cases?: string | undefined;
  readonly mutants?: boolean | undefined;
  readonly havoc?: boolean | undefined;
  readonly base?: readonly string[] | undefined;
  readonly seed: string;
  readonly count?: number | undefined;
  readonly from?: number | undefined;
  readonly shard?: string | undefined;
  readonly only?: readonly string[] | undefined;
  readonly large?: boolean | undefined;
}

const defaultMutants = 1000;
/** The case of the suite that mutants are of, if no other base is named: all kinds of records, 8-byte pointers. */
const defaultBase = 'all-kinds-le8';

/** @throws {UsageError} when the options contradict each other, or there is nothing to run */
export function caseSource(options: SourceOptions): CaseSource {
  const { mutants = false, havoc = false, cases, only } = options;
  if (mutants && havoc) throw new UsageError('feed run: --mutants or --havoc, not both');
  if (!mutants && !havoc) {
    for (const name of ['base', 'count', 'from'] as const) {
      if (options[name] !== undefined) throw new UsageError(`feed run: --${name} needs --mutants`);
    }
  } else if (cases !== undefined) {
    throw new UsageError(
      'feed run: --cases are dumps as they are; mutants are made of --base FILE',
    );
  }
  let source: CaseSource;
  if (mutants) source = mutantSource(basesOf(options), options.seed, lastMutant(options));
  else if (havoc) source = havocSource(basesOf(options), options.seed, lastMutant(options));
  else source = cases === undefined ? suiteSource(options.large === true) : readManifest(cases);
  if (only !== undefined) source = onlyThese(source, only);
  return shardOf(source, options);
}

function lastMutant({ count = defaultMutants, from = 0 }: SourceOptions): number {
  return from + count;
}

function basesOf({ base }: SourceOptions): NamedBase[] {
  if (base !== undefined) return base.map(readBase);
  for (const suiteCase of suiteCases()) {
    if (suiteCase.id === defaultBase) return [namedBase(defaultBase, suiteCase.content.bytes())];
  }
  throw new UsageError('feed run: --mutants: name a dump to start from: --base FILE');
}

function namedBase(name: string, bytes: Uint8Array): NamedBase {
  return { name, bytes, digest: createHash('sha256').update(bytes).digest('hex') };
}

function readBase(path: string): NamedBase {
  const name = basename(path)
    .replace(/\.dump$/, '')
    .replace(/[^A-Za-z0-9_-]/g, '_');
  try {
    return namedBase(name.slice(0, 60) || 'base', readFileSync(path));
  } catch (error) {
    throw systemFailure('read', path, error);
  }
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

/** The dumps with these ids. */
function onlyThese(source: CaseSource, texts: readonly string[]): CaseSource {
  const wanted = new Set(texts.flatMap((text) => text.split(',')).filter((id) => id !== ''));
  const indices: number[] = [];
  const missing = new Set(wanted);
  for (let index = 0; index < source.count && missing.size > 0; index++) {
    if (missing.delete(source.at(index).id)) indices.push(index);
  }
  const [first] = missing;
  if (first !== undefined)
    throw new UsageError(`feed run: --only: there is no dump ${first} in ${source.description}`);
  return selection(source, indices, `only ${[...wanted].join(', ')}`);
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
