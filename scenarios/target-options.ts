/** Options of commands that simulate for a target. */
import { type GoArch, goarches } from '../sim/arch.ts';
import { didYouMean } from './suggest.ts';
import { UsageError } from './usage-error.ts';

/** The target that --goarch names. @throws {UsageError} */
export function goarchOf(command: string, text: string): GoArch {
  const goarch = goarches.find((known) => known === text);
  if (goarch !== undefined) return goarch;
  const advice = didYouMean(text, goarches) || ` Known: ${goarches.join(', ')}`;
  throw new UsageError(`${command}: --goarch: unknown GOARCH "${text}".${advice}`);
}

/** Whether --goexperiment leaves the layout of pointer bits as it is by default. @throws {UsageError} */
export function allocHeadersOf(command: string, text: string | undefined): boolean {
  if (text === undefined || text === '' || text === 'allocheaders') return true;
  if (text === 'noallocheaders') return false;
  const known = ['noallocheaders', 'allocheaders'];
  throw new UsageError(
    `${command}: --goexperiment: unknown experiment "${text}".` +
      (didYouMean(text, known) || ` Known: ${known.join(', ')}`),
  );
}
