import { least, toBudget, toConstraints, toContext } from './steering';

describe('least', () => {
  it.each([
    [[3, 1, 2], 1],
    [[null, 2, undefined], 2],
    [[0, 1], 0],
    [[null, undefined], undefined],
    [[], undefined],
  ])('of %j is %p', (values, expected) => expect(least(...values)).toBe(expected));
});

describe('what steers an arm', () => {
  it('takes constraints as a list, an object or nothing', () => {
    expect(toConstraints(['one'])).toEqual(['one']);
    expect(toConstraints({ language: 'python', tags: ['a'] })).toEqual(['language: python', 'tags: ["a"]']);
    expect(toConstraints(null)).toEqual([]);
  });

  it('takes context as an object, a text or nothing', () => {
    expect(toContext({ a: 1 })).toEqual({ a: 1 });
    expect(toContext('for beginners')).toEqual({ text: 'for beginners' });
    expect([toContext(''), toContext(null)]).toEqual([{}, {}]);
  });

  it('takes of a budget what is given and nothing else', () => {
    expect(toBudget(undefined)).toEqual({});
    expect(toBudget({ max_tokens: null, max_retries: 0 })).toEqual({ maxRetries: 0 });
    expect(toBudget({ max_tokens: 5, max_time_seconds: 7, max_cost_dollars: 2, max_cost_usd: 0 })).toEqual({
      maxTokens: 5,
      maxTimeSeconds: 7,
      maxCostUsd: 0,
    });
  });
});
