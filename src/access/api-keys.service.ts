import { Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Clock } from '../common/clock';
import { UserError } from '../common/errors';
import { newId } from '../common/ids';
import { LimitedLog } from '../common/log/limited-log';
import { storableText } from '../common/storable';
import type { Scope } from '../contracts/caller';
import { AccessLog } from './access-log.repository';
import { ApiKeyRepository, type KeyRecord, type KeyRow } from './api-key.repository';
import { type KeyTier, checkOwnValue, newKeyValue, scopesFor, shownPart } from './key-form';
import { Secret } from '../common/secret.service';

/** So long another process may still take a key that was revoked here. */
const CACHE_MS = 3_000;
const USE_NOTED_EVERY_MS = 60_000;
const MAX_CACHED = 10_000;
const HOUR_MS = 3_600_000;

export interface NewApiKey {
  name: string;
  tier: KeyTier;
  /** All but `admin` when absent. */
  scopes?: readonly Scope[] | undefined;
  expiresAt?: Date | undefined;
  /** A value of the operator's own; made when absent. */
  value?: string | undefined;
}

/** A key with its value, which is shown now and kept nowhere. */
export interface IssuedApiKey {
  record: KeyRecord;
  value: string;
}

/** API keys: made, shown once, looked up by a keyed hash, replaced, ended. */
@Injectable()
export class ApiKeys {
  /** By hash. Whatever changes a key empties it, and makes the look-ups under way forget what they read before. */
  private readonly fresh = new LRUCache<string, KeyRecord>({ max: MAX_CACHED, ttl: CACHE_MS });
  private readonly noted = new LRUCache<string, true>({ max: MAX_CACHED, ttl: USE_NOTED_EVERY_MS });
  private readonly trouble = new LimitedLog(new Logger(ApiKeys.name));
  private era = 0;

  constructor(
    private readonly repository: ApiKeyRepository,
    private readonly secret: Secret,
    private readonly log: AccessLog,
    private readonly clock: Clock,
  ) {}

  /** Errors: `UserError` `validation_error`; `invalid_operation` when there is a key of this value already. */
  async create(wanted: NewApiKey, by: string): Promise<IssuedApiKey> {
    const { row, value } = this.draft(wanted);
    if (!(await this.repository.add(row))) {
      throw new UserError('invalid_operation', 'key: there is a key of this value already; choose another.', {
        details: { field: 'key' },
      });
    }
    await this.record('key_created', row.id, by);
    return { record: row, value };
  }

  /**
   * Makes an admin key if none works, and hands it to `announce` before it counts. With `lostOthers` there were others, made
   * with a secret that is gone.
   */
  async createFirstAdmin(announce: (value: string, lostOthers: boolean) => void): Promise<void> {
    const { row, value } = this.draft({ name: 'first admin key', tier: 'admin' });
    await this.repository.addFirstAdmin(row, (ignoredOthers) => announce(value, ignoredOthers), {
      ignoreOthers: this.secret.isNew,
    });
  }

  async list(): Promise<KeyRecord[]> {
    return this.repository.all();
  }

  /** Errors: `UserError` `resource_not_found`. */
  async get(id: string): Promise<KeyRecord> {
    return (await this.repository.byId(id)) ?? notFound();
  }

  /** In force at once here, within three seconds in other processes. Errors: `UserError` `resource_not_found`. */
  async revoke(id: string, by: string): Promise<KeyRecord> {
    const record = await this.repository.revoke(id, this.clock.now());
    this.forget();
    if (record === undefined) return notFound();
    await this.record('key_revoked', id, by);
    return record;
  }

  /**
   * A new key with the name, tier, scopes and life of the old one, which works on for the grace.
   * Errors: `UserError` `resource_not_found`; `invalid_operation` for a key that has ended.
   */
  async rotate(id: string, graceHours: number, by: string): Promise<IssuedApiKey & { previous: KeyRecord }> {
    const { name, tier, scopes, createdAt, expiresAt } = await this.get(id);
    const now = this.clock.now();
    const life = expiresAt === null ? undefined : expiresAt.getTime() - createdAt.getTime();
    const { row, value } = this.draft({
      name,
      tier,
      scopes,
      expiresAt: life === undefined ? undefined : new Date(now.getTime() + life),
    });
    const previous = await this.repository.replace(id, row, new Date(now.getTime() + graceHours * HOUR_MS));
    this.forget();
    if (previous === undefined) {
      throw new UserError('invalid_operation', 'The key was revoked or has expired; make a new one instead.');
    }
    await this.record('key_rotated', row.id, by, id);
    return { record: row, value, previous };
  }

  /** The key of this value. Errors: `UserError` `invalid_api_key` (unknown or revoked), `expired_token`. */
  async recognise(value: string): Promise<KeyRecord> {
    const hash = this.secret.hash('api-key', value);
    const record = this.fresh.get(hash) ?? (await this.lookUp(hash));
    if (record === undefined)
      throw new UserError('invalid_api_key', 'This server does not know the key that was sent.');
    if (record.revokedAt !== null) throw new UserError('invalid_api_key', 'The key that was sent has been revoked.');
    const now = this.clock.now();
    if (record.expiresAt !== null && record.expiresAt <= now) {
      throw new UserError('expired_token', `The key that was sent expired at ${record.expiresAt.toISOString()}.`);
    }
    this.noteUse(record.id, now);
    return record;
  }

  private async lookUp(hash: string): Promise<KeyRecord | undefined> {
    const { era } = this;
    const record = await this.repository.byHash(hash);
    if (record?.revokedAt === null && era === this.era) this.fresh.set(hash, record);
    return record;
  }

  /** Nobody waits for it, and a request must not fail because of it. */
  private noteUse(id: string, at: Date): void {
    if (this.noted.has(id)) return;
    this.noted.set(id, true);
    this.repository.noteUse(id, at).catch((error: unknown) => this.trouble.warn('Noting the use of a key', error));
  }

  private forget(): void {
    this.era += 1;
    this.fresh.clear();
  }

  private draft({ name, tier, scopes, expiresAt, value = newKeyValue(tier) }: NewApiKey): {
    row: KeyRow;
    value: string;
  } {
    checkOwnValue(value, tier);
    const row: KeyRow = {
      id: newId(),
      name: storableText(name),
      prefix: shownPart(value, tier),
      hash: this.secret.hash('api-key', value),
      tier,
      scopes: scopesFor(tier, scopes),
      createdAt: this.clock.now(),
      expiresAt: expiresAt ?? null,
      revokedAt: null,
      lastUsedAt: null,
    };
    return { row, value };
  }

  private async record(
    type: 'key_created' | 'key_revoked' | 'key_rotated',
    keyId: string,
    by: string,
    replaces?: string,
  ): Promise<void> {
    const details = { key_id: keyId, by, ...(replaces !== undefined && { replaces }) };
    await this.log.write({ type, arm: 'access', taskId: '', details });
  }
}

const notFound = (): never => {
  throw new UserError('resource_not_found', 'There is no key with this id; GET /keys lists them.');
};
