import { Injectable } from '@nestjs/common';
import { TransientError, UserError } from '../../common/errors';
import type { Caller } from '../../contracts/caller';
import type { ExecutionRequest } from '../../contracts/direct';
import { type ArmAnswer, type ArmCall, IntakePort, type RunState } from '../../intake/intake.port';
import { echoText } from '../http/echo';
import { validated } from '../http/validation';
import {
  type Asked,
  type ExecuteDialect,
  dialectOf,
  replyOf,
  sandboxIdOf,
  toExecution,
  toExecutionCall,
} from './execute.mapper';
import { ExecuteRequestDto } from './execute-request.dto';
import { ExecutionGrants } from './execution-grants.service';
import { workspaceReference } from './workspace-reference';

/** A run that waits for a person. */
export type HeldRun = RunState & Required<Pick<RunState, 'question'>>;
export interface Executed {
  request: Asked;
  /** What came of it, or what it waits for. */
  outcome: ArmAnswer | HeldRun;
}

export const isHeld = (outcome: ArmAnswer | HeldRun): outcome is HeldRun => 'question' in outcome;

/** As the contract has it: ten are executed at a time, a hundred wait. Counted for this process. */
const MOST_AT_ONCE = 110;
const RETRY_AFTER_SECONDS = 5;

/** The word that stands on lists of commands. */
const commandOf = ({ actionType, command, args }: Asked): string | undefined => {
  if (actionType === 'python') return 'python3';
  if (actionType === 'javascript' || actionType === 'typescript') return 'node';
  return args.length > 0 ? command.trim() : command.trim().split(/\s/, 1)[0];
};

/** Has the executor do what a body says, in whatever dialect. */
@Injectable()
export class Executions {
  private atOnce = 0;

  constructor(
    private readonly intake: IntakePort,
    private readonly grants: ExecutionGrants,
  ) {}

  /**
   * What came of it; also that it waits for a person, where the body asks for that. Errors: as `finish`, and `TransientError`
   * `service_unavailable` where too many wait already.
   */
  async execute(body: unknown, caller: Caller): Promise<Executed> {
    const dto = validated(ExecuteRequestDto, body, 'body');
    const asked = toExecution(dto);
    if (asked.mayWait !== true) return { request: asked, outcome: await this.run(dto, asked, caller, dialectOf(dto)) };
    const call = await this.callOf(dto, asked, caller);
    const state = await this.admitted(() => this.intake.begin(call));
    const { answer, question } = state;
    if (answer !== undefined) return { request: asked, outcome: inTime(answer, asked, dialectOf(dto)) };
    if (question === undefined) throw new TransientError('service_unavailable', 'The executor gave no answer.');
    return { request: asked, outcome: { ...state, question } };
  }

  /**
   * What came of it, and nothing else, for a door whose answer has no words for anything else. Errors: `InvalidRequest`, those of
   * the arm, of the token and of the workspace, and `TransientError` `execution_timeout` (details `partial_output`, `duration_ms`),
   * except for the one client that takes a timeout for an answer.
   */
  async finish(body: unknown, caller: Caller): Promise<ArmAnswer> {
    const dto = validated(ExecuteRequestDto, body, 'body');
    return this.run(dto, { ...toExecution(dto), mayWait: false }, caller, 'openapi');
  }

  private async run(dto: ExecuteRequestDto, asked: Asked, caller: Caller, dialect: ExecuteDialect): Promise<ArmAnswer> {
    const call = await this.callOf(dto, asked, caller);
    return inTime(await this.admitted(() => this.intake.run(call)), asked, dialect);
  }

  /** Who would wait behind too many others is told so at once, before anything of his is stored. */
  private async admitted<T>(work: () => Promise<T>): Promise<T> {
    if (this.atOnce >= MOST_AT_ONCE) {
      throw new TransientError(
        'service_unavailable',
        `${MOST_AT_ONCE} executions are at work or wait already; come again in ${RETRY_AFTER_SECONDS} seconds.`,
        { retryAfterSeconds: RETRY_AFTER_SECONDS },
      );
    }
    this.atOnce += 1;
    try {
      return await work();
    } finally {
      this.atOnce -= 1;
    }
  }

  private async callOf(dto: ExecuteRequestDto, asked: Asked, caller: Caller): Promise<ArmCall> {
    const granted = await this.grants.of(caller, dto.capability_token ?? undefined, {
      command: commandOf(asked),
      action_type: asked.actionType,
      timeout_seconds: asked.timeoutSeconds,
      allow_network: asked.allowNetwork,
    });
    const workspace = await this.workspaceOf(dto.workspace, caller);
    const request: ExecutionRequest = { ...asked, ...granted, ...(workspace !== undefined && { workspace }) };
    return toExecutionCall(request, caller.holder);
  }

  private async workspaceOf(given: string | null | undefined, { holder }: Caller): Promise<string | undefined> {
    if (given === null || given === undefined) return undefined;
    const reference = workspaceReference(given);
    try {
      if (reference !== undefined) return await this.intake.workspaceOf(reference, holder);
    } catch (error) {
      if (!(error instanceof UserError) || error.code !== 'resource_not_found') throw error;
    }
    throw new UserError(
      'resource_not_found',
      `workspace: there is no execution or task ${echoText(given)} of yours; give a sandbox_id or the id of a task.`,
      { details: { field: 'workspace', constraint: 'an execution or task of the caller' } },
    );
  }
}

/** The answer, unless it is that time was up, which most clients take for an error. */
const inTime = (answer: ArmAnswer, { timeoutSeconds }: Asked, dialect: ExecuteDialect): ArmAnswer => {
  const { status, stdout, stderr, durationMs } = replyOf(answer);
  if (status !== 'timeout' || dialect === 'typescript') return answer;
  throw new TransientError('execution_timeout', `The execution was ended after ${timeoutSeconds} s.`, {
    details: {
      timeout_seconds: timeoutSeconds,
      duration_ms: durationMs,
      partial_output: stdout,
      ...(stderr !== '' && { partial_stderr: stderr }),
      sandbox_id: sandboxIdOf(answer.runId),
    },
  });
};
