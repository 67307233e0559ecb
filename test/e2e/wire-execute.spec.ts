import { ApiKeys } from '../../src/access/api-keys.service';
import { CapabilityTokens, type GrantRequest } from '../../src/access/capability-tokens.port';
import { Database } from '../../src/drivers/database/database.service';
import { type Column, embeddedColumn } from '../support/columns';
import { TestServer } from '../support/server';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const ALLOWED = ['echo', 'cat', 'ls', 'find', 'head', 'tail', 'grep', 'git', 'curl', 'wget', 'python3'];

let column: Column;
let server: TestServer;

beforeAll(async () => {
  column = await embeddedColumn();
  server = await TestServer.start(column);
});
afterAll(async () => {
  await server.stop();
  await column.dispose();
});

const ask = async (method: string, path: string, body?: object, headers: Record<string, string> = {}) => {
  const answer = await server.request(method, path, body, headers);
  return { status: answer.status, body: answer.body };
};
const execute = (body: object, path = '/execute', headers: Record<string, string> = {}) =>
  ask('POST', path, body, headers);

/** What every client finds in every answer. */
const superset = (sure: Record<string, unknown>) => ({
  success: true,
  exit_code: 0,
  stderr: '',
  error: null,
  status: 'completed',
  duration_ms: expect.any(Number),
  duration_seconds: expect.any(Number),
  execution_time_seconds: expect.any(Number),
  sandbox_id: expect.stringMatching(/^sbx_[0-9a-f]{32}$/),
  sandbox_info: {
    sandbox_id: expect.stringMatching(/^sbx_[0-9a-f]{32}$/),
    engine: expect.stringMatching(/^(bubblewrap|util-linux)$/),
    network: false,
    memory_limit_mb: 512,
    truncated: false,
    risk: 'safe',
    risk_reasons: expect.any(Array),
    cpu_time_ms: expect.any(Number),
  },
  artifacts: [],
  ...sure,
});

/** A hash of nothing in particular. */
const SHA256 = /^sha256:[0-9a-f]{64}$/;

describe('POST /execute in the words of', () => {
  it('the published OpenAPI document, whose example token opens nothing here and closes nothing', async () => {
    const answer = await execute({
      action_type: 'shell',
      command: 'echo',
      args: ['hello', '$HOME; rm -rf /'],
      timeout_seconds: 10,
      capability_token: 'tok_abc123XYZ',
      metadata: { ticket: 1 },
    });
    expect(answer).toEqual({
      status: 200,
      body: superset({
        stdout: 'hello $HOME; rm -rf /\n',
        output: 'hello $HOME; rm -rf /\n',
        provenance: {
          arm_id: 'executor',
          task_id: expect.stringMatching(/^task-[0-9a-f-]{36}$/),
          timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
          // sha256 of what it printed, a NUL, and nothing.
          output_hash: expect.stringMatching(SHA256),
          duration_ms: expect.any(Number),
          success: true,
          exit_code: 0,
          action_type: 'shell',
          // sha256 of: echo hello $HOME; rm -rf /
          command_hash: 'sha256:9038ef2b2c9e00c72177a8ec9bf828c2691e9707fef4d7124c24733c3bcac4b6',
          capabilities_used: ['ShellRead'],
        },
      }),
    });
    expect(Number.isInteger(answer.body['duration_ms'])).toBe(true);
  });

  it('the Python SDK', async () => {
    const { status, body } = await execute({
      command: 'import os; print(6 * 7, os.environ["GREETING"])',
      command_type: 'python',
      env: { GREETING: 'hi' },
      timeout_seconds: 10,
      allow_network: false,
    });
    expect({ status, body }).toEqual({
      status: 200,
      body: superset({
        stdout: '42 hi\n',
        output: '42 hi\n',
        provenance: expect.objectContaining({ action_type: 'python', capabilities_used: ['PythonExec'] }),
      }),
    });
  });

  it('the TypeScript SDK', async () => {
    const { status, body } = await execute({ command: 'grep', args: ['-c', 'x', '/dev/null'], cwd: 'a', timeout: 5 });
    expect({ status, body }).toEqual({
      status: 200,
      body: superset({
        success: false,
        exit_code: 1,
        status: 'failed',
        stdout: '0\n',
        output: '0\n',
        provenance: expect.objectContaining({ action_type: 'shell', capabilities_used: ['ShellRead'] }),
      }),
    });
  });

  it('the guide', async () => {
    const { status, body } = await execute({ action_type: 'python', code: 'print("from code")', timeout_seconds: 10 });
    expect({ status, stdout: body['stdout'] }).toEqual({ status: 200, stdout: 'from code\n' });
    expect(body['provenance']).toMatchObject({ action_type: 'python' });
  });

  it('the first phase, under /api/v1', async () => {
    const { status, body } = await execute({ command: 'echo hello world' }, '/api/v1/execute');
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        success: true,
        output: 'hello world\n',
        error: null,
        provenance: {
          command_hash: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
          timestamp: expect.any(String),
          executor_version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
          execution_duration_ms: expect.any(Number),
          exit_code: 0,
          resource_usage: { cpu_time_ms: expect.any(Number) },
        },
      },
    });
  });
});

