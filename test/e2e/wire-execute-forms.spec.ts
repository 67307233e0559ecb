import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiKeys } from '../../src/access/api-keys.service';
import { CapabilityTokens } from '../../src/access/capability-tokens.port';
import { Database } from '../../src/drivers/database/database.service';
import { type Column, embeddedColumn } from '../support/columns';
import { type Answer, TestServer } from '../support/server';

let column: Column;
let server: TestServer;

beforeAll(async () => {
  column = await embeddedColumn();
  const tools = join(column.variables['DATA_DIR'] ?? '', 'tools');
  mkdirSync(tools);
  const lay = (name: string, text: string | object): void =>
    writeFileSync(join(tools, name), typeof text === 'string' ? text : JSON.stringify(text));
  lay('add.py', 'import json, sys\nprint(json.dumps({"sum": sum(json.load(sys.stdin)["numbers"])}))');
  lay('add.json', {
    description: 'Adds numbers',
    input_schema: { type: 'object', required: ['numbers'], properties: { numbers: { type: 'array' } } },
  });
  lay(
    'shout.js',
    'let t = "";\nprocess.stdin.on("data", (d) => (t += d)).on("end", () => console.log(JSON.parse(t)[0].toUpperCase()));',
  );
  lay('typed.ts', 'const answer: { ok: boolean } = { ok: true };\nconsole.log(JSON.stringify(answer));');
  lay('quick.js', 'return input.a * 2;');
  lay('quick.json', { engine: 'quickjs' });
  lay('slow.py', 'while True: pass');
  lay('slow.json', { timeout_seconds: 1 });
  lay('wipe.py', 'print("wiped")');
  lay('wipe.json', { capabilities: ['FilesystemDelete'] });
  lay('broken.py', 'print(1)');
  lay('broken.json', '{');
  server = await TestServer.start(column, { EXECUTOR_COMMANDS: 'echo,cat,ls,rm,curl', AUTH_MODE: 'open' });
});
afterAll(async () => {
  await server.stop();
  await column.dispose();
});

const execute = (body: object, headers: Record<string, string> = {}): Promise<Answer> =>
  server.request('POST', '/execute', body, headers);
const told = async (body: object): Promise<Record<string, unknown>> => {
  const { status, body: answer } = await execute(body);
  expect([status, answer]).toEqual([200, expect.objectContaining({ status: expect.any(String) as string })]);
  return answer;
};
const infoOf = (body: Record<string, unknown>): Record<string, unknown> =>
  body['sandbox_info'] as Record<string, unknown>;
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

interface Line {
  action_details: Record<string, unknown>;
  result: Record<string, unknown>;
}
const linesOf = (sandboxId: unknown): Promise<Line[]> =>
  server
    .get(Database)
    .query<Line & { [column: string]: unknown }>(
      `SELECT action_details, result FROM action_log WHERE action_type = 'execute' AND replace(task_id, '-', '') = $1`,
      [`task${String(sandboxId).replace('sbx_', '')}`],
    );

