/**
 * A program whose threads take turns: all on one processor under SCHED_FIFO, where the kernel lets a thread
 * run until it waits. So sysmon comes only when the others wait, and preempts no goroutine for having run
 * 10 ms, however slow the machine or its emulator is: the goroutines run in the order that is their own.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { findExecutable } from './find-executable.ts';
import { once } from './once.ts';

/** Processors that this process may run on, from lines such as `Cpus_allowed_list:\t0,2-3`. */
export function allowedProcessors(status: string): number[] {
  const list = /^Cpus_allowed_list:[ \t]*(\d[\d,-]*)$/m.exec(status)?.[1];
  if (list === undefined) return [];
  return list.split(',').flatMap((range) => {
    const [first = 0, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}

/** Processes that run side by side spread over the processors. */
function command(): readonly string[] {
  const chrt = findExecutable('chrt');
  const taskset = findExecutable('taskset');
  if (chrt === undefined || taskset === undefined) return [];
  try {
    const processors = allowedProcessors(readFileSync('/proc/self/status', 'utf8'));
    const processor = processors[process.pid % processors.length];
    const before = [chrt, '--fifo', '1', taskset, '--cpu-list', `${processor}`];
    const tried = spawnSync(before[0]!, [...before.slice(1), 'true'], { stdio: 'ignore' });
    return tried.status === 0 ? before : [];
  } catch {
    return [];
  }
}

/** What stands before a program's command line for it; empty where the system does not allow it. */
export const takingTurns = once(command);
