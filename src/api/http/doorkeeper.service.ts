import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { AccessPort } from '../../access/access.port';
import { CapabilityTokens } from '../../access/capability-tokens.port';
import { Clock } from '../../common/clock';
import { TransientError, UserError } from '../../common/errors';
import { type Caller, type CapabilityGrant, type Scope, isAllowed } from '../../contracts/caller';
import { FailedAttempts } from './failed-attempts';

const BEARER = /^Bearer\s+(\S+)\s*$/i;

const single = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header.join(', ') : header;

interface Shown {
  apiKey?: string | undefined;
  bearer?: string | undefined;
}

const shownIn = (headers: IncomingHttpHeaders): Shown => ({
  apiKey: single(headers['x-api-key'])?.trim(),
  bearer: BEARER.exec(headers.authorization ?? '')?.[1],
});

/** Asks whoever comes, by HTTP or to open a WebSocket, who they are. */
@Injectable()
export class Doorkeeper {
  private readonly attempts: FailedAttempts;

  constructor(
    private readonly access: AccessPort,
    private readonly tokens: CapabilityTokens,
    clock: Clock,
  ) {
    this.attempts = new FailedAttempts(() => clock.now().getTime());
  }

  /** Errors: those of `AccessPort.identify`; `rate_limit_exceeded` after too many wrong keys from one address. */
  async identify(headers: IncomingHttpHeaders, address: string): Promise<Caller> {
    return this.ask(shownIn(headers), address);
  }

  /**
   * Who asks for a WebSocket. Browsers cannot set headers there, so `?api_key=` counts as well. Which routes need a scope is
   * for the route to say: see `requireScope`. Errors: as `identify`.
   */
  async identifyUpgrade(request: IncomingMessage): Promise<Caller> {
    const query = new URLSearchParams(request.url?.split('?')[1]);
    const { apiKey = query.get('api_key') ?? undefined, bearer } = shownIn(request.headers);
    return this.ask({ apiKey, bearer }, request.socket.remoteAddress ?? '');
  }

  /**
   * What a token beside the credential grants at an arm. A server that demands no key does not demand a token it knows either:
   * there, an unknown one changes nothing, while one that is known binds. Errors: those of `CapabilityTokens.check`.
   */
  async grantOf(caller: Caller, token: string, arm: string): Promise<CapabilityGrant | undefined> {
    try {
      return await this.tokens.check(token, arm);
    } catch (error) {
      const isUnknown = error instanceof UserError && error.code === 'invalid_api_key';
      if (isUnknown && !this.access.enforced) return caller.grant;
      throw error;
    }
  }

  private async ask(shown: Shown, address: string): Promise<Caller> {
    try {
      return await this.access.identify(shown);
    } catch (error) {
      if (!(error instanceof UserError) || error.code === 'missing_auth') throw error;
      const refusal = this.attempts.failed(address);
      if (refusal === undefined) throw error;
      const { limit, window, retryAfter } = refusal;
      throw new TransientError('rate_limit_exceeded', 'Too many wrong keys came from your address; wait a little.', {
        details: { limit, window, retry_after: retryAfter },
        retryAfterSeconds: retryAfter,
      });
    }
  }
}

/** @throws UserError `insufficient_permissions` */
export const requireScope = (caller: Caller, scope: Scope): void => {
  if (isAllowed(caller, scope)) return;
  throw new UserError(
    'insufficient_permissions',
    `This needs the scope ${scope}, which the credential does not have.`,
    {
      details: { required_scope: scope, provided_scopes: [...caller.scopes] },
    },
  );
};
