/**
 * One measurement of ours: `child.ts TASK N [FILE]` does the task once with a twentieth of the objects, so that the
 * code is compiled, then in full, and prints the sample of that. A file that is read is read twice.
 */
import { Stopwatch } from './stopwatch.ts';
import { type TaskName, tasks } from './tasks/index.ts';

const [name = '', n = '', file = ''] = process.argv.slice(2);
const task = tasks[name as TaskName];
task(new Stopwatch(), Math.ceil(Number(n) / 20), file);
const watch = new Stopwatch();
task(watch, Number(n), file);
process.stdout.write(`${JSON.stringify(watch.sample)}\n`);
