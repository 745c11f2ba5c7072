import type { Stopwatch } from '../stopwatch.ts';

/** Does `n` of something and times the part that counts; `file` is what it writes or reads, if it does. */
export type Task = (watch: Stopwatch, n: number, file: string) => void;
