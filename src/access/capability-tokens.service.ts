import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock';
import { UserError } from '../common/errors';
import { isUuid, newId, randomText } from '../common/ids';
import type { CapabilityGrant } from '../contracts/caller';
import type { JsonObject } from '../contracts/json';
import { AccessLog, type AccessEvent } from './access-log.repository';
import { readClaims, signGrant } from './capability-jwt';
import { CapabilityTokens, type GrantRequest, type GrantUse, type IssuedGrant } from './capability-tokens.port';
import { covers } from './covers';
import { type GrantRecord, GrantRepository } from './grant.repository';
import { Secret } from '../common/secret.service';

const MIN_LIFE_SECONDS = 300;
const MAX_LIFE_SECONDS = 3_600;
const HANDLE_CHARACTERS = 40;
const OPAQUE = /^tok_[A-Za-z0-9]{1,200}$/;
const DAY_MS = 86_400_000;
const RATE_LIMITS: JsonObject = { requests_per_minute: 10, tokens_per_day: 100_000, cost_per_day: 10 };

/** What a token turned out to be worth. */
export interface TokenReport {
  /** Absent when the token is unknown. */
  grant?: GrantRecord;
  /** Absent when the token is good. */
  problem?: UserError;
}

/** Issues, checks and revokes grants. Each issue, use and denial is a line in the action log. */
@Injectable()
export class GrantOffice extends CapabilityTokens {
  private cleanedAt = 0;

  constructor(
    private readonly repository: GrantRepository,
    private readonly secret: Secret,
    private readonly log: AccessLog,
    private readonly clock: Clock,
  ) {
    super();
  }

  async issue(request: GrantRequest): Promise<IssuedGrant & { grant: GrantRecord }> {
    const token = `tok_${randomText(HANDLE_CHARACTERS)}`;
    const grant = this.draft(request, 'opaque');
    await this.keep(grant, this.secret.hash('capability-token', token));
    return { grant, token };
  }

  async sign(request: GrantRequest): Promise<IssuedGrant & { grant: GrantRecord }> {
    const grant = this.draft(request, 'jwt');
    await this.keep(grant, null);
    return { grant, token: signGrant(grant, this.secret.signingKey()) };
  }

  async check(token: string, armId: string): Promise<CapabilityGrant> {
    const { grant, problem } = await this.inspect(token);
    if (problem !== undefined || grant === undefined) {
      const error = problem ?? unknown();
      await this.write('grant_denied', grant, { reason: error.code }, armId);
      throw error;
    }
    if (grant.armId !== armId) {
      await this.write('grant_denied', grant, { reason: 'bound to another arm' }, armId);
      throw new UserError('capability_denied', `The capability token is bound to another arm than ${armId}.`, {
        details: { arm_id: armId },
      });
    }
    return this.used(grant);
  }

  /** The grant behind a token, wherever it is going to be used. Errors: as `check`, save `capability_denied`. */
  async recognise(token: string): Promise<CapabilityGrant> {
    const { grant, problem } = await this.inspect(token);
    if (problem === undefined && grant !== undefined) return this.used(grant);
    // A token nobody knows names no grant whose record it could enter.
    if (grant !== undefined) await this.write('grant_denied', grant, { reason: problem?.code ?? '' });
    throw problem ?? unknown();
  }

  async demand(grant: CapabilityGrant, use: GrantUse): Promise<void> {
    if (covers(grant.capabilities, use)) return;
    await this.write('grant_denied', grant, { reason: 'not granted', action: use.action });
    throw new UserError('capability_denied', `The capability token does not grant ${use.action} in this way.`, {
      details: { action: use.action, ...(use.resource !== undefined && { resource: use.resource }) },
    });
  }

  async revoke(id: string): Promise<void> {
    await this.end(id);
  }

  /** As `revoke`, and says what it was. */
  async end(id: string): Promise<GrantRecord> {
    const grant = isUuid(id) ? await this.repository.revoke(id, this.clock.now()) : undefined;
    if (grant === undefined) {
      throw new UserError('resource_not_found', 'There is no capability token with this id; GET /tokens lists them.');
    }
    await this.write('grant_revoked', grant, {});
    return grant;
  }

