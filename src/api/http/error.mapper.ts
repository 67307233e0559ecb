import { HttpException } from '@nestjs/common';
import { BugError, OctoError } from '../../common/errors';
import { newId } from '../../common/ids';
import type { JsonObject, JsonValue } from '../../contracts/json';
import { echoText } from './echo';
import { contractCode } from './error-contract';
import { errorShape } from './error-shape';
import { type ErrorMeaning, codeOfStatus, meaningOf } from './error-table';
import { errorWord, executionType, isExecution } from './error-words';
import type { FailedRequest } from './failed-request';
import { InvalidRequest } from './invalid-request';
import { isPythonSdk } from './python-sdk';

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

/** Faults that Nest, Fastify and Node find themselves: unknown route, body too large, broken encoding. */
const fromHttp = (status: number, message: string, { method, askedPath }: FailedRequest): Failure => {
  const code = codeOfStatus(status);
  const messages: Partial<Record<string, string>> = {
    endpoint_not_found: `There is no ${method} ${echoText(askedPath)}.`,
    payload_too_large: 'The body is larger than this server accepts.',
    uri_too_long: 'The address is longer than this server accepts.',
    headers_too_large: 'The headers are larger than this server accepts.',
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

/** Where a family of routes or a client wants another status than the code's own. */
const statusOf = ({ code, meaning }: Failure, { path, userAgent }: FailedRequest): number => {
  if (code === 'validation_error' && isGuide(path)) return 422;
  if (code === 'policy_violation' && path === '/submit') return 400;
  // That client cannot make an exception of a 400.
  if (code === 'invalid_operation' && isPythonSdk(userAgent)) return 409;
  return meaning.status;
};

/** FastAPI's form of the same fault: a list for a bad request, else a text. What a GET gets wrong is in its query. */
const guideDetail = (error: unknown, failure: Failure, status: number, method: string): JsonValue => {
  const { message, details } = failure;
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
    {
      type: 'value_error',
      loc: [method === 'GET' ? 'query' : 'body', details['field'] ?? ''],
      msg: message,
      input: details['provided'] ?? null,
    },
  ];
};

/** `detail`, where clients look for it: as FastAPI has it under `/api/v1`, a text at the reflex layer and at every `/execute`. */
const detailOf = (error: unknown, failure: Failure, status: number, request: FailedRequest): JsonObject => {
  const { path, method } = request;
  if (isGuide(path)) return { detail: guideDetail(error, failure, status, method) };
  return path === '/process' || path.endsWith('/execute') ? { detail: failure.message } : {};
};

const EXECUTION_DETAILS = ['allowed_commands', 'partial_output', 'duration_ms'];

/** What the executor's and the coder's clients read beside the union; their details also lie at the top. */
const executionExtras = (details: JsonObject, status: number): JsonObject => ({
  success: false,
  error_type: executionType(status),
  ...Object.fromEntries(Object.entries(details).filter(([name]) => EXECUTION_DETAILS.includes(name))),
});

/** A wrong method is answered with the right ones. */
const allowHeader = ({ allowed_methods: allowed }: JsonObject): Record<string, string> =>
  Array.isArray(allowed) ? { allow: allowed.map(String).join(', ') } : {};

/** The one form of every error on the wire: the union of what all clients read. */
export const errorAnswer = (error: unknown, request: FailedRequest, now: Date): ErrorAnswer => {
  const failure = classify(error, request);
  const { code, message, details, meaning, incidentId } = failure;
  const status = statusOf(failure, request);
  const retryAfter = WAIT_STATUSES.includes(status)
    ? Math.max(1, Math.ceil(failure.retryAfterSeconds ?? DEFAULT_RETRY_SECONDS))
    : undefined;
  const isObject = errorShape(request, code) === 'object';
  return {
    status,
    headers: {
      'x-request-id': request.requestId,
      'x-content-type-options': 'nosniff',
      ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
      ...(status === 401 && { 'www-authenticate': 'Bearer' }),
      ...allowHeader(details),
    },
    body: {
      error: isObject ? { code, message, details } : errorWord(request, { status, code, message }),
      message,
      code,
      details,
      request_id: request.requestId,
      timestamp: now.toISOString(),
      ...detailOf(error, failure, status, request),
      ...(isExecution(request) && executionExtras(details, status)),
      error_code: contractCode(code, details, request),
      category: meaning.category,
      retryable: failure.retryable,
      ...(retryAfter !== undefined && { retry_after: retryAfter, retry_after_seconds: retryAfter }),
      suggestions: meaning.suggestion === undefined ? [] : [meaning.suggestion],
    },
    ...(incidentId !== undefined && { incidentId }),
  };
};
