import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { counter, histogram } from '../../common/metrics';
import type { HttpReply, HttpRequest } from '../http/types';

const requests = counter('reflex_http_requests_total', 'Requests to the reflex layer', ['method', 'path']);
const seconds = histogram(
  'reflex_http_request_duration_seconds',
  'Time of a request to the reflex layer, until its answer is sent',
  ['method', 'path', 'status'],
  [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1],
);

/**
 * Counts the requests to a controller of the reflex layer, by route and never by address; keeps nobody out. A guard, because
 * an interceptor costs every request some 40 µs: as much as it takes to answer from the cache.
 */
@Injectable()
export class CountReflexRequests implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const http = context.switchToHttp();
    const { method, routeOptions } = http.getRequest<HttpRequest>();
    const reply = http.getResponse<HttpReply>();
    const labels = { method, path: routeOptions.url ?? 'unknown' };
    requests.inc(labels);
    const stop = seconds.startTimer(labels);
    // Faults too are only known by their status once the answer has gone out.
    reply.raw.once('finish', () => stop({ status: String(reply.statusCode) }));
    return true;
  }
}
