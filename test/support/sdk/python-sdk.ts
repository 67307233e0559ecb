import { randomBytes } from 'node:crypto';
import { z } from 'zod';

/**
 * A client that behaves as the Python SDK 0.4.0 does: JSON content type on every call, one request id per call and its retries,
 * every success parsed as JSON and refused when a field it requires is missing or of the wrong type.
 */

const iso = z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'an ISO 8601 moment');
const share = z.number().min(0).max(1);

const health = z.object({
  status: z.string(),
  version: z.string(),
  uptime_seconds: z.int(),
  components: z.record(z.string(), z.string()).nullish(),
});
const submitted = z.object({
  task_id: z.string().regex(/^task_[a-zA-Z0-9]{16}$/),
  status: z.enum(['queued', 'processing', 'completed', 'failed', 'cancelled']),
  created_at: iso,
  estimated_completion: iso.nullish(),
});
const task = z.object({
  task_id: z.string().regex(/^task_[a-zA-Z0-9]{16}$/),
  status: z.enum(['queued', 'processing', 'completed', 'failed', 'cancelled']),
  created_at: iso,
  started_at: iso.nullish(),
  completed_at: iso.nullish(),
  progress: z
    .object({
      current_step: z.enum(['preprocessing', 'planning', 'execution', 'validation', 'synthesis']),
      completed_steps: z.int(),
      total_steps: z.int(),
      percentage: z.int().min(0).max(100),
    })
    .nullish(),
  result: z.object({ output: z.string(), confidence: share, validation_passed: z.boolean() }).nullish(),
  error: z.object({ type: z.string(), message: z.string(), details: z.string().nullish() }).nullish(),
  metadata: z
    .object({
      arms_used: z.array(z.string()),
      tokens_used: z.int(),
      cost_dollars: z.number(),
      duration_seconds: z.number(),
    })
    .nullish(),
});
const arm = z.object({
  arm_id: z.string(),
  name: z.string(),
  description: z.string(),
  capabilities: z.array(z.string()),
  cost_tier: z.int().min(1).max(5),
  endpoint: z.string(),
  status: z.string(),
});
const arms = z.object({ arms: z.array(arm) });
const preprocessed = z.object({
  cache_hit: z.boolean(),
  pii_detected: z.boolean(),
  injection_detected: z.boolean(),
  risk_score: share,
  sanitized_input: z.string(),
  should_proceed: z.boolean(),
  cached_result: z.record(z.string(), z.unknown()).nullish(),
  pii_types: z.array(z.string()),
});
const cacheStats = z.object({
  total_entries: z.int(),
  hit_rate: share,
  memory_usage_mb: z.number(),
  eviction_count: z.int(),
});
const plan = z.object({
  plan_id: z.string(),
  steps: z
    .array(
      z.object({
        step_id: z.string(),
        arm_id: z.string(),
        description: z.string(),
        dependencies: z.array(z.string()),
        input_mapping: z.record(z.string(), z.string()),
        expected_output: z.string(),
      }),
    )
    .min(1),
  estimated_duration_seconds: z.int(),
  estimated_cost_dollars: z.number(),
  complexity_score: share,
});
const execution = z.object({
  success: z.boolean(),
  exit_code: z.int(),
  stdout: z.string(),
  stderr: z.string(),
  duration_seconds: z.number(),
  sandbox_info: z.record(z.string(), z.unknown()),
});
const found = z.object({
  results: z.array(
    z.object({
      content: z.string(),
      source: z.string(),
      score: share,
      metadata: z.record(z.string(), z.unknown()),
    }),
  ),
  query: z.string(),
  method_used: z.string(),
  total_results: z.int(),
  citations: z.array(z.string()),
});
const code = z.object({
  success: z.boolean(),
  code: z.string(),
  explanation: z.string(),
  language: z.string(),
  confidence: share,
  tests: z.string().nullish(),
  warnings: z.array(z.string()),
});
const validation = z.object({
  valid: z.boolean(),
  confidence: share,
  quality_score: share,
  issues: z.array(
    z.object({
      severity: z.enum(['critical', 'high', 'medium', 'low']),
      category: z.string(),
      message: z.string(),
      location: z.string().nullish(),
      suggestion: z.string().nullish(),
    }),
  ),
  passed_criteria: z.array(z.string()),
  failed_criteria: z.array(z.string()),
});
const safety = z.object({
  safe: z.boolean(),
  risk_score: share,
  should_proceed: z.boolean(),
  issues: z.array(
    z.object({
      issue_type: z.enum(['pii', 'injection', 'harmful_content', 'policy_violation']),
      severity: z.enum(['critical', 'high', 'medium', 'low']),
      description: z.string(),
      location: z.string().nullish(),
      detected_value: z.string().nullish(),
    }),
  ),
  sanitized_content: z.string().nullish(),
});

