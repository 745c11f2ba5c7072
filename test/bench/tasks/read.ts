/** Reading a dump's records, and verifying it. */
import { verifyDump, visitDump } from '../../../dump/index.ts';
import { withDumpFile } from '../../../scenarios/input.ts';
import type { Stopwatch } from '../stopwatch.ts';

/** Counts the records. */
export function read(watch: Stopwatch, _n: number, file: string): void {
  watch.start();
  let records = 0;
  const count = () => {
    records++;
  };
  withDumpFile(file, (dump) => visitDump(dump.chunks(), { object: count, record: count }));
  watch.stop();
  watch.count = records;
}

export function verify(watch: Stopwatch, _n: number, file: string): void {
  watch.start();
  const { ok } = withDumpFile(file, (dump) => verifyDump(dump.chunks()));
  watch.stop();
  if (!ok) throw new Error(`${file} has defects`);
}
