import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { BugError, OctoError, UserError } from '../../common/errors';
import type { JsonObject } from '../../contracts/json';
import { callerOf, rememberCaller } from '../http/access.decorator';
import { ArmDoors } from '../http/arm-doors.service';
import { Doorkeeper } from '../http/doorkeeper.service';
import { contractArm } from '../http/execute-target';
import { prefixOf } from '../http/service';
import type { HttpRequest } from '../http/types';
import { validated } from '../http/validation';
import { armBody } from './arm-body';
import { toFailed, toSucceeded } from './contract-answer.mapper';
import { ContractExecuteDto } from './contract-execute.dto';

/** `POST /{arm_id}/execute` with a `task_contract`: any arm, asked and answering in one form. */
@Injectable()
export class ContractExecute {
  constructor(
    private readonly doorkeeper: Doorkeeper,
    private readonly doors: ArmDoors,
    private readonly clock: Clock,
  ) {
    doors.register('contract', (body, request) => this.run(body, request));
  }

  private async run(body: unknown, request: HttpRequest): Promise<JsonObject> {
    const dto = validated(ContractExecuteDto, body, 'body');
    const arm = contractArm(body, prefixOf(request.raw));
    const inner = arm === undefined ? undefined : armBody(arm, dto);
    if (arm === undefined || inner === undefined) {
      throw new UserError('resource_not_found', 'There is no arm of this name; GET /arms lists the arms.');
    }
    const caller = callerOf(request);
    const grant = await this.doorkeeper.grantOf(caller, dto.capability_token, arm);
    if (grant !== undefined) rememberCaller(request, { ...caller, grant });
    const startedAt = performance.now();
    const seen = () => ({
      taskId: dto.task_contract.task_id,
      arm,
      now: this.clock.now(),
      durationMs: performance.now() - startedAt,
    });
    try {
      const result = (await this.doors.enter(arm, inner, request)) as JsonObject;
      return toSucceeded(seen(), result);
    } catch (error) {
      if (!(error instanceof OctoError) || error instanceof BugError) throw error;
      return toFailed(seen(), error, request.url);
    }
  }
}
