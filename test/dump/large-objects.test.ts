/** Dumps and objects larger than 4 GiB: the input is made as it is read, so that neither disk nor memory holds it. */
import { expect, test } from 'vitest';
import { visitDump } from '../../dump/index.ts';
import { uvarint } from './encoder.ts';

const GiB = 2 ** 30;
const piece = new Uint8Array(2 ** 26);

function* dumpWith(size: number, address: number, pointer: number): Generator<Uint8Array> {
  yield new TextEncoder().encode('go1.7 heap dump\n');
  yield Uint8Array.from([1, ...uvarint(address), ...uvarint(size)]);
  for (let left = size; left > 0; left -= piece.length) {
    yield left < piece.length ? piece.subarray(0, left) : piece;
  }
  yield Uint8Array.from([1, ...uvarint(pointer), 0]);
  yield Uint8Array.from([1, ...uvarint(address + size), 2, 7, 7, 0, 0]);
}

test.each([4 * GiB - 1, 4 * GiB, 5 * GiB + 3])('an object of %d bytes is read', (size) => {
  const address = 0xc000000000;
  const pointer = size - 11;
  let handedOut = 0;
  const objects: object[] = [];
  visitDump(
    dumpWith(size, address, pointer),
    {
      contents(bytes, at) {
        expect(at).toBe(handedOut);
        handedOut += bytes.length;
      },
      object({ address: at, size: bytes, omitted, offset, pointers, pointerCount }) {
        objects.push({ at, bytes, omitted, offset, to: [...pointers.subarray(0, pointerCount)] });
      },
    },
    { maxContents: 1 << 16 },
  );
  expect(handedOut).toBe(size);
  const head = 1 + uvarint(address).length + uvarint(size).length;
  const tail = 1 + uvarint(pointer).length + 1;
  expect(objects).toEqual([
    { at: address, bytes: size, omitted: true, offset: 16, to: [pointer] },
    { at: address + size, bytes: 2, omitted: false, offset: 16 + head + size + tail, to: [] },
  ]);
});
