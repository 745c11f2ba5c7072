/** Mutants of a small dump, each with all of its bytes. */
import { feedBase, MutantStream } from '../../../dump/index.ts';
import type { Scenario } from '../../../scenarios/index.ts';
import { runScenario } from '../../../scenarios/index.ts';
import linkedList from '../../../scenarios/library/linked-list.ts';
import type { Stopwatch } from '../stopwatch.ts';

export function mutants(watch: Stopwatch, n: number): void {
  const chunks: Uint8Array[] = [];
  const openDump = () => ({ write: (bytes: Uint8Array) => void chunks.push(bytes.slice()) });
  runScenario(linkedList as Scenario, { params: { n: 10 }, openDump });
  const stream = new MutantStream(feedBase(new Uint8Array(Buffer.concat(chunks))), 'bench');
  watch.start();
  for (let i = 0; i < n; i++) watch.count += stream.at(i)?.content.length ?? 0;
  watch.stop();
}
