import { Database } from '../../src/drivers/database/database.service';
import { ChildServer } from '../support/child-server';
import { COLUMNS, type Column, embeddedColumn } from '../support/columns';
import { type Answer, TestServer, eventually, request } from '../support/server';

const COMMANDS = { EXECUTOR_COMMANDS: 'cat,echo,ls,rm,python3' };
const NOW = {
  action_type: 'shell',
  command: 'rm -rf data',
  files: { 'data/a.txt': 'precious', 'kept.txt': 'kept' },
};
const WIPE = { ...NOW, wait_for_approval: true };

interface Held {
  sandbox: string;
  task: string;
  approval: Record<string, string>;
}
type Ask = (method: string, path: string, body?: object) => Promise<Answer>;

/** Asks for something that a person has to agree to. */
const hold = async (ask: Ask, body: object = WIPE): Promise<Held> => {
  const answer = await ask('POST', '/execute', body);
  expect(answer).toMatchObject({ status: 200, body: { status: 'running', success: false, exit_code: -1 } });
  const approval = answer.body['approval'] as Record<string, string>;
  const task = /task-[0-9a-f-]{36}/.exec(approval['approve'] ?? '')?.[0] ?? '';
  return { sandbox: String(answer.body['sandbox_id']), task, approval };
};
const statusOf = async (ask: Ask, { sandbox }: Held): Promise<Record<string, unknown>> =>
  (await ask('GET', `/sandbox/${sandbox}/status`)).body;
/** How it ended. */
const ended = (ask: Ask, held: Held): Promise<Record<string, unknown>> =>
  eventually('the end of the run', async () => {
    const body = await statusOf(ask, held);
    return body['status'] === 'running' ? undefined : body;
  });

