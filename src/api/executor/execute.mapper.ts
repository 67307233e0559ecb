import { commandHash } from '../../common/command-hash';
import type { Artifact } from '../../contracts/artifact';
import type { ActionType, ExecutionReply, ExecutionRequest } from '../../contracts/direct';
import type { ArmAnswer, ArmCall, RunState } from '../../intake/intake.port';
import { directDraft } from '../http/direct-draft';
import { least } from '../http/steering';
import type { Wire } from '../http/types';
import type { ExecuteRequestDto } from './execute-request.dto';
import type { ExecutionDto, QuestionDto, SandboxStatusDto } from './execution.dto';

type Question = NonNullable<RunState['question']>;

/** Which client a body comes from, as far as the answer depends on it. */
export type ExecuteDialect = 'openapi' | 'python' | 'typescript';

export const dialectOf = ({ action_type, command_type }: Wire<ExecuteRequestDto>): ExecuteDialect => {
  if ((action_type ?? undefined) !== undefined) return 'openapi';
  return (command_type ?? undefined) === undefined ? 'typescript' : 'python';
};

const DEFAULT_SECONDS = 30;
/** Of the run's time, what waiting for a free place and starting may take. */
const MARGIN_SECONDS = 60;
const WORKSPACE = /^\/(workspace|box)(\/|$)/;

/** What a body asks for. What it may do, and in whose workspace, is found out besides. */
export type Asked = Omit<ExecutionRequest, 'capabilities' | 'withApproval' | 'hosts' | 'tokenId' | 'workspace'>;

const isGiven = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined;

const INTERPRETERS: Partial<Record<ActionType, string>> = { javascript: 'node', typescript: 'node' };
/** Actions whose program may come as `code`; any other action with `code` is python: so the clients that send it mean it. */
const TAKES_CODE: ActionType[] = ['python', 'javascript', 'typescript'];

const actionOf = ({ action_type, command_type, code }: Wire<ExecuteRequestDto>): ActionType => {
  const named = action_type ?? command_type ?? 'shell';
  return isGiven(code) && !TAKES_CODE.includes(named) ? 'python' : named;
};

export const toExecution = (dto: Wire<ExecuteRequestDto>): Asked => {
  const actionType = actionOf(dto);
  const { code, command, cwd, engine, files, metadata } = dto;
  const input = dto.input === undefined ? metadata?.['input'] : dto.input;
  const mayWait = dto.wait_for_approval ?? metadata?.['wait_for_approval'] === true;
  return {
    actionType,
    command: command ?? INTERPRETERS[actionType] ?? 'python3',
    args: dto.args ?? [],
    ...(isGiven(code) && { code }),
    env: dto.env ?? {},
    ...(isGiven(cwd) && { cwd: cwd.replace(WORKSPACE, './') }),
    timeoutSeconds: least(dto.timeout, dto.timeout_seconds) ?? DEFAULT_SECONDS,
    allowNetwork: dto.allow_network ?? dialectOf(dto) !== 'python',
    ...(engine === 'quickjs' && { engine }),
    ...(input !== undefined && { input }),
    ...(isGiven(files) && { files }),
    ...(mayWait && { mayWait }),
  };
};

const WHAT: Record<ActionType, string> = {
  shell: 'Run a command',
  python: 'Run a Python program',
  javascript: 'Run a JavaScript program',
  typescript: 'Run a TypeScript program',
  http: 'Make a request over HTTP',
  tool: 'Use a tool',
};

/** It is not tried again by itself: what it did the first time may not be meant to happen twice. */
export const toExecutionCall = (request: ExecutionRequest, holder: string): ArmCall => ({
  arm: 'executor',
  draft: directDraft({
    goal: 'Execute what the request says',
    budget: { maxTimeSeconds: Math.ceil(request.timeoutSeconds) + MARGIN_SECONDS, maxRetries: 0 },
  }),
  input: request,
  action: WHAT[request.actionType],
  holder,
});

export const sandboxIdOf = (runId: string): string => `sbx_${runId.replaceAll('-', '')}`;

