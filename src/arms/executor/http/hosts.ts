import ipaddr from 'ipaddr.js';

const plain = (host: string): string => host.toLowerCase().replace(/\.$/, '');

/** Entries of a list as they are compared. */
export const plainHosts = (hosts: readonly string[]): string[] => hosts.map((host) => plain(host.trim()));

/** The hosts of EXECUTOR_HOSTS. */
export const hostList = (setting: string | undefined): string[] =>
  plainHosts((setting ?? '').split(',')).filter((host) => host !== '');

/** `*.example.com` takes every subdomain, but not `example.com` itself. A port in the list takes that port only. */
export const isListed = (url: Pick<URL, 'hostname' | 'port'>, list: readonly string[]): boolean => {
  const host = plain(url.hostname);
  return list.some((entry) => {
    const [, name = '', port] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
    if (port !== undefined && port !== url.port) return false;
    return name.startsWith('*.') ? host.endsWith(name.slice(1)) && host.length > name.length - 1 : host === name;
  });
};

/** Ports below 1024 belong to other services: what is sent to them must not be ours to choose, unless the list names the port. */
export const isWebPort = (url: Pick<URL, 'hostname' | 'port'>, list: readonly string[] | undefined): boolean => {
  if (url.port === '' || ['80', '443'].includes(url.port) || Number(url.port) >= 1024) return true;
  return isListed(
    url,
    (list ?? []).filter((entry) => entry.endsWith(`:${url.port}`)),
  );
};

/** All that was ever given out of IPv6; ranges outside are reserved, some as other spellings of IPv4. */
const GIVEN_OUT: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('2000::'), 3];
/** Public by its number, and yet answered by the host of a virtual machine itself: Azure's platform service (WireServer). */
const OF_THE_PLATFORM = ['168.63.129.16'];

/** Whether an address belongs to the public internet: no loopback, private, link-local, mapped or reserved range. */
export const isPublic = (text: string): boolean => {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  if (address.range() !== 'unicast' || OF_THE_PLATFORM.includes(address.toString())) return false;
  return address instanceof ipaddr.IPv4 || address.match(GIVEN_OUT);
};
