/** What a replay found, as text and as data. */
import { count, counted, hex, roundedBytes, wrap } from '../format.ts';
import { type MissClass, missClasses } from './explanation.ts';
import type { HiddenEvent } from './hidden-events.ts';
import type { LogTarget } from './log-target.ts';
import type { ReplayResult } from './replay-log.ts';
import type { Miss, Replayer } from './replayer.ts';

/** Hidden events that the text lists. */
const listed = 10;

function whatWasAsked({ record }: Miss): string {
  const what = record.typeName === '' ? 'bytes without type' : record.typeName;
  const asked =
    record.request === undefined ? 'on the system stack' : `${record.request.size} bytes`;
  return `${what} (${asked}) for goroutine ${record.goid}`;
}

function eventText(event: HiddenEvent): string {
  const { kind, line, goroutine, stack, bytes } = event;
  if (kind.startsWith('mark buffers') || kind === 'record written late')
    return `before line ${count(line)}: ${kind}, seen at ${hex(stack)}`;
  const size = bytes === 0 ? '' : ` of ${roundedBytes(bytes)}`;
  return `before line ${count(line)}: ${kind}, goroutine ${goroutine}, stack${size} that ends at ${hex(stack)}`;
}

function missLines(miss: Miss): string[] {
  return [
    `first disagreement: request ${count(miss.request + 1)}, line ${count(miss.record.line)}: ${whatWasAsked(miss)}`,
    `  predicted ${hex(miss.predicted)}, the log has ${hex(miss.record.addr)}`,
    ...miss.explanation.flatMap((text) => wrap(text, 2)),
  ];
}

/** From each collection to the next: free-running, and with the model put right after each disagreement. */
function cycleLines({ cycles }: Replayer, corrected: Replayer): string[] {
  if (cycles.length === 1) return [];
  const lines = [`  collections ${count(cycles.length - 1)}`];
  for (const [i, { agreeing, requests }] of cycles.slice(0, listed).entries()) {
    const figures = `${count(agreeing)} of ${count(requests)}`;
    const truePast = `given the true past ${count(corrected.cycles[i]!.agreeing)}`;
    lines.push(
      i === 0
        ? `    before the first: ${figures}`
        : `    from number ${i}: ${figures}, ${truePast}`,
    );
  }
  if (cycles.length > listed) lines.push(`    and ${count(cycles.length - listed)} more (--json)`);
  return lines;
}

/** The classes of disagreements, how many there are of each, and where they come from. */
function classLines({ missed }: Replayer, corrected: Replayer): string[] {
  const lines = ['disagreements by class (those given the true past in brackets)'];
  for (const [what, why] of Object.entries(missClasses)) {
    const n = missed.get(what as MissClass) ?? 0;
    const given = corrected.missed.get(what as MissClass) ?? 0;
    if (n + given === 0) continue;
    lines.push(...wrap(`${count(n)} (${count(given)}) ${what}: ${why}`, 2));
  }
  return lines;
}

/** What both models missed, by class. */
function classesJson({ missed }: Replayer, corrected: Replayer): unknown {
  return Object.entries(missClasses).flatMap(([what, why]) => {
    const freeRunning = missed.get(what as MissClass) ?? 0;
    const givenTruePast = corrected.missed.get(what as MissClass) ?? 0;
    return freeRunning + givenTruePast === 0
      ? []
      : [{ class: what, freeRunning, givenTruePast, explanation: why }];
  });
}

function targetLine({ goarch, from }: LogTarget): string {
  return `  target      go1.22.12 linux/${goarch}${from === 'log' ? ', as the log shows' : ''}`;
}

/** The report as lines. */
export function reportLines(
  { log, target, replayer, corrected }: ReplayResult,
  binary: boolean,
): string[] {
  const { requests, agreeing, firstMiss, hidden } = replayer;
  const percent = (100 * agreeing) / requests;
  const shown = percent === 100 ? '100' : Math.min(percent, 99.99).toFixed(2);
  const lines = [
    log.name,
    targetLine(target),
    ...target.notes.flatMap((note) => wrap(note, 4)),
    `  log         ${counted(log.bytes, 'byte')}, ${counted(log.lines, 'line')}`,
    `  requests    ${count(requests)}`,
    `  agreeing    ${count(agreeing)} (${shown} %)`,
    `  hidden      ${counted(hidden.length, 'event')} that the log does not show`,
  ];
  lines.push(...cycleLines(replayer, corrected));
  if (log.brokenOff > 0) lines.push(`  broken off  ${counted(log.brokenOff, 'record')}`);
  for (const event of hidden.slice(0, listed)) lines.push(...wrap(eventText(event), 4));
  if (hidden.length > listed) lines.push(`    and ${count(hidden.length - listed)} more (--json)`);
  if (!binary) {
    lines.push(
      ...wrap(
        'Without --binary types are known by name only: one that does not look like a number counts as ' +
          'made of pointers.',
      ),
    );
  }
  if (firstMiss !== undefined) {
    lines.push(...missLines(firstMiss));
    lines.push(...classLines(replayer, corrected));
  }
  return lines;
}

/** The report as data. */
export function reportJson({ log, target, replayer, corrected }: ReplayResult): unknown {
  const { requests, agreeing, firstMiss: first, hidden, cycles } = replayer;
  return {
    file: log.name,
    goarch: target.goarch,
    goarchFrom: target.from,
    bytes: log.bytes,
    lines: log.lines,
    brokenOff: log.brokenOff,
    requests,
    agreeing,
    cycles: cycles.map((cycle, i) => ({
      ...cycle,
      givenTruePast: corrected.cycles[i]!.agreeing,
    })),
    agreeingGivenTruePast: corrected.agreeing,
    disagreements: classesJson(replayer, corrected),
    hiddenEvents: hidden.map(({ stack, ...event }) => ({ ...event, address: hex(stack) })),
    firstDisagreement:
      first === undefined
        ? null
        : {
            request: first.request + 1,
            line: first.record.line,
            goroutine: first.record.goid,
            type: first.record.typeName,
            bytes: first.record.request?.size ?? null,
            predicted: hex(first.predicted),
            logged: hex(first.record.addr),
            explanation: first.explanation,
          },
  };
}
