import { embeddedColumn, type Column } from '../support/columns';
import { TestServer } from '../support/server';

interface Operation {
  method: string;
  path: string;
  isSecured: boolean;
}

/** The routes that ask nobody for a key. A route that is not meant to be among them must not get here unnoticed. */
const PUBLIC = [
  'GET /',
  'GET /health',
  'GET /metrics',
  'GET /ready',
  'GET /v1/health',
  'GET /v1/metrics',
  // What an arm says of itself.
  'GET /{arm_id}/capabilities',
  'GET /{arm_id}/health',
];

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** Every operation of the served document, so that a new route cannot be forgotten here. */
const operationsOf = (document: Record<string, unknown>): Operation[] =>
  Object.entries(document['paths'] as Record<string, Record<string, { security?: object[] }>>).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => METHODS.includes(method))
      .map(([method, { security = [] }]) => ({ method: method.toUpperCase(), path, isSecured: security.length > 0 })),
  );

describe('every route against every kind of key', () => {
  let column: Column;
  let server: TestServer;
  let operations: Operation[];
  const keys = { revoked: '', lister: '', reader: '' };

  const call = async (
    { method, path }: Operation,
    key?: string,
  ): Promise<{ status: number; type: string | null; body: Record<string, unknown> }> => {
    const response = await fetch(server.url + path.replaceAll(/\{[^}]+\}/g, 'x'), {
      method,
      headers: { ...(key !== undefined && { 'x-api-key': key }), 'x-request-id': 'matrix' },
    });
    const type = response.headers.get('content-type');
    return { status: response.status, type, body: JSON.parse(await response.text()) as Record<string, unknown> };
  };

  const newKey = async (admin: string, body: object): Promise<{ id: string; key: string }> => {
    const response = await fetch(`${server.url}/keys`, {
      method: 'POST',
      headers: { 'x-api-key': admin, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(201);
    return (await response.json()) as { id: string; key: string };
  };

  beforeAll(async () => {
    column = await embeddedColumn();
    // A first key can only be made by somebody who may: without keys everybody may.
    server = await TestServer.start(column, { AUTH_MODE: 'open' });
    const admin = (await newKey('', { name: 'root', type: 'admin' })).key;
    await server.stop();
    server = await TestServer.start(column, { AUTH_MODE: 'keys' });
    const revoked = await newKey(admin, { name: 'gone', type: 'live' });
    keys.revoked = revoked.key;
    keys.lister = (await newKey(admin, { name: 'lister', type: 'live', scopes: ['arm:list'] })).key;
    keys.reader = (await newKey(admin, { name: 'reader', type: 'live', scopes: ['memory:read'] })).key;
    await fetch(`${server.url}/keys/${revoked.id}`, { method: 'DELETE', headers: { 'x-api-key': admin } });
    const document = await fetch(`${server.url}/openapi.json`);
    operations = operationsOf((await document.json()) as Record<string, unknown>);
  });
  afterAll(async () => {
    await server.stop();
    await column.dispose();
  });

  const isUnion = (body: Record<string, unknown>): void => {
    expect(body).toMatchObject({
      message: expect.any(String) as string,
      code: expect.any(String) as string,
      details: expect.any(Object) as object,
      request_id: 'matrix',
      timestamp: expect.stringMatching(/Z$/) as string,
    });
    expect(['string', 'object']).toContain(typeof body['error']);
  };

  it('the document has all routes, and those that are public are meant to be', () => {
    expect(operations.length).toBeGreaterThan(40);
    const open = operations.filter(({ isSecured }) => !isSecured).map(({ method, path }) => `${method} ${path}`);
    expect(open.sort()).toEqual(PUBLIC);
  });

  it('no key and a revoked one: 401', async () => {
    const kinds: [string | undefined, string][] = [
      [undefined, 'missing_auth'],
      [keys.revoked, 'invalid_api_key'],
    ];
    for (const operation of operations.filter(({ isSecured }) => isSecured)) {
      for (const [key, code] of kinds) {
        const { status, type, body } = await call(operation, key);
        expect({ operation, status, code: body['code'] }).toEqual({ operation, status: 401, code });
        expect(type).toContain('application/json');
        isUnion(body);
      }
    }
  });

  it('a key without the scope: 403 that names the scope', async () => {
    for (const operation of operations.filter(({ isSecured }) => isSecured)) {
      const first = await call(operation, keys.lister);
      // Of two keys with one scope each at least one lacks what the route needs.
      const { status, body } = first.status === 403 ? first : await call(operation, keys.reader);
      expect({ operation, status, code: body['code'] }).toEqual({
        operation,
        status: 403,
        code: 'insufficient_permissions',
      });
      expect(body['details']).toMatchObject({
        required_scope: expect.any(String) as string,
        provided_scopes: expect.any(Array) as string[],
      });
      isUnion(body);
    }
  });

  it('a wrong key: 401 on every route', async () => {
    for (const operation of operations.filter(({ isSecured }) => isSecured)) {
      const { status, body } = await call(operation, 'octollm_live_0000000000000000000000000000000000000000');
      expect({ operation, status, code: body['code'] }).toEqual({ operation, status: 401, code: 'invalid_api_key' });
      isUnion(body);
    }
  });
});
