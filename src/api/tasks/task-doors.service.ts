import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { AppConfig } from '../../common/config/config.service';
import { UserError } from '../../common/errors';
import { counter } from '../../common/metrics';
import type { TaskRecord } from '../../contracts/record';
import { IntakePort } from '../../intake/intake.port';
import { echoText } from '../http/echo';
import { InvalidRequest } from '../http/invalid-request';
import type { Wire } from '../http/types';
import { validated } from '../http/validation';
import { type Family, familyOfForm } from './family';
import type { SubmittedTaskDto } from './submitted-task.dto';
import { DEFAULT_LIMIT } from '../http/page-query.dto';
import { statesNamed } from './status-words';
import { toSubmitted } from './submitted-task.mapper';
import { type TaskReference, parseTaskId, taskNotFound } from './task-id';
import { CancelTaskDto, type ListTasksDto } from './task-query.dto';
import type { SubmitAnyGoalDto } from './task-request.dto';
import { toDraft } from './task-request.mapper';
import type { TaskListDto } from './task-response.dto';
import { type TaskBody, toCancelledBody, toGuideTask, toTaskBody } from './task-response.mapper';

const submitted = counter('orchestrator_tasks_submitted_total', 'Tasks accepted', ['priority']);

/** Time budget the SDKs fill in by themselves; theirs counts when a budget is sent without it. */
const SDK_SECONDS = 60;

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

/**
 * What all doors to tasks have in common. Without a family the form of the id decides it. `given` is an id as the caller
 * wrote it; whatever is wrong with it, the answer is `resource_not_found` with the id as given.
 */
@Injectable()
export class TaskDoors {
  constructor(
    private readonly intake: IntakePort,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  /** @param holder Who submits: his look-ups may be answered with the result. */
  async submit(request: SubmitAnyGoalDto, family: Family, holder: string): Promise<Wire<SubmittedTaskDto>> {
    const parent = await this.parentOf(request.parent_task_id);
    const maxTimeSeconds = this.config.values.TASK_TIMEOUT_SECONDS;
    const defaults = {
      maxTimeSeconds,
      partialBudgetSeconds: family === 'sdk' ? SDK_SECONDS : maxTimeSeconds,
      now: this.clock.now(),
    };
    // The published OpenAPI document promises that such a goal is turned away; the other clients expect it to be cleaned.
    const personalData = family === 'openapi' ? 'refuse' : 'redact';
    const task = await this.intake.accept(toDraft(request, defaults, parent), { personalData, holder });
    submitted.inc({ priority: task.draft.priority });
    return toSubmitted(task, family);
  }

  async read(given: string, family?: Family): Promise<TaskBody> {
    const { task, reference } = await this.find(given);
    return toTaskBody(task, family ?? familyOfForm(reference.form), reference.form);
  }

  /** `body` is undefined when none was sent. */
  async cancel(given: string, body: unknown, family?: Family): Promise<TaskBody> {
    if (body !== undefined) validated(CancelTaskDto, body, 'body');
    return this.withTask(given, async ({ value, form }) => {
      const task = await this.intake.cancel(value);
      return toCancelledBody(task, family ?? familyOfForm(form), form, this.clock.now());
    });
  }

  /** Only the guide's family has a list, which is ours. */
  async list({ status, limit, cursor }: ListTasksDto): Promise<Wire<TaskListDto>> {
    const page = await this.intake.list({
      limit: limit ?? DEFAULT_LIMIT,
      ...(status !== undefined && { statuses: statesNamed(status) }),
      ...(cursor !== undefined && { cursor }),
    });
    return { tasks: page.tasks.map((task) => toGuideTask(task, 'guide')), next_cursor: page.nextCursor };
  }

  find(given: string): Promise<{ task: TaskRecord; reference: TaskReference }> {
    return this.withTask(given, async (reference) => ({ task: await this.intake.get(reference.value), reference }));
  }

  /** UUID of a task, or of the run of an arm that was called by itself. */
  idOf(given: string): Promise<string> {
    return this.withTask(given, ({ value }) => this.intake.idOf(value));
  }

  private async parentOf(given: string | null | undefined): Promise<string | undefined> {
    if (given === null || given === undefined) return undefined;
    try {
      return (await this.find(given)).task.id;
    } catch (error) {
      throw isNotFound(error) ? unknownParent(given) : error;
    }
  }

  private async withTask<T>(given: string, use: (reference: TaskReference) => Promise<T>): Promise<T> {
    const reference = parseTaskId(given);
    if (reference === undefined) throw taskNotFound(given);
    try {
      return await use(reference);
    } catch (error) {
      throw isNotFound(error) ? taskNotFound(given) : error;
    }
  }
}
