/** A script uses the language wrongly: the message says what to do. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
}

/** A run went past the limit on simulated memory or on operations. */
export class LimitError extends Error {
  override readonly name = 'LimitError';
}
