/** The script's editor: CodeMirror, in a bundle of its own that a page reads when the script is first shown. */
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { javascript, typescriptLanguage } from '@codemirror/lang-javascript';
import {
  bracketMatching,
  HighlightStyle,
  indentUnit,
  syntaxHighlighting,
} from '@codemirror/language';
import { EditorState, type Extension, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type {
  EditorBundle,
  EditorOptions,
  Marks,
  ScriptEditor,
  SyntaxMistake,
} from './editor-api.ts';

const setMarks = StateEffect.define<Marks>();

/** The line of the step, and that of an error. */
const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(set, transaction) {
    let next = set.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(setMarks)) next = decorationsOf(transaction.state, effect.value);
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function decorationsOf({ doc }: EditorState, { current, error }: Marks): DecorationSet {
  const ranges = [
    { line: current, name: 'current-line' },
    { line: error, name: 'error-line' },
  ].flatMap(({ line, name }) =>
    line !== undefined && line >= 1 && line <= doc.lines
      ? [Decoration.line({ class: name }).range(doc.line(line).from)]
      : [],
  );
  return Decoration.set(ranges, true);
}

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], class: 'tok-keyword' },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], class: 'tok-string' },
  { tag: [tags.number, tags.bool, tags.null], class: 'tok-number' },
  { tag: tags.comment, class: 'tok-comment' },
  { tag: [tags.typeName, tags.className], class: 'tok-type' },
  {
    tag: [tags.definition(tags.variableName), tags.function(tags.variableName)],
    class: 'tok-name',
  },
]);

/** By a parser that goes on after a mistake. */
function mistakeIn(text: string): SyntaxMistake | undefined {
  let at: number | undefined;
  typescriptLanguage.parser.parse(text).iterate({
    enter({ type, from }) {
      if (type.isError) at ??= from;
      return at === undefined;
    },
  });
  if (at === undefined) return undefined;
  const before = text.slice(0, at).split('\n');
  const [found = 'the end of the script'] = /[\w$]+|\S/.exec(text.slice(at)) ?? [];
  return { line: before.length, column: before.at(-1)!.length + 1, found };
}

function mountEditor(options: EditorOptions): ScriptEditor {
  const { parent, text, label, readOnly, onChange, onRun } = options;
  const run = {
    key: 'Mod-Enter',
    run: () => {
      onRun();
      return true;
    },
  };
  const extensions: Extension[] = [
    lineNumbers(),
    history(),
    bracketMatching(),
    indentUnit.of('  '),
    javascript({ typescript: true }),
    syntaxHighlighting(colours),
    marks,
    keymap.of([run, ...defaultKeymap, ...historyKeymap]),
    EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', tabindex: '0' }),
    EditorState.readOnly.of(readOnly),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) onChange(update.state.doc.toString());
    }),
  ];
  const view = new EditorView({ parent, state: EditorState.create({ doc: text, extensions }) });
  return {
    setText(next) {
      if (next === view.state.doc.toString()) return;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next } });
    },
    mark(next) {
      const at = next.error ?? next.current;
      const effects: StateEffect<unknown>[] = [setMarks.of(next)];
      if (at !== undefined && at >= 1 && at <= view.state.doc.lines) {
        effects.push(
          EditorView.scrollIntoView(view.state.doc.line(at).from, { y: 'nearest', yMargin: 60 }),
        );
      }
      view.dispatch({ effects });
    },
    destroy: () => view.destroy(),
  };
}

const bundle: EditorBundle = { mount: mountEditor, mistakeIn };
Object.assign(globalThis, { goheapsimEditor: bundle });
