/** What the user named: a scenario, a heap dump, or a log of allocations. */
import { statSync } from 'node:fs';
import { beginsAsDump } from './dump-magic.ts';
import { type DumpInput, peek } from './input.ts';
import type { Io } from './io.ts';
import type { LiveArgs } from './live.ts';
import type { LiveLog } from './live-log.ts';
import type { LiveScenario } from './live-scenario.ts';
import { findScenario, isShipped } from './scenario-files.ts';
import { UsageError } from './usage-error.ts';

/** A dump, to be read. */
export interface NamedDump {
  readonly kind: 'dump';
  /** For messages. */
  readonly shown: string;
  readonly input: DumpInput;
}

export type Named = LiveScenario | LiveLog | NamedDump;

/** Whether a name is that of a scenario: one that ships, or a module. */
function namesScenario(given: string): boolean {
  return given !== '-' && (/\.[cm]?[jt]s$/.test(given) || isShipped(given));
}

/**
 * Opens it, by its name or by how the file begins. A file that is neither ends in an error.
 *
 * @throws {UsageError} for what is none of them, or an option that it does not take
 * @throws {EnvironmentError} for a file that cannot be read
 */
export async function openNamed(
  command: string,
  given: string,
  args: LiveArgs & { readonly step?: string | undefined },
  io: Io,
): Promise<Named> {
  if (namesScenario(given)) {
    rejectOptions(command, args, ['binary', 'env', 'args'], 'for a log; this is a scenario');
    const { LiveScenario } = await import('./live-scenario.ts');
    return LiveScenario.load(command, given, args);
  }
  if (looksLikeName(given)) findScenario(given);
  const file = peek(given);
  if (beginsAsDump(file.beginning)) {
    rejectOptions(command, args, ['step'], 'for scenarios and logs: a dump has one state');
    rejectOptions(command, args, ['param'], 'for a scenario; this is a dump');
    rejectOptions(command, args, ['binary', 'env', 'args'], 'for a log; this is a dump');
    return { kind: 'dump', shown: file.name, input: file.input };
  }
  if (!hasRecord(file.beginning)) throw new UsageError(`${command}: ${neither(file)}`);
  rejectOptions(command, args, ['param'], 'for a scenario; this is a log');
  const [{ LiveLog }, { logHints }] = await Promise.all([
    import('./live-log.ts'),
    import('./replay/log-options.ts'),
  ]);
  return new LiveLog(file, logHints(command, args), io);
}

/** The same of what has steps. @throws {UsageError} for a dump too */
export async function openLive(
  command: string,
  given: string,
  args: LiveArgs,
  io: Io,
): Promise<LiveScenario | LiveLog> {
  const named = await openNamed(command, given, args, io);
  if (named.kind !== 'dump') return named;
  throw new UsageError(
    `${command}: ${named.shown} is a heap dump: only a scenario or a log has what ${command} shows. ` +
      'Of a dump spans, classes, pages, vis, memstats, whatis, why, objects, roots, dom and explore tell what it knows',
  );
}

/** What a command says of a log if it is about what objects hold. */
export function noContents(command: string, shown: string): UsageError {
  return new UsageError(
    `${command}: ${shown} is a log: it tells what was asked for and where it lies, not what the program wrote ` +
      'there, so nobody knows who holds what. Of a log explain, step, spans, classes, pages, vis, memstats, ' +
      'whatis, gc, diff and explore tell what it knows',
  );
}

/** A word that no file has, but a scenario could. */
function looksLikeName(given: string): boolean {
  return (
    /^[a-z][a-z0-9-]*$/.test(given) && statSync(given, { throwIfNoEntry: false }) === undefined
  );
}

/** Whether a record of GODEBUG=allocfreetrace=1 begins in these bytes. */
function hasRecord(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes('tracealloc(0x');
}

function neither({ name, beginning }: { name: string; beginning: Uint8Array }): string {
  if (beginning.length === 0) return `${name} is empty`;
  return (
    `${name} is no scenario, whose file ends in .ts, no heap dump, which begins with "go1.7 heap dump", and no log ` +
    'of GODEBUG=allocfreetrace=1, which has tracealloc near its beginning'
  );
}

/** @throws {UsageError} for an option that the thing named does not take */
function rejectOptions<K extends string>(
  command: string,
  args: { readonly [name in K]?: unknown },
  names: readonly K[],
  why: string,
): void {
  for (const name of names) {
    if (args[name] !== undefined) throw new UsageError(`${command}: --${name} is ${why}`);
  }
}
