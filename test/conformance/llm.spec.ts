import { configSchema } from '../../src/common/config/config.schema';
import { DemonstrationLlm } from '../../src/drivers/llm/demonstration-llm';
import type { ChatReply, ChatRequest, LlmPort } from '../../src/drivers/llm/llm.port';
import { createLlm } from '../../src/drivers/llm/provider';
import { FakeOpenAi } from '../support/fake-openai';

interface Column {
  llm: LlmPort;
  close: () => Promise<void>;
}

const overHttp = async (): Promise<Column> => {
  const server = await FakeOpenAi.start();
  const settings = configSchema.parse({ OPENAI_BASE_URL: server.url, LLM_MODEL_BALANCED: 'gpt-4o-mini' });
  const llm = await createLlm(settings, { log: () => undefined, warn: () => undefined });
  return { llm, close: () => server.stop() };
};

const demonstration = (): Promise<Column> =>
  Promise.resolve({ llm: new DemonstrationLlm(), close: () => Promise.resolve() });

/** What LlmPort promises, whoever keeps it. */
describe.each([
  ['OpenAiLlm', overHttp, false],
  ['DemonstrationLlm', demonstration, true],
] as const)('LlmPort: %s', (_, open, isDemonstration) => {
  let column: Column;
  let llm: LlmPort;

  beforeAll(async () => {
    column = await open();
    llm = column.llm;
  });
  afterAll(() => column.close());

  const ask = (purpose: string, extra: Partial<ChatRequest> = {}): ChatRequest => ({
    tier: 'balanced',
    purpose,
    messages: [
      { role: 'system', content: 'Reply with JSON only.' },
      {
        role: 'user',
        content: JSON.stringify({
          goal: 'Write a Python function to calculate fibonacci numbers',
          constraints: ['Include docstring', 'Add unit tests'],
          language: 'python',
        }),
      },
    ],
    maxTokens: 2000,
    jsonSchema: { type: 'object' },
    ...extra,
  });

  const collect = async (stream: AsyncGenerator<string, ChatReply>): Promise<{ parts: string[]; reply: ChatReply }> => {
    const parts: string[] = [];
    for (;;) {
      const next = await stream.next();
      if (next.done === true) return { parts, reply: next.value };
      parts.push(next.value);
    }
  };

  it('says what it is', async () => {
    expect(llm.isDemonstration).toBe(isDemonstration);
    expect(llm.provider === 'demonstration').toBe(isDemonstration);
    const health = await llm.check();
    expect(health.ok).toBe(true);
    expect(health.message).not.toBe('');
  });

  it.each([
    ['intent', 'complexity'],
    ['plan', 'steps'],
    ['code', 'code'],
  ])('replies to %s with a JSON object that has %s', async (purpose, field) => {
    const reply = await llm.chat(ask(purpose));
    expect(JSON.parse(reply.text)).toHaveProperty(field);
  });

  it('meters a reply, and never above its quote', async () => {
    const request = ask('code');
    const quote = llm.quote(request);
    const reply = await llm.chat(request);
    expect(reply.model).not.toBe('');
    expect(reply.model === 'demonstration').toBe(isDemonstration);
    expect(reply.latencyMs).toBeGreaterThanOrEqual(0);
    for (const count of [reply.promptTokens, reply.completionTokens]) {
      expect(Number.isInteger(count) && count >= 0).toBe(true);
    }
    expect(reply.promptTokens + reply.completionTokens).toBeLessThanOrEqual(quote.maxTokens);
    expect(reply.costUsd).toBeLessThanOrEqual(quote.maxCostUsd);
    expect(reply.costUsd > 0).toBe(!isDemonstration);
  });

  it('streams the text that the reply then holds, the same as without streaming', async () => {
    const { parts, reply } = await collect(llm.stream(ask('code')));
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.join('')).toBe(reply.text);
    expect(reply.text).toBe((await llm.chat(ask('code'))).text);
  });

  it('makes one unit-length vector per text, in order, the same for the same text', async () => {
    const vectors = await llm.embed(['apple pie', 'quantum physics', 'apple pie']);
    expect(vectors).toHaveLength(3);
    for (const vector of vectors) expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
    expect(vectors[0]).toEqual(vectors[2]);
    expect(vectors[0]).not.toEqual(vectors[1]);
    expect(await llm.embed([])).toEqual([]);
  });

  it('rejects with the reason of a signal that was aborted before', async () => {
    const reason = new Error('cancelled');
    const signal = AbortSignal.abort(reason);
    await expect(llm.chat(ask('code', { signal }))).rejects.toBe(reason);
    await expect(collect(llm.stream(ask('code', { signal })))).rejects.toBe(reason);
    await expect(llm.embed(['text'], signal)).rejects.toBe(reason);
  });

  it('can be stopped between two fragments', async () => {
    const cancel = new AbortController();
    const reason = new Error('cancelled');
    const stream = llm.stream(ask('code', { signal: cancel.signal }));
    expect((await stream.next()).done).toBe(false);
    cancel.abort(reason);
    await expect(collect(stream)).rejects.toBe(reason);
  });
});
