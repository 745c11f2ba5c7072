/** The tokens of the format as libFuzzer and AFL++ take them. */
import { uvarint } from '../../../dump/feed/encoder.ts';
import { dumpHeaders, recordTable } from '../../../dump/index.ts';

const numbers: readonly (readonly [string, bigint])[] = [
  ['127', 127n],
  ['128', 128n],
  ['16384', 16384n],
  ['2p31', 2n ** 31n],
  ['2p32', 2n ** 32n],
  ['2p33', 2n ** 33n],
  ['2p40', 2n ** 40n],
  ['2p53', 2n ** 53n],
  ['2p63', 2n ** 63n],
  ['2p64_less_8', 2n ** 64n - 8n],
  ['2p64_less_1', 2n ** 64n - 1n],
];

function entry(name: string, bytes: ArrayLike<number>): string {
  const hex = Array.from(bytes, (byte) => `\\x${byte.toString(16).padStart(2, '0')}`);
  return `${name}="${hex.join('')}"`;
}

/** The text of a `.dict` file. */
export function dictionary(): string {
  const text = new TextEncoder();
  const lines = ['# Tokens of the format "go1.7 heap dump"'];
  dumpHeaders.forEach((header, i) => {
    lines.push(entry(`header_1_${4 + i}`, text.encode(header)));
  });
  for (const { tag, kind } of recordTable) lines.push(entry(`tag_${kind}`, [tag]));
  for (const [name, value] of numbers) lines.push(entry(`uvarint_${name}`, uvarint(value)));
  lines.push(entry('uvarint_overlong_zero', [0x80, 0x80, 0x00]));
  lines.push(entry('uvarint_65_bits', [...Array(9).fill(0xff), 0x02]));
  lines.push(entry('field_list_empty', [0]));
  lines.push(entry('field_list_one_pointer', [1, 0, 0]));
  lines.push(entry('field_list_kinds_2_3', [2, 0, 3, 8, 0]));
  for (const name of ['amd64', '386', 's390x', 'go1.22.12', 'runtime.goexit', '(0x0)', '?']) {
    const bytes = text.encode(name);
    lines.push(entry(`string_${name.replace(/\W/g, '_')}`, [bytes.length, ...bytes]));
  }
  return `${lines.join('\n')}\n`;
}
