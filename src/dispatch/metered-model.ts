import type { ZodType } from 'zod';
import { prettifyError, toJSONSchema } from 'zod';
import type { Assignment } from '../contracts/arm';
import { OctoError, TransientError, UserError } from '../common/errors';
import { counter, histogram } from '../common/metrics';
import { sha256 } from '../common/ids';
import type { JsonValue } from '../contracts/json';
import type { ChatMessage, ChatReply, ChatRequest, LlmPort, Quote } from '../drivers/llm/llm.port';
import { MeteredModel, type ModelCall, type ModelJson, type ModelText } from './arm.port';
import { insist } from './insist';
import type { CallOutcome, Ledger } from './ledger.service';
import type { PromptMask } from './prompt-mask';
import type { StepScreening } from './step-screening';

const DEFAULT_ATTEMPTS = 3;
/** So much of an unusable reply is shown to the model again. */
const SHOWN_REPLY_CHARACTERS = 2_000;

/**
 * What a call without an answer counts for. One that was refused cost nothing; one that was under way may have been charged
 * for, at least for its prompt.
 */
const costOfFailure = (
  request: ChatRequest,
  quote: Quote,
  code: string,
): Pick<CallOutcome, 'promptTokens' | 'completionTokens' | 'costUsd'> => {
  const sent = code === 'aborted' || code === 'model_timeout';
  const promptTokens = sent ? Math.max(0, quote.maxTokens - request.maxTokens) : 0;
  const costUsd = quote.maxTokens === 0 ? 0 : (quote.maxCostUsd * promptTokens) / quote.maxTokens;
  return { promptTokens, completionTokens: 0, costUsd };
};

const calls = counter('llm_api_calls_total', 'Calls of a model, whatever came of them', ['model']);
const tokens = counter('llm_api_tokens_total', 'Prompt and completion tokens', ['model']);
const modelTokens = counter('octollm_tokens_used_total', 'The same tokens', ['model']);
const cost = counter('llm_api_cost_dollars', 'US dollars spent on calls', ['model']);
const seconds = histogram(
  'llm_api_duration_seconds',
  'Time of a call with its retries',
  ['model'],
  [0.1, 0.5, 1, 5, 10, 30, 60],
);

/** Models like to wrap JSON in a fence or a sentence; the outermost braces are what was meant. */
const extractJson = (text: string): unknown => {
  const start = text.indexOf('{');
  const end = text.lastIndexOf('}');
  return JSON.parse(start >= 0 && end > start ? text.slice(start, end + 1) : text);
};

/**
 * The model for one attempt at one step. It never sees what the policy hides in prompts; its replies have it again, and are free
 * of secrets of its own making, before anybody reads them.
 */
export class StepModel extends MeteredModel {
  private used = 0;

  constructor(
    private readonly llm: LlmPort,
    private readonly ledger: Ledger,
    private readonly assignment: Assignment,
    private readonly signal: AbortSignal,
    private readonly mask: PromptMask,
    private readonly screening: Pick<StepScreening, 'reply'>,
  ) {
    super();
  }

  get isDemonstration(): boolean {
    return this.llm.isDemonstration;
  }

  get tokensUsed(): number {
    return this.used;
  }

  async text(call: ModelCall): Promise<ModelText> {
    const { text, model } = await this.chat(call);
    return { text: this.mask.restoreText(text, (value) => this.screening.reply(value)), model };
  }

