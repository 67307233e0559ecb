import { type OctoError, TransientError, UserError } from '../../common/errors';
import { isRecord } from '../../common/is-record';
import type { HttpReply } from './arm-http.service';

const LONGEST_DETAIL = 500;
const LONGEST_WAIT_SECONDS = 300;
/** Statuses below 500 that pass by themselves. */
const PASSING = [408, 425, 429];

const textOf = (value: unknown): string | undefined => {
  if (typeof value === 'string' && value.trim() !== '') return value.trim();
  if (Array.isArray(value)) {
    const texts = value.map((one) => textOf(isRecord(one) ? withPlace(one) : one)).filter((one) => one !== undefined);
    return texts.length === 0 ? undefined : texts.join('; ');
  }
  return isRecord(value) ? textOf(value['message'] ?? value['msg']) : undefined;
};

/** One entry of FastAPI's list of bad fields. */
const withPlace = ({ loc, msg, message }: Record<string, unknown>): string | undefined => {
  const text = textOf(msg ?? message);
  return Array.isArray(loc) && text !== undefined ? `${loc.join('.')}: ${text}` : text;
};

/** What an arm says is wrong: FastAPI's `detail` as text or list, else `message` or `error`. Untrusted text. */
const detailOf = (body: unknown): string => {
  const text = isRecord(body)
    ? (textOf(body['detail']) ?? textOf(body['message']) ?? textOf(body['error']))
    : undefined;
  return (text ?? 'it does not say why').slice(0, LONGEST_DETAIL);
};

/** `Retry-After` in seconds; it is given in seconds or as a date. */
export const retryAfter = (header: string | string[] | undefined, now: number): number | undefined => {
  const text = Array.isArray(header) ? header[0] : header;
  if (text === undefined) return undefined;
  const seconds = /^\d+$/.test(text.trim()) ? Number(text) : (Date.parse(text) - now) / 1000;
  return Number.isFinite(seconds) ? Math.min(LONGEST_WAIT_SECONDS, Math.max(1, Math.ceil(seconds))) : undefined;
};

/** The fault of an answer that is no success: the arm's own words, and whether trying again may help. */
export const faultOf = (arm: string, { status, headers, json }: HttpReply, now = Date.now()): OctoError => {
  const wait = retryAfter(headers['retry-after'], now);
  const reason = status >= 300 && status < 400 ? 'redirects are not followed' : detailOf(json);
  const message = `The arm "${arm}" answered ${status}: ${reason}`;
  const details = { arm_id: arm, status };
  if (status >= 500 || PASSING.includes(status)) {
    const more = { details, ...(wait !== undefined && { retryAfterSeconds: wait }) };
    return new TransientError(status === 429 ? 'arm_busy' : 'upstream_error', message, more);
  }
  return new UserError('arm_refused', message, { details });
};

/** The fault of a call that got no answer. */
export const noAnswer = (arm: string, error: unknown, timeoutMs: number): OctoError => {
  const { name, code, message } = error as { name?: string; code?: string; message?: string };
  const details = { arm_id: arm };
  if (name === 'TimeoutError') {
    const seconds = Math.round(timeoutMs / 1000);
    return new TransientError('arm_timeout', `The arm "${arm}" did not answer within ${seconds} s.`, { details });
  }
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') {
    return new UserError('arm_reply_too_large', `The arm "${arm}" answered with more than 1 MB. Ask it for less.`, {
      details,
    });
  }
  return new TransientError(
    'arm_unavailable',
    `The arm "${arm}" cannot be reached (${code ?? message ?? 'no answer'}).`,
    {
      details,
    },
  );
};
