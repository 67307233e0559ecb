import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { type LimitState, RateLimits } from '../../access/rate-limits.service';
import { callerOf } from './access.decorator';
import { enforceLimit } from './rate-limit';
import type { HttpReply, HttpRequest } from './types';

/** Whoever watches the server must be able to do so however busy he is otherwise. */
const UNLIMITED = new Set(['/', '/health', '/ready', '/v1/health']);
const METRICS = new Set(['/metrics', '/v1/metrics']);
const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** Counts every request to a known route against its caller's limits. Stands behind the guard that finds out who calls. */
@Injectable()
export class LimitsGuard implements CanActivate {
  constructor(private readonly limits: RateLimits) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    enforceLimit(http.getResponse<HttpReply>(), await this.count(http.getRequest<HttpRequest>()));
    return true;
  }

  private async count(request: HttpRequest): Promise<LimitState | undefined> {
    const route = request.routeOptions.url ?? '';
    if (UNLIMITED.has(route)) return undefined;
    if (METRICS.has(route)) return this.limits.forMetrics(request.ip);
    return this.limits.forCaller(callerOf(request), WRITES.has(request.method) ? 'write' : 'read');
  }
}
