/** An address that selects what lies there. */
import { hex } from '../../../format.ts';
import type { Explorer } from '../explorer.ts';

export function AddressLink({ explorer, address }: { explorer: Explorer; address: number }) {
  return (
    <button type="button" class="link mono" onClick={() => explorer.select(address)}>
      {hex(address)}
    </button>
  );
}
