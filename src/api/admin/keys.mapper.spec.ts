import type { IssuedApiKey } from '../../access/api-keys.service';
import { toCreatedKey, toKey, toNewKey, toRotatedKey } from './keys.mapper';

const NOW = new Date('2030-01-02T00:00:00Z');
const BEFORE = new Date('2030-01-01T00:00:00Z');
const LATER = new Date('2030-02-01T00:00:00Z');

const record: IssuedApiKey['record'] = {
  id: 'k1',
  name: 'ci',
  prefix: 'octollm_test_abcd',
  tier: 'test',
  scopes: ['task:read'],
  createdAt: BEFORE,
  expiresAt: null,
  revokedAt: null,
  lastUsedAt: null,
};
const plain = {
  id: 'k1',
  name: 'ci',
  type: 'test',
  prefix: 'octollm_test_abcd',
  scopes: ['task:read'],
  created_at: '2030-01-01T00:00:00.000Z',
};

describe('keys on the wire', () => {
  it('leave out what there is not', () => {
    expect(toKey(record, NOW)).toEqual({ ...plain, status: 'active' });
  });

  it.each([
    [{ expiresAt: LATER }, { status: 'active', expires_at: '2030-02-01T00:00:00.000Z' }],
    [{ expiresAt: NOW }, { status: 'expired', expires_at: '2030-01-02T00:00:00.000Z' }],
    [
      { expiresAt: BEFORE, revokedAt: BEFORE, lastUsedAt: BEFORE },
      {
        status: 'revoked',
        expires_at: '2030-01-01T00:00:00.000Z',
        revoked_at: '2030-01-01T00:00:00.000Z',
        last_used_at: '2030-01-01T00:00:00.000Z',
      },
    ],
  ])('say how they stand: %j', (changes, expected) => {
    expect(toKey({ ...record, ...changes }, NOW)).toEqual({ ...plain, ...expected });
  });

  it('carry their value when they are made, and nothing that is kept beside it', () => {
    const kept = { ...record, hash: 'h' };
    expect(toCreatedKey({ record: kept, value: 'v' }, NOW)).toEqual({ ...plain, status: 'active', key: 'v' });
    const rotated = toRotatedKey(
      { record: kept, value: 'v', previous: { ...record, id: 'k0', expiresAt: LATER } },
      NOW,
    );
    expect(rotated).toEqual({
      ...plain,
      status: 'active',
      key: 'v',
      replaces: 'k0',
      previous_expires_at: '2030-02-01T00:00:00.000Z',
    });
  });

  it('are read from a request, null being as good as nothing', () => {
    const nothing = { scopes: undefined, expiresAt: undefined, value: undefined };
    expect(toNewKey({ name: 'a' }, NOW)).toEqual({ name: 'a', tier: 'live', ...nothing });
    const nulls = { type: null, scopes: null, expires_in_days: null, expires_at: null, key: null };
    expect(toNewKey({ name: 'a', ...nulls }, NOW)).toEqual({ name: 'a', tier: 'live', ...nothing });
    expect(toNewKey({ name: 'a', expires_in_days: 30 }, NOW).expiresAt).toEqual(LATER);
    expect(toNewKey({ name: 'a', expires_at: '2030-02-01T01:00:00+01:00' }, NOW).expiresAt).toEqual(LATER);
  });
});
