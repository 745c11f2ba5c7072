/** The script, with the line of the step; in most pages it can be changed and run again. */
import { useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Explorer } from '../explorer.ts';
import { loadEditor, type ScriptEditor } from '../live/editor-api.ts';
import { RunButtons } from '../parts/run-settings.tsx';
import type { View } from '../view.ts';

function Script({ explorer }: { explorer: Explorer }) {
  const { info, session } = explorer;
  const { live } = session;
  const box = useRef<HTMLDivElement>(null);
  const editor = useSignal<ScriptEditor | undefined>(undefined);
  useEffect(() => {
    let isGone = false;
    void loadEditor().then(({ mount }) => {
      if (isGone) return;
      editor.value = mount({
        parent: box.current!,
        text: live?.text.peek() ?? info.script!.text,
        label: live === undefined ? 'The script' : 'The script. Control and enter run it.',
        readOnly: live === undefined,
        onChange(text) {
          if (live !== undefined) live.text.value = text;
        },
        onRun: () => void live?.run(),
      });
    });
    return () => {
      isGone = true;
      editor.peek()?.destroy();
    };
  }, [live, info, editor]);
  useSignalEffect(() => {
    const text = live?.text.value;
    if (text !== undefined) editor.value?.setText(text);
  });
  useSignalEffect(() => {
    const state = live?.state.value;
    const line = info.lines[explorer.step.value];
    // Lines of the run that is shown say nothing of a script that was changed since.
    const isOld = live !== undefined && live.text.value !== live.ran.value.text;
    editor.value?.mark({
      current: isOld || line === 0 ? undefined : line,
      error: state?.kind === 'failed' ? state.line : undefined,
    });
  });
  const state = live?.state.value;
  return (
    <div class="script">
      <p class="about">
        {live === undefined ? (
          <span>{info.still ?? 'This page has no engine to run the script again.'}</span>
        ) : (
          <>
            <span>
              {live.isChanged
                ? 'Changed since it was run.'
                : 'Change a line and run it: types are left out, not checked.'}
            </span>
            {!live.open.value && <RunButtons live={live} />}
          </>
        )}
      </p>
      {state?.kind === 'failed' && (
        <p class="failure" role="alert">
          {state.message}
        </p>
      )}
      <div class="editor" ref={box} />
    </div>
  );
}

export const scriptView: View = {
  id: 'script',
  title: 'Script',
  place: 'main',
  fits: ({ info }) => info.script !== undefined,
  Component: Script,
};
