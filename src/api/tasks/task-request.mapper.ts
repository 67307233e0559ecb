import type { JsonObject, JsonValue } from '../../contracts/json';
import type { TaskDraft } from '../../contracts/task';
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

const DEFAULT_TOKENS = 10_000;
const DEFAULT_COST_USD = 1;
const DEFAULT_RETRIES = 3;

/** The least of the numbers given, if any was. */
const least = (...values: (number | null | undefined)[]): number | undefined => {
  const given = values.filter((value): value is number => typeof value === 'number');
  return given.length === 0 ? undefined : Math.min(...given);
};

const sentence = ([name, value]: [string, JsonValue]): string =>
  `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`;

const toConstraints = (given: Submit['constraints']): string[] =>
  Array.isArray(given) ? given : Object.entries(given ?? {}).map(sentence);

const toContext = (given: Submit['context']): JsonObject => {
  if (typeof given !== 'string') return given ?? {};
  return given === '' ? {} : { text: given };
};

const toBudget = (given: Submit['budget'], defaults: SubmitDefaults): TaskDraft['budget'] => ({
  maxTokens: given?.max_tokens ?? DEFAULT_TOKENS,
  maxTimeSeconds: given?.max_time_seconds ?? (given ? defaults.partialBudgetSeconds : defaults.maxTimeSeconds),
  maxCostUsd: least(given?.max_cost_dollars, given?.max_cost_usd) ?? DEFAULT_COST_USD,
  maxRetries: given?.max_retries ?? DEFAULT_RETRIES,
});

const secondsUntil = (moment: string, now: Date): number =>
  Math.max(1, Math.floor((new Date(moment).getTime() - now.getTime()) / 1000));

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
    budget: toBudget(request.budget, defaults),
    metadata: request.metadata ?? {},
    requiredCapabilities: request.required_capabilities ?? [],
    ...(parentTaskId !== undefined && { parentTaskId }),
    ...(deadlineSeconds !== undefined && { deadlineSeconds }),
  };
};
