import type { ExecutorCapability } from '../../contracts/executor-capability';

const NEEDS = new Map<string, ExecutorCapability[]>([
  ['echo', ['ShellRead']],
  ['grep', ['ShellRead']],
  ['dig', ['ShellRead']],
  ['cat', ['ShellRead', 'FilesystemRead']],
  ['ls', ['ShellRead', 'FilesystemRead']],
  ['find', ['ShellRead', 'FilesystemRead']],
  ['head', ['ShellRead', 'FilesystemRead']],
  ['tail', ['ShellRead', 'FilesystemRead']],
  ['git', ['ShellRead', 'FilesystemRead']],
  ['curl', ['HttpGet']],
  ['wget', ['HttpGet']],
  ['python', ['PythonExec']],
  ['python3', ['PythonExec']],
]);

/** What a command needs; one that nobody has judged may do anything a program can. */
export const neededBy = (command: string): ExecutorCapability[] => NEEDS.get(command) ?? ['ShellExecute'];
