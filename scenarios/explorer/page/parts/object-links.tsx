/** What an object points to, what points to it, what would die with it. */
import { count, counted, percent } from '../../../format.ts';
import type { ObjectAnswer, Some } from '../../contents/questions.ts';
import type { Explorer } from '../explorer.ts';
import { AddressLink } from './address-link.tsx';
import { DataTable } from './data-table.tsx';
import { fieldNameAt } from './object-fields.tsx';

interface Props {
  readonly explorer: Explorer;
  readonly object: ObjectAnswer;
}

function More({ of }: { of: Some<unknown> }) {
  const left = of.count - of.rows.length;
  return left > 0 ? <p class="more">and {count(left)} more</p> : null;
}

export function Pointers({ explorer, object }: Props) {
  const { pointers, why } = object;
  const { address } = why.object;
  if (pointers.count === 0) return null;
  return (
    <section class="object-part">
      <h3>Points to</h3>
      <DataTable
        id="pointers"
        caption={`Pointers of the object: ${count(pointers.count)}`}
        rows={pointers.rows}
        keyOf={({ offset }) => offset}
        columns={[
          { title: 'field', cell: ({ offset }) => fieldNameAt(explorer, address, offset) },
          {
            title: 'address',
            cell: ({ value }) =>
              value === 0 ? 'nil' : <AddressLink explorer={explorer} address={value} />,
          },
          {
            title: 'what',
            cell: ({ value, target }) => {
              if (value === 0) return '';
              if (target === undefined) return 'no object of the heap';
              const inside = value - target.address;
              const type = target.type ?? `${count(target.size)} B`;
              return inside === 0 ? type : `${type}, + ${inside}`;
            },
          },
        ]}
      />
      <More of={pointers} />
    </section>
  );
}

export function Referrers({ explorer, object }: Props) {
  const { referrers, roots } = object;
  if (referrers.count + roots.count === 0) return null;
  return (
    <section class="object-part">
      <h3>Pointed to by</h3>
      {roots.count > 0 && (
        <ul class="roots" aria-label="Roots that point to it">
          {roots.rows.map((text, i) => (
            <li key={`${i} ${text}`}>{text}</li>
          ))}
        </ul>
      )}
      <More of={roots} />
      {referrers.count > 0 && (
        <DataTable
          id="referrers"
          caption={`Objects that point to it: ${count(referrers.count)}`}
          rows={referrers.rows}
          keyOf={({ address }) => address}
          columns={[
            {
              title: 'object',
              cell: ({ address }) => <AddressLink explorer={explorer} address={address} />,
            },
            { title: 'type', cell: ({ type }) => type ?? '' },
            {
              title: 'by',
              cell: ({ address, offsets, pointers }) =>
                offsets.map((offset) => fieldNameAt(explorer, address, offset)).join(', ') +
                (pointers > offsets.length ? `, … ${counted(pointers, 'pointer')}` : ''),
            },
            {
              title: 'bytes',
              isNumber: true,
              cell: ({ size }) => count(size),
              sortBy: ({ size }) => size,
            },
          ]}
        />
      )}
      <More of={referrers} />
    </section>
  );
}

export function Dominated({ explorer, object }: Props) {
  const { dominated, why } = object;
  if (dominated.count === 0) return null;
  return (
    <section class="object-part">
      <h3>Would die with it</h3>
      <DataTable
        id="dominated"
        caption={`Objects that are reached through it alone: ${count(dominated.count)}, and what they hold`}
        rows={dominated.rows}
        keyOf={({ address }) => address}
        columns={[
          {
            title: 'object',
            cell: ({ address }) => <AddressLink explorer={explorer} address={address} />,
          },
          { title: 'type', cell: ({ type }) => type ?? '' },
          {
            title: 'retains',
            isNumber: true,
            cell: ({ retained }) => count(retained),
            sortBy: ({ retained }) => retained,
          },
          {
            title: 'share',
            isNumber: true,
            cell: ({ retained }) => percent(retained, why.retained),
          },
        ]}
      />
      <More of={dominated} />
    </section>
  );
}
