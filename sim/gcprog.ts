/**
 * Unrolls the GC program at `prog[at]` into `dst`, one bit a word; gives the number of bits.
 *
 * Instructions: 0 ends; n (1 to 127) emits the n bits that follow in ceil(n/8) bytes; 128+n c
 * repeats the last n bits c times, where n = 0 means that n follows as a varint.
 *
 * @go runtime/mbitmap.go runGCProg
 */
export function runGCProg(prog: Uint8Array, at: number, dst: Uint8Array): number {
  let p = at;
  let n = 0;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const x = prog[p++]!;
      value += (x & 0x7f) * scale;
      if ((x & 0x80) === 0) return value;
    }
  };
  const emit = (bit: number): void => {
    if (bit !== 0) dst[n >>> 3]! |= 1 << (n & 7);
    n++;
  };
  for (;;) {
    const inst = prog[p++]!;
    let count = inst & 0x7f;
    if ((inst & 0x80) === 0) {
      if (count === 0) return n;
      for (let i = 0; i < count; i++) emit((prog[p + (i >>> 3)]! >>> (i & 7)) & 1);
      p += (count + 7) >>> 3;
      continue;
    }
    if (count === 0) count = varint();
    const total = varint() * count;
    for (let i = 0; i < total; i++) {
      const from = n - count;
      emit((dst[from >>> 3]! >>> (from & 7)) & 1);
    }
  }
}
