import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  StreamableFile,
} from '@nestjs/common';
import { type Observable, from, lastValueFrom } from 'rxjs';
import { type KeptAnswer, Repeats } from '../../access/repeats.port';
import { callerOf } from './access.decorator';
import { errorAnswer } from './error.mapper';
import { failedRequest } from './failed-request';
import { type Repeat, repeatOf } from './repeat';
import type { HttpReply, HttpRequest } from './types';

/** A larger answer is not kept. */
const MAX_BYTES = 1024 * 1024;
/** May be otherwise the next time, though the request is the same. */
const PASSING_CODES = new Set<unknown>(['insufficient_permissions', 'quota_exceeded']);

const isLasting = (status: number, body: object): boolean =>
  status < 500 && status !== 401 && status !== 429 && !('code' in body && PASSING_CODES.has(body.code));

/** The answer as it is about to be sent, if it can be sent again. */
const keepable = (reply: HttpReply, body: unknown): KeptAnswer | undefined => {
  const type = String(reply.getHeader('content-type') ?? 'application/json');
  if (reply.sent || !type.startsWith('application/json')) return undefined;
  if (typeof body !== 'object' || body === null || body instanceof StreamableFile) return undefined;
  if (!isLasting(reply.statusCode, body) || Buffer.byteLength(JSON.stringify(body)) > MAX_BYTES) return undefined;
  const location = reply.getHeader('location');
  return { status: reply.statusCode, headers: { ...(location !== undefined && { location: String(location) }) }, body };
};

/** Answers a repeated POST as it was answered the first time: by `Idempotency-Key`, or by an `X-Request-ID` sent again. */
@Injectable()
export class RepeatInterceptor implements NestInterceptor {
  constructor(private readonly repeats: Repeats) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<HttpRequest>();
    const { id, headers, method, originalUrl, body, routeOptions } = request;
    const repeat = repeatOf({
      method,
      originalUrl,
      body,
      route: routeOptions.url ?? '',
      idempotencyKey: headers['idempotency-key'],
      requestId: headers['x-request-id'] === id ? id : undefined,
    });
    return repeat === undefined ? next.handle() : from(this.once(repeat, request, http.getResponse<HttpReply>(), next));
  }

  private async once(repeat: Repeat, request: HttpRequest, reply: HttpReply, next: CallHandler): Promise<unknown> {
    let body: unknown;
    const { holder } = callerOf(request);
    const earlier = await this.repeats.once({ holder, ...repeat }, async () => {
      body = await this.answer(request, reply, next);
      return keepable(reply, body);
    });
    if (earlier === undefined) return body;
    void reply.status(earlier.status).headers({ ...earlier.headers, 'idempotent-replayed': 'true' });
    return earlier.body;
  }

  /** An error that is kept is rendered here, so that the first caller and whoever repeats him read the same. */
  private async answer(request: HttpRequest, reply: HttpReply, next: CallHandler): Promise<unknown> {
    try {
      return await lastValueFrom(next.handle(), { defaultValue: undefined });
    } catch (error) {
      const { status, headers, body } = errorAnswer(error, failedRequest(request), new Date());
      if (!isLasting(status, body)) throw error;
      void reply.status(status).headers(headers);
      return body;
    }
  }
}
