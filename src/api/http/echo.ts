import { scrubber } from '../../common/log/scrub';

const MAX_ECHO = 100;
/** Read a little further than is shown, so that a credential at the edge is still recognised by its shape. */
const MAX_READ = 4 * MAX_ECHO;
/** A token is a credential; tokens are what a model's budget is counted in. */
const SECRET_NAME =
  /pass(word|wd|phrase)|secret|token(?!s)|credential|authorization|api[_-]?key|private[_-]?key|cookie/i;

const scrub = scrubber([]);
const cut = (text: string): string => (text.length > MAX_ECHO ? `${text.slice(0, MAX_ECHO - 1)}…` : text);
/** Addresses, and numbers long enough to be a card, an account or a telephone: a caller knows what he sent. */
const PERSONAL = /[^\s@]{1,64}@[^\s@]{1,255}|\d(?:[ .()/-]{0,3}\d){6,40}/g;
/** What names a thing of this server is repeated as it is. */
const NAME = /^(?:(?:task-)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|task_[A-Za-z0-9]{16})$/i;

/** A cut may halve a surrogate pair, and the bad input may be exactly such a half. */
const clean = (text: string): string =>
  NAME.test(text) ? text : cut(scrub(text.slice(0, MAX_READ)).replace(PERSONAL, '…')).toWellFormed();

/** Text of a caller as it may be repeated to him: at most 100 characters, without credentials and personal data. */
export const echoText = (text: string): string => clean(text);

/** As many digits as a card has are shown as their order of magnitude. */
const numberShown = (value: number): number | string =>
  Math.abs(value) < 1e8 || !Number.isInteger(value) ? value : `about ${value.toExponential(0)}`;

/**
 * A bad value as an error may repeat it. Objects and lists are named and not shown; a value under a name such as `api_key`
 * is never shown.
 */
export const echoValue = (value: unknown, name = ''): string | number | boolean | null => {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value;
  if (SECRET_NAME.test(name)) return '[REDACTED]';
  if (typeof value === 'number') return Number.isFinite(value) ? numberShown(value) : String(value);
  if (typeof value === 'string') return clean(value);
  return Array.isArray(value) ? `[list of ${value.length}]` : '[object]';
};
