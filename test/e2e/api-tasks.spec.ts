import { get as httpGet } from 'node:http';
import request from 'supertest';
import { Logger } from '@nestjs/common';
import { TransientError, UserError } from '../../src/common/errors';
import type { TaskStatus } from '../../src/contracts/task';
import { type ApiFixture, startApi } from './api-fixture';

const GOAL = 'Write a Python function to calculate fibonacci numbers';
const TASKS = '/api/v1/tasks';

describe('tasks over HTTP', () => {
  let api: ApiFixture;
  beforeEach(async () => {
    api = await startApi({ TASK_TIMEOUT_SECONDS: '120' });
  });
  afterEach(() => api.app.close());

  const submit = async (fields: object = {}): Promise<{ id: string; taskId: string }> => {
    const { body } = await request(api.url)
      .post(TASKS)
      .send({ goal: GOAL, ...fields })
      .expect(200);
    const taskId = body.task_id as string;
    return { taskId, id: taskId.slice('task-'.length) };
  };
  const setStatus = (id: string, status: TaskStatus): void => {
    const task = api.intake.tasks.find((candidate) => candidate.id === id)!;
    task.status = status;
    task.completedAt = new Date();
  };

  it('takes a goal and constraints alone and answers as the guide prints it', async () => {
    const { status, body } = await request(api.url)
      .post(TASKS)
      .send({ goal: GOAL, constraints: ['Include docstring', 'Add unit tests'] });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      task_id: expect.stringMatching(/^task-[0-9a-f-]{36}$/),
      status: 'accepted',
      estimated_duration_seconds: 45,
      message: 'Task submitted successfully',
    });
    expect(api.intake.tasks[0]!.draft).toEqual({
      goal: GOAL,
      constraints: ['Include docstring', 'Add unit tests'],
      acceptanceCriteria: [],
      context: {},
      priority: 'medium',
      budget: { maxTokens: 10_000, maxTimeSeconds: 120, maxCostUsd: 1, maxRetries: 3 },
      metadata: {},
      requiredCapabilities: [],
    });
  });

  it('keeps free JSON exactly, names such as constructor included', async () => {
    const context = { constructor: 'Ltd.', list: [1, [2, { toString: null }]], text: 'ä€😀' };
    await submit({ context, metadata: context });
    expect(JSON.stringify(api.intake.tasks[0]!.draft.context)).toBe(JSON.stringify(context));
    expect(JSON.stringify(api.intake.tasks[0]!.draft.metadata)).toBe(JSON.stringify(context));
  });

  it('takes null for every optional field, as generated clients send it', async () => {
    const fields = [
      'constraints',
      'acceptance_criteria',
      'context',
      'budget',
      'priority',
      'metadata',
      'deadline_seconds',
    ];
    await submit(Object.fromEntries([...fields, 'deadline', 'parent_task_id', 'task_id'].map((name) => [name, null])));
    expect(api.intake.tasks[0]!.draft).toMatchObject({ priority: 'medium', constraints: [], context: {} });
  });

  it('finds the parent under any form of its id', async () => {
    const parent = await submit();
    for (const given of [parent.id, parent.taskId, parent.id.toUpperCase()]) {
      await submit({ parent_task_id: given });
      expect(api.intake.tasks[0]!.draft.parentTaskId).toBe(parent.id);
    }
  });

  it('reads a task under the name it was asked by', async () => {
    const { id, taskId } = await submit();
    for (const name of [id, taskId]) {
      const { body } = await request(api.url).get(`${TASKS}/${name}`).expect(200);
      expect(body).toMatchObject({
        task_id: name,
        status: 'accepted',
        goal: GOAL,
        result: null,
        error: null,
        plan: null,
      });
    }
  });

  it('passes on what the desk refuses', async () => {
    api.intake.failure = new UserError('policy_violation', 'The goal asks to ignore instructions.', {
      details: { injection_detected: true },
    });
    const refused = await request(api.url).post(TASKS).send({ goal: GOAL });
    expect(refused.status).toBe(403);
    expect(refused.body).toMatchObject({
      code: 'policy_violation',
      detail: 'The goal asks to ignore instructions.',
      details: { injection_detected: true },
      category: 'authorization',
    });

    api.intake.failure = new TransientError('service_unavailable', 'The database does not answer.', {
      retryAfterSeconds: 2.4,
    });
    const down = await request(api.url).post(TASKS).send({ goal: GOAL });
    expect(down.status).toBe(503);
    expect(down.headers['retry-after']).toBe('3');
    expect(down.body).toMatchObject({ code: 'service_unavailable', retryable: true, retry_after: 3 });
  });

  it('hides an unexpected fault behind an incident', async () => {
    const errors: string[] = [];
    const ignore = (): void => undefined;
    Logger.overrideLogger({ log: ignore, warn: ignore, error: (message: string) => void errors.push(message) });
    api.intake.failure = new TypeError('cannot read postgres://me:secret@db');
    const { status, body, text } = await request(api.url).post(TASKS).send({ goal: GOAL });
    expect(status).toBe(500);
    expect(body).toMatchObject({
      code: 'internal_server_error',
      details: { incident_id: expect.any(String) },
      retryable: false,
    });
    expect(body.message).toContain(body.details.incident_id);
    expect(body.detail).toBe(body.message);
    expect(text).not.toMatch(/postgres|TypeError|at /);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(body.details.incident_id);
    expect(errors[0]).toMatch(/TypeError: cannot read[^]*\n +at /);
    expect(errors[0]).not.toContain(GOAL);
  });

  it('lists in pages', async () => {
    for (let count = 0; count < 5; count += 1) await submit();
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query: Record<string, string> = cursor === null ? { limit: '2' } : { limit: '2', cursor };
      const { body } = await request(api.url).get(TASKS).query(query).expect(200);
      seen.push(...(body.tasks as { task_id: string }[]).map(({ task_id }) => task_id));
      cursor = body.next_cursor;
    } while (cursor !== null);
    expect(seen).toEqual(api.intake.tasks.map(({ id }) => `task-${id}`));
    setStatus(api.intake.tasks[0]!.id, 'failed');
    const { body } = await request(api.url).get(TASKS).query({ status: 'failed' });
    expect(body.tasks).toHaveLength(1);
  });

  it('cancels with and without a body and says so again', async () => {
    const one = await submit();
    const cancelled = await request(api.url).post(`${TASKS}/${one.taskId}/cancel`);
    expect(cancelled.status).toBe(200);
    expect(cancelled.body).toMatchObject({ task_id: one.taskId, status: 'cancelled', cancelled: true, goal: GOAL });
    const read = await request(api.url).get(`${TASKS}/${one.taskId}`);
    expect(read.body).toMatchObject({ status: 'failed', cancelled: true, error: 'The task was cancelled.' });

    const two = await submit();
    const withType = { 'Content-Type': 'application/json' };
    expect((await request(api.url).post(`${TASKS}/${two.id}/cancel`).set(withType)).body.status).toBe('cancelled');
    expect((await request(api.url).post(`${TASKS}/${two.id}/cancel`).send({ reason: 'changed my mind' })).status).toBe(
      200,
    );
    expect((await request(api.url).delete(`${TASKS}/${two.id}`).set(withType)).body.status).toBe('cancelled');
    expect((await request(api.url).post(`${TASKS}/${two.id}/cancel`).send({ resaon: 'x' })).status).toBe(422);

    const three = await submit();
    setStatus(three.id, 'completed');
    const late = await request(api.url).delete(`${TASKS}/${three.taskId}`);
    expect([late.status, late.body.code]).toEqual([400, 'invalid_operation']);
    expect(late.body.detail).toMatch(/already ended/);
  });

  it('takes documents', async () => {
    const { status, body } = await request(api.url)
      .post('/api/v1/documents')
      .send({
        documents: [
          { id: 'a', content: 'one', metadata: { constructor: 1 } },
          { content: 'two', source: 's' },
        ],
      });
    expect(status).toBe(201);
    expect(body).toEqual({
      collection: 'retriever_memory',
      ids: ['a', expect.any(String)],
      count: 2,
      redactions: [],
    });
    expect(api.intake.documents).toEqual([
      {
        collection: 'retriever_memory',
        documents: [
          { id: 'a', content: 'one', metadata: { constructor: 1 } },
          { content: 'two', source: 's' },
        ],
      },
    ]);
  });

  it('counts tasks and times requests under the template of their path', async () => {
    const before = (await request(api.url).get('/metrics')).text;
    const count = (text: string) =>
      Number(/orchestrator_tasks_submitted_total\{priority="critical"\} (\d+)/.exec(text)?.[1] ?? 0);
    const { taskId, id } = await submit({ priority: 'critical' });
    await request(api.url).get(`${TASKS}/${taskId}`);
    await request(api.url).get(`/no/such/${id}`);
    const { text, headers } = await request(api.url).get('/metrics');
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(count(text)).toBe(count(before) + 1);
    expect(text).toContain(
      'orchestrator_http_request_duration_seconds_count{method="GET",endpoint="/api/v1/tasks/:id",status="200"}',
    );
    expect(text).toContain('endpoint="unknown",status="404"');
    expect(text).not.toContain(id);
  });

  describe('events', () => {
    interface Stream {
      /** Resolves with all text so far once it contains `part`. */
      until: (part: string) => Promise<string>;
      ended: Promise<string>;
      close: () => void;
      headers: Record<string, unknown>;
    }

    const open = (path: string, headers: Record<string, string> = {}): Promise<Stream> =>
      new Promise((resolve, reject) => {
        const call = httpGet(`${api.url}${path}`, { headers }, (response) => {
          let text = '';
          const waiting: (() => void)[] = [];
          response.setEncoding('utf8').on('data', (chunk: string) => {
            text += chunk;
            for (const check of waiting) check();
          });
          response.on('error', () => undefined);
          const ended = new Promise<string>((done) => response.on('end', () => done(text)));
          const until = (part: string) =>
            new Promise<string>((done) => {
              const check = (): void => {
                if (text.includes(part)) done(text);
              };
              waiting.push(check);
              check();
            });
          resolve({ until, ended, close: () => call.destroy(), headers: response.headers });
        });
        call.on('error', reject);
      });
    const parse = (text: string) =>
      [...text.matchAll(/id: (\d+)\nevent: (.+)\ndata: (.+)\n\n/g)].map(([, id, event, data]) => ({
        id: Number(id),
        event,
        data: JSON.parse(data!),
      }));

    it('come live, in order, and end with the task', async () => {
      const { id, taskId } = await submit();
      const stream = await open(`${TASKS}/${taskId}/events`);
      expect(stream.headers['content-type']).toMatch(/^text\/event-stream/);
      expect(stream.headers['x-request-id']).toBeDefined();
      await stream.until('task.accepted');
      api.intake.happen(id, 'task.planning');
      await stream.until('task.planning');
      api.intake.happen(id, 'task.completed');
      expect(parse(await stream.ended)).toEqual(
        ['task.accepted', 'task.planning', 'task.completed'].map((type, index) => ({
          id: index + 1,
          event: type,
          data: { task_id: taskId, seq: index + 1, type, created_at: expect.any(String), data: { note: type } },
        })),
      );
    });

    it('resume after the event seen last; the header is newer than the address', async () => {
      const { id } = await submit();
      for (const type of ['task.planning', 'task.executing', 'task.failed'] as const) api.intake.happen(id, type);
      const ids = async (query: string, headers: Record<string, string> = {}) =>
        parse(await (await open(`${TASKS}/${id}/events${query}`, headers)).ended).map((event) => event.id);
      expect(await ids('')).toEqual([1, 2, 3, 4]);
      expect(await ids('?after=2')).toEqual([3, 4]);
      expect(await ids('?after=1', { 'Last-Event-ID': '3' })).toEqual([4]);
      const bad = await request(api.url).get(`${TASKS}/${id}/events`).set('Last-Event-ID', 'last');
      expect([bad.status, bad.body.detail[0].loc]).toEqual([422, ['header', 'last-event-id']]);
      expect((await request(api.url).get(`${TASKS}/${id}/events?after=-1`)).status).toBe(422);
    });

    it('are no longer watched when the reader has gone', async () => {
      const { id } = await submit();
      const stream = await open(`${TASKS}/${id}/events`);
      await stream.until('task.accepted');
      expect(api.intake.watching).toContain(id);
      const gone = new Promise<void>((resolve) => {
        const remove = api.intake.watching.delete.bind(api.intake.watching);
        api.intake.watching.delete = (key) => {
          resolve();
          return remove(key);
        };
      });
      stream.close();
      await gone;
    });

    it('end when the server stops', async () => {
      const { id } = await submit();
      const stream = await open(`${TASKS}/${id}/events`);
      await stream.until('task.accepted');
      const text = stream.ended;
      await api.app.close();
      expect(await text).toContain('task.accepted');
    });

    it('are not sent on HEAD', async () => {
      const { id } = await submit();
      const { status, headers } = await request(api.url).head(`${TASKS}/${id}/events`);
      expect([status, headers['content-type']]).toEqual([200, 'text/event-stream; charset=utf-8']);
      expect(api.intake.watching.size).toBe(0);
    });
  });
});
