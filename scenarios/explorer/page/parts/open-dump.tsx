/** Opens a dump of the user's own: dropped anywhere on the page, or picked. It is read here and sent nowhere. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { count } from '../../../format.ts';
import type { Session } from '../session.ts';

export function OpenDump({ session }: { session: Session }) {
  const input = useRef<HTMLInputElement>(null);
  const { shown, home } = session;
  const isOther = shown.value !== home.value;
  return (
    <>
      {isOther && (
        <button type="button" onClick={() => session.goHome()}>
          Back to {home.value?.info.name}
        </button>
      )}
      <button
        type="button"
        title="A file that runtime/debug.WriteHeapDump wrote; it may be dropped on the page as well"
        onClick={() => input.current?.click()}
      >
        Open dump…
      </button>
      <input
        ref={input}
        id="open-dump"
        type="file"
        hidden
        aria-label="A heap dump to open"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file !== undefined) void session.openDump(file);
        }}
      />
    </>
  );
}

/** Takes files that are dropped, shows that one is read, and says what is wrong with one that cannot be. */
export function DropZone({ session }: { session: Session }) {
  const isOver = useSignal(false);
  useEffect(() => {
    const hasFile = (event: DragEvent): boolean =>
      event.dataTransfer?.types.includes('Files') ?? false;
    const over = (event: DragEvent): void => {
      if (!hasFile(event)) return;
      event.preventDefault();
      isOver.value = true;
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) isOver.value = false;
    };
    const drop = (event: DragEvent): void => {
      if (!hasFile(event)) return;
      event.preventDefault();
      isOver.value = false;
      const file = event.dataTransfer?.files[0];
      if (file !== undefined) void session.openDump(file);
    };
    addEventListener('dragover', over);
    addEventListener('dragleave', leave);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', over);
      removeEventListener('dragleave', leave);
      removeEventListener('drop', drop);
    };
  }, [isOver, session]);
  const { value: reading } = session.opening;
  return (
    <>
      {isOver.value && (
        <div class="drop-zone">
          <p>Drop a heap dump to look into it. It stays on this machine.</p>
        </div>
      )}
      {reading !== undefined && (
        <p class="toast" role="status">
          Reading {reading.name} … {Math.floor(reading.part * 100)} %
        </p>
      )}
      <Refused session={session} />
    </>
  );
}

function Refused({ session }: { session: Session }) {
  const { refused } = session;
  const { value: failure } = refused;
  if (failure === undefined) return null;
  const { name, message, offset } = failure;
  return (
    <div class="toast refused" role="alert">
      <p>
        <strong>{name} cannot be shown</strong>
        {offset !== undefined && ` from byte ${count(offset)} on`}
      </p>
      <p class="mono">{message}</p>
      <button
        type="button"
        onClick={() => {
          refused.value = undefined;
        }}
      >
        Close
      </button>
    </div>
  );
}
