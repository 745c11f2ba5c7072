/** What /proc tells of the processes of a run. Where there is none (not Linux), nothing is known. */
import { readdirSync, readFileSync } from 'node:fs';

/** A process of the group or with the mark. */
export interface ProcessInfo {
  readonly pid: number;
  readonly rss: number;
}

const pageSize = 4096;

export const hasProcessTable = process.platform === 'linux';

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return undefined;
  }
}

/** Bytes of memory that a process has; 0 when it has ended. */
export function rssOf(pid: number): number {
  const pages = read(`/proc/${pid}/statm`)?.split(' ')[1];
  return pages === undefined ? 0 : Number(pages) * pageSize;
}

/** poll, select and epoll; wait4, but not `futex_do_wait`, in which a runtime that starts waits for its own threads. */
const waitsForOther = /poll|do_select|^(do_wait|kernel_wait)/;

/**
 * What a process waits for: bytes of a pipe, in any of its threads; something else that may be bytes of a pipe or a
 * child's reading them; or nothing of that. Undefined where that is not told.
 */
export function waitsFor(pid: number): 'pipe' | 'other' | 'nothing' | undefined {
  try {
    const tasks = readdirSync(`/proc/${pid}/task`);
    const channelOf = (task: string): string => read(`/proc/${pid}/task/${task}/wchan`) ?? '';
    if (tasks.some((task) => channelOf(task).includes('pipe_read'))) return 'pipe';
    return waitsForOther.test(channelOf(`${pid}`)) ? 'other' : 'nothing';
  } catch {
    return undefined;
  }
}

/** Descriptors that a process has open. */
export function openFiles(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return 0;
  }
}

/** Where in its file a descriptor of ours is; a child that shares it moves it. */
export function filePosition(fd: number): number | undefined {
  const position = /^pos:\s*(\d+)$/m.exec(read(`/proc/self/fdinfo/${fd}`) ?? '')?.[1];
  return position === undefined ? undefined : Number(position);
}

/**
 * The living processes of group `pgid` and those with `mark` in their environment, wherever they went: a child that
 * leaves the group (setsid) keeps the environment it was born with. Only processes younger than the group are looked at.
 */
export function processesOf(pgid: number, mark: string | undefined): ProcessInfo[] {
  const found: ProcessInfo[] = [];
  if (!hasProcessTable) return found;
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!(pid >= pgid)) continue;
    const stat = read(`/proc/${pid}/stat`);
    if (stat === undefined) continue;
    // The name is in parentheses and may hold anything; after it: state, parent, group, session, …
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') continue;
    const isOurs =
      Number(fields[2]) === pgid ||
      (mark !== undefined && read(`/proc/${pid}/environ`)?.includes(mark) === true);
    if (isOurs) found.push({ pid, rss: Number(fields[21]) * pageSize });
  }
  return found;
}