describe('programs, which no list of commands has', () => {
  it('in Python run in the sandbox', async () => {
    expect(await told({ action_type: 'python', code: 'print(6 * 7)' })).toMatchObject({ stdout: '42\n', exit_code: 0 });
  });

  it('in JavaScript run in the sandbox', async () => {
    const body = await told({ action_type: 'javascript', code: 'console.log([1, 2].map((n) => n * 2).join())' });
    expect(body).toMatchObject({ stdout: '2,4\n', exit_code: 0, provenance: { action_type: 'javascript' } });
  });

  it('in TypeScript lose their types first', async () => {
    const code = 'enum Size { Small = 1, Large }\nconst size: Size = Size.Large;\nconsole.log(size as number);';
    expect(await told({ action_type: 'typescript', code })).toMatchObject({ stdout: '2\n', exit_code: 0 });
  });

  it('in TypeScript that nobody can read fail with the place', async () => {
    expect(await told({ action_type: 'typescript', code: 'const a: number = ;' })).toMatchObject({
      success: false,
      exit_code: 1,
      stderr: expect.stringMatching(/^main\.ts:1:\d+: /),
    });
  });

  it('in QuickJS hand back a value', async () => {
    const body = await told({
      action_type: 'javascript',
      engine: 'quickjs',
      command: 'console.log("in", input.a); return { twice: input.a * 2, none: null };',
      input: { a: 21 },
    });
    expect(body).toMatchObject({
      exit_code: 0,
      stdout: expect.stringContaining('in 21'),
      value: { twice: 42, none: null },
    });
    expect(infoOf(body)).toMatchObject({ engine: 'quickjs', risk: 'safe', network: false });
  });

  it('in QuickJS fail, and run out of time and memory, as others do', async () => {
    const quick = (command: string) => ({ action_type: 'javascript', engine: 'quickjs', command, timeout_seconds: 60 });
    expect(await told(quick('throw new Error("no luck")'))).toMatchObject({
      exit_code: 1,
      stderr: expect.stringContaining('no luck'),
    });
    expect(await execute({ ...quick('for (;;);'), timeout_seconds: 1 })).toMatchObject({
      status: 408,
      body: { error_type: 'ExecutionTimeout' },
    });
    const hungry = await told(quick('const all = []; for (;;) all.push(new Array(100000).fill(1));'));
    expect([hungry['success'], infoOf(hungry)['limit']]).toEqual([false, 'memory']);
  });

  it.each<[object, number]>([
    [{ action_type: 'python', engine: 'quickjs', code: '1' }, 400],
    [{ action_type: 'javascript', engine: 'v8', code: '1' }, 400],
    [{ command: 'ls', files: { a: 1 } }, 400],
    [{ command: 'ls', files: { '../a': 'x' } }, 400],
    [{ command: 'ls', files: { '/etc/x': 'x' } }, 400],
    [{ command: 'ls', files: Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`f${i}`, ''])) }, 400],
    [{ command: 'ls', wait_for_approval: 'yes' }, 400],
  ])('%j is answered with %i', async (body, status) => {
    expect(await execute(body)).toMatchObject({ status, body: { success: false, error_type: 'ValidationError' } });
  });
});

describe('every answer', () => {
  it.each<[object, string]>([
    [{ command: 'ls' }, 'safe'],
    [{ command_type: 'python', command: 'import os; os.remove("x") if os.path.exists("x") else None' }, 'destructive'],
  ])('tells the risk of %j: %s', async (request, risk) => {
    expect(infoOf(await told(request))).toMatchObject({ risk, risk_reasons: expect.any(Array) });
  });

  it('carries the hash of what was printed, and leaves a line that holds neither command nor output', async () => {
    const body = await told({ command: 'echo pelican' });
    const output_hash = `sha256:${sha256('pelican\n\0')}`;
    expect(body['provenance']).toMatchObject({ output_hash });
    const lines = await linesOf(body['sandbox_id']);
    expect(lines).toEqual([
      {
        action_details: {
          holder: 'open',
          step: 'direct',
          attempt: 1,
          action_type: 'shell',
          command_hash: `sha256:${sha256('echo pelican')}`,
          capabilities_required: ['ShellRead'],
          capabilities_used: ['ShellRead'],
          risk: 'safe',
          engine: expect.any(String),
        },
        result: {
          success: true,
          status: 'completed',
          exit_code: 0,
          duration_ms: expect.any(Number),
          output_hash,
          artifacts: [],
        },
      },
    ]);
  });

  it.each<[string, object, object]>([
    ['refused', { command: 'sudo ls' }, { success: false, refused: true, error: 'capability_denied' }],
    ['malformed', { command: "echo 'a" }, { success: false, refused: true, error: 'validation_error' }],
    ['failed', { command: 'cat nothing-here' }, { success: false, status: 'failed', exit_code: 1 }],
    ['late', { command_type: 'python', command: 'while 1: pass', timeout: 1 }, { status: 'timeout', limit: 'wall' }],
  ])('%s leaves one line', async (_, request, result) => {
    const lines = () =>
      server
        .get(Database)
        .query<Line & { id: string }>(
          `SELECT id, action_details, result FROM action_log WHERE action_type = 'execute'`,
        );
    const before = new Set((await lines()).map(({ id }) => id));
    await execute(request);
    const [line, ...more] = (await lines()).filter(({ id }) => !before.has(id));
    expect(more).toEqual([]);
    expect(line?.result).toMatchObject(result);
  });

  it('names the token it was done with', async () => {
    const { grant, token } = await server
      .get(CapabilityTokens)
      .issue({ armId: 'executor', capabilities: [{ action: 'code_execute' }] });
    const body = await told({ action_type: 'typescript', code: 'console.log(1)', capability_token: token });
    expect(body['provenance']).toMatchObject({ capability_token_id: grant.id, capabilities_used: ['PythonExec'] });
    const [line] = await linesOf(body['sandbox_id']);
    expect(line?.action_details).toMatchObject({ capability_token_id: grant.id });
    expect(await execute({ command: 'echo 1', capability_token: token })).toMatchObject({ status: 403 });
  });
});

