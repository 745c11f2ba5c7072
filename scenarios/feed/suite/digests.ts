/**
 * SHA-256 of the dumps of the suite that take long to make, by id: `goheapsim feed make <id> -o - | sha256sum`. The smaller of them
 * are checked by a test.
 */
export const digests: Readonly<Record<string, string>> = {};
