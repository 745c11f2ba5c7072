/** What a reader prints: one JSON object, of whose numbers nothing is lost. */

/** A string, or an integer that a double cannot hold. */
const tokens = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g;

/** JSON with integers beyond 2^53-1 as strings of their digits. @throws {SyntaxError} */
export function parseExactJson(text: string): unknown {
  const exact = text.replace(tokens, (token) =>
    token.startsWith('"') || Number.isSafeInteger(Number(token)) ? token : `"${token}"`,
  );
  return JSON.parse(exact);
}

/** The object on the last line of what a reader printed; undefined where there is none. */
export function parseAnswer(stdout: string): Record<string, unknown> | undefined {
  const line = stdout.trimEnd().split('\n').at(-1)?.trim() ?? '';
  if (!line.startsWith('{')) return undefined;
  try {
    return parseExactJson(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
