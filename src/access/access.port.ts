import type { Caller } from '../contracts/caller';

/** What a request brought along, each as it stood in its header. */
export interface Credentials {
  /** `X-API-Key`. */
  apiKey?: string | undefined;
  /** `Authorization: Bearer`: a key too, or a signed capability token. */
  bearer?: string | undefined;
}

/** Who may come in. */
export abstract class AccessPort {
  /** False in open mode: whoever reaches the server may do everything, and no credential is ever refused. */
  abstract readonly enforced: boolean;
  /**
   * Who shows these credentials. One valid credential is enough; of two, the one with the wider scopes counts. In open mode a
   * known credential is honoured, with its scopes and limits, and any other is ignored.
   *
   * Errors: `UserError` `missing_auth` (none shown), `invalid_api_key` (unknown or revoked), `expired_token`.
   */
  abstract identify(credentials: Credentials): Promise<Caller>;
}
