import type { GrantRequest } from '../../access/capability-tokens.port';
import type { GrantOffice, TokenReport } from '../../access/capability-tokens.service';
import { type Caller, type CapabilityGrant, wireCapability } from '../../contracts/caller';
import type { Wire } from '../http/types';
import type { IssuedTokenDto, NewTokenDto, TokenDto, VerifiedTokenDto } from './tokens.dto';

type GrantRecord = Awaited<ReturnType<GrantOffice['end']>>;
type Capability = CapabilityGrant['capabilities'][number];

const toCapability = (given: NewTokenDto['capabilities'][number]): Capability => {
  if (typeof given === 'string') return { action: given };
  const { action, resource, constraints } = given;
  return {
    action,
    ...(resource !== undefined && { resource }),
    ...(constraints !== undefined && { constraints: constraints as Record<string, unknown> }),
  };
};

/** Who issued it is for us to say, not for the request. */
export const toGrantRequest = (request: NewTokenDto, issuer: Caller): GrantRequest => {
  const { arm_id: armId, capabilities, lifetime_seconds: lifetimeSeconds, metadata } = request;
  return {
    armId,
    capabilities: capabilities.map(toCapability),
    ...(typeof lifetimeSeconds === 'number' && { lifetimeSeconds }),
    metadata: { ...metadata, issued_by: issuer.name },
  };
};

const statusOf = ({ revokedAt, expiresAt }: GrantRecord, now: Date): TokenDto['status'] => {
  if (revokedAt !== null) return 'revoked';
  return expiresAt <= now ? 'expired' : 'active';
};

export const toToken = (grant: GrantRecord, now: Date): Wire<TokenDto> => ({
  id: grant.id,
  kind: grant.kind,
  arm_id: grant.armId,
  capabilities: grant.capabilities.map(wireCapability),
  metadata: grant.metadata,
  status: statusOf(grant, now),
  created_at: grant.createdAt.toISOString(),
  expires_at: grant.expiresAt.toISOString(),
  ...(grant.revokedAt !== null && { revoked_at: grant.revokedAt.toISOString() }),
  ...(grant.lastUsedAt !== null && { last_used_at: grant.lastUsedAt.toISOString() }),
});

export const toIssuedToken = (
  { grant, token }: { grant: GrantRecord; token: string },
  now: Date,
): Wire<IssuedTokenDto> => ({ ...toToken(grant, now), token });

export const toVerified = ({ grant, problem }: TokenReport): Wire<VerifiedTokenDto> => ({
  valid: problem === undefined,
  ...(grant && { arm_id: grant.armId, expires_at: grant.expiresAt.toISOString() }),
  capabilities: grant?.capabilities.map(wireCapability) ?? [],
  ...(problem && { reason: problem.message }),
});