describe.each(COLUMNS)('an execution that needs a person, %s', (_, openColumn) => {
  let column: Column;
  let server: TestServer;
  const ask: Ask = (method, path, body) => server.request(method, path, body);

  beforeAll(async () => {
    column = await openColumn();
    server = await TestServer.start(column, COMMANDS);
  });
  afterAll(async () => {
    await server.stop();
    await column.dispose();
  });

  it('says what it would run and waits, among the questions of all tasks', async () => {
    const held = await hold(ask);
    expect(held.approval).toEqual({
      approval_id: expect.any(String) as string,
      reason: expect.stringMatching(/To be run: rm -rf data$/) as string,
      deadline: expect.stringMatching(/Z$/) as string,
      approve: `/api/v1/tasks/${held.task}/approve`,
      reject: `/api/v1/tasks/${held.task}/reject`,
    });
    expect(await statusOf(ask, held)).toMatchObject({
      status: 'running',
      waiting_for_approval: true,
      approval: held.approval,
    });
    const { body } = await ask('GET', '/api/v1/approvals?status=pending');
    expect(body['approvals']).toContainEqual(
      expect.objectContaining({ task_id: held.task, arm: 'executor', reason: held.approval['reason'] }),
    );
    expect((await ask('GET', `/api/v1/tasks/${held.task}/approvals`)).body['approvals']).toHaveLength(1);
    await ask('POST', held.approval['reject'] ?? '');
  });

  it('is run once somebody agrees, in its workspace, and tells the whole outcome', async () => {
    const held = await hold(ask);
    expect(await ask('POST', held.approval['approve'] ?? '', { comment: 'Go on.' })).toMatchObject({
      status: 200,
      body: { status: 'approved' },
    });
    expect(await ended(ask, held)).toMatchObject({
      status: 'completed',
      waiting_for_approval: false,
      result: { success: true, exit_code: 0, sandbox_info: { risk: 'destructive' } },
    });
    const left = await ask('POST', '/execute', { command: 'ls', workspace: held.sandbox });
    expect(left.body['stdout']).toBe('kept.txt\n');
    const lines = await server
      .get(Database)
      .query<{ action_details: object }>(
        `SELECT action_details FROM action_log WHERE action_type = 'execute' AND task_id = $1`,
        [held.task],
      );
    expect(lines).toMatchObject([{ action_details: { approved: true, risk: 'destructive' } }]);
  });

  it('is not run when somebody refuses, and says why', async () => {
    const held = await hold(ask);
    await ask('POST', held.approval['reject'] ?? '', { comment: 'Not today.' });
    expect(await ended(ask, held)).toMatchObject({
      status: 'terminated',
      error: { code: 'approval_rejected', message: expect.stringContaining('Not today.') },
    });
    const left = await ask('POST', '/execute', { command: 'ls', workspace: held.sandbox });
    expect(left.body['stdout']).toBe('');
  });

  it('is not run when nobody answers in time', async () => {
    const held = await hold(ask);
    await server
      .get(Database)
      .query('UPDATE approvals SET deadline_at = now() WHERE task_id = $1', [held.task.slice('task-'.length)]);
    expect(await ended(ask, held)).toMatchObject({ status: 'terminated', error: { code: 'approval_expired' } });
    expect((await ask('POST', held.approval['approve'] ?? '')).status).toBe(404);
  });

  it('is refused at once where its caller does not want to wait, and is asked of nobody', async () => {
    const { body: before } = await ask('GET', '/api/v1/approvals?status=pending');
    expect(await ask('POST', '/execute', NOW)).toMatchObject({
      status: 403,
      body: {
        error_type: 'CapabilityViolation',
        error: expect.stringMatching(/^This needs the approval of a person: .*rm -rf data.*wait_for_approval/),
        allowed_commands: expect.arrayContaining(['rm']),
      },
    });
    // Its answer has no words for waiting.
    expect((await ask('POST', '/api/v1/execute', WIPE)).status).toBe(403);
    expect((await ask('GET', '/api/v1/approvals?status=pending')).body).toEqual(before);
  });

  it('can say so in its metadata, and waits for nobody when nobody is needed', async () => {
    const held = await hold(ask, { ...NOW, metadata: { wait_for_approval: true } });
    await ask('POST', held.approval['reject'] ?? '');
    expect(await ask('POST', '/execute', { command: 'echo 1', wait_for_approval: true })).toMatchObject({
      status: 200,
      body: { status: 'completed', stdout: '1\n' },
    });
    const late = { command_type: 'python', command: 'while True: pass', timeout_seconds: 1, wait_for_approval: true };
    expect((await ask('POST', '/execute', late)).status).toBe(408);
    expect((await ask('POST', '/execute', { command: 'sudo ls', wait_for_approval: true })).status).toBe(403);
  });

  it('may be a program that destroys, as long as that is its own', async () => {
    const own = "import shutil, os\nos.mkdir('a')\nshutil.rmtree('a')\nprint('gone')";
    expect((await ask('POST', '/execute', { action_type: 'python', code: own })).body).toMatchObject({
      stdout: 'gone\n',
      sandbox_info: { risk: 'destructive' },
    });
    const other = "import shutil\nshutil.rmtree('/srv', ignore_errors=True)";
    expect((await ask('POST', '/execute', { action_type: 'python', code: other })).status).toBe(403);
  });
});

describe('a server that is killed while an execution waits for a person', () => {
  it('still waits after its next start, and does it once', async () => {
    const column = await embeddedColumn();
    const variables = { ...column.variables, ...COMMANDS };
    let server = await ChildServer.start(variables);
    const ask: Ask = (method, path, body) => request(server.url, method, path, body);
    try {
      const held = await hold(ask);
      await server.kill();
      server = await ChildServer.start(variables);
      expect(await statusOf(ask, held)).toMatchObject({ waiting_for_approval: true, approval: held.approval });
      await ask('POST', held.approval['approve'] ?? '');
      expect(await ended(ask, held)).toMatchObject({ status: 'completed', result: { exit_code: 0 } });
      const left = await ask('POST', '/execute', { command: 'ls', workspace: held.sandbox });
      expect(left.body['stdout']).toBe('kept.txt\n');
    } finally {
      await server.stop();
      await column.dispose();
    }
  }, 240_000);
});