describe('POST /execute refuses with 403 and names what is allowed:', () => {
  it.each<[string, object, RegExp]>([
    ['rm', { command: 'rm', args: ['-rf', '/'] }, /'rm' is not allowed here/],
    ['sudo', { action_type: 'shell', command: 'sudo ls' }, /'sudo' is not allowed here/],
    ['nc', { command: 'nc', command_type: 'shell', args: ['-l', '1'] }, /'nc' is not allowed here/],
    ['sh', { command: 'sh -c id' }, /'sh' is not allowed here/],
    ['a path', { command: '/bin/ls' }, /'\/bin\/ls' is not allowed here/],
    ['a joined command', { command: 'ls;id' }, /'ls;id' is not allowed here/],
    ['find -exec', { command: 'find . -exec id ;' }, /find -exec: runs other programs/],
    ['git -c', { command: 'git', args: ['-c', 'core.pager=id', 'log'] }, /git -c: only/],
    ['git push', { command: 'git push' }, /git push: not among/],
    ['curl file:', { command: 'curl file:///etc/passwd' }, /file: addresses are not allowed/],
    ['curl -k', { command: 'curl -k https://example.com' }, /certificates are always checked/],
    ['curl of a host that is not listed', { command: 'curl https://example.com' }, /EXECUTOR_HOSTS is not set/],
    [
      'http of this machine',
      { action_type: 'http', command: 'http://127.0.0.1:1/' },
      /host 127\.0\.0\.1 is not allowed/,
    ],
    [
      'http where the network is off',
      { command_type: 'http', command: 'https://example.com/' },
      /set allow_network to true/,
    ],
    ['a variable that steers', { command: 'ls', env: { LD_PRELOAD: '/tmp/x.so' } }, /LD_PRELOAD steers/],
    ['an interpreter that is off the list', { command: 'node -e 1' }, /'node' is not allowed here/],
    [
      'the same as javascript',
      { action_type: 'javascript', command: 'node', args: ['-e', '1'] },
      /'node' is not allowed/,
    ],
  ])('%s', async (_, body, message) => {
    const answer = await execute(body);
    expect(answer).toMatchObject({
      status: 403,
      body: {
        success: false,
        error: expect.stringMatching(message),
        message: expect.stringMatching(message),
        error_type: 'CapabilityViolation',
        code: 'capability_denied',
        allowed_commands: ALLOWED,
        details: { required_capabilities: expect.any(Array), allowed_commands: ALLOWED },
      },
    });
  });

  it.each(['rm -rf /', 'sudo id', 'nc -l 1'])('%s of the first phase', async (command) => {
    const { status, body } = await execute({ command }, '/api/v1/execute');
    expect({ status, allowed: body['allowed_commands'] }).toEqual({ status: 403, allowed: ALLOWED });
    expect(body['error']).toContain('echo, cat, ls');
  });
});

