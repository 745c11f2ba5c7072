/** Mutants by number, for as many as there should be: of small dumps of every machine, and some of real ones. */
import { feedBase, MutantStream } from '../../dump/index.ts';
import { suiteBase } from '../../scenarios/feed/cases.ts';
import { golden } from '../goldens/goldens.ts';

interface HostileDump {
  readonly id: string;
  readonly bytes: Uint8Array;
  readonly base: Uint8Array;
}

const small = ['all-kinds-le8', 'all-kinds-be8', 'all-kinds-le4', 'all-kinds-be4'];
const real = ['linked-list.amd64.4', 'deep-stacks.s390x.3', 'finalizers.386.3'];
/** Every so many is of a real dump, which takes some hundred times as long. */
const realEvery = 5000;

export class HostileMutants {
  readonly #streams: {
    readonly name: string;
    readonly base: Uint8Array;
    readonly stream: MutantStream;
  }[];

  constructor(seed: string) {
    const bases = [
      ...small.map((name) => [name, suiteBase(name)!.base] as const),
      ...real.map((name) => [name, feedBase(golden(name).dump)] as const),
    ];
    this.#streams = bases.map(([name, base]) => ({
      name,
      base: base.bytes,
      stream: new MutantStream(base, seed),
    }));
  }

  /** Number `index` of them. */
  at(index: number): HostileDump {
    const isReal = index % realEvery === realEvery - 1;
    const turn = isReal ? Math.floor(index / realEvery) : index;
    const which = isReal ? small.length + (turn % real.length) : turn % small.length;
    const { name, base, stream } = this.#streams[which]!;
    const mutant = stream.at(Math.floor(turn / (isReal ? real.length : small.length)))!;
    return { id: `${name}.${mutant.op}.${mutant.index}`, bytes: mutant.content.bytes(), base };
  }
}
