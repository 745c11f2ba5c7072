/** Running the script again: the page's half. */
import { type Signal, signal } from '@preact/signals';
import type { ParamSpecs } from '../../../dsl/params.ts';
import { explainCommand } from '../../../explain-command.ts';
import type { RunArgs } from '../../../target-options.ts';
import { unpackTimeline } from '../../../timeline/pack.ts';
import type { LiveInfo, PageInfo } from '../../page-info.ts';
import { ScenarioWorker } from '../contents.ts';
import { readSection } from '../data.ts';
import type { PageSource } from '../session.ts';
import { loadEditor } from './editor-api.ts';
import type { EngineReply, RunRequest, Unread } from './protocol.ts';

export type RunState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly step: number }
  | { readonly kind: 'stopped' }
  | {
      readonly kind: 'failed';
      readonly message: string;
      /** The line of the script that it is of. */
      readonly line: number | undefined;
    };

export class Live {
  readonly name: string;
  readonly scriptName: string;
  /** The script as it came with the page. */
  readonly original: string;
  /** The script as it is edited. */
  readonly text: Signal<string>;
  readonly args: Signal<RunArgs>;
  readonly params: Signal<ParamSpecs>;
  readonly state: Signal<RunState> = signal<RunState>({ kind: 'idle' });
  /** What the shown run was made with. */
  readonly ran: Signal<{ readonly text: string; readonly args: RunArgs }>;
  /** Whether the settings are shown. */
  readonly open: Signal<boolean> = signal(false);
  readonly #first: LiveInfo;
  readonly #show: (source: PageSource) => Promise<void>;
  #engine: Promise<string> | undefined;
  #worker: Worker | undefined;

  constructor(info: PageInfo, show: (source: PageSource) => Promise<void>) {
    this.#first = info.live!;
    const { args, params } = this.#first;
    this.#show = show;
    this.name = info.name;
    this.scriptName = info.script!.name;
    this.original = info.script!.text;
    this.text = signal(this.original);
    this.args = signal(args);
    this.params = signal(params);
    this.ran = signal({ text: this.original, args });
  }

  get isRunning(): boolean {
    return this.state.value.kind === 'running';
  }

  /** Whether what would run is not what is shown. */
  get isChanged(): boolean {
    return this.text.value !== this.ran.value.text || this.args.value !== this.ran.value.args;
  }

  /** The run on the command line. */
  get commandLine(): string {
    return explainCommand(this.name, this.args.value);
  }

  /** Changes what decides the run. */
  set(change: Partial<RunArgs>): void {
    this.args.value = { ...this.args.value, ...change };
  }

  /** The text that a parameter has; its default where none is given. */
  param(name: string): string {
    const given = this.args.value.param?.find((text) => text.startsWith(`${name}=`));
    return given?.slice(name.length + 1) ?? String(this.params.value[name]?.default ?? '');
  }

  setParam(name: string, text: string): void {
    const others = (this.args.value.param ?? []).filter((given) => !given.startsWith(`${name}=`));
    const isDefault = text === String(this.params.value[name]?.default);
    this.set({ param: isDefault ? others : [...others, `${name}=${text}`] });
  }

  /** Back to what came with the page. */
  reset(): void {
    this.text.value = this.original;
    this.args.value = this.#first.args;
    this.params.value = this.#first.params;
  }

  /** Runs the script as it is now, and shows that run. A run that is on its way is stopped. */
  async run(): Promise<void> {
    this.#end();
    this.state.value = { kind: 'running', step: 0 };
    const [text, args] = [this.text.peek(), this.args.peek()];
    const engine = await this.engine();
    const worker = new Worker(engine);
    this.#worker = worker;
    const { until, from, every } = this.#first;
    const request: RunRequest = {
      name: this.name,
      script: { name: this.scriptName, text },
      args,
      range: { until, from, every },
    };
    await new Promise<void>((resolve) => {
      const fail = (message: string, line: number | undefined): void => {
        if (this.#worker !== worker) return;
        this.#end();
        this.state.value = { kind: 'failed', message, line };
        resolve();
      };
      worker.onerror = (event) => {
        event.preventDefault();
        fail(event.message, undefined);
      };
      worker.onmessage = ({ data }: MessageEvent<EngineReply>) => {
        if (this.#worker !== worker) return;
        if (data.kind === 'loaded') this.params.value = data.params;
        else if (data.kind === 'progress') this.state.value = { kind: 'running', step: data.step };
        else if (data.kind === 'failed') {
          void this.#placed(data.message, data.unread, text).then((message) =>
            fail(message, this.#lineIn(message)),
          );
        } else {
          this.#end();
          const { sections, info } = data;
          const timeline = unpackTimeline(data.timeline);
          const ran = { script: request.script, args };
          const contents = new ScenarioWorker(() => this.engine(), ran, info.steps);
          const section = async (name: string) => sections.get(name);
          this.#show({ info, timeline, section, contents }).then(() => {
            this.ran.value = { text, args };
            this.state.value = { kind: 'idle' };
            resolve();
          });
        }
      };
      worker.postMessage(request);
    });
  }

  /** The address of the engine's script. */
  engine(): Promise<string> {
    this.#engine ??= engineUrl();
    return this.#engine;
  }

  /** Stops the run that is on its way. */
  stop(): void {
    if (!this.isRunning) return;
    this.#end();
    this.state.value = { kind: 'stopped' };
  }

  #end(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  /** The message; of a script that cannot be read, with the place of the mistake. */
  async #placed(message: string, unread: Unread | undefined, text: string): Promise<string> {
    if (unread === undefined) return message;
    if (unread.javaScript !== undefined) {
      const found = await readingError(unread.javaScript);
      return found === undefined ? message : `${this.scriptName}:${found.line}: ${found.what}`;
    }
    // The editor's parser goes on after a mistake, and so sees it where it is.
    const mistake = (await loadEditor()).mistakeIn(text);
    if (mistake === undefined) return message;
    const { line, column, found } = mistake;
    return `${this.scriptName}:${line}:${column}: Unexpected ${found}`;
  }

  #lineIn(message: string): number | undefined {
    if (!message.startsWith(`${this.scriptName}:`)) return undefined;
    const line = /^:(\d+)/.exec(message.slice(this.scriptName.length))?.[1];
    return line === undefined ? undefined : Number(line);
  }
}

/** What the browser says of a script that it cannot read: only a worker of its own is told the line. */
function readingError(text: string): Promise<{ line: number; what: string } | undefined> {
  const url = URL.createObjectURL(
    new Blob([text, ';postMessage(0);'], { type: 'text/javascript' }),
  );
  const worker = new Worker(url);
  return new Promise<{ line: number; what: string } | undefined>((resolve) => {
    worker.onerror = (event) => {
      event.preventDefault();
      const what = event.message.replace(/^Uncaught (SyntaxError: )?/, '');
      resolve(event.lineno > 0 ? { line: event.lineno, what } : undefined);
    };
    worker.onmessage = () => resolve(undefined);
  }).finally(() => {
    worker.terminate();
    URL.revokeObjectURL(url);
  });
}

async function engineUrl(): Promise<string> {
  const bytes = await readSection('engine');
  return URL.createObjectURL(new Blob([bytes as BlobPart], { type: 'text/javascript' }));
}
