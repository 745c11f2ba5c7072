/** The step, the selection and the view in the page's address: #step=41&addr=0xc000012108&view=map */
import { effect } from '@preact/signals';
import { hex } from '../../format.ts';
import type { Explorer } from './explorer.ts';
import type { Session } from './session.ts';

function readHash(explorer: Explorer): void {
  const values = new URLSearchParams(location.hash.slice(1));
  const step = values.get('step');
  if (step !== null && /^\d{1,15}$/.test(step)) explorer.go(Number(step));
  const address = values.get('addr');
  if (address !== null && /^0x[0-9a-f]{1,13}$/i.test(address)) explorer.select(Number(address));
  const view = values.get('view');
  if (view !== null) explorer.view.value = view;
}

export function hashOf(explorer: Explorer): string {
  const { step, selected, view } = explorer;
  const parts = [`step=${step.value}`];
  if (selected.value !== undefined) parts.push(`addr=${hex(selected.value)}`);
  if (view.value !== 'map') parts.push(`view=${view.value}`);
  return `#${parts.join('&')}`;
}

/** Browsers refuse more than some hundred changes of the address in half a minute. */
const delay = 250;

/** Follows the address, and keeps it that of what is shown. */
export function followHash({ shown }: Session): void {
  let isRead = false;
  addEventListener('hashchange', () => {
    const explorer = shown.peek();
    if (explorer !== undefined && location.hash !== hashOf(explorer)) readHash(explorer);
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    const explorer = shown.value;
    if (explorer === undefined) return;
    if (!isRead) readHash(explorer);
    isRead = true;
    const hash = hashOf(explorer);
    clearTimeout(timer);
    timer = setTimeout(() => history.replaceState(null, '', hash), delay);
  });
}
