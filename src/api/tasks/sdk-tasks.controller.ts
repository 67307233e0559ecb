import { Body, Controller, Delete, Get, Param, Post, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { Caller } from '../../contracts/caller';
import { CurrentCaller, Needs } from '../http/access.decorator';
import { ApiErrors } from '../http/errors.decorator';
import type { HttpReply, Wire } from '../http/types';
import { TASK_EXAMPLES } from './examples';
import { SdkSubmittedTaskDto } from './submitted-task.dto';
import { TaskDoors } from './task-doors.service';
import { SubmitTaskDto } from './task-request.dto';
import { OpenApiTaskDto, SdkTaskDto, TaskDto } from './task-response.dto';
import type { TaskBody } from './task-response.mapper';
import { ApiTaskId, LOCATION } from './task-route.decorator';

const ANY_FORM = {
  description: 'In the words of the clients whose form of id the path has.',
  schema: { anyOf: [SdkTaskDto, OpenApiTaskDto, TaskDto].map((dto) => ({ $ref: getSchemaPath(dto) })) },
};

/** Tasks as the Python and the TypeScript SDK know them; `/tasks/{id}` also serves the other forms of an id. */
@ApiTags('Tasks')
@ApiExtraModels(SdkTaskDto, OpenApiTaskDto, TaskDto)
@Controller()
export class SdkTasksController {
  constructor(private readonly doors: TaskDoors) {}

  @Post('tasks')
  @Needs('task:submit')
  @ApiOperation({ operationId: 'submitSdkTask', summary: 'Submit a goal, as the SDKs do' })
  @ApiBody({ type: SubmitTaskDto, examples: TASK_EXAMPLES })
  @ApiCreatedResponse({ type: SdkSubmittedTaskDto, headers: LOCATION })
  @ApiErrors(400, 403, 413, 415, 503)
  async submit(
    @Body() request: SubmitTaskDto,
    @Res({ passthrough: true }) reply: HttpReply,
    @CurrentCaller() caller: Caller,
  ): Promise<Wire<SdkSubmittedTaskDto>> {
    const answer = await this.doors.submit(request, 'sdk', caller.holder);
    void reply.header('location', `/tasks/${answer.task_id}`);
    return answer;
  }

  @Post('v1/tasks')
  @Needs('task:submit')
  @ApiOperation({ operationId: 'submitVersionedSdkTask', summary: 'The same as POST /tasks' })
  @ApiBody({ type: SubmitTaskDto, examples: TASK_EXAMPLES })
  @ApiCreatedResponse({ type: SdkSubmittedTaskDto, headers: LOCATION })
  @ApiErrors(400, 403, 413, 415, 503)
  submitVersioned(
    @Body() request: SubmitTaskDto,
    @Res({ passthrough: true }) reply: HttpReply,
    @CurrentCaller() caller: Caller,
  ): Promise<Wire<SdkSubmittedTaskDto>> {
    return this.submit(request, reply, caller);
  }

  @Get('tasks/:id')
  @Needs('task:read')
  @ApiOperation({ operationId: 'getTaskInItsForm', summary: 'One task, in the words that go with the form of its id' })
  @ApiTaskId()
  @ApiOkResponse(ANY_FORM)
  @ApiErrors(404, 503)
  get(@Param('id') id: string): Promise<TaskBody> {
    return this.doors.read(id);
  }

  @Delete('tasks/:id')
  @Needs('task:cancel')
  @ApiOperation({ operationId: 'deleteTaskInItsForm', summary: 'Stop a task; it stays readable' })
  @ApiTaskId()
  @ApiOkResponse(ANY_FORM)
  @ApiErrors(400, 404, 409, 503)
  delete(@Param('id') id: string): Promise<TaskBody> {
    return this.doors.cancel(id, undefined);
  }
}