describe('POST /execute says what is wrong with', () => {
  it.each<[string, object, number, object]>([
    ['an empty body', {}, 400, { field: 'command' }],
    ['an unknown field', { command: 'ls', shell: true }, 400, { field: 'shell' }],
    ['arguments that are no texts', { command: 'ls', args: [1] }, 400, { field: 'args' }],
    ['too much time', { command: 'ls', timeout_seconds: 301 }, 400, { field: 'timeout_seconds' }],
    ['a token of another form', { command: 'ls', capability_token: 'abc' }, 400, { field: 'capability_token' }],
    ['a quote that stays open', { command: "echo 'a" }, 400, { field: 'command' }],
    ['a name no variable can have', { command: 'ls', env: { 'A B': '' } }, 400, { field: 'env' }],
    ['a tool that does not exist', { command: 'calculator', command_type: 'tool' }, 404, {}],
  ])('%s', async (_, body, status, details) => {
    const answer = await execute(body);
    expect(answer).toMatchObject({ status, body: { success: false, details } });
    expect(answer.body['error_type']).toBe(status === 404 ? 'NotFound' : 'ValidationError');
  });
});

describe('when the time is up', () => {
  const endless = 'print("begun")\nwhile True: pass';

  it.each<[string, object, string]>([
    ['OpenAPI', { action_type: 'python', command: endless, timeout_seconds: 1 }, '/execute'],
    ['Python SDK', { command_type: 'python', command: endless, timeout_seconds: 1 }, '/execute'],
    ['guide', { action_type: 'python', code: endless, timeout_seconds: 1 }, '/execute'],
    ['first phase', { command: 'python3', args: ['-c', endless], timeout_seconds: 1 }, '/api/v1/execute'],
  ])('the %s gets 408 and what was printed', async (_, body, path) => {
    const answer = await execute(body, path);
    expect(answer).toMatchObject({
      status: 408,
      body: {
        success: false,
        error: 'The execution was ended after 1 s.',
        error_type: 'ExecutionTimeout',
        code: 'execution_timeout',
        partial_output: 'begun\n',
        duration_ms: expect.any(Number),
      },
    });
    expect(answer.body['duration_ms']).toBeGreaterThanOrEqual(1000);
  });

  it('the TypeScript SDK gets 200 with the status', async () => {
    const { status, body } = await execute({ command: 'python3', args: ['-c', endless], timeout: 1 });
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { success: false, status: 'timeout', stdout: 'begun\n', exit_code: 137, sandbox_info: { limit: 'wall' } },
    });
  });
});

it('output beyond the limit is cut, and says so, while the program goes on to its end', async () => {
  const command = 'print("x" * 2_000_000)\nimport sys; sys.exit(3)';
  const { status, body } = await execute({ command_type: 'python', command });
  expect({ status, body }).toMatchObject({ status: 200, body: { exit_code: 3, sandbox_info: { truncated: true } } });
  expect(body['stdout']).toHaveLength(1_000_000);
});

describe('GET /sandbox/{id}/status', () => {
  it('knows what has run', async () => {
    const { body } = await execute({ command: 'echo 1' });
    const id = body['sandbox_id'] as string;
    expect(await ask('GET', `/sandbox/${id}/status`)).toEqual({
      status: 200,
      body: {
        sandbox_id: id,
        status: 'completed',
        created_at: expect.stringMatching(/Z$/),
        waiting_for_approval: false,
        result: { ...body, provenance: { ...(body['provenance'] as object), timestamp: expect.any(String) } },
      },
    });
    expect(await ask('GET', `/executor/sandbox/${id}/status`)).toMatchObject({ status: 200 });
  });

  it.each(['sbx_00000000000000000000000000000000', 'sbx_1', 'x'])('does not know %s', async (id) => {
    expect(await ask('GET', `/sandbox/${id}/status`)).toMatchObject({ status: 404 });
  });
});

it('runs are no tasks', async () => {
  const { body } = await execute({ command: 'echo 1' });
  const [, a, b, c, d, e] = /^sbx_(.{8})(.{4})(.{4})(.{4})(.{12})$/.exec(body['sandbox_id'] as string)!;
  const id = [a, b, c, d, e].join('-');
  expect(id).toMatch(UUID);
  expect((await ask('GET', `/tasks/${id}`)).status).toBe(404);
});

/** An opaque token for the executor, or what the request changes of that. */
const issue = async (actions: string[], more: Partial<GrantRequest> = {}): Promise<{ id: string; token: string }> => {
  const capabilities = actions.map((action) => ({ action }));
  const { grant, token } = await server.get(CapabilityTokens).issue({ armId: 'executor', capabilities, ...more });
  return { id: grant.id, token };
};

