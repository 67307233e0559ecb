import { faultOf, noAnswer, retryAfter } from './faults';

const NOW = Date.parse('2026-01-01T00:00:00Z');

describe('faultOf', () => {
  it.each([
    [400, { detail: 'no such place' }, 'user', 'arm_refused', 'no such place'],
    [401, { message: 'who are you' }, 'user', 'arm_refused', 'who are you'],
    [422, { detail: [{ loc: ['body', 'days'], msg: 'too many' }] }, 'user', 'arm_refused', 'body.days: too many'],
    [404, { error: { message: 'gone' } }, 'user', 'arm_refused', 'gone'],
    [418, undefined, 'user', 'arm_refused', 'it does not say why'],
    [408, {}, 'transient', 'upstream_error', 'it does not say why'],
    [429, { detail: 'slow down' }, 'transient', 'arm_busy', 'slow down'],
    [500, { detail: 'oops' }, 'transient', 'upstream_error', 'oops'],
    [503, { error: 'warming up' }, 'transient', 'upstream_error', 'warming up'],
    [301, {}, 'user', 'arm_refused', 'redirects are not followed'],
  ])('%i with %j', (status, json, kind, code, text) => {
    const fault = faultOf('weather', { status, json, headers: {} });
    expect(fault).toMatchObject({ kind, code });
    expect(fault.message).toContain(text);
  });

  it('keeps the wait that was asked for, within reason', () => {
    const fault = faultOf('weather', { status: 503, json: {}, headers: { 'retry-after': '7' } });
    expect(fault.retryAfterSeconds).toBe(7);
  });

  it('cuts a long story short', () => {
    const { message } = faultOf('weather', { status: 500, json: { detail: 'x'.repeat(10_000) }, headers: {} });
    expect(message.length).toBeLessThan(600);
  });
});

it.each([
  ['12', 12],
  ['99999', 300],
  ['0', 1],
  ['Thu, 01 Jan 2026 00:00:09 GMT', 9],
  ['soon', undefined],
  [undefined, undefined],
])('retryAfter(%j) is %j', (header, seconds) => expect(retryAfter(header, NOW)).toBe(seconds));

it.each([
  [{ name: 'TimeoutError' }, 'transient', 'arm_timeout'],
  [{ code: 'ECONNREFUSED' }, 'transient', 'arm_unavailable'],
  [{ code: 'UND_ERR_RES_EXCEEDED_MAX_SIZE' }, 'user', 'arm_reply_too_large'],
])('no answer for %j', (error, kind, code) => {
  expect(noAnswer('weather', Object.assign(new Error('x'), error), 30_000)).toMatchObject({ kind, code });
});
