/** The views, in the order of their tabs. README.md tells how to add one. */
import type { View } from '../view.ts';
import { bytesView } from './bytes.tsx';
import { cascadeView } from './cascade.tsx';
import { compareView } from './compare.tsx';
import { gcView } from './gc.tsx';
import { mapView } from './map.tsx';
import { memstatsView } from './memstats.tsx';
import { objectView } from './object.tsx';
import { retainedView } from './retained.tsx';
import { rootsView } from './roots.tsx';
import { scriptView } from './script.tsx';
import { spanView } from './span.tsx';
import { spansView } from './spans.tsx';
import { timeView } from './time.tsx';
import { treemapView } from './treemap.tsx';
import { wasteView } from './waste.tsx';

export const views: readonly View[] = [
  mapView,
  objectView,
  cascadeView,
  spansView,
  wasteView,
  memstatsView,
  gcView,
  compareView,
  timeView,
  treemapView,
  retainedView,
  rootsView,
  bytesView,
  scriptView,
  spanView,
];
