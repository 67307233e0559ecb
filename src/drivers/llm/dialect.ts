import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions';
import { isRecord } from '../../common/is-record';
import type { ChatMessage, ChatRequest } from './llm.port';

/** Parameters some servers or models refuse; each can be left out. */
type Optional = 'temperature' | 'reasoning_effort' | 'thinking' | 'stream_options';

const FORMATS = ['json_schema', 'json_object', 'none'] as const;

/** What one model of one server understands of the chat protocol, as far as we know yet. */
export interface Dialect {
  format: (typeof FORMATS)[number];
  tokenLimit: 'max_tokens' | 'max_completion_tokens';
  optional: readonly Optional[];
}

/** OpenAI's models that think before they answer, unless told not to. */
const isReasoning = (model: string): boolean => /^(gpt-[5-9]|o\d)/.test(model);

/** The dialect to begin with. */
export const firstDialect = (provider: string, model: string): Dialect => {
  switch (provider) {
    case 'openai':
      return {
        format: 'json_schema',
        tokenLimit: 'max_completion_tokens',
        optional: ['temperature', 'stream_options', ...(isReasoning(model) ? (['reasoning_effort'] as const) : [])],
      };
    case 'anthropic':
      // Anthropic's OpenAI-compatible endpoint ignores response_format.
      return {
        format: 'none',
        tokenLimit: 'max_tokens',
        optional: ['temperature', 'thinking', 'stream_options'],
      };
    default:
      return {
        format: 'json_schema',
        tokenLimit: 'max_tokens',
        optional: ['temperature', 'stream_options'],
      };
  }
};

/** Why a server refused a request, in its own terms. */
export interface Refusal {
  /** HTTP status. */
  status: number;
  message: string;
  param?: string | null | undefined;
}

/**
 * What to try after a refusal: without the parameter it names, or with a humbler reply format. Undefined when the request itself
 * must be at fault.
 */
export const afterRefusal = (
  dialect: Dialect,
  { status, message, param }: Refusal,
  hasSchema: boolean,
): Dialect | undefined => {
  if (status !== 400 && status !== 422) return undefined;
  const names = (parameter: string): boolean => param === parameter || (param == null && message.includes(parameter));

  if (dialect.tokenLimit === 'max_tokens' && (param === 'max_tokens' || message.includes('max_completion_tokens'))) {
    return { ...dialect, tokenLimit: 'max_completion_tokens' };
  }
  const refused = dialect.optional.find(names);
  if (refused !== undefined) return { ...dialect, optional: dialect.optional.filter((name) => name !== refused) };

  const isAboutElse = param != null && !param.startsWith('response_format');
  const humbler = FORMATS[FORMATS.indexOf(dialect.format) + 1];
  if (!hasSchema || isAboutElse || humbler === undefined) return undefined;
  return { ...dialect, format: humbler };
};

/** JSON Schema keywords OpenAI can enforce token by token; a schema with others is only followed as well as the model can. */
const ENFORCEABLE = new Set(
  (
    'type title description properties required additionalProperties items enum const anyOf $ref $defs pattern format ' +
    'multipleOf minimum maximum exclusiveMinimum exclusiveMaximum minItems maxItems'
  ).split(' '),
);

/** True when `strict` may be asked for: every object closed, every property required, only enforceable keywords. */
export const isStrictSchema = (schema: unknown): boolean => {
  if (!isRecord(schema)) return false;
  if (!Object.keys(schema).every((keyword) => ENFORCEABLE.has(keyword))) return false;
  const { properties, required, additionalProperties, items, anyOf, $defs, type } = schema;
  if (type === 'object' || properties !== undefined) {
    const names = isRecord(properties) ? Object.keys(properties) : [];
    const isClosed = additionalProperties === false && Array.isArray(required);
    if (!isClosed || !names.every((name) => required.includes(name))) return false;
  }
  return [
    ...(isRecord(properties) ? Object.values(properties) : []),
    ...(isRecord($defs) ? Object.values($defs) : []),
    ...(Array.isArray(anyOf) ? (anyOf as unknown[]) : []),
    ...(items === undefined ? [] : [items]),
  ].every(isStrictSchema);
};

/** The schema without what only costs tokens: its own dialect's address, and bounds that every integer keeps. */
const slim = (schema: Record<string, unknown>): Record<string, unknown> =>
  JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
    key === '$schema' ||
    ((key === 'minimum' || key === 'maximum') && Math.abs(Number(value)) === Number.MAX_SAFE_INTEGER)
      ? undefined
      : value,
  ) as Record<string, unknown>;

const inWords = (messages: ChatMessage[], purpose: string, schema: Record<string, unknown>): ChatMessage[] => {
  const rule = `Reply with one JSON object ("${purpose}") and nothing else. It follows this JSON Schema:\n${JSON.stringify(schema)}`;
  // Appended to the system message there is: many chat templates allow only one, at the start.
  const [first, ...rest] = messages;
  return first?.role === 'system'
    ? [{ role: 'system', content: `${first.content}\n\n${rule}` }, ...rest]
    : [{ role: 'system', content: rule }, ...messages];
};

/** `thinking` is Anthropic's; the client sends unknown parameters as they are. */
type ChatBody = ChatCompletionCreateParamsNonStreaming & { thinking?: { type: 'disabled' } };

/** The request as it goes over the wire. Streaming parameters are added by the caller. */
export const chatBody = (request: ChatRequest, model: string, dialect: Dialect): ChatBody => {
  const schema = slim(request.jsonSchema ?? {});
  const hasSchema = request.jsonSchema !== undefined;
  // What a name may look like on the wire.
  const name = request.purpose.replace(/[^\w-]/g, '_').slice(0, 64) || 'reply';
  const sends = (parameter: Optional): boolean => dialect.optional.includes(parameter);
  return {
    model,
    messages:
      hasSchema && dialect.format !== 'json_schema' ? inWords(request.messages, name, schema) : request.messages,
    [dialect.tokenLimit]: request.maxTokens,
    ...(sends('temperature') ? { temperature: request.temperature ?? 0.2 } : {}),
    // Thinking counts as completion: with it, `maxTokens` would often be used up before the answer begins.
    ...(sends('reasoning_effort') ? { reasoning_effort: 'none' as const } : {}),
    ...(sends('thinking') ? { thinking: { type: 'disabled' as const } } : {}),
    ...(hasSchema && dialect.format === 'json_schema'
      ? {
          response_format: {
            type: 'json_schema' as const,
            json_schema: { name, schema, strict: isStrictSchema(schema) },
          },
        }
      : {}),
    ...(hasSchema && dialect.format === 'json_object' ? { response_format: { type: 'json_object' as const } } : {}),
  };
};
