import type { Plan } from '../../contracts/plan';
import type { TaskRecord } from '../../contracts/record';
import { type TaskStatus, isTerminal } from '../../contracts/task';
import type { Wire } from '../http/types';
import { type TaskIdForm, formatTaskId } from './task-id';
import type {
  GuideStatus,
  PlanDto,
  ProgressDto,
  ProgressStep,
  SubmittedTaskDto,
  TaskDto,
  UsageDto,
} from './task-response.dto';

const STATUS_WORDS: Record<TaskStatus, GuideStatus> = {
  accepted: 'accepted',
  planning: 'planning',
  executing: 'executing',
  validating: 'executing',
  completed: 'completed',
  failed: 'failed',
  cancelled: 'failed',
};

/** Words of progress for the kind of step worked on last. */
const STAGE_WORDS: Partial<Record<string, ProgressStep>> = {
  intent: 'preprocessing',
  plan: 'planning',
  work: 'execution',
  repair: 'execution',
  guard: 'validation',
  judge: 'validation',
  integrate: 'synthesis',
};

const STATUS_STEPS: Partial<Record<TaskStatus, ProgressStep>> = {
  planning: 'planning',
  executing: 'execution',
  validating: 'validation',
  completed: 'synthesis',
};

/** `pending` is a task held back before any work. */
const statusWord = ({ status, waitingFor }: TaskRecord): GuideStatus =>
  status === 'accepted' && waitingFor !== null ? 'pending' : STATUS_WORDS[status];

const currentStep = ({ status, stage }: TaskRecord): ProgressStep | undefined => {
  if (status === 'accepted') return undefined;
  if (status === 'completed') return 'synthesis';
  return (stage === null ? undefined : STAGE_WORDS[stage]) ?? STATUS_STEPS[status];
};

const percentage = ({ status, stepsCompleted, stepsTotal }: TaskRecord): number => {
  if (status === 'completed') return 100;
  return stepsTotal === 0 ? 0 : Math.min(100, Math.floor((stepsCompleted / stepsTotal) * 100));
};

/** Complete or nothing: half a progress breaks its readers. */
const toProgress = (task: TaskRecord): Wire<ProgressDto> | null => {
  const step = currentStep(task);
  if (step === undefined) return null;
  return {
    current_step: step,
    completed_steps: task.stepsCompleted,
    total_steps: task.stepsTotal,
    percentage: percentage(task),
  };
};

/** Seconds of the longest chain. Dependencies refer to earlier steps only, so that one pass is enough. */
const criticalPath = ({ steps }: Plan): number => {
  const ends = new Map<number, number>();
  for (const { step, dependsOn, estimatedDurationSeconds } of steps) {
    const start = Math.max(0, ...dependsOn.map((earlier) => ends.get(earlier) ?? 0));
    ends.set(step, start + estimatedDurationSeconds);
  }
  return Math.round(Math.max(0, ...ends.values()));
};

const toPlan = ({ plan, planId }: TaskRecord): Wire<PlanDto> | null =>
  plan === null
    ? null
    : {
        plan_id: planId === null ? null : `plan-${planId}`,
        subtasks: plan.steps.map((step) => ({
          step: step.step,
          action: step.action,
          required_arm: step.requiredArm,
          acceptance_criteria: step.acceptanceCriteria,
          depends_on: step.dependsOn,
          estimated_duration_seconds: Math.round(step.estimatedDurationSeconds),
        })),
        estimated_duration_seconds: criticalPath(plan),
        confidence: plan.confidence,
        rationale: plan.rationale,
        complexity_score: plan.complexityScore,
        source: plan.source,
      };

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

export const toSubmitted = (task: TaskRecord): Wire<SubmittedTaskDto> => ({
  task_id: formatTaskId(task, 'guide'),
  status: 'accepted',
  estimated_duration_seconds: Math.round(task.estimatedDurationSeconds),
  message: 'Task submitted successfully',
  created_at: task.createdAt.toISOString(),
});

/** A task in the words of `/api/v1`, under the name the caller used for it. */
export const toTaskDto = (task: TaskRecord, form: TaskIdForm): Wire<TaskDto> => {
  const progress = toProgress(task);
  const ended = isTerminal(task.status) ? task.completedAt : null;
  return {
    task_id: formatTaskId(task, form),
    status: statusWord(task),
    goal: task.draft.goal,
    priority: task.draft.priority,
    created_at: task.createdAt.toISOString(),
    updated_at: task.updatedAt.toISOString(),
    ...(task.startedAt !== null && { started_at: task.startedAt.toISOString() }),
    completed_at: ended?.toISOString() ?? null,
    ...(task.status === 'failed' && ended !== null && { failed_at: ended.toISOString() }),
    ...(task.status === 'cancelled' && { cancelled: true }),
    progress,
    ...(progress !== null && { current_step: progress.current_step }),
    steps_completed: task.stepsCompleted,
    steps_total: task.stepsTotal,
    result: task.result,
    error: errorText(task),
    ...(task.error !== null && { error_type: task.error.type }),
    ...(task.error?.details !== undefined && { error_details: task.error.details }),
    metadata: toUsage(task),
    duration_ms: millisecondsBetween(task.createdAt, ended),
    processing_time_ms: millisecondsBetween(task.startedAt, ended),
    confidence: task.confidence,
    plan: toPlan(task),
    estimated_duration_seconds: Math.round(task.estimatedDurationSeconds),
    ...(task.waitingFor !== null && { waiting_for: task.waitingFor }),
  };
};
