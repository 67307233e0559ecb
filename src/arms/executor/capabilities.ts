import type { ExecutorCapability } from '../../contracts/executor-capability';

interface Command {
  needs: ExecutorCapability[];
  /** It may take no longer than this, whatever its caller allows. */
  maxSeconds?: number;
  /** A person has to agree each time, whatever its arguments are. */
  alwaysAsks?: true;
}

const LOOKS: Command = { needs: ['ShellRead', 'FilesystemRead'] };
const COMMANDS = new Map<string, Command>([
  ['echo', { needs: ['ShellRead'] }],
  ['grep', { needs: ['ShellRead'] }],
  ['dig', { needs: ['ShellRead'], maxSeconds: 10 }],
  ['nmap', { needs: ['ShellExecute'], maxSeconds: 120, alwaysAsks: true }],
  ['cat', LOOKS],
  ['ls', LOOKS],
  ['find', LOOKS],
  ['head', LOOKS],
  ['tail', LOOKS],
  ['git', LOOKS],
  ['curl', { needs: ['HttpGet'] }],
  ['wget', { needs: ['HttpGet'] }],
  ['python', { needs: ['PythonExec'] }],
  ['python3', { needs: ['PythonExec'] }],
]);

/** What is known of a command; one that nobody has judged may do anything a program can. */
export const knownOf = (command: string): Command => COMMANDS.get(command) ?? { needs: ['ShellExecute'] };

/** For a program in any interpreter of ours: the vocabulary has one word for it, after the first of them. */
export const RUNS_CODE: ExecutorCapability[] = ['PythonExec'];