  async json<T>({
    schema,
    attempts = DEFAULT_ATTEMPTS,
    check = () => [],
    ...call
  }: ModelCall & {
    schema: ZodType<T>;
    attempts?: number;
    check?: (value: T) => string[] | Promise<string[]>;
  }): Promise<ModelJson<T>> {
    const jsonSchema = toJSONSchema(schema, { target: 'draft-7' }) as Record<string, unknown>;
    let messages: ChatMessage[] = call.messages;
    let problem = '';
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const { text, model } = await this.chat({ ...call, messages, jsonSchema });
      const read = await this.read(text, schema, check);
      if ('value' in read) return { value: read.value, model };
      problem = this.mask.without(read.problem);
      const correction = `That reply cannot be used: ${problem}\nAnswer again with the JSON object alone, complete and corrected.`;
      messages = [
        ...call.messages,
        { role: 'assistant', content: text.slice(0, SHOWN_REPLY_CHARACTERS) },
        { role: 'user', content: correction },
      ];
    }
    throw new TransientError(
      'model_reply_unusable',
      `The model's answer for "${call.purpose}" could not be used after ${attempts} tries: ${problem.slice(0, 300)}`,
    );
  }

  private async read<T>(
    text: string,
    schema: ZodType<T>,
    check: (value: T) => string[] | Promise<string[]>,
  ): Promise<{ value: T } | { problem: string }> {
    let raw: unknown;
    try {
      raw = extractJson(text);
    } catch {
      return { problem: text.trim() === '' ? 'it is empty' : 'it is not JSON' };
    }
    const parsed = schema.safeParse(this.screening.reply(this.mask.restoreJson(raw) as JsonValue));
    if (!parsed.success) return { problem: prettifyError(parsed.error) };
    const problems = await check(parsed.data);
    return problems.length === 0 ? { value: parsed.data } : { problem: problems.join('; ') };
  }

  /** Reserves the upper bound, calls, settles what it really took. */
  private async chat(call: ModelCall & { jsonSchema?: Record<string, unknown> }): Promise<ChatReply> {
    const { taskId, stepId, attempt } = this.assignment;
    const messages = this.mask.hide(call.messages);
    const request: ChatRequest = { ...call, messages, signal: this.signal };
    const quote = this.llm.quote(request);
    const callId = await this.ledger.reserve({
      taskId,
      stepId,
      attempt,
      purpose: call.purpose,
      provider: this.llm.provider,
      model: quote.model,
      promptHash: sha256(JSON.stringify(messages)),
      maxTokens: quote.maxTokens,
      maxCostUsd: quote.maxCostUsd,
    });
    if (callId === undefined) throw await this.overBudget(quote);
    const startedAt = Date.now();
    const reply = await this.ask(request, quote, callId, startedAt);
    await insist(() => this.ledger.settle(callId, reply));
    const took = reply.promptTokens + reply.completionTokens;
    this.used += took;
    tokens.inc({ model: reply.model }, took);
    modelTokens.inc({ model: reply.model }, took);
    cost.inc({ model: reply.model }, reply.costUsd);
    return reply;
  }

  private async ask(request: ChatRequest, quote: Quote, callId: string, startedAt: number): Promise<ChatReply> {
    try {
      return await this.llm.chat(request);
    } catch (error) {
      const code = error instanceof OctoError ? error.code : this.signal.aborted ? 'aborted' : 'internal_error';
      const latencyMs = Date.now() - startedAt;
      const outcome = { ...costOfFailure(request, quote, code), model: quote.model, latencyMs, error: code };
      await insist(() => this.ledger.settle(callId, outcome));
      throw error;
    } finally {
      calls.inc({ model: quote.model });
      seconds.observe({ model: quote.model }, (Date.now() - startedAt) / 1000);
    }
  }

  private async overBudget(quote: { maxTokens: number; maxCostUsd: number }): Promise<UserError> {
    const left = await this.ledger.left(this.assignment.taskId);
    const limit =
      quote.maxTokens > left.tokens
        ? `budget.max_tokens: the next model call may need ${quote.maxTokens} tokens and ${left.tokens} are left`
        : `budget.max_cost_usd: the next model call may cost ${quote.maxCostUsd.toFixed(4)} USD and ${left.costUsd.toFixed(4)} are left`;
    return new UserError(
      'budget_exceeded',
      `The task's budget is used up (${limit}). Submit it again with a larger one.`,
    );
  }
}
