import type { IssuedApiKey, NewApiKey } from '../../access/api-keys.service';
import { UserError } from '../../common/errors';
import type { Wire } from '../http/types';
import type { CreatedKeyDto, KeyDto, NewKeyDto, RotatedKeyDto } from './keys.dto';

type KeyRecord = IssuedApiKey['record'];

const DAY_MS = 86_400_000;

const expiryOf = ({ expires_in_days: days, expires_at: at }: NewKeyDto, now: Date): Date | undefined => {
  const hasDays = days !== undefined && days !== null;
  const hasMoment = at !== undefined && at !== null;
  if (hasDays && hasMoment) {
    throw new UserError('validation_error', 'expires_at: give either expires_at or expires_in_days, not both.', {
      details: { field: 'expires_at', constraint: 'not with expires_in_days' },
    });
  }
  if (hasDays) return new Date(now.getTime() + days * DAY_MS);
  return hasMoment ? new Date(at) : undefined;
};

export const toNewKey = (request: NewKeyDto, now: Date): NewApiKey => ({
  name: request.name,
  tier: request.type ?? 'live',
  scopes: request.scopes ?? undefined,
  expiresAt: expiryOf(request, now),
  value: request.key ?? undefined,
});

const statusOf = ({ revokedAt, expiresAt }: KeyRecord, now: Date): KeyDto['status'] => {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && expiresAt <= now ? 'expired' : 'active';
};

export const toKey = (record: KeyRecord, now: Date): Wire<KeyDto> => {
  const { id, name, tier, prefix, scopes, createdAt, expiresAt, revokedAt, lastUsedAt } = record;
  return {
    id,
    name,
    type: tier,
    prefix,
    scopes,
    status: statusOf(record, now),
    created_at: createdAt.toISOString(),
    ...(expiresAt !== null && { expires_at: expiresAt.toISOString() }),
    ...(revokedAt !== null && { revoked_at: revokedAt.toISOString() }),
    ...(lastUsedAt !== null && { last_used_at: lastUsedAt.toISOString() }),
  };
};

export const toCreatedKey = ({ record, value }: IssuedApiKey, now: Date): Wire<CreatedKeyDto> => ({
  ...toKey(record, now),
  key: value,
});

export const toRotatedKey = (issued: IssuedApiKey & { previous: KeyRecord }, now: Date): Wire<RotatedKeyDto> => ({
  ...toCreatedKey(issued, now),
  replaces: issued.previous.id,
  previous_expires_at: (issued.previous.expiresAt ?? now).toISOString(),
});
