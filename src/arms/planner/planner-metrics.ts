import { average, counter, histogram } from '../../common/metrics';
import type { Plan } from '../../contracts/plan';

const plans = counter('planner_plans_total', 'Plans made');
const steps = average('planner_avg_steps', 'Mean number of steps of the plans made since the start');
const confidence = average('planner_avg_confidence', 'Mean confidence of the plans made since the start, 0 to 1');
const seconds = histogram('planner_latency_seconds', 'Time to make a plan', [], [0.01, 0.1, 0.5, 1, 2, 5, 10, 30]);

/** Moves what `/metrics` says of the planner. */
export const countPlan = (plan: Pick<Plan, 'steps' | 'confidence'>, durationMs: number): void => {
  plans.inc();
  steps.observe(plan.steps.length);
  confidence.observe(plan.confidence);
  seconds.observe({}, durationMs / 1_000);
};
