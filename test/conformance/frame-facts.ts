/**
 * Frames of Go's own functions in a dump, with defers and panics: what a dump of the model and one of real Go
 * must share. Frames of the program's functions are a compiler's choice, so they are left out, and
 * with them the sp of frames that lie below one.
 */
import { type RecordOfKind, readDump, type Uint64 } from '../../dump/index.ts';

type Goroutine = RecordOfKind<'goroutine'>;
type StackFrame = RecordOfKind<'stackFrame'>;

interface Target {
  readonly wide: boolean;
  readonly little: boolean;
  readonly start: number;
  readonly end: number;
}

/** Has no pointer maps, so that its frame is dumped whole, with what earlier calls have left there. */
const unmapped = 'runtime.systemstack_switch';

/** One goroutine with what follows its record. */
interface Dumped {
  readonly goroutine: Goroutine;
  readonly frames: StackFrame[];
  readonly chains: (RecordOfKind<'defer'> | RecordOfKind<'panic'>)[];
}

/**
 * For each goroutine: its frames, youngest first, then its defers and panics. A frame of Go's own is
 * its name, size and pointers by offset; its sp where the functions that called it are all Go's own.
 */
export function frameFacts(dump: Uint8Array): string[] {
  let target: Target = { wide: true, little: true, start: 0, end: 0 };
  const all: Dumped[] = [];
  for (const record of readDump(dump)) {
    if (record.kind === 'params') {
      target = {
        wide: Number(record.pointerSize) === 8,
        little: !record.bigEndian,
        start: Number(record.heapStart),
        end: Number(record.heapEnd),
      };
    } else if (record.kind === 'goroutine') {
      all.push({ goroutine: record, frames: [], chains: [] });
    } else if (record.kind === 'stackFrame') {
      all.at(-1)!.frames.push({ ...record, contents: record.contents.slice() });
    } else if (record.kind === 'defer' || record.kind === 'panic') {
      all.at(-1)!.chains.push(record);
    }
  }
  return all.flatMap((one) =>
    factsOf(one, target).map((fact) => `goroutine ${one.goroutine.id}: ${fact}`),
  );
}

function factsOf({ goroutine, frames, chains }: Dumped, target: Target): string[] {
  const hi = Number(frames.at(-1)?.sp ?? 0);
  const lo = Number(goroutine.sp);
  const place = (value: Uint64): string => {
    const p = Number(value);
    if (p >= lo && p <= hi) return 'stack';
    return p >= target.start && p < target.end ? p.toString(16) : p === 0 ? '0' : 'data';
  };
  const oldestOwn = frames.findLastIndex(({ name }) => isProgram(String(name)));
  return [
    ...frames.flatMap((frame, i) =>
      isProgram(String(frame.name))
        ? []
        : [
            `${frameText(frame, target, place)}${i > oldestOwn ? ` at ${frame.sp.toString(16)}` : ''}`,
          ],
    ),
    ...chains.map((r) =>
      r.kind === 'defer'
        ? `defer ${place(r.address)} fn ${place(r.funcval)} link ${place(r.link)}`
        : `panic ${place(r.address)} arg ${place(r.argData)} link ${place(r.link)}`,
    ),
  ];
}

function isProgram(name: string): boolean {
  return name.startsWith('main.');
}

function frameText(
  { name, contents, pointers }: StackFrame,
  { wide, little }: Target,
  place: (value: Uint64) => string,
): string {
  if (name === unmapped) return `${name} ${contents.length} bytes`;
  const view = new DataView(contents.buffer, contents.byteOffset, contents.byteLength);
  const values = pointers.map((offset) => {
    const at = Number(offset);
    if (at >= contents.length) return `${at}: beyond`;
    return `${at}: ${place(wide ? view.getBigUint64(at, little) : view.getUint32(at, little))}`;
  });
  return `${name} ${contents.length} bytes, pointers ${values.join(', ') || 'none'}`;
}
