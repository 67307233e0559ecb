import { sign, verify } from 'jsonwebtoken';
import { UserError } from '../common/errors';
import { wireCapability } from '../contracts/caller';
import type { GrantRecord } from './grant.repository';

const ISSUER = 'octollm-orchestrator';
/** Never the one that a token names. */
const ALGORITHM = 'HS256';

/** What of a signed token is relied on; all else stands in the grant's row. */
export interface Claims {
  /** Id of the grant. */
  jti: string;
  /** The arm. */
  sub: string;
  expiresAt: Date;
}

const seconds = (at: Date): number => Math.floor(at.getTime() / 1000);

export const signGrant = (grant: GrantRecord, key: Buffer): string =>
  sign(
    {
      iss: ISSUER,
      sub: grant.armId,
      iat: seconds(grant.createdAt),
      exp: seconds(grant.expiresAt),
      jti: grant.id,
      capabilities: grant.capabilities.map(wireCapability),
      rate_limits: grant.rateLimits,
      metadata: grant.metadata,
    },
    key,
    { algorithm: ALGORITHM },
  );

const invalid = (problem: string): UserError => new UserError('invalid_api_key', `The capability token ${problem}.`);

/**
 * The claims of a token with our signature, expired or not.
 * @throws UserError `invalid_api_key`
 */
export const readClaims = (token: string, key: Buffer): Claims => {
  let payload;
  try {
    payload = verify(token, key, { algorithms: [ALGORITHM], issuer: ISSUER, ignoreExpiration: true });
  } catch {
    throw invalid('is malformed or was not signed by this server');
  }
  if (typeof payload === 'string') throw invalid('has no claims');
  const { jti, sub, exp, iat } = payload;
  if (
    jti === undefined ||
    sub === undefined ||
    exp === undefined ||
    iat === undefined ||
    !('capabilities' in payload)
  ) {
    throw invalid('lacks one of the claims sub, iat, exp, jti, capabilities');
  }
  return { jti, sub, expiresAt: new Date(exp * 1000) };
};
