/** Where and what is wrong in a dump. */
export interface DefectPlace {
  /** Offset of the first byte of the field that is wrong. */
  readonly offset: number;
  /** The field: `object#41.fields[2].kind`. */
  readonly path: string;
  /** Offset of the first byte at which no valid dump can continue; the end of the input if it is cut. */
  readonly firstErrorOffset: number;
}

/** A dump that cannot be read, or cannot be what it is wanted for. */
export class DumpError extends Error {
  override readonly name = 'DumpError';
  readonly offset: number;
  readonly path: string;
  readonly firstErrorOffset: number;

  constructor(
    message: string,
    place: { offset: number; path: string; firstErrorOffset?: number | undefined },
  ) {
    super(message);
    this.offset = place.offset;
    this.path = place.path;
    this.firstErrorOffset = place.firstErrorOffset ?? place.offset;
  }
}

export type Severity = 'error' | 'warning' | 'note';

/** Something wrong with a dump that does not keep it from being read on. */
export interface Defect extends DefectPlace {
  /** Which rule is broken; verify lists them all. */
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
}
