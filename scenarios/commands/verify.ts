/** `verify`: what is wrong with a dump, where, and by which rule. */
import type { Defect } from '../../dump/dump-error.ts';
import { type VerifyResult, verifyDump } from '../../dump/verify.ts';
import { verifyRules } from '../../dump/verify-rules.ts';
import { defineCommand } from '../command.ts';
import { count, counted, hex, printable, roundedBytes, toJson, wrap } from '../format.ts';
import { withDumpFile } from '../input.ts';
import { Printer, Progress } from '../io.ts';
import { exitCode, UsageError } from '../usage-error.ts';

export const verifyCommand = defineCommand({
  examples: [
    ['goheapsim verify out.dump', 'says where and how it breaks the rules, if it does'],
    ['goheapsim verify out.dump --json', 'the same as data'],
    ['goheapsim verify --rules', 'the rules, and where each comes from'],
  ],
  notes: [
    'Exit code 0: no rule that always holds is broken (warnings may be there). Exit code 1: one is, ' +
      'or the dump breaks off. Of each rule the first defects are shown, and all are counted.',
  ],
  build: (parser) =>
    parser
      .positional('dump', { type: 'string', describe: 'A heap dump, or - for standard input' })
      .option('rules', { type: 'boolean', describe: 'Show the rules instead' })
      .option('json', { type: 'boolean', describe: 'Print JSON' }),
  run(args, io) {
    const out = new Printer(io.stdout, io.env);
    if (args.rules) {
      if (args.json) out.line(toJson(verifyRules, 2));
      else out.lines(ruleLines());
      out.flush();
      return exitCode.done;
    }
    if (args.dump === undefined) {
      throw new UsageError('verify: which dump? goheapsim verify <dump>');
    }
    const progress = new Progress(io);
    const { name, result } = withDumpFile(args.dump, (file) => {
      const chunks = counting(file.chunks(), (bytes) =>
        progress.tick(() => `verifying ${file.name}: ${roundedBytes(bytes)}`),
      );
      return { name: file.name, result: verifyDump(chunks) };
    });
    progress.done();
    rejectOtherFiles(name, result);
    if (args.json) out.line(toJson(resultJson(name, result), 2));
    else out.lines(resultLines(name, result));
    out.flush();
    return result.ok ? exitCode.done : exitCode.bad;
  },
});

function* counting(
  chunks: Iterable<Uint8Array>,
  heard: (bytes: number) => void,
): Generator<Uint8Array> {
  let bytes = 0;
  for (const chunk of chunks) {
    bytes += chunk.length;
    heard(bytes);
    yield chunk;
  }
}

/** @throws {UsageError} when already the header is that of another kind of file */
function rejectOtherFiles(name: string, result: VerifyResult): void {
  const header = result.defects.find(({ rule, path }) => rule === 'wire' && path === 'header');
  if (header !== undefined) throw new UsageError(`${name}: not a Go heap dump: ${header.message}`);
}

function recordTotal(result: VerifyResult): number {
  let total = 0;
  for (const n of result.counts.values()) total += n;
  return total;
}

function resultLines(name: string, result: VerifyResult): string[] {
  const lines: string[] = [];
  for (const defect of result.defects) lines.push(...defectLines(defect));
  for (const [rule, times] of result.broken) {
    const shown = result.defects.filter((defect) => defect.rule === rule).length;
    if (times > shown) lines.push(`${rule}: ${count(times - shown)} more`);
  }
  let errors = 0;
  let warnings = 0;
  for (const [rule, times] of result.broken) {
    if (verifyRules[rule].severity === 'error') errors += times;
    else warnings += times;
  }
  const found =
    errors + warnings === 0
      ? 'no defects'
      : [
          ...(errors > 0 ? [counted(errors, 'defect')] : ['no defects']),
          ...(warnings > 0 ? [counted(warnings, 'warning')] : []),
        ].join(' and ');
  const extent = `${counted(recordTotal(result), 'record')}, ${counted(result.bytes, 'byte')}`;
  return [...lines, ...wrap(`${printable(name)}: ${found} in ${extent}`)];
}

function defectLines({ offset, message, rule, severity }: Defect): string[] {
  const [first = '', ...rest] = wrap(
    `byte ${count(offset)} (${hex(offset)}): ${severity}: ${printable(message)}`,
  );
  return [first, ...rest.map((line) => `    ${line}`), `    rule ${rule}`];
}

function resultJson(name: string, result: VerifyResult): unknown {
  return {
    file: name,
    ok: result.ok,
    bytes: result.bytes,
    records: recordTotal(result),
    defects: result.defects,
    broken: Object.fromEntries(result.broken),
  };
}

function ruleLines(): string[] {
  return Object.entries(verifyRules).flatMap(([id, { severity, rule, spec }]) => [
    severity === 'error' ? id : `${id} (${severity})`,
    ...wrap(rule, 4),
    ...wrap(`from ${spec}`, 4),
  ]);
}
