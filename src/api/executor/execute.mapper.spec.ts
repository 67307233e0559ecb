import type { ExecutionReply } from '../../contracts/direct';
import type { ArmAnswer, RunState } from '../../intake/intake.port';
import {
  dialectOf,
  runIdOf,
  sandboxIdOf,
  toExecution,
  toExecutionCall,
  toExecutionDto,
  toHeldDto,
  toSandboxStatusDto,
} from './execute.mapper';
import { workspaceReference } from './workspace-reference';

const RUN_ID = '91f7b677-19a4-49f3-883e-8008a80a803a';
const SANDBOX_ID = 'sbx_91f7b67719a449f3883e8008a80a803a';

const request = {
  actionType: 'shell',
  command: 'ls',
  args: [],
  env: {},
  timeoutSeconds: 30,
  allowNetwork: true,
};

it.each([
  [{ action_type: 'shell' as const, command: 'ls' }, 'openapi', request],
  [{ command_type: 'shell' as const, command: 'ls' }, 'python', { ...request, allowNetwork: false }],
  [{ command_type: 'shell' as const, command: 'ls', allow_network: true }, 'python', request],
  [{ command: 'ls' }, 'typescript', request],
  [{ command: 'ls', allow_network: false }, 'typescript', { ...request, allowNetwork: false }],
  [{ command: 'ls', timeout: 2.5 }, 'typescript', { ...request, timeoutSeconds: 2.5 }],
  [{ command: 'ls', timeout: 20, timeout_seconds: 10 }, 'typescript', { ...request, timeoutSeconds: 10 }],
  [{ command: 'ls', cwd: '/workspace/a' }, 'typescript', { ...request, cwd: './a' }],
  [{ command: 'ls', cwd: '/tmp' }, 'typescript', { ...request, cwd: '/tmp' }],
  [
    { action_type: 'python' as const, code: 'print(1)' },
    'openapi',
    { ...request, actionType: 'python', command: 'python3', code: 'print(1)' },
  ],
  [{ code: 'print(1)' }, 'typescript', { ...request, actionType: 'python', command: 'python3', code: 'print(1)' }],
  [
    { action_type: 'javascript' as const, code: '1' },
    'openapi',
    { ...request, actionType: 'javascript', command: 'node', code: '1' },
  ],
  [
    {
      command_type: 'typescript' as const,
      command: 'let a: number',
      metadata: { input: [1], wait_for_approval: true },
    },
    'python',
    { ...request, actionType: 'typescript', command: 'let a: number', allowNetwork: false, input: [1], mayWait: true },
  ],
  [
    {
      command: 'x',
      code: '1',
      action_type: 'javascript' as const,
      engine: 'quickjs' as const,
      input: null,
      files: { a: 'b' },
    },
    'openapi',
    {
      ...request,
      actionType: 'javascript',
      command: 'x',
      code: '1',
      engine: 'quickjs',
      input: null,
      files: { a: 'b' },
    },
  ],
])('%j is %s', (dto, dialect, expected) => {
  expect(dialectOf(dto)).toBe(dialect);
  expect(toExecution(dto)).toEqual(expected);
});

it('asks once, with time to spare for the start', () => {
  const asked = toExecution({ command: 'ls', timeout: 2.5 });
  const call = toExecutionCall({ ...asked, capabilities: ['ShellRead'] }, 'key:1');
  expect(call).toMatchObject({
    arm: 'executor',
    action: 'Run a command',
    draft: { budget: { maxTimeSeconds: 63, maxRetries: 0 } },
    input: { command: 'ls', capabilities: ['ShellRead'] },
    holder: 'key:1',
  });
});

it('names a run and reads the name again', () => {
  expect(sandboxIdOf(RUN_ID)).toBe(SANDBOX_ID);
  expect(runIdOf(SANDBOX_ID)).toBe(RUN_ID);
  for (const other of ['', 'sbx_', `${SANDBOX_ID}0`, SANDBOX_ID.slice(4), 'sbx_zzzzb67719a449f3883e8008a80a803a']) {
    expect(runIdOf(other)).toBeUndefined();
  }
});

it.each([
  [SANDBOX_ID, RUN_ID],
  [RUN_ID.toUpperCase(), RUN_ID],
  [`task-${RUN_ID}`, RUN_ID],
  ['task_AbCdEfGh12345678', 'AbCdEfGh12345678'],
  ['../../etc', undefined],
  ['', undefined],
])('a workspace may be named as %j', (given, reference) => expect(workspaceReference(given)).toBe(reference));

