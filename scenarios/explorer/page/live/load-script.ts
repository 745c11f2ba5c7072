/** A scenario's TypeScript as a module, inside of a worker and without eval: what it becomes is a script of its own. */
import { transform } from 'sucrase';
import { UsageError } from '../../../usage-error.ts';
import type { Unread } from './protocol.ts';

/** What scripts may import, by the specifiers that they name. */
export type Modules = ReadonlyMap<string, object>;

declare const self: {
  importScripts(url: string): void;
  scenarioModule?:
    | ((exports: object, require: (specifier: string) => object) => Promise<void>)
    | undefined;
};

export interface LoadedScript {
  /** Runs the module: its exports. @throws what it throws; {UsageError} for an import that is not there */
  readonly evaluate: () => Promise<{ readonly default?: unknown }>;
  /** Where in the script an error came from, `my.ts:12`; undefined if it is not of it. */
  readonly placeOf: (error: unknown) => string | undefined;
}

/** A script that cannot be read. */
export class UnreadScript extends Error {
  override readonly name = 'UnreadScript';
  readonly unread: Unread;

  constructor(message: string, unread: Unread) {
    super(message);
    this.unread = unread;
  }
}

/** Reads a script. Its lines keep their numbers. @throws {UnreadScript} */
export function loadScript(name: string, text: string, modules: Modules): LoadedScript {
  const javaScript = `self.scenarioModule = async (exports, require) => {${javaScriptOf(name, text)}\n};`;
  const url = URL.createObjectURL(new Blob([javaScript], { type: 'text/javascript' }));
  try {
    self.importScripts(url);
  } catch (error) {
    throw new UnreadScript(`${name}: ${String(error)}`, { javaScript });
  }
  const module = self.scenarioModule!;
  const placeOf = (error: unknown): string | undefined => {
    const stack = error instanceof Error ? (error.stack ?? '') : '';
    const at = stack.indexOf(`${url}:`);
    const line = at < 0 ? null : /^\d+/.exec(stack.slice(at + url.length + 1));
    return line === null ? undefined : `${name}:${line[0]}`;
  };
  const require = (specifier: string): object => {
    const found = modules.get(specifier);
    if (found !== undefined) return found;
    const known = [...modules.keys()].join(', ');
    throw new UsageError(`this page has no module "${specifier}"; it has ${known}`);
  };
  return {
    placeOf,
    async evaluate() {
      const exports = {};
      await module(exports, require);
      return exports;
    },
  };
}

/** @throws {UnreadScript} */
function javaScriptOf(name: string, text: string): string {
  try {
    return transform(text, {
      transforms: ['typescript', 'imports'],
      disableESTransforms: true,
      production: true,
    }).code;
  } catch (error) {
    const { message, loc } = error as Error & { loc?: { line: number; column: number } };
    const what = message.replace(/^Error transforming \S+: /, '').replace(/ \(\d+:\d+\)$/, '');
    const place = loc === undefined ? name : `${name}:${loc.line}:${loc.column}`;
    // The place may be too early: where a bracket that holds the mistake begins.
    throw new UnreadScript(`${place}: ${what}`, {});
  }
}
