import { sha256 } from '../../common/ids';
import { InvalidRequest } from './invalid-request';
import { echoText } from './echo';

/** What of a request decides whether it repeats another. */
export interface RepeatedRequest {
  method: string;
  /** Template of the route, e.g. `/tasks/:id/cancel`. */
  route: string;
  /** As the caller wrote it, with prefix and query. */
  originalUrl: string;
  body: unknown;
  idempotencyKey?: string | string[] | undefined;
  /** Only when the caller gave it. */
  requestId?: string | undefined;
}

/** Under which name an answer is kept, of which request, and for how long. */
export interface Repeat {
  name: string;
  fingerprint: string;
  keepSeconds: number;
}

const KEY_SECONDS = 24 * 60 * 60;
const REQUEST_ID_SECONDS = 10 * 60;
const KEY = /^[\x20-\x7e]{1,255}$/;

/** Their answers hold a secret that is shown once and kept nowhere. */
const SECRET = /\/(keys|keys\/:\w+\/rotate|tokens)$/;
/** Quick, change nothing but a cache, and look at texts of which nothing may be kept, so neither the answers that quote them. */
const SCREENING = /\/(process|preprocess|reflex|check|cache\/clear|filter\/pii)$/;

/** JSON with the keys of every object in order, so that two spellings of one value are the same text. */
const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return value === undefined ? '' : JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join()}}`;
};

const validKey = (given: string | string[]): string => {
  if (typeof given === 'string' && KEY.test(given) && given.trim() !== '') return given;
  const message = 'Idempotency-Key must have 1 to 255 printable ASCII characters';
  const input = echoText(String(given));
  throw new InvalidRequest('header', [
    { type: 'value_error', path: ['idempotency-key'], message, input, constraint: 'printable' },
  ]);
};

/**
 * How a request is to be recognised when it comes again; nothing when it is done as often as it comes.
 * @throws InvalidRequest for an `Idempotency-Key` that cannot be one.
 */
export const repeatOf = (request: RepeatedRequest): Repeat | undefined => {
  const { method, route, originalUrl, body, idempotencyKey, requestId } = request;
  if (method !== 'POST' || SECRET.test(route) || SCREENING.test(route)) return undefined;
  const fingerprint = (): string => sha256(`${method} ${originalUrl}\n${canonical(body)}`);
  if (idempotencyKey !== undefined) {
    return { name: `key:${validKey(idempotencyKey)}`, fingerprint: fingerprint(), keepSeconds: KEY_SECONDS };
  }
  if (requestId === undefined) return undefined;
  // One id may trace several calls, so that here the request is part of the name.
  const print = fingerprint();
  return { name: `request:${requestId}:${print}`, fingerprint: print, keepSeconds: REQUEST_ID_SECONDS };
};
