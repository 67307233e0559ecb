import { afterRefusal, chatBody, firstDialect, isStrictSchema } from './dialect';
import type { ChatRequest } from './llm.port';

const schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  properties: { count: { type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER } },
  required: ['count'],
  additionalProperties: false,
};
const request: ChatRequest = {
  tier: 'fast',
  purpose: 'plan',
  messages: [
    { role: 'system', content: 'Plan.' },
    { role: 'user', content: '{}' },
  ],
  maxTokens: 300,
  jsonSchema: schema,
};

describe('dialect', () => {
  it('asks OpenAI for a strict schema and keeps its thinking models from thinking', () => {
    const body = chatBody(request, 'gpt-6-luna', firstDialect('openai', 'gpt-6-luna'));
    expect(body).toEqual({
      model: 'gpt-6-luna',
      messages: request.messages,
      max_completion_tokens: 300,
      temperature: 0.2,
      reasoning_effort: 'none',
      response_format: {
        type: 'json_schema',
        json_schema: {
          name: 'plan',
          strict: true,
          schema: {
            type: 'object',
            properties: { count: { type: 'integer' } },
            required: ['count'],
            additionalProperties: false,
          },
        },
      },
    });
    expect(chatBody(request, 'gpt-4.1', firstDialect('openai', 'gpt-4.1'))).not.toHaveProperty('reasoning_effort');
  });

  it('limits tokens by the older name elsewhere', () => {
    const body = chatBody(request, 'qwen3', firstDialect('ollama', 'qwen3'));
    expect(body).toMatchObject({ max_tokens: 300, response_format: { type: 'json_schema' } });
    expect(body).not.toHaveProperty('max_completion_tokens');
  });

  it('gives the schema in words where the format is ignored, inside the one system message', () => {
    const body = chatBody(request, 'claude-haiku-5-5', firstDialect('anthropic', 'claude-haiku-5-5'));
    expect(body).not.toHaveProperty('response_format');
    expect(body.messages).toHaveLength(2);
    expect(body.messages[0]?.content).toContain('Plan.');
    expect(body.messages[0]?.content).toContain('"required":["count"]');
    expect(body.messages[0]?.content).toContain('("plan")');
  });

  it('gives the schema in words also when there is no system message', () => {
    const dialect = { ...firstDialect('ollama', 'm'), format: 'json_object' as const };
    const body = chatBody({ ...request, messages: [{ role: 'user', content: 'Go.' }] }, 'm', dialect);
    expect(body.messages.map(({ role }) => role)).toEqual(['system', 'user']);
    expect(body.response_format).toEqual({ type: 'json_object' });
  });

  it('makes a purpose fit to be a name on the wire', () => {
    const body = chatBody({ ...request, purpose: 'façade check!' }, 'm', firstDialect('ollama', 'm'));
    expect(body.response_format).toMatchObject({ json_schema: { name: 'fa_ade_check_' } });
  });

  describe('after a refusal', () => {
    const first = firstDialect('openai-compatible', 'm');

    it('becomes humbler format by format, then gives up', () => {
      const second = afterRefusal(first, { status: 400, message: 'unsupported' }, true);
      expect(second?.format).toBe('json_object');
      const third = afterRefusal(second ?? first, { status: 422, message: 'unsupported' }, true);
      expect(third?.format).toBe('none');
      expect(afterRefusal(third ?? first, { status: 400, message: 'unsupported' }, true)).toBeUndefined();
    });

    it.each([
      [{ status: 400, message: 'bad value', param: 'temperature' }],
      [{ status: 400, message: '`temperature` is deprecated for this model.', param: null }],
    ])('leaves out the parameter that is named (%j)', (refusal) => {
      const next = afterRefusal(first, refusal, true);
      expect(next).toEqual({ ...first, optional: ['stream_options'] });
    });

    it('learns the newer name of the token limit', () => {
      const message = "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.";
      expect(afterRefusal(first, { status: 400, message, param: 'max_tokens' }, false)?.tokenLimit).toBe(
        'max_completion_tokens',
      );
    });

    it.each([
      ['no JSON was asked for', { status: 400, message: 'no' }, false],
      ['the messages are at fault', { status: 400, message: 'too long', param: 'messages' }, true],
      ['the status says something else', { status: 401, message: 'response_format' }, true],
    ])('gives up when %s', (_, refusal, hasSchema) => {
      expect(afterRefusal(first, refusal, hasSchema)).toBeUndefined();
    });
  });

  it.each([
    ['an open object', { type: 'object', properties: {}, required: [] }],
    ['an optional property', { ...schema, $schema: undefined, required: [] }],
    ['a keyword that cannot be enforced', { type: 'string', minLength: 1 }],
    ['an open object inside a list', { type: 'array', items: { type: 'object' } }],
    ['an open alternative', { anyOf: [{ type: 'null' }, { type: 'object' }] }],
  ])('does not ask for strictness with %s', (_, candidate) => {
    expect(isStrictSchema(candidate)).toBe(false);
  });
});
