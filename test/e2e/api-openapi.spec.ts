import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import request from 'supertest';
import { version } from '../../package.json';
import { type ApiFixture, newRecord, startApi } from './api-fixture';

interface Operation {
  operationId: string;
  summary: string;
  tags: string[];
  requestBody?: { content: Record<string, { schema: object; examples?: Record<string, { value: object }> }> };
  responses: Record<string, { content?: Record<string, { schema: { $ref?: string } }> }>;
}

describe('the documentation', () => {
  let api: ApiFixture;
  let document: {
    openapi: string;
    info: { version: string };
    tags: { name: string }[];
    paths: Record<string, Record<string, Operation>>;
    components: { schemas: Record<string, object> };
  };
  const ajv = addFormats(new Ajv({ strict: false }));

  beforeAll(async () => {
    api = await startApi();
    document = (await request(api.url).get('/openapi.json').expect(200)).body;
    ajv.addSchema({ $id: 'openapi', components: document.components });
  });
  afterAll(() => api.app.close());

  const operations = (): [string, string, Operation][] =>
    Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]): [string, string, Operation] => [method, path, operation]),
    );
  const matches = (schema: string, value: unknown): void => {
    const valid = ajv.validate(`openapi#/components/schemas/${schema}`, value);
    expect({ valid, errors: ajv.errors }).toEqual({ valid: true, errors: null });
  };

  it('is an OpenAPI 3 document of this version that knows every route', () => {
    expect(document.openapi).toMatch(/^3\.0\./);
    expect(document.info.version).toBe(version);
    expect(
      operations()
        .map(([method, path]) => `${method} ${path}`)
        .sort(),
    ).toEqual([
      'delete /api/v1/tasks/{id}',
      'get /',
      'get /api/v1/tasks',
      'get /api/v1/tasks/{id}',
      'get /api/v1/tasks/{id}/events',
      'get /health',
      'get /metrics',
      'get /ready',
      'post /api/v1/documents',
      'post /api/v1/tasks',
      'post /api/v1/tasks/{id}/cancel',
    ]);
  });

  it('refers only to what it contains', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(
      ([, name]) => name,
    );
    expect(Object.keys(document.components.schemas)).toEqual(expect.arrayContaining(references));
    for (const name of Object.keys(document.components.schemas)) {
      expect(() => ajv.compile({ $ref: `openapi#/components/schemas/${name}` })).not.toThrow();
    }
  });

  it('describes every operation, its success and its errors', () => {
    const ids = operations().map(([, , { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, path, operation] of operations()) {
      expect(operation.summary).not.toBe('');
      expect(document.tags.map(({ name }) => name)).toEqual(expect.arrayContaining(operation.tags));
      expect(Object.keys(operation.responses).some((status) => status.startsWith('2'))).toBe(true);
      if (!path.startsWith('/api/')) continue;
      for (const [status, { content }] of Object.entries(operation.responses)) {
        if (Number(status) < 400) continue;
        expect(content?.['application/json']?.schema.$ref).toBe('#/components/schemas/ErrorDto');
      }
    }
  });

  it('has examples that work when pressed', async () => {
    let pressed = 0;
    for (const [method, path, { requestBody }] of operations()) {
      for (const { value } of Object.values(requestBody?.content['application/json']?.examples ?? {})) {
        expect(method).toBe('post');
        const { status } = await request(api.url).post(path).send(value);
        expect([path, status < 300]).toEqual([path, true]);
        const schema = path.endsWith('documents') ? 'IngestDocumentsDto' : 'SubmitTaskDto';
        matches(schema, value);
        pressed += 1;
      }
    }
    expect(pressed).toBeGreaterThanOrEqual(4);
  });

  it('describes the answers as they are', async () => {
    const goal = 'Write a Python function to calculate fibonacci numbers';
    const submitted = await request(api.url).post('/api/v1/tasks').send({ goal });
    matches('SubmittedTaskDto', submitted.body);
    const draft = api.intake.tasks[0]!.draft;
    const ended = newRecord(draft, {
      status: 'completed',
      stage: 'integrate',
      stepsCompleted: 3,
      stepsTotal: 3,
      planId: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
      plan: {
        steps: [
          {
            step: 1,
            action: 'a',
            requiredArm: 'coder',
            acceptanceCriteria: ['x'],
            dependsOn: [],
            estimatedDurationSeconds: 3,
          },
          {
            step: 2,
            action: 'b',
            requiredArm: 'judge',
            acceptanceCriteria: ['y'],
            dependsOn: [1],
            estimatedDurationSeconds: 2,
          },
        ],
        rationale: 'short',
        confidence: 0.8,
        complexityScore: 0.2,
        source: 'rules',
      },
      result: {
        output: 'code',
        confidence: 0.9,
        validation_passed: true,
        model: 'demonstration',
        warnings: [],
        citations: [],
        criteria: [{ criterion: 'x', state: 'passed', explanation: 'y' }],
        findings: [],
        repair_rounds: 0,
        steps_executed: 3,
        lineage: [],
      },
      confidence: 0.9,
      startedAt: new Date(),
      completedAt: new Date(),
    });
    api.intake.tasks.unshift(ended);
    for (const id of [submitted.body.task_id, ended.id]) {
      matches('TaskDto', (await request(api.url).get(`/api/v1/tasks/${id}`)).body);
    }
    matches('TaskListDto', (await request(api.url).get('/api/v1/tasks')).body);
    matches('TaskDto', (await request(api.url).delete(`/api/v1/tasks/${submitted.body.task_id}`)).body);
    for (const path of ['/api/v1/tasks/none', '/none', '/api/v1/tasks?limit=0']) {
      matches('ErrorDto', (await request(api.url).get(path)).body);
    }
    matches('HealthDto', (await request(api.url).get('/health')).body);
    matches('ReadyDto', (await request(api.url).get('/ready')).body);
    matches('RootDto', (await request(api.url).get('/')).body);
  });

  it('is shown at /docs from files of this server alone', async () => {
    for (const path of ['/docs', '/docs/']) {
      const page = await request(api.url).get(path).expect(200);
      expect(page.headers['content-type']).toMatch(/^text\/html/);
      const links = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link!);
      expect(links.length).toBeGreaterThan(3);
      for (const link of links) {
        expect(link).toMatch(/^\/docs\//);
        const file = await request(api.url).get(link).expect(200);
        expect(file.headers['content-type']).toMatch(/css|javascript|png/);
      }
    }
    expect((await request(api.url).get('/docs/swagger-initializer.js')).text).toContain("'/openapi.json'");
    for (const name of ['package.json', 'constructor', '..%2fpackage.json']) {
      await request(api.url).get(`/docs/${name}`).expect(404);
    }
  });
});
