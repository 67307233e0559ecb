import { Injectable } from '@nestjs/common';
import type { LineageEntry } from '../contracts/outcome';
import type { ScreeningVerdict } from '../contracts/verdict';
import type { Sql } from '../drivers/database/database.service';

interface LineageRow {
  key: string;
  arm: string;
  action: string;
  attempt: number;
  models: string[];
  prompt_hashes: string[];
  started_at: Date;
  finished_at: Date;
  verdict: ScreeningVerdict | null;
}

/** What a reader of a result wants to know of a screening; the places are for those who look closer. */
const screeningOf = ({ decision, findings }: ScreeningVerdict): NonNullable<LineageEntry['screening']> => ({
  decision,
  findings: findings.map(({ type, kind, severity, field, action }) => ({ type, kind, severity, field, action })),
});

const toEntry = (row: LineageRow): LineageEntry => ({
  step: row.key,
  arm: row.arm,
  action: row.action,
  attempt: row.attempt,
  models: [...new Set(row.models)],
  prompt_hashes: row.prompt_hashes,
  started_at: row.started_at.toISOString(),
  finished_at: row.finished_at.toISOString(),
  ...(row.verdict !== null && row.verdict.findings.length > 0 && { screening: screeningOf(row.verdict) }),
});

/** Who made what. */
@Injectable()
export class LineageRepository {
  /** One entry per finished step, with the models it called, in the order of the plan. */
  async read(sql: Sql, taskId: string): Promise<LineageEntry[]> {
    const rows = await sql.query<LineageRow>(
      `SELECT s.key, s.arm, s.action, s.attempt, s.started_at, s.finished_at, s.verdict,
              coalesce(array_agg(c.model ORDER BY c.started_at) FILTER (WHERE c.error IS NULL AND c.id IS NOT NULL), '{}') AS models,
              coalesce(array_agg(c.prompt_hash::text ORDER BY c.started_at) FILTER (WHERE c.id IS NOT NULL), '{}') AS prompt_hashes
       FROM steps s LEFT JOIN llm_calls c ON c.step_id = s.id AND c.attempt = s.attempt
       WHERE s.task_id = $1 AND s.status = 'succeeded'
       GROUP BY s.id ORDER BY s.position`,
      [taskId],
    );
    return rows.map(toEntry);
  }
}
