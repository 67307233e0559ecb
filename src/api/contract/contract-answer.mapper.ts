import type { OctoError } from '../../common/errors';
import type { JsonObject, JsonValue } from '../../contracts/json';
import { contractCode } from '../http/error-contract';
import { meaningOf } from '../http/error-table';

/** One arm's work under a contract. */
export interface ContractRun {
  taskId: string;
  arm: string;
  now: Date;
  durationMs: number;
}

const fieldOf = (from: JsonValue | undefined, name: string): JsonValue =>
  typeof from === 'object' && from !== null && !Array.isArray(from) ? (from[name] ?? null) : null;

const provenance = ({ taskId, arm, now, durationMs }: ContractRun, result: JsonObject | null): JsonObject => {
  const metadata = result?.['metadata'];
  return {
    task_id: taskId,
    arm_id: arm,
    timestamp: now.toISOString(),
    processing_time_ms: Math.round(durationMs),
    processing_chain: [arm],
    tokens_consumed: fieldOf(metadata, 'tokens_used') ?? 0,
    // What the arm does not tell is unknown, and not zero.
    estimated_cost_usd: fieldOf(metadata, 'cost_usd'),
    confidence: fieldOf(result ?? undefined, 'confidence'),
    quality_score: fieldOf(result ?? undefined, 'quality_score'),
    pii_detected: fieldOf(result ?? undefined, 'pii_detected'),
    security_scan_passed: fieldOf(result ?? undefined, 'safe'),
    model_used: fieldOf(metadata, 'model'),
    model_version: null,
    metadata: {},
  };
};

export const toSucceeded = (run: ContractRun, result: JsonObject): JsonObject => ({
  task_id: run.taskId,
  success: result['success'] !== false,
  result,
  error: null,
  provenance: provenance(run, result),
});

/** A fault of the arm is an answer; only what hinders the call itself is a status. */
export const toFailed = (run: ContractRun, error: OctoError, path: string): JsonObject => {
  const { category, suggestion } = meaningOf(error.code, error.kind);
  return {
    task_id: run.taskId,
    success: false,
    result: null,
    error: {
      error_code: contractCode(error.code, error.details, { path }),
      category,
      message: error.message,
      details: error.details,
      retryable: error.kind === 'transient',
      retry_after_seconds: error.retryAfterSeconds ?? null,
      suggestions: suggestion === undefined ? [] : [suggestion],
    },
    provenance: provenance(run, null),
  };
};
