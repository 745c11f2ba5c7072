/** Thrown out of a run that has got where it was to stop. */
export class StopRun extends Error {
  override readonly name = 'StopRun';
}
