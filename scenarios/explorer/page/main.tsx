/** The page's beginning: reads what is embedded, indexes it, and shows it. */
import { useSignalEffect } from '@preact/signals';
import { render } from 'preact';
import { App } from './app.tsx';
import { contentsOf } from './contents-of.ts';
import { readInfo, readSection, readTimeline } from './data.ts';
import { followHash } from './hash.ts';
import { followKeys } from './keys.ts';
import { Session } from './session.ts';

async function start(root: HTMLElement): Promise<void> {
  performance.mark('parsed');
  const info = readInfo();
  const session = new Session(info);
  followHash(session);
  followKeys(session);
  render(<Page session={session} name={info.name} />, root);
  const timeline = await readTimeline();
  performance.mark('read');
  const contents = await contentsOf(info, session.live);
  await session.open({ info, timeline, section: readSection, contents });
  performance.mark('indexed');
}

/** One log at a time; with the next one all is made anew. */
function Page({ session, name }: { session: Session; name: string }) {
  const explorer = session.shown.value;
  useSignalEffect(() => {
    if (session.shown.value === undefined) return;
    document.documentElement.dataset.ready = String(session.logs);
  });
  if (explorer !== undefined) return <App key={session.logs} explorer={explorer} />;
  return <p class="loading">{`Opening ${name} … ${Math.floor(session.progress.value * 100)} %`}</p>;
}

const root = document.getElementById('app')!;
start(root).catch((error: unknown) => {
  render(<p class="loading" role="alert">{`This page cannot be shown: ${String(error)}`}</p>, root);
  throw error;
});
