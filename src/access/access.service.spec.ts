import { AppConfig } from '../common/config/config.service';
import { parseConfig } from '../common/config/load-config';
import { TransientError, UserError } from '../common/errors';
import type { Scope } from '../contracts/caller';
import { Access } from './access.service';

const failure = (code: string): UserError => new UserError(code, code);

/** Keys by value: scopes, or why not. */
const known: Record<string, Scope[] | Error> = {
  narrow: ['task:read'],
  wide: ['task:read', 'task:submit'],
  all: ['admin'],
  old: failure('expired_token'),
  down: new TransientError('service_unavailable', 'no database'),
};

const keys = {
  recognise: (value: string) => {
    const found = (Object.hasOwn(known, value) ? known[value] : undefined) ?? failure('invalid_api_key');
    if (found instanceof Error) return Promise.reject(found);
    return Promise.resolve({ id: value, name: value, scopes: found, tier: 'live' });
  },
};
const grants = {
  recognise: () => Promise.resolve({ id: 'g1', armId: 'executor', capabilities: [{ action: 'ShellRead' }] }),
};

const access = (AUTH_MODE: string): Access =>
  new Access(keys as never, grants as never, new AppConfig(parseConfig({ AUTH_MODE }).settings));

describe('Access where keys are demanded', () => {
  const guarded = access('keys');

  it.each([
    [{ apiKey: 'narrow' }, 'key:narrow'],
    [{ bearer: 'wide' }, 'key:wide'],
    [{ apiKey: 'narrow', bearer: 'wide' }, 'key:wide'],
    [{ apiKey: 'wide', bearer: 'narrow' }, 'key:wide'],
    [{ apiKey: 'wide', bearer: 'all' }, 'key:all'],
    [{ apiKey: 'narrow', bearer: 'down' }, 'key:narrow'],
    [{ apiKey: 'nonsense', bearer: 'narrow' }, 'key:narrow'],
    [{ bearer: 'eyJhbGciOiJIUzI1NiJ9.eyJqdGkiOiIxIn0.c2ln' }, 'grant:g1'],
  ])('%j is %s', async (credentials, holder) => {
    expect((await guarded.identify(credentials)).holder).toBe(holder);
  });

  it.each([
    [{}, 'missing_auth'],
    [{ apiKey: '', bearer: '' }, 'missing_auth'],
    [{ apiKey: 'nonsense' }, 'invalid_api_key'],
    [{ apiKey: 'old', bearer: 'nonsense' }, 'expired_token'],
    [{ apiKey: 'nonsense', bearer: 'old' }, 'expired_token'],
    [{ apiKey: 'nonsense', bearer: 'down' }, 'service_unavailable'],
    [{ apiKey: 'constructor' }, 'invalid_api_key'],
  ])('%j is refused with %s', async (credentials, code) => {
    await expect(guarded.identify(credentials)).rejects.toMatchObject({ code });
  });
});

describe('Access in open mode', () => {
  const open = access('open');

  it.each([{}, { apiKey: 'nonsense' }, { bearer: 'old' }, { apiKey: 'down' }])(
    'takes anybody: %j',
    async (credentials) => {
      expect(await open.identify(credentials)).toEqual({
        holder: 'open',
        name: 'open',
        scopes: ['admin'],
        tier: 'open',
      });
    },
  );

  it('honours a key it knows', async () => {
    expect(await open.identify({ apiKey: 'narrow' })).toMatchObject({ holder: 'key:narrow', scopes: ['task:read'] });
  });
});
