import type { TaskDraft } from '../../contracts/task';
import { instantOf } from '../http/fields.decorator';
import { least, toBudget, toConstraints, toContext } from '../http/steering';
import type { Wire } from '../http/types';
import type { SubmitAnyGoalDto } from './task-request.dto';

type Submit = Wire<SubmitAnyGoalDto>;

/** What the answer to a request depends on besides the request. */
export interface SubmitDefaults {
  /** Time budget of a task that names none: TASK_TIMEOUT_SECONDS. */
  maxTimeSeconds: number;
  /** The same, for a task whose budget names other limits only. */
  partialBudgetSeconds: number;
  now: Date;
}

const DEFAULTS = { maxTokens: 10_000, maxCostUsd: 1, maxRetries: 3 } as const;

const secondsUntil = (moment: string, now: Date): number =>
  Math.max(1, Math.floor((instantOf(moment).getTime() - now.getTime()) / 1000));

/** The one normaliser: any spelling of a validated request becomes a draft. `parentTaskId` must be canonical already. */
export const toDraft = (request: Submit, defaults: SubmitDefaults, parentTaskId?: string): TaskDraft => {
  const { deadline, deadline_seconds: seconds } = request;
  const deadlineSeconds = least(seconds, typeof deadline === 'string' ? secondsUntil(deadline, defaults.now) : null);
  return {
    goal: request.goal,
    constraints: toConstraints(request.constraints),
    acceptanceCriteria: request.acceptance_criteria ?? [],
    context: toContext(request.context),
    priority: request.priority ?? 'medium',
    budget: {
      ...DEFAULTS,
      maxTimeSeconds: request.budget ? defaults.partialBudgetSeconds : defaults.maxTimeSeconds,
      ...toBudget(request.budget),
    },
    metadata: request.metadata ?? {},
    requiredCapabilities: request.required_capabilities ?? [],
    ...(parentTaskId !== undefined && { parentTaskId }),
    ...(deadlineSeconds !== undefined && { deadlineSeconds }),
  };
};
