import type { View } from '../view.ts';

export const spanView: View = {
  id: 'span',
  title: 'Span',
  place: 'side',
  Component: () => <p class="empty">Select a span.</p>,
};
