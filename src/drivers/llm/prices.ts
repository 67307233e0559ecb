import { BlockList, isIP } from 'node:net';
import { UserError } from '../../common/errors';

/** US dollars per million tokens. */
export interface Price {
  input: number;
  output: number;
  /** Rates for the whole request once its prompt has more than `over` tokens. */
  longPrompt?: { over: number; input: number; output: number };
}

/** OpenAI bills prompts over 272,000 tokens at twice the input and one and a half times the output rate. */
const withLongPrompt = (input: number, output: number): Price => ({
  input,
  output,
  longPrompt: { over: 272_000, input: input * 2, output: output * 1.5 },
});

/**
 * Standard rates as published at developers.openai.com/api/docs/pricing and platform.claude.com/docs, read in November 2026;
 * retired models with their last rates. Discounts for cached input and batches are left out, so a cost is never too low.
 */
const KNOWN: Record<string, Price> = {
  'gpt-4o': { input: 2.5, output: 10 },
  'gpt-4o-mini': { input: 0.15, output: 0.6 },
  'gpt-4.1': { input: 2, output: 8 },
  'gpt-4.1-mini': { input: 0.4, output: 1.6 },
  'gpt-4.1-nano': { input: 0.1, output: 0.4 },
  'gpt-5': { input: 1.25, output: 10 },
  'gpt-5-mini': { input: 0.25, output: 2 },
  'gpt-5-nano': { input: 0.05, output: 0.4 },
  'gpt-5-pro': { input: 15, output: 120 },
  'gpt-5.1': { input: 1.25, output: 10 },
  'gpt-5.2': { input: 1.75, output: 14 },
  'gpt-5.4': withLongPrompt(2.5, 15),
  'gpt-5.4-mini': { input: 0.75, output: 4.5 },
  'gpt-5.5': withLongPrompt(5, 30),
  'gpt-5.6-sol': withLongPrompt(4, 20),
  'gpt-5.6-terra': withLongPrompt(2, 12),
  'gpt-5.6-luna': withLongPrompt(0.2, 1.2),
  'gpt-6-sol': withLongPrompt(2, 10),
  'gpt-6-luna': withLongPrompt(0.1, 0.5),
  'gpt-6.1-sol': withLongPrompt(2, 10),
  'gpt-6.1-terra': withLongPrompt(1, 5),
  'claude-3-haiku': { input: 0.25, output: 1.25 },
  'claude-3-5-haiku': { input: 0.8, output: 4 },
  'claude-3-5-sonnet': { input: 3, output: 15 },
  'claude-3-7-sonnet': { input: 3, output: 15 },
  'claude-3-opus': { input: 15, output: 75 },
  'claude-haiku-4-5': { input: 1, output: 5 },
  'claude-haiku-5-5': { input: 0.1, output: 0.5, longPrompt: { over: 100_000, input: 0.5, output: 2.5 } },
  'claude-sonnet-4': { input: 3, output: 15 },
  'claude-sonnet-4-5': { input: 3, output: 15 },
  'claude-sonnet-4-6': { input: 3, output: 15 },
  'claude-sonnet-5': { input: 2, output: 10 },
  'claude-sonnet-5-5': { input: 2, output: 10 },
  'claude-opus-4': { input: 15, output: 75 },
  'claude-opus-4-1': { input: 15, output: 75 },
  'claude-opus-4-5': { input: 5, output: 25 },
  'claude-opus-4-6': { input: 5, output: 25 },
  'claude-opus-4-7': { input: 5, output: 25 },
  'claude-opus-4-8': { input: 5, output: 25 },
  'claude-opus-5': { input: 5, output: 25 },
  'claude-opus-5-5': { input: 4, output: 20 },
};

const FREE: Price = { input: 0, output: 0 };
/** For a model nobody told us the price of: that of the dearest general models, so that a budget is rather kept than passed. */
const UNKNOWN: Price = { input: 15, output: 75 };

