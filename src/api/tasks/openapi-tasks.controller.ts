import { Body, Controller, HttpCode, Post, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '../../contracts/caller';
import { CurrentCaller, Needs } from '../http/access.decorator';
import { ApiErrors } from '../http/errors.decorator';
import type { HttpReply, Wire } from '../http/types';
import { TASK_EXAMPLES } from './examples';
import { OpenApiSubmittedTaskDto } from './submitted-task.dto';
import { TaskDoors } from './task-doors.service';
import { SubmitAnyGoalDto } from './task-request.dto';
import { LOCATION } from './task-route.decorator';

/** The submit of the published OpenAPI document; it reads at `/tasks/{uuid}`. */
@ApiTags('Tasks')
@Controller('submit')
export class OpenApiTasksController {
  constructor(private readonly doors: TaskDoors) {}

  @Post()
  @HttpCode(202)
  @Needs('task:submit')
  @ApiOperation({
    operationId: 'submitOpenApiTask',
    summary: 'Submit a goal of any length; one with personal data in it is refused',
  })
  @ApiBody({ type: SubmitAnyGoalDto, examples: TASK_EXAMPLES })
  @ApiAcceptedResponse({ type: OpenApiSubmittedTaskDto, headers: LOCATION })
  @ApiErrors(400, 413, 415, 503)
  async submit(
    @Body() request: SubmitAnyGoalDto,
    @Res({ passthrough: true }) reply: HttpReply,
    @CurrentCaller() caller: Caller,
  ): Promise<Wire<OpenApiSubmittedTaskDto>> {
    const answer = await this.doors.submit(request, 'openapi', caller.holder);
    void reply.header('location', `/tasks/${answer.task_id}`);
    return answer;
  }
}
