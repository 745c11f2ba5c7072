import { useSignal } from '@preact/signals';
import type { Explorer } from '../explorer.ts';
import { hashOf } from '../hash.ts';
import { helpShown } from '../keys.ts';
import { findNext, findText, type Goal } from '../search.ts';
import { OpenDump } from './open-dump.tsx';

const jumps: readonly (readonly [Goal, string])[] = [
  ['allocation', 'alloc'],
  ['refill', 'refill'],
  ['collection', 'GC'],
];

export function Header({ explorer }: { explorer: Explorer }) {
  const { info, session } = explorer;
  const { live } = session;
  return (
    <header class="top">
      <h1>{info.name}</h1>
      <span class="about">{info.about}</span>
      {(info.kind === 'dump' ? [] : info.notes).map((note) => (
        <span key={note} class="note" title={note}>
          {note}
        </span>
      ))}
      <span class="spacer" />
      <Search explorer={explorer} />
      {explorer.last > 0 && (
        <div class="group" role="group" aria-label="Next">
          <span class="hint" aria-hidden="true">
            next
          </span>
          {jumps.map(([goal, name]) => (
            <button key={goal} type="button" onClick={() => findNext(explorer, goal)}>
              <span class="sr">next </span>
              {name}
            </button>
          ))}
        </div>
      )}
      {live !== undefined && info.kind === 'scenario' && (
        <button
          type="button"
          aria-expanded={live.open.value}
          aria-controls="run-settings"
          title="Change what decides the run, and run it again (e)"
          onClick={() => {
            live.open.value = !live.open.value;
          }}
        >
          Change
        </button>
      )}
      <OpenDump session={explorer.session} />
      <CopyLink explorer={explorer} />
      <button
        type="button"
        class="icon"
        aria-label="List the keys"
        title="Keys (?)"
        onClick={() => {
          helpShown.value = true;
        }}
      >
        ?
      </button>
    </header>
  );
}

function Search({ explorer }: { explorer: Explorer }) {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const input = (event.currentTarget as HTMLFormElement).elements.namedItem('text');
    const text = (input as HTMLInputElement).value.trim().replace(/^\//, '');
    const goal = /^next (alloc|refill|grow|gc|collection)/i.exec(text)?.[1]?.toLowerCase();
    if (goal === 'alloc') findNext(explorer, 'allocation');
    else if (goal === 'refill') findNext(explorer, 'refill');
    else if (goal === 'grow') findNext(explorer, 'growth');
    else if (goal !== undefined) findNext(explorer, 'collection');
    else if (/^0x[0-9a-f]+$/i.test(text)) explorer.select(Number(text));
    else if (text !== '') void findText(explorer, text);
  };
  return (
    <form role="search" onSubmit={submit}>
      <input
        id="search"
        name="text"
        type="search"
        placeholder="Search: text, next GC, 0xc000…"
        aria-label="Search steps: a text, next refill, next GC, or an address to select"
        autocomplete="off"
        spellcheck={false}
      />
      {explorer.notice.value !== '' && (
        <p class="notice" aria-hidden="true">
          {explorer.notice.value}
        </p>
      )}
    </form>
  );
}

function CopyLink({ explorer }: { explorer: Explorer }) {
  const done = useSignal(false);
  const copy = async (): Promise<void> => {
    const link = location.href.replace(/#.*$/, '') + hashOf(explorer);
    history.replaceState(null, '', hashOf(explorer));
    try {
      await navigator.clipboard.writeText(link);
      done.value = true;
      explorer.say('Link copied.');
    } catch {
      // Where a page may not write to the clipboard, the address bar has it now.
      explorer.say('The link is in the address bar.');
    }
    setTimeout(() => {
      done.value = false;
    }, 1500);
  };
  return (
    <button type="button" onClick={() => void copy()} title="A link to this step and selection">
      {done.value ? 'Copied' : 'Copy link'}
    </button>
  );
}
