import { hostList, isListed, isPublic, isWebPort } from './hosts';

it('reads the setting', () => {
  expect(hostList(undefined)).toEqual([]);
  expect(hostList(' API.example.com , *.example.org.,, ')).toEqual(['api.example.com', '*.example.org']);
});

it.each([
  ['https://api.example.com/x', true],
  ['https://API.example.com./x', true],
  ['https://api.example.com:8443/', true],
  ['https://example.com/', false],
  ['https://evil-api.example.com/', false],
  ['https://a.b.example.org/', true],
  ['https://example.org/', false],
  ['https://.example.org/', false],
  ['https://badexample.org/', false],
  ['https://example.org.evil.com/', false],
  ['http://ports.example.net:8080/', true],
  ['http://ports.example.net/', false],
])('%s: %p', (url, listed) =>
  expect(isListed(new URL(url), ['api.example.com', '*.example.org', 'ports.example.net:8080'])).toBe(listed),
);

it.each(['8.8.8.8', '93.184.215.14', '2606:4700::1111', '::ffff:8.8.8.8'])('%s is public', (address) =>
  expect(isPublic(address)).toBe(true),
);

it.each([
  '127.0.0.1',
  '127.8.8.8',
  '0.0.0.0',
  '10.0.0.1',
  '172.16.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '168.63.129.16',
  '192.0.2.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:a00:1',
  'fe80::1',
  'fc00::1',
  'fd12::1',
  'ff02::1',
  '2002:7f00:1::',
  '2001:0:0:0::1',
  '64:ff9b::7f00:1',
  '2001:db8::1',
  '::127.0.0.1',
  '::7f00:1',
  '4000::1',
  'e000::1',
  'localhost',
  '',
])('%s is not', (address) => expect(isPublic(address)).toBe(false));

it.each([
  ['http://a.example.com/', true],
  ['http://a.example.com:8080/', true],
  ['https://a.example.com:80/', true],
  ['http://a.example.com:25/', false],
  ['http://a.example.com:22/', true],
  ['http://b.example.com:22/', false],
])('the port of %s is one of the web: %p', (url, is) =>
  expect(isWebPort(new URL(url), ['a.example.com:22', '*.example.com'])).toBe(is),
);
