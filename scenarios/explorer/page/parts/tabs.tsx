import type { Signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Explorer } from '../explorer.ts';
import type { View } from '../view.ts';

interface TabsProps {
  readonly name: string;
  readonly views: readonly View[];
  readonly shown: Signal<string>;
  /** The key that shows each of them, as far as there are any. */
  readonly keys?: readonly string[];
}

/** The view of the tab that is chosen; the first where it is none of these. */
function chosen({ views, shown }: TabsProps): View {
  return views.find(({ id }) => id === shown.value) ?? views[0]!;
}

/** A row of tabs, one of which is in the order of focus; arrows move among them. */
export function Tabs(props: TabsProps) {
  const { name, views, shown, keys } = props;
  const current = chosen(props);
  useEffect(() => {
    const tab = document.getElementById(`tab-${name}-${current.id}`);
    tab?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [name, current.id]);
  const move = (event: KeyboardEvent): void => {
    const at = views.indexOf(current);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = views[(at + step + views.length) % views.length]!;
    shown.value = next.id;
    document.getElementById(`tab-${name}-${next.id}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label={name} data-own-keys onKeyDown={move}>
      {views.map(({ id, title }, i) => (
        <button
          key={id}
          type="button"
          role="tab"
          id={`tab-${name}-${id}`}
          aria-selected={id === current.id}
          aria-controls={`panel-${name}`}
          aria-keyshortcuts={keys?.[i]}
          title={keys?.[i] && `Key ${keys[i]}`}
          tabIndex={id === current.id ? 0 : -1}
          onClick={() => {
            shown.value = id;
          }}
        >
          {title}
        </button>
      ))}
    </div>
  );
}

export function TabPanel(props: TabsProps & { readonly explorer: Explorer }) {
  const { id, Component } = chosen(props);
  return (
    <div
      class="panel"
      role="tabpanel"
      id={`panel-${props.name}`}
      aria-labelledby={`tab-${props.name}-${id}`}
      data-view={id}
    >
      <Component key={id} explorer={props.explorer} />
    </div>
  );
}
