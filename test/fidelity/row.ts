/** A row of the table that says how far real Go agrees. */
import type { GoArch } from '../../sim/arch.ts';

export interface Agreement {
  readonly compared: number;
  readonly agreeing: number;
}

export interface FidelityRow {
  readonly section: 'boot' | 'goldens' | 'twins' | 'replay';
  readonly program: string;
  /** What the summary calls rows of this kind; the section unless given. */
  readonly group?: string;
  /** GOARCH and experiment. */
  readonly target: string;
  /** What was compared, by name. */
  readonly parts: Readonly<Record<string, Agreement>>;
  /** The first difference, '' where all agrees. */
  readonly difference: string;
  /** What a reader must know besides. */
  readonly note?: string;
  /** Why nothing could be compared. */
  readonly refused?: string;
}

/** The same things of the model and of real Go, in order. */
interface Lists {
  readonly model: readonly unknown[];
  readonly real: readonly unknown[];
}

/** Agreement in all parts. */
export function total({ parts }: FidelityRow): Agreement {
  let [compared, agreeing] = [0, 0];
  for (const part of Object.values(parts)) {
    compared += part.compared;
    agreeing += part.agreeing;
  }
  return { compared, agreeing };
}

/** Lays lists side by side, place by place. */
export function compareLists(
  lists: Iterable<readonly [name: string, Lists]>,
): Pick<FidelityRow, 'parts' | 'difference'> {
  const parts: Record<string, Agreement> = {};
  let difference = '';
  for (const [name, { model, real }] of lists) {
    const before = parts[name] ?? { compared: 0, agreeing: 0 };
    const texts = [model, real].map((list) => list.map((item) => JSON.stringify(item)));
    const [ours, theirs] = texts as [string[], string[]];
    const longest = ours.length > theirs.length ? ours : theirs;
    const first = longest.findIndex((_, i) => ours[i] !== theirs[i]);
    if (first >= 0 && difference === '') {
      difference = `${name}: ${theirs[first] ?? 'nothing'}, model ${ours[first] ?? 'nothing'}`;
    }
    const same = theirs.filter((text, i) => text === ours[i]).length;
    parts[name] = {
      compared: before.compared + longest.length,
      agreeing: before.agreeing + same,
    };
  }
  return { parts, difference };
}

export const targetName = (goarch: GoArch, allocHeaders: boolean): string =>
  allocHeaders ? goarch : `${goarch} noallocheaders`;

export const tableHead = [
  '| program | target | compared | agreeing | first difference |',
  '| --- | --- | ---: | ---: | --- |',
];

/** The row in Markdown. */
export function rowLine(row: FidelityRow): string {
  const { section, program, target, difference, note, refused } = row;
  const { compared, agreeing } = total(row);
  const number = (n: number) => n.toLocaleString('en-US');
  const all = compared === agreeing;
  const figures =
    refused === undefined
      ? `${number(compared)} | ${all ? number(agreeing) : `**${number(agreeing)}**`}`
      : '- | -';
  const words = [difference, note ?? '', refused ?? ''].filter((text) => text !== '').join('; ');
  return `| ${section}: ${program} | ${target} | ${figures} | ${words.replaceAll('|', '\\|')} |`;
}

/** Rows of one kind and target in one: how many programs agree in everything. */
export function summaryLines(rows: readonly FidelityRow[]): string[] {
  const sums = new Map<string, { programs: number; agree: number; compared: number }>();
  for (const row of rows) {
    if (row.refused !== undefined) continue;
    const { compared, agreeing } = total(row);
    const key = `${row.group ?? row.section} | ${row.target}`;
    const sum = sums.get(key) ?? { programs: 0, agree: 0, compared: 0 };
    sum.programs++;
    sum.compared += compared;
    if (compared === agreeing) sum.agree++;
    sums.set(key, sum);
  }
  const lines = [...sums].map(([key, { programs, agree, compared }]) => {
    const all = agree === programs ? `${agree}` : `**${agree}**`;
    return `| ${key} | ${programs} | ${all} | ${compared.toLocaleString('en-US')} |`;
  });
  const head = '| what | target | programs | agree in everything | values compared |';
  return [head, '| --- | --- | ---: | ---: | ---: |', ...lines];
}
