import { UserError } from '../../common/errors';
import { echoText } from './echo';

const hostname = (url: string): string | undefined => {
  if (!URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  return parsed.username === '' && parsed.password === '' ? parsed.hostname : undefined;
};

/** True for a name that can only mean this machine. */
export const isLoopbackName = (name: string | undefined): boolean =>
  name !== undefined && /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(name);

/**
 * Protects a server that listens on loopback only from web pages in the user's browser: a page whose name was made to point
 * to 127.0.0.1 (DNS rebinding) shows in `Host`, any other foreign page in `Origin`.
 * @returns what to answer with 403, or nothing.
 */
export const foreignCaller = (headers: {
  host?: string | undefined;
  origin?: string | undefined;
}): UserError | undefined => {
  if (headers.host === undefined || !isLoopbackName(hostname(`http://${headers.host}`))) {
    return new UserError(
      'host_not_allowed',
      `Host ${echoText(headers.host ?? '(none)')} is not allowed: this server answers only as localhost or 127.0.0.1. ` +
        'Set HOST to another address to serve other names.',
      { details: { field: 'Host' } },
    );
  }
  if (headers.origin !== undefined && !isLoopbackName(hostname(headers.origin))) {
    return new UserError(
      'origin_not_allowed',
      `Requests of the web page ${echoText(headers.origin)} are not allowed: this server answers only pages of this machine.`,
      { details: { field: 'Origin' } },
    );
  }
  return undefined;
};
