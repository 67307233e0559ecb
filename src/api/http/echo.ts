import { scrubber } from '../../common/log/scrub';

const MAX_ECHO = 100;
/** Read a little further than is shown, so that a credential at the edge is still recognised by its shape. */
const MAX_READ = 4 * MAX_ECHO;
/** A token is a credential; tokens are what a model's budget is counted in. */
const SECRET_NAME =
  /pass(word|wd|phrase)|secret|token(?!s)|credential|authorization|api[_-]?key|private[_-]?key|cookie/i;

const scrub = scrubber([]);
const cut = (text: string): string => (text.length > MAX_ECHO ? `${text.slice(0, MAX_ECHO - 1)}…` : text);
/** A cut may halve a surrogate pair, and the bad input may be exactly such a half. */
const clean = (text: string): string => cut(scrub(text.slice(0, MAX_READ))).toWellFormed();

/** Text of a caller as it may be repeated to him: at most 100 characters, without credentials. */
export const echoText = (text: string): string => clean(text);

/**
 * A bad value as an error may repeat it. Objects and lists are named and not shown; a value under a name such as `api_key`
 * is never shown.
 */
export const echoValue = (value: unknown, name = ''): string | number | boolean | null => {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value;
  if (SECRET_NAME.test(name)) return '[REDACTED]';
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'string') return clean(value);
  return Array.isArray(value) ? `[list of ${value.length}]` : '[object]';
};
