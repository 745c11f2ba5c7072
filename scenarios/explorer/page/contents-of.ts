/** The bytes of the heap that the page was made of. */
import type { PageInfo } from '../page-info.ts';
import { type Contents, DumpContents, noContents, ScenarioWorker } from './contents.ts';
import { readSection } from './data.ts';
import type { Live } from './live/live.ts';

/** `live` runs the script again, where the page can. */
export async function contentsOf(info: PageInfo, live: Live | undefined): Promise<Contents> {
  const { kind, name, script, steps, still, withoutContents } = info;
  if (withoutContents !== undefined) return noContents(withoutContents);
  if (kind === 'dump') return new DumpContents(name, (await readSection('dump'))!);
  if (live === undefined || info.live === undefined || script === undefined) {
    return noContents(
      `What is in objects cannot be had in this page: ${still ?? 'it has no script'}.`,
    );
  }
  return new ScenarioWorker(() => live.engine(), { script, args: info.live.args }, steps);
}
