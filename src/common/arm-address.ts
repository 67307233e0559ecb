import ipaddr from 'ipaddr.js';
import { UserError } from './errors';

const refused = (field: string, provided: string, reason: string): UserError =>
  new UserError('validation_error', `${field}: ${reason}`, {
    details: { field, constraint: 'http(s) address of an arm', provided: provided.slice(0, 200) },
  });

/** Where some clouds hand out credentials, other than at link-local addresses: Amazon by IPv6, Alibaba, Oracle. */
const ELSEWHERE = ['fd00:ec2::254', '100.100.100.200', '192.0.0.192'];

/** Whether an IP address is where a cloud may hand out credentials to whoever asks: link-local (169.254.0.0/16, fe80::/10) and a few more. */
export const handsOutCredentials = (address: string): boolean => {
  const plain = address.replace(/^\[|\]$/g, '');
  if (!ipaddr.isValid(plain)) return false;
  const parsed = ipaddr.process(plain);
  return parsed.range() === 'linkLocal' || ELSEWHERE.includes(parsed.toString());
};

/**
 * An address that this server may call, as it was meant: `http` or `https`, without credentials, not link-local. Loopback and
 * private addresses are the usual case. Errors: `UserError` `validation_error` naming `field`.
 */
export const armUrl = (given: string, field: string): URL => {
  const text = given.trim();
  if (!URL.canParse(text)) throw refused(field, given, 'this is not an address; write it as http://host:port.');
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw refused(field, given, 'only http:// and https:// addresses are called.');
  if (url.username !== '' || url.password !== '')
    throw refused(field, '', 'leave user and password out of the address; arms are sent a signed token.');
  if (handsOutCredentials(url.hostname))
    throw refused(field, given, 'link-local addresses, and others where clouds hand out credentials, are not called.');
  if (url.search !== '' || url.hash !== '') throw refused(field, given, 'leave out the query and the fragment.');
  return url;
};

/** The base address of an arm: it may be given with or without `/execute` and a slash at the end. */
export const armBase = (given: string, field: string): string =>
  armUrl(given, field)
    .href.replace(/\/+$/, '')
    .replace(/\/execute$/, '')
    .replace(/\/+$/, '');

/** The base addresses of a comma separated list. An entry that is none is handed to `onFault`, and left out. */
export const armBases = (
  list: string,
  field: string,
  onFault: (entry: string, error: unknown) => void = () => undefined,
): string[] =>
  list
    .split(',')
    .filter((one) => one.trim() !== '')
    .flatMap((one) => {
      try {
        return [armBase(one, field)];
      } catch (error) {
        onFault(one.trim(), error);
        return [];
      }
    });
