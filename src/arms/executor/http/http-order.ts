import { UserError } from '../../../common/errors';

/** One request to be made over HTTP. */
export interface HttpOrder {
  method: 'GET' | 'HEAD' | 'POST';
  url: URL;
  headers: Record<string, string>;
  body?: string;
  /** Redirects that are followed, each checked like the first address. */
  redirects: number;
  /** Whether status and headers are put before the body. */
  showHeaders: boolean;
  /** Whether an answer of 400 and above counts as a failure. */
  failOnError: boolean;
  /** Milliseconds, when the order itself asks for less than its step has. */
  timeoutMs?: number;
}

export const MAX_REDIRECTS = 3;
const MAX_URL = 4_000;
/** Headers that would steer the connection, or speak for another host. */
const FORBIDDEN_HEADER =
  /^(host|connection|content-length|transfer-encoding|upgrade|te|trailer|expect|keep-alive|proxy-.*)$/i;
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;

export const refusal = (message: string): UserError => new UserError('capability_denied', message);

/** The address, when it is one of the web and carries no credentials. Without a scheme, `http` is meant. */
export const webAddress = (text: string): URL => {
  const full = /^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[\w.-]+:\d+(\/|$)/.test(text) ? text : `http://${text}`;
  if (full.length > MAX_URL || !URL.canParse(full)) {
    throw new UserError(
      'validation_error',
      `command: '${text.slice(0, 100)}' is not an address; give http(s)://host/path.`,
      {
        details: { field: 'command', constraint: 'url' },
      },
    );
  }
  const url = new URL(full);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw refusal(`${url.protocol} addresses are not allowed; only http: and https: are.`);
  }
  if (url.username !== '' || url.password !== '') {
    throw refusal('An address may not carry a user name or password; send an Authorization header instead.');
  }
  url.hash = '';
  return url;
};

/** `Name: value` of a command line. */
export const headerOf = (line: string): [name: string, value: string] => {
  const colon = line.indexOf(':');
  const name = line.slice(0, Math.max(0, colon)).trim();
  const value = line.slice(colon + 1).trim();
  if (!TOKEN.test(name) || FORBIDDEN_HEADER.test(name) || /[^\x20-\x7e]/.test(value)) {
    throw refusal(
      `The header '${line.slice(0, 60)}' is not allowed; give 'Name: value', and none that steers the connection.`,
    );
  }
  return [name.toLowerCase(), value];
};

const METHODS = ['GET', 'HEAD', 'POST'] as const;
const isMethod = (word: string): word is HttpOrder['method'] => METHODS.includes(word as HttpOrder['method']);

/** The words of an `http` action: an address, or a method and an address, and for POST the body after it. */
export const httpOrder = (words: readonly string[]): HttpOrder => {
  const [first = '', ...rest] = words;
  const upper = first.toUpperCase();
  const method = isMethod(upper) ? upper : 'GET';
  if (method === 'GET' && upper !== 'GET' && /^[A-Z]{3,10}$/.test(first)) {
    throw refusal(`The method ${first} is not allowed; use ${METHODS.join(', ')}.`);
  }
  const [address, body, ...more] = isMethod(upper) ? rest : [first, ...rest];
  if (address === undefined || more.length > 0 || (body !== undefined && method !== 'POST')) {
    throw new UserError(
      'validation_error',
      'command: give an address, or a method (GET, HEAD, POST) with the address as first of args, and for POST the body as second.',
      { details: { field: 'command', constraint: 'method and address' } },
    );
  }
  const isJson = body !== undefined && /^\s*[[{]/.test(body);
  return {
    method,
    url: webAddress(address),
    headers: body === undefined ? {} : { 'content-type': isJson ? 'application/json' : 'text/plain; charset=utf-8' },
    ...(body !== undefined && { body }),
    redirects: MAX_REDIRECTS,
    showHeaders: false,
    failOnError: true,
  };
};