const expire = (id: string) =>
  server
    .get(Database)
    .query(`UPDATE capability_grants SET expires_at = now() - interval '1 minute' WHERE id = $1`, [id]);

describe('a capability token', () => {
  it('opens what it grants and nothing else', async () => {
    const { token } = await issue(['ShellRead']);
    expect(
      await execute({ action_type: 'shell', command: 'echo', args: ['x'], capability_token: token }),
    ).toMatchObject({
      status: 200,
      body: { stdout: 'x\n' },
    });
    expect(await execute({ action_type: 'shell', command: 'ls', capability_token: token })).toMatchObject({
      status: 403,
      body: {
        success: false,
        error: "'ls' needs FilesystemRead, which this request does not have.",
        error_type: 'CapabilityViolation',
        allowed_commands: ALLOWED,
        details: { required_capabilities: ['ShellRead', 'FilesystemRead'] },
      },
    });
  });

  it('with execute_command stands for all that is usual', async () => {
    const { token } = await issue(['execute_command']);
    expect(await execute({ action_type: 'python', command: 'print(1)', capability_token: token })).toMatchObject({
      status: 200,
    });
  });

  it('that wants a person to agree opens nothing by itself', async () => {
    const { token } = await issue(['execute_command_with_approval']);
    const answer = await execute({ action_type: 'shell', command: 'echo', capability_token: token });
    expect(answer).toMatchObject({
      status: 403,
      body: {
        error_type: 'CapabilityViolation',
        error: expect.stringMatching(/approval of a person: The token grants ShellRead only.*wait_for_approval/),
      },
    });
  });

  it('holds to its constraints', async () => {
    const constraints = { command: ['echo', 'cat'], timeout_seconds: { max: 10 } };
    const { token } = await issue([], { capabilities: [{ action: 'execute_command', constraints }] });
    const body = { action_type: 'shell', command: 'echo', timeout_seconds: 10, capability_token: token };
    expect((await execute(body)).status).toBe(200);
    expect((await execute({ ...body, timeout_seconds: 11 })).status).toBe(403);
    expect((await execute({ ...body, command: 'ls' })).status).toBe(403);
  });

  it('for requests over HTTP is good for the host it names', async () => {
    const of = async (...capabilities: GrantRequest['capabilities']) => {
      const { token } = await issue([], { capabilities });
      return async (command: string, args: string[] = []) => {
        const action_type = command === 'curl' ? 'shell' : 'http';
        return (await execute({ action_type, command, args, capability_token: token })).body['error'];
      };
    };
    const foreign = /^The host other\.example\.com is not allowed: the token is good for /;
    const unlisted = /EXECUTOR_HOSTS is not set/;
    const get = await of({ action: 'HttpGet', resource: 'api.example.com' });
    expect(await get('https://other.example.com/')).toMatch(foreign);
    expect(await get('curl', ['https://other.example.com/'])).toMatch(foreign);
    expect(await get('GET', ['https://api.example.com/'])).toMatch(unlisted);
    expect(await get('POST', ['https://api.example.com/', '{}'])).toMatch(/needs HttpPost/);
    const both = await of(
      { action: 'network_access', resource: '*.example.org' },
      { action: 'HttpPost', resource: 'other.example.com' },
      { action: 'execute_command_with_approval' },
    );
    expect(await both('https://other.example.com/')).toMatch(foreign);
    expect(await both('POST', ['https://other.example.com/', '{}'])).toMatch(unlisted);
    expect(await both('https://a.example.org/')).toMatch(unlisted);
    const wide = await of({ action: 'HttpGet', resource: 'api.example.com' }, { action: 'HttpGet' });
    expect(await wide('https://other.example.com/')).toMatch(unlisted);
    const word = await of({ action: 'execute_command', resource: 'curl' });
    expect(await word('curl', ['https://other.example.com/'])).toMatch(unlisted);
    expect(await word('https://other.example.com/')).toMatch(/needs HttpGet/);
  });

  it.each<[string, number, string, () => Promise<string>]>([
    [
      'expired',
      401,
      'Unauthorized',
      async () => {
        const { id, token } = await issue(['execute_command']);
        await expire(id);
        return token;
      },
    ],
    [
      'revoked',
      401,
      'Unauthorized',
      async () => {
        const { id, token } = await issue(['execute_command']);
        await server.get(CapabilityTokens).revoke(id);
        return token;
      },
    ],
    [
      'of another arm',
      403,
      'CapabilityViolation',
      async () => (await issue(['execute_command'], { armId: 'coder' })).token,
    ],
  ])('%s is refused with %i', async (_, status, error_type, make) => {
    const answer = await execute({ action_type: 'shell', command: 'echo', capability_token: await make() });
    expect(answer).toMatchObject({ status, body: { success: false, error_type, error: expect.any(String) } });
  });
});

