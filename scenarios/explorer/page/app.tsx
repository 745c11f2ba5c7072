/** The page: what happened on the left, the heap in the middle, what is selected on the right, time below. */
import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Explorer } from './explorer.ts';
import { middleViews, narrow, tabKeys } from './middle.ts';
import { Changes } from './parts/changes.tsx';
import { Explain } from './parts/explain.tsx';
import { Header } from './parts/header.tsx';
import { KeyList } from './parts/key-list.tsx';
import { Lesson } from './parts/lesson.tsx';
import { DropZone } from './parts/open-dump.tsx';
import { RunSettings } from './parts/run-settings.tsx';
import { TabPanel, Tabs } from './parts/tabs.tsx';
import { Transport } from './parts/transport.tsx';
import { views } from './views/index.ts';

export function App({ explorer }: { explorer: Explorer }) {
  const { live } = explorer.session;
  const isNarrow = useSignal(matchMedia(narrow).matches);
  useEffect(() => {
    const query = matchMedia(narrow);
    const follow = (): void => {
      isNarrow.value = query.matches;
    };
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, [isNarrow]);
  const sideView = useSignal('span');
  const fitting = useComputed(() => views.filter((view) => view.fits?.(explorer) !== false));
  useSignalEffect(() => {
    const side = fitting.value.find(
      ({ id, place }) => id === explorer.view.value && place === 'side',
    );
    if (side !== undefined && !isNarrow.value) {
      sideView.value = side.id;
      explorer.view.value = 'map';
    }
  });
  const main = middleViews(explorer, isNarrow.value);
  const side = fitting.value.filter((view) => !main.includes(view));
  return (
    <div class="page">
      <Header explorer={explorer} />
      {live !== undefined && <RunSettings live={live} />}
      <main class={explorer.info.story === undefined ? 'columns' : 'columns with-lesson'}>
        <section class="story" aria-label="What happens in this step">
          <Lesson explorer={explorer} />
          <Explain explorer={explorer} />
          <Changes explorer={explorer} />
        </section>
        <section class="middle" aria-label="Views of the heap">
          <Tabs name="views" views={main} shown={explorer.view} keys={tabKeys} />
          <TabPanel name="views" views={main} shown={explorer.view} explorer={explorer} />
        </section>
        {side.length > 0 && (
          <section class="side" aria-label="What is selected">
            <Tabs name="side" views={side} shown={sideView} />
            <TabPanel name="side" views={side} shown={sideView} explorer={explorer} />
          </section>
        )}
      </main>
      <Transport explorer={explorer} />
      <KeyList />
      <DropZone session={explorer.session} />
    </div>
  );
}
