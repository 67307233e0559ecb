import { once } from 'node:events';
import {
  type Behaviour,
  FakeOpenAi,
  breaksOff,
  completes,
  drops,
  hangs,
  hangsHalfway,
  limitsRate,
  refuses,
  sendsGarbage,
} from '../../../test/support/fake-openai';
import type { ChatReply, ChatRequest } from './llm.port';
import { OpenAiLlm, type OpenAiOptions } from './openai-llm';
import { PriceBook } from './prices';

const KEY = 'sk-not-to-be-shown-4711';
const PROMPT = 'a prompt that is nobody else business';
const AT_ONCE = { 'retry-after': '0' };

const request: ChatRequest = {
  tier: 'balanced',
  purpose: 'code',
  messages: [
    { role: 'system', content: 'You write code.' },
    { role: 'user', content: PROMPT },
  ],
  maxTokens: 400,
};
const jsonRequest: ChatRequest = { ...request, jsonSchema: { type: 'object', properties: {}, required: [] } };

describe('OpenAiLlm', () => {
  let server: FakeOpenAi;

  const llmWith = (options: Partial<OpenAiOptions> = {}): OpenAiLlm =>
    new OpenAiLlm({
      provider: 'openai-compatible',
      baseUrl: server.url,
      apiKey: KEY,
      keyVariable: 'OPENAI_API_KEY',
      tiers: {
        fast: { name: 'small', variable: 'LLM_MODEL_FAST' },
        balanced: { name: 'gpt-4o-mini', variable: 'LLM_MODEL_BALANCED' },
        strong: { name: 'large', variable: 'LLM_MODEL_STRONG' },
      },
      purposes: {},
      timeoutSeconds: 20,
      maxRetries: 2,
      prices: new PriceBook({ baseUrl: server.url, warn: () => undefined }),
      ...options,
    });

  const collect = async (stream: AsyncGenerator<string, ChatReply>): Promise<{ parts: string[]; reply: ChatReply }> => {
    const parts: string[] = [];
    for (;;) {
      const next = await stream.next();
      if (next.done === true) return { parts, reply: next.value };
      parts.push(next.value);
    }
  };

  beforeAll(async () => {
    server = await FakeOpenAi.start();
  });
  afterAll(() => server.stop());
  beforeEach(() => server.reset());

  describe('chat', () => {
    it('answers with what the model said, metered by what the server counted', async () => {
      server.next('Hello.');
      const reply = await llmWith().chat(request);
      expect(reply).toMatchObject({ text: 'Hello.', model: 'gpt-4o-mini', completionTokens: 2 });
      expect(reply.costUsd).toBeCloseTo((reply.promptTokens * 0.15 + 2 * 0.6) / 1e6, 12);
      expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
    });

    it('names the model that answered, when it is another than was asked', async () => {
      const message = { role: 'assistant', content: 'Hi' };
      server.next(completes({ model: 'gpt-4o-mini-2024-07-18', choices: [{ message, finish_reason: 'stop' }] }));
      expect((await llmWith().chat(request)).model).toBe('gpt-4o-mini-2024-07-18');
    });

    it('estimates the tokens when the server does not count, within what was quoted', async () => {
      const llm = llmWith();
      const quote = llm.quote(request);
      server.next(completes({ choices: [{ message: { content: 'word '.repeat(2000) } }] }));
      const reply = await llm.chat(request);
      expect(reply.completionTokens).toBe(request.maxTokens);
      expect(reply.promptTokens).toBeGreaterThan(5);
      expect(reply.promptTokens + reply.completionTokens).toBeLessThanOrEqual(quote.maxTokens);
      expect(reply.costUsd).toBeLessThanOrEqual(quote.maxCostUsd);
      expect(reply.costUsd).toBeGreaterThan(0);
    });

    it('gives an empty text when the model said nothing', async () => {
      server.next(completes({ choices: [{ message: { content: null }, finish_reason: 'length' }] }));
      expect((await llmWith().chat(request)).text).toBe('');
    });

    it.each([
      ['a refusal', { message: { content: null, refusal: 'I will not.' }, finish_reason: 'stop' }],
      ['a content filter', { message: { content: '' }, finish_reason: 'content_filter' }],
    ])('reports %s as the request being refused', async (_, choice) => {
      server.next(completes({ choices: [choice] }));
      await expect(llmWith().chat(request)).rejects.toMatchObject({ kind: 'user', code: 'model_request_refused' });
    });

    it.each<[string, Behaviour]>([
      ['no choices', completes({ choices: [] })],
      ['no completion at all', completes({ hello: 'world' })],
      ['garbage', sendsGarbage],
      ['a dropped connection', drops],
    ])('reports %s as the model being unavailable', async (_, behaviour) => {
      server.answer(() => behaviour);
      await expect(llmWith({ maxRetries: 0 }).chat(request)).rejects.toMatchObject({
        kind: 'transient',
        code: 'model_unavailable',
      });
    });

    it('unwraps JSON from a Markdown fence, but leaves other text alone', async () => {
      server.next('```json\n{"a": 1}\n```', '```python\npass\n```');
      expect((await llmWith().chat(jsonRequest)).text).toBe('{"a": 1}');
      expect((await llmWith().chat(request)).text).toBe('```python\npass\n```');
    });
  });

  describe('reply formats', () => {
    const refusesSchema: Behaviour = async (asked, response, model) => {
      const format = asked.body['response_format'] as { type?: string } | undefined;
      const reply = format?.type === 'json_schema' ? refuses(400, { param: 'response_format' }) : '{"ok": true}';
      await model.respond(asked, reply, response);
    };

    it('falls back to plain JSON where schemas are refused, and remembers it', async () => {
      server.answer(() => refusesSchema);
      const llm = llmWith();
      expect((await llm.chat(jsonRequest)).text).toBe('{"ok": true}');
      expect(server.requests).toHaveLength(2);
      expect(server.requests[1]?.body).toMatchObject({ response_format: { type: 'json_object' } });
      expect(server.requests[1]?.system).toContain('JSON Schema');
      await llm.chat(jsonRequest);
      expect(server.requests).toHaveLength(3);
    });

    it('falls back to words alone where no format is known', async () => {
      server.answer(({ body }) => (body['response_format'] === undefined ? '{}' : refuses(422)));
      await llmWith().chat(jsonRequest);
      expect(server.requests.map(({ purpose }) => purpose)).toEqual(['code', 'code', 'code']);
    });

    it('learns nothing from a request that is refused in every form', async () => {
      const llm = llmWith();
      server.answer(() => refuses(400));
      await expect(llm.chat(jsonRequest)).rejects.toMatchObject({ code: 'model_request_refused' });
      server.reset();
      await llm.chat(jsonRequest);
      expect(server.requests[0]?.body).toMatchObject({ response_format: { type: 'json_schema' } });
    });

    it('leaves out a parameter the model does not take, also when streaming', async () => {
      server.answer(({ body }) => ('temperature' in body ? refuses(400, { param: 'temperature' }) : 'fine'));
      const llm = llmWith();
      expect((await collect(llm.stream(request))).reply.text).toBe('fine');
      expect((await llm.chat(request)).text).toBe('fine');
      expect(server.requests).toHaveLength(3);
    });
  });

  describe('errors', () => {
    it.each<[number, Record<string, unknown>, object]>([
      [401, {}, { kind: 'user', code: 'model_refused_credentials', message: /Set OPENAI_API_KEY/ }],
      [403, {}, { kind: 'user', code: 'model_refused_credentials', message: /Set OPENAI_API_KEY/ }],
      [402, {}, { kind: 'user', code: 'model_refused_credentials', message: /no credit/ }],
      [429, { code: 'insufficient_quota' }, { kind: 'user', code: 'model_refused_credentials', message: /no credit/ }],
      [404, {}, { kind: 'user', code: 'model_request_refused', message: /gpt-4o-mini.*Set LLM_MODEL_BALANCED/ }],
      [400, { param: 'messages' }, { kind: 'user', code: 'model_request_refused', message: /context/ }],
      [413, {}, { kind: 'user', code: 'model_request_refused', message: /413/ }],
      [409, {}, { kind: 'transient', code: 'model_unavailable', message: /409/ }],
      [500, {}, { kind: 'transient', code: 'model_unavailable', message: /500/ }],
      [503, {}, { kind: 'transient', code: 'model_unavailable', message: /503/ }],
    ])('maps HTTP %s %j, without the key or the prompt', async (status, detail, expected) => {
      server.answer(() => refuses(status, detail, AT_ONCE));
      const error = (await llmWith({ maxRetries: 0 })
        .chat(request)
        .catch((reason: unknown) => reason)) as Error;
      const { message, ...fields } = expected as { message: RegExp };
      expect(error).toMatchObject(fields);
      expect(error.message).toMatch(message);
      const told = JSON.stringify([error.message, error.stack, error.cause, error]);
      expect(told).not.toContain(KEY);
      expect(told).not.toContain(PROMPT);
    });

    it('says when to come back after a rate limit', async () => {
      server.answer(() => limitsRate(7.2));
      await expect(llmWith({ maxRetries: 0 }).chat(request)).rejects.toMatchObject({
        kind: 'transient',
        code: 'model_rate_limited',
        retryAfterSeconds: 8,
      });
    });

    it('tells a server that is not there', async () => {
      const error: unknown = await llmWith({ baseUrl: 'http://127.0.0.1:9/v1', maxRetries: 0 })
        .chat(request)
        .catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: 'model_unavailable', message: expect.stringContaining('127.0.0.1:9') });
    });
  });

  describe('retries and patience', () => {
    it('tries again after a rate limit and after a fault', async () => {
      server.next(limitsRate(0), refuses(500, {}, AT_ONCE), 'third time lucky');
      expect((await llmWith().chat(request)).text).toBe('third time lucky');
    });

    it('gives up after LLM_MAX_RETRIES', async () => {
      server.answer(() => limitsRate(0));
      await expect(llmWith({ maxRetries: 1 }).chat(request)).rejects.toMatchObject({ code: 'model_rate_limited' });
      expect(server.requests).toHaveLength(2);
    });

    it.each([
      ['seconds', '3600'],
      ['a date', new Date(Date.now() + 3_600_000).toUTCString()],
    ])('does not wait for a Retry-After in %s beyond its patience', async (_, retryAfter) => {
      server.answer(() => limitsRate(retryAfter));
      const error: unknown = await llmWith()
        .chat(request)
        .catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: 'model_rate_limited' });
      expect((error as { retryAfterSeconds: number }).retryAfterSeconds).toBeGreaterThan(3500);
      expect(server.requests).toHaveLength(1);
    });

    it.each([
      ['never answers', hangs],
      ['stops in the middle of its answer', hangsHalfway],
    ])('ends a call to a server that %s', async (_, behaviour) => {
      server.answer(() => behaviour);
      const llm = llmWith({ timeoutSeconds: 0.2 });
      const timeout = {
        kind: 'transient',
        code: 'model_timeout',
        message: expect.stringContaining('LLM_TIMEOUT_SECONDS'),
      };
      await expect(llm.chat(request)).rejects.toMatchObject(timeout);
      await expect(collect(llm.stream(request))).rejects.toMatchObject({ code: expect.stringMatching(/^model_/) });
    });

    it('rejects with the reason of the signal, before, during and between tries', async () => {
      const reason = new Error('the task was cancelled');
      const llm = llmWith();
      await expect(llm.chat({ ...request, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
      expect(server.requests).toHaveLength(0);

      for (const behaviour of [hangs, hangsHalfway, limitsRate(3)]) {
        const cancel = new AbortController();
        server.answer(() => async (asked, response, model) => {
          await model.respond(asked, behaviour, response);
          setImmediate(() => cancel.abort(reason));
        });
        await expect(llm.chat({ ...request, signal: cancel.signal })).rejects.toBe(reason);
      }
    });
  });

  describe('stream', () => {
    it('gives the fragments in order and ends with the metered reply', async () => {
      const text = 'def größe():\n    return "😀" * 3\n';
      server.answer(() => text);
      const { parts, reply } = await collect(llmWith().stream(request));
      expect(parts.length).toBeGreaterThan(1);
      expect(parts.join('')).toBe(text);
      expect(reply).toMatchObject({ text, model: 'gpt-4o-mini', completionTokens: Math.ceil(text.length / 4) });
      expect(reply.costUsd).toBeGreaterThan(0);
    });

    it.each(['drop', 'end'] as const)('does not take half an answer for a whole one (%s)', async (how) => {
      server.answer(() => breaksOff('half an ans', how));
      await expect(collect(llmWith().stream(request))).rejects.toMatchObject({
        kind: 'transient',
        code: 'model_unavailable',
      });
    });

    it('maps the errors of the first response', async () => {
      server.answer(() => refuses(401));
      await expect(collect(llmWith().stream(request))).rejects.toMatchObject({ code: 'model_refused_credentials' });
    });

    it('rejects with the reason of the signal in the middle of an answer', async () => {
      const cancel = new AbortController();
      const reason = new Error('cancelled');
      server.answer(() => ({ model }, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(`data: ${JSON.stringify({ model, choices: [{ index: 0, delta: { content: 'one' } }] })}\n\n`);
      });
      const stream = llmWith().stream({ ...request, signal: cancel.signal });
      expect(await stream.next()).toEqual({ done: false, value: 'one' });
      const pending = stream.next();
      cancel.abort(reason);
      await expect(pending).rejects.toBe(reason);
    });

    it('hangs up when the reader stops reading', async () => {
      let closed: Promise<unknown> = Promise.resolve();
      server.answer(() => ({ model }, response) => {
        closed = once(response, 'close');
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(`data: ${JSON.stringify({ model, choices: [{ index: 0, delta: { content: 'one' } }] })}\n\n`);
      });
      for await (const fragment of llmWith().stream(request)) {
        expect(fragment).toBe('one');
        break;
      }
      await closed;
    });
  });

  describe('embed', () => {
    const length = (vector: Float32Array | undefined): number => Math.hypot(...(vector ?? []));

    it('gives one vector of length 1 per text, in order, whatever the order of the server', async () => {
      const llm = llmWith({ embeddingModel: 'fake-embedding' });
      const texts = Array.from({ length: 300 }, (_, index) => `text number ${index}`);
      const vectors = await llm.embed(texts);
      expect(vectors).toHaveLength(300);
      expect(vectors.every((vector) => Math.abs(length(vector) - 1) < 1e-6)).toBe(true);
      const [alone] = await llm.embed([texts[257] ?? '']);
      expect(vectors[257]).toEqual(alone);
    });

    it('names the variable of the embedding model when it is refused', async () => {
      server.failure = 404;
      await expect(llmWith({ embeddingModel: 'x' }).embed(['a'])).rejects.toMatchObject({
        code: 'model_request_refused',
        message: expect.stringContaining('LLM_EMBEDDING_MODEL'),
      });
    });

    it('makes the vectors itself where there is no embedding model', async () => {
      const [vector] = await llmWith().embed(['text']);
      expect(length(vector)).toBeCloseTo(1, 6);
      expect(server.paths).toEqual([]);
    });
  });

  describe('check', () => {
    it('says who serves which models, and asks only once in a while', async () => {
      const llm = llmWith();
      const [health] = await Promise.all([llm.check(), llm.check()]);
      await llm.check();
      expect(health).toMatchObject({ ok: true, message: expect.stringContaining('gpt-4o-mini') });
      expect(server.paths).toEqual(['GET /v1/models']);
    });

    it.each([
      [401, false],
      [500, false],
      // A server without that route still answers.
      [404, true],
      [429, true],
    ])('judges HTTP %s', async (status, ok) => {
      server.failure = status;
      const health = await llmWith().check();
      expect(health.ok).toBe(ok);
      expect(health.message).not.toContain(KEY);
    });

    it('tells a server that is not there', async () => {
      const health = await llmWith({ baseUrl: 'http://127.0.0.1:9/v1' }).check();
      expect(health).toMatchObject({ ok: false, message: expect.stringContaining('127.0.0.1:9') });
    });
  });
});