const HASH = 'a'.repeat(64);
const reply: ExecutionReply = {
  actionType: 'http',
  status: 'failed',
  exitCode: 22,
  stdout: 'no such page',
  stderr: 'The server answered with status 404.',
  durationMs: 1234,
  engine: 'none',
  network: true,
  memoryLimitMb: 0,
  truncated: true,
  limit: 'output',
  risk: 'network',
  riskReasons: ['It sends a request to example.com.'],
  commandHash: HASH,
  outputHash: HASH,
  capabilitiesUsed: ['HttpGet'],
  tokenId: 'jti',
  httpStatus: 404,
  value: { a: 1 },
  leftOut: [{ path: 'big', reason: 'too_large' }],
  artifacts: [
    {
      id: 'x',
      taskId: RUN_ID,
      step: 'direct',
      path: 'a/b',
      version: 2,
      size: 3,
      sha256: HASH,
      createdAt: '2030-01-02T03:04:05.000Z',
      available: true,
    },
  ],
};
const answer = { runId: RUN_ID, output: reply, durationMs: 2000 } as unknown as ArmAnswer;

const ENTIRE = {
  success: false,
  exit_code: 22,
  stdout: 'no such page',
  stderr: 'The server answered with status 404.',
  output: 'no such page',
  error: null,
  status: 'failed',
  duration_ms: 1234,
  duration_seconds: 1.234,
  execution_time_seconds: 1.234,
  sandbox_id: SANDBOX_ID,
  sandbox_info: {
    sandbox_id: SANDBOX_ID,
    engine: 'none',
    network: true,
    memory_limit_mb: 0,
    truncated: true,
    risk: 'network',
    risk_reasons: ['It sends a request to example.com.'],
    limit: 'output',
    http_status: 404,
    left_out: [{ path: 'big', reason: 'too_large' }],
  },
  provenance: {
    arm_id: 'executor',
    task_id: `task-${RUN_ID}`,
    timestamp: '2030-01-02T03:04:05.000Z',
    action_type: 'http',
    command_hash: `sha256:${HASH}`,
    output_hash: `sha256:${HASH}`,
    capabilities_used: ['HttpGet'],
    capability_token_id: 'jti',
    duration_ms: 1234,
    success: false,
    exit_code: 22,
  },
  artifacts: [
    { id: 'x', path: 'a/b', size: 3, sha256: HASH, version: 2, href: `/api/v1/tasks/task-${RUN_ID}/artifacts/x` },
  ],
  value: { a: 1 },
};

it('says everything that any client reads', () => {
  expect(toExecutionDto(answer, new Date('2030-01-02T03:04:05Z'))).toEqual(ENTIRE);
});

describe('a run that waits for a person', () => {
  const createdAt = new Date('2030-01-02T03:04:03Z');
  const question = { approvalId: 'q', reason: 'It deletes.', deadline: new Date('2030-01-02T04:00:00Z') };
  const approval = {
    approval_id: 'q',
    reason: 'It deletes.',
    deadline: '2030-01-02T04:00:00.000Z',
    approve: `/api/v1/tasks/task-${RUN_ID}/approve`,
    reject: `/api/v1/tasks/task-${RUN_ID}/reject`,
  };
  const state: RunState = { runId: RUN_ID, arm: 'executor', status: 'running', createdAt };

  it('has an answer of the same form', () => {
    expect(toHeldDto(RUN_ID, question, toExecution({ command: 'rm x' }), createdAt)).toMatchObject({
      success: false,
      exit_code: -1,
      status: 'running',
      sandbox_id: SANDBOX_ID,
      approval,
    });
  });

  it('tells by its status what it waits for, and later what came of it', () => {
    const always = { sandbox_id: SANDBOX_ID, created_at: createdAt.toISOString() };
    expect(toSandboxStatusDto(SANDBOX_ID, { ...state, question })).toEqual({
      ...always,
      status: 'running',
      waiting_for_approval: true,
      approval,
    });
    expect(toSandboxStatusDto(SANDBOX_ID, { ...state, status: 'completed', answer })).toEqual({
      ...always,
      status: 'completed',
      waiting_for_approval: false,
      result: ENTIRE,
    });
    const error = { code: 'approval_rejected', message: 'No.' };
    expect(toSandboxStatusDto(SANDBOX_ID, { ...state, status: 'failed', error })).toEqual({
      ...always,
      status: 'terminated',
      waiting_for_approval: false,
      error,
    });
  });
});
