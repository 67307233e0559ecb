import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sign } from 'jsonwebtoken';
import { AccessLog } from '../../src/access/access-log.repository';
import { ApiKeyRepository } from '../../src/access/api-key.repository';
import { ApiKeys } from '../../src/access/api-keys.service';
import { CapabilityTokens } from '../../src/access/capability-tokens.port';
import { Secret } from '../../src/common/secret.service';
import { Doorkeeper } from '../../src/api/http/doorkeeper.service';
import { Clock } from '../../src/common/clock';
import { Database } from '../../src/drivers/database/database.service';
import { ChildServer } from '../support/child-server';
import { type Column, embeddedColumn } from '../support/columns';
import { TestServer, eventually } from '../support/server';

const KEY = /octollm_(test|live|admin)_[A-Za-z0-9]{32,}/g;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const NO_GOAL = {};

/** How long a key lives. */
const daysOf = ({ created_at, expires_at }: Body): number =>
  (Date.parse(expires_at) - Date.parse(created_at)) / 86_400_000;

/** Fields of the answers read here; each answer has some of them. */
interface Body {
  id: string;
  key: string;
  token: string;
  name: string;
  type: string;
  prefix: string;
  status: string;
  code: string;
  message: string;
  error: unknown;
  details: Record<string, unknown>;
  created_at: string;
  expires_at: string;
  previous_expires_at: string;
  last_used_at?: string;
  keys: Body[];
  tokens: Body[];
}

interface Answer {
  status: number;
  headers: Headers;
  body: Body;
}