/** `openai/gpt-4o-2024-08-06`, `claude-opus-4.1-latest` → the name it is listed under: no vendor, no snapshot, dashes for dots. */
const listedName = (model: string): string =>
  model
    .toLowerCase()
    .replace(/^.*\//, '')
    .replace(/[-@:](latest|\d{4}-?\d{2}-?\d{2})$/, '')
    .replaceAll('.', '-');

const BY_NAME = new Map(Object.entries(KNOWN).map(([name, price]) => [listedName(name), price]));

/**
 * Reads LLM_PRICES: `model=input/output` in US dollars per million tokens, comma separated.
 * @throws UserError `configuration_invalid` naming the entry that is wrong.
 */
export const parsePrices = (text: string): Map<string, Price> => {
  const amount = String.raw`\d+(?:\.\d+)?|\.\d+`;
  // The last '=' separates, because a model's name may contain one.
  const entryShape = new RegExp(String.raw`^(.+)=\s*(${amount})\s*/\s*(${amount})$`);
  const entries = text.split(',').map((entry) => entry.trim());
  return new Map(
    entries
      .filter((entry) => entry !== '')
      .map((entry) => {
        const [, model, input, output] = entryShape.exec(entry) ?? [];
        if (model === undefined || input === undefined || output === undefined) {
          throw new UserError(
            'configuration_invalid',
            `LLM_PRICES: "${entry}" is not a price; write model=input/output in USD per million tokens, e.g. my-model=0.5/1.5.`,
          );
        }
        return [model.trim().toLowerCase(), { input: Number(input), output: Number(output) }];
      }),
  );
};

const privateRanges = new BlockList();
for (const [net, bits] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['100.64.0.0', 10],
] as const) {
  privateRanges.addSubnet(net, bits, 'ipv4');
}
privateRanges.addAddress('0.0.0.0', 'ipv4');
privateRanges.addAddress('::1', 'ipv6');
privateRanges.addSubnet('fc00::', 7, 'ipv6');
privateRanges.addSubnet('fe80::', 10, 'ipv6');

/** True for an address only this machine or its own network can reach: a model served there has no price per token. */
export const isPrivateUrl = (url: string): boolean => {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  if (family !== 0) return privateRanges.check(host, family === 4 ? 'ipv4' : 'ipv6');
  // A name without a dot is a container or a machine of the local network.
  return !host.includes('.') || /\.(localhost|local|internal|lan|home\.arpa)$/.test(host);
};

export interface PriceBookOptions {
  /** LLM_PRICES; wins over what is known. */
  overrides?: string | undefined;
  /** Where the models are served. */
  baseUrl: string;
  /** Told once per model whose price is a guess. */
  warn: (message: string) => void;
}

/**
 * Prices of models: LLM_PRICES first, then the published rates, whoever serves the model (a proxy on loopback still costs
 * money). Any other model is free on a private address and dear elsewhere.
 */
export class PriceBook {
  private readonly overrides: Map<string, Price>;
  private readonly fallback: Price;
  private readonly warned = new Set<string>();

  constructor(private readonly options: PriceBookOptions) {
    this.overrides = parsePrices(options.overrides ?? '');
    this.fallback = isPrivateUrl(options.baseUrl) ? FREE : UNKNOWN;
  }

  of(model: string): Price {
    const known = this.overrides.get(model.toLowerCase()) ?? BY_NAME.get(listedName(model));
    if (known !== undefined) return known;
    if (this.fallback === UNKNOWN && !this.warned.has(model)) {
      this.warned.add(model);
      this.options.warn(
        `The price of ${model} is not known; ${UNKNOWN.input} USD per million input and ${UNKNOWN.output} USD per million output tokens are assumed. Set LLM_PRICES=${model}=<input>/<output>.`,
      );
    }
    return this.fallback;
  }
}

/** US dollars for one call. */
export const costUsd = (price: Price, promptTokens: number, completionTokens: number): number => {
  const { longPrompt } = price;
  const rate = longPrompt !== undefined && promptTokens > longPrompt.over ? longPrompt : price;
  return (promptTokens * rate.input + completionTokens * rate.output) / 1_000_000;
};
