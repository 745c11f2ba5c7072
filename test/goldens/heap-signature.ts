/** What two runs of one program have in common when they laid their heaps out alike. */
import { createHash } from 'node:crypto';
import { visitDump } from '../../dump/index.ts';
import { objectsOf } from '../../scenarios/twin/facts.ts';

/**
 * A hash of the objects and of the goroutines with their frames. Contents are left out: they hold thread ids
 * and times, which differ from run to run.
 */
export function heapSignature(dump: Uint8Array): string {
  const hash = createHash('sha256').update(objectsOf(dump).join('\n'));
  visitDump(dump, {
    record: (record) => {
      if (record.kind === 'goroutine') {
        hash.update(
          `goroutine ${record.address} ${record.sp} ${record.status} ${record.waitReason}\n`,
        );
      }
      if (record.kind === 'stackFrame') hash.update(`frame ${record.sp} ${record.pc}\n`);
    },
  });
  return hash.digest('hex');
}
