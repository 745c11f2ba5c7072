/**
 * What can go wrong on the command line, and the exit code that tells a script which it was.
 */

/** The process's exit codes. */
export const exitCode = {
  /** Done. */
  done: 0,
  /** Done, and what was examined is bad: defects, or differences. */
  bad: 1,
  /** Wrong usage, or an input that is not what the command takes. */
  usage: 2,
  /** The system refused: cannot read or write, disk full. */
  environment: 3,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** The user asked for something that cannot be: `message` is one line and says what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The system would not let us: `message` names the file and the reason. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

/** What was examined is bad, so that the command cannot go on with it; `message` says where. */
export class BadInputError extends Error {
  override readonly name = 'BadInputError';
}

/** Whoever read our output has stopped reading, as `head` does. Not a failure. */
export class OutputClosed extends Error {
  override readonly name = 'OutputClosed';
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EBUSY: 'it is in use',
  EDQUOT: 'disk quota exceeded: free some space, or write elsewhere',
  EFBIG: 'the file is larger than the system allows',
  EIO: 'input/output error',
  EISDIR: 'it is a folder',
  ELOOP: 'too many symbolic links',
  EMFILE: 'too many open files',
  ENAMETOOLONG: 'the name is too long',
  ENOENT: 'no such file or folder',
  ENOSPC: 'no space left on the disk: free some, or write elsewhere',
  ENOTDIR: 'a part of the path is not a folder',
  EPERM: 'operation not permitted',
  EROFS: 'the file system is read-only: write elsewhere',
  ETXTBSY: 'it is a program that is running',
};

/** An error of a system call: it has a code such as ENOSPC. */
export function isSystemError(
  error: unknown,
): error is Error & { readonly code: string; readonly syscall: string } {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}

/** Words for a failed system call on `path`: `out.dump: cannot write: no space left on the disk`. */
export function systemFailure(action: string, path: string, error: unknown): EnvironmentError {
  const code = isSystemError(error) ? error.code : '';
  const reason = reasons[code] ?? (error instanceof Error ? error.message : String(error));
  return new EnvironmentError(`${path}: cannot ${action}: ${reason}`, { cause: error });
}
