/** A program to run in isolation: no network, a private file system, nothing of the host's environment. */
export interface SandboxRequest {
  /** Interpreter; the sandbox knows where it lives. */
  runtime: 'python' | 'javascript';
  /** Files to place in the working folder; keys are relative paths without `..`, values UTF-8 text. */
  files: Record<string, string>;
  /** Path within `files` of the program to start. */
  entry: string;
  args?: string[];
  stdin?: string;
  limits?: Partial<SandboxLimits>;
  signal?: AbortSignal;
}

export interface SandboxLimits {
  /** Wall clock, milliseconds. */
  wallMs: number;
  cpuSeconds: number;
  memoryMb: number;
  processes: number;
  /** Largest file and total of the writable folder, megabytes. */
  diskMb: number;
  /** Bytes kept of each of stdout and stderr; the rest is cut and the flood is stopped. */
  outputBytes: number;
}

export interface SandboxOutcome {
  /** Exit code; 128 + signal number when a signal ended the program. */
  exitCode: number;
  stdout: string;
  stderr: string;
  durationMs: number;
  /** The limit that ended the run, if one did. */
  limit?: 'wall' | 'cpu' | 'memory' | 'output';
  truncated: boolean;
}

export interface SandboxStatus {
  available: boolean;
  /** `bubblewrap`, `util-linux` or `none`. */
  engine: string;
  /** Runtimes that were found, with their version. */
  runtimes: Record<string, string>;
  /** When not available: why, and what to install or allow. */
  reason?: string;
}

/**
 * Runs untrusted programs. Never runs one without isolation.
 *
 * Errors: `UserError` `sandbox_unavailable` (no isolation here; the message says what to install) and
 * `runtime_unavailable` (interpreter missing). A program that fails, or hits a limit, is an outcome and not an error.
 */
export abstract class SandboxPort {
  abstract status(): Promise<SandboxStatus>;
  abstract run(request: SandboxRequest): Promise<SandboxOutcome>;
}
