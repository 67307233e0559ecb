import { armBase, armBases, handsOutCredentials } from './arm-address';

describe('armBase', () => {
  it.each([
    ['http://127.0.0.1:8103', 'http://127.0.0.1:8103'],
    [' http://127.0.0.1:8103/ ', 'http://127.0.0.1:8103'],
    ['http://weather:8103/execute', 'http://weather:8103'],
    ['http://weather:8103/execute/', 'http://weather:8103'],
    ['https://example.com/arms/weather', 'https://example.com/arms/weather'],
    ['http://10.0.0.7/x', 'http://10.0.0.7/x'],
    ['http://[::1]:8103', 'http://[::1]:8103'],
  ])('reads %s', (given, base) => expect(armBase(given, 'endpoint')).toBe(base));

  it.each([
    ['weather', 'not an address'],
    ['ftp://weather', 'http:// and https://'],
    ['file:///etc/passwd', 'http:// and https://'],
    ['http://me:secret@weather', 'user and password'],
    ['http://169.254.169.254/latest', 'link-local'],
    ['http://2852039166/', 'link-local'],
    ['http://0xa9fea9fe/', 'link-local'],
    ['http://[fe80::1]/', 'link-local'],
    ['http://[::ffff:169.254.169.254]/', 'link-local'],
    ['http://weather/?key=1', 'query'],
  ])('refuses %s', (given, reason) => {
    expect(() => armBase(given, 'endpoint')).toThrow(reason);
  });

  it('does not repeat a password', () => {
    let fault: unknown;
    try {
      armBase('http://me:hunter2@weather', 'endpoint');
    } catch (error) {
      fault = error;
    }
    expect(fault).toMatchObject({ code: 'validation_error', details: { field: 'endpoint' } });
    expect(JSON.stringify(fault)).not.toContain('hunter2');
  });
});

it('names the entries of a list that are none, and keeps the others', () => {
  const faults: string[] = [];
  const bases = armBases('ftp://a, http://b/, ,http://169.254.1.2', 'ARM_REGISTRY', (entry) => faults.push(entry));
  expect(bases).toEqual(['http://b']);
  expect(faults).toEqual(['ftp://a', 'http://169.254.1.2']);
});

it.each([
  ['169.254.1.2', true],
  ['fe80::1', true],
  ['fd00:ec2::254', true],
  ['fd00:0ec2:0:0:0:0:0:0254', true],
  ['::ffff:100.100.100.200', true],
  ['100.100.100.201', false],
  ['fd00:ec2::255', false],
  ['127.0.0.1', false],
  ['10.1.2.3', false],
  ['weather', false],
])('handsOutCredentials(%s) is %s', (address, expected) => expect(handsOutCredentials(address)).toBe(expected));
