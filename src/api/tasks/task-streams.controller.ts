import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { IntakePort } from '../../intake/intake.port';
import { Needs } from '../http/access.decorator';
import { echoText } from '../http/echo';
import { ApiErrors } from '../http/errors.decorator';
import { InvalidRequest } from '../http/invalid-request';
import type { HttpReply, HttpRequest } from '../http/types';
import { formatData, formatEvent } from './event-stream';
import { familyOfForm } from './family';
import { OpenStreams } from './open-streams.service';
import { taskChanges } from './task-changes';
import { TaskDoors } from './task-doors.service';
import { formatTaskId } from './task-id';
import { WatchTaskDto } from './task-query.dto';
import { toTaskBody } from './task-response.mapper';
import { ApiTaskId } from './task-route.decorator';

/** What a browser that reconnects has seen; it repeats its first address, so that this is newer than the query. */
const lastSeen = (header: string | string[] | undefined): number | undefined => {
  if (header === undefined || header === '') return undefined;
  if (typeof header === 'string' && /^\d{1,9}$/.test(header)) return Number(header);
  const message = 'Last-Event-ID must be the id of an event of this stream, a whole number';
  const input = echoText(String(header));
  throw new InvalidRequest('header', [
    { type: 'int_parsing', path: ['last-event-id'], message, input, constraint: 'isInt' },
  ]);
};

/** Tasks as they go on, as server-sent events. */
@ApiTags('Tasks')
@Needs('task:read')
@Controller()
export class TaskStreamsController {
  constructor(
    private readonly doors: TaskDoors,
    private readonly intake: IntakePort,
    private readonly streams: OpenStreams,
  ) {}

  @Get('api/v1/tasks/:id/events')
  @ApiOperation({
    operationId: 'watchTask',
    summary: 'Everything that happens to a task, live',
    description:
      'Server-sent events. `id` is the sequence number, `event` the type, `data` JSON `{task_id, seq, type, created_at, data}`. ' +
      'Resumes after `Last-Event-ID`, or after the query parameter `after`; ends after the last event of the task.',
  })
  @ApiTaskId()
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'Sequence number of the last event already seen.',
    schema: { type: 'string' },
  })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ schema: { type: 'string' } })
  @ApiErrors(404, 422, 503)
  async events(
    @Param('id') given: string,
    @Query() query: WatchTaskDto,
    @Req() request: HttpRequest,
    @Res() reply: HttpReply,
  ): Promise<void> {
    const after = lastSeen(request.headers['last-event-id']) ?? query.after ?? 0;
    const { task, reference } = await this.doors.find(given);
    const name = formatTaskId(task, reference.form);
    await this.streams.send(
      request,
      reply,
      (signal) => this.intake.watch(task.id, after, signal),
      (event) => formatEvent(event, name),
    );
  }

  @Get('stream/tasks/:id')
  @ApiOperation({
    operationId: 'streamTask',
    summary: 'A task as it stands, again after every change',
    description:
      'Server-sent events. `data` is what `GET /tasks/{id}` would answer, as one line of JSON; ends when the task has ended. ' +
      'A WebSocket at `/ws/{client_id}` tells of many tasks at once: send `{"task_id": …}`.',
  })
  @ApiTaskId()
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ schema: { type: 'string' } })
  @ApiErrors(404, 503)
  async states(@Param('id') given: string, @Req() request: HttpRequest, @Res() reply: HttpReply): Promise<void> {
    const { task, reference } = await this.doors.find(given);
    const family = familyOfForm(reference.form);
    await this.streams.send(
      request,
      reply,
      (signal) => taskChanges(this.intake, task.id, signal),
      (state) => formatData(toTaskBody(state, family, reference.form)),
    );
  }
}
