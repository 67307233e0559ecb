import { answer, demonstrationLimit, type Question } from './demonstration/answers';
import { hashEmbedding } from './demonstration/hash-embedding';
import { type ChatReply, type ChatRequest, LlmPort, type ModelHealth, type Quote } from './llm.port';

const MODEL = 'demonstration';

/**
 * The model of a server that was given none: deterministic, offline and free. It knows a handful of sample goals and says so;
 * whatever it does not know ends in `UserError` `demonstration_limit`, never in something made up.
 *
 * It reads the JSON object of the last user message (`goal`, `language`) and answers by `purpose`.
 */
export class DemonstrationLlm extends LlmPort {
  readonly provider = MODEL;
  readonly isDemonstration = true;

  quote(): Quote {
    return { model: MODEL, maxTokens: 0, maxCostUsd: 0 };
  }

  chat(request: ChatRequest): Promise<ChatReply> {
    return Promise.resolve().then(() => this.reply(request));
  }

  async *stream(request: ChatRequest): AsyncGenerator<string, ChatReply> {
    const reply = await this.chat(request);
    for (const line of reply.text.split(/(?<=\n)/)) {
      request.signal?.throwIfAborted();
      yield line;
    }
    return reply;
  }

  embed(texts: string[], signal?: AbortSignal): Promise<Float32Array[]> {
    return Promise.resolve().then(() => {
      signal?.throwIfAborted();
      return texts.map(hashEmbedding);
    });
  }

  check(): Promise<ModelHealth> {
    return Promise.resolve({
      ok: true,
      message: 'Built-in demonstration model: sample goals only, no real model is set.',
    });
  }

  private reply({ purpose, messages, signal }: ChatRequest): ChatReply {
    signal?.throwIfAborted();
    const content = messages.findLast(({ role }) => role === 'user')?.content ?? '';
    const text = JSON.stringify(answer(purpose, readQuestion(content)), null, 2);
    return { text, model: MODEL, promptTokens: 0, completionTokens: 0, costUsd: 0, latencyMs: 0 };
  }
}

const readQuestion = (content: string): Question => {
  const data = parse(content);
  if (typeof data !== 'object' || data === null || !('goal' in data) || typeof data.goal !== 'string') {
    throw demonstrationLimit();
  }
  const language = 'language' in data && typeof data.language === 'string' ? data.language : undefined;
  return { goal: data.goal, ...(language === undefined ? {} : { language }) };
};

const parse = (content: string): unknown => {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
};
