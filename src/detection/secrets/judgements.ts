import { entropy } from '../core/entropy';
import type { Judgement } from '../core/detector';
import { isIdentifier, isNoPassword, isPlaceholder } from './placeholders';

const NO: Judgement = { confidence: 0 };
const LIKELY: Judgement = { confidence: 0.9 };
const SURE: Judgement = { confidence: 1 };

/** Bits per character. Random hexadecimal digits come to 3 from 16 characters on, words to less. */
const KEY_ENTROPY = 3;
const PASSWORD_ENTROPY = 2.2;
/** Shorter ones are counted in seconds by whoever tries; nobody keeps one. */
const SHORTEST_URL_PASSWORD = 4;
/** The shortest private key in use, of 256 bits on an elliptic curve, is longer in Base64. */
const SHORTEST_PRIVATE_KEY = 64;

const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[?::1\]?|host\.docker\.internal)(?![\w.-])/i;

/** Random enough for a key: letters and digits mixed, not made of words, not a stand-in. */
export const judgeKey = (value: string): Judgement => {
  const mixed = /[a-z]/i.test(value) && /\d/.test(value);
  if (!mixed || isPlaceholder(value) || /^[\w.]+\(|^(?:[a-z]+[._/-])+[a-z]+\d?$/i.test(value)) return NO;
  return entropy(value) < KEY_ENTROPY || isIdentifier(value) ? NO : LIKELY;
};

/** Something a person or a generator would choose: two kinds of characters, one of them no letter. A full stop at the end is the sentence's. */
export const judgePassword = (candidate: string): Judgement => {
  const value = candidate.replace(/[.?!]$/, '');
  if (isNoPassword(value) || /^[\w.]+[([]/.test(value)) return NO;
  const classes = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((pattern) => pattern.test(value)).length;
  const strong = classes >= 2 && /[\d!@#$%^&*?+=]/.test(value);
  return strong && entropy(value) >= PASSWORD_ENTROPY ? { ...LIKELY, length: value.length } : NO;
};

/** `scheme://user:password@host`: the password may itself contain an `@`, the host may not. */
export const judgeCredentials = (value: string): Judgement => {
  const rest = value.slice(value.indexOf('://') + 3);
  const at = rest.lastIndexOf('@');
  const colon = rest.indexOf(':');
  const [user, password, host] = [rest.slice(0, colon), rest.slice(colon + 1, at), rest.slice(at + 1)];
  if (password.length < SHORTEST_URL_PASSWORD || isNoPassword(password) || /PASS|<|^\[/.test(password)) return NO;
  if (LOOPBACK.test(host) && /^[a-z]{1,10}$/i.test(password)) return NO;
  // What images and compose files are delivered with, reachable under the name of a container only.
  if (user === password && !/^[^/:]*\./.test(host)) return NO;
  return LIKELY;
};

/** A password in a connection string of words: any that is not a stand-in. */
export const judgeConnectionPassword = (value: string): Judgement => (isNoPassword(value) ? NO : LIKELY);

/** Bytes enough between the armour lines for a key. */
export const judgePrivateKey = (value: string): Judgement => {
  const body = value.replace(/-----[^-]{0,64}-----/g, '').replace(/\\[rn]|\s/g, '');
  return (body.match(/[A-Za-z0-9+/=]/g)?.length ?? 0) >= SHORTEST_PRIVATE_KEY ? SURE : NO;
};

/** RFC 7519: the first part is a JSON object in Base64url that names an algorithm (RFC 7515, section 4.1.1). */
export const judgeJwt = (value: string): Judgement => {
  try {
    const header: unknown = JSON.parse(Buffer.from(value.split('.')[0] ?? '', 'base64url').toString('utf8'));
    return typeof header === 'object' && header !== null && 'alg' in header ? SURE : NO;
  } catch {
    return NO;
  }
};

/** RFC 7617: Base64 of `user:password`. */
export const judgeBasic = (value: string): Judgement => {
  const [user, ...rest] = Buffer.from(value, 'base64').toString('utf8').split(':');
  const password = rest.join(':');
  const isText = /^[\x20-\x7e\u00a0-\u{10ffff}]+$/u.test(`${user ?? ''}${password}`);
  return isText && password.length >= SHORTEST_URL_PASSWORD && !isNoPassword(password) ? LIKELY : NO;
};