describe('tools', () => {
  it('are listed with what they take, and the bad ones with what is wrong', async () => {
    const { body } = await server.request('GET', '/executor/capabilities');
    expect(body['tools']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          name: 'add',
          description: 'Adds numbers',
          input_schema: expect.any(Object) as object,
        }),
        { name: 'broken', problem: expect.stringContaining('broken.json is not JSON') as string },
      ]),
    );
    expect((await server.request('GET', '/executor/health')).status).toBe(200);
  });

  it.each<[string, object, unknown]>([
    ['input', { action_type: 'tool', command: 'add', input: { numbers: [1, 2] } }, { sum: 3 }],
    ['metadata', { action_type: 'tool', command: 'add', metadata: { input: { numbers: [4] } } }, { sum: 4 }],
    ['an argument', { command_type: 'tool', command: 'add', args: ['{"numbers":[5,6]}'] }, { sum: 11 }],
    ['arguments', { command_type: 'tool', command: 'shout', args: ['hello', 'you'] }, 'HELLO'],
    ['nothing, in TypeScript', { command_type: 'tool', command: 'typed' }, { ok: true }],
    ['input, in QuickJS', { command_type: 'tool', command: 'quick', metadata: { input: { a: 4 } } }, 8],
  ])('take %s and hand back a value', async (_, request, value) => {
    const body = await told(request);
    expect(body).toMatchObject({ success: true, value, provenance: { action_type: 'tool' } });
  });

  it('are used as they are at that moment', async () => {
    const path = join(column.variables['DATA_DIR'] ?? '', 'tools', 'fresh.py');
    writeFileSync(path, 'print(1)');
    expect((await told({ command_type: 'tool', command: 'fresh' }))['value']).toBe(1);
    writeFileSync(path, 'print(2)');
    expect((await told({ command_type: 'tool', command: 'fresh' }))['value']).toBe(2);
  });

  it.each<[string, object, number, RegExp]>([
    ['unknown', { command: 'nothing' }, 404, /no tool 'nothing' here; there are add, broken/],
    ['broken', { command: 'broken' }, 404, /'broken' cannot be used: broken\.json is not JSON/],
    ['given what it does not take', { command: 'add', input: { numbers: 1 } }, 400, /add does not take this/],
    ['named by a path', { command: '../tools/add' }, 404, /no tool/],
    ['not granted', { command: 'wipe' }, 403, /needs FilesystemDelete/],
    ['too slow', { command: 'slow' }, 408, /ended after/],
  ])('that are %s are refused', async (_, request, status, message) => {
    const answer = await execute({ action_type: 'tool', ...request });
    expect(answer).toMatchObject({ status, body: { success: false, error: expect.stringMatching(message) } });
  });
});

