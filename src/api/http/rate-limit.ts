import { TransientError } from '../../common/errors';
import type { LimitState } from '../../access/rate-limits.service';
import type { HttpReply } from './types';

/**
 * Tells the caller where he stands, and ends the request when he has gone too far.
 * @throws TransientError `rate_limit_exceeded`, details `{limit, window, retry_after}`.
 */
export const enforceLimit = (reply: HttpReply, state: LimitState | undefined): void => {
  if (state === undefined) return;
  const { allowed, limit, window, remaining, resetAt, retryAfterSeconds } = state;
  void reply.headers({
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': String(resetAt),
  });
  if (allowed) return;
  throw new TransientError(
    'rate_limit_exceeded',
    `Too many requests: the limit is ${limit} per ${window}. Try again in ${retryAfterSeconds} s.`,
    { details: { limit, window, retry_after: retryAfterSeconds }, retryAfterSeconds },
  );
};
