/** Package strconv: numbers as strings. @go strconv/itoa.go */
import { mallocgc } from '../../sim/malloc.ts';
import { hex } from './hex.ts';
import type { Machine } from './machine.ts';
import type { GoString } from './types.ts';

export interface StrconvPackage {
  /** `strconv.Itoa(n)`: a new string, but for 0 to 99, which are parts of constants. */
  itoa(n: number): GoString;
}

const digits = '0123456789abcdefghijklmnopqrstuvwxyz';
const nSmalls = 100;
const smallsString = Array.from({ length: nSmalls }, (_, i) => String(i).padStart(2, '0')).join('');

export function strconvPackage(m: Machine): StrconvPackage {
  const { world } = m;
  const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
  const constant = (text: string): number => world.firstmoduledata.stringLiteral(bytesOf(text));
  return {
    itoa(n) {
      m.at('strconv.Itoa');
      if (0 <= n && n < 10) return { str: constant(digits) + n, len: 1 };
      if (0 <= n && n < nSmalls) return { str: constant(smallsString) + 2 * n, len: 2 };
      const text = bytesOf(String(n));
      const str = mallocgc(world, text.length, null, false);
      world.memory.write(str, text);
      world.gc.hold(str);
      m.trace?.({ op: 'itoa', g: m.g.goid, len: text.length, addr: hex(str) });
      return { str, len: text.length };
    },
  };
}
