import type { FunctionComponent } from 'preact';
import type { Explorer } from './explorer.ts';

/** A view: a tab of the middle, or a panel of the side. */
export interface View {
  /** In the hash, and the id of its tab. */
  readonly id: string;
  readonly title: string;
  readonly place: 'main' | 'side';
  readonly Component: FunctionComponent<{ explorer: Explorer }>;
  /** Shown only where it says so; without it always. */
  readonly fits?: (explorer: Explorer) => boolean;
}
