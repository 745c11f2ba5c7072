/** The page's beginning: reads what is embedded, indexes it, and shows it. */
import { render } from 'preact';
import { HeapModel } from '../model/heap-model.ts';
import { App } from './app.tsx';
import { readInfo, readTimeline } from './data.ts';
import { Explorer } from './explorer.ts';
import { followHash } from './hash.ts';
import { followKeys } from './keys.ts';

/** Events to index before the page may paint again. */
const slice = 100_000;

async function start(): Promise<void> {
  const root = document.getElementById('app')!;
  const info = readInfo();
  const say = (text: string): void => render(<p class="loading">{text}</p>, root);
  say(`Opening ${info.name} …`);
  const timeline = await readTimeline();
  const model = new HeapModel(timeline);
  while (model.index(slice)) {
    say(`Opening ${info.name} … ${Math.floor(model.progress * 100)} %`);
    await new Promise((resolve) => setTimeout(resolve));
  }
  const explorer = new Explorer(info, timeline, model);
  followHash(explorer);
  followKeys(explorer);
  render(<App explorer={explorer} />, root);
  document.documentElement.dataset.ready = '';
}

start().catch((error: unknown) => {
  const root = document.getElementById('app')!;
  render(<p class="loading" role="alert">{`This page cannot be shown: ${String(error)}`}</p>, root);
  throw error;
});
