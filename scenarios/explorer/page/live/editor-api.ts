/** The editor as the page uses it; editor.ts makes it. */
import { readSection } from '../data.ts';

/** Lines to mark, from 1. */
export interface Marks {
  readonly current?: number | undefined;
  readonly error?: number | undefined;
}

export interface EditorOptions {
  readonly parent: HTMLElement;
  readonly text: string;
  readonly label: string;
  readonly readOnly: boolean;
  readonly onChange: (text: string) => void;
  /** Control or command and enter. */
  readonly onRun: () => void;
}

export interface ScriptEditor {
  readonly setText: (text: string) => void;
  readonly mark: (marks: Marks) => void;
  readonly destroy: () => void;
}

/** A mistake in a script's syntax: its place, from 1, and what stands there. */
export interface SyntaxMistake {
  readonly line: number;
  readonly column: number;
  readonly found: string;
}

/** What the bundle gives. */
export interface EditorBundle {
  readonly mount: (options: EditorOptions) => ScriptEditor;
  /** The first mistake; undefined where none is found. */
  readonly mistakeIn: (text: string) => SyntaxMistake | undefined;
}

let loading: Promise<EditorBundle> | undefined;

/** Reads the editor's bundle, once. */
export function loadEditor(): Promise<EditorBundle> {
  loading ??= readSection('editor').then(
    (bytes) =>
      new Promise<EditorBundle>((resolve, reject) => {
        const script = document.createElement('script');
        const url = URL.createObjectURL(new Blob([bytes as BlobPart], { type: 'text/javascript' }));
        script.src = url;
        script.onload = () => {
          URL.revokeObjectURL(url);
          resolve((globalThis as unknown as { goheapsimEditor: EditorBundle }).goheapsimEditor);
        };
        script.onerror = () => reject(new Error('the editor cannot be loaded'));
        document.head.append(script);
      }),
  );
  return loading;
}
