import { UserError } from '../../common/errors';
import type { Caller } from '../../contracts/caller';
import { toGrantRequest, toIssuedToken, toToken, toVerified } from './tokens.mapper';

const NOW = new Date('2030-01-02T00:00:00Z');
const caller: Caller = { holder: 'key:1', name: 'root', scopes: ['admin'], tier: 'admin' };
const constrained = { action: 'execute_command', resource: '*', constraints: { command: ['ls'] } };
const grant: Parameters<typeof toToken>[0] = {
  id: 'g1',
  kind: 'opaque',
  armId: 'executor',
  capabilities: [{ action: 'ShellRead' }, constrained],
  rateLimits: {},
  metadata: { purpose: 'logs' },
  createdAt: new Date('2030-01-01T23:58:00Z'),
  expiresAt: new Date('2030-01-02T00:03:00Z'),
  revokedAt: null,
  lastUsedAt: null,
};
const wire = {
  id: 'g1',
  kind: 'opaque',
  arm_id: 'executor',
  capabilities: ['ShellRead', constrained],
  metadata: { purpose: 'logs' },
  created_at: '2030-01-01T23:58:00.000Z',
  expires_at: '2030-01-02T00:03:00.000Z',
};

describe('capability tokens on the wire', () => {
  it('are read from a request, whose word on the issuer does not count', () => {
    const request = { arm_id: 'executor', capabilities: ['ShellRead', constrained], metadata: { issued_by: 'nobody' } };
    expect(toGrantRequest(request, caller)).toEqual({
      armId: 'executor',
      capabilities: [{ action: 'ShellRead' }, constrained],
      metadata: { issued_by: 'root' },
    });
    expect(toGrantRequest({ ...request, lifetime_seconds: 600 }, caller).lifetimeSeconds).toBe(600);
  });

  it('say how they stand', () => {
    expect(toToken(grant, NOW)).toEqual({ ...wire, status: 'active' });
    expect(toToken(grant, grant.expiresAt).status).toBe('expired');
    expect(toToken({ ...grant, revokedAt: NOW, lastUsedAt: NOW }, NOW)).toEqual({
      ...wire,
      status: 'revoked',
      revoked_at: '2030-01-02T00:00:00.000Z',
      last_used_at: '2030-01-02T00:00:00.000Z',
    });
    expect(toIssuedToken({ grant, token: 't' }, NOW)).toEqual({ ...wire, status: 'active', token: 't' });
  });

  it('are verified with a reason when they are not good', () => {
    const known = { arm_id: 'executor', capabilities: wire.capabilities, expires_at: wire.expires_at };
    expect(toVerified({ grant })).toEqual({ valid: true, ...known });
    const problem = new UserError('expired_token', 'Too late.');
    expect(toVerified({ grant, problem })).toEqual({ valid: false, ...known, reason: 'Too late.' });
    expect(toVerified({ problem })).toEqual({ valid: false, capabilities: [], reason: 'Too late.' });
  });
});
