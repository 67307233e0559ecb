import { configSchema } from '../../common/config/config.schema';
import { FakeOpenAi, limitsRate } from '../../../test/support/fake-openai';
import type { ChatRequest, LlmPort } from './llm.port';
import { createLlm } from './provider';

const NOBODY = 'http://127.0.0.1:9';
const request: ChatRequest = {
  tier: 'fast',
  purpose: 'code',
  messages: [{ role: 'user', content: '{"goal":"fibonacci"}' }],
  maxTokens: 100,
};

describe('provider detection', () => {
  let server: FakeOpenAi;
  let lines: string[];
  const log = { log: (line: string) => lines.push(line), warn: (line: string) => lines.push(`warning: ${line}`) };

  const create = (variables: Record<string, string>): Promise<LlmPort> =>
    createLlm(configSchema.parse({ OLLAMA_BASE_URL: NOBODY, ...variables }), log);
  const modelsOf = (llm: LlmPort): string[] =>
    (['fast', 'balanced', 'strong'] as const).map((tier) => llm.quote({ ...request, tier }).model);
  const origin = (): string => server.url.replace('/v1', '');

  beforeAll(async () => {
    server = await FakeOpenAi.start();
  });
  afterAll(() => server.stop());
  beforeEach(() => {
    server.reset();
    lines = [];
  });

  it('prefers OpenAI to all others', async () => {
    const llm = await create({ OPENAI_API_KEY: 'sk-1', ANTHROPIC_API_KEY: 'sk-2', OLLAMA_BASE_URL: origin() });
    expect(llm.provider).toBe('openai');
    expect(new Set(modelsOf(llm)).size).toBe(3);
    expect(llm.isDemonstration).toBe(false);
  });

  it('takes Anthropic before a local Ollama', async () => {
    const llm = await create({ ANTHROPIC_API_KEY: 'sk-2', OLLAMA_BASE_URL: origin() });
    expect(llm.provider).toBe('anthropic');
    expect(modelsOf(llm).every((name) => name.startsWith('claude-'))).toBe(true);
    expect(llm.quote(request).maxCostUsd).toBeGreaterThan(0);
  });

  it.each(['', '/', '/v1', '/v1/'])('takes an Ollama that answers at its address with "%s" at the end', async (end) => {
    server.models = ['nomic-embed-text:latest', 'qwen3:8b', 'llama4:70b'];
    const llm = await create({ OLLAMA_BASE_URL: origin() + end });
    expect(llm.provider).toBe('ollama');
    expect(modelsOf(llm)).toEqual(['qwen3:8b', 'qwen3:8b', 'qwen3:8b']);
    expect(llm.quote(request).maxCostUsd).toBe(0);
  });

  it('falls back to the demonstration model and says how to get a real one', async () => {
    const llm = await create({});
    expect(llm).toMatchObject({ provider: 'demonstration', isDemonstration: true });
    expect(lines.join()).toMatch(/OPENAI_API_KEY.*ANTHROPIC_API_KEY/);
  });

  it('does not take an Ollama without a chat model', async () => {
    server.models = ['nomic-embed-text:latest'];
    expect((await create({ OLLAMA_BASE_URL: origin() })).provider).toBe('demonstration');
  });

  it('takes the first chat model of a compatible server, and sends a placeholder for the key', async () => {
    server.models = ['text-embedding-x', 'whisper-1', 'qwen3-coder'];
    const llm = await create({ OPENAI_BASE_URL: server.url });
    expect(llm.provider).toBe('openai-compatible');
    expect(modelsOf(llm)).toEqual(['qwen3-coder', 'qwen3-coder', 'qwen3-coder']);
    await llm.chat(request);
    expect(server.requests[0]?.headers.authorization).toMatch(/^Bearer \S+$/);
    await llm.embed(['text']);
    expect(server.paths).toContain('POST /v1/embeddings');
  });

  it('uses OpenAI names, with a warning, when a compatible server lists no models', async () => {
    server.failure = 404;
    const llm = await create({ OPENAI_BASE_URL: server.url });
    expect(modelsOf(llm).every((name) => name.startsWith('gpt-'))).toBe(true);
    expect(lines.join()).toContain('LLM_MODEL_BALANCED');
  });

  it('lets a model that is named serve the tiers that are not', async () => {
    const llm = await create({ OPENAI_BASE_URL: server.url, LLM_MODEL_STRONG: 'big' });
    expect(modelsOf(llm)).toEqual(['big', 'big', 'big']);
    const openAi = await create({ OPENAI_API_KEY: 'sk-1', LLM_MODEL_FAST: 'small' });
    expect(modelsOf(openAi)[0]).toBe('small');
    expect(modelsOf(openAi)[2]).not.toBe('small');
  });

  it('plans and understands goals with the models named for it', async () => {
    const llm = await create({
      OPENAI_BASE_URL: server.url,
      LLM_MODEL_FAST: 'f',
      LLM_MODEL_PLANNING: 'planner',
      LLM_MODEL_INTENT: 'reader',
    });
    expect(llm.quote({ ...request, purpose: 'plan' }).model).toBe('planner');
    expect(llm.quote({ ...request, purpose: 'intent', tier: 'strong' }).model).toBe('reader');
    expect(llm.quote(request).model).toBe('f');
  });

  it.each([
    ['openai', 'OPENAI_API_KEY'],
    ['anthropic', 'ANTHROPIC_API_KEY'],
    ['ollama', 'OLLAMA_BASE_URL'],
  ])('fails the start when LLM_PROVIDER=%s cannot be served', async (provider, variable) => {
    await expect(create({ LLM_PROVIDER: provider })).rejects.toMatchObject({
      code: 'configuration_invalid',
      message: expect.stringContaining(variable) as string,
    });
  });

  it('obeys LLM_PROVIDER=demonstration although a key is there', async () => {
    expect((await create({ LLM_PROVIDER: 'demonstration', OPENAI_API_KEY: 'sk-1' })).provider).toBe('demonstration');
  });

  it('obeys LLM_PROVIDER=anthropic although OpenAI is configured', async () => {
    const llm = await create({ LLM_PROVIDER: 'anthropic', OPENAI_API_KEY: 'sk-1', ANTHROPIC_API_KEY: 'sk-2' });
    expect(llm.provider).toBe('anthropic');
  });

  it('fails the start on prices it cannot read', async () => {
    await expect(create({ OPENAI_API_KEY: 'sk-1', LLM_PRICES: 'cheap' })).rejects.toThrow('LLM_PRICES: "cheap"');
  });

  it('passes on how patient to be', async () => {
    const llm = await create({ OPENAI_BASE_URL: server.url, LLM_MAX_RETRIES: '0' });
    server.next(limitsRate(0));
    await expect(llm.chat(request)).rejects.toMatchObject({ code: 'model_rate_limited' });
  });

  it('never logs a key', async () => {
    await create({ OPENAI_API_KEY: 'sk-very-secret', OPENAI_BASE_URL: server.url });
    expect(lines).not.toHaveLength(0);
    expect(lines.join()).not.toContain('sk-very-secret');
  });
});
