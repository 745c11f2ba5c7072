/** Options of commands that simulate for a target. */
import { type GoArch, goarches } from '../sim/arch.ts';
import { didYouMean } from './suggest.ts';
import { UsageError } from './usage-error.ts';

/** Options of commands that run a scenario: what decides the run beside the scenario itself. */
export const scenarioOptions = {
  param: {
    alias: 'p',
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'A parameter of the scenario: name=value; may be repeated',
  },
  seed: {
    type: 'string',
    requiresArg: true,
    default: '1',
    describe: 'Seed of all that is random in the run',
  },
  goarch: {
    type: 'string',
    requiresArg: true,
    default: 'amd64',
    describe: `Target: ${goarches.join(' ')}`,
  },
  goexperiment: {
    type: 'string',
    requiresArg: true,
    describe: 'noallocheaders: the older layout of pointer bits',
  },
} as const;

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