describe('POST /execute for the other arms', () => {
  it('under its own name belongs to the executor', async () => {
    expect(await execute({ command: 'echo 1' }, '/executor/execute')).toMatchObject({
      status: 200,
      body: { stdout: '1\n' },
    });
    expect(await execute({ goal: 'Plan something nice' }, '/executor/execute')).toMatchObject({ status: 400 });
  });

  it('under the name of the orchestrator goes by its body', async () => {
    expect(await execute({ command: 'echo 1' }, '/orchestrator/execute')).toMatchObject({ status: 200 });
  });
});

describe('a task contract', () => {
  const contract = (context: object, more: object = {}) => ({
    task_contract: { task_id: 'task-7', goal: 'Say hello to everybody', context, budget: { max_tokens: 100 } },
    capability_token: 'eyJ.nobody.knows',
    request_id: 'r1',
    timeout_seconds: 5,
    ...more,
  });

  it('is carried out by the arm in front', async () => {
    expect(await execute(contract({ command: 'echo', args: ['hello'] }), '/executor/execute')).toEqual({
      status: 200,
      body: {
        task_id: 'task-7',
        success: true,
        result: expect.objectContaining({ success: true, stdout: 'hello\n', exit_code: 0 }),
        error: null,
        provenance: {
          task_id: 'task-7',
          arm_id: 'executor',
          timestamp: expect.stringMatching(/Z$/),
          processing_time_ms: expect.any(Number),
          processing_chain: ['executor'],
          tokens_consumed: 0,
          estimated_cost_usd: null,
          confidence: null,
          quality_score: null,
          pii_detected: null,
          security_scan_passed: null,
          model_used: null,
          model_version: null,
          metadata: {},
        },
      },
    });
  });

  it('has the fault of the arm in its answer', async () => {
    expect(await execute(contract({ command: 'rm', args: ['x'] }), '/executor/execute')).toMatchObject({
      status: 200,
      body: {
        task_id: 'task-7',
        success: false,
        result: null,
        error: { error_code: 'INSUFFICIENT_CAPABILITIES', category: 'authorization', retryable: false },
      },
    });
    expect(await execute(contract({}), '/executor/execute')).toMatchObject({
      status: 200,
      body: { success: false, error: { error_code: 'VALIDATION_ERROR', category: 'validation' } },
    });
  });

  it('without an arm in front goes to the one it names', async () => {
    const named = contract({ command: 'echo 1' });
    Object.assign(named.task_contract, { assigned_arm: 'executor' });
    expect(await execute(named)).toMatchObject({ status: 200, body: { provenance: { arm_id: 'executor' } } });
    Object.assign(named.task_contract, { assigned_arm: 'nobody' });
    expect(await execute(named)).toMatchObject({ status: 404 });
  });

  it.each<[string, object]>([
    ['task_contract.goal', contract({}, { task_contract: { task_id: '1' } })],
    ['capability_token', contract({}, { capability_token: undefined })],
    ['timeout_seconds', contract({}, { timeout_seconds: 301 })],
  ])('says that %s is wrong', async (field, body) => {
    expect(await execute(body, '/executor/execute')).toMatchObject({ status: 400, body: { details: { field } } });
  });

  it('is bound by a signed token', async () => {
    const sign = (armId: string, action: string) =>
      server.get(CapabilityTokens).sign({ armId, capabilities: [{ action }] });
    const good = await sign('executor', 'ShellRead');
    const call = (token: string, command: string) =>
      execute(contract({ command }, { capability_token: token }), '/executor/execute');
    expect(await call(good.token, 'echo 1')).toMatchObject({ status: 200, body: { success: true } });
    expect(await call(good.token, 'ls')).toMatchObject({ status: 200, body: { success: false } });
    expect(await call((await sign('coder', 'execute_command')).token, 'echo 1')).toMatchObject({ status: 403 });
    await expire(good.grant.id);
    expect(await call(good.token, 'echo 1')).toMatchObject({ status: 401 });
  });

  it('has its own health and metrics', async () => {
    expect(await ask('GET', '/v1/health')).toMatchObject({
      status: 200,
      body: {
        status: expect.stringMatching(/^(healthy|degraded)$/),
        uptime_seconds: expect.any(Number),
        checks: {
          database: { status: 'up', latency_ms: expect.any(Number) },
          redis: { status: 'up', backend: 'postgresql' },
          qdrant: { status: 'up' },
          arms: { executor: { status: 'up' }, coder: { status: 'up' } },
        },
      },
    });
    const metrics = await fetch(`${server.url}/v1/metrics`);
    const text = await metrics.text();
    expect(metrics.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    for (const line of [
      /^executor_executions_total\{action_type="shell",success="true"\} [1-9]/m,
      /^executor_executions_total\{action_type="python",success="false"\} [1-9]/m,
      /^executor_capability_violations_total [1-9]/m,
      /^executor_timeouts_total [1-9]/m,
      /^executor_execution_duration_seconds_count [1-9]/m,
    ]) {
      expect(text).toMatch(line);
    }
  });
});

describe('where keys are demanded', () => {
  let open: TestServer;
  let keyed: Column;
  beforeAll(async () => {
    open = server;
    keyed = await embeddedColumn();
    server = await TestServer.start(keyed, { AUTH_MODE: 'keys' });
  });
  afterAll(async () => {
    await server.stop();
    await keyed.dispose();
    server = open;
  });
  const key = async (...scopes: string[]) => {
    const wanted = { name: 'k', tier: 'live' as const, ...(scopes.length > 0 && { scopes: scopes as never[] }) };
    return { 'x-api-key': (await server.get(ApiKeys).create(wanted, 'test')).value };
  };

  it('nobody executes without one', async () => {
    expect(await execute({ command: 'echo 1' })).toMatchObject({
      status: 401,
      body: { success: false, error_type: 'Unauthorized', code: 'missing_auth' },
    });
  });

  it('a key does, and a key without the scope does not', async () => {
    expect(await execute({ command: 'echo 1' }, '/execute', await key())).toMatchObject({ status: 200 });
    expect(await execute({ command: 'echo 1' }, '/execute', await key('task:submit'))).toMatchObject({
      status: 403,
      body: { success: false, code: 'insufficient_permissions', details: { required_scope: 'sandbox:execute' } },
    });
    expect(await ask('GET', '/sandbox/sbx_1/status', undefined, await key('task:submit'))).toMatchObject({
      status: 403,
    });
  });

  it('needs the scope of the arm that the request is for', async () => {
    const { body } = await execute({ query: 'anything' }, '/execute', await key('sandbox:execute'));
    expect(body['details']).toMatchObject({ required_scope: 'memory:read' });
    const coder = await execute({ operation: 'generate' }, '/coder/execute', await key('sandbox:execute'));
    expect(coder.body['details']).toMatchObject({ required_scope: 'task:submit' });
  });

  it('an unknown capability token is refused', async () => {
    const body = { action_type: 'shell', command: 'echo', capability_token: 'tok_nobodyKnowsThis1' };
    expect(await execute(body, '/execute', await key())).toMatchObject({
      status: 401,
      body: { success: false, error_type: 'Unauthorized', code: 'invalid_api_key' },
    });
  });

  it('a signed capability token is a credential by itself, with what it grants', async () => {
    const { token } = await server
      .get(CapabilityTokens)
      .sign({ armId: 'executor', capabilities: [{ action: 'ShellRead' }] });
    const bearer = { authorization: `Bearer ${token}` };
    expect(await execute({ command: 'echo 1' }, '/execute', bearer)).toMatchObject({ status: 200 });
    expect(await execute({ command: 'ls' }, '/execute', bearer)).toMatchObject({
      status: 403,
      body: { code: 'capability_denied' },
    });
  });
});
