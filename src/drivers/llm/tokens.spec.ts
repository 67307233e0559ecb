import { promptTokensAtMost, tokensAtMost } from './tokens';

/** Counts by OpenAI's o200k_base tokenizer. */
const COUNTED: [what: string, text: string, tokens: number][] = [
  ['prose', 'Write a Python function to calculate fibonacci numbers', 8],
  ['a longer sentence', 'The quick brown fox jumps over the lazy dog.', 10],
  ['JSON', '{"type":"object","properties":{"code":{"type":"string"}},"required":["code"]}', 19],
  ['Chinese', '你好，世界', 3],
  ['Russian', 'Привет, мир! Как дела?', 8],
  ['emoji', '😀🎉👩‍👩‍👧', 11],
  ['a number', '1234567890', 4],
  ['nothing', '', 0],
];

describe('token estimate', () => {
  it.each(COUNTED)('is not below the count for %s, nor four times above it', (_, text, tokens) => {
    expect(tokensAtMost(text)).toBeGreaterThanOrEqual(tokens);
    expect(tokensAtMost(text)).toBeLessThanOrEqual(tokens * 4);
  });

  it('grows with every part of a prompt', () => {
    const message = { role: 'user', content: 'Sort the list.' } as const;
    const one = promptTokensAtMost({ messages: [message] });
    expect(promptTokensAtMost({ messages: [message, message] })).toBeGreaterThan(one);
    expect(promptTokensAtMost({ messages: [message], jsonSchema: { type: 'object' } })).toBeGreaterThan(one);
  });
});
