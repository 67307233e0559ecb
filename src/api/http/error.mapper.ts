import { HttpException } from '@nestjs/common';
import { BugError, OctoError } from '../../common/errors';
import { newId } from '../../common/ids';
import type { JsonObject, JsonValue } from '../../contracts/json';
import { echoText } from './echo';
import { type ErrorMeaning, codeOfStatus, contractCode, meaningOf } from './error-table';
import { InvalidRequest } from './invalid-request';

/** What of a request an error answer depends on. */
export interface FailedRequest {
  requestId: string;
  method: string;
  /** With or without a query. */
  url: string;
}

export interface ErrorAnswer {
  status: number;
  headers: Record<string, string>;
  body: JsonObject;
  /** Set when the log must say more than the answer does. */
  incidentId?: string;
}

interface Failure {
  code: string;
  message: string;
  meaning: ErrorMeaning;
  details: JsonObject;
  retryable: boolean;
  retryAfterSeconds?: number | undefined;
  incidentId?: string;
}

const DEFAULT_RETRY_SECONDS = 5;
const WAIT_STATUSES = [429, 503];

const pathOf = (url: string): string => url.split('?', 1)[0] ?? url;
const isGuide = (path: string): boolean => path.startsWith('/api/v1/');

const incident = (): Failure => {
  const incidentId = newId();
  return {
    code: 'internal_server_error',
    message: `An internal fault ended this request. The server log has it as incident ${incidentId}.`,
    meaning: meaningOf('internal_server_error', 'bug'),
    details: { incident_id: incidentId },
    retryable: false,
    incidentId,
  };
};

/** Faults that Nest and Fastify find themselves: unknown route, body too large, broken encoding. */
const fromHttp = (status: number, message: string, { method, url }: FailedRequest): Failure => {
  const code = codeOfStatus(status);
  const messages: Partial<Record<string, string>> = {
    endpoint_not_found: `There is no ${method} ${echoText(pathOf(url))}.`,
    payload_too_large: 'The body is larger than this server accepts.',
    uri_too_long: 'The address is longer than this server accepts.',
  };
  return {
    code,
    message: messages[code] ?? echoText(message),
    meaning: { ...meaningOf(code, 'user'), status },
    details: {},
    retryable: false,
  };
};

/** Errors of Fastify carry their status; only a status below 500 is meant for the caller. */
const clientStatus = (error: unknown): number | undefined => {
  if (error instanceof HttpException) return error.getStatus();
  if (!(error instanceof Error) || !('statusCode' in error) || typeof error.statusCode !== 'number') return undefined;
  return error.statusCode;
};

const classify = (error: unknown, request: FailedRequest): Failure => {
  if (error instanceof OctoError && !(error instanceof BugError)) {
    return {
      code: error.code,
      message: error.message,
      meaning: meaningOf(error.code, error.kind),
      details: error.details,
      retryable: error.kind === 'transient',
      retryAfterSeconds: error.retryAfterSeconds,
    };
  }
  const status = clientStatus(error);
  if (status === undefined || status < 400 || status >= 500) return incident();
  return fromHttp(status, error instanceof Error ? error.message : 'The request is not valid.', request);
};

/** FastAPI's form of the same fault: a list for a bad request, else a text. */
const guideDetail = (error: unknown, { message, details }: Failure, status: number): JsonValue => {
  if (error instanceof InvalidRequest) {
    return error.issues.map(({ type, path, message: msg, input }) => ({
      type,
      loc: [error.part, ...path],
      msg,
      input,
    }));
  }
  if (status !== 422) return message;
  return [
    { type: 'value_error', loc: ['body', details['field'] ?? ''], msg: message, input: details['provided'] ?? null },
  ];
};

/**
 * The one form of every error on the wire: the union of what all clients read. `error` is an object `{code, message,
 * details}` for an unknown route and the message elsewhere; `/api/v1` has FastAPI's `detail` and 422 in addition.
 */
export const errorAnswer = (error: unknown, request: FailedRequest, now: Date): ErrorAnswer => {
  const failure = classify(error, request);
  const { code, message, details, meaning, incidentId } = failure;
  const guide = isGuide(pathOf(request.url));
  const status = guide && meaning.status === 400 && code === 'validation_error' ? 422 : meaning.status;
  const retryAfter = WAIT_STATUSES.includes(status)
    ? Math.max(1, Math.ceil(failure.retryAfterSeconds ?? DEFAULT_RETRY_SECONDS))
    : undefined;
  return {
    status,
    headers: {
      'x-request-id': request.requestId,
      'x-content-type-options': 'nosniff',
      ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
    },
    body: {
      error: code === 'endpoint_not_found' ? { code, message, details } : message,
      message,
      code,
      details,
      request_id: request.requestId,
      timestamp: now.toISOString(),
      ...(guide && { detail: guideDetail(error, failure, status) }),
      error_code: contractCode(code),
      category: meaning.category,
      retryable: failure.retryable,
      ...(retryAfter !== undefined && { retry_after: retryAfter, retry_after_seconds: retryAfter }),
      suggestions: meaning.suggestion === undefined ? [] : [meaning.suggestion],
    },
    ...(incidentId !== undefined && { incidentId }),
  };
};
