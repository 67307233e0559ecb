import { createConfig, lintFromString } from '@redocly/openapi-core';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import request from 'supertest';
import { type Column, embeddedColumn } from '../support/columns';
import { TestServer } from '../support/server';
import { version } from '../../package.json';

interface Operation {
  operationId: string;
  summary: string;
  tags: string[];
  requestBody?: { content: Record<string, { schema: object; examples?: Record<string, { value: object }> }> };
  security: object[];
  responses: Record<string, { content?: Record<string, { schema: { $ref?: string } }> }>;
}

/** Parameters go by any name. */
const ROUTES = `
  GET / | GET /health | GET /ready | GET /metrics | GET /debug/stats
  POST /tasks | POST /v1/tasks | GET /tasks/{} | DELETE /tasks/{} | POST /submit
  POST /api/v1/tasks | GET /api/v1/tasks | GET /api/v1/tasks/{} | DELETE /api/v1/tasks/{}
  POST /api/v1/tasks/{}/cancel | GET /api/v1/tasks/{}/events | GET /stream/tasks/{}
  POST /v1/task | GET /v1/task/{} | POST /v1/task/{}/cancel
  GET /arms | GET /capabilities | POST /arms/register | POST /api/v1/arms/register | POST /registry/arms | DELETE /arms/{}
  POST /process | POST /preprocess | POST /v1/preprocess | GET /cache/stats | POST /cache/clear | GET /v1/cache/{}
  POST /v1/filter/pii | POST /reflex | POST /api/v1/reflex/process
  POST /plan | POST /api/v1/plan | POST /search | POST /code | POST /validate | POST /check
  POST /execute | POST /api/v1/execute | GET /sandbox/{}/status
  POST /keys | GET /keys | DELETE /keys/{} | POST /verify-token | GET /v1/health | GET /v1/metrics
  POST /api/v1/documents`
  .split(/[|\n]/)
  .map((route) => route.trim())
  .filter((route) => route !== '');

describe('the documentation', () => {
  let column: Column;
  let server: TestServer;
  let document: {
    openapi: string;
    info: { version: string };
    tags: { name: string }[];
    paths: Record<string, Record<string, Operation>>;
    components: { schemas: Record<string, object>; securitySchemes: Record<string, object> };
  };
  const ajv = addFormats(new Ajv({ strict: false }));

  beforeAll(async () => {
    column = await embeddedColumn();
    server = await TestServer.start(column);
    document = (await request(server.url).get('/openapi.json').expect(200)).body;
    ajv.addSchema({ $id: 'openapi', components: document.components });
  });
  afterAll(async () => {
    await server.stop();
    await column.dispose();
  });

  const operations = (): [string, string, Operation][] =>
    Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]): [string, string, Operation] => [method, path, operation]),
    );
  it('is an OpenAPI 3 document of this version that knows every route of every client', () => {
    expect(document.openapi).toMatch(/^3\.0\./);
    expect(document.info.version).toBe(version);
    const known = operations().map(([method, path]) => `${method.toUpperCase()} ${path.replace(/\{\w+\}/g, '{}')}`);
    expect(ROUTES.filter((route) => !known.includes(route))).toEqual([]);
  });

  it('keeps the recommended rules for such documents', async () => {
    const config = await createConfig({ extends: ['recommended'] });
    const problems = await lintFromString({ source: JSON.stringify(document), config });
    const told = problems.map(
      ({ ruleId, message, location: [where] }) => `${ruleId}: ${message} ${where?.pointer ?? ''}`,
    );
    // Upstream's own addresses: `/arms/register` beside `/arms/{arm_id}` and the like are told apart by what is fixed in them.
    expect(told.filter((problem) => !problem.startsWith('no-ambiguous-paths'))).toEqual([]);
  });

  it('asks for a key or a token where one is needed, and says what comes without', () => {
    const { ApiKeyAuth, BearerAuth } = document.components.securitySchemes;
    expect(ApiKeyAuth).toMatchObject({ type: 'apiKey', in: 'header', name: 'X-API-Key' });
    expect(BearerAuth).toMatchObject({ type: 'http', scheme: 'bearer' });
    const open = operations().filter(([, , { security }]) => security.length === 0);
    expect(open.map(([method, path]) => `${method} ${path}`).sort()).toEqual([
      'get /',
      'get /health',
      'get /metrics',
      'get /ready',
      'get /v1/health',
      'get /v1/metrics',
      'get /{arm_id}/capabilities',
      'get /{arm_id}/health',
    ]);
    for (const [, , { security, responses }] of operations()) {
      if (security.length === 0) continue;
      expect(security).toEqual(expect.arrayContaining([{ ApiKeyAuth: [] }, { BearerAuth: [] }]));
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['401', '403', '429', 'default']));
    }
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
      const content = requestBody?.content['application/json'];
      for (const { value } of Object.values(content?.examples ?? {})) {
        expect(method).toBe('post');
        const valid = ajv.validate({ ...content?.schema, components: document.components }, value);
        expect([path, valid, ajv.errors]).toEqual([path, true, null]);
        if (path.includes('{')) continue;
        const { status, body } = await server.request('POST', path, value);
        expect([path, value, status < 300 ? 'works' : body]).toEqual([path, value, 'works']);
        pressed += 1;
      }
    }
    expect(pressed).toBeGreaterThanOrEqual(20);
  });

  it('describes the answers as they are', async () => {
    const goal = 'Write a Python function to calculate fibonacci numbers';
    // Each answer is held against the document as it comes.
    const { task_id: id } = await server.complete({ goal });
    const uuid = id.replace('task-', '');
    for (const path of [`/api/v1/tasks/${id}`, `/tasks/${uuid}`, `/v1/task/${id}`, '/api/v1/tasks']) {
      expect((await server.request('GET', path)).status).toBe(200);
    }
    for (const path of ['/api/v1/tasks/none', '/none', '/api/v1/tasks?limit=0']) {
      expect((await server.request('GET', path)).status).toBeGreaterThanOrEqual(400);
    }
  });

  it('is shown at /docs from files of this server alone', async () => {
    for (const path of ['/docs', '/docs/']) {
      const page = await request(server.url).get(path).expect(200);
      expect(page.headers['content-type']).toMatch(/^text\/html/);
      const links = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link!);
      expect(links.length).toBeGreaterThan(3);
      for (const link of links) {
        expect(link).toMatch(/^\/docs\//);
        const file = await request(server.url).get(link).expect(200);
        expect(file.headers['content-type']).toMatch(/css|javascript|png/);
      }
    }
    expect((await request(server.url).get('/docs/swagger-initializer.js')).text).toContain("'/openapi.json'");
    for (const name of ['package.json', 'constructor', '..%2fpackage.json']) {
      await request(server.url).get(`/docs/${name}`).expect(404);
    }
  });
});
