import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '../../contracts/caller';
import { CurrentCaller, Needs } from '../http/access.decorator';
import { ApiErrors } from '../http/errors.decorator';
import type { HttpReply, HttpRequest, Wire } from '../http/types';
import { TASK_EXAMPLES } from './examples';
import { SubmittedTaskDto } from './submitted-task.dto';
import { TaskDoors } from './task-doors.service';
import { CancelTaskDto } from './task-query.dto';
import { SubmitTaskDto } from './task-request.dto';
import { ContractTaskDto } from './task-response.dto';
import type { TaskBody } from './task-response.mapper';
import { ApiTaskId, LOCATION } from './task-route.decorator';

/** Tasks as the component contracts name them: singular, under `/v1`. */
@ApiTags('Tasks')
@Controller('v1/task')
export class ContractTasksController {
  constructor(private readonly doors: TaskDoors) {}

  @Post()
  @HttpCode(202)
  @Needs('task:submit')
  @ApiOperation({ operationId: 'submitContractTask', summary: 'Submit a goal, as the component contracts have it' })
  @ApiBody({ type: SubmitTaskDto, examples: TASK_EXAMPLES })
  @ApiAcceptedResponse({ type: SubmittedTaskDto, headers: LOCATION })
  @ApiErrors(400, 403, 413, 415, 503)
  async submit(
    @Body() request: SubmitTaskDto,
    @Res({ passthrough: true }) reply: HttpReply,
    @CurrentCaller() caller: Caller,
  ): Promise<Wire<SubmittedTaskDto>> {
    const answer = await this.doors.submit(request, 'contract', caller.holder);
    void reply.header('location', `/v1/task/${answer.task_id}`);
    return answer;
  }

  @Get(':id')
  @Needs('task:read')
  @ApiOperation({ operationId: 'getContractTask', summary: 'One task, as the component contracts have it' })
  @ApiTaskId()
  @ApiOkResponse({ type: ContractTaskDto })
  @ApiErrors(404, 503)
  get(@Param('id') id: string): Promise<TaskBody> {
    return this.doors.read(id, 'contract');
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Needs('task:cancel')
  @ApiOperation({ operationId: 'cancelContractTask', summary: 'Stop a task; also stops the steps that run' })
  @ApiTaskId()
  @ApiBody({ type: CancelTaskDto, required: false })
  @ApiOkResponse({ type: ContractTaskDto })
  @ApiErrors(400, 404, 409, 415, 503)
  cancel(@Param('id') id: string, @Req() { body }: HttpRequest): Promise<TaskBody> {
    return this.doors.cancel(id, body, 'contract');
  }
}
