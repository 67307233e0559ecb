import type { ServiceName } from '../../contracts/service';
import { pathOf } from './path';
import { prefixOf, serviceOf } from './service';
import type { HttpRequest } from './types';

/** What of a request its error answer depends on. */
export interface FailedRequest {
  requestId: string;
  method: string;
  /** As it was routed: without a service's name in front, a query and a slash at its end. */
  path: string;
  /** As the caller wrote it, without a query. */
  askedPath: string;
  userAgent: string;
  /** `X-OctoLLM-Dialect`: how the caller wants `error` to look, whatever else speaks for something else. */
  dialect: string;
  /** The service named in the address, if one was. */
  prefix: ServiceName | undefined;
  /** As which service the request is answered. */
  service: ServiceName;
}

const text = (value: string | string[] | undefined): string => (typeof value === 'string' ? value : '');

export const failedRequest = (request: HttpRequest): FailedRequest => ({
  requestId: request.id,
  method: request.method,
  path: pathOf(request.url).replace(/(.)\/$/, '$1'),
  askedPath: pathOf(request.originalUrl),
  userAgent: text(request.headers['user-agent']),
  dialect: text(request.headers['x-octollm-dialect']),
  prefix: prefixOf(request.raw),
  service: serviceOf(request.raw),
});
