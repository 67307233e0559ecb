import type { CapabilityGrant } from '../contracts/caller';
import type { JsonObject } from '../contracts/json';

export interface GrantRequest {
  armId: string;
  /** Action names, or actions with a resource and constraints. */
  capabilities: CapabilityGrant['capabilities'];
  /** 5 minutes when absent; 5 to 60 minutes are allowed. */
  lifetimeSeconds?: number;
  /** `{issued_by, purpose, task_id, user_id}`, as far as known. */
  metadata?: JsonObject;
}

/** A grant and the token that carries it. The token is shown once and not kept. */
export interface IssuedGrant {
  grant: CapabilityGrant;
  token: string;
}

/** What somebody wants to do under a grant. */
export interface GrantUse {
  action: string;
  /** What it is done to. */
  resource?: string;
  /** What the constraints of a capability are held against, by their names. */
  values?: Readonly<Record<string, unknown>>;
}

/** What an arm may do for a while, handed out as a token: opaque (`tok_…`) or signed (JWT, HS256). */
export abstract class CapabilityTokens {
  /** An opaque token. Errors: `UserError` `validation_error` for a life outside of 5 to 60 minutes. */
  abstract issue(request: GrantRequest): Promise<IssuedGrant>;
  /** A signed token for an arm that checks it by itself. Errors as `issue`. */
  abstract sign(request: GrantRequest): Promise<IssuedGrant>;
  /**
   * The grant behind a token of either form, for use at the given arm. Checks signature, required claims, expiry, revocation.
   * Errors: `UserError` `invalid_api_key` (unknown, malformed, wrong signature), `expired_token` (expired or revoked),
   * `capability_denied` (bound to another arm).
   */
  abstract check(token: string, armId: string): Promise<CapabilityGrant>;
  /**
   * Resolves when the grant covers the use. A capability without constraints covers any values; one with constraints covers
   * only values that each of them allows, and every value must have its constraint.
   * Errors: `UserError` `capability_denied`.
   */
  abstract demand(grant: CapabilityGrant, use: GrantUse): Promise<void>;
  /** By the grant's id (`jti`). Errors: `UserError` `resource_not_found`. */
  abstract revoke(id: string): Promise<void>;
}
