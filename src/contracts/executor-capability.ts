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

/** Those whose use goes to a host. */
export type HttpCapability = Extract<ExecutorCapability, `Http${string}`>;
export const isHttpCapability = (capability: ExecutorCapability): capability is HttpCapability =>
  capability.startsWith('Http');

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
