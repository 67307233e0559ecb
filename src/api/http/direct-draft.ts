import type { JsonObject } from '../../contracts/json';
import type { Budget, TaskDraft } from '../../contracts/task';

/** What steers a directly called arm, as far as its dialect lets the caller say it. */
interface Steering {
  goal: string;
  constraints?: string[] | undefined;
  acceptanceCriteria?: string[] | undefined;
  context?: JsonObject | undefined;
  budget?: Partial<Budget> | undefined;
}

/** Upstream's arm calls: three tries, and the budget of a task that names none. */
const BUDGET: Budget = { maxTokens: 10_000, maxTimeSeconds: 60, maxCostUsd: 1, maxRetries: 2 };

/** The draft of one direct call, with defaults for what its dialect leaves out. */
export const directDraft = ({ goal, constraints, acceptanceCriteria, context, budget }: Steering): TaskDraft => ({
  goal,
  constraints: constraints ?? [],
  acceptanceCriteria: acceptanceCriteria ?? [],
  context: context ?? {},
  // Somebody waits for the answer.
  priority: 'high',
  budget: { ...BUDGET, ...budget },
  metadata: {},
  requiredCapabilities: [],
});
