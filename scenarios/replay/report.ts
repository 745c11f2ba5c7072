/** What a replay found, as text and as data. */
import { count, counted, hex, roundedBytes, wrap } from '../format.ts';
import type { HiddenEvent } from './goroutines.ts';
import type { ReplayResult } from './replay-log.ts';
import type { Miss } from './replayer.ts';

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

/** The report as lines. */
export function reportLines(
  { log, goarch, replayer, corrected }: ReplayResult,
  binary: boolean,
): string[] {
  const { requests, agreeing, firstMiss, hidden } = replayer;
  const percent = (100 * agreeing) / requests;
  const shown = percent === 100 ? '100' : Math.min(percent, 99.99).toFixed(2);
  const lines = [
    log.name,
    `  target      go1.22.12 linux/${goarch}`,
    `  log         ${counted(log.bytes, 'byte')}, ${counted(log.lines, 'line')}`,
    `  requests    ${count(requests)}`,
    `  agreeing    ${count(agreeing)} (${shown} %)`,
    `  hidden      ${counted(hidden.length, 'event')} that the log does not show`,
  ];
  const { cycles } = replayer;
  if (cycles.length > 1) {
    lines.push(`  collections ${count(cycles.length - 1)}`);
    for (const [i, cycle] of cycles.slice(0, listed).entries()) {
      lines.push(
        `    ${i === 0 ? 'before the first' : `from number ${i}`}: ${count(cycle.agreeing)} of ${count(cycle.requests)}, true past ${count(corrected.cycles[i]!.agreeing)}`,
      );
    }
    if (cycles.length > listed)
      lines.push(`    and ${count(cycles.length - listed)} more (--json)`);
  }
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
  if (firstMiss !== undefined) lines.push(...missLines(firstMiss));
  return lines;
}

/** The report as data. */
export function reportJson({ log, goarch, replayer, corrected }: ReplayResult): unknown {
  const { requests, agreeing, firstMiss: first, hidden, cycles } = replayer;
  return {
    file: log.name,
    goarch,
    bytes: log.bytes,
    lines: log.lines,
    brokenOff: log.brokenOff,
    requests,
    agreeing,
    cycles: cycles.map((cycle, i) => ({
      ...cycle,
      givenTruePast: corrected.cycles[i]!.agreeing,
    })),
    missed: Object.fromEntries(replayer.missed),
    correctedMissed: Object.fromEntries(corrected.missed),
    uncorrected: corrected.uncorrected,
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
