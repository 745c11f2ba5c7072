/**
 * A process of ours that outlives us, should we be killed: it knows which groups run, and ends them and removes our
 * temporary folder as soon as the pipe to it closes. It is a shell in a session of its own, so that ctrl-C on the
 * terminal does not reach it.
 */
import { type ChildProcess, spawn } from 'node:child_process';

const script = `
groups=' '
while read -r sign group; do
  case $sign in
    +) groups="$groups$group " ;;
    -) groups="\${groups%% $group *} \${groups#* $group }" ;;
  esac
done
for group in $groups; do kill -KILL -- "-$group" 2>/dev/null; done
rm -rf -- "$1"
`;

export class Watchdog {
  readonly #shell: ChildProcess;
  readonly #groups = new Set<number>();

  constructor(folder: string) {
    this.#shell = spawn('/bin/sh', ['-c', script, 'sh', folder], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    });
    // The end of the shell, or of its pipe, is no reason to stop.
    this.#shell.on('error', () => {});
    this.#shell.stdin!.on('error', () => {});
    this.#shell.unref();
    (this.#shell.stdin as unknown as { unref(): void }).unref();
  }

  started(group: number): void {
    this.#groups.add(group);
    this.#shell.stdin!.write(`+ ${group}\n`);
  }

  ended(group: number): void {
    if (this.#groups.delete(group)) this.#shell.stdin!.write(`- ${group}\n`);
  }

  /** Ends all groups at once; the shell removes the folder. */
  endAll(): void {
    for (const group of this.#groups) killGroup(group, 'SIGKILL');
    this.#groups.clear();
    this.#shell.stdin!.end();
  }
}

/** Sends a signal to all processes of a group; one that has ended is none. */
export function killGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch {
    // It has ended.
  }
}

/** Whether a group has a process, be it one that has ended and that nobody has asked for. */
export function groupExists(group: number): boolean {
  try {
    process.kill(-group, 0);
    return true;
  } catch {
    return false;
  }
}
