import { Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import {
  ApiBody,
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import { Clock } from '../../common/clock';
import { UserError } from '../../common/errors';
import { type Caller, isAllowed } from '../../contracts/caller';
import { type RunState, IntakePort } from '../../intake/intake.port';
import { CurrentCaller, Needs, callerOf } from '../http/access.decorator';
import { ArmDoors } from '../http/arm-doors.service';
import { ApiErrors } from '../http/errors.decorator';
import { executeScope, executeTarget } from '../http/execute-target';
import { prefixOf } from '../http/service';
import type { HttpRequest, Wire } from '../http/types';
import { EXECUTE_EXAMPLES } from './examples';
import { ExecuteRequestDto } from './execute-request.dto';
import { runIdOf, toExecutionDto, toHeldDto, toSandboxStatusDto } from './execute.mapper';
import { ExecutionDto, SandboxStatusDto } from './execution.dto';
import { Executions, isHeld } from './executions.service';

@ApiTags('Executor')
@ApiExtraModels(ExecuteRequestDto, ExecutionDto)
@Controller()
export class ExecutorController {
  constructor(
    private readonly executions: Executions,
    private readonly intake: IntakePort,
    private readonly clock: Clock,
    private readonly doors: ArmDoors,
  ) {
    doors.register('executor', (body, request) => this.run(body, request));
  }

  @Post('execute')
  @HttpCode(200)
  @Needs((request) => executeScope(request.body, prefixOf(request.raw)))
  @ApiOperation({
    operationId: 'execute',
    summary: 'Run a command or a program in the sandbox, or make a request over HTTP',
    description:
      'Every arm answers `POST /execute`: under its own name (`/coder/execute` takes the body of `/code`), and without a name by ' +
      'the fields of the body. A `task_contract` in the body goes to the arm that is named.',
  })
  @ApiBody({
    schema: { anyOf: [{ $ref: getSchemaPath(ExecuteRequestDto) }, { type: 'object', additionalProperties: true }] },
    examples: EXECUTE_EXAMPLES,
  })
  @ApiOkResponse({
    description: 'What came of it; the answer of another arm when the body was for that one.',
    schema: { anyOf: [{ $ref: getSchemaPath(ExecutionDto) }, { type: 'object', additionalProperties: true }] },
  })
  @ApiErrors(400, 401, 403, 404, 408, 410, 413, 415, 503)
  execute(@Req() request: HttpRequest): Promise<object> {
    return this.doors.enter(executeTarget(request.body, prefixOf(request.raw)), request.body, request);
  }

  @Get('sandbox/:id/status')
  @Needs('sandbox:execute')
  @ApiOperation({ operationId: 'getSandboxStatus', summary: 'How an execution is getting on, and what came of it' })
  @ApiParam({ name: 'id', description: '`sandbox_id` of an execution.' })
  @ApiOkResponse({ type: SandboxStatusDto })
  @ApiErrors(404, 503)
  async status(@Param('id') id: string, @CurrentCaller() caller: Caller): Promise<Wire<SandboxStatusDto>> {
    const runId = runIdOf(id);
    const run = runId === undefined ? undefined : await this.find(runId, caller);
    if (run?.arm !== 'executor') throw new UserError('resource_not_found', 'There is no sandbox with this id.');
    return toSandboxStatusDto(id, run);
  }

  private async run(body: unknown, request: HttpRequest): Promise<Wire<ExecutionDto>> {
    const { request: asked, outcome } = await this.executions.execute(body, callerOf(request));
    const now = this.clock.now();
    return isHeld(outcome) ? toHeldDto(outcome.runId, outcome.question, asked, now) : toExecutionDto(outcome, now);
  }

  /** Whoever may not read what others do sees his own. */
  private async find(runId: string, caller: Caller): Promise<RunState | undefined> {
    try {
      if (!isAllowed(caller, 'task:read')) await this.intake.workspaceOf(runId, caller.holder);
      return await this.intake.runState(runId);
    } catch (error) {
      if (error instanceof UserError && error.code === 'resource_not_found') return undefined;
      throw error;
    }
  }
}
