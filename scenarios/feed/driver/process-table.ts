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

/** poll, select and epoll; not `futex_do_wait`, in which a runtime that starts waits for its own threads. */
const polls = /poll|do_select/;
const waitsForChild = /^(do_wait|kernel_wait)/;
/** Runs, could run, or waits for a disk. */
const isBusy = /\) [RD] /;

/** What a process is at: it waits for a pipe, in any of its threads; it is busy; it waits for one of several things, which may be a pipe; it waits for none of these. */
export type Activity = 'pipe' | 'busy' | 'poll' | 'other';

/** What a process is at; of one that waits for its children, what they are at. Undefined where that is not told. */
export function activityOf(pid: number): Activity | undefined {
  try {
    const task = `/proc/${pid}/task`;
    const tasks = readdirSync(task);
    const channelOf = (id: string): string => read(`${task}/${id}/wchan`) ?? '';
    if (tasks.some((id) => channelOf(id).includes('pipe_read'))) return 'pipe';
    if (tasks.some((id) => isBusy.test(read(`${task}/${id}/stat`) ?? ''))) return 'busy';
    const channel = channelOf(`${pid}`);
    if (waitsForChild.test(channel)) return activityOfChildren(pid);
    return polls.test(channel) ? 'poll' : 'other';
  } catch {
    return undefined;
  }
}

function activityOfChildren(pid: number): Activity {
  const children = read(`/proc/${pid}/task/${pid}/children`)?.trim() ?? '';
  // A system without that file, or a child that has just ended.
  if (children === '') return 'poll';
  const found = new Set(children.split(' ').map((child) => activityOf(Number(child))));
  return (['pipe', 'busy', 'poll'] as const).find((activity) => found.has(activity)) ?? 'other';
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

/** A living process as /proc tells it: the fields of its stat from the state on. */
interface Entry {
  readonly pid: number;
  readonly fields: readonly string[];
}

/** The living processes that are not older than one. */
function* notOlderThan(oldest: number): Generator<Entry> {
  if (!hasProcessTable) return;
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!(pid >= oldest)) continue;
    const stat = read(`/proc/${pid}/stat`);
    if (stat === undefined) continue;
    // The name is in parentheses and may hold anything; after it: state, parent, group, session, …
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] !== 'Z' && fields[0] !== 'X') yield { pid, fields };
  }
}

/**
 * The living processes of group `pgid` and those with `mark` in their environment, wherever they went: a child that
 * leaves the group (setsid) keeps the environment it was born with. Only processes younger than the group are looked at.
 */
export function processesOf(pgid: number, mark: string | undefined): ProcessInfo[] {
  const found: ProcessInfo[] = [];
  for (const { pid, fields } of notOlderThan(pgid)) {
    const isOurs =
      Number(fields[2]) === pgid ||
      (mark !== undefined && read(`/proc/${pid}/environ`)?.includes(mark) === true);
    if (isOurs) found.push({ pid, rss: Number(fields[21]) * pageSize });
  }
  return found;
}

/** Parent of the kernel's own threads. */
const kthreadd = 2;

/**
 * Whether a process younger than group `pgid` has no environment: one that is being replaced by another program (execve) has
 * none for a moment, so that nobody can tell whose it is.
 */
export function oneIsStarting(pgid: number): boolean {
  for (const { pid, fields } of notOlderThan(pgid)) {
    if (Number(fields[1]) !== kthreadd && read(`/proc/${pid}/environ`) === '') return true;
  }
  return false;
}
