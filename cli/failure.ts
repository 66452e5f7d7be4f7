/** A failure that the person at the keyboard can mend; its message says how. */
export class Failure extends Error {}

/** Names the file in a system error that does not. */
export function about(path: string): (error: NodeJS.ErrnoException) => never {
  return (error) => {
    error.path ??= path;
    throw error;
  };
}

/** One line for the terminal, never a stack trace. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  if (syscall && code) return `${path ? `${path}: ` : ''}${systemErrors[code] ?? code}`;
  return error.message || error.name;
}

const systemErrors: Record<string, string> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission denied',
  EISDIR: 'is a folder, a file is needed',
  ENOTDIR: 'a part of the path is not a folder',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'the name is too long',
  EMFILE: 'too many files are open (ulimit -n)',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would be larger than is allowed (ulimit -f)',
  EROFS: 'the disk can only be read',
  EIO: 'the disk does not answer',
};
