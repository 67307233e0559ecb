import { Injectable } from '@nestjs/common';
import { TransientError } from '../../common/errors';
import type { Caller } from '../../contracts/caller';
import { type ArmAnswer, IntakePort } from '../../intake/intake.port';
import { validated } from '../http/validation';
import { type ExecuteDialect, dialectOf, replyOf, sandboxIdOf, toExecution, toExecutionCall } from './execute.mapper';
import { ExecuteRequestDto } from './execute-request.dto';
import { ExecutionGrants } from './execution-grants.service';

export interface Executed {
  request: ReturnType<typeof toExecution>;
  answer: ArmAnswer;
}

/** Has the executor do what a body says, in whatever dialect. */
@Injectable()
export class Executions {
  constructor(
    private readonly intake: IntakePort,
    private readonly grants: ExecutionGrants,
  ) {}

  /**
   * `dialect` is that of the body unless the door has but one. Errors: `InvalidRequest`, those of the arm and of the token,
   * and `TransientError` `execution_timeout` (details `partial_output`, `duration_ms`), except for the one client that takes a
   * timeout for an answer.
   */
  async execute(body: unknown, caller: Caller, dialect?: ExecuteDialect): Promise<Executed> {
    const dto = validated(ExecuteRequestDto, body, 'body');
    const request = toExecution(dto);
    const { command, args, actionType, timeoutSeconds, allowNetwork } = request;
    const word = args.length > 0 ? command.trim() : command.trim().split(/\s/, 1)[0];
    const capabilities = await this.grants.capabilities(caller, dto.capability_token ?? undefined, {
      command: actionType === 'python' ? 'python3' : word,
      action_type: actionType,
      timeout_seconds: timeoutSeconds,
      allow_network: allowNetwork,
    });
    const answer = await this.intake.run(toExecutionCall(request, capabilities));
    const isInTime = replyOf(answer).status !== 'timeout';
    if (!isInTime && (dialect ?? dialectOf(dto)) !== 'typescript') throw timedOut(answer, timeoutSeconds);
    return { request, answer };
  }
}

const timedOut = (answer: ArmAnswer, timeoutSeconds: number): TransientError => {
  const { stdout, stderr, durationMs } = replyOf(answer);
  return new TransientError('execution_timeout', `The execution was ended after ${timeoutSeconds} s.`, {
    details: {
      timeout_seconds: timeoutSeconds,
      duration_ms: durationMs,
      partial_output: stdout,
      ...(stderr !== '' && { partial_stderr: stderr }),
      sandbox_id: sandboxIdOf(answer.runId),
    },
  });
};
