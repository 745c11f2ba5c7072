/** The views that are tabs of the middle. */
import type { Explorer } from './explorer.ts';
import type { View } from './view.ts';
import { views } from './views/index.ts';

/** Narrower pages have no side: its panels become tabs of the middle. */
export const narrow = '(max-width: 1099px)';

/** Those that a page of this width shows, in the order of their tabs. */
export function middleViews(explorer: Explorer, isNarrow: boolean): View[] {
  return views.filter(
    ({ place, fits }) => (place === 'main' || isNarrow) && fits?.(explorer) !== false,
  );
}

/** The key of each of the first ten tabs. */
export const tabKeys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'] as const;

function shownNow(explorer: Explorer): View[] {
  return middleViews(explorer, matchMedia(narrow).matches);
}

function show(explorer: Explorer, { id, title }: View): void {
  explorer.view.value = id;
  explorer.spoken.value = `${title} is shown.`;
}

/** Shows the view whose tab has this key, if there is one. */
export function showByKey(explorer: Explorer, key: string): void {
  const view = shownNow(explorer)[tabKeys.indexOf(key as (typeof tabKeys)[number])];
  if (view !== undefined) show(explorer, view);
}

/** Shows the view `by` tabs further; after the last comes the first. */
export function turnView(explorer: Explorer, by: 1 | -1): void {
  const all = shownNow(explorer);
  const at = Math.max(
    0,
    all.findIndex(({ id }) => id === explorer.view.peek()),
  );
  show(explorer, all[(at + by + all.length) % all.length]!);
}
