import { Injectable } from '@nestjs/common';
import { AppConfig } from '../common/config/config.service';
import { UserError } from '../common/errors';
import type { Caller } from '../contracts/caller';
import { AccessPort, type Credentials } from './access.port';
import { ApiKeys } from './api-keys.service';
import { GrantOffice } from './capability-tokens.service';
import { grantScopes } from './grant-scopes';

/** Whoever comes while no key is demanded. */
const OPEN: Caller = { holder: 'open', name: 'open', scopes: ['admin'], tier: 'open' };
const JWT = /^eyJ[\w-]*\.[\w-]+\.[\w-]*$/;

const width = ({ scopes }: Caller): number => (scopes.includes('admin') ? Infinity : scopes.length);

/** Of several reasons to refuse, the one that helps most: that we could not look, then that a credential was good once. */
const gravity = (error: Error): number => {
  if (!(error instanceof UserError)) return 2;
  return error.code === 'expired_token' ? 1 : 0;
};

@Injectable()
export class Access extends AccessPort {
  readonly enforced: boolean;

  constructor(
    private readonly keys: ApiKeys,
    private readonly grants: GrantOffice,
    config: AppConfig,
  ) {
    super();
    this.enforced = config.demandsKeys;
  }

  async identify({ apiKey, bearer }: Credentials): Promise<Caller> {
    const shown = [...new Set([apiKey, bearer])].filter((each) => each !== undefined && each !== '') as string[];
    const outcomes = await Promise.allSettled(shown.map((credential) => this.callerWith(credential)));
    const callers = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    const [widest] = callers.sort((a, b) => (width(a) === width(b) ? 0 : width(b) - width(a)));
    if (widest !== undefined) return widest;
    if (!this.enforced) return OPEN;
    const errors = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as Error] : []));
    throw errors.sort((a, b) => gravity(b) - gravity(a))[0] ?? nothingShown();
  }

  private async callerWith(credential: string): Promise<Caller> {
    if (JWT.test(credential)) {
      const grant = await this.grants.recognise(credential);
      // Its own limit, ten calls a minute, is that of a test key.
      return { holder: `grant:${grant.id}`, name: grant.armId, scopes: grantScopes(grant), tier: 'test', grant };
    }
    const { id, name, scopes, tier } = await this.keys.recognise(credential);
    return { holder: `key:${id}`, name, scopes, tier };
  }
}

const nothingShown = (): UserError =>
  new UserError(
    'missing_auth',
    'This server demands a key. Send one as X-API-Key or as Authorization: Bearer; an administrator makes keys with POST /keys.',
  );
