import ipaddr from 'ipaddr.js';

const plain = (host: string): string => host.toLowerCase().replace(/\.$/, '');

/** The hosts of EXECUTOR_HOSTS. */
export const hostList = (setting: string | undefined): string[] =>
  (setting ?? '')
    .split(',')
    .map((host) => plain(host.trim()))
    .filter((host) => host !== '');

/** `*.example.com` takes every subdomain, but not `example.com` itself. A port in the list takes that port only. */
export const isListed = (url: Pick<URL, 'hostname' | 'port'>, list: readonly string[]): boolean => {
  const host = plain(url.hostname);
  return list.some((entry) => {
    const [, name = '', port] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
    if (port !== undefined && port !== url.port) return false;
    return name.startsWith('*.') ? host.endsWith(name.slice(1)) && host.length > name.length - 1 : host === name;
  });
};

/** Whether an address belongs to the public internet: no loopback, private, link-local, mapped or reserved range. */
export const isPublic = (address: string): boolean =>
  ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';
