import { APIConnectionTimeoutError, APIError } from 'openai';
import { OctoError, TransientError, UserError } from '../../common/errors';
import type { Refusal } from './dialect';

/** What a message needs to name the remedy. */
export interface CallContext {
  model: string;
  /** Variable that chose the model, e.g. `LLM_MODEL_FAST`. */
  modelVariable: string;
  /** Variable that holds the key, e.g. `OPENAI_API_KEY`. */
  keyVariable: string;
  /** Where the model is served, e.g. `api.openai.com`. */
  host: string;
}

/** Seconds to wait as a response asks for them, in seconds or as a date; undefined when it does not. */
export const retryAfterSeconds = (headers: Headers | undefined): number | undefined => {
  const milliseconds = Number.parseFloat(headers?.get('retry-after-ms') ?? '');
  if (Number.isFinite(milliseconds)) return milliseconds / 1000;
  const text = headers?.get('retry-after');
  if (text === undefined || text === null) return undefined;
  const seconds = Number.parseFloat(text);
  const wait = Number.isFinite(seconds) ? seconds : (Date.parse(text) - Date.now()) / 1000;
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
};

/** `instanceof` alone would leave the fields untyped. */
const isApiError = (error: unknown): error is APIError => error instanceof APIError;

interface HttpRefusal extends Refusal {
  code: string | null | undefined;
  headers: Headers | undefined;
}

/** A refusal in the server's own terms, if that is what the error is. Its message may quote the prompt: never show it. */
export const refusalOf = (error: unknown): HttpRefusal | undefined => {
  if (!isApiError(error) || error.status === undefined) return undefined;
  const { status, message, param, code, headers } = error;
  return { status, message, param, code, headers };
};

/** A short code the server or the network gave, safe to show: letters, digits, dots and dashes only. */
const shownCode = (code: unknown): string =>
  typeof code === 'string' && /^[\w.-]{1,48}$/.test(code) ? `, code ${code}` : '';

const networkCode = (error: unknown): string => {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string') return shownCode(cause.code);
  }
  return '';
};

export const modelTimeout = ({ model, host }: CallContext, seconds: number): TransientError =>
  new TransientError(
    'model_timeout',
    `The model ${model} at ${host} did not finish its answer within ${seconds} s. LLM_TIMEOUT_SECONDS sets the limit.`,
  );

/** For answers that came but cannot be used: no completion in them, broken off, not JSON. */
export const unusableAnswer = ({ model, host }: CallContext, what: string): TransientError =>
  new TransientError('model_unavailable', `The model ${model} at ${host} ${what}.`);

/**
 * The error an LlmPort promises for anything the client throws. The server's own words are left out, because they may repeat
 * the key or the prompt.
 */
export const toLlmError = (error: unknown, context: CallContext): OctoError => {
  if (error instanceof OctoError) return error;
  const { model, modelVariable, keyVariable, host } = context;
  const what = `The model ${model} at ${host}`;
  if (error instanceof APIConnectionTimeoutError) {
    return new TransientError('model_timeout', `${what} did not answer in time.`);
  }
  const refusal = refusalOf(error);
  if (refusal === undefined) {
    // Also a body that broke off or is not JSON, and an error event inside a stream.
    return new TransientError(
      'model_unavailable',
      `${what} could not be reached or gave a broken answer${networkCode(error)}.`,
    );
  }

  const { status, headers } = refusal;
  const code = shownCode(refusal.code);
  const wait = retryAfterSeconds(headers);
  const retryAfter = wait === undefined ? {} : { retryAfterSeconds: Math.ceil(wait) };
  if (status === 401 || status === 403) {
    return new UserError(
      'model_refused_credentials',
      `${host} refused the credentials (HTTP ${status}${code}). Set ${keyVariable} to a key that may use ${model}.`,
    );
  }
  if (status === 402 || refusal.code === 'insufficient_quota') {
    return new UserError(
      'model_refused_credentials',
      `The account at ${host} has no credit left (HTTP ${status}${code}). Add credit, or set ${keyVariable} to another key.`,
    );
  }
  if (status === 429) {
    return new TransientError('model_rate_limited', `${what} is limiting our rate (HTTP 429${code}).`, retryAfter);
  }
  if (status === 404) {
    return new UserError(
      'model_request_refused',
      `${host} knows no model ${model} (HTTP 404${code}). Set ${modelVariable} to a model it has; if OPENAI_BASE_URL is set, check its path, which usually ends in /v1.`,
    );
  }
  if (status === 408 || status === 409 || status >= 500) {
    return new TransientError('model_unavailable', `${what} is not available now (HTTP ${status}${code}).`, retryAfter);
  }
  return new UserError(
    'model_request_refused',
    `${what} refused the request (HTTP ${status}${code}). A prompt too long for the model is the usual reason: shorten the goal or its context, or set ${modelVariable} to a model with a larger context.`,
  );
};
