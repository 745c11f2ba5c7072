/** The bytes of an object, field by field. */
import { count, hex, toHex } from '../../../format.ts';
import type { ObjectAnswer } from '../../contents/questions.ts';
import { type ObjectField, objectFields } from '../../model/object-fields.ts';
import { typeOfSlot } from '../../model/object-words.ts';
import { spanShape } from '../../model/words.ts';
import { fieldNameIn } from '../../type-info.ts';
import type { Explorer } from '../explorer.ts';
import { AddressLink } from './address-link.tsx';
import { DataTable } from './data-table.tsx';

/** The object's bytes as fields, as far as its type is known. */
function fieldsOf(explorer: Explorer, object: ObjectAnswer): ObjectField[] {
  const { arch, info } = explorer;
  const { address, size } = object.why.object;
  const s = explorer.now.value.store.spanAt(address);
  const isSlot = s !== null && s.type === 0;
  const index = isSlot ? Math.floor((address - s.base) / s.elemsize) : 0;
  const isKnown = isSlot && index < s.nelems && info.kind !== 'dump';
  const typ = isKnown && s.requests[index] === 1 ? typeOfSlot(explorer, s, index) : 0;
  const pointers = new Set(object.pointers.rows.map(({ offset }) => offset));
  // A header is no pointer; of a large object in a dump it is not known whether its slot is one of a class.
  const hasHeader = isSlot && !pointers.has(0);
  const header = hasHeader ? spanShape(s, arch.ptrSize, info.allocHeaders).header : 0;
  return objectFields({
    bytes: object.bytes,
    header,
    requested: (isKnown ? s.requested[index]! : 0) || size - header,
    type: typ === 0 ? undefined : info.types.find(({ addr }) => addr === typ),
    pointers,
    ptrSize: arch.ptrSize,
    bigEndian: arch.bigEndian,
  });
}

/** What lies at an offset of an object, by its name; `+8` where there is none. */
export function fieldNameAt(explorer: Explorer, address: number, offset: number): string {
  const { arch, info } = explorer;
  const s = explorer.now.value.store.spanAt(address);
  if (s === null || s.type !== 0 || info.kind === 'dump') return `+${offset}`;
  const index = Math.floor((address - s.base) / s.elemsize);
  const typ = typeOfSlot(explorer, s, index);
  const type = info.types.find(({ addr }) => addr === typ);
  const { header } = spanShape(s, arch.ptrSize, info.allocHeaders);
  const name = fieldNameIn(type, offset - header, s.requested[index] ?? 0);
  return name?.replace(/^\./, '') ?? `+${offset}`;
}

export function ObjectFields({ explorer, object }: { explorer: Explorer; object: ObjectAnswer }) {
  const { address, size } = object.why.object;
  const fields = fieldsOf(explorer, object);
  const isTyped = fields.some(({ type, kind }) => type !== '' || kind === 'unused');
  const told = object.bytes.length;
  const selected = explorer.selected.value;
  const isAt = ({ offset, length }: ObjectField): boolean =>
    selected !== undefined && selected >= address + offset && selected < address + offset + length;
  return (
    <section class="object-part">
      <h3>Bytes</h3>
      <DataTable
        id="object-fields"
        caption={`The ${count(size)} bytes at ${hex(address)}`}
        rows={fields}
        keyOf={({ offset }) => offset}
        isSelected={isAt}
        reveal={selected}
        onSelect={({ offset }) => explorer.select(address + offset)}
        columns={[
          { title: 'at', cell: ({ offset }) => `+${offset}` },
          ...(isTyped
            ? [
                {
                  title: 'field',
                  cell: ({ name, kind }: ObjectField) => (kind === 'unused' ? <i>unused</i> : name),
                },
                { title: 'type', cell: ({ type }: ObjectField) => type },
              ]
            : []),
          {
            title: 'bytes',
            cell: ({ offset, length }) => {
              const digits = toHex(object.bytes.subarray(offset, offset + length));
              return <span class="hexes">{digits.match(/../g)?.join(' ')}</span>;
            },
          },
          {
            title: 'says',
            cell: ({ target, value }) =>
              target === undefined ? value : <AddressLink explorer={explorer} address={target} />,
          },
        ]}
      />
      {told < size && (
        <p class="more">
          the first {count(told)} of {count(size)} bytes
        </p>
      )}
    </section>
  );
}
