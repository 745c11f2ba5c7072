/** The programs whose dumps are kept: what each is built from, and for which targets. */
import { readFileSync } from 'node:fs';
import type { GoArch } from '../../sim/arch.ts';
import { manyTypes } from './programs/many-types.ts';

export interface GoldenProgram {
  readonly name: string;
  /** Its files by name. */
  files(): Record<string, string>;
  readonly goarches: readonly GoArch[];
  readonly goexperiment: string;
  /** Descriptors that it dumps to, in order. */
  readonly descriptors: readonly number[];
}

const everyArch: readonly GoArch[] = [
  'amd64',
  '386',
  'arm',
  'arm64',
  'loong64',
  'mips',
  'mipsle',
  'mips64',
  'mips64le',
  'ppc64',
  'ppc64le',
  'riscv64',
  's390x',
];
const fourArches: readonly GoArch[] = ['amd64', '386', 'arm64', 's390x'];

function kept(name: string): () => Record<string, string> {
  const file = new URL(`programs/${name}/main.go`, import.meta.url);
  return () => ({ 'main.go': readFileSync(file, 'utf8') });
}

function program(
  name: string,
  goarches: readonly GoArch[],
  options: { files?: () => Record<string, string>; dumps?: number; goexperiment?: string } = {},
): GoldenProgram {
  const { files = kept(name), dumps = 2, goexperiment = '' } = options;
  const descriptors = Array.from({ length: dumps }, (_, index) => index + 3);
  return { name, files, goarches, goexperiment, descriptors };
}

export const goldenPrograms: readonly GoldenProgram[] = [
  program('linked-list', everyArch),
  program('odd-sizes', everyArch),
  program('parked', everyArch),
  program('deep-stacks', everyArch, { dumps: 3 }),
  // Its panic comes from a signal, which qemu-i386 cannot deliver to a program of several threads.
  program('nil-dereference', ['amd64', 'arm64', 's390x']),
  program('tree', fourArches),
  program('maps', fourArches),
  program('slices', fourArches),
  program('tiny-strings', fourArches),
  program('large', fourArches),
  program('finalizers', fourArches),
  program('memprofile', fourArches),
  program('itabs', fourArches),
  program('many-types', fourArches, { files: () => ({ 'main.go': manyTypes({ n: 800 }) }) }),
  program('collected', fourArches, { dumps: 3 }),
  program('gcprog', fourArches),
  program('odd-sizes', fourArches, { goexperiment: 'noallocheaders' }),
  program('gcprog', fourArches, { goexperiment: 'noallocheaders' }),
  program('collected', fourArches, { dumps: 3, goexperiment: 'noallocheaders' }),
];
