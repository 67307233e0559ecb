import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ArmDesk } from '../../intake/arm-desk.port';
import { IntakePort } from '../../intake/intake.port';
import type { Caller } from '../../contracts/caller';
import { CurrentCaller, Needs, callerOf } from '../http/access.decorator';
import { ArmDoors } from '../http/arm-doors.service';
import { ApiErrors } from '../http/errors.decorator';
import { isPythonSdk } from '../http/python-sdk';
import type { HttpRequest, Wire } from '../http/types';
import { validated } from '../http/validation';
import { PLAN_EXAMPLES } from './examples';
import { PlanRequestDto } from './plan-request.dto';
import { GuidePlanDto, PlannedDto } from './plan-response.dto';
import { type CostTiers, toGuidePlan, toPlanCall, toPlanned } from './plan.mapper';

@ApiTags('Planner')
@Controller()
export class PlannerController {
  constructor(
    private readonly intake: IntakePort,
    private readonly arms: ArmDesk,
    doors: ArmDoors,
  ) {
    doors.register('planner', async (body, request) =>
      this.plan(validated(PlanRequestDto, body, 'body'), request, callerOf(request)),
    );
  }

  @Post('plan')
  @HttpCode(200)
  @Needs('task:submit')
  @ApiOperation({ operationId: 'createPlan', summary: 'Break a goal down into steps, without doing them' })
  @ApiBody({ type: PlanRequestDto, examples: PLAN_EXAMPLES })
  @ApiOkResponse({ type: PlannedDto })
  @ApiErrors(400, 403, 413, 415, 503)
  async plan(
    @Body() body: PlanRequestDto,
    @Req() request: HttpRequest,
    @CurrentCaller() { holder }: Caller,
  ): Promise<Wire<PlannedDto>> {
    return toPlanned(
      await this.intake.run({ ...toPlanCall(body), holder }),
      await this.costTiers(),
      isPythonSdk(request.headers['user-agent']),
    );
  }

  @Post('api/v1/plan')
  @HttpCode(200)
  @Needs('task:submit')
  @ApiOperation({ operationId: 'createPlanPhase1', summary: 'The same for clients of the first phase' })
  @ApiBody({ type: PlanRequestDto, examples: PLAN_EXAMPLES })
  @ApiOkResponse({ type: GuidePlanDto })
  @ApiErrors(403, 413, 415, 422, 503)
  async guidePlan(@Body() body: PlanRequestDto, @CurrentCaller() { holder }: Caller): Promise<Wire<GuidePlanDto>> {
    return toGuidePlan(await this.intake.run({ ...toPlanCall(body), holder }), await this.costTiers());
  }

  private async costTiers(): Promise<CostTiers> {
    return new Map((await this.arms.list()).map(({ id, costTier }) => [id, costTier]));
  }
}