/** The run behind `sbx_` and 32 hexadecimal digits; undefined for any other text. */
export const runIdOf = (sandboxId: string): string | undefined => {
  const digits = /^sbx_([0-9a-f]{32})$/i.exec(sandboxId)?.[1]?.toLowerCase();
  return digits?.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

export const replyOf = ({ output }: ArmAnswer): ExecutionReply => output as ExecutionReply;

const taskIdOf = (runId: string): string => `task-${runId}`;
const seconds = (milliseconds: number): number => milliseconds / 1000;

const toArtifactDto = ({
  id,
  taskId,
  path,
  size,
  sha256,
  version,
}: Artifact): Wire<ExecutionDto['artifacts'][number]> => ({
  id,
  path,
  size,
  sha256,
  version,
  href: `/api/v1/tasks/${taskIdOf(taskId)}/artifacts/${id}`,
});

export const toExecutionDto = (answer: ArmAnswer, now: Date): Wire<ExecutionDto> => {
  const reply = replyOf(answer);
  const sandboxId = sandboxIdOf(answer.runId);
  const success = reply.exitCode === 0;
  return {
    success,
    exit_code: reply.exitCode,
    stdout: reply.stdout,
    stderr: reply.stderr,
    output: reply.stdout,
    error: null,
    status: reply.status,
    duration_ms: reply.durationMs,
    duration_seconds: seconds(reply.durationMs),
    execution_time_seconds: seconds(reply.durationMs),
    sandbox_id: sandboxId,
    sandbox_info: {
      sandbox_id: sandboxId,
      engine: reply.engine,
      network: reply.network,
      memory_limit_mb: reply.memoryLimitMb,
      truncated: reply.truncated,
      risk: reply.risk,
      risk_reasons: reply.riskReasons,
      ...(reply.limit !== undefined && { limit: reply.limit }),
      ...(reply.httpStatus !== undefined && { http_status: reply.httpStatus }),
      ...(reply.cpuTimeMs !== undefined && { cpu_time_ms: reply.cpuTimeMs }),
      ...(reply.maxMemoryBytes !== undefined && { max_memory_bytes: reply.maxMemoryBytes }),
      ...(reply.leftOut !== undefined && { left_out: reply.leftOut }),
    },
    provenance: {
      arm_id: 'executor',
      task_id: taskIdOf(answer.runId),
      timestamp: now.toISOString(),
      action_type: reply.actionType,
      command_hash: `sha256:${reply.commandHash}`,
      output_hash: `sha256:${reply.outputHash}`,
      capabilities_used: reply.capabilitiesUsed,
      ...(reply.tokenId !== undefined && { capability_token_id: reply.tokenId }),
      duration_ms: reply.durationMs,
      success,
      exit_code: reply.exitCode,
    },
    artifacts: reply.artifacts.map(toArtifactDto),
    ...(reply.value !== undefined && { value: reply.value }),
  };
};

/** What a person is asked, and where the answer goes. */
const toQuestionDto = (runId: string, { approvalId, reason, deadline }: Question): Wire<QuestionDto> => ({
  approval_id: approvalId,
  reason,
  deadline: deadline.toISOString(),
  approve: `/api/v1/tasks/${taskIdOf(runId)}/approve`,
  reject: `/api/v1/tasks/${taskIdOf(runId)}/reject`,
});

/** Stands where the outcome will be, once a person has agreed to the run. */
export const toHeldDto = (runId: string, question: Question, request: Asked, now: Date): Wire<ExecutionDto> => {
  const sandboxId = sandboxIdOf(runId);
  return {
    success: false,
    exit_code: -1,
    stdout: '',
    stderr: '',
    output: '',
    error: null,
    status: 'running',
    duration_ms: 0,
    duration_seconds: 0,
    execution_time_seconds: 0,
    sandbox_id: sandboxId,
    sandbox_info: { sandbox_id: sandboxId, engine: 'none', network: false, memory_limit_mb: 0, truncated: false },
    provenance: {
      arm_id: 'executor',
      task_id: taskIdOf(runId),
      timestamp: now.toISOString(),
      action_type: request.actionType,
      command_hash: `sha256:${commandHash(request)}`,
      capabilities_used: [],
    },
    artifacts: [],
    approval: toQuestionDto(runId, question),
  };
};

const STATUSES: Record<RunState['status'], SandboxStatusDto['status']> = {
  running: 'running',
  completed: 'completed',
  failed: 'terminated',
  cancelled: 'terminated',
};

export const toSandboxStatusDto = (id: string, run: RunState): Wire<SandboxStatusDto> => {
  const { runId, status, createdAt, question, answer, error } = run;
  return {
    sandbox_id: id,
    status: STATUSES[status],
    created_at: createdAt.toISOString(),
    waiting_for_approval: question !== undefined,
    ...(question !== undefined && { approval: toQuestionDto(runId, question) }),
    ...(answer !== undefined && {
      result: toExecutionDto(answer, new Date(createdAt.getTime() + answer.durationMs)),
    }),
    ...(error !== undefined && { error: { code: error.code, message: error.message } }),
  };
};
