import { InvalidRequest } from './invalid-request';
import { type RepeatedRequest, repeatOf } from './repeat';

const post = (changes: Partial<RepeatedRequest> = {}): RepeatedRequest => ({
  method: 'POST',
  route: '/tasks',
  originalUrl: '/tasks',
  body: { goal: 'Write a poem', budget: { max_tokens: 1, max_cost_usd: 2 } },
  ...changes,
});
const named = (changes: Partial<RepeatedRequest> = {}): RepeatedRequest => post({ idempotencyKey: 'k1', ...changes });
const traced = (changes: Partial<RepeatedRequest> = {}): RepeatedRequest => post({ requestId: 'req_1', ...changes });

describe('repeatOf', () => {
  it('goes by the Idempotency-Key for a day', () => {
    expect(repeatOf(named())).toEqual({
      name: 'key:k1',
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      keepSeconds: 86_400,
    });
    expect(repeatOf(named({ requestId: 'req_1' }))?.name).toBe('key:k1');
  });

  it('goes by the X-Request-ID for ten minutes, and by what was sent with it', () => {
    const repeat = repeatOf(traced());
    expect(repeat).toMatchObject({ name: `request:req_1:${repeat?.fingerprint}`, keepSeconds: 600 });
    expect(repeatOf(traced({ body: { goal: 'Another' } }))?.name).not.toBe(repeat?.name);
  });

  it.each([
    ['the order of keys', { body: { budget: { max_cost_usd: 2, max_tokens: 1 }, goal: 'Write a poem' } }, true],
    ['a value', { body: { goal: 'Write a poem', budget: { max_tokens: 1, max_cost_usd: 3 } } }, false],
    ['the type of a value', { body: { goal: 'Write a poem', budget: { max_tokens: '1', max_cost_usd: 2 } } }, false],
    ['the path', { originalUrl: '/v1/tasks' }, false],
    ['the prefix', { originalUrl: '/orchestrator/tasks' }, false],
    ['a missing body', { body: undefined }, false],
  ])('sees %s', (_, changes, same) => {
    expect(repeatOf(named(changes))?.fingerprint === repeatOf(named())?.fingerprint).toBe(same);
  });

  it('keeps lists in their order, and text apart from structure', () => {
    const print = (body: unknown) => repeatOf(named({ body }))?.fingerprint;
    expect(print({ a: [1, 2] })).not.toBe(print({ a: [2, 1] }));
    expect(print({ a: '1,"b":2' })).not.toBe(print({ a: '1', b: 2 }));
    expect(print({ a: null })).not.toBe(print({}));
  });

  it('leaves requests alone that change nothing or name nothing', () => {
    expect(repeatOf(named({ method: 'GET' }))).toBeUndefined();
    expect(repeatOf(named({ method: 'DELETE' }))).toBeUndefined();
    expect(repeatOf(post())).toBeUndefined();
  });

  it.each(['/process', '/preprocess', '/v1/preprocess', '/api/v1/reflex/process', '/check', '/cache/clear', '/reflex'])(
    'keeps nothing of %s, by whichever name',
    (route) => {
      expect(repeatOf(traced({ route, originalUrl: route }))).toBeUndefined();
      expect(repeatOf(named({ route, originalUrl: route }))).toBeUndefined();
    },
  );

  it.each(['/keys', '/api/v1/keys', '/keys/:id/rotate', '/tokens'])('keeps no secret that %s shows', (route) => {
    expect(repeatOf(named({ route }))).toBeUndefined();
    expect(repeatOf(traced({ route }))).toBeUndefined();
  });

  it.each(['', ' ', 'k'.repeat(256), 'schlüssel', 'a\tb', ['a', 'b']])('refuses %j as a key', (idempotencyKey) => {
    expect(() => repeatOf(named({ idempotencyKey }))).toThrow(InvalidRequest);
  });

  it('makes names that fit where they are kept', () => {
    expect(repeatOf(named({ idempotencyKey: 'k'.repeat(255) }))?.name.length).toBeLessThanOrEqual(300);
    expect(repeatOf(traced({ requestId: 'r'.repeat(128) }))?.name.length).toBeLessThanOrEqual(300);
  });
});
