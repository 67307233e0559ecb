/** Runs in isolation: no network, a private file system, nothing of the host's environment. */
interface Surroundings {
  stdin?: string;
  /** Variables besides the sandbox's own few, which a request may override. */
  env?: Record<string, string>;
  /** Where it starts: a path relative to the working folder, or within `/tmp`. Made when it is not there. */
  cwd?: string;
  limits?: Partial<SandboxLimits>;
  signal?: AbortSignal;
}

/** A program to run in isolation. */
export interface SandboxRequest extends Surroundings {
  /** Interpreter; the sandbox knows where it lives. */
  runtime: 'python' | 'javascript';
  /** Files to place in the working folder; keys are relative paths without `..`, values UTF-8 text. */
  files: Record<string, string>;
  /** Path within `files` of the program to start. */
  entry: string;
  args?: string[];
}

/** A command of the system to run in isolation, without a shell. */
export interface SandboxCommand extends Surroundings {
  /** Its name, e.g. `ls`, without a path: `python3` and `node` are the interpreters, all else comes from `/usr/bin`. */
  name: string;
  /** Handed over as they are. */
  args: string[];
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
  /** Processor time of the program and its children, milliseconds; unknown when it was ended by force. */
  cpuTimeMs?: number;
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
 * Errors: `UserError` `sandbox_unavailable` (no isolation here; the message says what to install),
 * `runtime_unavailable` (interpreter or command missing), `sandbox_path_invalid` and `sandbox_environment_invalid`. A program that fails, or hits a limit, is an outcome and not an error.
 */
export abstract class SandboxPort {
  abstract status(): Promise<SandboxStatus>;
  abstract run(request: SandboxRequest): Promise<SandboxOutcome>;
  abstract command(request: SandboxCommand): Promise<SandboxOutcome>;
}