const call = async (
  base: string,
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: unknown,
): Promise<Answer> => {
  const response = await fetch(`${base}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(text) : { text }) as Body };
};

/** The same, held against the document; the second address of the keys is not in it. */
const checked = async (
  server: TestServer,
  method: string,
  path: string,
  headers?: Record<string, string>,
  body?: unknown,
): Promise<Answer> => {
  const answer = await call(server.url, method, path, headers, body);
  const isDocumented = !('text' in answer.body) && !path.startsWith('/api/v1/keys');
  if (isDocumented) server.checkAnswer(method, path, { status: answer.status, body: { ...answer.body } });
  return answer;
};

/** Starts a server and keeps what it prints beside its log. */
const startPrinting = async (
  column: Column,
  variables: Record<string, string>,
): Promise<{ server: TestServer; printed: string }> => {
  let printed = '';
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    printed += String(chunk);
    return true;
  });
  try {
    return { server: await TestServer.start(column, variables), printed };
  } finally {
    write.mockRestore();
  }
};

describe('a server that demands keys', () => {
  let column: Column;
  let server: TestServer;
  let printed: string;
  let admin: string;

  beforeAll(async () => {
    column = await embeddedColumn();
    ({ server, printed } = await startPrinting(column, { AUTH_MODE: 'keys' }));
    admin = printed.match(KEY)?.[0] ?? '';
  });
  afterAll(async () => {
    await server.stop();
    await column.dispose();
  });

  const send = (method: string, path: string, headers: Record<string, string> = {}, body?: unknown): Promise<Answer> =>
    checked(server, method, path, headers, body);
  const asAdmin = (method: string, path: string, body?: unknown): Promise<Answer> =>
    send(method, path, { 'x-api-key': admin }, body);
  const makeKey = async (request: Record<string, unknown>): Promise<Body> => {
    const { status, body } = await asAdmin('POST', '/keys', { name: 'a key', ...request });
    if (status !== 201) throw new Error(JSON.stringify(body));
    return body;
  };
  const statusWith = async (headers: Record<string, string>, path = '/api/v1/tasks'): Promise<number> =>
    (await send('GET', path, headers)).status;

  it('prints an admin key in three plain lines at its first start', () => {
    expect(printed).toMatch(/^[^{\n]+\n {2}octollm_admin_[A-Za-z0-9]{40}\n[^{\n]+\n$/);
    expect(printed).toContain('shown this once');
  });

  it('lets anybody see what is public, and finds no route where there is none', async () => {
    const open = [
      '/health',
      '/ready',
      '/metrics',
      '/',
      '/docs',
      '/openapi.json',
      '/coder/health',
      '/coder/capabilities',
      '/reflex/capabilities',
    ];
    for (const path of open) expect([path, await statusWith({}, path)]).toEqual([path, 200]);
    const unknown = await send('GET', '/none');
    expect([unknown.status, unknown.body.code]).toEqual([404, 'endpoint_not_found']);
  });

  it('asks for a key everywhere else', async () => {
    const { status, headers, body } = await send('POST', '/api/v1/tasks', {}, { goal: 'Reverse a string in Python' });
    expect([status, headers.get('www-authenticate')]).toEqual([401, expect.stringMatching(/^Bearer/)]);
    expect(body).toMatchObject({
      code: 'missing_auth',
      category: 'authentication',
      message: expect.stringContaining('X-API-Key'),
      details: {},
      request_id: headers.get('x-request-id'),
    });
    for (const path of ['/api/v1/tasks', '/keys', '/tokens', '/api/v1/keys', '/capabilities', '/arms'])
      expect(await statusWith({}, path)).toBe(401);
    expect((await send('POST', '/api/v1/documents', {}, {})).status).toBe(401);
  });

  it('takes a key by either header, and by both when one of them is good', async () => {
    const { key } = await makeKey({ type: 'live' });
    const wrong = 'octollm_live_wrong';
    const good = [
      { 'x-api-key': key },
      { authorization: `Bearer ${key}` },
      { authorization: `bearer ${key}` },
      { 'x-api-key': key, authorization: `Bearer ${key}` },
      { 'x-api-key': key, authorization: `Bearer ${wrong}` },
      { 'x-api-key': wrong, authorization: `Bearer ${key}` },
      { 'x-api-key': '', authorization: `Bearer ${key}` },
    ];
    for (const headers of good) expect([headers, await statusWith(headers)]).toEqual([headers, 200]);
  });

  it.each([
    ['x-api-key', 'octollm_live_0000000000000000000000000000000000000000', 'invalid_api_key'],
    ['authorization', 'Bearer sk-your-api-key-here', 'invalid_api_key'],
    ['authorization', 'Bearer tok_abc', 'invalid_api_key'],
    ['authorization', 'Basic dXNlcjpwYXNz', 'missing_auth'],
    ['authorization', 'Bearer', 'missing_auth'],
  ])('answers %s: %s with 401 %s', async (name, value, code) => {
    const { status, headers, body } = await send('GET', '/api/v1/tasks', { [name]: value });
    expect([status, body.code, body.error]).toEqual([401, code, body.message]);
    expect(headers.get('www-authenticate')).toMatch(/^Bearer/);
  });

  it('counts the wider scopes of two keys', async () => {
    const narrow = await makeKey({ scopes: ['task:read'] });
    const wide = await makeKey({});
    const submit = (headers: Record<string, string>): Promise<Answer> =>
      send('POST', '/api/v1/tasks', headers, NO_GOAL);
    expect((await submit({ 'x-api-key': narrow.key })).status).toBe(403);
    for (const [a, b] of [
      [narrow, wide],
      [wide, narrow],
    ]) {
      expect((await submit({ 'x-api-key': a!.key, authorization: `Bearer ${b!.key}` })).status).toBe(422);
    }
  });

  it('answers a key without the scope with 403 and says which it takes', async () => {
    const { key } = await makeKey({ scopes: ['task:read', 'arm:list'] });
    const { status, body } = await send('POST', '/api/v1/documents', { 'x-api-key': key }, {});
    expect(status).toBe(403);
    expect(body).toMatchObject({
      code: 'insufficient_permissions',
      category: 'authorization',
      message: expect.stringContaining('memory:write'),
      details: { required_scope: 'memory:write', provided_scopes: ['task:read', 'arm:list'] },
    });
    expect(await statusWith({ 'x-api-key': key })).toBe(200);
  });

  it('lets no key but an administrator’s manage keys', async () => {
    const { key } = await makeKey({ type: 'live' });
    const refused = await send('POST', '/keys', { 'x-api-key': key }, { name: 'mine', type: 'admin' });
    expect([refused.status, refused.body.details['required_scope']]).toEqual([403, 'admin']);
    for (const path of ['/keys', '/tokens', '/api/v1/keys'])
      expect(await statusWith({ 'x-api-key': key }, path)).toBe(403);
    const second = await makeKey({ type: 'admin' });
    expect(await statusWith({ 'x-api-key': second.key }, '/keys')).toBe(200);
  });

  describe('keys', () => {
    it('are shown once, with all there is to know', async () => {
      const { status, body } = await asAdmin('POST', '/keys', { name: 'ci', type: 'test', expires_in_days: 30 });
      expect(status).toBe(201);
      expect(body).toEqual({
        id: expect.stringMatching(UUID),
        name: 'ci',
        type: 'test',
        key: expect.stringMatching(/^octollm_test_[A-Za-z0-9]{40}$/),
        prefix: body.key.slice(0, 17),
        status: 'active',
        scopes: [
          'task:submit',
          'task:read',
          'task:cancel',
          'arm:list',
          'arm:register',
          'memory:read',
          'memory:write',
          'sandbox:execute',
        ],
        created_at: expect.stringMatching(/Z$/),
        expires_at: expect.stringMatching(/Z$/),
      });
      expect(daysOf(body)).toBeCloseTo(30, 5);
      const shown: Partial<Body> = { ...body };
      delete shown.key;
      expect((await asAdmin('GET', `/keys/${body.id}`)).body).toEqual(shown);
      const { body: list } = await asAdmin('GET', '/keys');
      expect(list.keys[0]).toEqual(shown);
      expect(JSON.stringify(list)).not.toContain(body.key.slice(0, 20));
    });

    it('are to be had under both addresses, with the errors of each', async () => {
      expect((await asAdmin('POST', '/api/v1/keys', { name: 'guide', type: 'live' })).status).toBe(201);
      expect((await asAdmin('POST', '/api/v1/keys', { type: 'live' })).status).toBe(422);
      expect((await asAdmin('POST', '/keys', { type: 'live' })).status).toBe(400);
    });

    it.each([
      [{ type: 'root' }, 'type'],
      [{ scopes: ['everything'] }, 'scopes'],
      [{ scopes: [] }, 'scopes'],
      [{ scopes: ['admin'] }, 'scopes'],
      [{ type: 'admin', scopes: ['task:read'] }, 'scopes'],
      [{ expires_in_days: 0 }, 'expires_in_days'],
      [{ expires_at: '2020-01-01T00:00:00Z' }, 'expires_at'],
      [{ expires_at: '2099-01-01T00:00:00Z', expires_in_days: 1 }, 'expires_at'],
      [{ key: 'too-short' }, 'key'],
      [{ key: 'has a blank in the middle of it' }, 'key'],
      [{ key: 'tok_abcdefghijklmnopqrstuvwxyz' }, 'key'],
      [{ key: `octollm_admin_${'a'.repeat(32)}`, type: 'live' }, 'type'],
      [{ owner: 'me' }, 'owner'],
    ])('are not made of %j', async (request, field) => {
      const { status, body } = await asAdmin('POST', '/keys', { name: 'bad', ...request });
      expect([status, body.code, body.details['field']]).toEqual([400, 'validation_error', field]);
    });

    it('may be of any form the operator likes, but not twice', async () => {
      const own = `sk-our-own-${Date.now()}-0123456789`;
      const made = await makeKey({ key: own });
      expect([made.key, made.prefix]).toEqual([own, 'sk-our']);
      expect(await statusWith({ authorization: `Bearer ${own}` })).toBe(200);
      const again = await asAdmin('POST', '/keys', { name: 'again', key: own });
      expect([again.status, again.body.code]).toEqual([400, 'invalid_operation']);
    });

    it('end at once when they are revoked, for good', async () => {
      const { id, key } = await makeKey({});
      expect(await statusWith({ 'x-api-key': key })).toBe(200);
      const revoked = await asAdmin('DELETE', `/keys/${id}`);
      expect([revoked.status, revoked.body.status]).toEqual([200, 'revoked']);
      const refused = await send('GET', '/api/v1/tasks', { 'x-api-key': key });
      expect([refused.status, refused.body.code]).toEqual([401, 'invalid_api_key']);
      expect((await asAdmin('DELETE', `/keys/${id}`)).body).toEqual(revoked.body);
      expect((await asAdmin('POST', `/keys/${id}/rotate`)).body.code).toBe('invalid_operation');
    });

    it('end within five seconds for another process too', async () => {
      const { id, key } = await makeKey({});
      const other = new ApiKeys(server.get(ApiKeyRepository), server.get(Secret), server.get(AccessLog), new Clock());
      const since = Date.now();
      await other.recognise(key);
      await asAdmin('DELETE', `/keys/${id}`);
      // A look that began before its time was up proves nothing, however late it ends.
      await eventually('the other process refuses', () => {
        const isTime = Date.now() - since > 5_000;
        return other.recognise(key).then(
          () => (isTime ? Promise.reject(new Error('still accepted after five seconds')) : undefined),
          () => true,
        );
      });
    });

    it('end when their time has come', async () => {
      const end = Date.now() + 5_000;
      const { key } = await makeKey({ expires_at: new Date(end).toISOString() });
      expect(await statusWith({ 'x-api-key': key })).toBe(200);
      await sleep(end + 50 - Date.now());
      const { status, body } = await send('GET', '/api/v1/tasks', { 'x-api-key': key });
      expect([status, body.code]).toEqual([401, 'expired_token']);
    });

    it('are replaced with a grace, or at once', async () => {
      const old = await makeKey({ scopes: ['task:read'], type: 'test', expires_in_days: 90 });
      const { status, body } = await asAdmin('POST', `/keys/${old.id}/rotate`, { grace_hours: 1 });
      expect(status).toBe(201);
      expect(body).toMatchObject({ name: 'a key', type: 'test', scopes: ['task:read'], replaces: old.id });
      expect(body.key).not.toBe(old.key);
      expect(daysOf(body)).toBeCloseTo(90, 5);
      const graceMs = Date.parse(body.previous_expires_at) - Date.parse(body.created_at);
      expect(graceMs / 3_600_000).toBeCloseTo(1, 2);
      for (const key of [old.key, body.key]) expect(await statusWith({ 'x-api-key': key })).toBe(200);
      const next = await asAdmin('POST', `/keys/${body.id}/rotate`, { grace_hours: 0 });
      expect(await statusWith({ 'x-api-key': next.body.key })).toBe(200);
      expect((await send('GET', '/api/v1/tasks', { 'x-api-key': body.key })).body.code).toBe('expired_token');
      expect((await asAdmin('POST', `/keys/${next.body.id}/rotate`, { grace_hours: 25 })).status).toBe(400);
      expect((await asAdmin('POST', `/keys/${next.body.id}/rotate`)).status).toBe(201);
    });

    it('are 404 under an id that names none', async () => {
      for (const id of ['none', '00000000-0000-4000-8000-000000000000']) {
        for (const [method, path] of [
          ['GET', `/keys/${id}`],
          ['DELETE', `/keys/${id}`],
          ['POST', `/keys/${id}/rotate`],
        ]) {
          const { status, body } = await asAdmin(method!, path!);
          expect([method, status, body.code]).toEqual([method, 404, 'resource_not_found']);
        }
      }
    });

    it('tell when they were last used', async () => {
      const { id, key } = await makeKey({});
      await statusWith({ 'x-api-key': key });
      const used = await eventually('the use is noted', async () => {
        const { body } = await asAdmin('GET', `/keys/${id}`);
        return body.last_used_at;
      });
      expect(Math.abs(Date.now() - Date.parse(used))).toBeLessThan(60_000);
    });

    it('are nowhere in the database as they are', async () => {
      const own = `an-operators-own-${Date.now()}-key`;
      const made = [await makeKey({}), await makeKey({ key: own })];
      const repeated = await send(
        'POST',
        '/keys',
        { 'x-api-key': admin, 'idempotency-key': 'k1', 'x-request-id': 'r1' },
        { name: 'repeated' },
      );
      const secrets = [admin, ...made.map(({ key }) => key), repeated.body.key];
      const database = server.get(Database);
      for (const table of ['api_keys', 'capability_grants', 'action_log', 'answered_requests', 'events']) {
        const rows = await database.query<{ row: string }>(`SELECT t::text AS row FROM ${table} t`);
        for (const secret of secrets) expect(rows.filter(({ row }) => row.includes(secret))).toEqual([]);
      }
      const hashes = await database.query<{ hash: string }>('SELECT hash FROM api_keys');
      expect(hashes.length).toBeGreaterThan(3);
      for (const { hash } of hashes) expect(hash).toMatch(/^[0-9a-f]{64}$/);
    });
  });

  describe('capability tokens', () => {
    const issue = async (request: Record<string, unknown> = {}): Promise<Body> => {
      const { status, body } = await asAdmin('POST', '/tokens', {
        arm_id: 'executor',
        capabilities: ['execute_command'],
        ...request,
      });
      if (status !== 201) throw new Error(JSON.stringify(body));
      return body;
    };
    const verify = async (token: string): Promise<Body> => (await asAdmin('POST', '/verify-token', { token })).body;
    const check = (token: string, arm = 'executor'): Promise<unknown> => server.get(CapabilityTokens).check(token, arm);

    it('are issued, looked at, used, listed and revoked', async () => {
      const constrained = { action: 'execute_command', resource: '*', constraints: { command: ['ls'] } };
      const body = await issue({
        capabilities: ['ShellRead', constrained],
        metadata: { purpose: 'logs', task_id: 't1' },
      });
      expect(body).toEqual({
        id: expect.stringMatching(UUID),
        kind: 'opaque',
        token: expect.stringMatching(/^tok_[A-Za-z0-9]{40}$/),
        arm_id: 'executor',
        capabilities: ['ShellRead', constrained],
        metadata: { purpose: 'logs', task_id: 't1', issued_by: 'first admin key' },
        status: 'active',
        created_at: expect.stringMatching(/Z$/),
        expires_at: expect.stringMatching(/Z$/),
      });
      expect(Date.parse(body.expires_at) - Date.parse(body.created_at)).toBe(300_000);
      expect(await verify(body.token)).toEqual({
        valid: true,
        arm_id: 'executor',
        capabilities: ['ShellRead', constrained],
        expires_at: body.expires_at,
      });
      expect(await check(body.token)).toMatchObject({ id: body.id, armId: 'executor' });
      await expect(check(body.token, 'coder')).rejects.toMatchObject({ code: 'capability_denied' });
      const { body: list } = await asAdmin('GET', '/tokens');
      expect(list.tokens[0]).toMatchObject({ id: body.id, status: 'active', last_used_at: expect.any(String) });
      expect(JSON.stringify(list)).not.toContain(body.token);
      const revoked = await asAdmin('DELETE', `/tokens/${body.id}`);
      expect([revoked.status, revoked.body.status]).toEqual([200, 'revoked']);
      await expect(check(body.token)).rejects.toMatchObject({ code: 'expired_token' });
      expect(await verify(body.token)).toMatchObject({ valid: false, reason: expect.stringContaining('revoked') });
      const log = await server
        .get(Database)
        .query<{ row: string; action_type: string; arm_id: string; task_id: string }>(
          `SELECT l::text AS row, * FROM action_log l WHERE action_details->>'grant_id' = $1 ORDER BY timestamp`,
          [body.id],
        );
      expect(log.map(({ action_type, arm_id, task_id }) => [action_type, arm_id, task_id])).toEqual([
        ['grant_issued', 'executor', 't1'],
        ['grant_used', 'executor', 't1'],
        ['grant_denied', 'coder', 't1'],
        ['grant_revoked', 'executor', 't1'],
        ['grant_denied', 'executor', 't1'],
      ]);
      expect(log.filter(({ row }) => row.includes(body.token))).toEqual([]);
    });

    it('deny what their constraints do not cover, and say so in the log', async () => {
      const tokens = server.get(CapabilityTokens);
      const { token, id } = await issue({
        capabilities: [{ action: 'execute_command', constraints: { command: ['ls'] } }],
      });
      const grant = await tokens.check(token, 'executor');
      await tokens.demand(grant, { action: 'execute_command', values: { command: 'ls' } });
      await expect(
        tokens.demand(grant, { action: 'execute_command', values: { command: 'rm' } }),
      ).rejects.toMatchObject({ code: 'capability_denied' });
      const denials = await server
        .get(Database)
        .query(`SELECT 1 FROM action_log WHERE action_type = 'grant_denied' AND action_details->>'grant_id' = $1`, [
          id,
        ]);
      expect(denials).toHaveLength(1);
    });

    it('as a JWT carry the claims and open their arm’s own routes only', async () => {
      const { token, id } = await issue({ kind: 'jwt', lifetime_seconds: 600 });
      const [header, claims] = token
        .split('.')
        .slice(0, 2)
        .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()) as unknown);
      expect(header).toEqual({ alg: 'HS256', typ: 'JWT' });
      expect(claims).toEqual({
        iss: 'octollm-orchestrator',
        sub: 'executor',
        iat: expect.any(Number),
        exp: (claims as { iat: number }).iat + 600,
        jti: id,
        capabilities: ['execute_command'],
        rate_limits: { requests_per_minute: 10, tokens_per_day: 100_000, cost_per_day: 10 },
        metadata: { issued_by: 'first admin key' },
      });
      const bearer = { authorization: `Bearer ${token}` };
      const caller = await server.get(Doorkeeper).identify(bearer, '127.0.0.1');
      expect(caller).toMatchObject({
        holder: `grant:${id}`,
        scopes: ['sandbox:execute'],
        grant: { armId: 'executor' },
      });
      expect(await statusWith(bearer)).toBe(403);
      expect(await statusWith(bearer, '/keys')).toBe(403);
      const writer = await issue({ kind: 'jwt', arm_id: 'coder', capabilities: ['code_generate'] });
      const submit = await send('POST', '/api/v1/tasks', { authorization: `Bearer ${writer.token}` }, { goal: 'x y' });
      expect([submit.status, submit.body.code]).toEqual([403, 'capability_denied']);
      await asAdmin('DELETE', `/tokens/${id}`);
      expect((await send('GET', '/api/v1/tasks', bearer)).body.code).toBe('expired_token');
    });

    it('do not reach another arm through /execute, which every arm takes', async () => {
      const capabilities = ['execute_command', 'database_read', 'code_generate'];
      const executor = await issue({ kind: 'jwt', capabilities });
      const coder = await issue({ kind: 'jwt', arm_id: 'coder', capabilities });
      const answers = [
        await send('POST', '/execute', { authorization: `Bearer ${executor.token}` }, { query: 'secrets' }),
        await send('POST', '/coder/execute', { authorization: `Bearer ${executor.token}` }, { operation: 'generate' }),
        await send('POST', '/coder/api/v1/execute', { authorization: `Bearer ${coder.token}` }, { command: 'echo' }),
        await send('POST', '/execute', { authorization: `Bearer ${coder.token}` }, { command: 'echo' }),
      ];
      expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
        answers.map(() => [403, 'capability_denied']),
      );
      const own = await send('POST', '/execute', { authorization: `Bearer ${executor.token}` }, { command: 'echo' });
      expect(own.status).toBe(200);
    });

    it('are not believed without our signature, whatever they claim', async () => {
      const { token, id } = await issue({ kind: 'jwt' });
      const now = Math.floor(Date.now() / 1000);
      const claims = {
        iss: 'octollm-orchestrator',
        sub: 'executor',
        iat: now,
        exp: now + 300,
        jti: id,
        capabilities: [],
      };
      const [head = '', body = '', signature = ''] = token.split('.');
      const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
      const richer = Buffer.from(JSON.stringify({ ...claims, capabilities: ['DockerAccess'] })).toString('base64url');
      const key = server.get(Secret).signingKey();
      const forged = [
        sign(claims, 'a secret of somebody else, long enough'),
        `${none}.${body}.`,
        `${none}.${body}.${signature}`,
        `${head}.${richer}.${signature}`,
        sign(claims, key, { algorithm: 'HS512' }),
        sign({ ...claims, iss: 'somebody' }, key),
        sign({ ...claims, sub: 'coder' }, key),
        sign({ ...claims, jti: '00000000-0000-4000-8000-000000000000' }, key),
        sign({ iss: claims.iss, sub: 'executor', iat: now, exp: now + 300, jti: id }, key),
        'tok_0000',
        'nonsense',
      ];
      for (const bad of forged) {
        await expect(check(bad)).rejects.toMatchObject({ code: 'invalid_api_key' });
        expect(await verify(bad)).toEqual({ valid: false, capabilities: [], reason: expect.any(String) });
      }
      await expect(check(token)).resolves.toMatchObject({ id });
    });

    it('expire, whatever a JWT says itself', async () => {
      const database = server.get(Database);
      for (const kind of ['opaque', 'jwt']) {
        const { token, id } = await issue({ kind });
        await database.query(`UPDATE capability_grants SET expires_at = now() - interval '1 second' WHERE id = $1`, [
          id,
        ]);
        await expect(check(token)).rejects.toMatchObject({ code: 'expired_token' });
        expect(await verify(token)).toMatchObject({ valid: false, arm_id: 'executor', reason: /expired/ });
      }
    });

    it.each([
      [{ lifetime_seconds: 299 }, 'lifetime_seconds'],
      [{ lifetime_seconds: 3601 }, 'lifetime_seconds'],
      [{ capabilities: [] }, 'capabilities'],
      [{ capabilities: [{ action: 'x', user: 'root' }] }, 'capabilities'],
      [{ capabilities: ['rm -rf'] }, 'capabilities'],
      [{ arm_id: '../x' }, 'arm_id'],
      [{ kind: 'saml' }, 'kind'],
    ])('are not issued for %j', async (request, field) => {
      const wanted = { arm_id: 'executor', capabilities: ['ShellRead'], ...request };
      const { status, body } = await asAdmin('POST', '/tokens', wanted);
      expect([status, body.details['field']]).toEqual([400, field]);
    });

    it('are 404 under an id that names none', async () => {
      for (const id of ['none', '00000000-0000-4000-8000-000000000000']) {
        expect((await asAdmin('DELETE', `/tokens/${id}`)).status).toBe(404);
      }
    });
  });

  it('identifies a WebSocket the same way, by query too', async () => {
    const { id, key } = await makeKey({ scopes: ['task:read'] });
    const keeper = server.get(Doorkeeper);
    const upgrade = (url: string, headers: Record<string, string> = {}): ReturnType<Doorkeeper['identifyUpgrade']> =>
      keeper.identifyUpgrade({ url, headers, socket: { remoteAddress: '10.0.0.1' } } as never);
    for (const caller of [
      await upgrade('/ws/a', { 'x-api-key': key }),
      await upgrade('/ws/a', { authorization: `Bearer ${key}` }),
      await upgrade(`/ws/a?api_key=${key}`),
    ]) {
      expect(caller).toMatchObject({ holder: `key:${id}`, scopes: ['task:read'], tier: 'live' });
    }
    await expect(upgrade('/ws/a')).rejects.toMatchObject({ code: 'missing_auth' });
    await expect(upgrade('/ws/a?api_key=wrong')).rejects.toMatchObject({ code: 'invalid_api_key' });
  });

  it('slows down whoever tries keys, and not who has one', async () => {
    const { key } = await makeKey({});
    expect(await statusWith({ 'x-api-key': key })).toBe(200);
    const answers: Answer[] = [];
    const guess = (i: number): Promise<Answer> => send('GET', '/api/v1/tasks', { 'x-api-key': `guess-${i}` });
    for (let i = 0; i < 620; i += 20) {
      answers.push(...(await Promise.all(Array.from({ length: 20 }, (_, more) => guess(i + more)))));
    }
    const last = answers.at(-1)!;
    expect(answers.map(({ status }) => status)).toContain(401);
    expect(last.status).toBe(429);
    expect(last.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
    expect(last.body).toMatchObject({
      code: 'rate_limit_exceeded',
      details: { limit: 600, window: '60s', retry_after: Number(last.headers.get('retry-after')) },
    });
    expect(await statusWith({ 'x-api-key': key })).toBe(200);
  });

  it('keeps its keys over a restart and prints no second admin key', async () => {
    const { key } = await makeKey({});
    await server.stop();
    ({ server, printed } = await startPrinting(column, { AUTH_MODE: 'keys' }));
    expect(printed).not.toMatch(KEY);
    expect(await statusWith({ 'x-api-key': key })).toBe(200);
    expect(await statusWith({ 'x-api-key': admin }, '/keys')).toBe(200);
  });

  it('makes another admin key when none works any more', async () => {
    const { body } = await asAdmin('GET', '/keys');
    const admins = body.keys.filter(({ type, status }) => type === 'admin' && status === 'active');
    const first = admins.find(({ name }) => name === 'first admin key');
    for (const { id } of admins.filter((each) => each !== first)) await asAdmin('DELETE', `/keys/${id}`);
    await asAdmin('DELETE', `/keys/${first!.id}`);
    expect(await statusWith({ 'x-api-key': admin }, '/keys')).toBe(401);
    await server.stop();
    ({ server, printed } = await startPrinting(column, { AUTH_MODE: 'keys' }));
    admin = printed.match(KEY)?.[0] ?? '';
    expect(await statusWith({ 'x-api-key': admin }, '/keys')).toBe(200);
  });

  it('says what it means that its secret is gone, and takes the old one back', async () => {
    const file = join(column.variables['DATA_DIR'] ?? '', 'secret.key');
    const secret = await readFile(file);
    await server.stop();
    await rm(file);
    ({ server, printed } = await startPrinting(column, { AUTH_MODE: 'keys' }));
    expect(printed).toMatch(/^secret\.key was missing .* no longer work\..*backup.*\nAdmin key/);
    expect(await statusWith({ 'x-api-key': admin }, '/keys')).toBe(401);
    expect(await statusWith({ 'x-api-key': printed.match(KEY)?.[0] ?? '' }, '/keys')).toBe(200);
    await server.stop();
    await writeFile(file, secret);
    ({ server, printed } = await startPrinting(column, { AUTH_MODE: 'keys' }));
    expect(printed).toBe('');
    expect(await statusWith({ 'x-api-key': admin }, '/keys')).toBe(200);
  });
});

describe('an open server', () => {
  let column: Column;
  let server: TestServer;
  let printed: string;
  const send = (method: string, path: string, headers: Record<string, string> = {}, body?: unknown): Promise<Answer> =>
    checked(server, method, path, headers, body);

  beforeAll(async () => {
    column = await embeddedColumn();
    ({ server, printed } = await startPrinting(column, {}));
  });
  afterAll(async () => {
    await server.stop();
    await column.dispose();
  });

  it('prints no key and asks for none', async () => {
    expect(printed).toBe('');
    expect((await send('GET', '/api/v1/tasks')).status).toBe(200);
    expect((await send('GET', '/keys')).status).toBe(200);
  });

  it.each([
    { 'x-api-key': 'your-api-key-here' },
    { authorization: 'Bearer sk-your-api-key-here' },
    { authorization: 'Bearer your-service-token', 'x-api-key': 'your-api-key-here' },
    { authorization: 'Basic dXNlcjpwYXNz' },
    { authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.' },
  ])('ignores a credential it does not know: %j', async (headers) => {
    for (let i = 0; i < 25; i += 1) expect((await send('GET', '/api/v1/tasks', headers as never)).status).toBe(200);
  });

  it('honours a key it knows, until the key ends', async () => {
    const { body } = await send('POST', '/keys', {}, { name: 'reader', type: 'test', scopes: ['task:read'] });
    const reader = { 'x-api-key': body.key };
    expect((await send('GET', '/api/v1/tasks', reader)).headers.get('x-ratelimit-limit')).not.toBeNull();
    expect((await send('GET', '/keys', reader)).status).toBe(403);
    await send('DELETE', `/keys/${body.id}`);
    expect((await send('GET', '/keys', reader)).status).toBe(200);
  });
});

describe('a server with keys that loses power', () => {
  it('has every key it ever showed, and says nothing of keys in its log', async () => {
    const column = await embeddedColumn();
    const variables = { ...column.variables, AUTH_MODE: 'keys', LOG_LEVEL: 'debug' };
    let child = await ChildServer.start(variables);
    try {
      const admin = child.log().match(KEY) ?? [];
      expect(admin).toHaveLength(1);
      const headers = { 'x-api-key': admin[0]! };
      const { body } = await call(child.url, 'POST', '/keys', headers, { name: 'kept' });
      await child.kill();
      expect(child.log().match(KEY)).toHaveLength(1);
      child = await ChildServer.start(variables);
      expect((await call(child.url, 'GET', '/api/v1/tasks', { 'x-api-key': body.key })).status).toBe(200);
      expect((await call(child.url, 'GET', '/keys', headers)).status).toBe(200);
      expect(child.log().match(KEY)).toBeNull();
      expect(child.log()).toContain('Every request needs a key');
    } finally {
      await child.stop();
      await column.dispose();
    }
  });
});
