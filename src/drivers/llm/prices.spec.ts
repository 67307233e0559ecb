import { PriceBook, costUsd, isPrivateUrl, parsePrices } from './prices';

const PUBLIC = 'https://models.example.com/v1';
const LOCAL = 'http://127.0.0.1:1234/v1';

const book = (baseUrl: string, overrides?: string): { prices: PriceBook; warnings: string[] } => {
  const warnings: string[] = [];
  return { prices: new PriceBook({ baseUrl, overrides, warn: (message) => warnings.push(message) }), warnings };
};

describe('prices', () => {
  it.each([
    ['gpt-4o', 2.5, 10],
    ['gpt-4o-2024-08-06', 2.5, 10],
    ['openai/gpt-4.1-mini', 0.4, 1.6],
    ['GPT-6.1-Terra', 1, 5],
    ['claude-opus-4-1-20250805', 15, 75],
    ['anthropic/claude-opus-4.5', 5, 25],
    ['claude-sonnet-4-20250514', 3, 15],
    ['claude-3-5-haiku-latest', 0.8, 4],
  ])('knows %s', (model, input, output) => {
    const { prices, warnings } = book(PUBLIC);
    expect(prices.of(model)).toMatchObject({ input, output });
    expect(warnings).toEqual([]);
  });

  it('does not take a variant for the model whose name it begins with', () => {
    const { prices } = book(PUBLIC);
    expect(prices.of('gpt-5-pro').output).toBe(120);
    // Not listed, so it must not silently cost what gpt-4o costs.
    expect(prices.of('gpt-4o-super').output).toBeGreaterThan(10);
  });

  it('assumes a dear price for an unknown model on a public server and says so once', () => {
    const { prices, warnings } = book(PUBLIC);
    expect(prices.of('mystery')).toEqual({ input: 15, output: 75 });
    prices.of('mystery');
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('LLM_PRICES=mystery=');
  });

  it('takes an unknown model on a private address as free, but not a known one behind a proxy', () => {
    const { prices, warnings } = book(LOCAL);
    expect(prices.of('qwen3:8b')).toEqual({ input: 0, output: 0 });
    expect(prices.of('gpt-4o').input).toBe(2.5);
    expect(warnings).toEqual([]);
  });

  it('lets LLM_PRICES win', () => {
    const { prices } = book(LOCAL, 'gpt-4o = 1/2, org/name=v2:free=0/0,qwen3:8b=.5/1.25');
    expect(prices.of('gpt-4o')).toEqual({ input: 1, output: 2 });
    expect(prices.of('org/name=v2:free')).toEqual({ input: 0, output: 0 });
    expect(prices.of('Qwen3:8B')).toEqual({ input: 0.5, output: 1.25 });
  });

  it.each(['gpt-4o', 'gpt-4o=1', 'gpt-4o=1/x', 'gpt-4o=-1/2', '=1/2', 'a=1/2,b'])('refuses LLM_PRICES=%s', (text) => {
    const wrong = text.split(',').at(-1) ?? '';
    expect(() => parsePrices(text)).toThrow(`LLM_PRICES: "${wrong}"`);
  });

  it('charges the rates of long prompts for the whole request', () => {
    const price = book(PUBLIC).prices.of('gpt-6-sol');
    expect(costUsd(price, 272_000, 1_000_000)).toBeCloseTo(0.544 + 10, 9);
    expect(costUsd(price, 300_000, 1_000_000)).toBeCloseTo(1.2 + 15, 9);
  });

  it.each([
    ['http://localhost:11434', true],
    ['http://[::1]:8080/v1', true],
    ['http://192.168.1.20/v1', true],
    ['http://172.31.0.9', true],
    ['http://100.101.3.4/v1', true],
    ['http://[fd12:3456::1]/v1', true],
    ['http://ollama:11434', true],
    ['http://gpu.lan/v1', true],
    ['http://172.32.0.1', false],
    ['http://8.8.8.8/v1', false],
    ['https://api.openai.com/v1', false],
    ['https://localhost.example.com/v1', false],
  ])('sees whether %s is private', (url, expected) => {
    expect(isPrivateUrl(url)).toBe(expected);
  });
});
