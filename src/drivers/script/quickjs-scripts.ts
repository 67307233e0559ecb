import { join } from 'node:path';
import { UserError } from '../../common/errors';
import { ThreadDied, ThreadTimeout, Threads } from '../../common/threads';
import type { JsonValue } from '../../contracts/json';
import type { ScriptAnswer, ScriptRequest } from './script-request';
import { type Script, type ScriptLimits, type ScriptOutcome, ScriptPort } from './script.port';

export const DEFAULT_SCRIPT_LIMITS: ScriptLimits = {
  wallMs: 1_000,
  memoryMb: 64,
  stackBytes: 256 * 1024,
  outputBytes: 1_000_000,
};

/** Programs are short, but a caller may have two of them stuck in their time limits and still want a third. */
const THREADS = { size: 2, memoryMb: 256, idleMs: 120_000 };
/** The interpreter ends a program by itself; this is for what it cannot interrupt, and for the start of a thread. */
const SPARE_MS = 5_000;

/** QuickJS in threads of its own. */
export class QuickJsScripts extends ScriptPort {
  private readonly threads = new Threads<ScriptRequest, ScriptAnswer>(join(__dirname, 'quickjs.worker'), THREADS);

  async run({ source, input = null, limits: given, signal }: Script): Promise<ScriptOutcome> {
    const limits = { ...DEFAULT_SCRIPT_LIMITS, ...given };
    const request = { source, input: textOf(input), ...limits };
    const startedAt = performance.now();
    const call = { timeoutMs: limits.wallMs + SPARE_MS, ...(signal && { signal }) };
    const { value, ...answer } = await this.threads.run(request, call).catch(endedByForce);
    const durationMs = performance.now() - startedAt;
    return { ...answer, ...(value !== undefined && { value: JSON.parse(value) as JsonValue }), durationMs };
  }

  async close(): Promise<void> {
    await this.threads.close();
  }
}

/** Errors: `UserError` `validation_error`. */
const textOf = (input: JsonValue): string => {
  try {
    return JSON.stringify(input);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UserError('validation_error', 'input: it is nested too deeply; give a flatter one.');
  }
};

const endedByForce = (error: unknown): ScriptAnswer => {
  const nothing = { logs: '', truncated: false };
  if (error instanceof ThreadTimeout) return { ...nothing, error: 'it ran out of time', limit: 'wall' };
  if (error instanceof ThreadDied) return { ...nothing, error: 'it ran out of memory', limit: 'memory' };
  throw error;
};
