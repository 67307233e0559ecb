import { Readable } from 'node:stream';
import {
  type BeforeApplicationShutdown,
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Clock } from '../../common/clock';
import { AppConfig } from '../../common/config/config.service';
import { UserError } from '../../common/errors';
import { counter } from '../../common/metrics';
import { IntakePort } from '../../intake/intake.port';
import { ApiErrors } from '../http/errors.decorator';
import { InvalidRequest } from '../http/invalid-request';
import { echoText } from '../http/echo';
import type { HttpReply, HttpRequest, Wire } from '../http/types';
import { validated } from '../http/validation';
import { eventStream } from './event-stream';
import { TASK_EXAMPLES } from './examples';
import { type TaskReference, formatTaskId, parseTaskId, taskNotFound } from './task-id';
import { CancelTaskDto, ListTasksDto, SubmitTaskDto, WatchTaskDto } from './task-request.dto';
import { toDraft } from './task-request.mapper';
import { SubmittedTaskDto, TaskDto, TaskListDto } from './task-response.dto';
import { toSubmitted, toTaskDto } from './task-response.mapper';

const submitted = counter('orchestrator_tasks_submitted_total', 'Tasks accepted', ['priority']);

const DEFAULT_LIMIT = 20;
const TASK_ID = { name: 'id', description: 'task-<uuid>, <uuid> or task_<key>, as answered by a submit.' };

const isNotFound = (error: unknown): boolean => error instanceof UserError && error.code === 'resource_not_found';

const unknownParent = (given: string): InvalidRequest =>
  new InvalidRequest('body', [
    {
      type: 'value_error',
      path: ['parent_task_id'],
      message: `parent_task_id must be the id of an existing task; there is none with ${echoText(given)}`,
      input: echoText(given),
      constraint: 'existing task',
    },
  ]);

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

@ApiTags('Tasks')
@Controller('api/v1/tasks')
export class TasksController implements BeforeApplicationShutdown {
  /** Streams that are open, so that a stop of the server need not wait for them. */
  private readonly streams = new Set<AbortController>();
  private closing = false;

  constructor(
    private readonly intake: IntakePort,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ operationId: 'submitTask', summary: 'Submit a goal; work on it begins by itself' })
  @ApiBody({ type: SubmitTaskDto, examples: TASK_EXAMPLES })
  @ApiOkResponse({ type: SubmittedTaskDto })
  @ApiErrors(403, 413, 415, 422, 503)
  async submit(@Body() request: SubmitTaskDto): Promise<Wire<SubmittedTaskDto>> {
    const parent = await this.parentOf(request.parent_task_id);
    const defaults = { maxTimeSeconds: this.config.values.TASK_TIMEOUT_SECONDS, now: this.clock.now() };
    const task = await this.intake.accept(toDraft(request, defaults, parent));
    submitted.inc({ priority: task.draft.priority });
    return toSubmitted(task);
  }

  @Get()
  @ApiOperation({ operationId: 'listTasks', summary: 'Tasks, newest first' })
  @ApiOkResponse({ type: TaskListDto })
  @ApiErrors(422, 503)
  async list(@Query() { status, limit, cursor }: ListTasksDto): Promise<Wire<TaskListDto>> {
    const page = await this.intake.list({
      limit: limit ?? DEFAULT_LIMIT,
      ...(status !== undefined && { status }),
      ...(cursor !== undefined && { cursor }),
    });
    return { tasks: page.tasks.map((task) => toTaskDto(task, 'guide')), next_cursor: page.nextCursor };
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getTask', summary: 'One task with its plan, progress and result' })
  @ApiParam(TASK_ID)
  @ApiOkResponse({ type: TaskDto })
  @ApiErrors(404, 503)
  get(@Param('id') given: string): Promise<Wire<TaskDto>> {
    return this.withTask(given, async (id, { form }) => toTaskDto(await this.intake.get(id), form));
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @ApiOperation({ operationId: 'cancelTask', summary: 'Stop a task; also stops the steps that run' })
  @ApiParam(TASK_ID)
  @ApiBody({ type: CancelTaskDto, required: false })
  @ApiOkResponse({ type: TaskDto })
  @ApiErrors(400, 404, 415, 422, 503)
  async cancel(@Param('id') given: string, @Req() { body }: HttpRequest): Promise<Wire<TaskDto>> {
    if (body !== undefined) await validated(CancelTaskDto, body, 'body');
    return this.end(given);
  }

  @Delete(':id')
  @ApiOperation({ operationId: 'deleteTask', summary: 'The same as cancel; the task stays readable' })
  @ApiParam(TASK_ID)
  @ApiOkResponse({ type: TaskDto })
  @ApiErrors(400, 404, 503)
  delete(@Param('id') given: string): Promise<Wire<TaskDto>> {
    return this.end(given);
  }

  @Get(':id/events')
  @ApiOperation({
    operationId: 'watchTask',
    summary: 'Everything that happens to a task, live',
    description:
      'Server-sent events. `id` is the sequence number, `event` the type, `data` JSON `{task_id, seq, type, created_at, data}`. ' +
      'Resumes after `Last-Event-ID`, or after the query parameter `after`; ends after the last event of the task.',
  })
  @ApiParam(TASK_ID)
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'Sequence number of the last event already seen.' })
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
    const task = await this.withTask(given, async (id, { form }) => {
      const record = await this.intake.get(id);
      return { id, name: formatTaskId(record, form) };
    });
    void reply.header('content-type', 'text/event-stream; charset=utf-8').header('cache-control', 'no-store');
    if (request.method === 'HEAD') {
      await reply.send('');
      return;
    }
    const stop = new AbortController();
    if (this.closing) stop.abort();
    this.streams.add(stop);
    reply.raw.once('close', () => {
      this.streams.delete(stop);
      stop.abort();
    });
    await reply.send(Readable.from(eventStream(this.intake.watch(task.id, after, stop.signal), task.name)));
  }

  /** A browser comes back as soon as its stream ends; while we close it finds an empty one. */
  beforeApplicationShutdown(): void {
    this.closing = true;
    for (const stream of this.streams) stream.abort();
  }

  private async end(given: string): Promise<Wire<TaskDto>> {
    return this.withTask(given, async (id, { form }) => ({
      ...toTaskDto(await this.intake.cancel(id), form),
      status: 'cancelled' as const,
    }));
  }

  private async parentOf(given: string | null | undefined): Promise<string | undefined> {
    if (given === null || given === undefined) return undefined;
    try {
      return await this.withTask(given, async (id) => (await this.intake.get(id)).id);
    } catch (error) {
      throw isNotFound(error) ? unknownParent(given) : error;
    }
  }

  /** Runs `use` with the id as the desk knows it. Whatever is wrong with the id given, the answer is 404 with the id as given. */
  private async withTask<T>(given: string, use: (id: string, reference: TaskReference) => Promise<T>): Promise<T> {
    const reference = parseTaskId(given);
    if (reference === undefined) throw taskNotFound(given);
    try {
      return await use(reference.value, reference);
    } catch (error) {
      throw isNotFound(error) ? taskNotFound(given) : error;
    }
  }
}
