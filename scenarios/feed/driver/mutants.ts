/** Mutants as cases: structural ones, of the catalogue, and for comparison such as know nothing of the format. */
import seedrandom from 'seedrandom';
import { type Content, MadeContent } from '../../../dump/feed/content.ts';
import { factsOfDump } from '../../../dump/feed/facts.ts';
import type { Verdict } from '../../../dump/feed/verdict.ts';
import { type NamedBase, namedMutant } from '../cases.ts';
import { checkOperations, streamOf } from '../options.ts';
import { limitsOf } from '../suite/case.ts';
import type { CaseSource, FeedDump } from './cases.ts';

function described(kind: string, bases: readonly NamedBase[], seed: string): string {
  const names = bases.map(({ name, origin }) =>
    origin === name ? name : `${name} (${origin.slice(0, 19)}…)`,
  );
  return `${kind} of ${names.join(', ')}, seed ${seed}`;
}

/**
 * The first `count` mutants of a stream; with several bases they take turns. Of some operations there may be fewer.
 *
 * @throws {UsageError} when there are none
 */
export function mutantSource(
  bases: readonly NamedBase[],
  seed: string,
  count: number,
  op?: readonly string[],
): CaseSource {
  checkOperations('feed run', op);
  const streams = bases.map((base) => streamOf('feed run', base, seed, op));
  const longest = Math.max(...streams.map(({ length }) => length));
  return {
    description: described(op === undefined ? 'mutants' : `mutants (${op.join(' ')})`, bases, seed),
    count: Math.min(count, longest * bases.length),
    at(index) {
      const named = bases[index % bases.length]!;
      const mutant = streams[index % bases.length]!.at(Math.floor(index / bases.length));
      if (mutant === undefined) return undefined;
      const { verdict, content } = mutant;
      return {
        ...namedMutant(named, mutant),
        verdict,
        base: named.name,
        facts: () => factsIfAny(content),
        limits: limitsOf(Math.max(named.base.bytes.length, content.length)),
        content,
      };
    },
  };
}

function factsIfAny(content: Content): ReturnType<FeedDump['facts']> {
  try {
    return factsOfDump(() => content.chunks());
  } catch {
    return undefined;
  }
}

/** Nobody can say what a reader must answer; only how it must not end. */
const havocVerdict: Verdict = {
  expect: 'may',
  layer: 'wire',
  flags: ['havoc'],
  features: [],
  importance: 'medium',
  reason: 'bytes changed at random',
  specRef: 'no crash, no hang, bounded memory',
  bugType: 'havoc',
};

/** Byte by byte mutants, as fuzzers make them that do not know the format: the yardstick for those that do. */
export function havocSource(bases: readonly NamedBase[], seed: string, count: number): CaseSource {
  return {
    description: described('byte havoc', bases, seed),
    count,
    at(index) {
      const { name, base } = bases[index % bases.length]!;
      const content = new MadeContent(() => [havoc(base.bytes, `${seed}/${name}/${index}`)]);
      return {
        id: `${name}.havoc.${index}`,
        verdict: havocVerdict,
        recipe: [{ op: 'havoc', detail: { seed, index } }],
        base: name,
        facts: () => undefined,
        limits: limitsOf(base.bytes.length),
        content,
      };
    },
  };
}

const interesting = [0x00, 0x01, 0x7f, 0x80, 0xff, 0x10, 0x20, 0x40];

/** Some of AFL's havoc: bits, bytes, small sums, blocks left out, doubled and overwritten; one to eight of them. */
function havoc(base: Uint8Array, seed: string): Uint8Array {
  const random = seedrandom(seed);
  const below = (n: number): number => Math.floor(random() * n);
  let bytes = Buffer.from(base);
  for (let steps = 1 << below(4); steps > 0; steps--) {
    const at = below(bytes.length);
    const length = 1 + below(Math.min(64, bytes.length - at));
    const other = below(bytes.length - length + 1);
    switch (below(7)) {
      case 0:
        bytes[at]! ^= 1 << below(8);
        break;
      case 1:
        bytes[at] = interesting[below(interesting.length)]!;
        break;
      case 2:
        bytes[at] = below(256);
        break;
      case 3:
        bytes[at] = bytes[at]! + below(71) - 35;
        break;
      case 4:
        if (bytes.length > length)
          bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
        break;
      case 5:
        bytes = Buffer.concat([
          bytes.subarray(0, at),
          bytes.subarray(other, other + length),
          bytes.subarray(at),
        ]);
        break;
      default:
        bytes.copyWithin(at, other, other + length);
    }
  }
  return bytes;
}
