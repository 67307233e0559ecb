import { Injectable } from '@nestjs/common';
import { Database } from '../drivers/database/database.service';
import type { KeptAnswer, Repeatable } from './repeats.port';

/** What a claim is found by. */
type RepeatName = Pick<Repeatable, 'holder' | 'name'>;

/** An earlier request of the same name. */
interface Earlier {
  fingerprint: string;
  /** Absent while somebody works on it. */
  answer?: KeptAnswer;
}

interface EarlierRow {
  fingerprint: string;
  status: number | null;
  headers: Record<string, string>;
  /** JSON text within JSON: kept in its own spelling and order, and with characters that the database has no place for. */
  body: string | null;
}

/** How long a claim holds that its owner does not renew. */
export const LEASE_SECONDS = 15;

/** Claims on requests, and their answers. A claim has no status yet. */
@Injectable()
export class RepeatRepository {
  constructor(private readonly database: Database) {}

  /**
   * Claims a request that is new, whose answer is out of date, or whose owner left it. Returns when it was first claimed,
   * which stays through a change of owners, or nothing when it is taken.
   */
  async claim({ holder, name, fingerprint, keepSeconds }: Repeatable, owner: string): Promise<string | undefined> {
    const [row] = await this.database.query<{ since: string }>(
      `INSERT INTO answered_requests AS r (holder, name, fingerprint, owner, lease_expires_at, expires_at)
       VALUES ($1, $2, $3, $4, now() + make_interval(secs => ${LEASE_SECONDS}), now() + make_interval(secs => $5))
       ON CONFLICT (holder, name) DO UPDATE
       SET fingerprint = EXCLUDED.fingerprint, owner = EXCLUDED.owner, lease_expires_at = EXCLUDED.lease_expires_at,
           expires_at = EXCLUDED.expires_at, status = NULL, headers = '{}', body = NULL,
           created_at = CASE WHEN r.expires_at <= now() THEN now() ELSE r.created_at END
       WHERE CASE WHEN r.status IS NOT NULL THEN r.expires_at <= now()
                  ELSE r.lease_expires_at <= now() AND (r.fingerprint = EXCLUDED.fingerprint OR r.expires_at <= now()) END
       RETURNING extract(epoch FROM created_at)::text AS since`,
      [holder, name, fingerprint, owner, keepSeconds],
    );
    return row?.since;
  }

  async find({ holder, name }: RepeatName): Promise<Earlier | undefined> {
    const [row] = await this.database.query<EarlierRow>(
      'SELECT fingerprint, status, headers, body FROM answered_requests WHERE holder = $1 AND name = $2',
      [holder, name],
    );
    if (row === undefined) return undefined;
    const { fingerprint, status, headers, body } = row;
    if (status === null || body === null) return { fingerprint };
    return { fingerprint, answer: { status, headers, body: JSON.parse(body) as KeptAnswer['body'] } };
  }

  /** Keeps the answer, unless somebody else has taken the request over. */
  async keep({ holder, name }: RepeatName, owner: string, { status, headers, body }: KeptAnswer): Promise<void> {
    await this.database.query(
      `UPDATE answered_requests SET status = $4, headers = $5, body = to_jsonb($6::text)
       WHERE holder = $1 AND name = $2 AND owner = $3 AND status IS NULL`,
      [holder, name, owner, status, JSON.stringify(headers), JSON.stringify(body)],
    );
  }

  /** Gives a claim up as if it had never been. */
  async release({ holder, name }: RepeatName, owner: string): Promise<void> {
    await this.database.query(
      'DELETE FROM answered_requests WHERE holder = $1 AND name = $2 AND owner = $3 AND status IS NULL',
      [holder, name, owner],
    );
  }

  async renew(claims: RepeatName[], owner: string): Promise<void> {
    await this.database.query(
      `UPDATE answered_requests SET lease_expires_at = now() + make_interval(secs => ${LEASE_SECONDS})
       WHERE owner = $1 AND status IS NULL
         AND (holder, name) IN (SELECT * FROM unnest($2::text[], $3::text[]))`,
      [owner, claims.map(({ holder }) => holder), claims.map(({ name }) => name)],
    );
  }

  /** For a database that serves this process alone: whoever claimed before is gone. */
  async expireAllLeases(): Promise<void> {
    await this.database.query('UPDATE answered_requests SET lease_expires_at = now() WHERE status IS NULL');
  }

  async deleteExpired(): Promise<void> {
    await this.database.query(
      'DELETE FROM answered_requests WHERE expires_at <= now() AND (status IS NOT NULL OR lease_expires_at <= now())',
    );
  }
}
