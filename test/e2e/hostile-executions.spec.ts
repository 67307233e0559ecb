import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiKeys } from '../../src/access/api-keys.service';
import { CapabilityTokens } from '../../src/access/capability-tokens.port';
import type { Scope } from '../../src/contracts/caller';
import { type Column, embeddedColumn } from '../support/columns';
import { type Answer, TestServer } from '../support/server';

/** What the owner of an ordinary key tries: to reach what is others', and to do what he was not granted. */
let column: Column;
let tools: string;
let server: TestServer;

beforeAll(async () => {
  column = await embeddedColumn();
  tools = await mkdtemp(join(tmpdir(), 'octollm-tools-'));
  server = await TestServer.start(column, { AUTH_MODE: 'keys', TOOLS_FOLDER: tools });
});
afterAll(async () => {
  await server.stop();
  await column.dispose();
  await rm(tools, { recursive: true });
});

type Headers = Record<string, string>;
const key = async (...scopes: Scope[]): Promise<Headers> => {
  const wanted = { name: 'k', tier: 'live' as const, ...(scopes.length > 0 && { scopes }) };
  return { 'x-api-key': (await server.get(ApiKeys).create(wanted, 'test')).value };
};
const granting = async (...actions: string[]): Promise<Headers> => {
  const capabilities = actions.map((action) => ({ action }));
  const { token } = await server.get(CapabilityTokens).sign({ armId: 'executor', capabilities });
  return { authorization: `Bearer ${token}` };
};
const execute = (body: object, headers: Headers): Promise<Answer> => server.request('POST', '/execute', body, headers);
const said = ({ body }: Answer): string => `${String(body['stdout'])}${String(body['stderr'])}`;

describe('what others have run', () => {
  it('is neither a workspace nor a result for whoever may only execute', async () => {
    const owner = await key('sandbox:execute');
    const { body } = await execute({ action_type: 'shell', command: 'echo mine', files: { 'a.txt': 'a' } }, owner);
    const status = `/sandbox/${String(body['sandbox_id'])}/status`;
    expect(await server.request('GET', status, undefined, owner)).toMatchObject({ status: 200 });
    const stranger = await key('sandbox:execute');
    expect(await server.request('GET', status, undefined, stranger)).toMatchObject({
      status: 404,
      body: { message: 'There is no sandbox with this id.' },
    });
    expect(await server.request('GET', status, undefined, await key('sandbox:execute', 'task:read'))).toMatchObject({
      status: 200,
    });
    const borrowed = { command: 'ls', workspace: body['sandbox_id'] };
    expect(await execute(borrowed, stranger)).toMatchObject({ status: 404 });
    expect(said(await execute(borrowed, owner))).toBe('a.txt\n');
  });
});

describe('a repository among the files', () => {
  const settings = (more: string): string =>
    `[core]\n\trepositoryformatversion = 0\n${more}\tfsmonitor = "touch /box/RUN; echo"\n`;
  const inside = (folder: string, config: string): Record<string, string> => ({
    [`${folder}config`]: config,
    [`${folder}HEAD`]: 'ref: refs/heads/main\n',
    [`${folder}objects/x`]: '',
    [`${folder}refs/x`]: '',
  });

  it.each<[string, Record<string, string>]>([
    ['in its usual place', inside('.git/', settings('\tbare = false\n'))],
    ['as a file that names another place', { '.git': 'gitdir: elsewhere\n' }],
    ['further below, in other letters', { 'a/.GIT/config': settings('') }],
  ])('%s is not taken', async (_, files) => {
    const answer = await execute({ action_type: 'shell', command: 'git', args: ['status'], files }, await key());
    expect(answer).toMatchObject({ status: 400, body: { code: 'validation_error' } });
    expect(answer.body['message']).toContain("without '..' and '.git'");
  });

  it('that is the workspace itself starts nothing for whoever may only look', async () => {
    const files = inside('', settings('\tbare = false\n\tworktree = /box\n'));
    const look = { action_type: 'shell', command: 'git', args: ['status'], files };
    const answer = await execute(look, await granting('ShellRead', 'FilesystemRead'));
    expect(answer.status).toBe(200);
    expect(said(answer)).not.toContain('RUN');
    expect(answer.body['exit_code']).not.toBe(0);
  });
});

describe('a tool', () => {
  const card = JSON.stringify({ capabilities: ['ShellRead'] });

  it('takes no file of its caller for one of its own', async () => {
    await writeFile(join(tools, 'echo.py'), 'import json, sys\nprint(json.dumps(json.load(sys.stdin)))');
    await writeFile(join(tools, 'echo.json'), card);
    await writeFile(
      join(tools, 'same.js'),
      'const { readFileSync } = require("fs");\nconsole.log(readFileSync(0, "utf8"));',
    );
    await writeFile(join(tools, 'same.json'), card);
    const use = { action_type: 'tool', input: { a: 1 } };
    const files = {
      'json.py': 'print("TAKEN")\nload = dumps = lambda _: 1',
      '.tool/json.py': 'print("TAKEN")\nload = dumps = lambda _: 1',
      'sys.py': 'print("TAKEN")',
      'package.json': '{"type": "module"}',
    };
    const who = await granting('ShellRead');
    for (const command of ['echo', 'same']) {
      const answer = await execute({ ...use, command, files }, who);
      expect(answer).toMatchObject({ status: 200, body: { value: { a: 1 }, artifacts: [] } });
    }
  });
});

it('a folder where the program would be is gone around', async () => {
  const files = { 'main.py/x': 'x', 'main-1.py': 'y' };
  const program = { action_type: 'python', code: 'import os\nprint(sorted(os.listdir()))', files };
  expect(await execute(program, await key())).toMatchObject({
    status: 200,
    body: { stdout: "['main-1.py', 'main-2.py', 'main.py']\n", artifacts: [] },
  });
});

it('a folder whose name no file system takes is the mistake of whoever named it', async () => {
  const answer = await execute({ command: 'ls', args: ['-a'], cwd: `a/${'n'.repeat(256)}` }, await key());
  expect(answer).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining('cwd: a name in it is longer') },
  });
});

it('scripts without end of one caller hold up nobody else', async () => {
  const script = { action_type: 'javascript', engine: 'quickjs', timeout_seconds: 60 };
  const hog = await key();
  const order: string[] = [];
  const stuck = Array.from({ length: 2 }, async () => {
    const answer = await execute({ ...script, code: 'for (;;);' }, hog);
    order.push('an endless one');
    return answer;
  });
  expect(await execute({ ...script, code: 'return 1;' }, await key())).toMatchObject({ body: { value: 1 } });
  order.push('the other');
  // One is ended long before its own limit, and the other does not wait for that in everybody's way.
  const statuses = (await Promise.all(stuck)).map(({ status }) => status);
  expect(statuses.toSorted((a, b) => a - b)).toEqual([408, 503]);
  expect(order).toEqual(['the other', 'an endless one', 'an endless one']);
});

it('what a person is asked can be read as it is, with all that comes with it', async () => {
  const code = 'import shutil\nshutil.rmtree("/srv")  # \u001b[2J\u202e\u200b';
  const files = { 'shutil.py': 'def rmtree(_): pass' };
  const answer = await execute(
    { action_type: 'python', code, files, env: { X: '1' }, wait_for_approval: true },
    await key(),
  );
  const { reason } = answer.body['approval'] as { reason: string };
  expect(reason).toContain('\\u{1B}[2J\\u{202E}\\u{200B}');
  expect(reason).toContain('With it: the files shutil.py; the variables X. ');
  expect(reason).not.toMatch(/[\u001b\u202e\u200b]/);
});
