import type { JsonObject } from '../contracts/json';
import type { LineageEntry, TaskResult, Verdict } from '../contracts/outcome';
import type { Plan } from '../contracts/plan';
import { stepsOfPlan } from './steps';

/** A plan as its event shows it: the steps under the keys that later events use. */
export const planData = (plan: Plan): JsonObject => ({
  source: plan.source,
  confidence: plan.confidence,
  steps: stepsOfPlan(plan)
    .filter(({ kind }) => kind !== 'guard')
    .map(({ key, arm, action, dependsOn }) => ({ key, arm, action, depends_on: dependsOn })),
});

export const verdictData = ({ valid, confidence, criteria }: Verdict): JsonObject => {
  const named = (state: string): string[] =>
    criteria.filter((item) => item.state === state).map(({ criterion }) => criterion);
  return { valid, confidence, passed: named('passed'), failed: named('failed'), unknown: named('unknown') };
};

/** Adds what only the orchestrator knows to the result an arm put together. */
export const withLineage = (result: TaskResult, lineage: LineageEntry[], rounds: number): TaskResult => {
  const models = [...new Set(lineage.flatMap(({ models: used }) => used))];
  const warnings = [...((result.warnings as string[] | undefined) ?? [])];
  return {
    ...result,
    ...(models.length > 0 && { model: models.join(', ') }),
    warnings,
    repair_rounds: rounds,
    steps_executed: lineage.length,
    lineage,
  };
};
