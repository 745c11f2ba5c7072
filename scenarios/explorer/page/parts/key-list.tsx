import { useSignalEffect } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { helpShown, keys } from '../keys.ts';

export function KeyList() {
  const dialog = useRef<HTMLDialogElement>(null);
  useSignalEffect(() => {
    const shown = helpShown.value;
    if (shown && dialog.current?.open === false) dialog.current.showModal();
    else if (!shown && dialog.current?.open) dialog.current.close();
  });
  const close = (): void => {
    helpShown.value = false;
  };
  return (
    <dialog ref={dialog} class="keys" aria-labelledby="keys-title" onClose={close}>
      <h2 id="keys-title">Keys</h2>
      <dl>
        {keys.map((key) => (
          <div key={key.what}>
            <dt>
              {key.keys.map((name) => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dt>
            <dd>{key.what}</dd>
          </div>
        ))}
        <div>
          <dt>
            <kbd>Tab</kbd>
          </dt>
          <dd>to the map: there arrows move the selection, + and − zoom</dd>
        </div>
      </dl>
      <button type="button" onClick={close}>
        Close
      </button>
    </dialog>
  );
}
