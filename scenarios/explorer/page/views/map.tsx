import type { View } from '../view.ts';

export const mapView: View = {
  id: 'map',
  title: 'Heap map',
  place: 'main',
  Component: ({ explorer }) => <p class="empty">step {explorer.now.value.step}</p>,
};
