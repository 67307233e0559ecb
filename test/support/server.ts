import type { Abstract, Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createHttpApp } from '../../src/api/http/fastify';
import { openApiDocument } from '../../src/api/http/openapi';
import { openServicePorts } from '../../src/api/http/service-listeners';
import { AppModule } from '../../src/app.module';
import { parseConfig } from '../../src/common/config/load-config';
import type { ServiceName } from '../../src/contracts/service';
import type { FakeOpenAi } from './fake-openai';
import type { Column } from './columns';
import { OpenApiCheck } from './openapi-check';

export { eventually } from './eventually';

/** A result as it goes over the wire: `contracts/outcome.ts`. */
export interface ResultBody {
  output: string;
  confidence: number;
  validation_passed: boolean;
  code?: string;
  tests?: string;
  explanation?: string;
  language?: string;
  model?: string;
  warnings: string[];
  citations: string[];
  criteria: { criterion: string; state: string; explanation: string }[];
  findings: { severity: string; type: string; message: string }[];
  test_run?: { ran: boolean; passed: number; failed: number; failures: string[]; duration_ms: number; engine: string };
  repair_rounds: number;
  steps_executed: number;
  lineage: {
    step: string;
    arm: string;
    action: string;
    attempt: number;
    models: string[];
    prompt_hashes: string[];
    started_at: string;
    finished_at: string;
  }[];
}

/** What a spent task tells of its cost. */
export interface UsageBody {
  arms_used: string[];
  tokens_used: number;
  cost_usd: number;
  duration_seconds: number;
}

export interface TaskBody {
  task_id: string;
  status: string;
  result: ResultBody | null;
  error: string | null;
  error_type?: string;
  confidence: number | null;
  duration_ms: number | null;
  metadata: UsageBody | null;
  [field: string]: unknown;
}

/** One event of a task as its stream tells it. */
export interface StreamedEvent {
  task_id: string;
  seq: number;
  type: string;
  created_at: string;
  data: Record<string, unknown>;
}

/** The whole application in this process, spoken to over HTTP. */
export class TestServer {
  private document: OpenApiCheck | undefined;

  private constructor(
    readonly app: NestFastifyApplication,
    readonly url: string,
    /** Addresses of the ports that `SERVICE_PORTS` opened, in its order; `0=coder` takes any free port. */
    readonly ports: { service: ServiceName; url: string }[],
  ) {}

  static async start(column: Column, variables: Record<string, string> = {}, model?: FakeOpenAi): Promise<TestServer> {
    const { settings } = parseConfig({
      ...column.variables,
      PORT: '0',
      ...(model && { LLM_PROVIDER: 'openai', OPENAI_BASE_URL: model.url, LLM_MODEL_BALANCED: 'fake' }),
      ...variables,
    });
    const app = await createHttpApp(AppModule.with(settings), settings, { logger: false, abortOnError: false });
    await app.listen(settings.PORT, settings.HOST);
    const url = await app.getUrl();
    const ports = await openServicePorts(app, settings);
    return new TestServer(
      app,
      url,
      ports.map(({ service, port }) => ({ service, url: url.replace(/:\d+$/, `:${port}`) })),
    );
  }

  async stop(): Promise<void> {
    await this.app.close();
  }

  /** Every answer is held against the document at /openapi.json; one that does not fit it throws. */
  async request(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const answer = await request(this.url, method, path, body, headers);
    this.checkAnswer(method, path, answer);
    return answer;
  }

  /** The same check for an answer that was fetched in another way. */
  checkAnswer(method: string, path: string, { status, body }: Pick<Answer, 'status' | 'body'>): void {
    this.document ??= new OpenApiCheck(openApiDocument(this.app));
    this.document.check({ method, path, status, body });
  }

  async submit(body: Record<string, unknown>): Promise<string> {
    return submit(this.url, body);
  }

  async finished(id: string, timeoutMs = 150_000): Promise<TaskBody> {
    return finished(this.url, id, timeoutMs);
  }

  async read(id: string): Promise<TaskBody> {
    return (await this.request('GET', `/api/v1/tasks/${id}`)).body as TaskBody;
  }

  /** Submits and waits for the end. */
  async complete(body: Record<string, unknown>): Promise<TaskBody> {
    return this.finished(await this.submit(body));
  }

  /** Every event of a task, waiting for its end. */
  async events(id: string, lastEventId?: number): Promise<StreamedEvent[]> {
    const events: StreamedEvent[] = [];
    for await (const event of eventsOf(this.url, id, lastEventId)) events.push(event);
    return events;
  }

  /** Values of `/metrics` by series, labels included. */
  async metrics(): Promise<Map<string, number>> {
    const lines = (await (await fetch(`${this.url}/metrics`)).text()).split('\n');
    return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]));
  }

  /** A provider of the application, for what cannot be seen from outside. */
  get<T>(token: Type<T> | Abstract<T>): T {
    return this.app.get<T>(token, { strict: false });
  }
}

/** The events of a task as they come, after the given one, until the stream ends or the reader leaves. */
export async function* eventsOf(base: string, id: string, lastEventId?: number): AsyncGenerator<StreamedEvent> {
  const headers = { ...(lastEventId !== undefined && { 'last-event-id': String(lastEventId) }) };
  const response = await fetch(`${base}/api/v1/tasks/${id}/events`, { headers });
  let text = '';
  for await (const chunk of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (data !== undefined) yield JSON.parse(data) as StreamedEvent;
    }
  }
}

export interface Answer {
  status: number;
  body: Record<string, unknown>;
  headers: Headers;
}

export const request = async (
  base: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> => {
  const response = await fetch(`${base}${path}`, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return {
    status: response.status,
    body: (await response.json()) as Record<string, unknown>,
    headers: response.headers,
  };
};

export const submit = async (base: string, body: Record<string, unknown>): Promise<string> => {
  const answer = await request(base, 'POST', '/api/v1/tasks', body);
  if (answer.status !== 200) throw new Error(`submit: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body['task_id'] as string;
};

/** Reads a task until it has ended. */
export const finished = async (base: string, id: string, timeoutMs = 150_000): Promise<TaskBody> => {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const { body } = await request(base, 'GET', `/api/v1/tasks/${id}`);
    if (body['status'] === 'completed' || body['status'] === 'failed') return body as TaskBody;
    if (Date.now() > end) throw new Error(`Task ${id} has not ended: ${JSON.stringify(body)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};
