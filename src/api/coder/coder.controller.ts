import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { CodeRequest } from '../../contracts/direct';
import { IntakePort } from '../../intake/intake.port';
import type { Caller } from '../../contracts/caller';
import { CurrentCaller, Needs, callerOf } from '../http/access.decorator';
import { ArmDoors } from '../http/arm-doors.service';
import { ApiErrors } from '../http/errors.decorator';
import type { Wire } from '../http/types';
import { validated } from '../http/validation';
import { CodeRequestDto } from './code-request.dto';
import { CodeDto } from './code-response.dto';
import { toCodeCall, toCodeDto } from './code.mapper';
import { CODE_EXAMPLES } from './examples';

@ApiTags('Coder')
@Controller()
export class CoderController {
  constructor(
    private readonly intake: IntakePort,
    doors: ArmDoors,
  ) {
    doors.register('coder', async (body, request) =>
      this.code(validated(CodeRequestDto, body, 'body'), callerOf(request)),
    );
  }

  @Post('code')
  @HttpCode(200)
  @Needs('task:submit')
  @ApiOperation({ operationId: 'processCode', summary: 'Write, mend, rework, test, analyse or explain code' })
  @ApiBody({ type: CodeRequestDto, examples: CODE_EXAMPLES })
  @ApiOkResponse({ type: CodeDto })
  @ApiErrors(400, 403, 413, 415, 503)
  async code(@Body() request: CodeRequestDto, @CurrentCaller() { holder }: Caller): Promise<Wire<CodeDto>> {
    const call = toCodeCall(request, holder);
    return toCodeDto(await this.intake.run(call), call.input['operation'] as CodeRequest['operation']);
  }
}
