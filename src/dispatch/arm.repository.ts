import { Injectable } from '@nestjs/common';
import type { ArmDescription, ArmDescriptor, ArmHealth, ArmRecord } from '../contracts/arm';
import { storableJson, storableText } from '../common/storable';
import { Database } from '../drivers/database/database.service';

const RECORD = `
  a.id, a.kind, a.name, a.description, a.capabilities, a.cost_tier AS "costTier", a.version, a.endpoint,
  a.health_endpoint AS "healthEndpoint", a.input_schema AS "inputSchema", a.output_schema AS "outputSchema", a.metadata,
  a.max_concurrent AS "maxConcurrent", a.average_latency_ms AS "averageLatencyMs", a.health, a.last_error AS "lastError",
  a.last_seen_at AS "lastSeenAt", coalesce(s.successes, 0) AS successes, coalesce(s.failures, 0) AS failures,
  coalesce(s.mean_duration_ms, 0) AS "meanDurationMs"`;

/** The arms as they were last seen, with what they have done so far. */
@Injectable()
export class ArmRepository {
  constructor(private readonly database: Database) {}

  /**
   * Writes what the modules of this server provide. A plain statement, because this is done at every start: the first query
   * through Prisma's client costs some 65 MB and a tenth of a second.
   */
  async enrol(kind: string, arms: ArmDescriptor[]): Promise<void> {
    await this.database.query(
      `INSERT INTO arms (id, kind, name, description, capabilities, cost_tier, max_concurrent)
       SELECT g.id, $1, g.name, g.description, g.capabilities, g."costTier", g.concurrency
       FROM jsonb_to_recordset($2::jsonb)
         AS g(id text, name text, description text, capabilities text[], "costTier" int, concurrency int)
       ON CONFLICT (id) DO UPDATE
       SET kind = excluded.kind, name = excluded.name, description = excluded.description,
           capabilities = excluded.capabilities, cost_tier = excluded.cost_tier, max_concurrent = excluded.max_concurrent,
           updated_at = now()`,
      [kind, storableJson(arms)],
    );
  }

  /** In order of their first registration. */
  async all(): Promise<ArmRecord[]> {
    return this.database.query<ArmRecord>(
      `SELECT ${RECORD} FROM arms a LEFT JOIN arm_statistics s ON s.arm_id = a.id ORDER BY a.kind, a.id`,
    );
  }

  /** Stores or replaces an arm of the given kind. Nothing when the id belongs to an arm of another kind. */
  async save(kind: string, arm: ArmDescription): Promise<{ isNew: boolean } | undefined> {
    const [row] = await this.database.query<{ is_new: boolean }>(
      `INSERT INTO arms AS a (id, kind, name, description, capabilities, cost_tier, version, endpoint, health_endpoint,
                              input_schema, output_schema, metadata, max_concurrent, average_latency_ms)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
       ON CONFLICT (id) DO UPDATE
       SET name = excluded.name, description = excluded.description, capabilities = excluded.capabilities,
           cost_tier = excluded.cost_tier, version = excluded.version, endpoint = excluded.endpoint,
           health_endpoint = excluded.health_endpoint, input_schema = excluded.input_schema,
           output_schema = excluded.output_schema, metadata = excluded.metadata, max_concurrent = excluded.max_concurrent,
           average_latency_ms = excluded.average_latency_ms, updated_at = now()
       WHERE a.kind = excluded.kind
       RETURNING xmax = 0 AS is_new`,
      [
        arm.id,
        kind,
        storableText(arm.name),
        storableText(arm.description),
        arm.capabilities.map(storableText),
        arm.costTier,
        storableText(arm.version),
        arm.endpoint,
        arm.healthEndpoint,
        storableJson(arm.inputSchema),
        storableJson(arm.outputSchema),
        storableJson(arm.metadata),
        arm.maxConcurrent,
        arm.averageLatencyMs,
      ],
    );
    return row && { isNew: row.is_new };
  }

  async noteHealth(id: string, health: ArmHealth, error: string | null): Promise<void> {
    await this.database.query(
      `UPDATE arms SET health = $2::text, last_error = $3, updated_at = now(),
                       last_seen_at = CASE WHEN $2::text = 'unavailable' THEN last_seen_at ELSE now() END
       WHERE id = $1`,
      [id, health, error === null ? null : storableText(error)],
    );
  }

  async remove(id: string): Promise<void> {
    const { prisma } = this.database;
    await prisma.$transaction([
      prisma.armStatistic.deleteMany({ where: { armId: id } }),
      prisma.arm.deleteMany({ where: { id } }),
    ]);
  }
}
