import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock } from '../../common/clock';
import { Needs, callerOf } from '../http/access.decorator';
import { ApiErrors } from '../http/errors.decorator';
import type { HttpRequest, Wire } from '../http/types';
import { EXECUTE_EXAMPLES } from './examples';
import { ExecuteRequestDto } from './execute-request.dto';
import { Executions } from './executions.service';
import { GuideExecutionDto } from './guide-execution.dto';
import { toGuideExecutionDto } from './guide-execution.mapper';

/** The same for clients of the first phase, with an answer of their own. */
@ApiTags('Executor')
@Controller('api/v1')
export class GuideExecutorController {
  constructor(
    private readonly executions: Executions,
    private readonly clock: Clock,
  ) {}

  @Post('execute')
  @HttpCode(200)
  @Needs('sandbox:execute')
  @ApiOperation({ operationId: 'executePhase1', summary: 'Run a command or a program in the sandbox' })
  @ApiBody({ type: ExecuteRequestDto, examples: EXECUTE_EXAMPLES })
  @ApiOkResponse({ type: GuideExecutionDto })
  @ApiErrors(401, 403, 404, 408, 410, 413, 415, 422, 503)
  async execute(@Req() request: HttpRequest): Promise<Wire<GuideExecutionDto>> {
    // Its answer has no word for a time limit nor for waiting, so that whatever the body looks like these are errors here.
    return toGuideExecutionDto(await this.executions.finish(request.body, callerOf(request)), this.clock.now());
  }
}
