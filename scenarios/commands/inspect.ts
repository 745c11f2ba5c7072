/** `inspect`: what is in a dump, whoever wrote it; streams, so that its size does not matter. */
import { type DumpVisitor, type ObjectView, visitDump } from '../../dump/reader.ts';
import { type DumpRecord, recordTable, type Uint64 } from '../../dump/records.ts';
import { parseAddress } from '../address.ts';
import { defineCommand } from '../command.ts';
import { count, counted, hex, roundedBytes, toJson } from '../format.ts';
import { type DumpFile, withDumpFile } from '../input.ts';
import { type Io, Printer, Progress } from '../io.ts';
import { isComplete, objectJson, objectLines, recordJson, recordLines } from '../record-text.ts';
import { didYouMean } from '../suggest.ts';
import { summarize, summaryJson, summaryLines } from '../summary.ts';
import { type ExitCode, exitCode, UsageError } from '../usage-error.ts';
import { printHex } from './inspect-hex.ts';

/** Contents above this are not kept in memory when they are not shown. */
const maxUnshown = 65536;
/** Contents above this are not shown. */
const maxShown = 64 << 20;

type OtherRecord = Exclude<DumpRecord, { kind: 'object' }>;

export const inspectCommand = defineCommand({
  examples: [
    ['goheapsim inspect out.dump', 'counts, sizes, goroutines and statistics'],
    ['goheapsim inspect out.dump --kind goroutine --kind stackFrame', 'these records, one by one'],
    ['goheapsim inspect out.dump --at 0xc000012010 --contents', 'what lies at an address'],
    ['goheapsim inspect out.dump --records --json | head', 'one JSON object a line'],
    ['goheapsim inspect out.dump --kind params --hex', 'each byte with its field'],
    ['./prog 3>&1 >/dev/null | goheapsim inspect -', 'a dump from standard input'],
  ],
  notes: [
    `Kinds of records: ${recordTable.map(({ kind }) => kind).join(', ')}.`,
    'Integers above 2^53 are strings in JSON. Exit code 1: the dump breaks off or is corrupt (what ' +
      'comes before that is shown), or --at finds nothing.',
  ],
  build: (parser) =>
    parser
      .positional('dump', {
        type: 'string',
        demandOption: true,
        describe: 'A heap dump, or - for standard input',
      })
      .option('records', { type: 'boolean', describe: 'Show every record' })
      .option('kind', {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: 'Show the records of this kind; may be repeated',
      })
      .option('at', {
        type: 'string',
        requiresArg: true,
        describe: 'Show the records that contain this address',
      })
      .option('contents', { type: 'boolean', describe: 'Show the bytes of objects, frames, data' })
      .option('hex', {
        type: 'boolean',
        describe: 'Show the bytes of the file with the field that each belongs to',
      })
      .option('json', { type: 'boolean', describe: 'Print JSON' }),
  run(args, io) {
    const tags = tagsOf(args.kind ?? []);
    const address = args.at === undefined ? undefined : parseAddress('inspect: --at', args.at);
    const options: Selection = { tags, address, contents: args.contents, json: args.json };
    if (args.hex) return printHexdump(args.dump, options, io);
    return withDumpFile(args.dump, (file) =>
      args.records || args.contents || tags !== undefined || address !== undefined
        ? printRecords(file, options, io)
        : printSummary(file, args.json === true, io),
    );
  },
});

interface Selection {
  /** By tag: whether the kind is wanted; undefined for all. */
  readonly tags: readonly boolean[] | undefined;
  readonly address: Uint64 | undefined;
  readonly contents: boolean | undefined;
  readonly json: boolean | undefined;
}

function tagsOf(kinds: readonly string[]): readonly boolean[] | undefined {
  if (kinds.length === 0) return undefined;
  const wanted = recordTable.map(() => false);
  for (const kind of kinds) {
    const spec = recordTable.find((row) => row.kind.toLowerCase() === kind.toLowerCase());
    if (spec === undefined) {
      const known = recordTable.map((row) => row.kind);
      const advice = didYouMean(kind, known) || ` Kinds: ${known.join(', ')}`;
      throw new UsageError(`inspect: --kind: unknown kind "${kind}".${advice}`);
    }
    wanted[spec.tag] = true;
  }
  return wanted;
}

function reading(file: DumpFile): (bytes: number) => string {
  const { size } = file;
  return (bytes) =>
    size === undefined
      ? `read ${roundedBytes(bytes)}`
      : `read ${roundedBytes(bytes)} of ${roundedBytes(size)}`;
}

