import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '../../contracts/caller';
import { CurrentCaller, Needs } from '../http/access.decorator';
import { ApiErrors } from '../http/errors.decorator';
import type { HttpRequest, Wire } from '../http/types';
import { TASK_EXAMPLES } from './examples';
import { SubmittedTaskDto } from './submitted-task.dto';
import { TaskDoors } from './task-doors.service';
import { CancelTaskDto, ListTasksDto } from './task-query.dto';
import { SubmitTaskDto } from './task-request.dto';
import { TaskDto, TaskListDto } from './task-response.dto';
import type { TaskBody } from './task-response.mapper';
import { ApiTaskId } from './task-route.decorator';

/** Tasks as the phase-2 guide's clients know them. */
@ApiTags('Tasks')
@Controller('api/v1/tasks')
export class GuideTasksController {
  constructor(private readonly doors: TaskDoors) {}

  @Post()
  @HttpCode(200)
  @Needs('task:submit')
  @ApiOperation({ operationId: 'submitTask', summary: 'Submit a goal; work on it begins by itself' })
  @ApiBody({ type: SubmitTaskDto, examples: TASK_EXAMPLES })
  @ApiOkResponse({ type: SubmittedTaskDto })
  @ApiErrors(403, 413, 415, 422, 503)
  submit(@Body() request: SubmitTaskDto, @CurrentCaller() { holder }: Caller): Promise<Wire<SubmittedTaskDto>> {
    return this.doors.submit(request, 'guide', holder);
  }

  @Get()
  @Needs('task:read')
  @ApiOperation({ operationId: 'listTasks', summary: 'Tasks, newest first' })
  @ApiOkResponse({ type: TaskListDto })
  @ApiErrors(422, 503)
  list(@Query() query: ListTasksDto): Promise<Wire<TaskListDto>> {
    return this.doors.list(query);
  }

  @Get(':id')
  @Needs('task:read')
  @ApiOperation({ operationId: 'getTask', summary: 'One task with its plan, progress and result' })
  @ApiTaskId()
  @ApiOkResponse({ type: TaskDto })
  @ApiErrors(404, 503)
  get(@Param('id') id: string): Promise<TaskBody> {
    return this.doors.read(id, 'guide');
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Needs('task:cancel')
  @ApiOperation({ operationId: 'cancelTask', summary: 'Stop a task; also stops the steps that run' })
  @ApiTaskId()
  @ApiBody({ type: CancelTaskDto, required: false })
  @ApiOkResponse({ type: TaskDto })
  @ApiErrors(400, 404, 409, 415, 422, 503)
  cancel(@Param('id') id: string, @Req() { body }: HttpRequest): Promise<TaskBody> {
    return this.doors.cancel(id, body, 'guide');
  }

  @Delete(':id')
  @Needs('task:cancel')
  @ApiOperation({ operationId: 'deleteTask', summary: 'The same as cancel; the task stays readable' })
  @ApiTaskId()
  @ApiOkResponse({ type: TaskDto })
  @ApiErrors(400, 404, 409, 503)
  delete(@Param('id') id: string): Promise<TaskBody> {
    return this.doors.cancel(id, undefined, 'guide');
  }
}
