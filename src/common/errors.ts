import type { Fault, FaultKind } from '../contracts/step';
import type { JsonObject } from '../contracts/json';

interface ErrorDetails {
  /** Shown to the caller; carries no secret and no internals. */
  details?: JsonObject;
  /** Seconds after which trying again is worth it. */
  retryAfterSeconds?: number;
  cause?: unknown;
}

/** An error whose kind decides both retry and HTTP status. `code` is stable; `message` is written for people. */
export abstract class OctoError extends Error {
  abstract readonly kind: FaultKind;
  readonly details: JsonObject;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly code: string,
    message: string,
    { details = {}, retryAfterSeconds, cause }: ErrorDetails = {},
  ) {
    super(message, { cause });
    this.name = new.target.name;
    this.details = details;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The caller's mistake: trying again unchanged fails again. */
export class UserError extends OctoError {
  readonly kind = 'user';
}

/** A condition that passes: trying again later may work. */
export class TransientError extends OctoError {
  readonly kind = 'transient';
}

/** Our mistake. */
export class BugError extends OctoError {
  readonly kind = 'bug';
}

/** The error a stored fault was made of. */
export const fromFault = ({ kind, code, message, details, retryAfterSeconds }: Fault): OctoError => {
  const more = { ...(details && { details }), ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
  if (kind === 'user') return new UserError(code, message, more);
  return kind === 'transient' ? new TransientError(code, message, more) : new BugError(code, message, more);
};

/** The fault to store for anything that was thrown. Messages of unknown errors stay in the log. */
export const toFault = (error: unknown): Fault => {
  if (error instanceof OctoError) {
    const { kind, code, message, details, retryAfterSeconds } = error;
    return {
      kind,
      code,
      message,
      ...(Object.keys(details).length > 0 && { details }),
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    };
  }
  return {
    kind: 'bug',
    code: 'internal_error',
    message: 'An internal fault ended this step. The server log has the details.',
  };
};
