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

/**
 * The object that a reader printed: on the last line, or on several from the first that begins with a brace; undefined where there
 * is none.
 */
export function parseAnswer(stdout: string): Record<string, unknown> | undefined {
  const text = stdout.trimEnd();
  return parseObject(text.slice(text.lastIndexOf('\n') + 1)) ?? parseObject(text);
}

function parseObject(text: string): Record<string, unknown> | undefined {
  const start = text.search(/^[ \t]*\{/m);
  if (start < 0) return undefined;
  try {
    return parseExactJson(text.slice(start)) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
