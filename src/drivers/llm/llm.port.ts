/** `fast` for intent and checks, `balanced` for most work, `strong` for hard goals. Mapped to models in the configuration. */
export type ModelTier = 'fast' | 'balanced' | 'strong';

export interface ChatMessage {
  role: 'system' | 'user' | 'assistant';
  content: string;
}

export interface ChatRequest {
  tier: ModelTier;
  /**
   * What the call is for, e.g. `intent` or `code`. Names the JSON schema on the wire, labels the ledger and metrics, and
   * tells the demonstration model which of its answers is asked for.
   */
  purpose: string;
  messages: ChatMessage[];
  /** Upper bound of completion tokens. */
  maxTokens: number;
  /** 0 to 2; 0.2 when absent. */
  temperature?: number;
  /** JSON Schema the reply must follow. Sent as `response_format`; the caller still validates the reply. */
  jsonSchema?: Record<string, unknown>;
  signal?: AbortSignal;
}

export interface ChatReply {
  text: string;
  /** The model that answered, as named by the provider; `demonstration` for the built-in one. */
  model: string;
  promptTokens: number;
  completionTokens: number;
  costUsd: number;
  latencyMs: number;
}

/** Upper bound of what a request can cost, known before it is sent. */
export interface Quote {
  model: string;
  maxTokens: number;
  maxCostUsd: number;
}

export interface ModelHealth {
  ok: boolean;
  /** Provider and models, or what is wrong; no secrets. */
  message: string;
}

/**
 * Language model.
 *
 * Errors: `TransientError` (`model_timeout`, `model_rate_limited`, `model_unavailable`) once the driver's own retries are used
 * up; `UserError` (`model_refused_credentials`, `model_request_refused`, `demonstration_limit`) when asking again cannot
 * help. An aborted `signal` rejects with the signal's reason.
 */
export abstract class LlmPort {
  /** `openai`, `anthropic`, `ollama`, `openai-compatible` or `demonstration`. */
  abstract readonly provider: string;
  /** True for the built-in demonstration model: every result made with it has to say so. */
  abstract readonly isDemonstration: boolean;

  abstract quote(request: ChatRequest): Quote;
  abstract chat(request: ChatRequest): Promise<ChatReply>;
  /** Text fragments in order; the generator's return value is the metered reply. */
  abstract stream(request: ChatRequest): AsyncGenerator<string, ChatReply>;
  /** One unit-length vector per text, in order. */
  abstract embed(texts: string[], signal?: AbortSignal): Promise<Float32Array[]>;
  abstract check(): Promise<ModelHealth>;
}
