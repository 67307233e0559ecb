import OpenAI from 'openai';
import { UserError } from '../../common/errors';
import { Deadline } from './deadline';
import { hashEmbedding } from './demonstration/hash-embedding';
import { type Dialect, afterRefusal, chatBody, firstDialect } from './dialect';
import { type CallContext, modelTimeout, refusalOf, toLlmError, unusableAnswer } from './llm-errors';
import { type ChatReply, type ChatRequest, LlmPort, type ModelHealth, type ModelTier, type Quote } from './llm.port';
import { listModels } from './models-endpoint';
import { type PriceBook, costUsd } from './prices';
import { promptTokensAtMost, tokensAtMost } from './tokens';
import {
  type Usage,
  chunkShape,
  completionShape,
  embeddingsShape,
  fetchWithin,
  unitLength,
  withoutFence,
} from './wire';

/** A model and the variable that chooses it. */
export interface ChosenModel {
  name: string;
  variable: string;
}

export interface OpenAiOptions {
  /** See `LlmPort.provider`. */
  provider: string;
  baseUrl: string;
  apiKey: string;
  /** Variable a person sets when the key is refused. */
  keyVariable: string;
  tiers: Record<ModelTier, ChosenModel>;
  /** Models that serve a purpose whatever its tier. */
  purposes: Partial<Record<string, ChosenModel>>;
  /** Without one, vectors are made here by hashing. */
  embeddingModel?: string | undefined;
  timeoutSeconds: number;
  maxRetries: number;
  prices: PriceBook;
}

const HEALTH_TIMEOUT_MS = 2_000;
const HEALTH_FRESH_MS = 15_000;
/** Texts sent for embedding at once; servers take at least this many. */
const EMBEDDING_BATCH = 128;

interface Call {
  context: CallContext;
  deadline: Deadline;
  client: OpenAI;
  startedAt: number;
}

/**
 * Any server that speaks OpenAI's chat protocol.
 *
 * One call lasts at most `timeoutSeconds`, its retries and their pauses included. What a model refuses (a reply format, a
 * parameter) is left out at once and for the life of the process.
 */
export class OpenAiLlm extends LlmPort {
  readonly isDemonstration = false;
  readonly provider: string;
  private readonly client: OpenAI;
  private readonly host: string;
  private readonly dialects = new Map<string, Dialect>();
  private health: { askedAt: number; answer: Promise<ModelHealth> } | undefined;

  constructor(private readonly options: OpenAiOptions) {
    super();
    this.provider = options.provider;
    this.host = new URL(options.baseUrl).host;
    this.client = new OpenAI({
      baseURL: options.baseUrl,
      apiKey: options.apiKey,
      maxRetries: options.maxRetries,
      // The client would otherwise read the environment, and its log would show prompts.
      organization: null,
      project: null,
      adminAPIKey: null,
      webhookSecret: null,
      logLevel: 'off',
    });
  }

  /** Upper bound by the estimate of `promptTokensAtMost`, plus all of `maxTokens`. */
  quote(request: ChatRequest): Quote {
    const model = this.chosen(request).name;
    const promptTokens = promptTokensAtMost(request);
    return {
      model,
      maxTokens: promptTokens + request.maxTokens,
      maxCostUsd: costUsd(this.options.prices.of(model), promptTokens, request.maxTokens),
    };
  }

  async chat(request: ChatRequest): Promise<ChatReply> {
    return this.calling(this.chosen(request), request.signal, async (call) => {
      const answer: unknown = await this.speaking(request, call, (dialect) =>
        call.client.chat.completions.create(chatBody(request, call.context.model, dialect), {
          signal: call.deadline.signal,
        }),
      );
      const { data: completion } = completionShape.safeParse(answer);
      const choice = completion?.choices[0];
      if (completion === undefined || choice === undefined) {
        throw unusableAnswer(call.context, 'sent something that is not a chat completion');
      }
      const text = choice.message.content ?? '';
      if (text === '' && ((choice.message.refusal ?? '') !== '' || choice.finish_reason === 'content_filter')) {
        throw new UserError(
          'model_request_refused',
          `The model ${call.context.model} declined to answer this request. Change the goal.`,
        );
      }
      const usable = request.jsonSchema === undefined ? text : withoutFence(text);
      return this.reply(request, call, usable, completion.model, completion.usage);
    });
  }

  async *stream(request: ChatRequest): AsyncGenerator<string, ChatReply> {
    const call = this.begin(this.chosen(request), request.signal);
    const { deadline, context } = call;
    let close = (): void => undefined;
    try {
      const chunks = await this.speaking(request, call, (dialect) =>
        call.client.chat.completions.create(
          {
            ...chatBody(request, context.model, dialect),
            stream: true,
            ...(dialect.optional.includes('stream_options') ? { stream_options: { include_usage: true } } : {}),
          },
          { signal: deadline.signal },
        ),
      );
      close = () => chunks.controller.abort();
      const fragments: string[] = [];
      let [model, usage, isFinished]: [string | undefined, Usage | undefined, boolean] = [undefined, undefined, false];

      const iterator = chunks[Symbol.asyncIterator]();
      for (;;) {
        const next = await deadline.race(iterator.next());
        if (next.done === true) break;
        const chunk = chunkShape.parse(next.value);
        model ??= chunk.model;
        usage = chunk.usage ?? usage;
        const choice = chunk.choices?.[0];
        isFinished ||= typeof choice?.finish_reason === 'string';
        const fragment = choice?.delta?.content ?? '';
        if (fragment === '') continue;
        fragments.push(fragment);
        yield fragment;
      }
      if (!isFinished) throw unusableAnswer(context, 'broke off in the middle of its answer');
      return this.reply(request, call, fragments.join(''), model, usage);
    } catch (error) {
      throw this.failure(error, call);
    } finally {
      close();
      deadline.dispose();
    }
  }

