/** Names replaced by others of the same length, the same ones alike. */

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_';
const rest = `${letters}0123456789`;

function isWordByte(byte: number): boolean {
  return byte >= 0x80 || rest.includes(String.fromCharCode(byte));
}

const isDigits = (word: string) => /^[0-9]+$/.test(word);

/** Bytes as a string, one character each. */
function latin(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

/**
 * Renames the words of texts: what is between dots, slashes, brackets and the like. A word becomes another of as many bytes,
 * in all texts the same; numbers and the marks between the words stay.
 */
export class NameScrubber {
  /** Words that were replaced. */
  words = 0;
  /** Words whose replacement stands for another word too, since there are no more of that length. */
  ambiguous = 0;
  readonly #replacements = new Map<string, string>();
  readonly #used: number[] = [];

  /** Replaces the words of a text in place. */
  scrub(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length; ) {
      let to = from;
      while (to < bytes.length && isWordByte(bytes[to]!)) to++;
      if (to > from) this.#word(bytes.subarray(from, to));
      from = Math.max(to, from + 1);
    }
  }

  #word(bytes: Uint8Array): void {
    const word = latin(bytes);
    if (isDigits(word)) return;
    let replacement = this.#replacements.get(word);
    if (replacement === undefined) {
      replacement = this.#fresh(word.length);
      this.#replacements.set(word, replacement);
    }
    for (let i = 0; i < bytes.length; i++) bytes[i] = replacement.charCodeAt(i);
  }

  /** The next name of a length: aaa, baa, caa, … */
  #fresh(length: number): string {
    let number = this.#used[length] ?? 0;
    this.#used[length] = number + 1;
    this.words++;
    let name = letters[number % letters.length]!;
    number = Math.floor(number / letters.length);
    while (name.length < length) {
      name += rest[number % rest.length]!;
      number = Math.floor(number / rest.length);
    }
    if (number > 0) this.ambiguous++;
    return name;
  }
}
