import type { JsonValue } from '../../contracts/json';

/** A short JavaScript program: the body of an async function of `input`, whose return value is the answer. */
export interface Script {
  source: string;
  /** Handed over as a copy under the name `input`; null when absent. */
  input?: JsonValue;
  limits?: Partial<ScriptLimits>;
  signal?: AbortSignal;
}

export interface ScriptLimits {
  /** Wall clock, milliseconds. */
  wallMs: number;
  memoryMb: number;
  /** Bytes of stack. */
  stackBytes: number;
  /** Bytes kept of what it logs, of which a hundred times as much ends it; and of its answer as JSON, which is not cut but refused. */
  outputBytes: number;
}

export interface ScriptOutcome {
  /** What it returned, as JSON has it; absent when it ended otherwise. */
  value?: JsonValue;
  /** What it threw, or why it was ended; one line. Untrusted text. */
  error?: string;
  limit?: 'wall' | 'memory' | 'output';
  /** What it wrote with `console`. */
  logs: string;
  /** Whether logs were cut. */
  truncated: boolean;
  durationMs: number;
}

/**
 * Runs short untrusted JavaScript in an interpreter of its own, without files, network, modules or timers: a fresh one per call,
 * nothing is left behind. For calls that must cost less than starting a process.
 *
 * A program that fails, or hits a limit, is an outcome. Errors: the signal's reason on abort.
 */
export abstract class ScriptPort {
  abstract run(script: Script): Promise<ScriptOutcome>;
  abstract close(): Promise<void>;
}
