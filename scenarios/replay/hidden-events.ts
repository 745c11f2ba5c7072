/** What the log of a program leaves open. */

/** Something that happened and that no record shows by itself. */
export interface HiddenEvent {
  readonly kind:
    | 'stack growth'
    | 'goroutine end'
    | 'goroutine still there'
    | 'stack order'
    | 'unseen stack'
    | 'unexplained stack'
    | 'mark buffers taken'
    | 'mark buffers freed'
    | 'record written late';
  /** Line of the record that it was inferred from. */
  readonly line: number;
  readonly goroutine: number;
  /** The stack's end. */
  readonly stack: number;
  /** Its size, bytes. */
  readonly bytes: number;
}
