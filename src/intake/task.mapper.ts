import type { TaskResult } from '../contracts/outcome';
import type { Plan, PlanStep } from '../contracts/plan';
import type { TaskRecord } from '../contracts/record';
import type { Priority, TaskDraft, TaskError, TaskStatus } from '../contracts/task';
import type { ActionMark } from '../common/action-marks.service';
import { keptHolder } from './holder';

/** Estimate for a task before there is any history. */
export const FIRST_ESTIMATE_SECONDS = 45;

/** A task with what is known of its steps, as `TaskRecords` reads it. */
export interface TaskRow {
  id: string;
  key: string;
  goal: string;
  constraints: string[];
  acceptance_criteria: string[];
  context: TaskDraft['context'];
  metadata: TaskDraft['metadata'];
  required_capabilities: string[];
  priority: Priority;
  max_tokens: number;
  max_time_seconds: number;
  max_cost_usd: string;
  max_retries: number;
  deadline_seconds: number | null;
  parent_task_id: string | null;
  status: TaskStatus;
  result: TaskResult | null;
  error: TaskError | null;
  confidence: number | null;
  tokens_used: number;
  cost_usd: string;
  created_at: Date;
  updated_at: Date;
  started_at: Date | null;
  completed_at: Date | null;
  stage: string | null;
  retry_at: Date | null;
  held: { step: string; deadline: string } | null;
  steps_completed: number;
  steps_total: number;
  has_last_step: boolean;
  arms_used: string[];
  plan: (Omit<Plan, 'steps' | 'complexityScore'> & { id: string; steps: PlanStep[]; complexity_score: number }) | null;
  estimated_seconds: number | null;
  active: number;
}

export interface NewTask {
  id: string;
  key: string;
  draft: TaskDraft;
  holder: string | undefined;
  answerHolder: string | undefined;
}

/** The columns of a new task and of its line in the action log. */
export const toRow = ({ id, key, holder, answerHolder, draft: { budget, ...draft } }: NewTask, line: ActionMark) => ({
  id,
  key,
  goal: draft.goal,
  constraints: draft.constraints,
  acceptance_criteria: draft.acceptanceCriteria,
  context: draft.context,
  metadata: draft.metadata,
  required_capabilities: draft.requiredCapabilities,
  priority: draft.priority,
  max_tokens: budget.maxTokens,
  max_time_seconds: budget.maxTimeSeconds,
  max_cost_usd: budget.maxCostUsd,
  max_retries: budget.maxRetries,
  deadline_seconds: draft.deadlineSeconds,
  parent_task_id: draft.parentTaskId,
  holder: keptHolder(holder),
  answer_holder: answerHolder,
  line_id: line.id,
  line_mark: line.mark,
});

const waitingFor = (row: TaskRow, places: number): string | null => {
  if (row.status === 'accepted')
    return row.active >= places ? `a free place (MAX_CONCURRENT_TASKS is ${places})` : null;
  if (row.held !== null) {
    return `approval of step ${row.held.step} until ${new Date(row.held.deadline).toISOString()}`;
  }
  return row.retry_at === null ? null : `the next try of a failed step at ${row.retry_at.toISOString()}`;
};

const planOf = (plan: TaskRow['plan']): Plan | null =>
  plan && {
    steps: plan.steps,
    rationale: plan.rationale,
    confidence: plan.confidence,
    complexityScore: plan.complexity_score,
    source: plan.source,
  };

/**
 * How far the work is. Before there is a plan nobody knows how much there will be, and the step that puts the result together
 * is added last: counting only what is there would say that all is done several times over.
 */
const stepsOf = (row: TaskRow): Pick<TaskRecord, 'stepsCompleted' | 'stepsTotal'> =>
  row.plan === null
    ? { stepsCompleted: 0, stepsTotal: 0 }
    : { stepsCompleted: row.steps_completed, stepsTotal: row.steps_total + (row.has_last_step ? 0 : 1) };

export const toRecord = (row: TaskRow, places: number): TaskRecord => ({
  id: row.id,
  key: row.key,
  draft: {
    goal: row.goal,
    constraints: row.constraints,
    acceptanceCriteria: row.acceptance_criteria,
    context: row.context,
    metadata: row.metadata,
    requiredCapabilities: row.required_capabilities,
    priority: row.priority,
    budget: {
      maxTokens: row.max_tokens,
      maxTimeSeconds: row.max_time_seconds,
      maxCostUsd: Number(row.max_cost_usd),
      maxRetries: row.max_retries,
    },
    ...(row.deadline_seconds !== null && { deadlineSeconds: row.deadline_seconds }),
    ...(row.parent_task_id !== null && { parentTaskId: row.parent_task_id }),
  },
  status: row.status,
  stage: row.stage,
  ...stepsOf(row),
  plan: planOf(row.plan),
  planId: row.plan?.id ?? null,
  result: row.result,
  error: row.error,
  confidence: row.confidence,
  armsUsed: row.arms_used,
  tokensUsed: row.tokens_used,
  costUsd: Number(row.cost_usd),
  waitingFor: waitingFor(row, places),
  estimatedDurationSeconds: Math.ceil(row.estimated_seconds ?? FIRST_ESTIMATE_SECONDS),
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  startedAt: row.started_at,
  completedAt: row.completed_at,
});