  async embed(texts: string[], signal?: AbortSignal): Promise<Float32Array[]> {
    const { embeddingModel } = this.options;
    if (embeddingModel === undefined) {
      signal?.throwIfAborted();
      return texts.map(hashEmbedding);
    }
    return this.calling({ name: embeddingModel, variable: 'LLM_EMBEDDING_MODEL' }, signal, async (call) => {
      const vectors: Float32Array[] = [];
      for (let start = 0; start < texts.length; start += EMBEDDING_BATCH) {
        vectors.push(...(await this.embedBatch(texts.slice(start, start + EMBEDDING_BATCH), call)));
      }
      return vectors;
    });
  }

  /** Asks for the list of models: free, and refused when the key is. Any answer but a refusal or a fault counts as well. */
  check(): Promise<ModelHealth> {
    const now = performance.now();
    if (this.health === undefined || now - this.health.askedAt > HEALTH_FRESH_MS) {
      this.health = { askedAt: now, answer: this.askHealth() };
    }
    return this.health.answer;
  }

  private async askHealth(): Promise<ModelHealth> {
    const { provider, apiKey, baseUrl, keyVariable, tiers } = this.options;
    const headers: Record<string, string> =
      provider === 'anthropic'
        ? { 'x-api-key': apiKey, 'anthropic-version': '2023-06-01' }
        : { authorization: `Bearer ${apiKey}` };
    try {
      const { status } = await listModels(baseUrl, headers, HEALTH_TIMEOUT_MS);
      if (status === 401 || status === 403) {
        return { ok: false, message: `${this.host} refused the credentials (HTTP ${status}). Set ${keyVariable}.` };
      }
      if (status >= 500) return { ok: false, message: `${this.host} answers with HTTP ${status}.` };
      const names = [...new Set(Object.values(tiers).map(({ name }) => name))];
      return { ok: true, message: `${provider} at ${this.host}: ${names.join(', ')}` };
    } catch {
      return { ok: false, message: `${this.host} did not answer within ${HEALTH_TIMEOUT_MS / 1000} s.` };
    }
  }

  private chosen({ purpose, tier }: ChatRequest): ChosenModel {
    return this.options.purposes[purpose] ?? this.options.tiers[tier];
  }

  private begin(model: ChosenModel, signal: AbortSignal | undefined): Call {
    const { timeoutSeconds, keyVariable } = this.options;
    const context = { model: model.name, modelVariable: model.variable, keyVariable, host: this.host };
    const deadline = new Deadline(timeoutSeconds * 1000, modelTimeout(context, timeoutSeconds), signal);
    const client = this.client.withOptions({ fetch: fetchWithin(deadline), timeout: timeoutSeconds * 1000 });
    return { context, deadline, client, startedAt: performance.now() };
  }

  private async calling<T>(
    model: ChosenModel,
    signal: AbortSignal | undefined,
    work: (call: Call) => Promise<T>,
  ): Promise<T> {
    const call = this.begin(model, signal);
    try {
      return await work(call);
    } catch (error) {
      throw this.failure(error, call);
    } finally {
      call.deadline.dispose();
    }
  }

  private failure(error: unknown, { deadline, context }: Call): Error {
    return deadline.signal.aborted ? (deadline.signal.reason as Error) : toLlmError(error, context);
  }

  /** Sends a request in the model's dialect, and learns the dialect from refusals. */
  private async speaking<T>(
    request: ChatRequest,
    { context, deadline }: Call,
    send: (dialect: Dialect) => PromiseLike<T>,
  ): Promise<T> {
    const { model } = context;
    const known = this.dialects.get(model) ?? firstDialect(this.provider, model);
    for (let dialect = known; ;) {
      try {
        const answer = await deadline.race(send(dialect));
        // Only what has worked is remembered: a request that is refused in every form teaches nothing.
        if (dialect !== known) this.dialects.set(model, dialect);
        return answer;
      } catch (error) {
        const refusal = refusalOf(error);
        const next = refusal && afterRefusal(dialect, refusal, request.jsonSchema !== undefined);
        if (next === undefined) throw error;
        dialect = next;
      }
    }
  }

  private reply(
    request: ChatRequest,
    { context, startedAt }: Call,
    text: string,
    answeredBy: string | undefined,
    usage: Usage | null | undefined,
  ): ChatReply {
    const promptTokens = usage?.prompt_tokens ?? promptTokensAtMost(request);
    const completionTokens = usage?.completion_tokens ?? Math.min(tokensAtMost(text), request.maxTokens);
    return {
      text,
      model: answeredBy ?? context.model,
      promptTokens,
      completionTokens,
      costUsd: costUsd(this.options.prices.of(context.model), promptTokens, completionTokens),
      latencyMs: performance.now() - startedAt,
    };
  }

  private async embedBatch(texts: string[], { client, context, deadline }: Call): Promise<Float32Array[]> {
    const answer: unknown = await deadline.race(
      client.embeddings.create(
        // Without a format the client asks for base64, which not every server knows.
        { model: context.model, input: texts, encoding_format: 'float' },
        { signal: deadline.signal },
      ),
    );
    const { data: embeddings } = embeddingsShape.safeParse(answer);
    const byIndex = new Map(embeddings?.data.map(({ index, embedding }) => [index, unitLength(embedding)]));
    return texts.map((_, index) => {
      const vector = byIndex.get(index);
      if (vector === undefined) throw unusableAnswer(context, 'did not send one usable vector per text');
      return vector;
    });
  }
}
