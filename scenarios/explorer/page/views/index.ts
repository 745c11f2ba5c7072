/** The views, in the order of their tabs. README.md tells how to add one. */
import type { View } from '../view.ts';
import { mapView } from './map.tsx';
import { spanView } from './span.tsx';

export const views: readonly View[] = [mapView, spanView];
