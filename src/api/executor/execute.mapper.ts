import type { ActionType, ExecutionReply, ExecutionRequest } from '../../contracts/direct';
import type { ExecutorCapability } from '../../contracts/executor-capability';
import type { ArmAnswer, ArmCall } from '../../intake/intake.port';
import { directDraft } from '../http/direct-draft';
import { least } from '../http/steering';
import type { Wire } from '../http/types';
import type { ExecuteRequestDto } from './execute-request.dto';
import type { ExecutionDto } from './execution.dto';

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

/** A program given as `code` alone is python: so the clients that send it mean it. */
const actionOf = ({ action_type, command_type, code }: Wire<ExecuteRequestDto>): ActionType =>
  action_type ?? command_type ?? ((code ?? undefined) === undefined ? 'shell' : 'python');

export const toExecution = (dto: Wire<ExecuteRequestDto>): Omit<ExecutionRequest, 'capabilities'> => {
  const actionType = actionOf(dto);
  const { code, command, cwd } = dto;
  const interpreter = actionType === 'javascript' ? 'node' : 'python3';
  return {
    actionType: (code ?? undefined) !== undefined && actionType !== 'javascript' ? 'python' : actionType,
    command: command ?? interpreter,
    args: dto.args ?? [],
    ...(typeof code === 'string' && { code }),
    env: dto.env ?? {},
    ...(typeof cwd === 'string' && { cwd: cwd.replace(WORKSPACE, './') }),
    timeoutSeconds: least(dto.timeout, dto.timeout_seconds) ?? DEFAULT_SECONDS,
    allowNetwork: dto.allow_network ?? dialectOf(dto) !== 'python',
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
export const toExecutionCall = (
  request: Omit<ExecutionRequest, 'capabilities'>,
  capabilities: ExecutorCapability[],
): ArmCall => ({
  arm: 'executor',
  draft: directDraft({
    goal: 'Execute what the request says',
    budget: { maxTimeSeconds: Math.ceil(request.timeoutSeconds) + MARGIN_SECONDS, maxRetries: 0 },
  }),
  input: { ...request, capabilities } satisfies ExecutionRequest,
  action: WHAT[request.actionType],
});

export const sandboxIdOf = (runId: string): string => `sbx_${runId.replaceAll('-', '')}`;

/** The run behind `sbx_` and 32 hexadecimal digits; undefined for any other text. */
export const runIdOf = (sandboxId: string): string | undefined => {
  const digits = /^sbx_([0-9a-f]{32})$/i.exec(sandboxId)?.[1]?.toLowerCase();
  return digits?.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

export const replyOf = ({ output }: ArmAnswer): ExecutionReply => output as ExecutionReply;

const seconds = (milliseconds: number): number => milliseconds / 1000;

export const toExecutionDto = (answer: ArmAnswer, actionType: ActionType, now: Date): Wire<ExecutionDto> => {
  const reply = replyOf(answer);
  const sandboxId = sandboxIdOf(answer.runId);
  return {
    success: reply.exitCode === 0,
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
      ...(reply.limit !== undefined && { limit: reply.limit }),
      ...(reply.httpStatus !== undefined && { http_status: reply.httpStatus }),
    },
    provenance: {
      arm_id: 'executor',
      timestamp: now.toISOString(),
      action_type: actionType,
      command_hash: `sha256:${reply.commandHash}`,
      capabilities_used: reply.capabilitiesUsed,
    },
  };
};