describe('a workspace', () => {
  const program = [
    'import pathlib',
    'import helper',
    'text = pathlib.Path("in/data.txt").read_text()',
    'pathlib.Path("out.txt").write_text(helper.loud(text))',
    'pathlib.Path("in/data.txt").unlink()',
  ].join('\n');
  const files = { 'in/data.txt': 'quiet', 'helper.py': 'def loud(text): return text.upper()' };

  it('takes files in, and tells the files that were made with their hashes', async () => {
    const body = await told({ action_type: 'python', code: program, files });
    const id = String(body['sandbox_id']).replace('sbx_', '');
    expect(body).toMatchObject({ exit_code: 0, stderr: '' });
    expect(body['artifacts']).toEqual([
      {
        id: expect.any(String),
        path: 'out.txt',
        size: 5,
        sha256: sha256('QUIET'),
        version: 1,
        href: expect.stringMatching(/^\/api\/v1\/tasks\/task-[0-9a-f-]{36}\/artifacts\/[0-9a-f-]{36}$/),
      },
    ]);
    const [made] = body['artifacts'] as { href: string }[];
    expect(made?.href.replaceAll('-', '')).toContain(id);
    const bytes = await fetch(`${server.url}${made?.href ?? ''}`);
    expect([bytes.status, await bytes.text()]).toEqual([200, 'QUIET']);
    const [line] = await linesOf(body['sandbox_id']);
    expect(line?.result).toMatchObject({ artifacts: [`sha256:${sha256('QUIET')}`] });
  });

  it('can be gone on in, by any of its names, again and again', async () => {
    const first = await told({ action_type: 'python', code: program, files });
    const second = await told({ command: 'ls', args: ['-R'], workspace: first['sandbox_id'] });
    expect(second['stdout']).toContain('out.txt');
    expect(second['stdout']).not.toContain('data.txt');
    const append = 'open("out.txt", "a").write("!")';
    const third = await told({ action_type: 'python', code: append, workspace: second['sandbox_id'] });
    expect(third['artifacts']).toMatchObject([{ path: 'out.txt', version: 2, sha256: sha256('QUIET!') }]);
    const uuid = String(first['sandbox_id']).replace(/^sbx_(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    for (const workspace of [uuid, `task-${uuid}`, third['sandbox_id']]) {
      expect(await told({ command: 'cat out.txt', workspace })).toMatchObject({ stdout: 'QUIET!' });
    }
  });

  it('is one of its own for every run that names none', async () => {
    await told({ action_type: 'python', code: 'open("mine.txt", "w").write("x")' });
    expect((await told({ command: 'ls -A' }))['stdout']).toBe('');
  });

  it('keeps what fits, tells what did not, and does not hold a link', async () => {
    const code = [
      'import os',
      'open("big.bin", "wb").write(b"x" * (11 * 1024 * 1024))',
      'open("small.txt", "w").write("x")',
      'os.symlink("/etc/passwd", "link.txt")',
    ].join('\n');
    const body = await told({ action_type: 'python', code });
    expect(body['artifacts']).toMatchObject([{ path: 'small.txt' }]);
    expect(infoOf(body)['left_out']).toEqual(
      expect.arrayContaining([
        { path: 'big.bin', reason: 'too_large' },
        { path: 'link.txt', reason: 'not_a_file' },
      ]),
    );
  });

  it.each(['sbx_00000000000000000000000000000000', 'task_AbCdEfGh12345678', '../x', 'x'])(
    '%s is not found',
    async (workspace) => {
      expect(await execute({ command: 'ls', workspace })).toMatchObject({
        status: 404,
        body: { success: false, details: { field: 'workspace' } },
      });
    },
  );
});

describe('where keys are demanded, a workspace', () => {
  let keyed: Column;
  let open: TestServer;
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

  it('belongs to whoever made it', async () => {
    const key = async (name: string) => ({
      'x-api-key': (await server.get(ApiKeys).create({ name, tier: 'live' }, 'test')).value,
    });
    const [ann, bob] = [await key('ann'), await key('bob')];
    const { body } = await execute({ command: 'cat a.txt', files: { 'a.txt': 'hers' } }, ann);
    const next = { command: 'cat a.txt', workspace: body['sandbox_id'] };
    expect(await execute(next, ann)).toMatchObject({ status: 200, body: { stdout: 'hers' } });
    expect(await execute(next, bob)).toMatchObject({ status: 404 });
  });
});