/** An error as the SDK raises it; `kind` is the name of its class. */
export class PySdkError extends Error {
  constructor(
    readonly kind: string,
    message: string,
    readonly status: number,
    readonly details: unknown,
  ) {
    super(message);
  }
}

const KINDS: Partial<Record<number, string>> = {
  400: 'TypeError',
  422: 'TypeError',
  401: 'AuthenticationError',
  403: 'AuthorizationError',
  404: 'NotFoundError',
  429: 'RateLimitError',
  503: 'ServiceUnavailableError',
};
const TRIES = 3;
const requestId = (): string => `req_${randomBytes(8).toString('hex')}`;

export interface PySdkOptions {
  apiKey?: string;
  bearerToken?: string;
  timeoutMs?: number;
  /** Waits between tries are this many times shorter than the real ones. */
  hurry?: number;
}

export class PySdk {
  constructor(
    private readonly baseUrl: string,
    private readonly options: PySdkOptions = {},
  ) {}

  health = () => this.call('GET', '/health', health);
  /** Of one arm; `listArms` is the orchestrator's. */
  capabilities = () => this.call('GET', '/capabilities', z.looseObject({ capabilities: z.array(z.string()) }));
  submitTask = (body: Record<string, unknown>) => this.call('POST', '/tasks', submitted, body);
  getTask = (id: string) => this.call('GET', `/tasks/${id}`, task);
  cancelTask = (id: string) => this.call('DELETE', `/tasks/${id}`, task);
  listArms = () => this.call('GET', '/capabilities', arms);
  preprocess = (body: Record<string, unknown>) => this.call('POST', '/preprocess', preprocessed, body);
  cacheStats = () => this.call('GET', '/cache/stats', cacheStats);
  clearCache = () => this.call('POST', '/cache/clear', z.looseObject({}));
  createPlan = (body: Record<string, unknown>) => this.call('POST', '/plan', plan, body);
  execute = (body: Record<string, unknown>) => this.call('POST', '/execute', execution, body);
  search = (body: Record<string, unknown>) => this.call('POST', '/search', found, body);
  processCode = (body: Record<string, unknown>) => this.call('POST', '/code', code, body);
  validate = (body: Record<string, unknown>) => this.call('POST', '/validate', validation, body);
  check = (body: Record<string, unknown>) => this.call('POST', '/check', safety, body);

  async waitForTask(id: string, tries = 60): Promise<z.output<typeof task>> {
    for (let attempt = 0; attempt < tries; attempt++) {
      const state = await this.getTask(id);
      if (['completed', 'failed', 'cancelled'].includes(state.status)) return state;
      await this.pause(1_000);
    }
    throw new Error(`Task ${id} has not ended.`);
  }

  private async call<T>(method: string, path: string, shape: z.ZodType<T>, body?: Record<string, unknown>): Promise<T> {
    const id = requestId();
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.once(method, path, shape, id, body);
      } catch (error) {
        const waitMs = this.waitAfter(error, attempt);
        if (waitMs === undefined) throw error;
        await this.pause(waitMs);
      }
    }
  }

  /** Network errors and 429 are tried again, a 5xx is not. */
  private waitAfter(error: unknown, attempt: number): number | undefined {
    if (attempt === TRIES || error instanceof z.ZodError) return undefined;
    if (!(error instanceof PySdkError)) return attempt * 1_000;
    const wait = (error.details as { retry_after?: number } | undefined)?.retry_after ?? attempt;
    return error.status === 429 ? wait * 1_000 : undefined;
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, ms / (this.options.hurry ?? 1)));
  }

  private async once<T>(
    method: string,
    path: string,
    shape: z.ZodType<T>,
    id: string,
    body?: Record<string, unknown>,
  ): Promise<T> {
    const { apiKey, bearerToken, timeoutMs = 30_000 } = this.options;
    const response = await fetch(this.baseUrl.replace(/\/+$/, '') + path, {
      method,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'OctoLLM-Python-SDK/0.4.0',
        'x-request-id': id,
        ...(bearerToken !== undefined
          ? { authorization: `Bearer ${bearerToken}` }
          : apiKey !== undefined && { 'x-api-key': apiKey }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    if (response.ok) return shape.parse(JSON.parse(text));
    const error = JSON.parse(text) as { message?: string; details?: unknown; retry_after?: number };
    const details = error.retry_after === undefined ? error.details : { retry_after: error.retry_after };
    throw new PySdkError(KINDS[response.status] ?? 'APIError', error.message ?? text, response.status, details);
  }
}
