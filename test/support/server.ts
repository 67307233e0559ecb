import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createHttpApp } from '../../src/api/http/fastify';
import { AppModule } from '../../src/app.module';
import { parseConfig } from '../../src/common/config/load-config';
import type { FakeOpenAi } from './fake-openai';
import type { Column } from './columns';

export interface TaskBody {
  task_id: string;
  status: string;
  result: Record<string, unknown> | null;
  error: string | null;
  confidence: number | null;
  duration_ms: number | null;
  [field: string]: unknown;
}

/** The whole application in this process, spoken to over HTTP. */
export class TestServer {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly url: string,
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
    return new TestServer(app, await app.getUrl());
  }

  async stop(): Promise<void> {
    await this.app.close();
  }

  async request(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: Record<string, unknown> }> {
    return request(this.url, method, path, body);
  }

  async submit(body: Record<string, unknown>): Promise<string> {
    return submit(this.url, body);
  }

  async finished(id: string, timeoutMs = 50_000): Promise<TaskBody> {
    return finished(this.url, id, timeoutMs);
  }
}

export const request = async (
  base: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: Record<string, unknown> }> => {
  const response = await fetch(`${base}${path}`, {
    method,
    ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

export const submit = async (base: string, body: Record<string, unknown>): Promise<string> => {
  const answer = await request(base, 'POST', '/api/v1/tasks', body);
  if (answer.status !== 200) throw new Error(`submit: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body['task_id'] as string;
};

/** Reads a task until it has ended. */
export const finished = async (base: string, id: string, timeoutMs = 50_000): Promise<TaskBody> => {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const { body } = await request(base, 'GET', `/api/v1/tasks/${id}`);
    if (body['status'] === 'completed' || body['status'] === 'failed') return body as TaskBody;
    if (Date.now() > end) throw new Error(`Task ${id} has not ended: ${JSON.stringify(body)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};
