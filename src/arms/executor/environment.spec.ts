import { checkEnvironment } from './environment';

it.each([
  'LD_PRELOAD',
  'OPENSSL_CONF',
  'LD_LIBRARY_PATH',
  'PATH',
  'PYTHONPATH',
  'PYTHONSTARTUP',
  'NODE_OPTIONS',
  'GIT_SSH_COMMAND',
  'PAGER',
  'MANPAGER',
  'BROWSER',
  'XDG_CONFIG_HOME',
  'BASH_ENV',
  'ld_preload',
])('refuses %s', (name) =>
  expect(() => checkEnvironment({ [name]: 'x' })).toThrow(
    expect.objectContaining({ code: 'capability_denied' }) as Error,
  ),
);

it.each(['', 'A B', 'A=B', '1A', '-n'])('does not take %j for a name', (name) =>
  expect(() => checkEnvironment({ [name]: 'x' })).toThrow(
    expect.objectContaining({ code: 'validation_error' }) as Error,
  ),
);

it('lets data pass', () =>
  expect(() => checkEnvironment({ GREETING: 'hello', LANG: 'C', TZ: 'UTC', _x1: '' })).not.toThrow());
