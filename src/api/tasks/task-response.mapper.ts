import type { TaskRecord } from '../../contracts/record';
import { isTerminal } from '../../contracts/task';
import type { Wire } from '../http/types';
import type { Family } from './family';
import { toPlan } from './plan.mapper';
import { statusWord } from './status-words';
import { type TaskIdForm, formatTaskId } from './task-id';
import type { TaskErrorDto, TaskProvenanceDto, UsageDto } from './task-parts.dto';
import { toProgress, toShare } from './task-progress';
import type { ContractTaskDto, OpenApiTaskDto, SdkTaskDto, TaskDto } from './task-response.dto';

/** A task in the words of one family. */
export type TaskBody = Wire<TaskDto> | Wire<SdkTaskDto> | Wire<OpenApiTaskDto> | Wire<ContractTaskDto>;

const millisecondsBetween = (from: Date | null, to: Date | null): number | null =>
  from === null || to === null ? null : to.getTime() - from.getTime();

const toUsage = (task: TaskRecord): Wire<UsageDto> | null => {
  const milliseconds = millisecondsBetween(task.startedAt ?? task.createdAt, task.completedAt);
  if (milliseconds === null) return null;
  return {
    arms_used: task.armsUsed,
    tokens_used: task.tokensUsed,
    cost_dollars: task.costUsd,
    cost_usd: task.costUsd,
    duration_seconds: milliseconds / 1000,
    ...(task.result?.model !== undefined && { model: task.result.model }),
  };
};

const errorText = ({ status, error }: TaskRecord): string | null =>
  error?.message ?? (status === 'cancelled' ? 'The task was cancelled.' : null);

const errorObject = ({ error }: TaskRecord): Wire<TaskErrorDto> | null =>
  error && {
    type: error.type,
    code: error.type,
    message: error.message,
    ...(error.details !== undefined && { details: error.details }),
  };

const toProvenance = (task: TaskRecord, milliseconds: number): Wire<TaskProvenanceDto> => {
  const [only, ...others] = task.armsUsed;
  return {
    arm_id: only !== undefined && others.length === 0 ? only : 'orchestrator',
    processing_time_ms: milliseconds,
    tokens_consumed: task.tokensUsed,
    confidence: task.confidence ?? 0,
  };
};

const toOutcome = (task: TaskRecord): Pick<Wire<TaskDto>, 'success' | 'provenance'> => {
  if (!isTerminal(task.status)) return {};
  const milliseconds = millisecondsBetween(task.startedAt ?? task.createdAt, task.completedAt) ?? 0;
  return task.status === 'completed'
    ? { success: true, provenance: toProvenance(task, milliseconds) }
    : { success: false };
};

const endOf = ({ status, completedAt }: TaskRecord): Date | null => (isTerminal(status) ? completedAt : null);

/** What reads the same in every family. */
const toShared = (task: TaskRecord, form: TaskIdForm) => {
  const end = endOf(task);
  const step = toProgress(task)?.current_step;
  return {
    task_id: formatTaskId(task, form),
    goal: task.draft.goal,
    priority: task.draft.priority,
    created_at: task.createdAt.toISOString(),
    updated_at: task.updatedAt.toISOString(),
    ...(task.startedAt !== null && { started_at: task.startedAt.toISOString() }),
    ...(task.status === 'failed' && end !== null && { failed_at: end.toISOString() }),
    ...(task.status === 'cancelled' && { cancelled: true as const }),
    ...(task.status === 'cancelled' && end !== null && { cancelled_at: end.toISOString() }),
    ...(step !== undefined && { current_step: step }),
    steps_completed: task.stepsCompleted,
    steps_total: task.stepsTotal,
    result: task.result,
    ...(task.error !== null && { error_type: task.error.type }),
    ...(task.error?.details !== undefined && { error_details: task.error.details }),
    metadata: toUsage(task),
    processing_time_ms: millisecondsBetween(task.startedAt, end),
    estimated_duration_seconds: Math.round(task.estimatedDurationSeconds),
    ...toOutcome(task),
    ...(task.waitingFor !== null && { waiting_for: task.waitingFor }),
  };
};

/** What the guide's clients want as null until it is known, and the others not at all. */
const toLater = (task: TaskRecord) => ({
  completed_at: endOf(task)?.toISOString() ?? null,
  duration_ms: millisecondsBetween(task.createdAt, endOf(task)),
  confidence: task.confidence,
  plan: toPlan(task),
});

const withoutNulls = <T extends object>(given: T): { [Key in keyof T]?: NonNullable<T[Key]> } =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null)) as {
    [Key in keyof T]?: NonNullable<T[Key]>;
  };

/** A task in the words of the guide, under the name the caller used for it. */
export const toGuideTask = (task: TaskRecord, form: TaskIdForm): Wire<TaskDto> => ({
  ...toShared(task, form),
  ...toLater(task),
  status: statusWord(task, 'guide'),
  progress: toProgress(task),
  error: errorText(task),
});

const toSdkTask = (task: TaskRecord, form: TaskIdForm): Wire<SdkTaskDto> => ({
  ...toShared(task, form),
  ...withoutNulls(toLater(task)),
  status: statusWord(task, 'sdk'),
  progress: toProgress(task),
  error: errorObject(task),
});

const toOpenApiTask = (task: TaskRecord, form: TaskIdForm): Wire<OpenApiTaskDto> => ({
  ...toShared(task, form),
  ...withoutNulls(toLater(task)),
  status: statusWord(task, 'openapi'),
  progress: toProgress(task),
  error: errorText(task),
});

const toContractTask = (task: TaskRecord, form: TaskIdForm): Wire<ContractTaskDto> => ({
  ...toShared(task, form),
  ...withoutNulls(toLater(task)),
  status: statusWord(task, 'contract'),
  progress: toShare(task),
  error: errorObject(task),
});

const RENDERERS: Record<Family, (task: TaskRecord, form: TaskIdForm) => TaskBody> = {
  sdk: toSdkTask,
  openapi: toOpenApiTask,
  guide: toGuideTask,
  contract: toContractTask,
};

/** A task in the words of a family, under the name the caller used for it. */
export const toTaskBody = (task: TaskRecord, family: Family, form: TaskIdForm): TaskBody =>
  RENDERERS[family](task, form);

/** The answer to a cancel. It says `cancelled` in every family, also while steps are still being stopped. */
export const toCancelledBody = (task: TaskRecord, family: Family, form: TaskIdForm, now: Date): TaskBody => ({
  ...toTaskBody(task, family, form),
  status: 'cancelled',
  cancelled: true,
  cancelled_at: (endOf(task) ?? now).toISOString(),
  message: 'Task cancelled',
});
