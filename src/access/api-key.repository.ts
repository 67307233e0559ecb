import { Injectable } from '@nestjs/common';
import type { Scope } from '../contracts/caller';
import { Database, type Sql } from '../drivers/database/database.service';
import type { KeyTier } from './key-form';

/** A key as it is kept: everything but its value. */
export interface KeyRecord {
  id: string;
  name: string;
  /** Its first characters. */
  prefix: string;
  tier: KeyTier;
  scopes: Scope[];
  createdAt: Date;
  expiresAt: Date | null;
  revokedAt: Date | null;
  /** To the minute. */
  lastUsedAt: Date | null;
}

export interface KeyRow extends KeyRecord {
  hash: string;
}

const COLUMNS = `id, name, prefix, tier, scopes, created_at AS "createdAt", expires_at AS "expiresAt",
  revoked_at AS "revokedAt", last_used_at AS "lastUsedAt"`;
const NOT_UNIQUE = '23505';

const insert = async (sql: Sql, row: KeyRow): Promise<void> => {
  await sql.query(
    `INSERT INTO api_keys (id, name, prefix, hash, tier, scopes, created_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [row.id, row.name, row.prefix, row.hash, row.tier, row.scopes, row.createdAt, row.expiresAt],
  );
};

@Injectable()
export class ApiKeyRepository {
  constructor(private readonly database: Database) {}

  /** False when there is a key of this value already. */
  async add(row: KeyRow): Promise<boolean> {
    try {
      await insert(this.database, row);
      return true;
    } catch (error) {
      if ((error as { code?: string }).code === NOT_UNIQUE) return false;
      throw error;
    }
  }

  /**
   * Adds the key unless an admin key that works exists; `announce` runs before it can be used, and learns whether there are
   * others that were ignored. Of several processes that start together one does it.
   */
  async addFirstAdmin(
    row: KeyRow,
    announce: (ignoredOthers: boolean) => void,
    { ignoreOthers }: { ignoreOthers: boolean },
  ): Promise<void> {
    await this.database.transaction(async (sql) => {
      await sql.query(`SELECT pg_advisory_xact_lock(hashtext('octollm: first admin key'))`);
      const usable = await sql.query(
        `SELECT 1 FROM api_keys
         WHERE tier = 'admin' AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $1) LIMIT 1`,
        [row.createdAt],
      );
      if (usable.length > 0 && !ignoreOthers) return;
      await insert(sql, row);
      // Before the commit: a key that is stored and was never shown would lock everybody out.
      announce(usable.length > 0);
    });
  }

  async byHash(hash: string): Promise<KeyRecord | undefined> {
    return (await this.database.query<KeyRecord>(`SELECT ${COLUMNS} FROM api_keys WHERE hash = $1`, [hash]))[0];
  }

  async byId(id: string): Promise<KeyRecord | undefined> {
    return (await this.database.query<KeyRecord>(`SELECT ${COLUMNS} FROM api_keys WHERE id = $1`, [id]))[0];
  }

  /** Newest first. */
  async all(): Promise<KeyRecord[]> {
    return this.database.query<KeyRecord>(`SELECT ${COLUMNS} FROM api_keys ORDER BY created_at DESC, id LIMIT 1000`);
  }

  /** The key after it; revoking one again changes nothing. */
  async revoke(id: string, at: Date): Promise<KeyRecord | undefined> {
    const [record] = await this.database.query<KeyRecord>(
      `UPDATE api_keys SET revoked_at = COALESCE(revoked_at, $2) WHERE id = $1 RETURNING ${COLUMNS}`,
      [id, at],
    );
    return record;
  }

  /** The new key is there and the old one ends at the given moment, or neither. Undefined when the old one has ended already. */
  async replace(oldId: string, row: KeyRow, oldEndsAt: Date): Promise<KeyRecord | undefined> {
    return this.database.transaction(async (sql) => {
      const [old] = await sql.query<KeyRecord>(
        `UPDATE api_keys SET expires_at = LEAST(COALESCE(expires_at, $2), $2)
         WHERE id = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $3) RETURNING ${COLUMNS}`,
        [oldId, oldEndsAt, row.createdAt],
      );
      if (old !== undefined) await insert(sql, row);
      return old;
    });
  }

  async noteUse(id: string, at: Date): Promise<void> {
    await this.database.query('UPDATE api_keys SET last_used_at = GREATEST(last_used_at, $2) WHERE id = $1', [id, at]);
  }
}
