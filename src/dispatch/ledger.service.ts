import { Injectable } from '@nestjs/common';
import { newId } from '../common/ids';
import { Database, type Sql } from '../drivers/database/database.service';

export interface CallToReserve {
  taskId: string;
  stepId: string;
  attempt: number;
  purpose: string;
  provider: string;
  model: string;
  promptHash: string;
  maxTokens: number;
  maxCostUsd: number;
}

export interface CallOutcome {
  model: string;
  promptTokens: number;
  completionTokens: number;
  costUsd: number;
  latencyMs: number;
  error?: string;
}

export interface BudgetLeft {
  tokens: number;
  costUsd: number;
}

/** What tasks spend on models: reserved before a call, settled after it. */
@Injectable()
export class Ledger {
  constructor(private readonly database: Database) {}

  /** Reserves the upper bound of a call; returns its id, or nothing when it would pass the task's budget. */
  async reserve(call: CallToReserve): Promise<string | undefined> {
    const id = newId();
    const rows = await this.database.query(
      `WITH task AS (
         UPDATE tasks SET tokens_reserved = tokens_reserved + $3, cost_reserved = cost_reserved + $4
         WHERE id = $2
           AND tokens_used + tokens_reserved + $3 <= max_tokens
           AND cost_usd + cost_reserved + $4 <= max_cost_usd
         RETURNING id
       )
       INSERT INTO llm_calls (id, task_id, step_id, attempt, purpose, provider, model, prompt_hash, tokens_reserved, cost_reserved)
       SELECT $1, task.id, $5, $6, $7, $8, $9, $10, $3, $4 FROM task RETURNING id`,
      [
        id,
        call.taskId,
        call.maxTokens,
        call.maxCostUsd,
        call.stepId,
        call.attempt,
        call.purpose,
        call.provider,
        call.model,
        call.promptHash,
      ],
    );
    return rows.length === 1 ? id : undefined;
  }

  async settle(callId: string, outcome: CallOutcome): Promise<void> {
    await this.database.query(
      `WITH call AS (
         UPDATE llm_calls
         SET model = $2, prompt_tokens = $3, completion_tokens = $4, cost_usd = $5, latency_ms = $6, error = $7, finished_at = now()
         WHERE id = $1 AND finished_at IS NULL
         RETURNING task_id, tokens_reserved, cost_reserved, prompt_tokens + completion_tokens AS tokens, cost_usd AS cost
       )
       UPDATE tasks t
       SET tokens_used = t.tokens_used + call.tokens, cost_usd = t.cost_usd + call.cost,
           tokens_reserved = t.tokens_reserved - call.tokens_reserved, cost_reserved = t.cost_reserved - call.cost_reserved
       FROM call WHERE t.id = call.task_id`,
      [
        callId,
        outcome.model,
        outcome.promptTokens,
        outcome.completionTokens,
        outcome.costUsd,
        Math.round(outcome.latencyMs),
        outcome.error ?? null,
      ],
    );
  }

  /**
   * Ends the calls of attempts that died. Whether the provider charged for them is not known, so the whole reservation counts
   * as spent: a budget may be used up early, never passed.
   */
  async writeOff(stepIds: string[], sql: Sql = this.database): Promise<void> {
    await sql.query(
      `WITH lost AS (
         UPDATE llm_calls
         SET finished_at = now(), error = 'worker_lost', prompt_tokens = tokens_reserved, completion_tokens = 0, cost_usd = cost_reserved
         WHERE step_id = ANY ($1) AND finished_at IS NULL
         RETURNING task_id, tokens_reserved, cost_reserved
       ), total AS (
         SELECT task_id, sum(tokens_reserved)::int AS tokens, sum(cost_reserved) AS cost FROM lost GROUP BY task_id
       )
       UPDATE tasks t
       SET tokens_used = t.tokens_used + total.tokens, cost_usd = t.cost_usd + total.cost,
           tokens_reserved = t.tokens_reserved - total.tokens, cost_reserved = t.cost_reserved - total.cost
       FROM total WHERE t.id = total.task_id`,
      [stepIds],
    );
  }

  async left(taskId: string): Promise<BudgetLeft> {
    const [row] = await this.database.query<{ tokens: number; cost: string }>(
      `SELECT max_tokens - tokens_used - tokens_reserved AS tokens, max_cost_usd - cost_usd - cost_reserved AS cost
       FROM tasks WHERE id = $1`,
      [taskId],
    );
    return { tokens: row?.tokens ?? 0, costUsd: Number(row?.cost ?? 0) };
  }
}
