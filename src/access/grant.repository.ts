import { Injectable } from '@nestjs/common';
import { storableJson } from '../common/storable';
import type { CapabilityGrant } from '../contracts/caller';
import type { JsonObject } from '../contracts/json';
import { Database } from '../drivers/database/database.service';

/** A grant as it is kept: everything but its token. */
export interface GrantRecord extends CapabilityGrant {
  kind: 'opaque' | 'jwt';
  rateLimits: JsonObject;
  metadata: JsonObject;
  createdAt: Date;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
}

const COLUMNS = `id, arm_id AS "armId", capabilities, rate_limits AS "rateLimits", metadata, created_at AS "createdAt",
  expires_at AS "expiresAt", revoked_at AS "revokedAt", last_used_at AS "lastUsedAt",
  CASE WHEN handle_hash IS NULL THEN 'jwt' ELSE 'opaque' END AS kind`;

@Injectable()
export class GrantRepository {
  constructor(private readonly database: Database) {}

  /** `handleHash` is what an opaque token is found by. */
  async add(grant: GrantRecord, handleHash: string | null): Promise<void> {
    const { id, armId, capabilities, rateLimits, metadata, createdAt, expiresAt } = grant;
    await this.database.query(
      `INSERT INTO capability_grants
         (id, handle_hash, arm_id, capabilities, rate_limits, metadata, created_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        id,
        handleHash,
        armId,
        storableJson(capabilities),
        storableJson(rateLimits),
        storableJson(metadata),
        createdAt,
        expiresAt,
      ],
    );
  }

  async byHandle(hash: string): Promise<GrantRecord | undefined> {
    const sql = `SELECT ${COLUMNS} FROM capability_grants WHERE handle_hash = $1`;
    return (await this.database.query<GrantRecord>(sql, [hash]))[0];
  }

  async byId(id: string): Promise<GrantRecord | undefined> {
    const sql = `SELECT ${COLUMNS} FROM capability_grants WHERE id = $1`;
    return (await this.database.query<GrantRecord>(sql, [id]))[0];
  }

  /** The newest 200. */
  async recent(): Promise<GrantRecord[]> {
    return this.database.query<GrantRecord>(
      `SELECT ${COLUMNS} FROM capability_grants ORDER BY created_at DESC, id LIMIT 200`,
    );
  }

  /** The grant after it; revoking one again changes nothing. */
  async revoke(id: string, at: Date): Promise<GrantRecord | undefined> {
    const [grant] = await this.database.query<GrantRecord>(
      `UPDATE capability_grants SET revoked_at = COALESCE(revoked_at, $2) WHERE id = $1 RETURNING ${COLUMNS}`,
      [id, at],
    );
    return grant;
  }

  async noteUse(id: string, at: Date): Promise<void> {
    await this.database.query('UPDATE capability_grants SET last_used_at = GREATEST(last_used_at, $2) WHERE id = $1', [
      id,
      at,
    ]);
  }

  /** Their issue and use stay in the action log. */
  async removeExpired(before: Date): Promise<void> {
    await this.database.query('DELETE FROM capability_grants WHERE expires_at < $1', [before]);
  }
}
