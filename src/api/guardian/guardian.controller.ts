import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { IntakePort } from '../../intake/intake.port';
import type { Caller } from '../../contracts/caller';
import { CurrentCaller, Needs, callerOf } from '../http/access.decorator';
import { ArmDoors } from '../http/arm-doors.service';
import { ApiErrors } from '../http/errors.decorator';
import type { Wire } from '../http/types';
import { validated } from '../http/validation';
import { CheckRequestDto } from './check-request.dto';
import { CheckDto } from './check-response.dto';
import { toCheckCall, toCheckDto } from './check.mapper';
import { CHECK_EXAMPLES } from './examples';

@ApiTags('Safety guardian')
@Controller()
export class GuardianController {
  constructor(
    private readonly intake: IntakePort,
    doors: ArmDoors,
  ) {
    doors.register('safety-guardian', async (body, request) =>
      this.check(validated(CheckRequestDto, body, 'body'), callerOf(request)),
    );
  }

  @Post('check')
  @HttpCode(200)
  @Needs('task:submit')
  @ApiOperation({
    operationId: 'checkSafety',
    summary: 'Look for personal data, secrets, harmful content and attempts to steer a model',
    description: 'Without a model. What is found is the answer and never a status; the text is not stored.',
  })
  @ApiBody({ type: CheckRequestDto, examples: CHECK_EXAMPLES })
  @ApiOkResponse({ type: CheckDto })
  @ApiErrors(400, 413, 415, 503)
  async check(@Body() request: CheckRequestDto, @CurrentCaller() { holder }: Caller): Promise<Wire<CheckDto>> {
    return toCheckDto(await this.intake.run({ ...toCheckCall(request), holder }), request);
  }
}