  /** The newest 200. */
  async list(): Promise<GrantRecord[]> {
    return this.repository.recent();
  }

  /** Looks at a token without using it. */
  async inspect(token: string): Promise<TokenReport> {
    try {
      const grant = await this.find(token);
      const problem = this.problemOf(grant);
      return { grant, ...(problem && { problem }) };
    } catch (error) {
      if (error instanceof UserError) return { problem: error };
      throw error;
    }
  }

  private async find(token: string): Promise<GrantRecord> {
    if (OPAQUE.test(token)) {
      return (await this.repository.byHandle(this.secret.hash('capability-token', token))) ?? raise(unknown());
    }
    const { jti, sub, expiresAt } = readClaims(token, this.secret.signingKey());
    const grant = isUuid(jti) ? await this.repository.byId(jti) : undefined;
    if (grant?.kind === 'jwt' && grant.armId === sub) return grant;
    // Rows of grants that ended a day ago are gone.
    return raise(expiresAt <= this.clock.now() ? expired(expiresAt) : unknown());
  }

  private problemOf({ expiresAt, revokedAt }: GrantRecord): UserError | undefined {
    if (revokedAt !== null) return new UserError('expired_token', 'The capability token has been revoked.');
    return expiresAt <= this.clock.now() ? expired(expiresAt) : undefined;
  }

  private async used(grant: GrantRecord): Promise<CapabilityGrant> {
    await Promise.all([this.repository.noteUse(grant.id, this.clock.now()), this.write('grant_used', grant, {})]);
    const { id, armId, capabilities, expiresAt } = grant;
    return { id, armId, capabilities, expiresAt };
  }

  private draft(request: GrantRequest, kind: GrantRecord['kind']): GrantRecord {
    const life = request.lifetimeSeconds ?? MIN_LIFE_SECONDS;
    if (!Number.isInteger(life) || life < MIN_LIFE_SECONDS || life > MAX_LIFE_SECONDS) {
      throw new UserError('validation_error', 'lifetime_seconds must be a whole number from 300 to 3600.', {
        details: { field: 'lifetime_seconds', constraint: '300 to 3600', provided: life },
      });
    }
    // Whole seconds, so that row and signed claims say the same.
    const createdAt = new Date(Math.floor(this.clock.now().getTime() / 1000) * 1000);
    return {
      id: newId(),
      kind,
      armId: request.armId,
      capabilities: request.capabilities,
      rateLimits: RATE_LIMITS,
      metadata: { issued_by: 'orchestrator', ...request.metadata },
      createdAt,
      expiresAt: new Date(createdAt.getTime() + life * 1000),
      revokedAt: null,
      lastUsedAt: null,
    };
  }

  private async keep(grant: GrantRecord, handleHash: string | null): Promise<void> {
    await this.repository.add(grant, handleHash);
    const actions = grant.capabilities.map(({ action }) => action);
    await this.write('grant_issued', grant, { kind: grant.kind, actions, expires_at: grant.expiresAt.toISOString() });
    const now = grant.createdAt.getTime();
    if (now - this.cleanedAt < DAY_MS / 24) return;
    this.cleanedAt = now;
    await this.repository.removeExpired(new Date(now - DAY_MS));
  }

  private async write(
    type: AccessEvent['type'],
    grant: (CapabilityGrant & { metadata?: JsonObject }) | undefined,
    details: JsonObject,
    arm = grant?.armId ?? '',
  ): Promise<void> {
    const taskId = grant?.metadata?.['task_id'];
    await this.log.write({
      type,
      arm,
      taskId: typeof taskId === 'string' ? taskId : '',
      details: { ...(grant && { grant_id: grant.id, bound_to: grant.armId }), ...details },
    });
  }
}

const unknown = (): UserError => new UserError('invalid_api_key', 'This server does not know the capability token.');
const expired = (at: Date): UserError =>
  new UserError('expired_token', `The capability token expired at ${at.toISOString()}.`);
const raise = (error: UserError): never => {
  throw error;
};
