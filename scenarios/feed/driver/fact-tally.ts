/** Which facts a target told in all its runs, so that nobody takes a name that was not compared for one that is right. */
import { factsOfDump } from '../../../dump/feed/facts.ts';
import { count, counted } from '../../format.ts';
import { closest } from '../../suggest.ts';
import { suiteBase } from '../cases.ts';
import { baseCaseId } from '../suite/kinds.ts';
import type { Told } from './judge.ts';

/** As reports have it. */
export interface FactSummary {
  /** Dumps in which each fact was compared. */
  readonly compared: Readonly<Record<string, number>>;
  /** Names that no fact has, and the fact that each was most likely meant to be. */
  readonly unknown: readonly {
    readonly name: string;
    readonly dumps: number;
    readonly near?: string;
  }[];
  /** Dumps for which what it printed was no JSON object. */
  readonly notJson: number;
}

/** More names than these are not kept: they may be addresses. */
const mostNames = 100;

export class FactTally {
  readonly #compared = new Map<string, number>();
  readonly #unknown = new Map<string, number>();
  #notJson = 0;

  add(told: Told): void {
    if (told === 'no JSON') this.#notJson++;
    else {
      for (const name of told.compared) raise(this.#compared, name);
      for (const name of told.unknown) {
        if (this.#unknown.has(name) || this.#unknown.size < mostNames) raise(this.#unknown, name);
      }
    }
  }

  summary(): FactSummary {
    // A fact that some dumps do not have is no unknown one.
    const unknown = [...this.#unknown].filter(([name]) => !this.#compared.has(name));
    return {
      compared: Object.fromEntries(this.#compared),
      unknown: unknown.map(([name, dumps]) => {
        const near = factNear(name);
        return { name, dumps, ...(near !== undefined && { near }) };
      }),
      notJson: this.#notJson,
    };
  }
}

function raise(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

/** The fact beside which the name stands that is most like it: `objects.address` for `objects.addr`. */
function factNear(name: string): string | undefined {
  const group = name.slice(0, name.lastIndexOf('.') + 1);
  const beside = [...factNames()].filter(
    (fact) => fact.startsWith(group) && !fact.slice(group.length).includes('.'),
  );
  const near = closest(
    name.slice(group.length),
    beside.map((fact) => fact.slice(group.length)),
  );
  return near === undefined ? undefined : group + near;
}

/** All names, in groups and lists too, as a dump with every kind of record has them. */
function factNames(): Set<string> {
  const names = new Set<string>();
  const gather = (path: string, value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, inner] of Object.entries(value)) {
      const isEntry = Array.isArray(value);
      const at = isEntry || path === '' ? path || name : `${path}.${name}`;
      if (!isEntry) names.add(at);
      gather(at, inner);
    }
  };
  gather('', factsOfDump(suiteBase(baseCaseId)!.base.bytes));
  return names;
}

/** A line for people. */
export function factWords({ compared, unknown, notJson }: FactSummary): string {
  const names = Object.entries(compared);
  const most = Math.max(0, ...names.map(([, dumps]) => dumps));
  const parts = [
    names.length === 0
      ? 'no facts compared'
      : `facts compared: ${names.map(([name, dumps]) => (dumps === most ? name : `${name} (in ${count(dumps)})`)).join(', ')}, in ${counted(most, 'dump')}`,
  ];
  if (unknown.length > 0) {
    const told = unknown.map(
      ({ name, near }) => name + (near === undefined ? '' : ` (did you mean ${near}?)`),
    );
    parts.push(`names that no fact has: ${told.join(', ')}`);
  }
  if (notJson > 0)
    parts.push(
      `${counted(notJson, 'output')} that ${notJson === 1 ? 'was' : 'were'} no JSON object`,
    );
  return parts.join('; ');
}
