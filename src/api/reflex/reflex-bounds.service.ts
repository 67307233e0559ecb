import { Injectable } from '@nestjs/common';
import { RateLimits } from '../../access/rate-limits.service';
import { callerOf } from '../http/access.decorator';
import { enforceLimit } from '../http/rate-limit';
import type { HttpReply, HttpRequest } from '../http/types';

/** How much text one client, and one user behind it, may have processed: by address first, then by `user_id`. */
@Injectable()
export class ReflexBounds {
  constructor(private readonly limits: RateLimits) {}

  /** @throws TransientError `rate_limit_exceeded`. An open server does not count addresses; administrators are not counted. */
  async check(request: HttpRequest, reply: HttpReply, userId: string | null | undefined): Promise<void> {
    const { holder, tier } = callerOf(request);
    if (tier === 'test' || tier === 'live') enforceLimit(reply, await this.limits.forReflex('ip', request.ip, 'free'));
    if (typeof userId !== 'string') return;
    const userTier = tier === 'admin' ? 'unlimited' : 'basic';
    enforceLimit(reply, await this.limits.forReflex('user', `${holder}:${userId}`, userTier));
  }
}
