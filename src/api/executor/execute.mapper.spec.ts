import type { ExecutionReply } from '../../contracts/direct';
import type { ArmAnswer } from '../../intake/intake.port';
import { dialectOf, runIdOf, sandboxIdOf, toExecution, toExecutionCall, toExecutionDto } from './execute.mapper';

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
])('%j is %s', (dto, dialect, expected) => {
  expect(dialectOf(dto)).toBe(dialect);
  expect(toExecution(dto)).toEqual(expected);
});

it('asks once, with time to spare for the start', () => {
  const call = toExecutionCall(toExecution({ command: 'ls', timeout: 2.5 }), ['ShellRead']);
  expect(call).toMatchObject({
    arm: 'executor',
    action: 'Run a command',
    draft: { budget: { maxTimeSeconds: 63, maxRetries: 0 } },
    input: { command: 'ls', capabilities: ['ShellRead'] },
  });
});

it('names a run and reads the name again', () => {
  expect(sandboxIdOf(RUN_ID)).toBe(SANDBOX_ID);
  expect(runIdOf(SANDBOX_ID)).toBe(RUN_ID);
  for (const other of ['', 'sbx_', `${SANDBOX_ID}0`, SANDBOX_ID.slice(4), 'sbx_zzzzb67719a449f3883e8008a80a803a']) {
    expect(runIdOf(other)).toBeUndefined();
  }
});

const reply: ExecutionReply = {
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
  commandHash: 'a'.repeat(64),
  capabilitiesUsed: ['HttpGet'],
  httpStatus: 404,
};

it('says everything that any client reads', () => {
  const answer = { runId: RUN_ID, output: reply } as unknown as ArmAnswer;
  expect(toExecutionDto(answer, 'http', new Date('2030-01-02T03:04:05Z'))).toEqual({
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
      limit: 'output',
      http_status: 404,
    },
    provenance: {
      arm_id: 'executor',
      timestamp: '2030-01-02T03:04:05.000Z',
      action_type: 'http',
      command_hash: `sha256:${'a'.repeat(64)}`,
      capabilities_used: ['HttpGet'],
    },
  });
});
