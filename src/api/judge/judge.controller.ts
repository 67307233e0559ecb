import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { IntakePort } from '../../intake/intake.port';
import type { Caller } from '../../contracts/caller';
import { CurrentCaller, Needs, callerOf } from '../http/access.decorator';
import { ArmDoors } from '../http/arm-doors.service';
import { ApiErrors } from '../http/errors.decorator';
import type { Wire } from '../http/types';
import { validated } from '../http/validation';
import { VALIDATE_EXAMPLES } from './examples';
import { ValidateRequestDto } from './validate-request.dto';
import { issueFormOf, toValidateCall } from './validate-request.mapper';
import { ValidationDto } from './validate-response.dto';
import { toValidationDto } from './validate-response.mapper';

@ApiTags('Judge')
@Controller()
export class JudgeController {
  constructor(
    private readonly intake: IntakePort,
    doors: ArmDoors,
  ) {
    doors.register('judge', async (body, request) =>
      this.validate(validated(ValidateRequestDto, body, 'body'), callerOf(request)),
    );
  }

  @Post('validate')
  @HttpCode(200)
  @Needs('task:submit')
  @ApiOperation({ operationId: 'validateOutput', summary: 'Judge an output in independent layers' })
  @ApiBody({ type: ValidateRequestDto, examples: VALIDATE_EXAMPLES })
  @ApiOkResponse({ type: ValidationDto })
  @ApiErrors(400, 403, 413, 415, 503)
  async validate(
    @Body() request: ValidateRequestDto,
    @CurrentCaller() { holder }: Caller,
  ): Promise<Wire<ValidationDto>> {
    return toValidationDto(await this.intake.run({ ...toValidateCall(request), holder }), issueFormOf(request));
  }
}
