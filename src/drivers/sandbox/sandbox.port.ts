/** Runs in isolation: no network, a private file system, nothing of the host's environment. */
export interface Surroundings {
  /** Files to place in the working folder; keys are relative paths without `..`, values UTF-8 text or bytes. */
  files?: Record<string, string | Uint8Array>;
  /** Have the working folder handed back as it is at the end; not what a run leaves that was ended by force. */
  collect?: CollectLimits;
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
  files: Record<string, string | Uint8Array>;
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

export interface CollectLimits {
  /** Files at most. */
  files: number;
  /** Bytes of one file at most. */
  fileBytes: number;
  /** Bytes of all files together at most. */
  totalBytes: number;
}

export interface CollectedFiles {
  /**
   * Regular files of the working folder by relative path, those that were placed there included. Untrusted bytes under names that
   * are safe to use. Folders without files are not told.
   */
  files: Record<string, Uint8Array>;
  /**
   * What was not handed back, and why: `too_large`, `too_many`, `not_a_file` (a link, a second name of a file, a pipe …),
   * `bad_name` (control characters, no UTF-8, more than 500 characters). After a hundred, the path `…` stands for the rest.
   */
  leftOut: { path: string; reason: 'too_large' | 'too_many' | 'not_a_file' | 'bad_name' }[];
}

export interface SandboxLimits {
  /** Wall clock, milliseconds; the handing back of files counts. */
  wallMs: number;
  /** Of each process, and of all together. */
  cpuSeconds: number;
  memoryMb: number;
  /** At a time, the program itself included; counted now and then, so that more may live for a moment. */
  processes: number;
  /** Largest file and total of each of the two writable folders, megabytes; 20,000 files at most in each. */
  diskMb: number;
  /** Bytes kept of each of stdout and stderr. The rest is read and thrown away; a flood of a hundred times as much is stopped. */
  outputBytes: number;
}

export interface SandboxOutcome {
  /** Exit code; 128 + signal number when a signal ended the program. */
  exitCode: number;
  stdout: string;
  stderr: string;
  durationMs: number;
  /** Processor time of the program and its children, milliseconds, as the sandbox itself tells; unknown when ended by force. */
  cpuTimeMs?: number;
  /**
   * The limit that ended the run, if one did. `wall` and `output` are certain; the kernel's own limits show only in a signal or in
   * the last words of a program that failed (`No space left on device`), so a program that hides its error hides the limit too.
   */
  limit?: 'wall' | 'cpu' | 'memory' | 'output' | 'disk' | 'processes';
  /** Whether output was cut. */
  truncated: boolean;
  /** Most memory that all its processes held together, bytes, as far as it was seen: a run of less than 20 ms ends unseen. */
  maxMemoryBytes?: number;
  /** Set when `collect` was asked for and the run ended by itself. */
  collected?: CollectedFiles;
}

export interface SandboxStatus {
  available: boolean;
  /** `bubblewrap`, `util-linux` or `none`. */
  engine: string;
  /** Runtimes that were found, with their version. */
  runtimes: Record<string, string>;
  /** When not available: why, and what to install or allow. */
  reason?: string;
  /** What the isolation cannot do here, for people; empty when it does all that it can. */
  weaknesses?: string[];
}

/**
 * Runs untrusted programs. Never runs one without isolation.
 *
 * Errors: `UserError` `sandbox_unavailable` (no isolation here; the message says what to install),
 * `runtime_unavailable` (interpreter or command missing), `sandbox_entry_missing`, `sandbox_files_too_large`, `sandbox_path_invalid`
 * and `sandbox_environment_invalid`; `TransientError` `sandbox_busy` (ten run and a hundred wait) and `sandbox_failed`. A program that
 * fails, or hits a limit, is an outcome and not an error.
 */
export abstract class SandboxPort {
  abstract status(): Promise<SandboxStatus>;
  abstract run(request: SandboxRequest): Promise<SandboxOutcome>;
  abstract command(request: SandboxCommand): Promise<SandboxOutcome>;
}
