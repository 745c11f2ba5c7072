/** Whether a guess comes to the answer of a lesson's question. */

/** `open`: the answer is more than numbers or yes and no, so that only the reader can tell. */
export type Verdict = 'right' | 'wrong' | 'open';

const units: Readonly<Record<string, number>> = {
  kib: 2 ** 10,
  kb: 2 ** 10,
  k: 2 ** 10,
  mib: 2 ** 20,
  mb: 2 ** 20,
  m: 2 ** 20,
  gib: 2 ** 30,
};
/** What a rounded number may be off by. */
const share = 0.01;

/** Numbers of a text: `4,096 B` and `4 KiB` are the same. */
function numbersIn(text: string): number[] {
  const found = text.matchAll(
    /(?<![\w.])(0x[\da-f]+|\d[\d,_]*(?:\.\d+)?)\s*(kib|mib|gib|kb|mb|k|m)?(?![a-z\d])/gi,
  );
  return [...found].map(
    ([, digits, unit]) =>
      Number(digits!.replace(/[,_]/g, '')) * (units[unit?.toLowerCase() ?? ''] ?? 1),
  );
}

/** `yes`, `no`, `all`, … at the beginning, where the answer is such a word; `0` is as good as none. */
function wordOf(text: string): string | undefined {
  const word = /^\s*(yes|no|none|nothing|all|y|n)\b/i.exec(text)?.[1]?.toLowerCase();
  if (word === 'y') return 'yes';
  return word === 'n' || word === 'none' || word === 'nothing' ? 'no' : word;
}

/** Judges a guess by the numbers of the answer, or by its yes or no. */
export function judgeGuess(guess: string, answer: string): Verdict {
  const word = wordOf(answer);
  if (word !== undefined) {
    const said = numbersIn(guess)[0] === 0 ? 'no' : wordOf(guess);
    return said === undefined ? 'open' : said === word ? 'right' : 'wrong';
  }
  const wanted = numbersIn(answer.replace(/:.*$/s, ''));
  const given = numbersIn(guess);
  if (wanted.length === 0 || given.length === 0) return 'open';
  const isNear = (a: number, b: number): boolean => Math.abs(a - b) <= Math.abs(b) * share;
  return wanted.every((n, i) => given[i] !== undefined && isNear(given[i], n)) ? 'right' : 'wrong';
}

/** What is said of it. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  right: 'Right.',
  wrong: 'Not so.',
  open: 'Compare:',
};