function printSummary(file: DumpFile, json: boolean, io: Io): ExitCode {
  const progress = new Progress(io);
  const text = reading(file);
  const { summary, error } = summarize(file.chunks(), (bytes) => progress.tick(() => text(bytes)));
  progress.done();
  if (summary.header === '') throw error;
  const out = new Printer(io.stdout, io.env);
  if (json) out.line(toJson(summaryJson(file.name, summary, error === undefined), 2));
  else {
    out.lines(summaryLines(file.name, summary, (title) => out.bold(title)));
    if (summary.defects > 0) {
      out.line();
      out.line(`${counted(summary.defects, 'defect')}: goheapsim verify ${file.name}`);
    }
  }
  out.flush();
  if (error !== undefined) throw error;
  return exitCode.done;
}

function printRecords(file: DumpFile, selection: Selection, io: Io): ExitCode {
  const out = new Printer(io.stdout, io.env);
  const printer = recordPrinter(out, selection, io);
  const maxContents = selection.contents ? maxShown : maxUnshown;
  try {
    visitDump(file.chunks(), printer.visitor, { maxContents });
  } finally {
    out.flush();
  }
  if (selection.address !== undefined && printer.shown() === 0) {
    return notFound(file.name, selection.address, io);
  }
  return exitCode.done;
}

/** Bytes with their fields; for --at the dump is read twice, first to find the records. */
function printHexdump(path: string, { tags, address, json }: Selection, io: Io): ExitCode {
  const out = new Printer(io.stdout, io.env);
  let ranges: [number, number][] | undefined;
  if (address !== undefined) {
    if (path === '-') {
      throw new UsageError('inspect: --at with --hex reads twice: give a file, not standard input');
    }
    ranges = withDumpFile(path, (file) => rangesAt(file, address));
  }
  const any = withDumpFile(path, (file) => {
    try {
      return printHex(file.chunks(), { tags, ranges, json: json === true }, out);
    } finally {
      out.flush();
    }
  });
  if (any || address === undefined) return exitCode.done;
  return notFound(path, address, io);
}

function rangesAt(file: DumpFile, address: Uint64): [number, number][] {
  const ranges: [number, number][] = [];
  const add = (offset: Uint64, length: Uint64) =>
    ranges.push([Number(offset), Number(offset) + Number(length)]);
  visitDump(
    file.chunks(),
    {
      object: (view) => {
        if (within(address, view.address, view.size)) add(view.offset, view.length);
      },
      record: (record) => {
        if (isAt(record, address)) add(record.offset, record.length);
      },
      defect() {},
    },
    { maxContents: maxUnshown },
  );
  return ranges;
}

function notFound(name: string, address: Uint64, io: Io): ExitCode {
  io.stderr.write(`goheapsim: ${name}: no record contains ${hex(address)}\n`);
  return exitCode.bad;
}

function recordPrinter(
  out: Printer,
  selection: Selection,
  io: Io,
): { visitor: DumpVisitor; shown(): number } {
  const { tags, address, json } = selection;
  const contents = selection.contents === true;
  let shown = 0;
  const tooLarge = (at: Uint64, size: Uint64): void => {
    out.flush();
    io.stderr.write(
      `goheapsim: contents at ${hex(at)} are not shown: ${count(size)} bytes are more than ` +
        `${count(maxShown)}\n`,
    );
  };
  const visitor: DumpVisitor = {
    object(view: ObjectView) {
      if (tags !== undefined && !tags[1]) return;
      if (address !== undefined && !within(address, view.address, view.size)) return;
      shown++;
      if (json) out.line(objectJson(view, contents));
      else {
        if (address !== undefined) out.lines(placeLines(address, view.address));
        out.lines(objectLines(view, contents));
      }
      if (contents && view.omitted) tooLarge(view.address, view.size);
    },
    record(record: OtherRecord) {
      if (tags !== undefined && !tags[record.tag]) return;
      if (address !== undefined && !isAt(record, address)) return;
      shown++;
      out.lines(json ? [recordJson(record, contents)] : recordLines(record, contents));
      if (contents && 'size' in record && 'contents' in record && !isComplete(record)) {
        tooLarge('sp' in record ? record.sp : record.address, record.size);
      }
    },
    // What can be read past is shown; verify says what is wrong with it.
    defect() {},
  };
  return { visitor, shown: () => shown };
}

function placeLines(address: Uint64, base: Uint64): string[] {
  const into = BigInt(address) - BigInt(base);
  return into === 0n ? [] : [`${hex(address)} is ${counted(into, 'byte')} into this object:`];
}

function within(address: Uint64, base: Uint64, size: Uint64): boolean {
  if (address < base) return false;
  return BigInt(address) - BigInt(base) < BigInt(size);
}

/** Whether a record is about the address: it holds that memory, or is named by it. */
function isAt(record: OtherRecord, address: Uint64): boolean {
  switch (record.kind) {
    case 'stackFrame':
      return within(address, record.sp, record.size);
    case 'dataSegment':
    case 'bss':
      return within(address, record.address, record.size);
    case 'memProf':
      return record.id === address;
    case 'eof':
    case 'params':
    case 'memStats':
      return false;
    default:
      return record.address === address;
  }
}
