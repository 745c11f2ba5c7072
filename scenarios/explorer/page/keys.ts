/** Keys that work wherever no text is typed. */
import { signal } from '@preact/signals';
import type { Explorer } from './explorer.ts';
import { showByKey, turnView } from './middle.ts';
import { findNext } from './search.ts';
import type { Session } from './session.ts';

/** Whether the list of keys is shown. */
export const helpShown = signal(false);

interface Key {
  readonly keys: readonly string[];
  readonly what: string;
  readonly act: (explorer: Explorer) => void;
}

const focus = (id: string): void => {
  const input = document.getElementById(id) as HTMLInputElement | null;
  input?.focus();
  input?.select();
};

/** What is said of the keys and what they do: one list for both. */
export const keys: readonly Key[] = [
  { keys: ['→', 'n'], what: 'next step', act: (e) => e.go(e.step.peek() + 1) },
  { keys: ['←', 'p'], what: 'previous step', act: (e) => e.go(e.step.peek() - 1) },
  { keys: ['Page Down'], what: '100 steps on', act: (e) => e.go(e.step.peek() + 100) },
  { keys: ['Page Up'], what: '100 steps back', act: (e) => e.go(e.step.peek() - 100) },
  { keys: ['Home'], what: 'first step', act: (e) => e.go(0) },
  { keys: ['End'], what: 'last step', act: (e) => e.go(e.last) },
  {
    keys: ['Space'],
    what: 'play, pause',
    act: (e) => {
      e.playing.value = !e.playing.peek();
    },
  },
  { keys: ['a'], what: 'next allocation', act: (e) => void findNext(e, 'allocation') },
  { keys: ['r'], what: 'next refill of an mcache', act: (e) => void findNext(e, 'refill') },
  { keys: ['c'], what: 'next collection', act: (e) => void findNext(e, 'collection') },
  { keys: ['g'], what: 'go to a step by its number', act: () => focus('step') },
  { keys: ['/'], what: 'search', act: () => focus('search') },
  { keys: ['1 … 9', '0'], what: 'one of the first ten views', act: () => undefined },
  { keys: ['v', ']'], what: 'next view', act: (e) => turnView(e, 1) },
  { keys: ['V', '['], what: 'previous view', act: (e) => turnView(e, -1) },
  {
    keys: ['e'],
    what: 'what decides the run: change it and run again',
    act: ({ session: { live } }) => {
      if (live !== undefined) live.open.value = !live.open.peek();
    },
  },
  { keys: ['Esc'], what: 'select nothing', act: (e) => e.select(undefined) },
  {
    keys: ['?'],
    what: 'these keys',
    act: () => {
      helpShown.value = !helpShown.peek();
    },
  },
];

const names: Readonly<Record<string, string>> = {
  ArrowRight: '→',
  ArrowLeft: '←',
  PageDown: 'Page Down',
  PageUp: 'Page Up',
  ' ': 'Space',
  Escape: 'Esc',
};

/** Where keys belong to what has the focus. */
function isTaken(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.matches('input:not([type=range]), textarea, select, [contenteditable=true]')) {
    return true;
  }
  if (key === ' ' && target.matches('button, summary, [role=tab]')) return true;
  // A canvas and a list of tabs move their own cursor by the arrows.
  const own = target.closest('[data-own-keys]');
  return own !== null && (key.startsWith('Arrow') || key === 'Home' || key === 'End');
}

export function followKeys({ shown }: Session): void {
  addEventListener('keydown', (event) => {
    const explorer = shown.peek();
    if (explorer === undefined) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (helpShown.peek() && event.key !== 'Escape' && event.key !== '?') return;
    if (isTaken(event.target, event.key)) return;
    if (/^\d$/.test(event.key)) {
      showByKey(explorer, event.key);
      return;
    }
    if (event.key === 'Escape' && helpShown.peek()) {
      helpShown.value = false;
      return;
    }
    const key = keys.find((k) => k.keys.includes(names[event.key] ?? event.key));
    if (key === undefined) return;
    event.preventDefault();
    key.act(explorer);
  });
}
