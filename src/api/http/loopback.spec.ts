import { foreignCaller, isLoopbackName } from './loopback';

describe('foreignCaller', () => {
  it.each(['localhost', 'localhost:8000', 'LOCALHOST:1', '127.0.0.1:8000', '127.8.9.10', '[::1]:8000', '[::1]'])(
    'lets the host %s pass',
    (host) => expect(foreignCaller({ host })).toBeUndefined(),
  );

  it.each([
    undefined,
    '',
    'attacker.example',
    'localhost.attacker.example',
    '127.0.0.1.attacker.example',
    'notlocalhost',
    'localhost@attacker.example',
    'attacker.example@localhost',
    '0.0.0.0:8000',
    '192.168.1.5:8000',
    '[::2]:8000',
    'local host',
  ])('refuses the host %s', (host) => {
    expect(foreignCaller({ host })).toMatchObject({ code: 'host_not_allowed' });
  });

  it('looks at the page that asks, when a browser names one', () => {
    const from = (origin: string) => foreignCaller({ host: 'localhost:8000', origin })?.code;
    expect(from('http://localhost:3000')).toBeUndefined();
    expect(from('http://127.0.0.1:8000')).toBeUndefined();
    for (const origin of ['https://attacker.example', 'null', '', 'http://localhost.attacker.example', 'file://']) {
      expect(from(origin)).toBe('origin_not_allowed');
    }
  });

  it('shows no more of a strange host than helps', () => {
    expect(foreignCaller({ host: 'x'.repeat(500) })?.message).not.toContain('x'.repeat(101));
  });
});

describe('isLoopbackName', () => {
  it('knows what HOST can be set to', () => {
    expect(['127.0.0.1', '::1', 'localhost'].map(isLoopbackName)).toEqual([true, true, true]);
    expect(['0.0.0.0', '::', '10.0.0.1', 'octo.local'].map(isLoopbackName)).toEqual([false, false, false, false]);
  });
});
