/** Which GOARCH a log is of: its first stack begins in a file that each has by its own name. */
import { archOf, type GoArch } from '../../sim/arch.ts';
import { hex } from '../format.ts';
import { UsageError } from '../usage-error.ts';

/** GOARCHes by where runtime.rt0_go is; of two byte orders, which no log tells, the usual one first. @go runtime/asm_*.s */
const assemblies: Readonly<Record<string, readonly GoArch[]>> = {
  'asm_386.s': ['386'],
  'asm_amd64.s': ['amd64'],
  'asm_arm.s': ['arm'],
  'asm_arm64.s': ['arm64'],
  'asm_loong64.s': ['loong64'],
  'asm_mipsx.s': ['mipsle', 'mips'],
  'asm_mips64x.s': ['mips64le', 'mips64'],
  'asm_ppc64x.s': ['ppc64le', 'ppc64'],
  'asm_riscv64.s': ['riscv64'],
  'asm_s390x.s': ['s390x'],
};

/** Above all addresses of a 32-bit program; 64-bit ones have their heaps far above it. @go runtime/malloc.go mallocinit */
const end32 = 2 ** 32;

export interface LogTarget {
  readonly goarch: GoArch;
  /** What tells it. */
  readonly from: 'binary' | 'option' | 'log';
  /** What the reader must know of it. */
  readonly notes: readonly string[];
}

/** What is known of a log's target. */
interface TargetFacts {
  /** How the log is called. */
  readonly log: string;
  /** The file that the log's first stack begins in, as {@link LogParser.assembly} has it. */
  readonly assembly: string | undefined;
  /** The log's first address. */
  readonly addr: number;
  /** The program, by name and target. */
  readonly program: { readonly name: string; readonly goarch: GoArch } | undefined;
  readonly option: GoArch | undefined;
}

/** @throws {UsageError} where what is known does not go together, or is not enough */
export function logTarget(facts: TargetFacts): LogTarget {
  const { log, assembly, program, option, addr } = facts;
  const shown: readonly GoArch[] = assemblies[assembly ?? ''] ?? [];
  if (program !== undefined) {
    if (option !== undefined && option !== program.goarch) {
      throw new UsageError(`${program.name}: a program for ${program.goarch}, not ${option}`);
    }
    if (shown[0] !== undefined && !shown.includes(program.goarch)) {
      throw new UsageError(
        `${program.name}: a program for ${program.goarch}, and ${log} is of one for ${shown.join(' or ')}`,
      );
    }
    return { goarch: program.goarch, from: 'binary', notes: [] };
  }
  if (option !== undefined) return chosen(option, shown, facts);
  const [likely, other] = shown;
  if (likely !== undefined) {
    const notes = [`a log tells no byte order: --goarch ${other} if it is not ${likely}`];
    return { goarch: likely, from: 'log', notes: other === undefined ? [] : notes };
  }
  if (addr >= end32) {
    const notes = ['the log does not show its GOARCH: taken for amd64, else tell it by --goarch'];
    return { goarch: 'amd64', from: 'log', notes };
  }
  throw new UsageError(
    `${log}: of a 32-bit program, by its address ${hex(addr)}; name its GOARCH by --goarch, ` +
      'as --goarch 386, or the program by --binary',
  );
}

/** The option decides, but for what cannot be. */
function chosen(goarch: GoArch, shown: readonly GoArch[], { log, addr }: TargetFacts): LogTarget {
  if (archOf(goarch).ptrSize === 4 && addr >= end32) {
    throw new UsageError(
      `${log}: of a 64-bit program, by its address ${hex(addr)}, and --goarch is ${goarch}`,
    );
  }
  const notes = [`the log looks like one of ${shown.join(' or ')}, and --goarch is ${goarch}`];
  return {
    goarch,
    from: 'option',
    notes: shown.length === 0 || shown.includes(goarch) ? [] : notes,
  };
}
