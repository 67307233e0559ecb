/** What running something may need: the vocabulary of grants for the executor. */
export const EXECUTOR_CAPABILITIES = [
  'ShellRead',
  'ShellWrite',
  'ShellExecute',
  'HttpGet',
  'HttpPost',
  'HttpAllHosts',
  'FilesystemRead',
  'FilesystemWrite',
  'FilesystemDelete',
  'PythonExec',
  'DockerAccess',
] as const;
export type ExecutorCapability = (typeof EXECUTOR_CAPABILITIES)[number];

/** What a caller who may execute at all may do, unless a token says otherwise. */
export const DEFAULT_CAPABILITIES: readonly ExecutorCapability[] = [
  'ShellRead',
  'ShellWrite',
  'ShellExecute',
  'HttpGet',
  'HttpPost',
  'FilesystemRead',
  'PythonExec',
];
